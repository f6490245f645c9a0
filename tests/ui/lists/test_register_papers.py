"""The register's page and its papers: one receipt for a visit, the day's money, the register, a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPushButton

from app.models.enums import ListForm, PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.services.documents.prepared import Prepared
from app.services.documents.register import RegisterTable
from app.ui.kit.print_outcome import Handed, Sent
from app.ui.printing import dispatch
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.documents.cash_sheet import PrepareCash, PreparedCash
from app.usecases.documents.prepare import PrepareBatch, RecordPrints
from app.usecases.documents.register import PreparedRegister, PrepareRegister
from tests.support.recording_desk import RecordingDesk, blank_pdf

Settle = Callable[[Any], None]
LYING = (841.89, 595.28)


def press(window: MainWindow, name: str, settled: Settle) -> None:
    window.go("registers")
    settled(window.runner)
    button = window.registers.findChild(QPushButton, f"registers.{name}")
    assert button is not None
    button.click()
    settled(window.runner)


def two_marked(window: MainWindow, settled: Settle) -> Any:
    window.go("registers")
    settled(window.runner)
    page = window.registers
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(page.model.index(1, 0), select)
    return page


def seen(window: MainWindow) -> PreviewDialog:
    (dialog,) = window.findChildren(PreviewDialog)
    return dialog


def test_the_money_of_the_last_day_shown_is_seen_and_printed_on_no_record(
    window: MainWindow, desk: RecordingDesk, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[PaperSize] = []
    monkeypatch.setattr(
        dispatch, "print_pdf", lambda _pdf, paper, *_told: printed.append(paper) or Handed(Sent.PRINTED)
    )
    desk.answers["PrepareCash"] = PreparedCash(blank_pdf(1, LYING), 1, 8000, PaperSize.A4)
    press(window, "cash", settled)
    day = window.registers.to_day.day
    assert [each for each in desk.asked if isinstance(each, PrepareCash)] == [PrepareCash(day, day)]
    dialog = seen(window)
    assert "Bảng kê thu phí, lệ phí" in dialog.windowTitle()
    dialog._print()
    settled(window.runner)
    assert printed == [PaperSize.A4]
    assert not [each for each in desk.asked if isinstance(each, RecordPrints)]


def test_a_list_that_does_not_come_out_is_named(
    window: MainWindow, desk: RecordingDesk, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "print_pdf", lambda *_asked: Handed(Sent.FAILED))
    desk.answers["PrepareRegister"] = PreparedRegister(blank_pdf(1, LYING), 1, 3, PaperSize.A4)
    press(window, "print", settled)
    assert seen(window).job.form == ListForm.REGISTER
    seen(window)._print()
    settled(window.runner)
    assert "Sổ theo dõi chưa in được" in window.banner.text


def test_no_signer_is_said(window: MainWindow, desk: RecordingDesk, settled: Settle) -> None:
    desk.answers["PrepareCash"] = Refusal("paper_signer_missing", "signer")
    press(window, "cash", settled)
    assert "người ký" in window.banner.text


def test_one_receipt_for_the_dossiers_marked(
    window: MainWindow, desk: RecordingDesk, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "print_pdf", lambda *_asked: Handed(Sent.PRINTED))
    desk.answers["PrepareBatch"] = Prepared((31, 32), blank_pdf(2), PaperForm.BATCH, 2, 2, PaperSize.A5)
    page = two_marked(window, settled)
    press(window, "batch", settled)
    codes = tuple(line.code for line in page.model.rows[:2])
    assert [each for each in desk.asked if isinstance(each, PrepareBatch)] == [PrepareBatch(codes, 2, PaperSize.A5)]
    recorded = [each for each in desk.asked if isinstance(each, RecordPrints)]
    assert [each.print_ids for each in recorded] == [(31, 32)] * 2
    assert [each.status for each in recorded] == [PrintStatus.HANDED, PrintStatus.PRINTED]


def test_people_who_differ_have_no_common_receipt(window: MainWindow, desk: RecordingDesk, settled: Settle) -> None:
    desk.answers["PrepareBatch"] = Refusal("batch_submitters_differ", "code", code="H29.12-260311-0002")
    two_marked(window, settled)
    press(window, "batch", settled)
    assert "H29.12-260311-0002" in window.banner.text


def test_one_dossier_is_no_batch(window: MainWindow, desk: RecordingDesk, settled: Settle) -> None:
    press(window, "batch", settled)
    assert "từ hai hồ sơ" in window.banner.text
    assert not [each for each in desk.asked if isinstance(each, PrepareBatch)]


def test_the_register_as_a_table(window: MainWindow, desk: RecordingDesk, settled: Settle, tmp_path: Path) -> None:
    window.go("registers")
    settled(window.runner)
    page = window.registers
    desk.answers["PrepareRegister"] = RegisterTable(page.from_day.day, page.to_day.day, ())
    page.write(tmp_path / "so.xlsx")
    settled(window.runner)
    assert (tmp_path / "so.xlsx").read_bytes().startswith(b"PK")
    assert "so.xlsx" in window.banner.text
    assert [each for each in desk.asked if isinstance(each, PrepareRegister)]
    page.write(tmp_path / "nowhere" / "so.xlsx")
    settled(window.runner)
    assert "Không ghi được tệp" in window.banner.text


def test_one_field_is_shown_printed_and_exported(
    window: MainWindow, desk: RecordingDesk, settled: Settle, tmp_path: Path
) -> None:
    window.go("registers")
    settled(window.runner)
    page = window.registers
    assert [page.field.itemText(place) for place in range(page.field.count())][:2] == [
        "Mọi lĩnh vực",
        "Bảo trợ xã hội",
    ]
    page.field.setCurrentIndex(page.field.findData("Hộ tịch"))
    page.field.activated.emit(page.field.currentIndex())
    settled(window.runner)
    assert desk.of("ListReceived")[-1].field == "Hộ tịch" and page.field.currentData() == "Hộ tịch"
    press(window, "print", settled)
    page.write(tmp_path / "so.xlsx")
    settled(window.runner)
    assert [query.fields for query in desk.of("PrepareRegister")] == [("Hộ tịch",)] * 2
    window.papers.close_all()
    assert page.back() and page.field.currentData() == ""
    settled(window.runner)
    assert desk.of("ListReceived")[-1].field == ""
    assert not page.back()
