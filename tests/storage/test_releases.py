"""Offices of earlier releases open with all rows and keep working."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlcipher3 import dbapi2

from app.models.enums import PaperForm
from app.models.errors import Fault
from app.storage import upgrade
from app.storage.database import FILE_NAME, SCHEMA_HEAD, Database, revision
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.documents.refusal_slips import ListCounterRefusals, list_counter_refusals
from app.usecases.dossiers.earlier_visits import EarlierVisits, earlier_visits
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from tests.support.offices import MORNING, Desk, at, desk_session, intake_line

FIRST_SCHEMA_SHA256 = "6a7987bfcf3bed5dbe10da05110aa25f0e7412eadcc4d3c215082b7736d55719"
"""Digest of the tables of revision 0001; released scripts are not edited."""


def create_release(release: str, file: Path) -> Database:
    """Create an empty database of an earlier revision."""
    older = Database(file, None)
    with older.write_engine.begin() as connection:
        command.upgrade(upgrade.config(connection), release)
    return older


def test_released_migration_is_unchanged(tmp_path: Path) -> None:
    first = create_release("0001", tmp_path / "first.db")
    with first.read_engine.connect() as connection:
        tables = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")).scalars()
        assert sha256("\n".join(tables).encode()).hexdigest() == FIRST_SCHEMA_SHA256
    first.close()


def downgrade_to(release: str, file: Path) -> None:
    """Replace a database by one of an earlier revision with the same rows."""
    older = create_release(release, file.with_name("older.db"))
    older.close()
    with closing(dbapi2.connect(str(older.file))) as connection:
        connection.execute("ATTACH ? AS newer", (str(file),))
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if not table.startswith(("dossier_search", "alembic_version", "sqlite_")):
                names = ", ".join(f'"{column[1]}"' for column in connection.execute(f"PRAGMA table_info({table})"))
                connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")
        connection.commit()
    older.file.replace(file)


def refuse(desk: Desk, hour: str) -> str:
    command = RefuseAtCounter.read({**intake_line(), "reason": "Thiếu giấy chứng sinh"}, MORNING.date())
    return desk.office.write(refuse_at_counter, command, at(hour)).code


def print_form(desk: Desk, code: str, form: PaperForm) -> None:
    desk.office.write(prepare_paper, PreparePaper(code, form, None, None), MORNING)


def test_upgrade_keeps_refusals_and_prints_of_the_first_release(training_folder: Path) -> None:
    file = training_folder / FILE_NAME
    with desk_session(training_folder) as desk:
        code = desk.take_in().code
        print_form(desk, code, PaperForm.RECEIPT)
        slips = [refuse(desk, hour) for hour in ("2026-12-31T16:30", "2027-01-04T08:00")]
        before = desk.show(code, MORNING)
    downgrade_to("0001", file)
    with desk_session(training_folder) as desk:
        assert revision(desk.office._database) == SCHEMA_HEAD
        assert desk.show(code, MORNING) == before and before.prints
        period = ListCounterRefusals(at("2026-12-01T08:00").date(), at("2027-02-01T08:00").date())
        listed = desk.office.read(list_counter_refusals, period, MORNING)
        assert sorted(slip.code for slip in listed) == slips == ["PTC-2026-01-0001", "PTC-2027-01-0001"]
        print_form(desk, slips[1], PaperForm.REFUSAL)
        assert desk.take_in().code > code and desk.check().ok


def test_upgrade_makes_numbers_comparable(training_folder: Path) -> None:
    company = {"kind": "enterprise", "name": "Công ty Ẩm Thực", "id_number": "0401234567-001"}
    file = training_folder / FILE_NAME
    with desk_session(training_folder) as desk:
        code = desk.take_in(applicant=company).code
    downgrade_to("0002", file)
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE party SET id_number = ?", (company["id_number"],))
        connection.execute("UPDATE dossier SET search_text = replace(search_text, ' 0401234567001', '')")
        connection.commit()
    with desk_session(training_folder) as desk:
        assert desk.check().ok
        for typed in ("0401234567001", "0401234567-001"):
            lines = desk.office.read(search_dossiers, SearchDossiers(typed), MORNING)
            assert [line.code for line in lines] == [code]
        query = EarlierVisits("0401234567001", procedure="2.000815")
        assert [line.code for line in desk.office.read(earlier_visits, query, MORNING).same] == [code]


def test_upgrade_seals_the_rows_of_the_first_release(training_folder: Path) -> None:
    """Older rows are provable from the upgrade on."""
    with desk_session(training_folder) as desk:
        print_form(desk, desk.take_in().code, PaperForm.RECEIPT)
    downgrade_to("0001", training_folder / FILE_NAME)
    with desk_session(training_folder) as desk:
        assert desk.check().ok
        desk.tamper("UPDATE print SET status = 'printed' WHERE id = 1", "DELETE FROM setting WHERE name = 'epoch'")
        assert [finding.code for finding in desk.check().findings] == ["row_changed", "row_missing"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM alembic_version", "database_damaged"),
        ("DROP TABLE alembic_version", "database_damaged"),
        ("UPDATE alembic_version SET version_num = '0001'", "database_damaged"),
        ("UPDATE alembic_version SET version_num = '0002'", "database_damaged"),
        ("UPDATE alembic_version SET version_num = '0005'", "database_damaged"),
        ("UPDATE alembic_version SET version_num = '0008'", "database_damaged"),
        ("UPDATE alembic_version SET version_num = '9999'", "database_newer"),
        ("UPDATE alembic_version SET version_num = 'abc'", "database_newer"),
    ],
)
def test_wrong_number_of_the_schema_is_refused(training_folder: Path, statement: str, code: str) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
        desk.tamper_schema(statement)
        before = desk.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    with pytest.raises(Fault) as fault, desk_session(training_folder):
        pass
    assert fault.value.code == code
    with closing(dbapi2.connect(str(training_folder / FILE_NAME))) as connection:
        assert connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
