"""Restore a backup: unpack, unlock, prove, start a new epoch, install."""

from collections.abc import Mapping
from contextlib import ExitStack, closing, nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.disk import make_folder
from app.keys.file_names import is_locked
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.office.chosen_places import refuse_unfit_folder
from app.office.installation import Installation, finish_interrupted, install
from app.office.restore_request import RestoreRequest, RestoreResult
from app.services.context import Context
from app.services.credentials import Credentials
from app.services.office_file import office_of_file
from app.services.permissions import RECOVERY_KEY_ACTOR
from app.settings import FILE_NAME as OFFICE_FILE
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.backup_file import UnpackedBackup, unpack_backup
from app.storage.files.database_files import export_encrypted, finish_database, verify_database
from app.storage.locks import hold_lock
from app.storage.rollback_guard import forget_other_office
from app.storage.uow import reading, writing
from app.usecases.office.office_proof import ApproveUnproved, GetOfficeProof, approve_unproved, get_office_proof
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

if TYPE_CHECKING:  # imported on use, because a training office needs no keys
    from app.keys.identity import OfficeIdentity
    from app.office.restored_keys import RestoredKeys


def restore(request: RestoreRequest, only_check: bool) -> RestoreResult:
    """Replace an office's database with a verified backup.

    The restored database has a new epoch and skips the numbers that may have been issued. The replaced database and
    its key file are kept beside it. With `only_check` the backup is verified and nothing is replaced.

    Raises Refusal `backup_missing`, `backup_damaged`, `backup_training`, `backup_other_desk`, `backup_unproved`,
    `backup_unencrypted`, what `refuse_unfit_folder`, `unlock_backup`, `prove_backup` and `approve_restore` raise, Fault
    `office_open_elsewhere`, `database_newer`.
    """
    if not (request.folder / databases.FILE_NAME).exists():
        refuse_unfit_folder(request.folder)
    with ExitStack() as undo:
        with map_errors_to_fault():
            make_folder(request.folder)
            undo.enter_context(hold_lock(request.folder / "window.lock"))
        finish_interrupted(request.folder)
        unpacked = undo.enter_context(unpack_backup(request.backup, request.folder))
        _refuse_unreadable_office_file(request, unpacked)
        if not only_check:
            _refuse_other_desk(request, unpacked)
        if databases.is_encrypted(unpacked.database):
            return _restore_encrypted(request, unpacked, only_check)
        return _restore_plain(request, unpacked, only_check)


def _refuse_unreadable_office_file(request: RestoreRequest, unpacked: UnpackedBackup) -> None:
    """Refuse a backup whose office file cannot be read.

    The fault of an office file names the data folder, where the office's own file is sound.
    """
    packed = unpacked.companion(OFFICE_FILE)
    if packed is None:
        return
    try:
        office_of_file(packed)
    except Fault:
        raise Refusal("backup_damaged", "file", file=request.backup.name) from None


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


def _restore_encrypted(request: RestoreRequest, unpacked: UnpackedBackup, only_check: bool) -> RestoreResult:
    from app.office.backup_proof import prove_backup, unlock_backup
    from app.office.restored_keys import restored_keys

    unlocked = unlock_backup(request, unpacked)
    key = unlocked.opened.key
    verify_database(unpacked.database, key)
    with closing(databases.open_database(unpacked.database, key)) as database:
        proof = prove_backup(request, unpacked, unlocked, database, only_check)
        if not (proof.proved or only_check or request.second):
            raise Refusal("backup_unproved", "second")
        approved_by = _approved_by(request, unpacked, database, only_check)
        accepted_by: tuple[str, ...] = ()
        if not (proof.proved or only_check):
            accepted_by = _accepted_by(request, unpacked, database, approved_by)
        result = RestoreResult(
            content=_content(database),
            fingerprint=proof.fingerprint,
            compared=proof.compared,
            proved=proof.proved,
            accepted_by=accepted_by,
            replaced=_database_file(request).exists(),
        )
        if only_check:
            return result
        current = _current_identity(request)
        keys = restored_keys(request, unpacked, unlocked, database, proof, current)
        content = _start_epoch(database, request, unpacked, approved_by, keys.settings)
    finish_database(unpacked.database, key)
    _install(request, unpacked, unpacked.database, keys)
    return replace(result, content=content)


def _restore_plain(request: RestoreRequest, unpacked: UnpackedBackup, only_check: bool) -> RestoreResult:
    """Restore a backup that is not encrypted.

    Only a training office has one. A real office of a release before encryption is encrypted here, once two people
    accept it.
    """
    if is_locked(request.folder):
        raise Refusal("backup_training", "file", file=request.backup.name)
    verify_database(unpacked.database)
    replaced = _database_file(request).exists()
    with closing(databases.open_database(unpacked.database)) as database:
        with reading(database) as work:
            training = get_office_proof(GetOfficeProof(), None, work).training
        result = RestoreResult(_content(database), proved=training, replaced=replaced)
        if only_check:
            return result
        if not training:
            return _encrypt_and_install(request, unpacked, database, result)
        content = _start_epoch(database, request, unpacked, (), {})
    finish_database(unpacked.database)
    _install(request, unpacked, unpacked.database, None)
    return replace(result, content=content)


