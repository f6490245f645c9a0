"""Command `rebuild`: one answer per text, bad texts refused."""

import shutil
from pathlib import Path
from typing import Any

from app.keys.recovery import new_recovery_key
from app.models.enums import PaperForm
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.rebuild import page_code
from tests.support.offices import MORNING, OFFICE, desk_session
from tests.support.pdf_reading import scan_codes


def test_rebuild_into_new_office_from_kept_copies(call: Any, training_folder: Path, tmp_path: Path) -> None:
    recovery = new_recovery_key()
    with desk_session(training_folder) as desk:
        page = desk.office.read(page_code, recovery)
        code, other = desk.take_in().code, desk.take_in().code
        pdfs = [
            desk.office.write(prepare_paper, PreparePaper(each, PaperForm.RECEIPT), MORNING).pdf
            for each in (code, other)
        ]
    (first, archive_code), (second, _) = (
        sorted(text for kind, text in scan_codes(pdf)[0] if kind == "QR Code")[::-1] for pdf in pdfs
    )
    shutil.rmtree(training_folder)
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    data = ("--data", training_folder, "--json", "--now", "2026-02-09T15:00")
    assert call("--data", training_folder, "init", "--training", tmp_path / "office.toml").status == 0
    scans, key = tmp_path / "scans.txt", tmp_path / "key.txt"
    key.write_text(recovery.lower(), encoding="utf-8")
    scans.write_text("\n".join((page, first, "rác", archive_code.lower(), first, second)), encoding="utf-8")
    result = call(*data, "rebuild", scans, "--recovery-key", key)
    assert result.status == 0 and other in result.err
    assert [line.get("done") or line["refused"]["code"] for line in result.lines] == [
        *("keys", "seen", "rebuild_stranger", "rebuilt", "known", "seen")
    ]
    assert [line.get("code") for line in result.lines] == [None, code, None, code, code, other]
    assert call(*data, "show", code).one["code"] == code
    assert call(*data, "check").one["ok"] is True
    assert call(*data, "rebuild", "-", "--recovery-key", "-").one["refused"]["code"] == "rebuild_two_inputs"
    assert call(*data, "rebuild", tmp_path / "none").one["refused"]["code"] == "file_missing"
