"""Generated offices, built once for each size in the temporary folder."""

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

from sqlalchemy import Table, insert  # noqa: TID251  rows of a generated office bypass the program
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2

from app import bootstrap
from app.cli.training import DEMO_OFFICE
from app.models.dossier import Dossier, DossierPaper, Party
from app.models.journal import ChainHead, Event, Outbox
from app.models.mapping import metadata
from app.models.office import Counter
from app.office.desk import SessionFacts
from app.office.session import OfficeSession
from app.resource_files import RESOURCES
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
"""The trigger of the search and the indexes that are no keys."""
_SENT_FILE = """INSERT INTO bundle (epoch, sequence, manifest_sha256, records, made_at, sent_at, answered_at,
    workstation, record_from, record_to, usual_answer)
    SELECT json_extract(value, '$'), 1, :hash, :sequence, 0, 0, 0, :workstation, 1, :sequence, 'accepted'
    FROM setting WHERE name = 'epoch'"""
"""One confirmed file that carries all records, without its content."""


def offices_folder() -> Path:
    """Return the folder of generated offices, which stays between runs."""
    return Path(tempfile.gettempdir()) / "motcua-benchmarks"


def generated_office(size: int) -> Path:
    """Return the read-only office with `size` dossiers, generated if missing."""
    folder = offices_folder() / f"{size}-{_generator_digest()}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"Đang lập cơ quan {size} hồ sơ để đo, một lần cho các lần sau…", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="growing-") as growing:
            office = Path(growing) / "office"
            generate(office, size)
            if not folder.exists():
                office.rename(folder)
    return folder


@cache
def _generator_digest() -> str:
    """Return a digest of tables, migrations, catalogue and generator.

    Another digest makes an existing office obsolete.
    """
    here, app = Path(__file__).parent, Path(bootstrap.__file__).parent
    migrations = sorted((app / "storage" / "migrations").rglob("*.py"))
    digest = sha256("".join(str(CreateTable(table)) for table in metadata.sorted_tables).encode())
    for file in (*(here / name for name in _GENERATOR_FILES), *migrations, RESOURCES / "catalogue.tsv"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Desk:
    """An office opened at NOW: use cases by `office`, engines by `database`."""

    folder: Path
    database: databases.Database
    office: OfficeSession
    context: Context


@contextmanager
def open_desk(folder: Path, key: bytes | None = None) -> Iterator[Desk]:
    """Open the office of a folder as the program does."""
    database = databases.open_database(folder / databases.FILE_NAME, key)
    try:
        facts = read_office(folder / OFFICE_FILE)
        frame = SessionFacts(
            office_name=facts.name,
            parent=facts.parent,
            workstation=facts.workstation,
            actor=TRAINER,
            rights=ALL_RIGHTS,
            roles=(),
            training=True,
            folder=folder,
            resources=RESOURCES,
            office=facts,
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
    """Provide a writable copy of an office, synced before the block."""
    with tempfile.TemporaryDirectory(dir=offices_folder(), prefix="copy-") as parent:
        copy = Path(parent) / "office"
        shutil.copytree(folder, copy)
        for file in copy.iterdir():
            with file.open("rb+") as handle:
                fsync(handle.fileno())
        yield copy


class Offices:
    """Offices of one run, opened on first use, and the number of rounds."""

    def __init__(self, large: int, small: int, rounds: int, stack: ExitStack) -> None:
        self.large, self.small, self.rounds = large, small, rounds
        self._stack = stack
        self._read: dict[int, Desk] = {}
        self._writable: dict[int, Desk] = {}

    def read(self, size: int) -> Desk:
        """Return the shared office of a size, for queries only."""
        if size not in self._read:
            self._read[size] = self._stack.enter_context(open_desk(generated_office(size)))
        return self._read[size]

    def writable(self, size: int) -> Desk:
        """Return a writable copy of the office of a size."""
        if size not in self._writable:
            folder = self._stack.enter_context(temporary_copy(generated_office(size)))
            self._writable[size] = self._stack.enter_context(open_desk(folder))
        return self._writable[size]


def generate(folder: Path, size: int) -> None:
    """Generate an office with `size` dossiers of the five years before NOW."""
    bootstrap.create_office(folder, DEMO_OFFICE, training=True, now=NOW)
    with open_desk(folder) as desk:
        versions = desk.office.read(current_versions, None)
    generator = OfficeGenerator(parse_office(DEMO_OFFICE), versions, size)
    connection = dbapi2.connect(str(folder / databases.FILE_NAME), isolation_level=None)
    try:
        _write_rows(connection, generator)
    finally:
        connection.close()


def current_versions(query: None, context: Context, work: Reading) -> list[Version]:
    """Return the catalogue in force with its row ids."""
    return [as_version(row) for row in catalogue.current_versions(work, context.today)]


def _write_rows(connection: Any, generator: OfficeGenerator) -> None:
    """Write all rows in one transaction, then build search and indexes."""
    for pragma in _FAST_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    later = connection.execute(_DEFERRED_OBJECTS).fetchall()
    for kind, name, _ in later:
        connection.execute(f'DROP {kind} "{name}"')
    for batch in generator.batches():
        for mapped in _TABLES:
            _insert(connection, mapped, getattr(batch, mapped.name))
    _insert(connection, Counter, [{"name": name, "value": last} for name, last in generator.counters.items()])
    _insert(connection, ChainHead, [generator.head()])
    connection.execute(_SENT_FILE, generator.head())
    connection.execute("INSERT INTO dossier_search(dossier_search) VALUES ('rebuild')")
    for _, _, statement in later:
        connection.execute(statement)
    connection.execute("COMMIT")


def _insert(connection: Any, table: Table, rows: Sequence[Any]) -> None:
    """Insert stored values without the mapping's types, which is much faster.

    Columns that the rows leave out stay empty.
    """
    if rows:
        style = "named" if isinstance(rows[0], dict) else "qmark"
        names = list(rows[0]) if isinstance(rows[0], dict) else [column.name for column in table.columns]
        columns = dict.fromkeys(names)
        statement = insert(table).values(columns)
        connection.executemany(str(statement.compile(dialect=sqlite.dialect(paramstyle=style))), rows)
