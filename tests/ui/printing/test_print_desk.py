"""Print desk: pages, sheet sizes, and recorded outcomes (S10)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.services.documents.print_queue import WaitingPaper
from app.ui.printing import dispatch, spooler
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import FormPreference, PrintPreferences
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.print_desk import PrintJob
from app.ui.printing.printer import lay_out_sheets, paint_sheets, print_pdf, printer_names, raster
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.shell.window import MainWindow
from app.usecases.documents.prepare import prepare_papers
from tests.support import pdf_reading
from tests.support.recording_desk import CODE, NOW, RecordingDesk, blank_pdf, prepared

A5, A4 = (419.53, 595.28), (595.28, 841.89)


def printed(tmp_path: Path, pages: list[QImage], paper: PaperSize, dpi: int, has_it: bool) -> pypdfium2.PdfDocument:
    """Return the sheets as printed by the PDF printer of Qt."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(dpi)
    assert paint_sheets(printer, lay_out_sheets(pages, paper, dpi, has_it))
    return pypdfium2.PdfDocument(tmp_path / "out.pdf")


def sizes(document: pypdfium2.PdfDocument) -> list[tuple[int, int]]:
    """Return page sizes in whole millimetres."""
    return [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in document]


def test_raster_returns_grey_pages_on_white(qapp: Any) -> None:
    pictures = raster(blank_pdf(2), 150)
    assert len(pictures) == 2
    assert abs(pictures[0].width() - 148 / 25.4 * 150) <= 2
    assert pictures[0].pixelColor(3, 3).lightness() == 255
    assert pictures[0].format() == QImage.Format.Format_Grayscale8


@pytest.mark.parametrize(("paper", "size", "expected"), [
    (PaperSize.A5, A5, (148, 210)), (PaperSize.A4, A4, (210, 297)), (PaperSize.A4, A4[::-1], (297, 210)),
    (PaperSize.ROLL_80, (226.77, 400.0), (80, 141)),
])  # fmt: skip
def test_each_paper_size_is_printed_in_its_size(
    qapp: Any, tmp_path: Path, paper: PaperSize, size: Any, expected: Any
) -> None:
    document = printed(tmp_path, raster(blank_pdf(2, size), 203), paper, 203, has_it=True)
    assert [(abs(w - expected[0]) <= 1, abs(h - expected[1]) <= 1) for w, h in sizes(document)] == [(True, True)] * 2


