"""Generated offices: built once for a size, kept in the system's temporary folder, read by every benchmark after."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from os import fsync
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert  # noqa: TID251  the rows of a generated office are written past the program
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2

from app import bootstrap
from app.cli.training import DEMO_OFFICE
from app.models.dossier import Dossier, DossierPaper, Party
from app.models.journal import ChainHead, Event, Outbox
from app.models.mapping import metadata
from app.models.office import Counter
from app.office.session import OfficeSession, SessionFacts
from app.services.context import Context
from app.services.permissions import ALL_RIGHTS, TRAINER
from app.services.versions import Version, as_version
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import parse_office, read_office
from app.storage import catalogue
from app.storage import database as databases
from app.storage.uow import Reading
from benchmarks.generator import NOW, OfficeGenerator

_GENERATOR_FILES = ("generator.py", "offices.py")
_FAST_PRAGMAS = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    "cache_size=-1048576",
    "foreign_keys=OFF",
)
_TABLES = (Dossier, Party, DossierPaper, Event, Outbox)
_DEFERRED_OBJECTS = """SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (name = 'dossier_search_new'
    OR type = 'index' AND tbl_name IN ('dossier', 'party', 'event', 'outbox'))"""
"""The search's trigger and the indexes that are no key."""


def offices_folder() -> Path:
    """Where generated offices are kept between runs."""
    return Path(tempfile.gettempdir()) / "motcua-benchmarks"


def generated_office(size: int) -> Path:
    """The folder of the office with so many dossiers, generated if it is not there yet. It is only ever read."""
    folder = offices_folder() / f"{size}-{_generator_digest()}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"Đang lập cơ quan {size} hồ sơ để đo, một lần cho các lần sau…", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="growing-") as growing:
            made = Path(growing) / "office"
            generate(made, size)
            if not folder.exists():
                made.rename(folder)
    return folder


@cache
def _generator_digest() -> str:
    """A digest of the tables, the migrations, the catalogue and the maker: an office of others is not today's."""
    here, app = Path(__file__).parent, Path(bootstrap.__file__).parent
    migrations = sorted((app / "storage" / "migrations").rglob("*.py"))
    digest = sha256("".join(str(CreateTable(table)) for table in metadata.sorted_tables).encode())
    for file in (*(here / name for name in _GENERATOR_FILES), *migrations, bootstrap.RESOURCES / "catalogue.tsv"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Desk:
    """An office open as at NOW: its use cases through `office`, its bare engines through `database`."""

    folder: Path
    database: databases.Database
    office: OfficeSession
    context: Context


@contextmanager
def opened(folder: Path, key: bytes | None = None) -> Iterator[Desk]:
    """The office of a folder, as the program opens it."""
    database = databases.open_database(folder / databases.FILE_NAME, key)
    try:
        facts = read_office(folder / OFFICE_FILE)
        frame = SessionFacts(
            facts.name,
            facts.parent,
            facts.workstation,
            TRAINER,
            ALL_RIGHTS,
            (),
            True,
            folder,
            bootstrap.RESOURCES,
            facts,
        )
        yield Desk(
            folder,
            database,
            OfficeSession(folder, database, frame, bootstrap.MACHINE_CLOCK, NOW),
            Context(NOW, TRAINER, facts, training=True),
        )
    finally:
        database.close()


@contextmanager
def temporary_copy(folder: Path) -> Iterator[Path]:
    """A copy of an office that may be written to, on the disk before the block begins and gone after it."""
    with tempfile.TemporaryDirectory(dir=offices_folder(), prefix="copy-") as parent:
        copy = Path(parent) / "office"
        shutil.copytree(folder, copy)
        for file in copy.iterdir():
            with file.open("rb+") as handle:
                fsync(handle.fileno())
        yield copy


class Offices:
    """The offices of one run of benchmarks: a large and a small one, opened when first asked for, and how many rounds
    a measurement takes."""

    def __init__(self, large: int, small: int, rounds: int, stack: ExitStack) -> None:
        self.large, self.small, self.rounds = large, small, rounds
        self._stack = stack
        self._read: dict[int, Desk] = {}
        self._writable: dict[int, Desk] = {}

    def read(self, size: int) -> Desk:
        """The kept office of a size, for questions only."""
        if size not in self._read:
            self._read[size] = self._stack.enter_context(opened(generated_office(size)))
        return self._read[size]

    def writable(self, size: int) -> Desk:
        """A copy of the office of a size, for acts; the kept one stays as it is."""
        if size not in self._writable:
            folder = self._stack.enter_context(temporary_copy(generated_office(size)))
            self._writable[size] = self._stack.enter_context(opened(folder))
        return self._writable[size]


def generate(folder: Path, size: int) -> None:
    """A new office with so many dossiers, five years of them up to NOW."""
    bootstrap.create_office(folder, DEMO_OFFICE, training=True, now=NOW)
    with opened(folder) as desk:
        versions = desk.office.read(current_versions, None)
    maker = OfficeGenerator(parse_office(DEMO_OFFICE), versions, size)
    connection = dbapi2.connect(str(folder / databases.FILE_NAME), isolation_level=None)
    try:
        _write_rows(connection, maker)
    finally:
        connection.close()


def current_versions(query: None, context: Context, work: Reading) -> list[Version]:
    """The catalogue in force, with the rows it has in this office."""
    return [as_version(row) for row in catalogue.current_versions(work, context.today)]


def _write_rows(connection: Any, maker: OfficeGenerator) -> None:
    """Write all rows in one go; what is sought by is built from them at the end."""
    for pragma in _FAST_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    later = connection.execute(_DEFERRED_OBJECTS).fetchall()
    for kind, name, _ in later:
        connection.execute(f'DROP {kind} "{name}"')
    for batch in maker.batches():
        for mapped in _TABLES:
            _insert(connection, mapped, getattr(batch, mapped.name))
    _insert(connection, Counter, [{"name": name, "value": last} for name, last in maker.counters.items()])
    _insert(connection, ChainHead, [maker.head()])
    connection.execute("INSERT INTO dossier_search(dossier_search) VALUES ('rebuild')")
    for _, _, statement in later:
        connection.execute(statement)
    connection.execute("COMMIT")


def _insert(connection: Any, table: Table, rows: Sequence[Any]) -> None:
    """Rows as they are kept, past the mapping's types: a million dossiers in minutes."""
    if rows:
        style = "named" if isinstance(rows[0], dict) else "qmark"
        columns = {column.name: None for column in table.columns}
        statement = insert(table).values(columns)
        connection.executemany(str(statement.compile(dialect=sqlite.dialect(paramstyle=style))), rows)
