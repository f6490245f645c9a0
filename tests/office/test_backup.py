"""Automatic backups: folders, retention, and reports of failures."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.bootstrap import restore
from app.models.errors import Fault, Refusal
from app.models.instants import office_instant
from app.office.backup import Backups
from app.office.chosen_places import change_machine_settings
from app.settings import MACHINE_FILE, parse_office, read_machine_settings
from app.storage.database import FILE_NAME, Database, open_database
from app.storage.files import backup_locations
from app.wording.refusals import error_sentence
from tests.faults.disks import MountDisk
from tests.support.offices import ADMIN, OFFICE, desk_session

NOON = office_instant("2026-11-20T12:00")
OTHER_DISK = Path("/dev/shm")


class Clock:
    """The machine's clock, set by the test."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(training_folder: Path) -> Iterator[Database]:
    with closing(open_database(training_folder / FILE_NAME)) as opened:
        yield opened


@pytest.fixture
def backups(training_folder: Path, database: Database, clock: Clock) -> Backups:
    return Backups(training_folder, parse_office(OFFICE), database, clock)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_backup_is_hourly_after_new_events(backups: Backups, clock: Clock, training_folder: Path) -> None:
    first = backups.run_if_due()
    assert first.file is not None and first.file.parent == training_folder / "sao-luu"
    assert backups.run_if_due(at_end=True).file is None, "nothing happened since"
    clock.now += timedelta(hours=2)
    assert backups.run_if_due().file is None, "nothing happened for two hours"
    with desk_session(training_folder) as desk:
        desk.take_in(clock.now - timedelta(minutes=1))
    clock.now += timedelta(minutes=1)
    second = backups.run_if_due()
    assert second.file is not None and backups.last() == clock.now == second.at
    with desk_session(training_folder) as desk:
        desk.take_in(clock.now)
    clock.now += timedelta(minutes=10)
    assert backups.run_if_due().file is None, "the hour is not over"
    assert backups.run_if_due(at_end=True).file is not None, "work ends"
    assert len(names(training_folder / "sao-luu")) == 3


def test_second_folder_and_prepared_drive_receive_the_same_file(
    backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives = [tmp_path / "media" / drive for drive in ("nguoi-dung/USB", "cong-dan/USB")]
    for drive in drives:
        drive.mkdir(parents=True)
    prepared = tmp_path / "media" / "nguoi-dung" / "USB" / "motcua-sao-luu"
    prepared.mkdir()
    if os.name == "nt":
        monkeypatch.setattr(backup_locations, "_removable_drives", lambda: iter(drives))
    else:
        monkeypatch.setattr(backup_locations, "_MOUNTS", (str(tmp_path / "media"),))
    backups.set_second_folder(tmp_path / ("ổ D phụ" if os.name == "nt" else 'ổ "D" \\ phụ'))
    done = backups.run_if_due()
    assert [target.failure for target in done.places] == ["", ""] and done.file is not None
    for folder in (Path(backups.second_folder()), prepared):
        assert (folder / done.file.name).read_bytes() == done.file.read_bytes()
    assert names(tmp_path / "media" / "cong-dan" / "USB") == [], "an unprepared drive receives nothing"
    assert restore(tmp_path / "drill", prepared / done.file.name, only_check=True).dossiers == 0


def test_missing_folder_is_reported_and_backup_continues(backups: Backups, tmp_path: Path) -> None:
    backups.set_second_folder(tmp_path / "second")
    (tmp_path / "second").rmdir()
    done = backups.run_if_due()
    assert done.file is not None and f"«{tmp_path / 'second'}»" in done.places[0].failure
    assert not (tmp_path / "second").exists(), "the folder of an absent disk is not created"
    backups.set_second_folder(None)
    assert backups.second_folder() == "" and backups.run_now().places == ()


@pytest.mark.posix
@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason=f"{OTHER_DISK} is missing")
def test_second_folder_of_an_unmounted_disk_is_reported(backups: Backups, tmp_path: Path) -> None:
    with TemporaryDirectory(dir=OTHER_DISK) as disk:
        mount = tmp_path / "second"
        mount.symlink_to(disk)
        backups.set_second_folder(mount)
        assert [target.failure for target in backups.run_now().places] == [""]
        mount.unlink()
    mount.mkdir()
    done = backups.run_now()
    assert "chưa gắn vào máy" in done.places[0].failure and names(mount) == [] and done.file is not None


