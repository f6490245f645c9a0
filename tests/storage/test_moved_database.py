"""A database moved, replaced or deleted while a program has it open.

Linux allows this, and later writes would go into a file that no program opens again.
"""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import event

from app.models.errors import Fault
from app.storage.database import FILE_NAME
from tests.support.offices import Desk, desk_session

pytestmark = pytest.mark.posix


@pytest.fixture
def office(training_folder: Path) -> Path:
    with desk_session(training_folder) as desk:
        desk.take_in()
    return training_folder


def fault_code(desk: Desk) -> str:
    with pytest.raises(Fault) as fault:
        desk.take_in()
    return fault.value.code


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_moved_database_is_refused_until_it_is_back(office: Path, tmp_path: Path, suffix: str) -> None:
    file = office / (FILE_NAME + suffix)
    with desk_session(office) as desk:
        assert desk.take_in().code.endswith("-0002")
        shutil.move(file, tmp_path / "elsewhere")
        assert fault_code(desk) == fault_code(desk) == "database_moved"
        shutil.move(tmp_path / "elsewhere", file)
        assert desk.take_in().code.endswith("-0003")
    with desk_session(office) as desk:
        assert desk.check().ok and desk.take_in().code.endswith("-0004")


def test_replaced_database_gets_no_number(office: Path, tmp_path: Path) -> None:
    older = shutil.copy(office / FILE_NAME, tmp_path / "older.db")
    with desk_session(office) as desk:
        desk.take_in()
        shutil.move(older, office / FILE_NAME)
        assert fault_code(desk) == "database_moved"
    with desk_session(office) as desk:  # the log of the replaced database adds the missing dossier
        assert desk.take_in().code.endswith("-0003") and desk.check().ok


def test_database_deleted_during_commit_is_reported(office: Path) -> None:
    with desk_session(office) as desk:
        desk.take_in()
        event.listen(desk.office._database.write_engine, "commit", lambda _connection: (office / FILE_NAME).unlink())
        assert fault_code(desk) == "database_moved"
