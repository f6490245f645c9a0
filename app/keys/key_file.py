"""The key file of an office (`keys.json`), with a slot per credential.

Each slot holds the database key, sealed for one credential. The file is not secret: without a credential it reveals
nothing. Sealing needs public keys only, so a sealed key alone proves nothing. Three proofs bind the file to its office:
each slot has an HMAC under its own secret over the office's identity, the file has an HMAC under the database key, and
it is signed by the identity. Version 1, of releases before these proofs, has only the HMAC under the database key.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from pathlib import Path
from typing import Any

from app.disk import read_start, replace_file, write_file
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.identity import OfficeIdentity, is_signed
from app.keys.sealing import KEY_BYTES, prove, seal, unseal
from app.models.errors import Fault

FORMAT, VERSION, _UNPROVED_VERSION = "motcua-keys", 2, 1
RECOVERY, VAULT, USER = "recovery", "vault", "user"
MAX_FILE_BYTES = 1 << 20
_MAX_MEMORY_KIB, _MAX_PASSES, _MAX_COST = 1 << 18, 8, 1 << 20
"""Bounds of argon2id that a key file may ask for; the cost is KiB times passes, about two seconds."""
_MAX_SLOTS, MAX_SLOTS_OF_ONE = 500, 8
_MAX_SERIAL = 1 << 40
_SEALED_BYTES = KEY_BYTES + KEY_BYTES + 16
_SIGNATURE_BYTES = 64
_PURPOSE = "keys"


@dataclass(frozen=True)
class Slot:
    """One credential that opens the database key.

    `who` is the vault's entry or a user's tag. `salt`, `memory_kib` and `passes` belong to a password. `public` is
    the public key to seal for, `sealed` the sealed database key. `proof` is an HMAC under the credential's secret over
    the office's identity; it is empty in a slot of a release before proofs.
    """

    kind: str
    who: str
    public: bytes
    sealed: bytes = field(default=b"", compare=False)
    salt: bytes = b""
    memory_kib: int = 0
    passes: int = 0
    proof: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        values = {
            "kind": self.kind,
            "who": self.who,
            "public": self.public,
            "sealed": self.sealed,
            "salt": self.salt,
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "proof": self.proof,
        }
        return {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}


@dataclass(frozen=True)
class KeyFile:
    """All slots of an office's database key.

    `id` is random and never changes. `office` is the public identity key, empty in version 1. `serial` grows with each
    change of the slots. `proof` is the HMAC under the database key, `signature` that of the identity.
    """

    id: str
    slots: tuple[Slot, ...] = ()
    proof: str = ""
    office: bytes = b""
    serial: int = 0
    signature: bytes = b""

    def open(self, slot: Slot, secret: bytes) -> bytes:
        """Return the database key of a slot.

        Raises SealBroken.
        """
        return unseal(slot.sealed, secret, _seal_context(self.id, slot))

    def sealed(self, key: bytes, slots: Sequence[Slot], identity: OfficeIdentity, serial: int) -> "KeyFile":
        """Return a copy with these slots, all sealed for `key` and signed."""
        resealed = tuple(replace(slot, sealed=seal(key, slot.public, _seal_context(self.id, slot))) for slot in slots)
        unproved = replace(self, slots=resealed, office=identity.public, serial=serial)
        proved = replace(unproved, proof=unproved.proof_under(key))
        return replace(proved, signature=identity.sign(_PURPOSE, proved._signed_bytes()))

    def proof_under(self, key: bytes) -> str:
        """Return the proof that a genuine file has under `key`."""
        covered = [[s.kind, s.who, s.public.hex(), s.salt.hex(), s.memory_kib, s.passes] for s in self.slots]
        statement: list[Any] = [self.id, covered]
        if self.office:
            statement += [self.office.hex(), self.serial, [slot.proof.hex() for slot in self.slots]]
        return hmac(key, json.dumps(statement).encode(), sha256).hexdigest()

    def is_genuine(self, key: bytes) -> bool:
        """Return whether a holder of `key` wrote the file.

        A file of version 2 also has the signature of its office.
        """
        return compare_digest(self.proof, self.proof_under(key)) and (not self.office or self.is_signed())

    def is_signed(self) -> bool:
        """Return whether the file has the signature of the office it names."""
        return is_signed(self.office, _PURPOSE, self._signed_bytes(), self.signature)

    def name_tag(self, name: str) -> str:
        """Return the tag that replaces a user's name in a slot."""
        return hmac(self.id.encode(), name.encode(), sha256).hexdigest()[:24]

    def slots_of(self, kind: str, who: str | None = None) -> tuple[Slot, ...]:
        """Return the slots of a kind, optionally of one user or entry."""
        return tuple(s for s in self.slots if s.kind == kind and who in (None, s.who))

    def _document(self) -> dict[str, Any]:
        slots = [slot.to_json() for slot in self.slots]
        return {
            "format": FORMAT,
            "version": VERSION,
            "id": self.id,
            "office": self.office.hex(),
            "serial": self.serial,
            "slots": slots,
            "proof": self.proof,
        }

    def _signed_bytes(self) -> bytes:
        return json.dumps(self._document(), sort_keys=True).encode()

    def to_bytes(self) -> bytes:
        """Return the content of the file."""
        return json.dumps({**self._document(), "signature": self.signature.hex()}, indent=1).encode()


