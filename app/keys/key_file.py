"""The key file of an office (`keys.json`): the database's key sealed once for each that may open it.

The file is no secret; whoever has it and nothing else has nothing. Its proof is an HMAC under the database's key, so
that nobody can slip in a slot of his own to be sealed for at the next change."""

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
    """One way to the key. `who` is the vault's entry or a person's tag; `salt`, `memory_kib`, `passes` belong to a
    password; `public` is what to seal for, `sealed` the key."""

    kind: str
    who: str
    public: bytes
    sealed: bytes = b""
    salt: bytes = b""
    memory_kib: int = 0
    passes: int = 0


@dataclass(frozen=True)
class KeyFile:
    """All slots of an office's key. `id` is random, made with the first."""

    id: str
    slots: tuple[Slot, ...] = ()
    proof: str = ""

    def open(self, slot: Slot, secret: bytes) -> bytes:
        """The key in a slot. Raises SealBroken."""
        return unseal(slot.sealed, secret, self._about(slot))

    def sealed(self, key: bytes, slots: tuple[Slot, ...]) -> "KeyFile":
        """The same office's file with these slots, all sealed anew for a key."""
        whole = tuple(replace(slot, sealed=seal(key, slot.public, self._about(slot))) for slot in slots)
        made = replace(self, slots=whole)
        return replace(made, proof=made.proof_under(key))

    def proof_under(self, key: bytes) -> str:
        """The proof the file must bear."""
        told = [[s.kind, s.who, s.public.hex(), s.salt.hex(), s.memory_kib, s.passes] for s in self.slots]
        return hmac(key, json.dumps([self.id, told]).encode(), sha256).hexdigest()

    def is_genuine(self, key: bytes) -> bool:
        """Whether all slots were made by somebody who had the key."""
        return compare_digest(self.proof, self.proof_under(key))

    def name_tag(self, name: str) -> str:
        """What stands in a slot instead of a person's name."""
        return hmac(self.id.encode(), name.encode(), sha256).hexdigest()[:24]

    def slots_of(self, kind: str, who: str | None = None) -> tuple[Slot, ...]:
        """The slots of a kind, or of one person or entry."""
        return tuple(s for s in self.slots if s.kind == kind and who in (None, s.who))

    def _about(self, slot: Slot) -> bytes:
        return f"{FORMAT}/{VERSION}/{self.id}/{slot.kind}/{slot.who}".encode()

    def to_bytes(self) -> bytes:
        """The file's content."""
        slots = [{k: v.hex() if isinstance(v, bytes) else v for k, v in asdict(s).items()} for s in self.slots]
        whole = {"format": FORMAT, "version": VERSION, "id": self.id, "slots": slots, "proof": self.proof}
        return json.dumps(whole, indent=1).encode()


def read_key_file(file: Path) -> KeyFile:
    """The key file at a place.

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
    """A key file's content, checked piece by piece.

    Raises Fault `keys_damaged`, `keys_newer`.
    """
    try:
        told = json.loads(content)
        if told["format"] == FORMAT and isinstance(told["version"], int) and told["version"] > VERSION:
            raise Fault("keys_newer")
        slots = tuple(_slot(each) for each in told["slots"])
        if (told["format"], told["version"]) != (FORMAT, VERSION) or not 0 < len(slots) <= _MAX_SLOTS:
            raise ValueError
        return KeyFile(_checked_text(told["id"]), slots, _checked_text(told["proof"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Fault("keys_damaged") from error


def write_key_file(file: Path, keys: KeyFile) -> None:
    """Put the file on the disk whole: the old one, or the new one, never half of one."""
    write_file(file, keys.to_bytes(), private=True)


def promote_pending(folder: Path) -> None:
    """Let the coming key file take the place of the one before."""
    replace_file(folder / PENDING_FILE_NAME, folder / FILE_NAME)


def _slot(told: Mapping[str, Any]) -> Slot:
    slot = Slot(
        kind=_checked_text(told["kind"]),
        who=_checked_text(told["who"]),
        public=bytes.fromhex(told["public"]),
        sealed=bytes.fromhex(told["sealed"]),
        salt=bytes.fromhex(told["salt"]),
        memory_kib=_checked_number(told["memory_kib"], _MAX_MEMORY_KIB),
        passes=_checked_number(told["passes"], _MAX_PASSES),
    )
    if len(slot.public) != KEY_BYTES or len(slot.sealed) != _SEALED_BYTES:
        raise ValueError(slot.kind)
    if slot.kind == USER and not (len(slot.salt) >= 8 and slot.memory_kib >= 8 and slot.passes):
        raise ValueError(slot.kind)
    return slot


def _checked_text(told: Any) -> str:
    if not isinstance(told, str) or len(told) > 100:
        raise ValueError(told)
    return told


def _checked_number(told: Any, most: int) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not 0 <= told <= most:
        raise ValueError(told)
    return told
