"""Where data are found again, and folders that cannot hold an office."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app import bootstrap
from app.machine.drives import _kind_of_mount, is_mirrored, is_too_long
from app.models.errors import Fault, Refusal
from app.office.guide.answers import Answers
from app.office.guide.places import (
    GuidePlaces,
    check_backup_folder,
    check_data_folder,
    check_existing_office,
    find_data_folder,
    needs_guide,
    read_pointer,
    write_pointer,
)
from app.office.guide.shared_access import allow_all_accounts
from app.office.guide.store import save_answers
from app.window_start import window_lock
from tests.office.guide.guide_places import places_in
from tests.support.offices import ADMIN, desk_session, machine_now, use_profile

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/data /mnt/chung nfs4 rw 0 0
//server/data /mnt/d\\303\\251\\040x cifs rw 0 0
//server/data /mnt/ổ\\040mạng cifs rw 0 0
tmpfs /mnt/chung/gần tmpfs rw 0 0
cut line
"""


def put_office(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "motcua.db").write_bytes(b"x")
    return folder


def refusal(act: object, *arguments: object) -> str:
    with pytest.raises(Refusal) as caught:
        act(*arguments)
    return caught.value.code


def shared(places: GuidePlaces) -> Path:
    assert places.shared is not None
    return places.shared


def test_data_are_found_in_order(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    assert find_data_folder(places) == places.default
    put_office(shared(places))
    assert find_data_folder(places) == places.shared
    chosen = put_office(tmp_path / "nơi khác")
    write_pointer(places, chosen)
    assert find_data_folder(places) == chosen
    write_pointer(places, shared(places))
    assert find_data_folder(places) == places.shared and not places.pointer.exists()


def test_named_folder_comes_before_the_pointer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_profile(monkeypatch, tmp_path / "state")
    places = bootstrap._guide_places()
    assert places.state.parent == tmp_path / "state"
    write_pointer(places, put_office(tmp_path / "con trỏ"))
    assert bootstrap.default_folder() == tmp_path / "con trỏ"
    shown: list[Path] = []
    monkeypatch.setattr(bootstrap, "show_window", lambda folder, *_rest: shown.append(folder) or 0)
    assert bootstrap.main(["window", "--data", str(tmp_path / "nêu tên")]) == 0
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path / "biến"))
    assert bootstrap.main(["window"]) == 0
    monkeypatch.delenv("MOTCUA_DATA")
    assert bootstrap.main(["window"]) == 0
    assert shown == [tmp_path / "nêu tên", tmp_path / "biến", tmp_path / "con trỏ"]


@pytest.mark.parametrize("content", [b"", b"\n", b"relative/path\n", b"\xff\xfe", b"/a\0b\n"])
def test_unusable_pointer_is_ignored(tmp_path: Path, content: bytes) -> None:
    places = places_in(tmp_path)
    places.state.mkdir(parents=True)
    places.pointer.write_bytes(content)
    assert read_pointer(places) is None and find_data_folder(places) == places.default


def test_guide_is_shown_without_an_office(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    folder = tmp_path / "office"
    assert needs_guide(places, folder)
    put_office(folder)
    assert not needs_guide(places, folder)
    save_answers(places, Answers(founding_in=str(folder)))
    assert needs_guide(places, folder)
    (folder / "motcua.db").unlink()
    (folder / "motcua.seen").write_text(json.dumps({"epoch": "x", "events": 1, "ended": []}), encoding="utf-8")
    assert not needs_guide(places, folder), "an office that lost its database gets no guide"
    assert needs_guide(places, tmp_path / "nowhere")
    assert not needs_guide(places, put_office(tmp_path / "other"))


@pytest.mark.parametrize("name", ["office.toml", "keys.json", "keys.new.json", "restore.json"])
def test_no_guide_where_an_office_has_left_files(tmp_path: Path, name: str) -> None:
    places, folder = places_in(tmp_path), tmp_path / "office"
    folder.mkdir()
    (folder / name).write_bytes(b"x")
    assert not needs_guide(places, folder)
    with pytest.raises(Fault) as caught, window_lock(folder):
        pass
    assert caught.value.code == "database_gone"
    save_answers(places, Answers(founding_in=str(folder)))
    assert needs_guide(places, folder), "a founding that was cut is continued"


def test_no_guide_for_an_emptied_folder_that_the_profile_knows(
    real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profile(monkeypatch, tmp_path / "state")
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    shutil.rmtree(real_folder)
    for folder_exists in (False, True):
        if folder_exists:
            real_folder.mkdir()
        assert not needs_guide(places_in(tmp_path), real_folder)
        with pytest.raises(Fault) as caught, window_lock(real_folder):
            pass
        assert caught.value.code == "database_gone"


@pytest.mark.posix  # the list of mounts is that of Linux
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/x", "ext4"),
        ("/mnt/chung", "nfs4"),
        ("/mnt/chung/a/b", "nfs4"),
        ("/mnt/chung/gần", "tmpfs"),
        ("/mnt/ổ mạng/x", "cifs"),
        ("/mnt/chungcư", "ext4"),
    ],
)
def test_network_drive_is_recognised(folder: str, kind: str) -> None:
    assert _kind_of_mount(Path(folder), MOUNTS) == kind


