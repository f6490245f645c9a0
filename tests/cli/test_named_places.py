"""A place that fails is named in the sentence; the rest stays as it was."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.faults.disks import MountDisk, fill, remount
from tests.support.offices import Desk

VERBS: dict[str, tuple[str, ...]] = {
    "backup": ("backup", "--to", "{folder}"),
    "print": ("print", "receipt", "{code}", "--out", "{folder}/giay.pdf"),
    "register": ("print", "register", "--from", "2026-02-09", "--to", "2026-02-09", "--out", "{folder}/so.pdf"),
    "report": ("report", "06a", "--preset", "month", "--out", "{folder}/06a.xlsx"),
    "sync": ("sync", "export", "--out", "{folder}/gui.mcsync"),
    "catalogue": ("catalogue", "export", "{folder}/danh-muc.tsv"),
    "notices": ("notices", "export", "{folder}/tin.xlsx"),
    "national": (
        "sync",
        "export",
        "--national",
        "--from",
        "2026-02-01",
        "--to",
        "2026-02-09",
        "--out",
        "{folder}/q.json",
    ),
    "law": ("law", "key", "--out", "{folder}/khoa"),
}


RECORDS_OF_TRIES = {"print", "form_content", "access", "bundle"}
"""Tables that record a failed print, that personal data was asked for, and a file to send that `--again` writes."""


def absent(place: Path, mount_disk: MountDisk) -> Path:
    return place / "chưa cắm" / "nữa"


def a_file(place: Path, mount_disk: MountDisk) -> Path:
    (place / "tệp").write_text("x", encoding="utf-8")
    return place / "tệp"


def a_loop(place: Path, mount_disk: MountDisk) -> Path:
    os.symlink(place / "vòng", place / "vòng")
    return place / "vòng"


def a_lost_link(place: Path, mount_disk: MountDisk) -> Path:
    os.symlink(place / "không có", place / "liên kết")
    return place / "liên kết"


def read_only(place: Path, mount_disk: MountDisk) -> Path:
    disk = mount_disk("1m")
    remount(disk, "ro")
    return disk


def full(place: Path, mount_disk: MountDisk) -> Path:
    disk = mount_disk("1m")
    fill(disk)
    return disk


STATES: tuple[Callable[[Path, MountDisk], Path], ...] = (absent, a_file, a_loop, a_lost_link, read_only, full)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_sentence_names_the_place_that_failed(
    state: Callable[[Path, MountDisk], Path], desk: Desk, call_json: Call, tmp_path: Path, mount_disk: MountDisk
) -> None:
    code = desk.take_in().code
    place = tmp_path / "nơi"
    place.mkdir()
    folder = state(place, mount_disk)
    before = desk.contents()
    faults: list[Any] = []
    for verb, words in VERBS.items():
        if verb == "backup" and state is absent:  # a new folder of this disk is made
            continue
        result = call_json(*(word.format(folder=folder, code=code) for word in words))
        refused = result.one.get("refused", {}) if result.out else {}
        message = refused.get("message", "")
        if result.status not in (1, 3) or folder.name not in message or "thư mục dữ liệu" in message:
            faults.append((verb, result.status, message or result.one))
    assert faults == []
    after = desk.contents()
    assert {name for name, rows in after.items() if rows != before[name]} <= RECORDS_OF_TRIES
