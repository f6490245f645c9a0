"""Hash and verify passwords and PINs with argon2id (RFC 9106)."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and verifies passwords.

    The default cost is the OWASP minimum for argon2id: 19 MiB of memory resist graphics cards, and one lane with two
    passes takes less than 0.2 s on an old desk PC.
    """

    MEMORY_KIB = 19_456
    PASSES = 2
    LANES = 1

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)

    def digest(self, secret: str) -> str:
        """Return the hash of a password with a new salt."""
        return self._hasher.hash(_encode(secret))

    def match(self, hashed: str, secret: str) -> bool:
        """Return whether the password has this hash; False for an invalid hash."""
        try:
            return self._hasher.verify(hashed, _encode(secret))
        except (VerificationError, InvalidHashError):
            return False


def _encode(secret: str) -> bytes:
    """Return the NFC bytes, because keyboards compose characters differently."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
