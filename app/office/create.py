"""Create an office in a folder, completely or not at all."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.disk import discard_file, make_folder, read_start, replace_file, write_file
from app.keys.file_names import FILE_NAME as KEY_FILE
from app.keys.file_names import PENDING_FILE_NAME as PENDING_KEY_FILE
from app.models.clock import refuse_founding_before
from app.models.errors import Refusal
from app.models.signin import check_strength
from app.office.chosen_places import refuse_unfit_folder
from app.services.context import Context
from app.services.office_file import office_of_text
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import finish_database, remove_database
from app.storage.locks import hold_lock
from app.storage.office_settings import setting
from app.storage.rollback_guard import FILE_NAME as ROLLBACK_GUARD_FILE
from app.storage.rollback_guard import forget_other_office, record_new_office
from app.storage.uow import writing
from app.usecases.office.create import CreatedOffice, InitialiseOffice, first_user_name, initialise_office
from app.usecases.office.first_recovery_page import UNCONFIRMED


@dataclass(frozen=True)
class NewOffice:
    """An office to create.

    `office_text` is the text of its office file, `password` that of its first user (real offices only), `catalogue` its
    first catalogue as TSV. `hash_cost` is the cost of argon2id for the password in KiB and passes; None for the usual
    one. A `guided` office has a recovery page that is not confirmed yet. `built_on` is the day of this release.
    """

    folder: Path
    office_text: str
    training: bool
    now: datetime
    password: str = field(repr=False)
    catalogue: str = field(repr=False)
    hash_cost: tuple[int, int] | None = None
    guided: bool = False
    built_on: date = date.min


def create_office(request: NewOffice) -> tuple[Office, CreatedOffice]:
    """Create an office completely, or not at all.

    A real office is encrypted; the first user's password unlocks its key file.

    Raises Refusal `office_exists`, what `office_of_text`, `refuse_founding_before`, `refuse_unfit_folder` or
    `check_strength` raises; Fault for the disk.
    """
    office = office_of_text(request.office_text)
    if not request.training:
        refuse_founding_before(request.built_on, request.now)
        refuse_unfit_folder(request.folder)
    with map_errors_to_fault():
        _refuse_if_exists(request)
        make_folder(request.folder)
        with hold_lock(request.folder / "founding.lock", "office_being_prepared"):
            _refuse_if_exists(request)
            return office, _create_files(request, office)


def _refuse_if_exists(request: NewOffice) -> None:
    """Refuse a folder with another office's file, a database or keys.

    The same office file is accepted, because it may have been put there first.
    """
    folder, office_file = request.folder, request.folder / OFFICE_FILE
    own = request.office_text.encode()
    other = office_file.exists() and read_start(office_file, len(own) + 10).removeprefix(BOM_UTF8) != own
    if other or (folder / databases.FILE_NAME).exists() or (folder / KEY_FILE).exists():
        raise Refusal("office_exists", folder=str(folder))
    databases.refuse_if_lost(folder / databases.FILE_NAME)


def _create_files(request: NewOffice, office: Office) -> CreatedOffice:
    """Write the database under a temporary name; rename it when complete."""
    from app.keys.key_file import promote_pending

    folder, password = request.folder, "" if request.training else request.password
    database_file = folder / "motcua.new.db"
    remove_database(database_file)
    admin = first_user_name(office.admin, request.training)
    if not request.training:
        check_strength(password, admin)
    context = Context(request.now, office.admin, office, request.training)
    try:
        keys = _NO_KEYS if request.training else _write_new_keys(folder, admin, password, request.hash_cost)
        with closing(databases.create_database(database_file, keys.key)) as database, writing(database) as work:
            command = InitialiseOffice(
                catalogue=request.catalogue,
                training=request.training,
                admin=admin,
                secret=password,
                hash_cost=request.hash_cost,
                key_settings={**keys.settings, UNCONFIRMED: True} if request.guided else keys.settings,
            )
            created = initialise_office(command, context, work)
            epoch = str(setting(work, "epoch"))
        finish_database(database_file, keys.key)
        write_file(folder / OFFICE_FILE, request.office_text.encode())
        if keys.office_key is None:
            record_new_office(folder / databases.FILE_NAME, epoch)
        else:
            forget_other_office(folder / databases.FILE_NAME, keys.office_key)
        replace_file(database_file, folder / databases.FILE_NAME)
        if keys.key is not None:
            promote_pending(folder)
    except BaseException:  # the folder had no database and no keys before, so nothing else can be removed
        for file in (database_file, folder / databases.FILE_NAME):
            remove_database(file)
        for name in (PENDING_KEY_FILE, KEY_FILE, ROLLBACK_GUARD_FILE):
            discard_file(folder / name)
        raise
    return replace(created, recovery_key=keys.recovery, fingerprint=keys.fingerprint)


@dataclass(frozen=True)
class _OfficeKeys:
    """Keys of a new office; all empty in a training office."""

    key: bytes | None = field(default=None, repr=False)
    recovery: str = field(default="", repr=False)
    office_key: bytes | None = field(default=None, repr=False)
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    fingerprint: str = ""


_NO_KEYS = _OfficeKeys()


def _write_new_keys(folder: Path, name: str, password: str, hash_cost: tuple[int, int] | None) -> _OfficeKeys:
    """Write a pending key file; return the keys."""
    from app.keys.identity import OfficeIdentity, fingerprint
    from app.keys.key_file import write_key_file
    from app.keys.office_keys import create_keys
    from app.keys.vault import Vault
    from app.services.key_register import key_settings

    identity = OfficeIdentity.new()
    keys = create_keys(name, password, Vault(), identity, hash_cost)
    write_key_file(folder / PENDING_KEY_FILE, keys.file)
    settings = key_settings(identity, keys.register)
    return _OfficeKeys(keys.key, keys.recovery, identity.seed, settings, fingerprint(identity.public))
