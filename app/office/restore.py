"""Restore a backup: unpack, unlock, verify, start a new epoch, install."""

from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from app.disk import replace_file, write_file
from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME as KEY_FILE
from app.keys.file_names import PENDING_FILE_NAME, is_locked
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.services.context import Context
from app.services.credentials import Credentials
from app.services.office_file import office_of_file
from app.services.permissions import RECOVERY_KEY_ACTOR
from app.settings import FILE_NAME as OFFICE_FILE
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.backup_file import UnpackedBackup, unpack_backup
from app.storage.files.database_files import finish_database, install_database, verify_database
from app.storage.locks import hold_lock
from app.storage.uow import reading, writing
from app.usecases.office.restore import (
    ApproveRestore,
    DatabaseContent,
    GetContent,
    StartNewEpoch,
    approve_restore,
    get_content,
    issued_numbers,
    start_new_epoch,
)


@dataclass(frozen=True)
class RestoreRequest:
    """A backup and the folder to restore it into.

    `second` are the credentials of the second person. `uptime` is in seconds of the machine's running time.
    """

    folder: Path
    backup: Path
    credentials: UnlockCredentials
    now: datetime
    second: Credentials | None = None
    uptime: int = 0


def restore(request: RestoreRequest, only_check: bool) -> DatabaseContent:
    """Replace an office's database with a verified backup.

    The restored database has a new epoch and skips the numbers that may have been issued. The replaced database and
    its key file are kept beside it. With `only_check` the backup is verified and nothing is replaced.

    Raises Refusal `backup_missing`, `backup_damaged`, `backup_training`, `backup_other_desk`, what
    `app.keys.office_keys.unlock` and `approve_restore` raise, Fault `office_open_elsewhere`, `database_newer`.
    """
    with ExitStack() as undo:
        with map_errors_to_fault():
            request.folder.mkdir(parents=True, exist_ok=True)
            undo.enter_context(hold_lock(request.folder / "window.lock"))
        unpacked = undo.enter_context(unpack_backup(request.backup, request.folder))
        if not only_check:
            _refuse_other_desk(request, unpacked)
        key, keys = _backup_key(request, unpacked)
        verify_database(unpacked.database, key)
        with closing(databases.open_database(unpacked.database, key)) as database:
            approved_by = () if key is None else _approved_by(request, unpacked, database, only_check)
            content = _start_epoch(database, request, unpacked, only_check, approved_by)
        if not only_check:
            finish_database(unpacked.database, key)
            _install(request, unpacked, keys)
    return content


def _refuse_other_desk(request: RestoreRequest, unpacked: UnpackedBackup) -> None:
    """Refuse the backup of another office or desk.

    A user of two offices with one password could otherwise replace one by the other.
    """
    packed, current = unpacked.companion(OFFICE_FILE), request.folder / OFFICE_FILE
    if packed is None or not current.is_file():
        return
    theirs, ours = office_of_file(packed), office_of_file(current)
    if (theirs.agency_code, theirs.workstation) != (ours.agency_code, ours.workstation):
        raise Refusal("backup_other_desk", "file", office=theirs.name, code=theirs.agency_code, desk=theirs.workstation)


def _backup_key(request: RestoreRequest, unpacked: UnpackedBackup) -> tuple[bytes | None, Path | None]:
    """Return the backup's key, and the key file to install with it.

    The key is None for a backup without encryption, the key file None if the folder keeps its own. The folder's own
    key file is tried first, because it has the current passwords.
    """
    if not databases.is_encrypted(unpacked.database):
        if is_locked(request.folder):
            raise Refusal("backup_training", "file", file=request.backup.name)
        return None, None
    if is_locked(request.folder):
        try:
            return _unlock(request, request.folder, unpacked.database), None
        except (Refusal, Fault):
            if unpacked.companion(KEY_FILE) is None:
                raise
    if unpacked.companion(KEY_FILE) is None:
        raise Refusal("backup_damaged", "file", file=request.backup.name)
    return _unlock(request, unpacked.folder, unpacked.database), unpacked.companion(KEY_FILE)


