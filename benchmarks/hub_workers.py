"""Processes that write to a receiver's database, each by one connection."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from hub.bootstrap import tune_collector
from hub.ingest.intake import Intake
from hub.keys import HubKeys
from hub.storage.database import Database

NOW = datetime(2026, 2, 12, 10, tzinfo=UTC)
TABLES = ("record", "dossier", "file")


class Task(NamedTuple):
    """Work of one process: files to receive, or rows by table to copy."""

    files: Sequence[bytes] = ()
    rows: Sequence[dict[str, bytes]] = ()


class Workers:
    """Processes that take tasks at the same moment."""

    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._pipes = pipes

    def hand_out(self, items: Sequence[Any], kind: str) -> None:
        """Give each process its share, before the time is taken."""
        count = len(self._pipes)
        for number, pipe in enumerate(self._pipes):
            pipe.send(Task(**{kind: items[number::count]}))
            pipe.recv()

    def run(self) -> None:
        """Let all processes work, and wait for their end."""
        for pipe in self._pipes:
            pipe.send(None)
        for pipe in self._pipes:
            pipe.recv()


@contextmanager
def workers(count: int, ours: str, bare: str, keys: HubKeys) -> Iterator[Workers]:
    """Start processes for the receiver's database `ours` and its bare copy."""
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pipes = []
        for _ in range(count):
            mine, theirs = context.Pipe()
            arguments = (theirs, ours, bare, keys.signing_key, keys.identity)
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            stack.callback(process.join)
            stack.callback(mine.close)
            pipes.append(mine)
        yield Workers(pipes)


def _work(pipe: Connection, ours: str, bare: str, signing_key: bytes, identity: str) -> None:
    tune_collector()
    intake = Intake(Database(ours, 1), HubKeys(signing_key, identity), training=True)
    with psycopg.connect(bare, autocommit=True) as connection:
        try:
            while True:
                task: Task = pipe.recv()
                pipe.send("ready")
                pipe.recv()
                for data in task.files:
                    intake.receive(data, NOW)
                for rows in task.rows:
                    copy_rows(connection, rows)
                pipe.send("done")
        except EOFError:
            return


def copy_rows(connection: psycopg.Connection[Any], rows: dict[str, bytes]) -> None:
    """Copy the rows of one file into its tables, in one transaction."""
    with connection.transaction():
        for table, content in rows.items():
            with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
                copy.write(content)


def rows_of(connection: psycopg.Connection[Any], public_key: str) -> dict[str, bytes]:
    """Return the rows that a sender's file became, by table."""
    site = connection.execute("SELECT site_id FROM sender WHERE public_key = %s", (public_key,)).fetchone()
    rows = {}
    for table in TABLES:
        query = sql.SQL("COPY (SELECT * FROM {} WHERE site_id = {}) TO STDOUT")
        with connection.cursor().copy(query.format(sql.Identifier(table), site[0] if site else 0)) as copy:
            rows[table] = b"".join(map(bytes, copy))
    return rows
