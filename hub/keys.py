"""The receiver's two private keys, in a file of their own.

The file is JSON with `signing_key` (Ed25519, signs answers and packages) and `identity` (age X25519, opens sealed
records). Every machine of one receiver has a copy. The database never holds them.
"""

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import pyrage

from app.sync.signing import new_signing_key, public_key
from hub.errors import Refused

_HEX = re.compile(r"[0-9a-f]{64}")
_MODE = 0o600


@dataclass(frozen=True, repr=False)
class HubKeys:
    """The private keys of a receiver."""

    signing_key: bytes
    identity: str

    @property
    def receiver_signs(self) -> str:
        """Public key that verifies its answers, hexadecimal."""
        return public_key(self.signing_key).hex()

    @property
    def receiver_key(self) -> str:
        """Public key for which offices seal personal data, `age1…`."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())


def keys_path(text: str | None) -> Path:
    """Return the path of the key file.

    Raises Refused `hub_keys_missing` if `HUB_KEYS` is not set.
    """
    if not text:
        raise Refused("hub_keys_missing")
    return Path(text)


def create_keys(path: Path) -> HubKeys:
    """Write new keys, readable by their owner alone, and return them.

    Keys that exist are returned as they are, so that an interrupted `init` can be repeated.

    Raises Refused `hub_keys`.
    """
    if path.exists():
        return read_keys(path)
    keys = HubKeys(new_signing_key(), str(pyrage.x25519.Identity.generate()))
    text = json.dumps({"signing_key": keys.signing_key.hex(), "identity": keys.identity}) + "\n"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Refused("hub_keys", path=str(path), part=error.strerror or "") from error
    return keys


def read_keys(path: Path) -> HubKeys:
    """Return the keys of a file.

    Raises Refused `hub_keys` if it is missing, damaged or readable by other users.
    """
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii")
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            raise Refused("hub_keys", path=str(path), part="0600")
        values = json.loads(text)
        return _checked_keys(values["signing_key"], values["identity"])
    except OSError as error:
        raise Refused("hub_keys", path=str(path), part=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, pyrage.IdentityError) as error:
        raise Refused("hub_keys", path=str(path), part="JSON") from error


def _checked_keys(signing_key: object, identity: object) -> HubKeys:
    """Return keys of a file; raises ValueError or IdentityError for others."""
    if not isinstance(signing_key, str) or _HEX.fullmatch(signing_key) is None or not isinstance(identity, str):
        raise ValueError("not the keys of a receiver")
    pyrage.x25519.Identity.from_str(identity)
    return HubKeys(bytes.fromhex(signing_key), identity)
