"""A new recovery page: the former key stays valid until the page is made."""

from dataclasses import dataclass, field
from datetime import date

from app.keys.identity import fingerprint
from app.keys.key_file import Slot
from app.keys.office_keys import OfficeKeys
from app.keys.recovery import recovery_bytes
from app.models.errors import Refusal
from app.models.instants import local_day
from app.office.key_changes import abandon_recovery_key, begin_recovery_key, finish_recovery_key
from app.services.context import Context
from app.settings import Office
from app.storage.database import Database
from app.storage.uow import reading
from app.usecases.office.rebuild import page_code


@dataclass(frozen=True)
class RecoveryPage:
    """A recovery page in the making.

    `key` opens the database beside the former key until `finish`. `code` holds the keys of the papers, sealed for the
    recovery key, and the fingerprint.
    """

    key: str = field(repr=False)
    code: str
    fingerprint: str
    _slot: Slot
    _database: Database
    _keys: OfficeKeys
    _context: Context
    _office: Office

    def pdf(self) -> bytes:
        """Return the page as a PDF."""
        from app.printing.forms.recovery_pages import recovery_page

        day: date = local_day(self._context.now)
        return recovery_page(self._office.name, self._office.agency_code, day, self.key, self.fingerprint, self.code)

    def check_typed(self, text: str) -> None:
        """Check the key that the user typed from the page.

        Raises Refusal `recovery_key_shape`, `recovery_key_group`, `recovery_key_other`.
        """
        if recovery_bytes(text) != recovery_bytes(self.key):
            raise Refusal("recovery_key_other", "recovery_key")

    def finish(self) -> None:
        """Remove the former recovery key; the page is on the disk.

        Raises Fault for the disk; both keys are then valid.
        """
        finish_recovery_key(self._database, self._keys, self._slot, self._context)

    def abandon(self) -> None:
        """Remove the new recovery key; the former one stays."""
        abandon_recovery_key(self._database, self._keys, self._slot)


def begin_recovery_page(database: Database, keys: OfficeKeys, context: Context, office: Office) -> RecoveryPage:
    """Add a new recovery key and return its page.

    Raises Fault for the disk, `file_locked` while another program changes the keys.
    """
    key, slot = begin_recovery_key(database, keys)
    mark = fingerprint(keys.office.public)
    with reading(database) as work:
        code = page_code(key, None, work)
    return RecoveryPage(
        key=key,
        code=code,
        fingerprint=mark,
        _slot=slot,
        _database=database,
        _keys=keys,
        _context=context,
        _office=office,
    )