def _unlock(request: RestoreRequest, folder: Path, database: Path) -> bytes:
    from app.keys.office_keys import unlock
    from app.keys.vault import Vault

    return unlock(folder, request.credentials, partial(databases.key_fits, database), Vault())


def _approved_by(
    request: RestoreRequest, unpacked: UnpackedBackup, backup: databases.Database, only_check: bool
) -> tuple[str, ...]:
    """Return the names of the people who approved the restore.

    The users of the current database decide if it can be read, otherwise those of the backup. In the latter case the
    recovery key alone is enough, because it may be all that is left.
    """
    office_file = unpacked.companion(OFFICE_FILE) or request.folder / OFFICE_FILE
    context = Context(request.now, "", office_of_file(office_file), False, uptime=request.uptime)
    name, recovery = request.credentials.name, request.credentials.recovery
    first = Credentials(name, request.credentials.password)
    command = ApproveRestore(first, request.second, bool(recovery.strip()), only_check)
    current = _open_current_database(request)
    if command.recovery and (current is None or only_check) and not name:
        return (RECOVERY_KEY_ACTOR,)
    if not name:
        raise Refusal("user_missing", "user")
    with closing(current) if current is not None else nullcontext(backup) as database, writing(database) as work:
        return approve_restore(command, context, work)


def _open_current_database(request: RestoreRequest) -> databases.Database | None:
    """Open the real office's database in the folder.

    Returns None if there is none or it cannot be read. Credentials that do not open a readable database are refused,
    so that a removed user cannot be approved by the older user list of a backup.
    """
    file = request.folder / databases.FILE_NAME
    if not (is_locked(request.folder) and file.is_file()):
        return None
    try:
        return databases.open_database(file, _unlock(request, request.folder, file))
    except Fault:
        return None


def _start_epoch(
    database: databases.Database,
    request: RestoreRequest,
    unpacked: UnpackedBackup,
    only_check: bool,
    approved_by: tuple[str, ...],
) -> DatabaseContent:
    with reading(database) as work:
        content = get_content(GetContent(), None, work)
    if only_check:
        return content
    packed, office_file = unpacked.companion(OFFICE_FILE), request.folder / OFFICE_FILE
    with map_errors_to_fault():
        if not office_file.exists() and packed is not None:
            write_file(office_file, packed.read_bytes())
    context = Context(request.now, "", office_of_file(office_file), False, date.min)
    with writing(database) as work:
        return start_new_epoch(StartNewEpoch(_issued_numbers(request), approved_by), context, work)


def _install(request: RestoreRequest, unpacked: UnpackedBackup, keys: Path | None) -> None:
    """Install the database and its key file.

    The key file is pending until the database is in place, so that after a crash the database always has its own key.
    """
    folder, stamp = request.folder, f"truoc-phuc-hoi-{local(request.now):%Y%m%d-%H%M%S}"
    with map_errors_to_fault():
        if keys is not None:
            write_file(folder / PENDING_FILE_NAME, keys.read_bytes(), private=True)
        install_database(unpacked.database, folder / databases.FILE_NAME, folder / f"motcua-{stamp}.db")
        if keys is not None:
            if (folder / KEY_FILE).exists():
                replace_file(folder / KEY_FILE, folder / f"keys-{stamp}.json")
            replace_file(folder / PENDING_FILE_NAME, folder / KEY_FILE)


def _issued_numbers(request: RestoreRequest) -> dict[str, int]:
    """Return the counters of the replaced database; none if it cannot be read."""
    file, key = request.folder / databases.FILE_NAME, None
    try:
        if is_locked(request.folder) and file.is_file():
            key = _unlock(request, request.folder, file)
        with closing(databases.open_database(file, key)) as database, reading(database) as work:
            return issued_numbers(None, None, work)
    except (Fault, Refusal):
        return {}
