"""The system's vault (Windows vault, Secret Service) through keyring: asked briefly, never trusted to answer.

A vault that would ask a person, that hangs, or that keeps secrets in a plain file is no vault: a program run over ssh
or by a task has nobody to answer it."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

SERVICE = "motcua"
_TIMEOUT_S = 5.0
"""Seconds a vault may take for one answer."""
_UNUSABLE_BACKENDS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_Answer = TypeVar("_Answer")


class Vault:
    """The vault of whoever runs this program, or none."""

    def __init__(self, timeout_s: float = _TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._timed_out = False

    def read(self, entry: str) -> bytes | None:
        """The secret kept under an entry; None without one, or without a vault."""
        told = self._with_timeout(lambda: _backend_get(entry))
        with suppress(binascii.Error, ValueError):
            return None if told is None else b64decode(told, validate=True)
        return None

    def store(self, entry: str, secret: bytes) -> bool:
        """Keep a secret; false where it did not come to lie there."""
        self._with_timeout(lambda: _backend_set(entry, b64encode(secret).decode()))
        return self.read(entry) == secret

    def delete(self, entry: str) -> None:
        """Take a secret out, if it is there."""
        self._with_timeout(lambda: _backend_delete(entry))

    def _with_timeout(self, call: Callable[[], _Answer]) -> _Answer | None:
        """The answer within our patience; a vault that was silent once is not asked again."""
        if self._timed_out:
            return None
        answers: SimpleQueue[_Answer | None] = SimpleQueue()
        Thread(target=lambda: answers.put(_none_on_error(call)), daemon=True).start()
        try:
            return answers.get(timeout=self._timeout_s)
        except Empty:
            self._timed_out = True
            return None


def _none_on_error(call: Callable[[], _Answer]) -> _Answer | None:
    """Vendors' vaults fail in ways of their own, each meaning the same to us: not here."""
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
