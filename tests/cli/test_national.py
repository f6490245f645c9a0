"""The command `sync export --national`."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.support.offices import PERSON, intake_line


def test_form_is_written_for_its_user_alone(call_json: Call, lines_file: Any, tmp_path: Path) -> None:
    unnumbered = intake_line(applicant={**PERSON, "id_number": None})
    codes = [line["code"] for line in call_json("intake", lines_file(intake_line(), unnumbered)).lines]
    out = tmp_path / "quoc-gia.json"
    answer = call_json(
        "sync",
        "export",
        "--national",
        "--out",
        out,
        "--from",
        "2026-02-09",
        "--to",
        "2026-02-09",
        now="2026-02-09T11:00",
    ).one
    assert answer == {
        "file": str(out),
        "dossiers": 1,
        "progress": 0,
        "refused": [{"code": codes[1], "reason": answer["refused"][0]["reason"]}],
    }
    calls = json.loads(out.read_text(encoding="utf-8"))
    assert [call["data"][0]["MaHoSo"] for call in calls["DongBoHoSoMC"]] == codes[:1]
    assert os.name == "nt" or out.stat().st_mode & 0o077 == 0, "Windows keeps an access list in place of a mode"


def test_form_stays_out_of_backups(call_json: Call, lines_file: Any, desk: Any, tmp_path: Path) -> None:
    call_json("intake", lines_file(intake_line()))
    out = desk.folder / "quoc-gia.json"
    call_json("sync", "export", "--national", "--out", out, "--from", "2026-02-09", "--to", "2026-02-09")
    backup = call_json("backup", "--to", tmp_path).one["file"]
    assert not [name for name in zipfile.ZipFile(backup).namelist() if "quoc-gia" in name]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--national", "--out", "a.json"), "period_missing"),
        (("--national", "--out", "a.json", "--from", "2026-02-10", "--to", "2026-02-09"), "period_reversed"),
        (("--national", "--all", ".", "--from", "2026-02-09", "--to", "2026-02-09"), "national_alone"),
        (("--out", "a.mcsync", "--from", "2026-02-09"), "national_alone"),
        (
            ("--national", "--out", "a.json", "--again", "1", "--from", "2026-02-09", "--to", "2026-02-09"),
            "national_alone",
        ),
        (("--national", "--out", "khong/co/a.json", "--from", "2026-02-09", "--to", "2026-02-09"), "out_unwritable"),
    ],
)
def test_incomplete_calls_are_refused(
    call_json: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call_json("sync", "export", *words)
    assert (result.status, result.one["refused"]["code"]) == (1, code)
    assert list(tmp_path.glob("*.json")) == []
