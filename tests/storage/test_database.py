"""Engines, units of work, locks, migrations and copies of the database."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from app.models import dossier, journal, office
from app.models.errors import Fault, Refusal
from app.models.mapping import metadata
from app.storage import database as databases
from app.storage import upgrade
from app.storage.database import FILE_NAME, SCHEMA_HEAD, Database, back_up, create_database, open_database, revision
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import hold_lock
from app.storage.uow import reading, writing
from tests.support.offices import Desk, at, desk_session

TABLES = {each.name for each in (dossier.Dossier, journal.Event, office.Setting)}


@pytest.fixture
def database(training_folder: Path) -> Iterator[Database]:
    opened_database = open_database(training_folder / FILE_NAME)
    yield opened_database
    opened_database.close()


def pragma(database: Database, name: str, *, engine: str) -> Any:
    with getattr(database, engine).connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize("engine", ["read_engine", "write_engine"])
@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 15000)]
)
def test_engine_sets_pragmas(database: Database, engine: str, name: str, value: Any) -> None:
    assert pragma(database, name, engine=engine) == value


def test_read_engine_cannot_write(database: Database) -> None:
    assert pragma(database, "query_only", engine="read_engine") == 1
    assert pragma(database, "query_only", engine="write_engine") == 0
    with pytest.raises(Fault) as fault, reading(database) as work:
        work.rows(text("DELETE FROM setting"))
    assert fault.value.code == "folder_read_only"


def setting(database: Database, name: str) -> Any:
    with reading(database) as work:
        return work.value(text("SELECT value FROM setting WHERE name = :name"), {"name": name})


def put_setting(work: Any, name: str) -> None:
    work.write(text("INSERT INTO setting (name, value) VALUES (:name, '1')"), {"name": name})


def test_uncommitted_work_is_rolled_back(database: Database) -> None:
    with writing(database) as work:
        put_setting(work, "forgotten")
    with pytest.raises(Refusal), writing(database) as work:
        put_setting(work, "refused")
        raise Refusal("missing")
    with writing(database) as work:
        put_setting(work, "committed")
        work.commit()
        put_setting(work, "after")
    assert [setting(database, name) for name in ("forgotten", "refused", "committed", "after")] == [
        None,
        None,
        "1",
        None,
    ]


def test_write_lock_is_held_before_the_clock_is_read(database: Database) -> None:
    """The clock guard refuses a timestamp read before the wait for the lock."""
    other = dbapi2.connect(str(database.file), timeout=0, isolation_level=None)
    with closing(other), writing(database), pytest.raises(dbapi2.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_concurrent_writers_wait_for_each_other(database: Database) -> None:
    errors: list[BaseException] = []
    with writing(database) as work:
        work.write(text("INSERT INTO counter (name, value) VALUES ('n', 0)"))
        work.commit()

    def add() -> None:
        try:
            with writing(database) as work:
                number = work.value(text("SELECT value FROM counter WHERE name = 'n'"))
                work.write(text("UPDATE counter SET value = :value WHERE name = 'n'"), {"value": number + 1})
                work.commit()
        except BaseException as error:  # noqa: BLE001  the test asserts on it
            errors.append(error)

    threads = [threading.Thread(target=add) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with reading(database) as work:
        assert work.value(text("SELECT value FROM counter WHERE name = 'n'")) == 20


def test_reader_blocks_no_writer_and_keeps_its_snapshot(database: Database) -> None:
    with reading(database) as reader:
        before = reader.value(text("SELECT count(*) FROM setting"))
        with writing(database) as work:
            put_setting(work, "meanwhile")
            work.commit()
        assert reader.value(text("SELECT count(*) FROM setting")) == before
    assert setting(database, "meanwhile") == "1"


@pytest.mark.parametrize("statement", ["UPDATE event SET note = 'x'", "DELETE FROM event"])
def test_events_are_never_changed_or_deleted(desk: Desk, statement: str) -> None:
    desk.take_in()
    with (
        closing(dbapi2.connect(str(desk.file))) as connection,
        pytest.raises(dbapi2.IntegrityError, match="events are never"),
    ):
        connection.execute(statement)


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), writing(database) as work:
        work.write(text("INSERT INTO alias (comparable, dossier_id, text) VALUES ('X', 99, 'x')"))


# --- refused files


def test_old_sqlite_is_refused(training_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "SAFE_SQLITE", (9, 0, 0))
    with pytest.raises(Fault) as fault:
        open_database(training_folder / FILE_NAME)
    assert fault.value.code == "sqlite_old" and fault.value.values == {"version": dbapi2.sqlite_version}


def fault_code(file: Path) -> str:
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(Fault) as fault:
        open_database(file)
    assert (file.read_bytes() if file.is_file() else None) == before
    return fault.value.code


def test_foreign_or_damaged_files_are_refused(training_folder: Path, tmp_path: Path) -> None:
    file = training_folder / FILE_NAME
    good = file.read_bytes()
    assert fault_code(tmp_path / "nowhere" / FILE_NAME) == "database_missing"
    assert fault_code(training_folder) == "database_missing"
    for content in (b"", b"x" * 4096, b"SQLite format 3\x00" + b"\xff" * 8000, good[:5000], good[:100] + bytes(8000)):
        file.write_bytes(content)
        assert fault_code(file) == "database_damaged"


def test_newer_database_is_not_touched(training_folder: Path) -> None:
    file = training_folder / FILE_NAME
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Fault) as fault:
        open_database(file)
    assert fault.value.code == "database_newer" and fault.value.values == {"found": "9999", "known": SCHEMA_HEAD}
    assert not list(training_folder.glob("*truoc*"))


def test_create_database_refuses_an_occupied_folder(training_folder: Path) -> None:
    with pytest.raises(Refusal) as refused:
        create_database(training_folder / FILE_NAME)
    assert refused.value.code == "office_exists"


def test_lock_is_exclusive_and_released_after_the_block(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "a.lock"), pytest.raises(Fault) as fault, hold_lock(tmp_path / "a.lock"):
        pass
    assert fault.value.code == "office_open_elsewhere"
    with hold_lock(tmp_path / "a.lock"):
        pass


# --- schema and upgrades


def include_object(subject: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    return not (name or "").startswith("dossier_search")


def test_migrations_match_the_models(database: Database) -> None:
    with database.read_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include_object, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert set(metadata.tables) > TABLES


def test_model_comparison_detects_missing_column(database: Database) -> None:
    with database.write_engine.begin() as connection:
        connection.execute(text("ALTER TABLE dossier DROP COLUMN note"))
        context = MigrationContext.configure(connection, opts={"include_object": include_object})
        assert [change[0] for change in compare_metadata(context, metadata)] == ["add_column"]


def test_schema_head_matches_the_migrations(database: Database) -> None:
    assert upgrade.head() == SCHEMA_HEAD == revision(database)
    assert upgrade.is_known_revision(SCHEMA_HEAD) and not upgrade.is_known_revision("9999")


NEXT_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "0003x"
down_revision = "{head}"

def upgrade():
    op.create_table("late_idea", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("dossier", recreate="always") as batch:
        batch.add_column(sa.Column("late_word", sa.Text(), nullable=True))
    {then}
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Add a later migration; `then` is its last line."""

    def add_migration(then: str = "pass") -> None:
        scripts = tmp_path / "migrations"
        shutil.rmtree(scripts, ignore_errors=True)
        shutil.copytree(Path(upgrade.__file__).parent / "migrations", scripts)
        text = NEXT_MIGRATION.format(head=SCHEMA_HEAD, then=then)
        (scripts / "versions" / "m0003x_late.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(upgrade, "_SCRIPTS", scripts)
        monkeypatch.setattr(databases, "SCHEMA_HEAD", "0003x")

    return add_migration


def table_rows(file: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(dbapi2.connect(str(file))) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_older_database_is_upgraded_after_backup(training_folder: Path, newer_program: Any) -> None:
    file = training_folder / FILE_NAME
    with desk_session(training_folder) as desk:
        desk.take_in(alias="DVC-1")
    papers = table_rows(file, "dossier_paper")
    newer_program()
    upgraded = open_database(file)
    assert revision(upgraded) == "0003x"
    upgraded.close()
    assert table_rows(file, "late_idea") == [] and table_rows(file, "dossier_paper") == papers != []
    (backup,) = training_folder.glob("*truoc-0003x-tu-*.db")
    assert table_rows(backup, "alembic_version") == [(SCHEMA_HEAD,)] and table_rows(backup, "dossier_paper") == papers
    again = open_database(file)  # already upgraded
    again.close()
    assert len(list(training_folder.glob("*truoc*"))) == 1


@pytest.mark.parametrize(
    "then", ["raise OSError(28, 'No space left on device')", 'op.execute("INSERT INTO alias VALUES (1, 99, 2, NULL)")']
)
def test_failed_upgrade_keeps_old_database(training_folder: Path, newer_program: Any, then: str) -> None:
    file = training_folder / FILE_NAME
    settings = table_rows(file, "setting")
    newer_program(then)
    with pytest.raises(Fault) as fault:
        open_database(file)
    assert fault.value.code in ("disk_full", "database_damaged")
    assert table_rows(file, "alembic_version") == [(SCHEMA_HEAD,)] and table_rows(file, "setting") == settings
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        table_rows(file, "late_idea")
    newer_program()
    opened = open_database(file)
    assert revision(opened) == "0003x"
    opened.close()


def test_concurrent_upgrade_is_refused(training_folder: Path, newer_program: Any) -> None:
    newer_program()
    with hold_lock(training_folder / "upgrade.lock"), pytest.raises(Fault) as fault:
        open_database(training_folder / FILE_NAME)
    assert fault.value.code == "office_being_prepared"
    assert table_rows(training_folder / FILE_NAME, "alembic_version") == [(SCHEMA_HEAD,)]


# --- backup


def test_backup_is_consistent_during_concurrent_writes(desk: Desk, tmp_path: Path) -> None:
    """Each copy has every dossier with its event and outbox row."""
    target, stop = tmp_path / "sao-luu.db", threading.Event()
    failures: list[BaseException] = []
    other = open_database(desk.file)

    def accept_until_stopped() -> None:
        try:
            while not stop.is_set():
                desk.take_in()
        except BaseException as error:  # noqa: BLE001  the test asserts on it
            failures.append(error)

    writer = threading.Thread(target=accept_until_stopped)
    writer.start()
    try:
        for _ in range(5):
            back_up(other, target)
            with closing(dbapi2.connect(str(target))) as copy:
                tables = ("dossier", "event", "outbox")
                assert len({copy.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables}) == 1
                assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        stop.set()
        writer.join()
        other.close()
    assert failures == [] and not list(tmp_path.glob("*.part"))
    assert desk.check(at("2026-02-10T00:00")).ok


def test_unwritable_backup_is_a_fault(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault, map_errors_to_fault():
        back_up(database, tmp_path / "nowhere" / "sao-luu.db")
    assert fault.value.code == "folder_unreachable"


def test_backup_opens_as_database(training_folder: Path, tmp_path: Path) -> None:
    with desk_session(training_folder) as desk:
        accepted = desk.take_in()
    database = open_database(training_folder / FILE_NAME)
    back_up(database, tmp_path / FILE_NAME)
    database.close()
    restored = open_database(tmp_path / FILE_NAME)
    with reading(restored) as work:
        assert work.value(text("SELECT code FROM dossier")) == accepted.code
    restored.close()
