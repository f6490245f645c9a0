"""A backup put in the place of a lost database, on this machine or another: laid out, unlocked, proved, begun again."""

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
from app.storage.backup_file import UnpackedBackup, unpack_backup
from app.storage.database_files import install_database, verify_database
from app.storage.error_mapping import map_errors_to_fault
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
    """Put a proved backup in the place of an office's database, with a new epoch and numbers beyond any given; with
    `only_check` just say what it holds. The database that was there is kept aside, its key file too.

    Raises Refusal `backup_missing`, `backup_damaged`, `backup_training`, `backup_other_desk`, what
    `app.keys.office_keys.unlock` and `approve_restore` raise, Fault `office_open_elsewhere`, `database_newer`.
    """
    with ExitStack() as undo:
        with map_errors_to_fault():
            request.folder.mkdir(parents=True, exist_ok=True)
            undo.enter_context(hold_lock(request.folder / "window.lock"))
        laid_out = undo.enter_context(unpack_backup(request.backup, request.folder))
        if not only_check:
            _refuse_other_desk(request, laid_out)
        key, keys = _backup_key(request, laid_out)
        verify_database(laid_out.database, key)
        with closing(databases.open_database(laid_out.database, key)) as database:
            approved_by = () if key is None else _approved_by(request, laid_out, database, only_check)
            content = _start_epoch(database, request, laid_out, only_check, approved_by)
        if not only_check:
            _put_in_place(request, laid_out, keys)
    return content


def _refuse_other_desk(request: RestoreRequest, laid_out: UnpackedBackup) -> None:
    """A backup takes the place of its own desk's database alone: whoever works in two offices under one password must
    not put one in the place of the other."""
    kept, here = laid_out.companion(OFFICE_FILE), request.folder / OFFICE_FILE
    if kept is None or not here.is_file():
        return
    theirs, ours = office_of_file(kept), office_of_file(here)
    if (theirs.agency_code, theirs.workstation) != (ours.agency_code, ours.workstation):
        raise Refusal("backup_other_desk", "file", office=theirs.name, code=theirs.agency_code, desk=theirs.workstation)


def _backup_key(request: RestoreRequest, laid_out: UnpackedBackup) -> tuple[bytes | None, Path | None]:
    """The backup's key, and the key file the folder is to have from now on; None where it keeps its own. The folder's
    own is tried first: it knows today's passwords."""
    if not databases.is_encrypted(laid_out.database):
        if is_locked(request.folder):
            raise Refusal("backup_training", "file", file=request.backup.name)
        return None, None
    if is_locked(request.folder):
        try:
            return _unlock(request, request.folder, laid_out.database), None
        except (Refusal, Fault):
            if laid_out.companion(KEY_FILE) is None:
                raise
    if laid_out.companion(KEY_FILE) is None:
        raise Refusal("backup_damaged", "file", file=request.backup.name)
    return _unlock(request, laid_out.folder, laid_out.database), laid_out.companion(KEY_FILE)


def _unlock(request: RestoreRequest, folder: Path, database: Path) -> bytes:
    from app.keys.office_keys import unlock
    from app.keys.vault import Vault

    return unlock(folder, request.credentials, partial(databases.key_fits, database), Vault())


def _approved_by(
    request: RestoreRequest, laid_out: UnpackedBackup, backup: databases.Database, only_check: bool
) -> tuple[str, ...]:
    """Who wants it, proved: today's people of the office judge where its database can still be read; else those of
    the backup, and then the recovery key alone is enough, since it may be all that is left."""
    office_file = laid_out.companion(OFFICE_FILE) or request.folder / OFFICE_FILE
    context = Context(request.now, "", office_of_file(office_file), False, uptime=request.uptime)
    name, recovery = request.credentials.name, request.credentials.recovery
    first = Credentials(name, request.credentials.password)
    command = ApproveRestore(first, request.second, bool(recovery.strip()), only_check)
    living = _open_current_database(request)
    if command.recovery and (living is None or only_check) and not name:
        return (RECOVERY_KEY_ACTOR,)
    if not name:
        raise Refusal("user_missing", "user")
    with closing(living) if living is not None else nullcontext(backup) as judge, writing(judge) as work:
        return approve_restore(command, context, work)


def _open_current_database(request: RestoreRequest) -> databases.Database | None:
    """The real office's database in the folder, open; None where there is none or it can no longer be read. Whoever
    cannot open what is sound is refused: nobody is asked of an older list of people because he is no longer in
    today's."""
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
    laid_out: UnpackedBackup,
    only_check: bool,
    approved_by: tuple[str, ...],
) -> DatabaseContent:
    with reading(database) as work:
        held_now = get_content(GetContent(), None, work)
    if only_check:
        return held_now
    kept, office_file = laid_out.companion(OFFICE_FILE), request.folder / OFFICE_FILE
    with map_errors_to_fault():
        if not office_file.exists() and kept is not None:
            write_file(office_file, kept.read_bytes())
    context = Context(request.now, "", office_of_file(office_file), False, date.min)
    with writing(database) as work:
        return start_new_epoch(StartNewEpoch(_issued_numbers(request), approved_by), context, work)


def _put_in_place(request: RestoreRequest, laid_out: UnpackedBackup, keys: Path | None) -> None:
    """The new key file waits beside the old one until the database is there: whenever the program dies, the database
    in place has its own."""
    folder, stamp = request.folder, f"truoc-phuc-hoi-{local(request.now):%Y%m%d-%H%M%S}"
    with map_errors_to_fault():
        if keys is not None:
            write_file(folder / PENDING_FILE_NAME, keys.read_bytes(), private=True)
        install_database(laid_out.database, folder / databases.FILE_NAME, folder / f"motcua-{stamp}.db")
        if keys is not None:
            if (folder / KEY_FILE).exists():
                replace_file(folder / KEY_FILE, folder / f"keys-{stamp}.json")
            replace_file(folder / PENDING_FILE_NAME, folder / KEY_FILE)


def _issued_numbers(request: RestoreRequest) -> dict[str, int]:
    """The counters of the database that is replaced; none where it can no longer be read."""
    file, key = request.folder / databases.FILE_NAME, None
    try:
        if is_locked(request.folder) and file.is_file():
            key = _unlock(request, request.folder, file)
        with closing(databases.open_database(file, key)) as database, reading(database) as work:
            return issued_numbers(None, None, work)
    except (Fault, Refusal):
        return {}
