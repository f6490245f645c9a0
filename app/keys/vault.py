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
_PATIENCE = 5.0
"""Seconds a vault may take for one answer."""
_NO_VAULTS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_Answer = TypeVar("_Answer")


class Vault:
    """The vault of whoever runs this program, or none."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._silent = False

    def read(self, entry: str) -> bytes | None:
        """The secret kept under an entry; None without one, or without a vault."""
        told = self._asked(lambda: _backend_get(entry))
        with suppress(binascii.Error, ValueError):
            return None if told is None else b64decode(told, validate=True)
        return None

    def keep(self, entry: str, secret: bytes) -> bool:
        """Keep a secret; false where it did not come to lie there."""
        self._asked(lambda: _backend_set(entry, b64encode(secret).decode()))
        return self.read(entry) == secret

    def forget(self, entry: str) -> None:
        """Take a secret out, if it is there."""
        self._asked(lambda: _backend_delete(entry))

    def _asked(self, question: Callable[[], _Answer]) -> _Answer | None:
        """The answer within our patience; a vault that was silent once is not asked again."""
        if self._silent:
            return None
        answers: SimpleQueue[_Answer | None] = SimpleQueue()
        Thread(target=lambda: answers.put(_tried(question)), daemon=True).start()
        try:
            return answers.get(timeout=self._patience)
        except Empty:
            self._silent = True
            return None


def _tried(question: Callable[[], _Answer]) -> _Answer | None:
    """Vendors' vaults fail in ways of their own, each meaning the same to us: not here."""
    try:
        return question()
    except Exception:  # noqa: BLE001
        return None


def _backend_get(entry: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, entry) if _is_a_vault() else None


def _backend_set(entry: str, secret: str) -> None:
    import keyring

    if _is_a_vault():
        keyring.set_password(SERVICE, entry, secret)


def _backend_delete(entry: str) -> None:
    import keyring

    if _is_a_vault():
        keyring.delete_password(SERVICE, entry)


def _is_a_vault() -> bool:
    import keyring

    return not type(keyring.get_keyring()).__module__.startswith(_NO_VAULTS)
