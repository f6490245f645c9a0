"""The database taken away or exchanged under a program that has it open: on Linux the system lets that happen, and what
would be answered then would be written into a file that nobody ever finds again."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import event

from app.models.errors import Fault
from app.storage.database import FILE_NAME
from tests.support.offices import Desk, opened

pytestmark = pytest.mark.posix


@pytest.fixture
def office(training_folder: Path) -> Path:
    with opened(training_folder) as desk:
        desk.take_in()
    return training_folder


def told(desk: Desk) -> str:
    with pytest.raises(Fault) as fault:
        desk.take_in()
    return fault.value.code


@pytest.mark.parametrize("ending", ["", "-wal"])
def test_nothing_is_answered_for_a_file_that_is_gone_and_work_goes_on_when_it_is_back(
    office: Path, tmp_path: Path, ending: str
) -> None:
    file = office / (FILE_NAME + ending)
    with opened(office) as desk:
        assert desk.take_in().code.endswith("-0002")
        shutil.move(file, tmp_path / "elsewhere")
        assert told(desk) == told(desk) == "database_moved"
        shutil.move(tmp_path / "elsewhere", file)
        assert desk.take_in().code.endswith("-0003")
    with opened(office) as desk:
        assert desk.check().ok and desk.take_in().code.endswith("-0004")


def test_an_older_copy_laid_over_it_gets_no_number(office: Path, tmp_path: Path) -> None:
    older = shutil.copy(office / FILE_NAME, tmp_path / "older.db")
    with opened(office) as desk:
        desk.take_in()
        shutil.move(older, office / FILE_NAME)
        assert told(desk) == "database_moved"
    with opened(office) as desk:  # the log that still lay beside it brings back what the copy lacked
        assert desk.take_in().code.endswith("-0003") and desk.check().ok


def test_gone_in_the_midst_of_an_act_it_is_not_said_to_be_done(office: Path) -> None:
    with opened(office) as desk:
        desk.take_in()
        event.listen(desk.office._database.writing, "commit", lambda _connection: (office / FILE_NAME).unlink())
        assert told(desk) == "database_moved"