def test_folder_that_cannot_hold_an_office_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_data_folder(tmp_path / "một" / "hai" / "ba")
    assert list(tmp_path.iterdir()) == []
    assert refusal(check_data_folder, Path("relative")) == "guide_folder_relative"
    assert refusal(check_data_folder, put_office(tmp_path / "office")) == "guide_folder_used"
    (tmp_path / "file").write_bytes(b"")
    assert refusal(check_data_folder, tmp_path / "file" / "x") == "guide_folder_unwritable"
    assert refusal(check_data_folder, tmp_path / "OneDrive - UBND xã" / "x") == "guide_folder_mirrored"
    assert refusal(check_existing_office, put_office(tmp_path / "Dropbox")) == "guide_folder_mirrored"
    monkeypatch.setattr("app.office.chosen_places.is_too_long", lambda _folder: True)
    assert refusal(check_data_folder, tmp_path / "x") == "guide_folder_long"
    monkeypatch.setattr("app.office.chosen_places.is_network", lambda _folder: True)
    assert refusal(check_data_folder, tmp_path / "x") == "guide_folder_network"
    assert refusal(check_existing_office, tmp_path / "office") == "guide_folder_network"
    assert refusal(check_existing_office, tmp_path) == "guide_folder_empty"


def test_folders_that_are_mirrored_to_the_internet() -> None:
    profile = Path("/users/Nguyễn Thị Ánh")
    assert is_mirrored(profile / "onedrive" / "Tài liệu" / "motcua", {})
    assert is_mirrored(profile / "Google Drive" / "x", {}) and is_mirrored(profile / "GoogleDrive", {})
    assert is_mirrored(profile / "Đám mây" / "x", {"OneDriveCommercial": str(profile / "Đám mây")})
    for folder in ("AppData/Local/motcua", "OneDriver", "hồ sơ Dropboxes/x"):
        assert not is_mirrored(profile / folder, {"OneDrive": "", "OneDriveConsumer": "/users/khác"})


def test_path_near_the_limit_of_windows_is_too_long_there_only() -> None:
    folder = Path("/") / ("ă" * 100) / ("đ" * 79)
    assert is_too_long(folder, windows=True) and not is_too_long(folder, windows=False)
    assert not is_too_long(Path("/") / ("ă" * 100) / ("đ" * 77), windows=True)


def test_second_place_is_an_existing_folder_elsewhere(tmp_path: Path) -> None:
    data, second = tmp_path / "data", tmp_path / "second"
    assert refusal(check_backup_folder, second, data) == "guide_backup_missing"
    second.mkdir()
    check_backup_folder(second, data)
    (data / "inside").mkdir(parents=True)
    assert refusal(check_backup_folder, data / "inside", data) == "guide_backup_inside"
    assert refusal(check_backup_folder, data, data) == "guide_backup_inside"


def test_folder_of_an_answer(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    assert places.folder_for(False) == places.default
    assert places.folder_for(True) == places.shared
    assert places.folder_for(True, str(tmp_path)) == tmp_path
    proposed = replace(places, proposed=tmp_path / "p")
    assert proposed.folder_for(False) == tmp_path / "p" and proposed.folder_for(True) == places.shared
    assert len({places.default, places.demo, places.trial}) == 3


def test_shared_folder_gets_its_access_list_and_stays_writable(tmp_path: Path) -> None:
    """The calls of Windows succeed.

    Only a real PC shows the list, because wine keeps none.
    """
    folder = tmp_path / "chung" / "Một Cửa"
    folder.mkdir(parents=True)
    allow_all_accounts(folder)
    (folder / "x").write_bytes(b"x")
    if os.name == "nt":
        with pytest.raises(OSError, match="Win"):
            allow_all_accounts(tmp_path / "không có")