@pytest.mark.posix
@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason=f"{OTHER_DISK} is missing")
def test_folder_at_the_place_of_an_unmounted_disk_is_not_written(
    training_folder: Path, clock: Clock, mount_disk: MountDisk
) -> None:
    """Office, system and stick are on three disks."""
    with TemporaryDirectory(dir=OTHER_DISK) as office:
        shutil.copytree(training_folder, office, dirs_exist_ok=True)
        second = mount_disk("64m") / "sao lưu"
        with closing(open_database(Path(office) / FILE_NAME)) as database:
            backups = Backups(Path(office), parse_office(OFFICE), database, clock)
            backups.set_second_folder(second)
            assert [target.failure for target in backups.run_now().places] == [""]
            subprocess.run(["umount", str(second.parent)], check=True)
            second.mkdir()  # a folder that only looks like the one of the stick
            clock.now += timedelta(hours=1)
            done = backups.run_now()
        assert "chưa gắn vào máy" in done.places[0].failure and str(second) in done.places[0].failure
        assert names(second) == [] and done.file is not None


@pytest.mark.parametrize(
    ("error", "beginning"),
    [
        (errno.ENOSPC, "Ổ đĩa của «{}» đã đầy"),
        (errno.EIO, "Ổ đĩa của «{}» báo lỗi"),
        (errno.EROFS, "Không ghi được vào «{}»"),
        (errno.ENOENT, "Không tới được «{}»"),
    ],
)
def test_message_names_the_place_that_failed(
    backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, beginning: str
) -> None:
    second = tmp_path / "thẻ nhớ"
    backups.set_second_folder(second)

    def fail(*_: object) -> None:
        raise OSError(error, os.strerror(error), str(second / "x"))

    monkeypatch.setattr(backup_locations, "create_file", fail)
    (target,) = backups.run_now().places
    assert target.failure.startswith(beginning.format(second)) and "thư mục dữ liệu" not in target.failure


