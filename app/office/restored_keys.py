"""Key file and identity of a restored or first encrypted database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME as KEY_FILE
from app.keys.identity import OfficeIdentity
from app.keys.key_file import RECOVERY, USER, KeyFile, read_key_file
from app.keys.office_keys import SlotMaker, create_keys
from app.keys.slot_register import SlotRegister
from app.keys.vault import Vault
from app.models.errors import Fault
from app.office.backup_proof import BackupProof, UnlockedBackup
from app.office.restore_request import RestoreRequest
from app.office.verification import known_secrets
from app.services.credentials import Credentials
from app.services.key_register import RECOVERY_PAGE_DUE, has_account, key_settings
from app.storage.database import Database
from app.storage.files.backup_file import UnpackedBackup
from app.storage.uow import reading


@dataclass(frozen=True)
class RestoredKeys:
    """Identity and register for the database, and the key file to install."""

    identity: OfficeIdentity
    settings: Mapping[str, Any] = field(repr=False)
    file: KeyFile


def restored_keys(
    request: RestoreRequest,
    unpacked: UnpackedBackup,
    unlocked: UnlockedBackup,
    database: Database,
    proof: BackupProof,
    current: OfficeIdentity | None,
) -> RestoredKeys:
    """Return the keys of a restored database.

    Passwords are those of the backup, as its accounts are. Recovery key and vault are the folder's present ones if it
    is the same office. `current` is the identity of the readable present database; a backup without an identity that
    the present key opens continues it.
    """
    identity = proof.identity or (current if proof.proved and current is not None else OfficeIdentity.new())
    register = proof.register or _register_of_file(unpacked, unlocked)
    maker = SlotMaker(register.id, identity)
    slots = _with_present_keys(request, register, identity)
    with reading(database) as work:
        with_users = filter(has_account(register.id, work), slots.slots)
    secrets = known_secrets(unlocked.opened, request.credentials, request.second, Vault())
    final = SlotRegister(register.id, slots.serial + 1, maker.proved(with_users, secrets))
    settings = dict(key_settings(identity, final))
    if proof.identity is None:
        settings[RECOVERY_PAGE_DUE] = identity is not current
    return RestoredKeys(
        identity, settings, KeyFile(final.id).sealed(unlocked.opened.key, final.slots, identity, final.serial)
    )


def _register_of_file(unpacked: UnpackedBackup, unlocked: UnlockedBackup) -> SlotRegister:
    """Return the slots of the key file in the backup, or of the opening one.

    Proofs of another identity are left out.
    """
    packed = unpacked.companion(KEY_FILE)
    keys = unlocked.opened.keys
    if packed is not None:
        own = read_key_file(packed)
        keys = own if own.is_genuine(unlocked.opened.key) else keys
    return SlotRegister(keys.id, keys.serial, tuple(replace(slot, proof=b"") for slot in keys.slots))


def _with_present_keys(request: RestoreRequest, register: SlotRegister, identity: OfficeIdentity) -> SlotRegister:
    try:
        present = read_key_file(request.folder / KEY_FILE)
    except Fault:
        return register
    if present.office != identity.public or present.id != register.id or not present.is_signed():
        return register
    others = tuple(slot for slot in present.slots if slot.kind != USER)
    users = register.keeping(lambda slot: slot.kind == USER, others)
    return replace(users, serial=max(register.serial, present.serial))


@dataclass(frozen=True)
class FirstKeys:
    """Keys of an office that was not encrypted: database key and register."""

    key: bytes = field(repr=False)
    register: SlotRegister
    keys: RestoredKeys


def first_keys(credentials: UnlockCredentials, second: Credentials) -> FirstKeys:
    """Return the keys of an office that was not encrypted.

    It opens by the vault and by the passwords of the two people. A recovery key is made with the next recovery page.
    """
    identity = OfficeIdentity.new()
    new = create_keys(credentials.name, credentials.password, Vault(), identity)
    also = SlotMaker(new.register.id, identity).password(second.name, second.secret, has_vault=False)
    register = new.register.keeping(lambda slot: slot.kind != RECOVERY, also)
    settings = {**key_settings(identity, register), RECOVERY_PAGE_DUE: True}
    file = KeyFile(register.id).sealed(new.key, register.slots, identity, register.serial)
    return FirstKeys(new.key, register, RestoredKeys(identity, settings, file))
