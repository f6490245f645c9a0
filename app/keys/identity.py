"""The identity of an office: a signing key in its database.

Its public half is in the key file and its fingerprint on the recovery page. Who holds neither the database nor a
credential can make neither a signature of the office nor a database that has the private half.
"""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from hmac import compare_digest

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from app.keys.recovery import ALPHABET, format_groups, typed_characters
from app.keys.sealing import new_secret
from app.models.errors import Refusal

FINGERPRINT_GROUPS, _DATA = 6, 3
_BITS = FINGERPRINT_GROUPS * _DATA * 5
PAGE_CODE_SEPARATOR = "."
"""Separates the fingerprint from the sealed keys in the code of a recovery page."""


@dataclass(frozen=True)
class OfficeIdentity:
    """The private identity key of an office, 32 bytes."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "OfficeIdentity":
        """Return a new random identity."""
        return cls(new_secret())

    @cached_property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return bytes(SigningKey(self.seed).verify_key)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return the 64-byte signature of a message for one purpose."""
        return SigningKey(self.seed).sign(_signed(purpose, message)).signature


def is_signed(public: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Return whether the owner of `public` signed a message for a purpose."""
    try:
        VerifyKey(public).verify(_signed(purpose, message), signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return 90 bits of the key's SHA-256 as six groups of four characters.

    The last character of each group is a check character.
    """
    number = int.from_bytes(sha256(b"motcua office " + public).digest(), "big") >> (256 - _BITS)
    return format_groups([number >> shift & 31 for shift in range(_BITS - 5, -1, -5)], _DATA)


def check_fingerprint(text: str, public: bytes) -> None:
    """Check a typed fingerprint, or the scanned code of a recovery page.

    Raises Refusal `fingerprint_shape`, `fingerprint_wrong`.
    """
    typed = typed_characters(text.strip().rpartition(PAGE_CODE_SEPARATOR)[2])
    if len(typed) != FINGERPRINT_GROUPS * (_DATA + 1) or any(c not in ALPHABET for c in typed):
        raise Refusal("fingerprint_shape", "fingerprint", groups=FINGERPRINT_GROUPS, signs=_DATA + 1)
    if not compare_digest(typed, typed_characters(fingerprint(public))):
        raise Refusal("fingerprint_wrong", "fingerprint")


def _signed(purpose: str, message: bytes) -> bytes:
    return f"motcua/{purpose}\n".encode() + message