def _encrypt_and_install(
    request: RestoreRequest, unpacked: UnpackedBackup, database: databases.Database, result: RestoreResult
) -> RestoreResult:
    from app.office.restored_keys import first_keys

    if request.second is None:
        raise Refusal("backup_unencrypted", "second", file=request.backup.name)
    accepted_by = _accepted_by(request, unpacked, database, ())
    first = first_keys(request.credentials, request.second)
    content = _start_epoch(database, request, unpacked, accepted_by, first.keys.settings)
    database.close()
    encrypted = unpacked.folder / "encrypted.db"
    export_encrypted(unpacked.database, encrypted, first.key)
    finish_database(encrypted, first.key)
    _install(request, unpacked, encrypted, first.keys)
    return replace(result, content=content, accepted_by=accepted_by)


def _accepted_by(
    request: RestoreRequest, unpacked: UnpackedBackup, backup: databases.Database, approved_by: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the two people who accept a backup that cannot prove itself.

    The recovery key needs a person beside it, whose password is in the backup.
    """
    recovery = bool(request.credentials.recovery.strip())
    if approved_by and not recovery:
        return approved_by
    first = Credentials(request.credentials.name, request.credentials.password)
    with writing(backup) as work:
        command = ApproveUnproved(first, request.second, recovery and bool(approved_by))
        return approve_unproved(command, _context(request, unpacked), work)


def _context(request: RestoreRequest, unpacked: UnpackedBackup) -> Context:
    office_file = unpacked.companion(OFFICE_FILE) or request.folder / OFFICE_FILE
    return Context(request.now, "", office_of_file(office_file), False, uptime=request.uptime)


def _approved_by(
    request: RestoreRequest, unpacked: UnpackedBackup, backup: databases.Database, only_check: bool
) -> tuple[str, ...]:
    """Return the names of the people who approved the restore.

    The users of the current database decide if it can be read, otherwise those of the backup. In the latter case the
    recovery key alone is enough, because it may be all that is left.
    """
    name, recovery = request.credentials.name, request.credentials.recovery
    first = Credentials(name, request.credentials.password)
    command = ApproveRestore(first, request.second, bool(recovery.strip()), only_check)
    current = _open_current_database(request)
    if command.recovery and (current is None or only_check) and not name:
        return (RECOVERY_KEY_ACTOR,)
    if not name:
        raise Refusal("user_missing", "user")
    with closing(current) if current is not None else nullcontext(backup) as database, writing(database) as work:
        return approve_restore(command, _context(request, unpacked), work)


def _open_current_database(request: RestoreRequest) -> databases.Database | None:
    """Open the real office's database in the folder.

    Returns None if there is none or it cannot be read. Credentials that do not open a readable database are refused,
    so that a removed user cannot be approved by the older user list of a backup.
    """
    file = _database_file(request)
    if not (is_locked(request.folder) and file.is_file()):
        return None
    try:
        return databases.open_database(file, _current_key(request))
    except Fault:
        return None


def _current_key(request: RestoreRequest) -> bytes:
    from app.keys.office_keys import unlock
    from app.keys.vault import Vault

    key_opens = partial(databases.key_fits, _database_file(request))
    return unlock(request.folder, request.credentials, key_opens, Vault()).key


def _current_identity(request: RestoreRequest) -> "OfficeIdentity | None":
    try:
        current = _open_current_database(request)
    except Refusal:
        return None
    if current is None:
        return None
    with closing(current), reading(current) as work:
        return get_office_proof(GetOfficeProof(), None, work).identity


def _database_file(request: RestoreRequest) -> Path:
    return request.folder / databases.FILE_NAME


def _content(database: databases.Database) -> DatabaseContent:
    with reading(database) as work:
        return get_content(GetContent(), None, work)


def _start_epoch(
    database: databases.Database,
    request: RestoreRequest,
    unpacked: UnpackedBackup,
    approved_by: tuple[str, ...],
    key_settings: Mapping[str, Any],
) -> DatabaseContent:
    command = StartNewEpoch(_issued_numbers(request), approved_by, key_settings)
    present = request.folder / OFFICE_FILE
    office_file = present if present.exists() else unpacked.companion(OFFICE_FILE) or present
    context = Context(request.now, "", office_of_file(office_file), False, date.min)
    with writing(database) as work:
        return start_new_epoch(command, context, work)


def _install(request: RestoreRequest, unpacked: UnpackedBackup, database: Path, keys: "RestoredKeys | None") -> None:
    """Install the database, its key file and a missing office file in one act."""
    packed = unpacked.companion(OFFICE_FILE)
    with map_errors_to_fault():
        missing = packed is not None and not (request.folder / OFFICE_FILE).exists()
        office_file = packed.read_bytes() if packed is not None and missing else None
        if keys is not None:
            forget_other_office(_database_file(request), keys.identity.seed)
    installation = Installation(
        database=database,
        stamp=f"truoc-phuc-hoi-{local(request.now):%Y%m%d-%H%M%S}",
        keys=None if keys is None else keys.file.to_bytes(),
        office_file=office_file,
    )
    install(request.folder, installation)


def _issued_numbers(request: RestoreRequest) -> dict[str, int]:
    """Return the counters of the replaced database; none if it cannot be read."""
    file, key = _database_file(request), None
    try:
        if is_locked(request.folder) and file.is_file():
            key = _current_key(request)
        with closing(databases.open_database(file, key)) as database, reading(database) as work:
            return issued_numbers(None, None, work)
    except (Fault, Refusal):
        return {}
