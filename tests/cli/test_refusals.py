"""Command `refuse-at-counter`: slips are recorded before printing."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.support.offices import Desk

LINE = {"procedure": "2.000815", "channel": "direct", "reason": "Thiếu bản chính"}


@pytest.fixture
def refused_lines(tmp_path: Path) -> Path:
    """Input lines of two refusals at the counter."""
    file = tmp_path / "tu-choi.jsonl"
    people = ({"kind": "citizen", "name": name} for name in ("Y", "H'Hen Niê Kđăm"))
    file.write_text("\n".join(json.dumps({**LINE, "applicant": person}) for person in people), encoding="utf-8")
    return file


def test_missing_output_folder_records_no_refusal(
    call_json: Call, desk: Desk, refused_lines: Path, tmp_path: Path
) -> None:
    result = call_json("refuse-at-counter", refused_lines, "--out", tmp_path / "no")
    assert (result.status, result.one["refused"]["code"]) == (1, "out_unwritable")
    assert desk.rows("SELECT * FROM counter_refusal") == []


def test_recorded_slip_is_answered_if_its_file_fails(call_json: Call, refused_lines: Path, tmp_path: Path) -> None:
    (tmp_path / "tu-choi-2026-01-0001.pdf").mkdir()
    result = call_json("refuse-at-counter", refused_lines, "--out", tmp_path)
    first, second = result.lines
    assert (result.status, first["code"], first["file"]) == (0, "PTC-2026-01-0001", None)
    assert "print refusal PTC-2026-01-0001" in " ".join(result.err.split())
    assert Path(second["file"]).read_bytes().startswith(b"%PDF")


def test_slips_of_next_year_do_not_overwrite_files(call_json: Call, refused_lines: Path, tmp_path: Path) -> None:
    files = [
        answer["file"]
        for now in ("2026-12-31T16:00", "2027-01-04T08:00")
        for answer in call_json("refuse-at-counter", refused_lines, "--out", tmp_path, now=now).lines
    ]
    assert len(set(files)) == 4 and all(Path(file).is_file() for file in files)