def prove_slot(file_id: str, office: bytes, slot: Slot, secret: bytes) -> Slot:
    """Return a slot with the proof that its secret belongs to the office."""
    return replace(slot, proof=prove(secret, _slot_statement(file_id, office, slot)))


def is_slot_proved(file_id: str, office: bytes, slot: Slot, secret: bytes) -> bool:
    """Return whether a slot has the proof of a holder of its secret."""
    return compare_digest(slot.proof, prove(secret, _slot_statement(file_id, office, slot)))


def _slot_statement(file_id: str, office: bytes, slot: Slot) -> bytes:
    return json.dumps([FORMAT, file_id, office.hex(), slot.kind, slot.who, slot.public.hex()]).encode()


def _seal_context(file_id: str, slot: Slot) -> bytes:
    return f"{FORMAT}/{_UNPROVED_VERSION}/{file_id}/{slot.kind}/{slot.who}".encode()


def read_key_file(file: Path) -> KeyFile:
    """Read a key file.

    Raises Fault `keys_missing`, `keys_damaged`, `keys_newer`.
    """
    try:
        return parse_key_file(read_start(file, MAX_FILE_BYTES))
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
        version = document["version"]
        if document["format"] == FORMAT and isinstance(version, int) and version > VERSION:
            raise Fault("keys_newer")
        slots = tuple(slot_from_json(value) for value in document["slots"])
        if document["format"] != FORMAT or version not in (_UNPROVED_VERSION, VERSION) or not _is_bounded(slots):
            raise ValueError
        keys = KeyFile(checked_text(document["id"]), slots, checked_text(document["proof"]))
        return keys if version == _UNPROVED_VERSION else _with_office(keys, document)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Fault("keys_damaged") from error


def _with_office(keys: KeyFile, document: Mapping[str, Any]) -> KeyFile:
    office, signature = bytes.fromhex(document["office"]), bytes.fromhex(document["signature"])
    if len(office) != KEY_BYTES or len(signature) != _SIGNATURE_BYTES:
        raise ValueError("office")
    return replace(keys, office=office, signature=signature, serial=checked_number(document["serial"], _MAX_SERIAL))


def _is_bounded(slots: Sequence[Slot]) -> bool:
    """Return whether opening the slots takes seconds, not hours."""
    same = Counter((slot.kind, slot.who if slot.kind == USER else "") for slot in slots)
    return 0 < len(slots) <= _MAX_SLOTS and max(same.values()) <= MAX_SLOTS_OF_ONE


def write_key_file(file: Path, keys: KeyFile) -> None:
    """Write a key file that its owner alone may read."""
    write_file(file, keys.to_bytes(), private=True)


def promote_pending(folder: Path) -> None:
    """Replace the key file by the pending one."""
    replace_file(folder / PENDING_FILE_NAME, folder / FILE_NAME)


def slot_from_json(value: Mapping[str, Any], *, is_sealed: bool = True) -> Slot:
    """Return a slot from JSON values.

    Raises ValueError, KeyError, TypeError for invalid ones.
    """
    slot = Slot(
        kind=checked_text(value["kind"]),
        who=checked_text(value["who"]),
        public=bytes.fromhex(value["public"]),
        sealed=bytes.fromhex(value["sealed"]),
        salt=bytes.fromhex(value["salt"]),
        memory_kib=checked_number(value["memory_kib"], _MAX_MEMORY_KIB),
        passes=checked_number(value["passes"], _MAX_PASSES),
        proof=bytes.fromhex(value.get("proof", "")),
    )
    if len(slot.public) != KEY_BYTES or len(slot.proof) not in (0, KEY_BYTES):
        raise ValueError(slot.kind)
    if is_sealed and len(slot.sealed) != _SEALED_BYTES:
        raise ValueError(slot.kind)
    if slot.kind == USER and not _is_affordable(slot):
        raise ValueError(slot.kind)
    return slot


def _is_affordable(slot: Slot) -> bool:
    """Return whether argon2id accepts the cost and it takes few seconds."""
    valid = len(slot.salt) >= 8 and slot.memory_kib >= 8 and slot.passes >= 1
    return valid and slot.memory_kib * slot.passes <= _MAX_COST


def checked_text(value: Any) -> str:
    """Return a short text of ASCII characters.

    Raises ValueError for anything else.
    """
    if not isinstance(value, str) or len(value) > 100 or not value.isascii():
        raise ValueError(value)
    return value


def checked_number(value: Any, maximum: int) -> int:
    """Return a whole number from 0 to `maximum`.

    Raises ValueError for anything else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= maximum:
        raise ValueError(value)
    return value
