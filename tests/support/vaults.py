"""Keyring backends that replace the Windows vault and the Secret Service."""

import json
import os
from pathlib import Path
from threading import Event

from keyring.backend import KeyringBackend


class FileVault(KeyringBackend):
    """Stores secrets in the file named by MOTCUA_TEST_VAULT."""

    priority = 5

    def _all(self) -> dict[str, str]:
        file = Path(os.environ["MOTCUA_TEST_VAULT"])
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}

    def _save(self, secrets: dict[str, str]) -> None:
        Path(os.environ["MOTCUA_TEST_VAULT"]).write_text(json.dumps(secrets), encoding="utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._save({**self._all(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        secrets = self._all()
        del secrets[f"{service}/{username}"]
        self._save(secrets)


class HangingVault(KeyringBackend):
    """Waits forever, as a locked collection does over ssh."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        Event().wait()
        return None

    set_password = delete_password = get_password


class BrokenVault(KeyringBackend):
    """Raises an error of its own."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("no bus")

    set_password = delete_password = get_password
