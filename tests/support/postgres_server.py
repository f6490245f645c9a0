"""One PostgreSQL per test process, and a fresh receiver per test."""

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hub.cli.request import Environment
from hub.cli.run import run
from hub.ingest.intake import Intake
from hub.keys import HubKeys, read_keys
from hub.storage.database import Database
from hub.storage.schema import SCHEMA, SITE_TABLES
from hub.trial.postgres import PostgresServer, server_binaries

PASSWORD = "mat-khau-thu-1"
NOW = datetime(2026, 2, 12, 10, 30, tzinfo=UTC)
_TABLES = (
    *SITE_TABLES,
    "package",
    "knock",
    "sender_agency",
    "sender",
    "session",
    "act",
    "account WHERE name <> 'admin'",
)


def drop_database(server: PostgresServer, name: str) -> None:
    """Remove a database and end its connections."""
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


class Hub:
    """A receiver on a database of its own, driven like its command line."""

    def __init__(self, address: str, keys_file: Path) -> None:
        self.address = address
        self.keys_file = keys_file
        self.now = NOW
        self._databases: list[Database] = []

    @property
    def variables(self) -> dict[str, str]:
        return {"HUB_DATABASE": self.address, "HUB_KEYS": str(self.keys_file), "HUB_PASSWORD": PASSWORD}

    @property
    def keys(self) -> HubKeys:
        return read_keys(self.keys_file)

    def database(self, size: int = 2) -> Database:
        self._databases.append(Database(self.address, size))
        return self._databases[-1]

    def close(self) -> None:
        for database in self._databases:
            database.close()

    def intake(self, *, training: bool = True) -> Intake:
        return Intake(self.database(), self.keys, training=training)

    def run(self, *arguments: object, status: int = 0, **variables: str) -> list[Any]:
        """Run a command and return its JSON lines."""
        out = StringIO()
        with redirect_stdout(out):
            ended = run(
                [str(part) for part in arguments], Environment({**self.variables, **variables}, lambda: self.now)
            )
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        assert int(ended) == status, (ended, lines)
        return lines

    def refused(self, *arguments: object, status: int = 1, **variables: str) -> str:
        """Run a command that is refused, and return the code."""
        (line,) = self.run(*arguments, status=status, **variables)
        return str(line["refused"]["code"])

    def empty(self) -> None:
        """Remove everything but the receiver and its first administrator."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("".join(f"DELETE FROM {table};" for table in _TABLES).encode())
            connection.execute("UPDATE receiver SET schema = %s", (SCHEMA,))
            connection.execute("UPDATE account SET active = true, wrong_tries = 0, locked_until = NULL")

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, beside the program."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process, without fsync."""
    if server_binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with PostgresServer.temporary(durable=False) as server:
        yield server


class HubPool:
    """Receivers that tests use again; each is emptied first."""

    def __init__(self, server: PostgresServer, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._hubs: dict[tuple[bool, int], Hub] = {}

    def fresh(self, number: int, *, training: bool) -> Hub:
        if (training, number) not in self._hubs:
            name = f"hub_{'training' if training else 'real'}_{number}"
            hub = Hub(self._server.create_database(name), self._folder / f"{name}.json")
            hub.run("init", *(["--training"] if training else []))
            self._hubs[training, number] = hub
        hub = self._hubs[training, number]
        hub.now = NOW
        hub.empty()
        return hub


@pytest.fixture(scope="session")
def hub_pool(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> HubPool:
    """The receivers of this test process."""
    return HubPool(postgres, tmp_path_factory.mktemp("hub"))


@pytest.fixture
def make_hub(hub_pool: HubPool) -> Iterator[Any]:
    """Return a function that gives one more empty receiver."""
    hubs: list[Hub] = []

    def make(*, training: bool = True) -> Hub:
        hubs.append(hub_pool.fresh(len(hubs), training=training))
        return hubs[-1]

    yield make
    for used in hubs:
        used.close()


@pytest.fixture
def hub(make_hub: Any) -> Hub:
    """An empty training receiver."""
    fresh: Hub = make_hub()
    return fresh
