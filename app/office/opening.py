"""Open an office: finish interrupted acts, unlock, verify."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.disk import write_file
from app.keys.credentials import UnlockCredentials
from app.models.errors import Message, Refusal
from app.models.instants import local
from app.office.installation import Installation, finish_interrupted, install
from app.office.unlock import unlock_keys
from app.services.actor import is_training
from app.services.context import Context
from app.services.credentials import Credentials
from app.services.office_file import office_of_file
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import export_encrypted, finish_database
from app.storage.locks import hold_lock
from app.storage.rollback_guard import forget_other_office
from app.storage.uow import reading, writing
from app.usecases.office.office_proof import (
    ApproveUnproved,
    SealOffice,
    approve_unproved,
    seal_office,
)
from app.usecases.office.succession import finish_succession, pending_office_file

if TYPE_CHECKING:
    from app.keys.office_keys import OfficeKeys


@dataclass(frozen=True)
class OpenRequest:
    """A folder and the credentials that open it.

    `second` accepts an office that cannot prove itself. `uptime` is in seconds of the machine's running time.
    """

    folder: Path
    credentials: UnlockCredentials
    now: datetime
    uptime: int
    place: str
    second: Credentials | None = None

    @property
    def file(self) -> Path:
        """The database file."""
        return self.folder / databases.FILE_NAME


@dataclass(frozen=True)
class OpenedOffice:
    """A verified office: database, keys, office file and notes for the user.

    `keys` is None in a training office.
    """

    database: databases.Database
    keys: "OfficeKeys | None"
    office: Office
    training: bool
    notes: tuple[Message, ...]


def open_verified(request: OpenRequest, refuse_real: Callable[[], None]) -> OpenedOffice:
    """Open the office of a folder.

    `refuse_real` raises where the caller accepts a training office only.

    Raises what `unlock_keys`, `open_database`, `office_of_file` and `verify_office` raise; Refusal
    `office_unencrypted` for a real office that is not encrypted, unless two people accept it.
    """
    finish_interrupted(request.folder)
    keys = unlock_keys(request.folder, request.credentials, request.uptime)
    database = databases.open_database(request.file, None if keys is None else keys.key)
    try:
        _finish_succession(request.folder, database)
        office = office_of_file(request.folder / OFFICE_FILE)
        with reading(database) as work:
            training = is_training(work)
        if training and keys is None:
            return OpenedOffice(database, None, office, True, ())
        refuse_real()
        context = Context(request.now, "", office, False, uptime=request.uptime, place=request.place)
        if keys is not None:
            return OpenedOffice(database, keys, office, False, _verify(database, keys, request, context))
    except BaseException:
        database.close()
        raise
    database.close()
    first, second = _encrypt(request, context)
    opened = open_verified(request, refuse_real)
    accepted = Message("office_accepted", {"first": first, "second": second})
    return replace(opened, notes=(accepted, *opened.notes))


def _verify(
    database: databases.Database, keys: "OfficeKeys", request: OpenRequest, context: Context
) -> tuple[Message, ...]:
    from app.office.verification import Opening, verify_office

    return verify_office(database, keys, Opening(request.credentials, context, request.second))


def _finish_succession(folder: Path, database: databases.Database) -> None:
    """Write the office file of a succession that was interrupted."""
    with reading(database) as work:
        text = pending_office_file(work)
    if text is None:
        return
    file = folder / OFFICE_FILE
    with map_errors_to_fault():
        if not file.is_file() or file.read_bytes() != text.encode():
            write_file(file, text.encode())
    with writing(database) as work:
        finish_succession(None, None, work)


def _encrypt(request: OpenRequest, context: Context) -> tuple[str, str]:
    """Encrypt a real office of a release before encryption, once.

    Returns the two people who accepted it. The database that is not encrypted is removed.

    Raises Refusal `office_unencrypted` without a second person, or like `approve_unproved`.
    """
    from app.office.restored_keys import first_keys

    if request.second is None:
        raise Refusal("office_unencrypted", "second")
    with closing(databases.open_database(request.file)) as database, writing(database) as work:
        first = Credentials(request.credentials.name, request.credentials.password)
        approved_by = approve_unproved(ApproveUnproved(first, request.second, False), context, work)
    first_of_office = first_keys(request.credentials, request.second)
    key, keys = first_of_office.key, first_of_office.keys
    encrypted = request.folder / "motcua.encrypted.db"
    with map_errors_to_fault(), hold_lock(request.folder / "keys.lock", "file_locked"):
        encrypted.unlink(missing_ok=True)
        try:
            export_encrypted(request.file, encrypted, key)
            with closing(databases.open_database(encrypted, key)) as database, writing(database) as work:
                seal_office(SealOffice(keys.identity, first_of_office.register, approved_by), context, work)
            finish_database(encrypted, key)
            forget_other_office(request.file, keys.identity.seed)
            stamp = f"truoc-ma-hoa-{local(request.now):%Y%m%d-%H%M%S}"
            install(request.folder, Installation(encrypted, stamp, keys.file.to_bytes(), discard=True))
        finally:
            encrypted.unlink(missing_ok=True)
    return approved_by
