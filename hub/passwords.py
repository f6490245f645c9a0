"""Hash and verify passwords with argon2id (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.errors import Refused

MIN_LENGTH = 8
"""Characters of a password. The pages are reachable by network, unlike an office's window."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id text of a password.

    Raises Refused `password_short`.
    """
    if len(password) < MIN_LENGTH:
        raise Refused("password_short", minimum=MIN_LENGTH)
    return _HASHER.hash(password)


def is_password(secret: str, password: str) -> bool:
    """Return whether a password belongs to a stored text."""
    try:
        return _HASHER.verify(secret, password)
    except (VerificationError, InvalidHashError):
        return False
