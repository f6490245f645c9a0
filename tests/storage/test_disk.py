"""Full and read-only disks (SCENARIOS S2).

The tests need a small file system; they are skipped where none can be mounted (not root, a container).
"""

import os
import shutil
from pathlib import Path

import pytest

from app.bootstrap import create_office, open_office
from app.models.errors import Fault
from app.storage.database import FILE_NAME, back_up, open_database
from app.storage.error_mapping import map_errors_to_fault
from tests.faults.disks import MountDisk, fill, remount
from tests.support.offices import CREATED_AT, OFFICE, Desk, desk_session

pytestmark = pytest.mark.posix


def fill_with_dossiers(desk: Desk) -> None:
    with pytest.raises(Fault) as fault:
        for _ in range(200):
            desk.take_in(request_id=None)
    assert fault.value.code == "disk_full"


def test_intake_stops_on_full_disk_and_resumes_with_space(
    mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    disk = mount_disk("12m")
    shutil.copytree(office_templates[True], disk / "office")
    with desk_session(disk / "office") as desk:
        before = [desk.take_in().code for _ in range(3)]
        ballast = fill(disk)
        fill_with_dossiers(desk)
        fill_with_dossiers(desk)
        codes = [code for (code,) in desk.rows("SELECT code FROM dossier ORDER BY id")]
        assert codes[:3] == before and desk.check().ok
        ballast.unlink()
        after = desk.take_in().code
        assert [int(code[-4:]) for code in (*codes, after)] == list(range(1, len(codes) + 2))
        assert desk.check().ok


@pytest.mark.parametrize("size", ["100k", "600k", "1500k"])
def test_office_creation_is_all_or_nothing(mount_disk: MountDisk, size: str) -> None:
    disk = mount_disk(size)
    with pytest.raises(Fault) as fault:
        create_office(disk / "office", OFFICE, True, CREATED_AT)
    assert fault.value.code == "disk_full"
    assert {path.name for path in (disk / "office").iterdir()} <= {"founding.lock", "upgrade.lock"}
    remount(disk, "size=16m")
    create_office(disk / "office", OFFICE, True, CREATED_AT)
    with desk_session(disk / "office") as desk:
        assert desk.take_in().code.endswith("-0001")


def test_backup_on_full_disk_keeps_the_last_good_backup(mount_disk: MountDisk, training_folder: Path) -> None:
    disk = mount_disk("8m")
    target = disk / "sao-luu.db"
    database = open_database(training_folder / FILE_NAME)
    back_up(database, target)
    good = target.read_bytes()
    fill(disk, leave=100_000)
    with pytest.raises(Fault) as fault, map_errors_to_fault():
        back_up(database, target)
    database.close()
    assert fault.value.code == "disk_full" and target.read_bytes() == good
    assert {path.name for path in disk.iterdir()} == {"sao-luu.db", "ballast"}


def test_read_only_folder_is_reported(mount_disk: MountDisk, office_templates: dict[bool, Path]) -> None:
    disk = mount_disk("12m")
    shutil.copytree(office_templates[True], disk / "office")
    with desk_session(disk / "office") as desk:
        code = desk.take_in().code
    remount(disk, "ro")
    for attempt in (
        lambda: create_office(disk / "other", OFFICE, True, CREATED_AT),
        lambda: open_office(disk / "office", ""),
    ):
        with pytest.raises(Fault) as fault:
            attempt()
        assert fault.value.code == "folder_read_only"
    remount(disk, "rw")
    with desk_session(disk / "office") as desk:
        assert desk.show(code).code == code


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0,
    reason="root may write everywhere; the read-only file system above covers root",
)
def test_folder_without_write_permission_is_reported(training_folder: Path) -> None:
    training_folder.chmod(0o500)
    try:
        with pytest.raises(Fault) as fault:
            open_office(training_folder, "")
        assert fault.value.code == "folder_read_only"
    finally:
        training_folder.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (28, "disk_full"),
        (5, "disk_error"),
        (30, "folder_read_only"),
        (13, "folder_read_only"),
        (2, "folder_unreachable"),
        (17, "folder_unreachable"),
        (36, "path_too_long"),
        (110, "disk_error"),
    ],
)
def test_every_errno_maps_to_a_fault_code(number: int, code: str) -> None:
    with pytest.raises(Fault) as fault, map_errors_to_fault():
        raise OSError(number, "…", "a-file")
    assert fault.value.code == code


def test_program_errors_are_not_mapped_to_faults() -> None:
    with pytest.raises(ValueError), map_errors_to_fault():
        raise ValueError("ours")
