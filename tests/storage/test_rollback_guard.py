"""Older, lost and replaced databases are detected (SCENARIOS S2, S3)."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from app.bootstrap import create_office, default_folder, open_office, restore
from app.machine.folders import seen_folder
from app.models.errors import Fault
from app.storage import rollback_guard
from app.storage.database import FILE_NAME, open_database
from app.storage.rollback_guard import FILE_NAME as GUARD_FILE
from app.storage.rollback_guard import open_rollback_guard
from tests.support.offices import ADMIN, CREATED_AT, HASH_COST, OFFICE, PASSWORD, desk_session, machine_now, use_profile


def fault_code(attempt: Callable[[], Any]) -> str:
    with pytest.raises(Fault) as fault:
        attempt()
    return fault.value.code


def copy_database(folder: Path, copy: Path) -> Path:
    """Copy the current database."""
    return Path(shutil.copy(folder / FILE_NAME, copy))


def test_older_copy_is_not_opened(training_folder: Path, tmp_path: Path) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
    older = copy_database(training_folder, tmp_path / "older.db")
    with desk_session(training_folder) as desk:
        desk.take_in()
    newest = copy_database(training_folder, tmp_path / "newest.db")
    shutil.copy(older, training_folder / FILE_NAME)
    assert fault_code(lambda: open_database(training_folder / FILE_NAME)) == "database_older"
    shutil.copy(newest, training_folder / FILE_NAME)
    with desk_session(training_folder) as desk:
        assert desk.take_in().code.endswith("-0003") and desk.check().ok


def test_concurrent_intake_is_not_taken_for_an_older_copy(training_folder: Path) -> None:
    """The mark is read first, because another program may append events."""
    with desk_session(training_folder) as other_desk:
        other_desk.take_in()
        database = open_database(training_folder / FILE_NAME)
        with database.read_engine.connect() as connection:

            class ConnectionWithIntake:
                """A connection; another desk accepts a dossier after each statement."""

                @staticmethod
                def execute(statement: Any) -> Any:
                    result = connection.execute(statement)
                    other_desk.take_in()
                    return result

            assert (
                open_rollback_guard(training_folder / FILE_NAME, cast("Connection", ConnectionWithIntake)) is not None
            )
        database.close()


def test_lost_database_is_not_recreated(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
    (training_folder / FILE_NAME).unlink()
    assert fault_code(lambda: open_database(training_folder / FILE_NAME)) == "database_gone"
    office = (training_folder / "office.toml").read_text(encoding="utf-8")
    assert fault_code(lambda: create_office(training_folder, office, True, CREATED_AT)) == "database_gone"
    assert not (training_folder / FILE_NAME).exists()


def test_lost_database_without_dossiers_may_be_recreated(training_folder: Path) -> None:
    with desk_session(training_folder):
        pass
    (training_folder / FILE_NAME).unlink()
    create_office(training_folder, (training_folder / "office.toml").read_text(encoding="utf-8"), True, CREATED_AT)
    with desk_session(training_folder) as desk:
        assert desk.take_in().code.endswith("-0001")


def test_older_copy_of_a_whole_real_folder_is_detected(real_folder: Path, tmp_path: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.copytree(real_folder, tmp_path / "yesterday")
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.rmtree(real_folder)
    shutil.copytree(tmp_path / "yesterday", real_folder)
    assert fault_code(lambda: open_office(real_folder, ADMIN, None, PASSWORD)) == "database_older"


@pytest.fixture
def former_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a former release kept its marks, in a profile without any."""
    place = tmp_path / "former"
    place.mkdir()
    use_profile(monkeypatch, tmp_path / "profile")
    monkeypatch.setattr(rollback_guard, "former_seen_folder", lambda: place)
    return place


def only_mark() -> Path:
    [mark] = seen_folder().glob("*.seen")
    return mark


def test_mark_of_a_former_release_is_read_and_moved(real_folder: Path, former_place: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    before = json.loads(only_mark().read_bytes())
    former = former_place / only_mark().name
    shutil.move(only_mark(), former)
    with desk_session(real_folder, ADMIN):
        pass
    assert json.loads(only_mark().read_bytes())["events"] >= before["events"] > 0 and not former.exists()


def test_mark_of_a_former_release_refuses_an_older_folder(
    real_folder: Path, former_place: Path, tmp_path: Path
) -> None:
    shutil.copytree(real_folder, tmp_path / "yesterday")
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    former = former_place / only_mark().name
    shutil.move(only_mark(), former)
    shutil.rmtree(real_folder)
    shutil.copytree(tmp_path / "yesterday", real_folder)
    assert fault_code(lambda: open_office(real_folder, ADMIN, None, PASSWORD)) == "database_older"
    assert former.exists()


def test_default_data_folder_put_back_as_a_whole_is_refused(
    real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second mark must not be inside the default data folder."""
    for name in ("LOCALAPPDATA", "APPDATA", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(tmp_path / "LOCALAPPDATA"))
    folder = default_folder()
    assert folder.is_relative_to(tmp_path)
    shutil.copytree(real_folder, folder)
    with desk_session(folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.copytree(folder, tmp_path / "yesterday")
    with desk_session(folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "yesterday", folder)
    assert fault_code(lambda: open_office(folder, ADMIN, None, PASSWORD)) == "database_older"


def test_emptied_real_folder_is_reported_and_may_be_recreated(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.rmtree(real_folder)
    assert fault_code(lambda: open_database(real_folder / FILE_NAME)) == "database_gone"
    create_office(real_folder, OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.take_in(machine_now()).code.endswith("-0001")


def test_restored_backup_continues_and_replaced_database_is_refused(training_folder: Path, tmp_path: Path) -> None:
    with desk_session(training_folder) as desk:
        before = desk.take_in(machine_now()).code
        backup, _digest = desk.office.back_up(tmp_path)
        desk.take_in(machine_now())
    replaced = copy_database(training_folder, tmp_path / "replaced.db")
    restore(training_folder, backup, False)
    with desk_session(training_folder) as desk:
        after = desk.take_in(machine_now()).code
        assert int(after[-4:]) > int(before[-4:]) + 1 and desk.check(machine_now()).ok
    shutil.copy(replaced, training_folder / FILE_NAME)
    assert fault_code(lambda: open_database(training_folder / FILE_NAME)) == "database_older"


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 512, b"{", b"[]", b'{"epoch": 1, "events": "x", "ended": []}'])
def test_corrupt_rollback_guard_is_ignored(training_folder: Path, spoilt: bytes) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
        (training_folder / GUARD_FILE).write_bytes(spoilt)
        code = desk.take_in().code
    with desk_session(training_folder) as desk:
        assert desk.show(code).code == code
    assert json.loads((training_folder / GUARD_FILE).read_bytes())["events"] == 2


def test_unwritable_rollback_guard_does_not_block_work(training_folder: Path) -> None:
    (training_folder / GUARD_FILE).unlink()
    (training_folder / GUARD_FILE).mkdir()
    with desk_session(training_folder) as desk:
        desk.take_in()
        assert desk.check().ok


@pytest.mark.posix
@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_link_in_place_of_the_mark_destroys_no_file(training_folder: Path, link: Callable[[Path, Path], None]) -> None:
    mark, database = training_folder / GUARD_FILE, training_folder / FILE_NAME
    mark.unlink()
    link(database, mark)
    for _ in range(2):
        with desk_session(training_folder) as desk:
            desk.take_in()
            assert desk.check().ok
    assert json.loads(mark.read_bytes())["events"] and not mark.is_symlink()