def test_backup_below_a_file_names_the_place(backups: Backups, tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    with pytest.raises(Fault) as raised:
        backups.back_up_to(tmp_path / "tệp" / "sao lưu")
    assert error_sentence(raised.value).startswith(f"Không tới được «{tmp_path / 'tệp' / 'sao lưu'}»")


def test_backup_to_an_absent_drive_is_refused(
    backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "media" / "can-bo").mkdir(parents=True)
    monkeypatch.setattr(backup_locations, "_MOUNTS", (str(tmp_path / "media"),))
    for folder in (tmp_path / "media" / "can-bo" / "USB" / "sao", tmp_path / "media" / "can-bo"):
        for attempt in (backups.back_up_to, backups.set_second_folder):
            with pytest.raises(Refusal) as refused:
                attempt(folder)
            assert refused.value.code == "backup_disk_absent"
    assert names(tmp_path / "media" / "can-bo") == [] and backups.second_folder() == ""
    assert backups.back_up_to(tmp_path / "own")[0].is_file()


@pytest.mark.posix
def test_folder_that_only_looks_like_a_mount_point_is_refused(
    backups: Backups, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mount_disk: MountDisk
) -> None:
    """The place is in fstab: empty, mounted, mounted by bind, and empty again."""
    place, bound = tmp_path / "disk", tmp_path / "sao lưu ngoài"
    bound.mkdir()
    fstab = tmp_path / "fstab"
    escaped = str(bound).replace(" ", "\\040")
    fstab.write_text(
        f"# a stick\nUUID=1 / ext4 x 0 1\nUUID=2 {place} vfat noauto 0 0\n{place} {escaped} none bind 0 0\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(backup_locations, "_FSTAB", fstab)
    for folder in (place / "sao", bound):
        for attempt in (backups.back_up_to, backups.set_second_folder):
            with pytest.raises(Refusal, match="backup_disk_absent"):
                attempt(folder)
    assert names(place) == names(bound) == []
    mount_disk("64m")
    subprocess.run(["mount", "--bind", str(place), str(bound)], check=True)
    try:
        backups.set_second_folder(bound)
        assert [target.failure for target in backups.run_now().places] == [""] and len(names(place)) == 1
    finally:
        subprocess.run(["umount", str(bound)], check=True)
    clock.now += timedelta(hours=1)
    (target,) = backups.run_now().places
    assert "chưa gắn vào máy" in target.failure and names(bound) == []


def test_old_backups_are_removed_only_after_a_good_one(backups: Backups, clock: Clock, training_folder: Path) -> None:
    for days in range(3, 0, -1):
        for hour in (8, 9):
            clock.now = NOON.replace(hour=hour) - timedelta(days=days)
            backups.back_up_to()
    foreign = training_folder / "sao-luu" / "motcua-H29.99-01-20200101-080000.mcbackup"
    foreign.write_bytes(b"another desk's")
    before = names(training_folder / "sao-luu")
    clock.now = NOON
    shutil.move(training_folder / "sao-luu", training_folder / "aside")
    (training_folder / "sao-luu").write_bytes(b"no folder")
    with pytest.raises(Fault):
        backups.run_now()
    (training_folder / "sao-luu").unlink()
    shutil.move(training_folder / "aside", training_folder / "sao-luu")
    assert names(training_folder / "sao-luu") == before
    done = backups.run_now()
    assert done.removed == 3 and len(names(training_folder / "sao-luu")) == 3 + 1 + 1 and foreign.exists()


@pytest.mark.parametrize("name", ["sao-luu/.dang-sao-luu-abc", ".dang-phuc-hoi-abc", "stick/.dang-sao-luu-abc"])
def test_what_an_interrupted_act_left_is_removed_later(
    backups: Backups, clock: Clock, training_folder: Path, name: str
) -> None:
    unfinished = training_folder / name
    unfinished.mkdir(parents=True)
    (unfinished / "motcua.db").write_bytes(b"half")
    backups.back_up_to(unfinished.parent)
    assert unfinished.exists(), "it may still be written"
    clock.now += timedelta(days=400)
    backups.back_up_to(unfinished.parent)
    assert not unfinished.exists()


_OFFSETS = """
import sys
from dataclasses import replace
from pathlib import Path
from app.office.chosen_places import change_machine_settings

for minute in range(20):
    offset = f"+{sys.argv[2]}:{minute:02d}"
    change_machine_settings(Path(sys.argv[1]), lambda machine: replace(machine, offsets=(*machine.offsets, offset)))
"""


def test_programs_that_change_settings_of_one_machine_take_turns(tmp_path: Path) -> None:
    hours = ("01", "02", "03")
    programs = [subprocess.Popen([sys.executable, "-c", _OFFSETS, tmp_path, hour]) for hour in hours]
    assert [program.wait() for program in programs] == [0, 0, 0]
    offsets = read_machine_settings(tmp_path / MACHINE_FILE).offsets
    assert sorted(offsets) == [f"+{hour}:{minute:02d}" for hour in hours for minute in range(20)]


def test_theme_chosen_on_an_old_page_keeps_the_second_place(real_folder: Path, tmp_path: Path) -> None:
    """The settings page has read the machine before the place was chosen."""
    with desk_session(real_folder, ADMIN) as desk:
        shown = desk.office.machine
        desk.office.backups.set_second_folder(tmp_path / "usb")
        desk.office.change_machine(replace(shown, theme="dark", text_size=125, sounds=False))
        assert desk.office.backups.second_folder() == str(tmp_path / "usb")
        assert (desk.office.machine.theme, desk.office.machine.text_size) == ("dark", 125)


def test_settings_that_cannot_be_read_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / MACHINE_FILE).mkdir()
    with pytest.raises(Fault):
        change_machine_settings(tmp_path, lambda machine: machine)
    assert (tmp_path / MACHINE_FILE).is_dir()
