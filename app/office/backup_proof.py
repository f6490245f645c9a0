"""Prove that a backup is the office's own.

A forger with a backup can seal another database for its credentials. The proof of the slot, the identity in the
database and the signature over the backup cannot be made without a credential.
"""

from dataclasses import dataclass

from app.keys.file_names import FILE_NAME as KEY_FILE
from app.keys.file_names import is_locked
from app.keys.identity import OfficeIdentity, check_fingerprint, fingerprint, is_signed
from app.keys.key_file import read_key_file
from app.keys.office_keys import OpenedSlot, opened_slots, unlock
from app.keys.slot_register import SlotRegister
from app.keys.vault import Vault
from app.models.errors import Fault, Refusal
from app.office.backup import BACKUP_PURPOSE
from app.office.restore_request import RestoreRequest
from app.storage import database as databases
from app.storage.files.backup_file import BackupSeal, UnpackedBackup
from app.storage.uow import reading
from app.usecases.office.office_proof import GetOfficeProof, get_office_proof


@dataclass(frozen=True)
class UnlockedBackup:
    """The slot that opens a backup, and what is known of its office.

    `folder_office` is the identity that the folder's own key file proves for the credentials. `from_folder`: that key
    file opens the backup too. `seal` is the verified signature.
    """

    opened: OpenedSlot
    from_folder: bool
    folder_office: bytes | None
    seal: BackupSeal | None


@dataclass(frozen=True)
class BackupProof:
    """What a backup proves.

    Without `identity` it is of an earlier release. `proved` is False if two people must accept it.
    """

    identity: OfficeIdentity | None
    register: SlotRegister | None
    fingerprint: str
    compared: bool
    proved: bool


def unlock_backup(request: RestoreRequest, unpacked: UnpackedBackup) -> UnlockedBackup:
    """Verify the signature of a backup and unlock it.

    The folder's own key file is tried first, because it has the current recovery key.

    Raises Refusal `backup_damaged`, `backup_forged`, and like `app.keys.office_keys.unlock`.
    """
    seal = unpacked.seal()
    if seal is not None and not is_signed(seal.office, BACKUP_PURPOSE, seal.content, seal.signature):
        raise Refusal("backup_forged", "file", file=request.backup.name)
    folder_office, in_backup = _folder_office(request), unpacked.companion(KEY_FILE)
    if is_locked(request.folder):
        try:
            return UnlockedBackup(_unlock(request, unpacked, in_backup=False), True, folder_office, seal)
        except (Refusal, Fault):
            if in_backup is None:
                raise
    if in_backup is None:
        raise Refusal("backup_damaged", "file", file=request.backup.name)
    return UnlockedBackup(_unlock(request, unpacked, in_backup=True), False, folder_office, seal)


def _unlock(request: RestoreRequest, unpacked: UnpackedBackup, *, in_backup: bool) -> OpenedSlot:
    folder = unpacked.folder if in_backup else request.folder
    return unlock(folder, request.credentials, lambda key: databases.key_fits(unpacked.database, key), Vault())


def _folder_office(request: RestoreRequest) -> bytes | None:
    """Return the identity that the folder's key file proves, or None."""
    try:
        keys = read_key_file(request.folder / KEY_FILE)
        slots = opened_slots(keys, request.credentials, Vault()) if keys.office else ()
        return keys.office if any(opened.is_proved_for(keys.office) for opened in slots) else None
    except (Refusal, Fault):
        return None


def prove_backup(
    request: RestoreRequest,
    unpacked: UnpackedBackup,
    unlocked: UnlockedBackup,
    database: databases.Database,
    only_check: bool,
) -> BackupProof:
    """Return what an opened backup proves.

    Raises Refusal `backup_forged`, `fingerprint_wrong`, `fingerprint_shape`, `fingerprint_none` for a backup without an
    identity; unless only checked `backup_other_office` where the folder is of another office.
    """
    with reading(database) as work:
        proof = get_office_proof(GetOfficeProof(), None, work)
    forged = Refusal("backup_forged", "file", file=request.backup.name)
    if proof.training:
        raise forged
    if proof.identity is None:
        if unlocked.seal is not None:
            raise forged
        if request.fingerprint.strip():
            raise Refusal("fingerprint_none", "fingerprint")
        proved = unlocked.from_folder and unlocked.folder_office is not None
        return BackupProof(None, proof.register, "", False, proved)
    office = proof.identity.public
    signed_by = None if unlocked.seal is None else unlocked.seal.office
    if unlocked.opened.keys.office not in (b"", office) or signed_by != (None if unpacked.is_bare else office):
        raise forged
    if request.fingerprint.strip():
        check_fingerprint(request.fingerprint, office)
    compared = bool(request.fingerprint.strip())
    proved = compared or _is_proved(unlocked, office, proof.register, only_check)
    return BackupProof(proof.identity, proof.register, fingerprint(office), compared, proved)


def _is_proved(unlocked: UnlockedBackup, office: bytes, register: SlotRegister | None, only_check: bool) -> bool:
    """Return whether the office is proved without a typed fingerprint.

    The folder's own key file proves it on the same machine. On a new one the proof of the opened slot does. A forger
    may know one password of two, but not the hash of the other person's.
    """
    if unlocked.folder_office == office:
        return True
    if unlocked.folder_office is not None and not only_check:
        raise Refusal("backup_other_office", "fingerprint")
    return unlocked.opened.is_proved_for(office, register)
