"""What was last seen of a database, against what lies there now (S2, S3)."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from app.bootstrap import create_office, open_office, restore
from app.models.errors import Fault
from app.storage.database import FILE_NAME, open_database
from app.storage.rollback_guard import FILE_NAME as GUARD_FILE
from app.storage.rollback_guard import open_rollback_guard
from tests.support.offices import ADMIN, EFFORT, FOUNDED_AT, OFFICE, PASSWORD, opened, real_hour


def trouble(attempt: Callable[[], Any]) -> str:
    with pytest.raises(Fault) as fault:
        attempt()
    return fault.value.code


def set_aside(folder: Path, copy: Path) -> Path:
    """The database as it is now, for later."""
    return Path(shutil.copy(folder / FILE_NAME, copy))


def test_an_older_copy_put_back_is_not_opened(training_folder: Path, tmp_path: Path) -> None:
    with opened(training_folder) as desk:
        desk.take_in()
    older = set_aside(training_folder, tmp_path / "older.db")
    with opened(training_folder) as desk:
        desk.take_in()
    newest = set_aside(training_folder, tmp_path / "newest.db")
    shutil.copy(older, training_folder / FILE_NAME)
    assert trouble(lambda: open_database(training_folder / FILE_NAME)) == "database_older"
    shutil.copy(newest, training_folder / FILE_NAME)
    with opened(training_folder) as desk:
        assert desk.take_in().code.endswith("-0003") and desk.check().ok


def test_a_dossier_taken_in_while_another_program_opens_is_no_older_copy(training_folder: Path) -> None:
    """Two programs on one folder: what the second has just written is in the witness before the first has compared."""
    with opened(training_folder) as beside:
        beside.take_in()
        database = open_database(training_folder / FILE_NAME)
        with database.reading.connect() as connection:

            class Overtaken:
                """What the database says, by which time more was taken in."""

                @staticmethod
                def execute(statement: Any) -> Any:
                    said = connection.execute(statement)
                    beside.take_in()
                    return said

            assert open_rollback_guard(training_folder / FILE_NAME, cast("Connection", Overtaken)) is not None
        database.close()


def test_a_lost_database_is_not_begun_anew(training_folder: Path) -> None:
    with opened(training_folder) as desk:
        desk.take_in()
    (training_folder / FILE_NAME).unlink()
    assert trouble(lambda: open_database(training_folder / FILE_NAME)) == "database_gone"
    office = (training_folder / "office.toml").read_text()
    assert trouble(lambda: create_office(training_folder, office, True, FOUNDED_AT)) == "database_gone"
    assert not (training_folder / FILE_NAME).exists()


def test_a_lost_database_without_a_dossier_may_be_begun_anew(training_folder: Path) -> None:
    with opened(training_folder):
        pass
    (training_folder / FILE_NAME).unlink()
    create_office(training_folder, (training_folder / "office.toml").read_text(), True, FOUNDED_AT)
    with opened(training_folder) as desk:
        assert desk.take_in().code.endswith("-0001")


def test_a_real_folder_copied_back_whole_is_known_to_be_old(real_folder: Path, tmp_path: Path) -> None:
    with opened(real_folder, ADMIN) as desk:
        desk.take_in(real_hour())
    shutil.copytree(real_folder, tmp_path / "yesterday")
    with opened(real_folder, ADMIN) as desk:
        desk.take_in(real_hour())
    shutil.rmtree(real_folder)
    shutil.copytree(tmp_path / "yesterday", real_folder)
    assert trouble(lambda: open_office(real_folder, ADMIN, None, PASSWORD)) == "database_older"


def test_a_real_folder_emptied_whole_says_what_is_gone_and_may_be_begun_anew(real_folder: Path) -> None:
    with opened(real_folder, ADMIN) as desk:
        desk.take_in(real_hour())
    shutil.rmtree(real_folder)
    assert trouble(lambda: open_database(real_folder / FILE_NAME)) == "database_gone"
    create_office(real_folder, OFFICE, False, None, PASSWORD, EFFORT)
    with opened(real_folder, ADMIN) as desk:
        assert desk.take_in(real_hour()).code.endswith("-0001")


def test_a_restored_backup_goes_on_and_its_elder_never_again(training_folder: Path, tmp_path: Path) -> None:
    with opened(training_folder) as desk:
        before = desk.take_in(real_hour()).code
        backup, _digest = desk.office.back_up(tmp_path)
        desk.take_in(real_hour())
    replaced = set_aside(training_folder, tmp_path / "replaced.db")
    restore(training_folder, backup, False)
    with opened(training_folder) as desk:
        after = desk.take_in(real_hour()).code
        assert int(after[-4:]) > int(before[-4:]) + 1 and desk.check(real_hour()).ok
    shutil.copy(replaced, training_folder / FILE_NAME)
    assert trouble(lambda: open_database(training_folder / FILE_NAME)) == "database_older"


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 512, b"{", b"[]", b'{"epoch": 1, "events": "x", "ended": []}'])
def test_a_spoilt_witness_says_nothing(training_folder: Path, spoilt: bytes) -> None:
    with opened(training_folder) as desk:
        desk.take_in()
        (training_folder / GUARD_FILE).write_bytes(spoilt)
        code = desk.take_in().code
    with opened(training_folder) as desk:
        assert desk.show(code).code == code
    assert json.loads((training_folder / GUARD_FILE).read_bytes())["events"] == 2


def test_a_witness_that_cannot_be_written_hinders_nobody(training_folder: Path) -> None:
    (training_folder / GUARD_FILE).unlink()
    (training_folder / GUARD_FILE).mkdir()
    with opened(training_folder) as desk:
        desk.take_in()
        assert desk.check().ok
