"""Who and what may open a real office's database: made with the office, asked at every start, changed with its people.

The database's key is 32 random bytes. It lies sealed in the key file: for the recovery key always, for the system's
vault where there is one, for each person's password. A PIN is too short to stand alone on a stolen disk: it gets a slot
of its own only where no vault opens the database for its owner."""

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
"""KiB and passes of argon2id: a tenth of a second for a password; a PIN, so easily guessed, waits longer."""
_MAX_PIN_LENGTH = 11


@dataclass(frozen=True)
class KeyStatus:
    """How an office is locked: whether a vault's slot exists and this machine's vault opens it, who may open it by a
    password, how many recovery keys there are, and whether the key file is as the office wrote it."""

    vault: bool
    vault_opens: bool
    people: tuple[str, ...]
    recovery_keys: int
    genuine: bool


def create_key_file(
    name: str, password: str, vault: Vault, hash_cost: tuple[int, int] | None = None
) -> tuple[bytes, str, KeyFile]:
    """A new database's key, its recovery key to be shown once, and the key file with every slot. `hash_cost`, in KiB
    and
    passes of argon2id, takes the place of the usual one.

    Raises Refusal `keys_password_missing` where neither vault nor password would ever open the database.
    """
    key, recovery = new_secret(), new_recovery_key()
    keys = KeyFile(secrets.token_hex(16))
    machine = _vault_slots(vault)
    if not machine and not password:
        raise Refusal("keys_password_missing", "password")
    people = _password_slots(keys, name, password, bool(machine), hash_cost)
    return key, recovery, keys.sealed(key, (_recovery_slot(recovery), *machine, *people))


def unlock(folder: Path, credentials: UnlockCredentials, key_opens: Callable[[bytes], bool], vault: Vault) -> bytes:
    """The database's key by the recovery key, the vault or the password, whichever opens first.

    Raises Refusal `user_missing`, `user_unknown`, `keys_password_missing`, `keys_password_wrong`,
    `recovery_key_shape`, `recovery_key_group`, `recovery_key_wrong`;
    Fault `keys_missing`, `keys_damaged`, `vault_lost`, `database_damaged`.
    """
    files = [name for name in (FILE_NAME, PENDING_FILE_NAME) if (folder / name).exists()] or [FILE_NAME]
    opened = False
    for name in files:
        for key in keys_in(read_key_file(folder / name), credentials, vault):
            opened = True
            if key_opens(key):
                if name == PENDING_FILE_NAME:
                    with suppress(FileNotFoundError):  # another program did it just now
                        promote_pending(folder)
                return key
    if opened:
        raise Fault("database_damaged")
    raise _unlock_error(read_key_file(folder / files[0]), credentials)


def keys_in(keys: KeyFile, credentials: UnlockCredentials, vault: Vault) -> Iterator[bytes]:
    """Every key of a file that the means open, or the vault."""
    for slot, secret in _secrets(keys, credentials, vault):
        with suppress(SealBroken):
            yield keys.open(slot, secret)


def _secrets(keys: KeyFile, credentials: UnlockCredentials, vault: Vault) -> Iterator[tuple[Slot, bytes]]:
    """Slots with what should open them, the quick ones first; what is not needed is never reckoned. A recovery key is
    asked for its own sake: no vault may answer for a wrong one."""
    if credentials.recovery:
        secret = secret_from_recovery(recovery_bytes(credentials.recovery))
        yield from ((slot, secret) for slot in keys.slots_of(RECOVERY))
        return
    for slot in keys.slots_of(VAULT):
        kept = vault.read(slot.who)
        if kept is not None and len(kept) == len(slot.public):
            yield slot, kept
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
    """The key file of an open office, changed by those who have the key. `exclusive` holds off other programs."""

    def __init__(
        self, folder: Path, key: bytes, vault: Vault, exclusive: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.folder = folder
        self.key = key
        self._vault = vault
        self._exclusive = exclusive

    def status(self, names: Iterable[str]) -> KeyStatus:
        """How the office is locked, with those of the names who may open it by a password."""
        keys = read_key_file(self.folder / FILE_NAME)
        machine = keys.slots_of(VAULT)
        return KeyStatus(
            vault=bool(machine),
            vault_opens=any(self._opens(keys, slot) for slot in machine),
            people=tuple(name for name in names if keys.slots_of(USER, keys.name_tag(clean(name)))),
            recovery_keys=len(keys.slots_of(RECOVERY)),
            genuine=keys.is_genuine(self.key),
        )

    @contextmanager
    def password_changing(self, name: str, password: str) -> Iterator[None]:
        """Round the database's own change of a person's password: while it lasts the former and the new one open the
        database, afterwards the new one alone; if it fails, the former alone."""
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
        """A person's password opens the database no more."""
        self._update_slots(drop=self._slots_of(name))

    def new_recovery(self, record_key: Callable[[str], None]) -> None:
        """A new recovery key, valid once `record_key` has put it on paper; the one before opens the database no
        more."""
        recovery = new_recovery_key()
        record_key(recovery)
        self._update_slots(
            add=(_recovery_slot(recovery),), drop=read_key_file(self.folder / FILE_NAME).slots_of(RECOVERY)
        )

    def enrol_vault(self) -> bool:
        """Let this machine's vault open the database from now on, in the place of one that is lost; false without."""
        keys = read_key_file(self.folder / FILE_NAME)
        if any(self._opens(keys, slot) for slot in keys.slots_of(VAULT)):
            return True
        machine = _vault_slots(self._vault)
        if machine:
            self._update_slots(add=machine, drop=keys.slots_of(VAULT))
        return bool(machine)

    def change_key(self, encrypt: Callable[[bytes, bytes], None]) -> None:
        """Another key for the database, sealed for all who had the old one. Whenever the program dies, the database
        and one of the two key files belong together."""
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
        gone = {slot.public for slot in drop}
        with self._exclusive():
            keys = self._verified_key_file()
            kept = tuple(slot for slot in keys.slots if slot.public not in gone)
            write_key_file(self.folder / FILE_NAME, keys.sealed(self.key, (*kept, *add)))

    def _verified_key_file(self) -> KeyFile:
        keys = read_key_file(self.folder / FILE_NAME)
        if not keys.is_genuine(self.key):
            raise Fault("keys_tampered")
        return keys

    def _opens(self, keys: KeyFile, slot: Slot) -> bool:
        kept = self._vault.read(slot.who)
        if kept is None or len(kept) != len(slot.public):
            return False
        with suppress(SealBroken):
            return keys.open(slot, kept) == self.key
        return False


def _recovery_slot(recovery: str) -> Slot:
    return Slot(RECOVERY, secrets.token_hex(8), public_key_of(secret_from_recovery(recovery_bytes(recovery))))


def _vault_slots(vault: Vault) -> tuple[Slot, ...]:
    """A slot for this machine's vault; none where there is no vault that keeps a secret."""
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
    return (Slot(USER, keys.name_tag(clean(name)), public, b"", salt, memory, passes),)
