"""Backup and restore (SCENARIOS S3): no number is issued twice."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.bootstrap import open_office, restore
from app.models.errors import Fault, Refusal
from app.models.instants import local_day
from app.office.exchange.sync_export import export_bundle
from app.services.intake.command import AcceptDossier
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import Desk, desk_session, intake_line


def test_restored_backup_issues_no_number_twice(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
        backup, _ = desk.office.back_up(None)
        lost = [desk.take_in().code for _ in range(3)]
    restore(training_folder, backup, only_check=False)
    with desk_session(training_folder) as desk:
        assert desk.take_in().code not in lost, "the replaced database was readable"
        assert desk.check().ok


def test_second_restore_continues_beyond_the_first(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        backup, _ = desk.office.back_up(training_folder.parent / "usb")
    shutil.rmtree(training_folder)
    serials = []
    for _ in range(2):
        restore(training_folder, backup, only_check=False)
        office = open_office(training_folder, "")
        serials.append(
            int(office.write(accept_dossier, AcceptDossier.read(intake_line(), local_day(office.now()))).code[-4:])
        )
        office.close()
        (training_folder / "motcua.db").unlink()
    assert serials[0] >= 1000  # exactly 1000 when midnight passes after the first restore
    assert serials[1] >= serials[0]


def test_backup_during_work_is_complete(desk: Desk, tmp_path: Path) -> None:
    codes = [desk.take_in().code for _ in range(5)]
    backup, digest = desk.office.back_up(tmp_path)
    assert len(digest) == 64
    assert [file.name for file in sorted(tmp_path.iterdir())] == [backup.name]
    content = restore(tmp_path / "drill", backup, only_check=True)
    assert content.dossiers == len(codes)
    assert not (tmp_path / "drill" / "motcua.db").exists(), "a check replaces nothing"


def test_restore_starts_a_new_epoch_and_resends_all(training_folder: Path) -> None:
    def manifest(desk: Desk) -> dict[str, object]:
        content = export_bundle(desk.office).content
        start = content.index(b'{"agency_code"')
        values: dict[str, object] = json.JSONDecoder().raw_decode(content[start:].decode("latin-1"))[0]
        return values

    with desk_session(training_folder) as desk:
        desk.take_in()
        before = manifest(desk)
        backup, _ = desk.office.back_up(None)
    restore(training_folder, backup, only_check=False)
    with desk_session(training_folder) as desk:
        after = manifest(desk)
    assert after["epoch"] != before["epoch"]
    assert (after["sequence"], after["previous"], after["count"]) == (1, None, before["count"])


@pytest.mark.parametrize("only_check", [True, False])
@pytest.mark.parametrize("folder_has_own", [True, False])
@pytest.mark.parametrize("office_file", [b"", b"\xff\xfe", b"name = 5\n", b"name ="])
def test_backup_with_an_unreadable_office_file_is_damaged(
    training_folder: Path, tmp_path: Path, office_file: bytes, folder_has_own: bool, only_check: bool
) -> None:
    """The check and the restore agree, and the data folder is not blamed."""
    with desk_session(training_folder) as desk:
        backup, _ = desk.office.back_up(tmp_path / "usb")
    bad = tmp_path / "bad.mcbackup"
    with ZipFile(backup) as packed, ZipFile(bad, "w") as changed:
        for name in packed.namelist():
            changed.writestr(name, office_file if name == "office.toml" else packed.read(name))
    folder = training_folder if folder_has_own else tmp_path / "new"
    before = _files(training_folder)
    with pytest.raises(Refusal) as refused:
        restore(folder, bad, only_check=only_check)
    assert (refused.value.code, refused.value.values["file"]) == ("backup_damaged", "bad.mcbackup")
    assert _files(training_folder) == before
    assert not (tmp_path / "new" / "motcua.db").exists()


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".lock"}


@pytest.mark.parametrize("damage", ["missing", "garbage", "cut", "other"])
def test_invalid_backup_changes_nothing(training_folder: Path, tmp_path: Path, damage: str) -> None:
    with desk_session(training_folder) as desk:
        code = desk.take_in().code
        backup, _ = desk.office.back_up(tmp_path / "usb")
    bad = tmp_path / "bad.db"
    content = backup.read_bytes()
    if damage == "garbage":
        bad.write_bytes(b"khong phai du lieu" * 1000)
    elif damage == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif damage == "other":
        bad.write_bytes(b"")
    with pytest.raises(Refusal) as refused:
        restore(training_folder, bad, only_check=False)
    assert refused.value.code == ("backup_missing" if damage == "missing" else "backup_damaged")
    with desk_session(training_folder) as desk:
        assert desk.show(code).code == code


def test_restore_refuses_an_open_window(training_folder: Path) -> None:
    from app.window_start import window_lock

    with desk_session(training_folder) as desk:
        backup, _ = desk.office.back_up(None)
    with window_lock(training_folder), pytest.raises(Fault) as fault:
        restore(training_folder, backup, only_check=False)
    assert fault.value.code == "office_open_elsewhere"
