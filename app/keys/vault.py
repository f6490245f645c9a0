"""The system's vault through keyring, with a timeout.

That is the Windows vault or the Secret Service. A vault that prompts, hangs or stores secrets in a plain file counts as
missing, because a program run over ssh or by a scheduled task has no user to answer a prompt.
"""

import binascii
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

SERVICE = "motcua"
_TIMEOUT_S = 5.0
"""Seconds a vault may take for one call, without the time that its libraries take to load."""
_BACKENDS = {"win32": "keyring.backends.Windows", "linux": "keyring.backends.SecretService"}
"""Modules with the vaults of a system, and the libraries that they need."""
_UNUSABLE_BACKENDS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_Answer = TypeVar("_Answer")


class Vault:
    """The vault of the current system user, which may be missing."""

    def __init__(self, timeout_s: float = _TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._timed_out = False

    def read(self, entry: str) -> bytes | None:
        """Return the secret of an entry, or None without the entry or a vault."""
        encoded = self._with_timeout(lambda: _backend_get(entry))
        with suppress(binascii.Error, ValueError):
            return None if encoded is None else b64decode(encoded, validate=True)
        return None

    def store(self, entry: str, secret: bytes) -> bool:
        """Store a secret; return whether it can be read back."""
        self._with_timeout(lambda: _backend_set(entry, b64encode(secret).decode()))
        return self.read(entry) == secret

    def delete(self, entry: str) -> None:
        """Delete an entry if it exists."""
        self._with_timeout(lambda: _backend_delete(entry))

    def _with_timeout(self, call: Callable[[], _Answer]) -> _Answer | None:
        """Return the result of a call, or None after the timeout.

        After one timeout the vault is not called again.
        """
        if self._timed_out:
            return None
        _load_libraries()
        answers: SimpleQueue[_Answer | None] = SimpleQueue()
        Thread(target=lambda: answers.put(_none_on_error(call)), daemon=True).start()
        try:
            return answers.get(timeout=self._timeout_s)
        except Empty:
            self._timed_out = True
            return None


def _load_libraries() -> None:
    """Import keyring with its backend before the time of a call counts.

    From a slow disk that alone takes longer than a vault may: 7 s were measured. Nothing is asked of the vault yet.
    """
    import_module("keyring")
    if sys.platform in _BACKENDS:
        import_module(_BACKENDS[sys.platform])


def _none_on_error(call: Callable[[], _Answer]) -> _Answer | None:
    """Return None for any error, because each vendor's vault raises its own."""
    try:
        return call()
    except Exception:  # noqa: BLE001
        return None


def _backend_get(entry: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, entry) if _has_backend() else None


def _backend_set(entry: str, secret: str) -> None:
    import keyring

    if _has_backend():
        keyring.set_password(SERVICE, entry, secret)


def _backend_delete(entry: str) -> None:
    import keyring

    if _has_backend():
        keyring.delete_password(SERVICE, entry)


def _has_backend() -> bool:
    import keyring

    return not type(keyring.get_keyring()).__module__.startswith(_UNUSABLE_BACKENDS)
