"""Folders that cannot hold data: one sentence, and nothing is written."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.errors import Fault, Refusal
from app.office.guide.answers import GuidePage
from app.office.guide.guide import Guide
from app.wording.refusals import error_sentence
from tests.architecture.project import ROOT
from tests.cli.conftest import CliResult
from tests.faults.disks import MountDisk, fill, remount
from tests.office.guide.guide_places import TYPED, guide_at_founding, places_in, tools
from tests.support.offices import ADMIN, PASSWORD, intake_line

OFFICE = f"""\
name = "UBND xã Mẫu"
parent = "UBND tỉnh Mẫu"
province = "Tỉnh Mẫu"
agency_code = "H29.12"
head = "Lê Văn Mẫu"

[admin]
name = "{ADMIN}"
"""


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "cơ quan.toml"
    file.write_text(OFFICE, encoding="utf-8")
    return file


def refused(result: CliResult, code: str, status: int = 1) -> None:
    assert result.status == status and result.one["refused"]["code"] == code
    assert result.one["refused"]["message"].count(". ") <= 2 and "Traceback" not in result.err


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("OneDrive - UBND xã", "", "guide_folder_mirrored"),
        ("x", "is_network", "guide_folder_network"),
        ("x", "is_too_long", "guide_folder_long"),
    ],
)
def test_real_office_is_not_created_where_it_would_not_be_safe(
    call: Any, office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, code: str
) -> None:
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    folder = tmp_path / name / "dữ liệu"
    if kind:
        monkeypatch.setattr(f"app.office.chosen_places.{kind}", lambda _folder: True)
    refused(call("init", office_file, "--json", "--data", folder), code)
    assert not folder.exists()
    assert call("init", "--demo", "--json", "--data", folder).status == 0, "a training office loses nothing"


def test_office_on_a_network_drive_is_not_opened(call: Any, real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file.name: file.read_bytes() for file in real_folder.iterdir() if file.is_file()}
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    monkeypatch.setattr("app.office.chosen_places.is_network", lambda _folder: True)
    refused(call("--data", real_folder, "--user", ADMIN, "--json", "check"), "guide_folder_network")
    assert {file.name: file.read_bytes() for file in real_folder.iterdir() if file.is_file()} == before


def test_guide_does_not_found_an_office_in_2010(tmp_path: Path) -> None:
    """The right day would later be a leap that two people must confirm."""
    places, clock = places_in(tmp_path), [datetime(2010, 1, 1, tzinfo=UTC)]
    with ExitStack() as locks:
        guide = Guide(places, replace(tools(locks), now=lambda: clock[0]), GuidePage.START)
        with pytest.raises(Refusal) as caught:
            guide.submit(TYPED)
        assert caught.value.code == "guide_clock" and "01/01/2010" in error_sentence(caught.value)
        assert guide.page == GuidePage.START
        guide = guide_at_founding(places, locks)
        guide.tools = replace(guide.tools, now=lambda: clock[0])
        with pytest.raises(Refusal) as caught:
            guide.found_office(PASSWORD)
        assert caught.value.code == "guide_clock" and not places.default.exists()
        clock[0] = datetime.now(UTC)
        guide.found_office(PASSWORD).session.close()


def test_command_does_not_create_an_office_in_2010(
    call: Any, office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    monkeypatch.setattr("app.bootstrap._clock", lambda: datetime(2010, 1, 1, tzinfo=UTC))
    refused(call("init", office_file, "--json", "--data", tmp_path / "dữ liệu"), "guide_clock")
    assert not (tmp_path / "dữ liệu").exists()
    assert call("init", "--demo", "--json", "--data", tmp_path / "thử").status == 0


@pytest.mark.posix
def test_read_only_profile_is_one_sentence(office_file: Path, mount_disk: MountDisk, tmp_path: Path) -> None:
    """No file of the profile can be written: state, data and log."""
    profile = mount_disk("2m")
    remount(profile, "ro")
    places = places_in(profile)
    with ExitStack() as locks:
        guide = Guide(places, tools(locks), GuidePage.START)
        with pytest.raises(Fault) as caught:
            guide.submit(TYPED)
        assert caught.value.code == "folder_read_only" and guide.page == GuidePage.START
        guide.close()
    homes = {f"XDG_{name}_HOME": str(profile / name) for name in ("STATE", "DATA", "CONFIG", "CACHE")}
    run = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data", str(profile / "dữ liệu"), "init", str(office_file)],
        env={**os.environ, **homes, "HOME": str(profile), "MOTCUA_PASSWORD": PASSWORD},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout) == (3, "")
    assert " ".join(run.stderr.split()).startswith("Không ghi được vào thư mục «") and len(run.stderr.splitlines()) <= 3
    assert list(profile.iterdir()) == []


@pytest.mark.posix
@pytest.mark.parametrize("failure", ["read-only", "full"])
def test_office_elsewhere_works_beside_a_profile_that_cannot_be_written(
    failure: str, real_folder: Path, mount_disk: MountDisk
) -> None:
    """The second mark and the log are in the profile."""
    profile = mount_disk("2m")
    if failure == "full":
        fill(profile)
    else:
        remount(profile, "ro")
    homes = {f"XDG_{name}_HOME": str(profile / name) for name in ("STATE", "DATA", "CONFIG", "CACHE")}
    codes = []
    for words in (("intake", "-"), ("intake", "-"), ("check",)):
        run = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--data", str(real_folder), "--user", ADMIN, "--json", *words],
            env={**os.environ, **homes, "HOME": str(profile), "MOTCUA_PASSWORD": PASSWORD},
            input=json.dumps(intake_line()) + "\n",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0 and "Traceback" not in run.stderr, run.stderr
        answer = json.loads(run.stdout.splitlines()[0])
        codes += [answer["code"][-5:]] if "code" in answer else [str(answer["ok"])]
    assert codes == ["-0001", "-0002", "True"]


@pytest.mark.posix
@pytest.mark.parametrize(
    "words",
    [
        ("intake",),
        ("refuse-at-counter",),
        ("tray",),
        ("rebuild",),
        ("import",),
        ("reconcile",),
        ("catalogue", "import"),
        ("catalogue", "publish", "--only"),
    ],
)
def test_input_on_a_failing_disk_is_named(words: tuple[str, ...], call_json: Any, desk: Any, tmp_path: Path) -> None:
    """The first read of the memory of this process is an I/O error."""
    file = tmp_path / "vao.csv"
    file.symlink_to("/proc/self/mem")
    before = desk.rows("SELECT * FROM event")
    result = call_json(*words, file)
    assert result.status == 3 and result.one["refused"]["code"] == "disk_error"
    assert str(file) in result.err.replace("\n   ", "") and desk.rows("SELECT * FROM event") == before
