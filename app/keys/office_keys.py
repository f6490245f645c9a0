"""The database key of an office and the credentials that unlock it.

The key is 32 random bytes. It is sealed in the key file for the recovery key, for the system's vault if there is one,
and for each user's password. A PIN is too short to protect a stolen disk. It gets a slot only where no vault opens the
database.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.disk import discard_file
from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.identity import OfficeIdentity, fingerprint
from app.keys.key_file import (
    RECOVERY,
    USER,
    VAULT,
    KeyFile,
    Slot,
    is_slot_proved,
    promote_pending,
    prove_slot,
    read_key_file,
    write_key_file,
)
from app.keys.recovery import new_recovery_key, recovery_bytes
from app.keys.sealing import SealBroken, new_secret, public_key_of, secret_from_password, secret_from_recovery
from app.keys.slot_register import SlotRegister
from app.keys.vault import Vault
from app.models.errors import Fault, Refusal
from app.models.text import clean

_PASSWORD_COST = (64 * 1024, 2)
_PIN_COST = (128 * 1024, 4)
"""KiB and passes of argon2id. A password takes 0.1 s. A PIN takes longer because it is easier to guess."""
_MAX_PIN_LENGTH = 11


@dataclass(frozen=True)
class KeyStatus:
    """How an office is locked.

    `vault`: a slot for a vault exists. `vault_opens`: this machine's vault opens it. `people`: the users whose
    password opens the database. `genuine`: the key file is unchanged since the program wrote it. `fingerprint` is that
    of the office's identity.
    """

    vault: bool
    vault_opens: bool
    people: tuple[str, ...]
    recovery_keys: int
    genuine: bool
    fingerprint: str


@dataclass(frozen=True)
class OpenedSlot:
    """A slot that a credential has opened: the database key and the secret."""

    keys: KeyFile
    slot: Slot
    secret: bytes = field(repr=False)
    key: bytes = field(repr=False)

    def is_proved_for(self, office: bytes, register: SlotRegister | None = None) -> bool:
        """Return whether a holder of the secret bound the slot to an office.

        The proof may be in the key file or, for an older key file, in the register.
        """
        registered = None if register is None else register.slot_with(self.slot.public)
        slots = (self.slot, *(() if registered is None else (registered,)))
        return any(is_slot_proved(self.keys.id, office, slot, self.secret) for slot in slots)


@dataclass(frozen=True)
class NewKeys:
    """The keys of a new office; the recovery key is to be shown once."""

    key: bytes = field(repr=False)
    recovery: str = field(repr=False)
    file: KeyFile
    register: SlotRegister


def create_keys(
    name: str, password: str, vault: Vault, identity: OfficeIdentity, hash_cost: tuple[int, int] | None = None
) -> NewKeys:
    """Create a database key and seal it for the first credentials.

    `hash_cost`, in KiB and passes of argon2id, replaces the default.

    Raises Refusal `keys_password_missing` if there is neither a vault nor a password.
    """
    key, recovery, slots = new_secret(), new_recovery_key(), SlotMaker(secrets.token_hex(16), identity)
    vault_slots = slots.vault(vault)
    if not vault_slots and not password:
        raise Refusal("keys_password_missing", "password")
    password_slots = slots.password(name, password, bool(vault_slots), hash_cost)
    register = SlotRegister(slots.file_id, 1, (slots.recovery(recovery), *vault_slots, *password_slots))
    file = KeyFile(register.id).sealed(key, register.slots, identity, register.serial)
    return NewKeys(key, recovery, file, register)


def unlock(
    folder: Path, credentials: UnlockCredentials, key_opens: Callable[[bytes], bool], vault: Vault
) -> OpenedSlot:
    """Return the slot that recovery key, vault or password opens.

    Raises Refusal `user_missing`, `user_unknown`, `keys_password_missing`, `keys_password_wrong`,
    `recovery_key_shape`, `recovery_key_group`, `recovery_key_wrong`; Fault `keys_missing`, `keys_damaged`,
    `keys_forged`, `vault_lost`, `database_damaged`.
    """
    files = _key_files(folder)
    any_unfit = False
    for name, keys in files.items():
        for opened in opened_slots(keys, credentials, vault):
            if not key_opens(opened.key):
                any_unfit = True
            elif name == FILE_NAME or _took_over(folder, opened):
                return opened
    if any_unfit:
        if PENDING_FILE_NAME not in files and (folder / PENDING_FILE_NAME).exists():
            read_key_file(folder / PENDING_FILE_NAME)  # it is needed, so its fault is the reason
        raise Fault("database_damaged")
    raise _unlock_error(next(iter(files.values())), credentials)


def _key_files(folder: Path) -> dict[str, KeyFile]:
    """Return the key file and the pending one, as far as they exist.

    A pending file beside the key file is left out if it cannot be read. `unlock` names its fault where it is needed.

    Raises Fault `keys_missing`, `keys_damaged`, `keys_newer`.
    """
    if not (folder / FILE_NAME).exists() and (folder / PENDING_FILE_NAME).exists():
        return {PENDING_FILE_NAME: read_key_file(folder / PENDING_FILE_NAME)}
    files = {FILE_NAME: read_key_file(folder / FILE_NAME)}
    with suppress(Fault):
        files[PENDING_FILE_NAME] = read_key_file(folder / PENDING_FILE_NAME)
    return files


def _took_over(folder: Path, pending: OpenedSlot) -> bool:
    """Promote the pending key file that fits the database, if it is needed.

    Beside a key file of the same key it is an older or a made-up one, whose slots may be former ones.
    """
    if (folder / FILE_NAME).exists():
        current = read_key_file(folder / FILE_NAME)
        if current.is_genuine(pending.key):
            return current == pending.keys  # another program promoted it just now
    with suppress(FileNotFoundError):  # the same
        promote_pending(folder)
    return True


def opened_slots(keys: KeyFile, credentials: UnlockCredentials, vault: Vault) -> Iterator[OpenedSlot]:
    """Yield every slot that the credentials or the vault open in a key file.

    Raises Fault `keys_forged` for a slot whose proof was not made with its secret.
    """
    for slot, secret in _secrets(keys, credentials, vault):
        with suppress(SealBroken):
            opened = OpenedSlot(keys, slot, secret, keys.open(slot, secret))
            if keys.office and slot.proof and not opened.is_proved_for(keys.office):
                raise Fault("keys_forged")
            yield opened


def _secrets(keys: KeyFile, credentials: UnlockCredentials, vault: Vault) -> Iterator[tuple[Slot, bytes]]:
    """Yield slots with the secrets that should open them, cheap ones first.

    The password hash is computed only if the vault's secret did not suffice. With a recovery key the vault is not
    tried, so that a wrong recovery key is rejected.
    """
    if credentials.recovery:
        secret = secret_from_recovery(recovery_bytes(credentials.recovery))
        yield from ((slot, secret) for slot in keys.slots_of(RECOVERY))
        return
    for slot in keys.slots_of(VAULT):
        stored = vault.read(slot.who)
        if stored is not None and len(stored) == len(slot.public):
            yield slot, stored
    if credentials.password:
        for slot in keys.slots_of(USER, keys.name_tag(clean(credentials.name))):
            yield slot, password_secret(slot, credentials.password)


def password_secret(slot: Slot, password: str) -> bytes:
    """Return the secret that a password gives for a slot."""
    return secret_from_password(password, slot.salt, slot.memory_kib, slot.passes)


def is_pin(password: str) -> bool:
    """Return whether a password is a PIN: too short for a stolen disk."""
    return password.isdecimal() and len(password) <= _MAX_PIN_LENGTH


def _unlock_error(keys: KeyFile, credentials: UnlockCredentials) -> Refusal | Fault:
    if credentials.recovery:
        return Refusal("recovery_key_wrong", "recovery_key")
    name = clean(credentials.name)
    if not name:
        return Refusal("user_missing", "user")
    if not keys.slots_of(USER, keys.name_tag(name)):
        return Fault("vault_lost") if keys.slots_of(VAULT) else Refusal("user_unknown", "user", name=name[:60])
    if credentials.password:
        return Refusal("keys_password_wrong", "password")
    return Refusal("keys_password_missing", "password")


@dataclass(frozen=True)
class SlotMaker:
    """Maker of slots that carry the proof of their secret.

    `file_id` is the id of the key file.
    """

    file_id: str
    identity: OfficeIdentity

    def recovery(self, recovery: str) -> Slot:
        """Return the slot of a recovery key."""
        secret = secret_from_recovery(recovery_bytes(recovery))
        return self._proved(Slot(RECOVERY, secrets.token_hex(8), public_key_of(secret)), secret)

    def vault(self, vault: Vault) -> tuple[Slot, ...]:
        """Return a slot for this machine's vault, or none without one."""
        entry, secret = secrets.token_hex(16), new_secret()
        if not vault.store(entry, secret):
            return ()
        return (self._proved(Slot(VAULT, entry, public_key_of(secret)), secret),)

    def password(
        self, name: str, password: str, has_vault: bool, hash_cost: tuple[int, int] | None = None
    ) -> tuple[Slot, ...]:
        """Return a slot for a password, or none for a PIN beside a vault."""
        pin = is_pin(password)
        if not password or (pin and has_vault):
            return ()
        salt, (memory, passes) = secrets.token_bytes(16), hash_cost or (_PIN_COST if pin else _PASSWORD_COST)
        secret, who = secret_from_password(password, salt, memory, passes), KeyFile(self.file_id).name_tag(clean(name))
        slot = Slot(USER, who, public_key_of(secret), salt=salt, memory_kib=memory, passes=passes)
        return (self._proved(slot, secret),)

    def proved(self, slots: Iterable[Slot], secret_of: Callable[[Slot], bytes | None]) -> tuple[Slot, ...]:
        """Return slots, each with a proof if its secret is known."""
        known = [(slot, None if slot.proof else secret_of(slot)) for slot in slots]
        return tuple(
            slot if secret is None or public_key_of(secret) != slot.public else self._proved(slot, secret)
            for slot, secret in known
        )

    def _proved(self, slot: Slot, secret: bytes) -> Slot:
        return prove_slot(self.file_id, self.identity.public, slot, secret)


