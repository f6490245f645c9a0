"""Accounts of the pages."""

import unicodedata
from datetime import datetime
from typing import NamedTuple

from app.models.figures import in_order
from hub.errors import Refused
from hub.storage.database import Connection

ROLES = ("reader", "registrar", "administrator")


class AccountRow(NamedTuple):
    """An account; `secret` is the argon2id text of its password."""

    name: str
    role: str
    secret: str
    active: bool
    wrong_tries: int
    locked_until: datetime | None


_ACCOUNT = "SELECT name, role, secret, active, wrong_tries, locked_until FROM account"


def add(connection: Connection, name: str, role: str, secret: str, now: datetime) -> bool:
    """Add an account; return False if the name is in use."""
    statement = "INSERT INTO account (name, role, secret, made_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
    return connection.execute(statement, (name, role, secret, now)).rowcount == 1


def add_new(connection: Connection, name: str, role: str, secret: str, now: datetime) -> None:
    """Add an account.

    Raises Refused `user_exists`.
    """
    if not add(connection, name, role, secret, now):
        raise Refused("user_exists", name=name)


def all_accounts(connection: Connection) -> list[AccountRow]:
    """Return every account by name."""
    rows = [AccountRow(*row) for row in connection.execute(_ACCOUNT.encode())]
    places = {name: place for place, name in enumerate(in_order(row.name for row in rows))}
    return sorted(rows, key=lambda row: places[row.name])


def account(connection: Connection, name: str) -> AccountRow | None:
    """Return an account by name."""
    rows = connection.execute(_ACCOUNT.encode() + b" WHERE name = %s", (name,))
    return next((AccountRow(*row) for row in rows), None)


def change(connection: Connection, name: str, *, secret: str | None, role: str | None, active: bool) -> bool:
    """Change an account and end its sessions; return whether it exists.

    None leaves a value as it is. Wrong tries are forgotten.
    """
    count = connection.execute(
        "UPDATE account SET secret = coalesce(%s, secret), role = coalesce(%s, role), active = %s, wrong_tries = 0,"
        " locked_until = NULL WHERE name = %s",
        (secret, role, active, name),
    ).rowcount
    connection.execute("DELETE FROM session WHERE account = %s", (name,))
    return count == 1


def active_administrators(connection: Connection) -> list[str]:
    """Return the names of active administrators; locks the accounts."""
    statement = "SELECT name FROM account WHERE active AND role = 'administrator' ORDER BY name FOR UPDATE"
    return [str(name) for (name,) in connection.execute(statement)]


def check_other_administrator(connection: Connection, name: str) -> None:
    """Refuse to lose the last administrator: Refused `user_last`."""
    if active_administrators(connection) == [name]:
        raise Refused("user_last", name=name)


def account_name(text: str) -> str:
    """Return the name of an account; raises Refused `user_name`."""
    name = unicodedata.normalize("NFC", text.strip())
    if not 1 <= len(name) <= 60 or any(unicodedata.category(character)[0] == "C" for character in name):
        raise Refused("user_name")
    return name
