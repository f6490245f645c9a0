"""The key file of an office (`keys.json`), with a slot per credential.

Each slot holds the database key, sealed for one credential. The file is not secret: without a credential it reveals
nothing. Its proof is an HMAC under the database key, so that no forged slot is sealed for at the next key change.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from pathlib import Path
from typing import Any

from app.disk import replace_file, write_file
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.sealing import KEY_BYTES, seal, unseal
from app.models.errors import Fault

FORMAT, VERSION = "motcua-keys", 1
RECOVERY, VAULT, USER = "recovery", "vault", "user"
MAX_FILE_BYTES = 1 << 20
_MAX_MEMORY_KIB, _MAX_PASSES, _MAX_SLOTS = 1 << 20, 20, 2000
_SEALED_BYTES = KEY_BYTES + KEY_BYTES + 16


@dataclass(frozen=True)
class Slot:
    """One credential that opens the database key.

    `who` is the vault's entry or a user's tag. `salt`, `memory_kib` and `passes` belong to a password. `public` is
    the public key to seal for, `sealed` the sealed database key.
    """

    kind: str
    who: str
    public: bytes
    sealed: bytes = b""
    salt: bytes = b""
    memory_kib: int = 0
    passes: int = 0


@dataclass(frozen=True)
class KeyFile:
    """All slots of an office's database key.

    `id` is random and never changes.
    """

    id: str
    slots: tuple[Slot, ...] = ()
    proof: str = ""

    def open(self, slot: Slot, secret: bytes) -> bytes:
        """Return the database key of a slot.

        Raises SealBroken.
        """
        return unseal(slot.sealed, secret, self._about(slot))

    def sealed(self, key: bytes, slots: tuple[Slot, ...]) -> "KeyFile":
        """Return a copy with these slots, all sealed for `key`."""
        resealed = tuple(replace(slot, sealed=seal(key, slot.public, self._about(slot))) for slot in slots)
        unproved = replace(self, slots=resealed)
        return replace(unproved, proof=unproved.proof_under(key))

    def proof_under(self, key: bytes) -> str:
        """Return the proof that a genuine file has under `key`."""
        covered = [[s.kind, s.who, s.public.hex(), s.salt.hex(), s.memory_kib, s.passes] for s in self.slots]
        return hmac(key, json.dumps([self.id, covered]).encode(), sha256).hexdigest()

    def is_genuine(self, key: bytes) -> bool:
        """Return whether all slots were written by a holder of `key`."""
        return compare_digest(self.proof, self.proof_under(key))

    def name_tag(self, name: str) -> str:
        """Return the tag that replaces a user's name in a slot."""
        return hmac(self.id.encode(), name.encode(), sha256).hexdigest()[:24]

    def slots_of(self, kind: str, who: str | None = None) -> tuple[Slot, ...]:
        """Return the slots of a kind, optionally of one user or entry."""
        return tuple(s for s in self.slots if s.kind == kind and who in (None, s.who))

    def _about(self, slot: Slot) -> bytes:
        return f"{FORMAT}/{VERSION}/{self.id}/{slot.kind}/{slot.who}".encode()

    def to_bytes(self) -> bytes:
        """Return the content of the file."""
        slots = [{k: v.hex() if isinstance(v, bytes) else v for k, v in asdict(s).items()} for s in self.slots]
        document = {"format": FORMAT, "version": VERSION, "id": self.id, "slots": slots, "proof": self.proof}
        return json.dumps(document, indent=1).encode()


def read_key_file(file: Path) -> KeyFile:
    """Read a key file.

    Raises Fault `keys_missing`, `keys_damaged`, `keys_newer`.
    """
    try:
        with file.open("rb") as content:
            return parse_key_file(content.read(MAX_FILE_BYTES))
    except FileNotFoundError as error:
        raise Fault("keys_missing", folder=str(file.parent)) from error
    except OSError as error:
        raise Fault("folder_unreachable", file=file.name) from error


def parse_key_file(content: bytes) -> KeyFile:
    """Parse and check the content of a key file.

    Raises Fault `keys_damaged`, `keys_newer`.
    """
    try:
        document = json.loads(content)
        if document["format"] == FORMAT and isinstance(document["version"], int) and document["version"] > VERSION:
            raise Fault("keys_newer")
        slots = tuple(_slot(value) for value in document["slots"])
        if (document["format"], document["version"]) != (FORMAT, VERSION) or not 0 < len(slots) <= _MAX_SLOTS:
            raise ValueError
        return KeyFile(_checked_text(document["id"]), slots, _checked_text(document["proof"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Fault("keys_damaged") from error


def write_key_file(file: Path, keys: KeyFile) -> None:
    """Write a key file that its owner alone may read."""
    write_file(file, keys.to_bytes(), private=True)


def promote_pending(folder: Path) -> None:
    """Replace the key file by the pending one."""
    replace_file(folder / PENDING_FILE_NAME, folder / FILE_NAME)


def _slot(value: Mapping[str, Any]) -> Slot:
    slot = Slot(
        kind=_checked_text(value["kind"]),
        who=_checked_text(value["who"]),
        public=bytes.fromhex(value["public"]),
        sealed=bytes.fromhex(value["sealed"]),
        salt=bytes.fromhex(value["salt"]),
        memory_kib=_checked_number(value["memory_kib"], _MAX_MEMORY_KIB),
        passes=_checked_number(value["passes"], _MAX_PASSES),
    )
    if len(slot.public) != KEY_BYTES or len(slot.sealed) != _SEALED_BYTES:
        raise ValueError(slot.kind)
    if slot.kind == USER and not (len(slot.salt) >= 8 and slot.memory_kib >= 8 and slot.passes):
        raise ValueError(slot.kind)
    return slot


def _checked_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 100:
        raise ValueError(value)
    return value


def _checked_number(value: Any, maximum: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= maximum:
        raise ValueError(value)
    return value
