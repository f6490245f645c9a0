"""The database key of an office and the credentials that unlock it.

The key is 32 random bytes. It is sealed in the key file for the recovery key, for the system's vault if there is one,
and for each user's password. A PIN is too short to protect a stolen disk. It gets a slot only where no vault opens the
database.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.key_file import RECOVERY, USER, VAULT, KeyFile, Slot, promote_pending, read_key_file, write_key_file
from app.keys.recovery import new_recovery_key, recovery_bytes
from app.keys.sealing import SealBroken, new_secret, public_key_of, secret_from_password, secret_from_recovery
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
    password opens the database. `genuine`: the key file is unchanged since the program wrote it.
    """

    vault: bool
    vault_opens: bool
    people: tuple[str, ...]
    recovery_keys: int
    genuine: bool


def create_key_file(
    name: str, password: str, vault: Vault, hash_cost: tuple[int, int] | None = None
) -> tuple[bytes, str, KeyFile]:
    """Create a database key; return it, its recovery key and the key file.

    The recovery key is to be shown once. `hash_cost`, in KiB and passes of argon2id, replaces the default.

    Raises Refusal `keys_password_missing` if there is neither a vault nor a password.
    """
    key, recovery = new_secret(), new_recovery_key()
    keys = KeyFile(secrets.token_hex(16))
    vault_slots = _vault_slots(vault)
    if not vault_slots and not password:
        raise Refusal("keys_password_missing", "password")
    password_slots = _password_slots(keys, name, password, bool(vault_slots), hash_cost)
    return key, recovery, keys.sealed(key, (_recovery_slot(recovery), *vault_slots, *password_slots))


def unlock(folder: Path, credentials: UnlockCredentials, key_opens: Callable[[bytes], bool], vault: Vault) -> bytes:
    """Return the database key, opened by recovery key, vault or password.

    Raises Refusal `user_missing`, `user_unknown`, `keys_password_missing`, `keys_password_wrong`,
    `recovery_key_shape`, `recovery_key_group`, `recovery_key_wrong`; Fault `keys_missing`, `keys_damaged`,
    `vault_lost`, `database_damaged`.
    """
    files = [name for name in (FILE_NAME, PENDING_FILE_NAME) if (folder / name).exists()] or [FILE_NAME]
    any_key = False
    for name in files:
        for key in keys_in(read_key_file(folder / name), credentials, vault):
            any_key = True
            if key_opens(key):
                if name == PENDING_FILE_NAME:
                    with suppress(FileNotFoundError):  # another program did it just now
                        promote_pending(folder)
                return key
    if any_key:
        raise Fault("database_damaged")
    raise _unlock_error(read_key_file(folder / files[0]), credentials)


def keys_in(keys: KeyFile, credentials: UnlockCredentials, vault: Vault) -> Iterator[bytes]:
    """Yield every key that the credentials or the vault open in a key file."""
    for slot, secret in _secrets(keys, credentials, vault):
        with suppress(SealBroken):
            yield keys.open(slot, secret)


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
            yield slot, secret_from_password(credentials.password, slot.salt, slot.memory_kib, slot.passes)


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