class OfficeKeys:
    """The key file of an unlocked office.

    `exclusive` is a lock that keeps other programs from changing the file. `identity` is known once the database is
    open and verified.
    """

    def __init__(
        self, folder: Path, opened: OpenedSlot, vault: Vault, exclusive: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.folder = folder
        self.opened = opened
        self.key = opened.key
        self.vault = vault
        self.exclusive = exclusive
        self.identity: OfficeIdentity | None = None

    @property
    def office(self) -> OfficeIdentity:
        """The verified identity of the office."""
        if self.identity is None:
            raise RuntimeError("the office is not verified yet")
        return self.identity

    @property
    def maker(self) -> SlotMaker:
        """Maker of new slots."""
        return SlotMaker(self.opened.keys.id, self.office)

    def status(self, names: Iterable[str]) -> KeyStatus:
        """Return how the office is locked and whose passwords unlock it."""
        keys = self.read()
        vault_slots = keys.slots_of(VAULT)
        return KeyStatus(
            vault=bool(vault_slots),
            vault_opens=any(self.vault_opens(slot) for slot in vault_slots),
            people=tuple(name for name in names if keys.slots_of(USER, keys.name_tag(clean(name)))),
            recovery_keys=len(keys.slots_of(RECOVERY)),
            genuine=keys.is_genuine(self.key),
            fingerprint=fingerprint(self.office.public),
        )

    def read(self) -> KeyFile:
        """Return the key file as it is on the disk."""
        return read_key_file(self.folder / FILE_NAME)

    def write(self, register: SlotRegister, also: tuple[Slot, ...] = ()) -> None:
        """Write the key file with the registered slots and further ones."""
        file = KeyFile(register.id).sealed(self.key, (*register.slots, *also), self.office, register.serial)
        write_key_file(self.folder / FILE_NAME, file)

    def change_key(self, register: SlotRegister, encrypt: Callable[[bytes, bytes], None]) -> None:
        """Replace the database key and seal it for all registered slots.

        After a crash at any moment the database fits one of the two key files.

        Raises Fault `keys_unfinished` if only the key file could not be replaced; the next start does it.
        """
        new, pending = new_secret(), self.folder / PENDING_FILE_NAME
        file = KeyFile(register.id).sealed(new, register.slots, self.office, register.serial)
        with self.exclusive():
            try:
                write_key_file(pending, file)
                encrypt(self.key, new)
            except Fault as fault:
                if fault.code == "file_locked":  # nothing was encrypted, so the pending file is of no use
                    discard_file(pending)
                raise
            self.key = new
            try:
                promote_pending(self.folder)
            except FileNotFoundError:  # another program has promoted it
                return
            except OSError as error:
                raise Fault("keys_unfinished") from error

    def vault_opens(self, slot: Slot) -> bool:
        """Return whether this machine's vault has the secret of a slot."""
        stored = self.vault.read(slot.who)
        return stored is not None and len(stored) == len(slot.public) and public_key_of(stored) == slot.public
