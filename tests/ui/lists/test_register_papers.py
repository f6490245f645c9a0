"""Tests of the registers page: printed lists, common receipt, export."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPushButton

from app.models.enums import ListForm, PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.services.documents.prepared import PreparedDocument
from app.services.documents.register import RegisterTable
from app.ui.printing import dispatch
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.documents.cash_sheet import PrepareCash, PreparedCash
from app.usecases.documents.prepare import PrepareBatch, RecordPrints
from app.usecases.documents.register import PreparedRegister, PrepareRegister
from tests.support.recording_desk import RecordingDesk, blank_pdf

WaitUntilIdle = Callable[[Any], None]
LANDSCAPE = (841.89, 595.28)


def press(window: MainWindow, name: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    button = window.registers.findChild(QPushButton, f"registers.{name}")
    assert button is not None
    button.click()
    wait_until_idle(window.runner)


def mark_two(window: MainWindow, wait_until_idle: WaitUntilIdle) -> Any:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    page = window.registers
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(page.model.index(1, 0), select)
    return page


def preview_dialog(window: MainWindow) -> PreviewDialog:
    (dialog,) = window.findChildren(PreviewDialog)
    return dialog


def test_cash_sheet_of_last_day_is_printed_without_record(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[PaperSize] = []
    monkeypatch.setattr(
        dispatch, "print_pdf", lambda _pdf, paper, *_args: printed.append(paper) or PrintHandoff(PrintOutcome.PRINTED)
    )
    desk.answers["PrepareCash"] = PreparedCash(blank_pdf(1, LANDSCAPE), 1, 8000, PaperSize.A4)
    press(window, "cash", wait_until_idle)
    day = window.registers.to_day.day
    assert [each for each in desk.queries if isinstance(each, PrepareCash)] == [PrepareCash(day, day)]
    dialog = preview_dialog(window)
    assert "Bảng kê thu phí, lệ phí" in dialog.windowTitle()
    dialog._print()
    wait_until_idle(window.runner)
    assert printed == [PaperSize.A4]
    assert not [each for each in desk.queries if isinstance(each, RecordPrints)]


def test_failed_list_print_is_named_in_banner(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "print_pdf", lambda *_args: PrintHandoff(PrintOutcome.FAILED))
    desk.answers["PrepareRegister"] = PreparedRegister(blank_pdf(1, LANDSCAPE), 1, 3, PaperSize.A4)
    press(window, "print", wait_until_idle)
    assert preview_dialog(window).job.form == ListForm.REGISTER
    preview_dialog(window)._print()
    wait_until_idle(window.runner)
    assert "Sổ theo dõi chưa in được" in window.banner.text


def test_missing_signer_is_reported(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    desk.answers["PrepareCash"] = Refusal("paper_signer_missing", "signer")
    press(window, "cash", wait_until_idle)
    assert "người ký" in window.banner.text


def test_batch_prints_one_receipt_for_selected_dossiers(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "print_pdf", lambda *_args: PrintHandoff(PrintOutcome.PRINTED))
    desk.answers["PrepareBatch"] = PreparedDocument((31, 32), blank_pdf(2), PaperForm.BATCH, 2, 2, PaperSize.A5)
    page = mark_two(window, wait_until_idle)
    press(window, "batch", wait_until_idle)
    codes = tuple(line.code for line in page.model.rows[:2])
    assert [each for each in desk.queries if isinstance(each, PrepareBatch)] == [PrepareBatch(codes, own_paper=True)]
    recorded = [each for each in desk.queries if isinstance(each, RecordPrints)]
    assert [each.print_ids for each in recorded] == [(31, 32)] * 2
    assert [each.status for each in recorded] == [PrintStatus.HANDED, PrintStatus.PRINTED]


def test_batch_of_different_submitters_is_refused(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["PrepareBatch"] = Refusal("batch_submitters_differ", "code", code="H29.12-260311-0002")
    mark_two(window, wait_until_idle)
    press(window, "batch", wait_until_idle)
    assert "H29.12-260311-0002" in window.banner.text


def test_batch_requires_two_dossiers(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    press(window, "batch", wait_until_idle)
    assert "từ hai hồ sơ" in window.banner.text
    assert not [each for each in desk.queries if isinstance(each, PrepareBatch)]


def test_register_is_exported_to_excel(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    page = window.registers
    desk.answers["PrepareRegister"] = RegisterTable(page.from_day.day, page.to_day.day, ())
    page.write(tmp_path / "so.xlsx")
    wait_until_idle(window.runner)
    assert (tmp_path / "so.xlsx").read_bytes().startswith(b"PK")
    assert "so.xlsx" in window.banner.text
    assert [each for each in desk.queries if isinstance(each, PrepareRegister)]
    page.write(tmp_path / "nowhere" / "so.xlsx")
    wait_until_idle(window.runner)
    assert "chưa ghi được gì vào đó" in window.banner.text


def test_field_filters_list_print_and_export(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    page = window.registers
    assert [page.field.itemText(place) for place in range(page.field.count())][:2] == [
        "Mọi lĩnh vực",
        "Bảo trợ xã hội",
    ]
    page.field.setCurrentIndex(page.field.findData("Hộ tịch"))
    page.field.activated.emit(page.field.currentIndex())
    wait_until_idle(window.runner)
    assert desk.queries_of("ListReceived")[-1].field == "Hộ tịch" and page.field.currentData() == "Hộ tịch"
    press(window, "print", wait_until_idle)
    page.write(tmp_path / "so.xlsx")
    wait_until_idle(window.runner)
    assert [query.fields for query in desk.queries_of("PrepareRegister")] == [("Hộ tịch",)] * 2
    window.paper_dialogs.close_all()
    assert page.back() and page.field.currentData() == ""
    wait_until_idle(window.runner)
    assert desk.queries_of("ListReceived")[-1].field == ""
    assert not page.back()