class OfficeKeys:
    """The key file of an unlocked office.

    `exclusive` is a lock that keeps other programs from changing the file.
    """

    def __init__(
        self, folder: Path, key: bytes, vault: Vault, exclusive: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.folder = folder
        self.key = key
        self._vault = vault
        self._exclusive = exclusive

    def status(self, names: Iterable[str]) -> KeyStatus:
        """Return how the office is locked and whose passwords unlock it."""
        keys = read_key_file(self.folder / FILE_NAME)
        vault_slots = keys.slots_of(VAULT)
        return KeyStatus(
            vault=bool(vault_slots),
            vault_opens=any(self._opens(keys, slot) for slot in vault_slots),
            people=tuple(name for name in names if keys.slots_of(USER, keys.name_tag(clean(name)))),
            recovery_keys=len(keys.slots_of(RECOVERY)),
            genuine=keys.is_genuine(self.key),
        )

    @contextmanager
    def password_changing(self, name: str, password: str) -> Iterator[None]:
        """Change a user's slot around the change of their password hash.

        Inside the block the former and the new password unlock the database. Afterwards only the new one does,
        or only the former one if the block raised.
        """
        former = self._slots_of(name)
        keys = read_key_file(self.folder / FILE_NAME)
        new = _password_slots(keys, name, password, bool(keys.slots_of(VAULT)))
        self._update_slots(add=new)
        try:
            yield
        except BaseException:
            self._update_slots(drop=new)
            raise
        self._update_slots(drop=former)

    def revoke_password(self, name: str) -> None:
        """Remove the slots of a user's password."""
        self._update_slots(drop=self._slots_of(name))

    def replace_recovery_key(self, record_key: Callable[[str], None]) -> None:
        """Replace the recovery key once `record_key` has recorded the new one."""
        recovery = new_recovery_key()
        record_key(recovery)
        self._update_slots(
            add=(_recovery_slot(recovery),), drop=read_key_file(self.folder / FILE_NAME).slots_of(RECOVERY)
        )

    def enrol_vault(self) -> bool:
        """Add a slot for this machine's vault, in place of one that is lost.

        Return False without a vault.
        """
        keys = read_key_file(self.folder / FILE_NAME)
        if any(self._opens(keys, slot) for slot in keys.slots_of(VAULT)):
            return True
        slots = _vault_slots(self._vault)
        if slots:
            self._update_slots(add=slots, drop=keys.slots_of(VAULT))
        return bool(slots)

    def change_key(self, encrypt: Callable[[bytes, bytes], None]) -> None:
        """Replace the database key and seal it for all existing credentials.

        After a crash at any moment the database fits one of the two key files.
        """
        with self._exclusive():
            keys, new = self._verified_key_file(), new_secret()
            write_key_file(self.folder / PENDING_FILE_NAME, keys.sealed(new, keys.slots))
            encrypt(self.key, new)
            self.key = new
            with suppress(FileNotFoundError):
                promote_pending(self.folder)

    def _slots_of(self, name: str) -> tuple[Slot, ...]:
        keys = read_key_file(self.folder / FILE_NAME)
        return keys.slots_of(USER, keys.name_tag(clean(name)))

    def _update_slots(self, add: tuple[Slot, ...] = (), drop: tuple[Slot, ...] = ()) -> None:
        dropped = {slot.public for slot in drop}
        with self._exclusive():
            keys = self._verified_key_file()
            remaining = tuple(slot for slot in keys.slots if slot.public not in dropped)
            write_key_file(self.folder / FILE_NAME, keys.sealed(self.key, (*remaining, *add)))

    def _verified_key_file(self) -> KeyFile:
        keys = read_key_file(self.folder / FILE_NAME)
        if not keys.is_genuine(self.key):
            raise Fault("keys_tampered")
        return keys

    def _opens(self, keys: KeyFile, slot: Slot) -> bool:
        stored = self._vault.read(slot.who)
        if stored is None or len(stored) != len(slot.public):
            return False
        with suppress(SealBroken):
            return keys.open(slot, stored) == self.key
        return False


def _recovery_slot(recovery: str) -> Slot:
    return Slot(RECOVERY, secrets.token_hex(8), public_key_of(secret_from_recovery(recovery_bytes(recovery))))


def _vault_slots(vault: Vault) -> tuple[Slot, ...]:
    """Return a slot for this machine's vault, or none without a working vault."""
    entry, secret = secrets.token_hex(16), new_secret()
    return (Slot(VAULT, entry, public_key_of(secret)),) if vault.store(entry, secret) else ()


def _password_slots(
    keys: KeyFile, name: str, password: str, has_vault: bool, hash_cost: tuple[int, int] | None = None
) -> tuple[Slot, ...]:
    pin = password.isdecimal() and len(password) <= _MAX_PIN_LENGTH
    if not password or (pin and has_vault):
        return ()
    salt, (memory, passes) = secrets.token_bytes(16), hash_cost or (_PIN_COST if pin else _PASSWORD_COST)
    public = public_key_of(secret_from_password(password, salt, memory, passes))
    who = keys.name_tag(clean(name))
    return (Slot(USER, who, public, salt=salt, memory_kib=memory, passes=passes),)