def test_printer_without_a5_gets_two_pages_on_one_a4(qapp: Any, tmp_path: Path) -> None:
    document = printed(tmp_path, raster(blank_pdf(3), 100), PaperSize.A5, 100, has_it=False)
    assert sizes(document) == [(297, 210), (297, 210)]
    first = document[0].render(scale=2, grayscale=True).to_pil()
    left, right = (first.crop((x, 0, x + first.width // 2, first.height)) for x in (0, first.width // 2))
    assert min(left.tobytes()) < 128 and min(right.tobytes()) < 128


def test_dots_are_printed_one_to_one(qapp: Any, tmp_path: Path) -> None:
    page = QImage(round(148 / 25.4 * 203), round(210 / 25.4 * 203), QImage.Format.Format_Grayscale8)
    page.fill(255)
    for x in range(300, 312, 6):  # bars of three dots
        for bar in range(3):
            for y in range(200, 400):
                page.setPixel(x + bar, y, 0)
    document = printed(tmp_path, [page], PaperSize.A5, 203, has_it=True)
    seen = document[0].render(scale=203 / 72, grayscale=True).to_pil()
    line = [seen.getpixel((x, 300)) < 128 for x in range(290, 320)]
    assert "".join("#" if dark else "." for dark in line).strip(".") == "###...###"


@pytest.fixture
def printer_stub(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Replacement of `print_pdf` that records jobs and reports success."""
    handed: list[Any] = []

    def printer(pdf: bytes, paper: PaperSize, preferred: str, title: str = "") -> PrintHandoff:
        handed.append((len(pdf_reading.pages(pdf)), paper))
        return PrintHandoff(PrintOutcome.PRINTED)

    monkeypatch.setattr(dispatch, "print_pdf", printer)
    return handed


def print_intake(window: MainWindow, code: str) -> None:
    """Prepare and hand over the papers of an intake, as the data lane does."""
    printing = window.prints.intake_print()
    papers = window.runner.desk.write(prepare_papers, replace(printing.command, code=code))
    printing.hand_over(code, papers)
    window.prints.follow_intake(code, printing)


def wait_for_lanes(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: window.runner.idle)


def recorded_statuses(desk: RecordingDesk) -> list[tuple[tuple[int, ...], PrintStatus]]:
    """Return recorded outcomes of copies, without HANDED."""
    records = [(query.print_ids, query.status) for query in desk.queries_of("RecordPrints")]
    return [record for record in records if record[1] != PrintStatus.HANDED]


def test_long_day_of_prints_takes_no_memory(window: MainWindow) -> None:
    """A desk issues up to 9,999 numbers a day."""
    prints = window.prints
    for number in range(1000):
        prints.dispatcher.mark_handed((3 * number, 3 * number + 1, 3 * number + 2))
        prints.follow_intake(f"H29.12-260311-{number:04}", prints.intake_print())
    assert max(prints.dispatcher.ids_under_way) == 2999 and len(prints.dispatcher.ids_under_way) <= 300
    assert len(prints._printed_names) <= 50


def test_receipt_and_slip_are_printed_in_order_and_recorded(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    texts: list[str] = []
    window.prints.status_changed.connect(lambda _code, text: texts.append(text))
    print_intake(window, CODE)
    wait_for_lanes(window, qtbot)
    assert printer_stub == [(2, PaperSize.A5), (1, PaperSize.A5)]
    assert recorded_statuses(desk) == [((11, 12), PrintStatus.PRINTED), ((13,), PrintStatus.PRINTED)]
    assert texts[-1] == "Đã gửi in 2 liên giấy tiếp nhận và phiếu kiểm soát."
    assert desk.queries_of("PreparePapers")[0].handed
    assert len(desk.queries_of("RecordPrints")) == 2  # the outcomes alone: the copies were recorded as handed over


def test_job_is_never_handed_over_twice(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    job = PrintJob(CODE, prepared(type("Q", (), {"form": PaperForm.RECEIPT})()))
    window.prints.send(job)
    window.prints.send(job)
    wait_for_lanes(window, qtbot)
    window.prints.send(job)
    wait_for_lanes(window, qtbot)
    assert len(printer_stub) == 1


def test_failed_print_is_recorded_and_offered_again(
    window: MainWindow, desk: RecordingDesk, monkeypatch: Any, qtbot: Any
) -> None:
    monkeypatch.setattr(dispatch, "print_pdf", lambda *_: PrintHandoff(PrintOutcome.FAILED))
    window.prints.print_one(CODE, PaperForm.CONTROL)
    wait_for_lanes(window, qtbot)
    assert recorded_statuses(desk) == [((13,), PrintStatus.FAILED)]
    assert window.banner.message is not None and window.banner.message.action == "In lại"


def test_raster_error_counts_as_failed_print(
    window: MainWindow, desk: RecordingDesk, monkeypatch: Any, qtbot: Any
) -> None:
    def broken(*_: Any) -> PrintHandoff:
        raise RuntimeError("reader")

    monkeypatch.setattr(dispatch, "print_pdf", broken)
    window.prints.print_one(CODE, PaperForm.CONTROL)
    wait_for_lanes(window, qtbot)
    assert recorded_statuses(desk) == [((13,), PrintStatus.FAILED)]


LEFT = WaitingPaper(CODE, PaperForm.RECEIPT, PaperSize.A5, 2, NOW, (11, 12))
SLIP = WaitingPaper(CODE, PaperForm.CONTROL, PaperSize.A5, 1, NOW, (13,))


@pytest.mark.skipif(bool(printer_names()), reason="this machine has a printer and would use it")
def test_job_without_printer_waits_in_queue(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    assert print_pdf(blank_pdf(1), PaperSize.A5, "").outcome == PrintOutcome.NO_PRINTER
    desk.answers["ListUnprinted"] = (LEFT, SLIP)
    print_intake(window, CODE)
    wait_for_lanes(window, qtbot)
    assert recorded_statuses(desk) == [((11, 12), PrintStatus.PREPARED), ((13,), PrintStatus.PREPARED)]
    assert "3 bản đang chờ" in window.banner.text
    assert window.status.text("unprinted") == "3 bản chưa in"
    window.status.fact_clicked.emit("prints")
    assert waiting_dialog(window).model.rows == (LEFT, SLIP)


def waiting_dialog(window: MainWindow) -> PrintQueueDialog:
    (dialog,) = window.findChildren(PrintQueueDialog)
    return dialog


def test_waiting_documents_are_printed_from_queue_dialog(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    desk.answers["ListUnprinted"] = (LEFT, SLIP)
    window.paper_dialogs.show_print_queue()
    wait_for_lanes(window, qtbot)
    dialog = waiting_dialog(window)
    desk.answers["ListUnprinted"] = (SLIP,)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_for_lanes(window, qtbot)
    assert [query.print_ids for query in desk.queries_of("RenderWaiting")] == [(11, 12)]
    assert printer_stub == [(1, PaperSize.A5)]
    assert recorded_statuses(desk) == [((11, 12), PrintStatus.PRINTED)]
    window.status_facts.refresh()
    window.prints.reload_queue()
    wait_for_lanes(window, qtbot)
    assert dialog.model.rows == (SLIP,)
    dialog.discard_button.click()
    wait_for_lanes(window, qtbot)
    assert [query.print_ids for query in desk.queries_of("DismissPrints")] == [(13,)]
    assert len(printer_stub) == 1


def test_queue_dialog_names_person_and_paper_and_has_keys(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    desk.answers["ListUnprinted"] = (replace(LEFT, name="Huỳnh Thị Ẫm Ỷ"), SLIP)
    window.paper_dialogs.show_print_queue()
    wait_for_lanes(window, qtbot)
    dialog = waiting_dialog(window)
    cells = [dialog.model.data(dialog.model.index(0, place)) for place in range(len(dialog.model.columns))]
    assert "Huỳnh Thị Ẫm Ỷ" in cells and "Giấy tiếp nhận" in cells
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for key, printed in ((Qt.Key.Key_T, [(11, 12), (13,)]), (Qt.Key.Key_P, [(11, 12), (13,), (11, 12)])):
        QTest.keyClick(dialog, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda expected=printed: len(desk.queries_of("RenderWaiting")) == len(expected))
        assert [query.print_ids for query in desk.queries_of("RenderWaiting")] == printed
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(desk.queries_of("DismissPrints")))
    assert [query.print_ids for query in desk.queries_of("DismissPrints")] == [(11, 12)]
    wait_for_lanes(window, qtbot)


def test_saved_waiting_document_counts_as_printed(
    window: MainWindow, desk: RecordingDesk, qtbot: Any, tmp_path: Path
) -> None:
    window.prints.preview_queued(LEFT)
    wait_for_lanes(window, qtbot)
    (dialog,) = window.findChildren(PreviewDialog)
    dialog.save_requested.emit(dialog.job, tmp_path / "giay.pdf")
    wait_for_lanes(window, qtbot)
    assert len(pdf_reading.pages((tmp_path / "giay.pdf").read_bytes())) == 1
    assert recorded_statuses(desk) == [((11, 12), PrintStatus.PRINTED)]


def test_preview_shows_every_page_and_prepares_on_print(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    window.prints.preview(CODE, PaperForm.RECEIPT)
    wait_for_lanes(window, qtbot)
    (dialog,) = window.findChildren(PreviewDialog)
    assert dialog.pages.count() == 2
    tall = [dialog.pages.itemAt(place).widget().height() for place in range(2)]
    assert all(abs(each - 210 / 25.4 * 110) <= 2 for each in tall)  # each page whole, none squeezed
    assert "Giấy tiếp nhận hồ sơ" in dialog.windowTitle()
    assert (printer_stub, desk.queries_of("PreparePaper")) == ([], [])
    dialog._print()
    wait_for_lanes(window, qtbot)
    assert printer_stub == [(2, PaperSize.A5)]
    assert recorded_statuses(desk) == [((11, 12), PrintStatus.PRINTED)]


def test_closed_preview_records_nothing(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    window.prints.preview(CODE, PaperForm.CONTROL)
    wait_for_lanes(window, qtbot)
    window.findChildren(PreviewDialog)[0].reject()
    wait_for_lanes(window, qtbot)
    assert printer_stub == []
    assert desk.queries_of("PreparePaper") == desk.queries_of("RecordPrints") == []


def test_preferred_printer_is_saved(window: MainWindow, desk: RecordingDesk) -> None:
    window.prints.set_preferred_printer("Máy in phòng 2")
    settings = QSettings(str(desk.facts.folder / "window.ini"), QSettings.Format.IniFormat)
    assert PrintPreferences(settings).default_printer == window.prints.preferred_printer == "Máy in phòng 2"


HANDED = replace(LEFT, handed=True)


@pytest.mark.parametrize(("answer", "outcome"), [("Đã ra giấy", 0), ("Chưa ra, in lại", 1), ("Để sau", None)])
def test_copies_handed_over_before_crash_are_asked_about(
    window: MainWindow,
    desk: RecordingDesk,
    printer_stub: list[Any],
    monkeypatch: Any,
    qtbot: Any,
    answer: str,
    outcome: int | None,
) -> None:
    monkeypatch.setattr(spooler, "pending_jobs", tuple)  # the service answers
    desk.answers["ListUnprinted"] = (HANDED,)
    window.prints.preload()
    wait_for_lanes(window, qtbot)
    qtbot.waitUntil(lambda: "chưa rõ đã ra giấy" in window.banner.text)
    window.paper_dialogs.show_print_queue()
    wait_for_lanes(window, qtbot)
    dialog = waiting_dialog(window)
    assert dialog.state_text(HANDED) == "Đã gửi máy in, chưa rõ đã ra giấy"
    assert not dialog.print_all_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_for_lanes(window, qtbot)
    assert printer_stub == recorded_statuses(desk) == []
    (box,) = dialog.findChildren(QMessageBox)
    next(each for each in box.buttons() if each.text() == answer).click()
    wait_for_lanes(window, qtbot)
    assert len(printer_stub) == (outcome or 0)
    assert recorded_statuses(desk) == ([] if outcome is None else [((11, 12), PrintStatus.PRINTED)])


def test_copies_are_recorded_before_printing(
    window: MainWindow, desk: RecordingDesk, monkeypatch: Any, qtbot: Any
) -> None:
    before: list[PrintStatus] = []

    def printer(*_arguments: Any) -> PrintHandoff:
        before.extend(query.status for query in desk.queries_of("RecordPrints"))
        return PrintHandoff(PrintOutcome.PRINTED)

    monkeypatch.setattr(dispatch, "print_pdf", printer)
    window.prints.print_one(CODE, PaperForm.CONTROL)
    wait_for_lanes(window, qtbot)
    assert before == [PrintStatus.HANDED]


def test_documents_follow_print_preferences(
    window: MainWindow, desk: RecordingDesk, printer_stub: list[Any], qtbot: Any
) -> None:
    window.prints.preferences.set_form(PaperForm.CONTROL, FormPreference("", PaperSize.A4, 3))
    print_intake(window, CODE)
    window.prints.print_one(CODE, PaperForm.CONTROL)
    wait_for_lanes(window, qtbot)
    (both,), (one,) = desk.queries_of("PreparePapers"), desk.queries_of("PreparePaper")
    assert (both.paper, both.copies) == ({PaperForm.CONTROL: PaperSize.A4}, {PaperForm.CONTROL: 3})
    assert (one.paper, one.copies) == (PaperSize.A4, 3)
