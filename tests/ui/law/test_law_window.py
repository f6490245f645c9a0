"""Five invented changes of law, each taken over in the window by its file."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from app.bootstrap import open_office
from app.models.enums import PaperForm, PaperSize
from app.office.session import OfficeSession
from app.services.intake.command import AcceptDossier
from app.services.law_packages.drafting import draft_law, new_issuer_key
from app.ui.law.compare import CompareSide
from app.ui.law.dialog import LawDialog
from app.ui.printing.job import PrintJob, short_name
from app.ui.printing.preferences import FormPreference
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.documents.print_queue import ListUnprinted, PreviewPaper, list_unprinted, preview_paper
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.law.counter_rules import ListCounterRules, list_counter_rules
from tests.support.offices import at, intake_line

NOW, ON_THE_DAY = at("2026-05-29T09:00"), at("2026-06-01T09:00")
WaitUntilIdle = Callable[[Any], None]
HEAD = """\
id = "{name}"
title = "Luật thử {name}"
issuer = "UBND tỉnh Thử"
decision = "NQ 5/2026"
valid_from = 2026-06-01
"""
SET = """
[[rule]]
kind = "form_set"
key = "2026"
value = { name = "QĐ 5/2026/QĐ-UBND", based_on = "2025", replaces = ["2025"] }
[[rule]]
kind = "form"
key = "2026/receipt"
value = { like = "2025/receipt", title = ["GIẤY NHẬN HỒ SƠ"], footer = "Mẫu số 01 (QĐ 5/2026)" }
[[rule]]
kind = "form"
key = "2026/cam-ket"
value = { title = ["BẢN CAM KẾT"], papers = ["A4"], blocks = [{ block = "text", text = "Tôi là {submitter.name}." }] }
"""
CHANGES: dict[str, dict[str, str]] = {
    "mau": {"law.toml": SET},
    "ma": {
        "law.toml": '[[rule]]\nkind = "code_pattern"\nkey = "office"\n'
        'value = { template = "{agency}-{YYYYMMDD}-{serial:7}" }\n'
    },
    "phi": {"law.toml": 'catalogue = "t.tsv"\n', "t.tsv": "code\tfee_vnd\tchannel_fees\n2.000815\t6000\tonline:1000\n"},
    "han": {
        "law.toml": 'catalogue = "t.tsv"\ncalendar = "c.csv"\n',
        "t.tsv": "code\tlimit\tunit\n2.000815\t2\tworking_day\n",
        "c.csv": "date,kind,hours,decision\n2026-06-02,off,,5/TB\n",
    },
    "quay": {
        "law.toml": 'rules = "q.json"\n',
        "q.json": json.dumps(
            [
                {"kind": "late_reason", "key": "mat-dien", "value": {"name": "Mất điện"}},
                {"kind": "feedback_term", "key": "any", "value": {"working_days": 7}},
                {"kind": "fee_receipt", "key": "paper", "value": {"form": "electronic"}},
            ]
        ),
    },
}


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office on a day before the changes."""
    session = open_office(training_folder, "", NOW)
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office, on the page of law packages."""
    return open_window(office, "law")


@pytest.fixture
def take(window: MainWindow, tmp_path: Path, wait_until_idle: WaitUntilIdle) -> Callable[[str], LawDialog]:
    """Build the file of a change, drop it and compare the fingerprint."""

    def open_dialog(name: str) -> LawDialog:
        folder, key = tmp_path / name, new_issuer_key()
        folder.mkdir()
        for file, text in CHANGES[name].items():
            head = HEAD.format(name=name) if file == "law.toml" else ""
            (folder / file).write_text(head + text, encoding="utf-8")
        package = tmp_path / f"{name}.mclaw"
        package.write_bytes(draft_law(folder, key, NOW))
        window.law.take_file(package)
        wait_until_idle(window.runner)
        dialog = window.findChild(LawDialog)
        dialog.fingerprint.setText(key.fingerprint)
        dialog.load()
        wait_until_idle(window.runner)
        return dialog

    return open_dialog


@pytest.fixture
def apply(take: Callable[[str], LawDialog], window: MainWindow, wait_until_idle: WaitUntilIdle) -> Callable[[str], str]:
    """Take over a change; returns the message of the window."""

    def say_yes(name: str) -> str:
        take(name).apply_button.click()
        wait_until_idle(window.runner)
        return window.banner.text

    return say_yes


def take_in(office: OfficeSession, **overrides: Any) -> AcceptedDossier:
    """Take in a dossier with the term and the fee of the catalogue."""
    line = {name: value for name, value in intake_line(**overrides).items() if name != "term"}
    return office.write(accept_dossier, AcceptDossier.read(line, ON_THE_DAY.date()), ON_THE_DAY)


def grey(side: CompareSide) -> list[QImage]:
    return [picture.pixmap().toImage() for picture in side.pictures]


def test_forms_are_shown_as_pictures_and_printed(
    take: Callable[[str], LawDialog], window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    dialog = take("mau")
    shown = {}
    for place, cells in enumerate(dialog.model.rows):
        dialog.table.selectRow(place)
        wait_until_idle(window.runner)
        shown[cells.what, cells.subject] = (grey(dialog.compare.before), grey(dialog.compare.after))
    old, new = shown["Mẫu giấy", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả · 2026"]
    assert len(old) == len(new) == 2 and old[0] != new[0]
    assert shown["Mẫu giấy", "BẢN CAM KẾT · 2026"][0] == [] and dialog.compare.before.text.text() == "Chưa có"
    assert len(shown["Mẫu giấy", "BẢN CAM KẾT · 2026"][1]) == 1
    dialog.apply_button.click()
    wait_until_idle(window.runner)
    assert "Đã áp dụng" in window.banner.text
    code = take_in(office).code
    paper = office.write(prepare_paper, PreparePaper(code, PaperForm("cam-ket")), ON_THE_DAY)
    assert paper.pdf.startswith(b"%PDF") and (paper.copies, paper.paper) == (1, PaperSize.A4)
    assert PrintJob(code, paper).name == "bản cam kết"
    (waiting,) = office.read(list_unprinted, ListUnprinted(), ON_THE_DAY)
    assert short_name(waiting.form, waiting.title) == "bản cam kết"
    preview = office.write(preview_paper, PreviewPaper(code, PaperForm("cam-ket")), ON_THE_DAY)
    assert (PrintJob(code, preview).title, preview.paper) == ("Bản cam kết", PaperSize.A4)
    window.open_dossier(code)
    wait_until_idle(window.runner)
    assert ": bản cam kết, liên 1, chưa in" in window.dossier._prints.text()
    window.prints.preferences.set_form(waiting.form, FormPreference("", PaperSize.A5, 3))
    window.prints.preview(code, waiting.form)
    wait_until_idle(window.runner)
    shown_preview = window.findChild(PreviewDialog)
    assert (shown_preview.windowTitle(), shown_preview.job.prepared.paper) == (f"Bản cam kết – {code}", PaperSize.A4)
    shown_preview.reject()


def test_code_pattern_is_shown_in_words_and_used(
    take: Callable[[str], LawDialog], window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    dialog = take("ma")
    assert dialog.compare.after.text.text() == "mẫu mã: {agency}-{YYYYMMDD}-{serial:7}"
    dialog.apply_button.click()
    wait_until_idle(window.runner)
    assert take_in(office).code == "H29.12-20260601-0000001"


def test_fee_by_channel(apply: Callable[[str], str], office: OfficeSession) -> None:
    assert "Luật thử phi" in apply("phi")
    assert [take_in(office, channel=channel).fee for channel in ("direct", "online")] == [6000, 1000]


def test_term_and_day_off(apply: Callable[[str], str], office: OfficeSession) -> None:
    assert "Luật thử han" in apply("han")
    assert str(take_in(office).due_at) == "2026-06-04 17:00:00+07:00"


def test_rules_of_the_counter(apply: Callable[[str], str], office: OfficeSession) -> None:
    assert "Luật thử quay" in apply("quay")
    lines = office.read(list_counter_rules, ListCounterRules(), ON_THE_DAY)
    used = {(line.kind, line.key) for line in lines if line.state == "in_force"}
    assert {("late_reason", "mat-dien"), ("feedback_term", "any")} <= used
