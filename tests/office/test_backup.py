"""Backups an office makes by itself: where they go, what is kept, what is told when a place fails."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import restore
from app.models.errors import Fault
from app.models.instants import office_instant
from app.office.backup import Backups
from app.settings import parse_office
from app.storage import backup_locations
from app.storage.database import FILE_NAME, Database, open_database
from tests.support.offices import OFFICE, desk_session

NOON = office_instant("2026-11-20T12:00")


class Wall:
    """The machine's clock."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def database(training_folder: Path) -> Iterator[Database]:
    with closing(open_database(training_folder / FILE_NAME)) as opened_one:
        yield opened_one


@pytest.fixture
def backups(training_folder: Path, database: Database, wall: Wall) -> Backups:
    return Backups(training_folder, parse_office(OFFICE), database, wall)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_hourly_while_something_happens(backups: Backups, wall: Wall, training_folder: Path) -> None:
    first = backups.run_if_due()
    assert first.file is not None and first.file.parent == training_folder / "sao-luu"
    assert backups.run_if_due(at_end=True).file is None, "nothing happened since"
    wall.now += timedelta(hours=2)
    assert backups.run_if_due().file is None, "nor for two hours"
    with desk_session(training_folder) as desk:
        desk.take_in(wall.now - timedelta(minutes=1))
    wall.now += timedelta(minutes=1)
    second = backups.run_if_due()
    assert second.file is not None and backups.last() == wall.now == second.at
    with desk_session(training_folder) as desk:
        desk.take_in(wall.now)
    wall.now += timedelta(minutes=10)
    assert backups.run_if_due().file is None, "the hour is not over"
    assert backups.run_if_due(at_end=True).file is not None, "but work is"
    assert len(names(training_folder / "sao-luu")) == 3


def test_the_second_place_and_a_stick_get_the_same_file(
    backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stick in ("nguoi-dung/USB", "cong-dan/USB"):
        (tmp_path / "media" / stick).mkdir(parents=True)
    prepared = tmp_path / "media" / "nguoi-dung" / "USB" / "motcua-sao-luu"
    prepared.mkdir()
    monkeypatch.setattr(backup_locations, "_MOUNTS", (str(tmp_path / "media"),))
    backups.set_second_folder(tmp_path / 'ổ "D" \\ phụ')
    done = backups.run_if_due()
    assert [place.failure for place in done.places] == ["", ""] and done.file is not None
    for place in (Path(backups.second_folder()), prepared):
        assert (place / done.file.name).read_bytes() == done.file.read_bytes()
    assert names(tmp_path / "media" / "cong-dan" / "USB") == [], "a citizen's stick is left alone"
    assert restore(tmp_path / "drill", prepared / done.file.name, only_check=True).dossiers == 0


def test_a_place_that_is_gone_is_told_and_hinders_nothing(backups: Backups, tmp_path: Path) -> None:
    backups.set_second_folder(tmp_path / "second")
    (tmp_path / "second").rmdir()
    done = backups.run_if_due()
    assert done.file is not None and "Không tới được thư mục" in done.places[0].failure
    assert not (tmp_path / "second").exists(), "an absent disk's folder is not made on this one"
    backups.set_second_folder(None)
    assert backups.second_folder() == "" and backups.run_now().places == ()


def test_old_ones_go_by_rule_but_only_after_a_good_one(backups: Backups, wall: Wall, training_folder: Path) -> None:
    for days in range(3, 0, -1):
        for hour in (8, 9):
            wall.now = NOON.replace(hour=hour) - timedelta(days=days)
            backups.back_up_to()
    foreign = training_folder / "sao-luu" / "motcua-H29.99-01-20200101-080000.mcbackup"
    foreign.write_bytes(b"another desk's")
    before = names(training_folder / "sao-luu")
    wall.now = NOON
    shutil.move(training_folder / "sao-luu", training_folder / "aside")
    (training_folder / "sao-luu").write_bytes(b"no folder")
    with pytest.raises(Fault):
        backups.run_now()
    (training_folder / "sao-luu").unlink()
    shutil.move(training_folder / "aside", training_folder / "sao-luu")
    assert names(training_folder / "sao-luu") == before
    done = backups.run_now()
    assert done.removed == 3 and len(names(training_folder / "sao-luu")) == 3 + 1 + 1 and foreign.exists()


def test_what_was_cut_short_is_cleared_later(backups: Backups, wall: Wall, training_folder: Path) -> None:
    left = training_folder / "sao-luu" / ".dang-sao-luu-abc"
    left.mkdir(parents=True)
    (left / "motcua.db").write_bytes(b"half")
    backups.run_now()
    assert left.exists(), "it may still be growing"
    wall.now += timedelta(days=400)
    backups.run_now()
    assert not left.exists()
