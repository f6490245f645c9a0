"""What a command works with: arguments, environment, clock, output."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from getpass import getpass
from typing import Any

from hub.errors import Refused
from hub.keys import HubKeys, keys_path, read_keys
from hub.storage.database import Database
from hub.storage.receiver import Receiver, open_receiver

VIET_NAM = timezone(timedelta(hours=7))
OPERATOR = "dòng lệnh"
"""Name of the person at the command line, in the record of acts."""


@dataclass
class Environment:
    """What the operating system gives: variables, clock, password prompt."""

    variables: Mapping[str, str]
    clock: Callable[[], datetime]
    prompt: Callable[[str], str] = getpass


class Request:
    """One command with its surroundings; database and keys open on use."""

    def __init__(self, arguments: argparse.Namespace, environment: Environment) -> None:
        self.arguments = arguments
        self.environment = environment
        self._opened: list[Database] = []

    def opened_database(self) -> Database:
        """Return the database as it is, before its tables are looked at."""
        database = Database(self.address)
        self._opened.append(database)
        return database

    def close(self) -> None:
        """Close the connections of the command."""
        for database in self._opened:
            database.close()

    @cached_property
    def address(self) -> str:
        """Address of the database; raises Refused `hub_database`."""
        address = self.environment.variables.get("HUB_DATABASE", "").strip()
        if not address:
            raise Refused("hub_database")
        return address

    @cached_property
    def database(self) -> Database:
        """The database of a receiver with tables of this version.

        Raises Refused `hub_database`, `hub_empty`, `hub_newer`; Busy.
        """
        database = self.opened_database()
        self.receiver = open_receiver(database)
        return database

    @cached_property
    def receiver(self) -> Receiver:
        """The description of this receiver."""
        return open_receiver(self.database)

    @cached_property
    def keys(self) -> HubKeys:
        """The receiver's private keys.

        Raises Refused `hub_keys_missing`, `hub_keys`, `hub_keys_foreign` for the keys of another receiver.
        """
        keys = read_keys(keys_path(self.environment.variables.get("HUB_KEYS")))
        _ = self.database
        if keys.receiver_signs != self.receiver.receiver_signs:
            raise Refused("hub_keys_foreign")
        return keys

    @cached_property
    def now(self) -> datetime:
        """The present, or `--now` at a training receiver.

        Raises Refused `instant`, `now_training`.
        """
        text = self.arguments.now
        if text is None:
            return self.environment.clock().astimezone(VIET_NAM)
        _ = self.database
        if not self.receiver.training:
            raise Refused("now_training")
        return instant(text)

    def password(self, name: str) -> str:
        """Return a new password from `HUB_PASSWORD` or a prompt.

        Raises Refused `password_missing`.
        """
        password = self.environment.variables.get("HUB_PASSWORD") or ""
        if not password and sys.stdin is not None and sys.stdin.isatty():
            password = self.environment.prompt(f"Mật khẩu mới của {name}: ")
        if not password:
            raise Refused("password_missing")
        return password


def instant(text: str) -> datetime:
    """Return an instant; without an offset it is at +07:00.

    Raises Refused `instant`.
    """
    try:
        value = datetime.fromisoformat(text)
        return value.replace(tzinfo=VIET_NAM) if value.tzinfo is None else value.astimezone(VIET_NAM)
    except (ValueError, OverflowError):
        raise Refused("instant", text=text[:40]) from None


def shown(value: datetime | None) -> str | None:
    """Return an instant as answers carry it."""
    return None if value is None else value.astimezone(VIET_NAM).isoformat(timespec="seconds")


def write_line(value: Any) -> None:
    """Write one JSON line to stdout at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def write_lines(values: Iterable[Any]) -> None:
    """Write JSON lines to stdout."""
    for value in values:
        write_line(value)
