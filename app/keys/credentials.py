"""Credentials that unlock an encrypted database."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class UnlockCredentials:
    """Name, password and recovery key, each empty if not given.

    The system's vault is tried in addition, except with a recovery key.
    """

    name: str = ""
    password: str = field(default="", repr=False)
    recovery: str = field(default="", repr=False)
