"""Passwords and PINs as argon2id texts (RFC 9106); what was typed is kept nowhere."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Makes and checks the kept text of a password. The cost is the least that OWASP asks of argon2id: 19 MiB of
    memory defeat a rack of graphics cards, one lane and two passes keep an old desk PC below a fifth of a second."""

    MEMORY_KIB = 19_456
    PASSES = 2
    LANES = 1

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)

    def kept(self, secret: str) -> str:
        """The text to keep, with a salt of its own."""
        return self._hasher.hash(_encode(secret))

    def match(self, kept: str, secret: str) -> bool:
        """Whether this is the password that was kept. A text that is none matches nothing."""
        try:
            return self._hasher.verify(kept, _encode(secret))
        except (VerificationError, InvalidHashError):
            return False


def _encode(secret: str) -> bytes:
    """The same bytes for the same letters, whichever way the keyboard composed them."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
