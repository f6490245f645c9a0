"""Turning somebody away, from the terminal: a slip is kept before its paper is made, and answered for."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.support.offices import Desk

LINE = {"procedure": "2.000815", "channel": "direct", "reason": "Thiếu bản chính"}


@pytest.fixture
def turned_away(tmp_path: Path) -> Path:
    """Two people whose papers are not complete."""
    file = tmp_path / "tu-choi.jsonl"
    people = ({"kind": "citizen", "name": name} for name in ("Y", "H'Hen Niê Kđăm"))
    file.write_text("\n".join(json.dumps({**LINE, "applicant": person}) for person in people), encoding="utf-8")
    return file


def test_a_folder_that_is_not_there_turns_nobody_away(
    call_json: Call, desk: Desk, turned_away: Path, tmp_path: Path
) -> None:
    said = call_json("refuse-at-counter", turned_away, "--out", tmp_path / "no")
    assert (said.status, said.one["refused"]["code"]) == (1, "out_unwritable")
    assert desk.rows("SELECT * FROM counter_refusal") == []


def test_a_slip_that_is_kept_is_answered_for_though_its_file_fails(
    call_json: Call, turned_away: Path, tmp_path: Path
) -> None:
    (tmp_path / "tu-choi-2026-01-0001.pdf").mkdir()
    said = call_json("refuse-at-counter", turned_away, "--out", tmp_path)
    first, second = said.lines
    assert (said.status, first["code"], first["file"]) == (0, "PTC-2026-01-0001", None)
    assert "print refusal PTC-2026-01-0001" in " ".join(said.err.split())
    assert Path(second["file"]).read_bytes().startswith(b"%PDF")


def test_next_years_slips_leave_this_years_files_alone(call_json: Call, turned_away: Path, tmp_path: Path) -> None:
    files = [
        answer["file"]
        for now in ("2026-12-31T16:00", "2027-01-04T08:00")
        for answer in call_json("refuse-at-counter", turned_away, "--out", tmp_path, now=now).lines
    ]
    assert len(set(files)) == 4 and all(Path(file).is_file() for file in files)
