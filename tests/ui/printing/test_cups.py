"""Printing through CUPS (S10): size, content and readable codes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.printing.documents.dossier import Document
from app.printing.readback import PageCodes, read_codes
from app.printing.render import render
from app.services.documents.prepared import PreparedDocument
from app.services.documents.print_queue import WaitingPaper
from app.ui.printing import job_watch, spooler
from app.ui.printing.job import PrintJob, PrintOutcome
from app.ui.printing.printer import print_pdf, printer_names, supports_paper
from app.ui.printing.spooler import JobState, PrinterState
from app.ui.shell.window import MainWindow
from tests.support.cups_namespace import SERVICE
from tests.support.cups_server import (
    A4,
    A5,
    CUPS_PDF,
    CUPS_PDF_PPD,
    ROLL,
    CupsServer,
    printer_attributes,
    unavailable_reason,
)
from tests.support.document_samples import KEY, RECEIPT, SLIP
from tests.support.other_document_samples import REGISTER
from tests.support.recording_desk import CODE, NOW, RecordingDesk

pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(bool(unavailable_reason()), reason=f"no print shop: {unavailable_reason()}"),
]

PRINTERS = {
    "A4Laser": printer_attributes("A4 laser", 600, 423, A4),
    "A5Laser": printer_attributes("A5 laser", 600, 423, A4, A5),
    "Roll80": printer_attributes("80 mm roll", 203, 0, ROLL),
}


@pytest.fixture(scope="module")
def cups() -> Iterator[CupsServer]:
    """CUPS with a laser without A5, one with A5, and a roll printer."""
    server = CupsServer(PRINTERS)
    yield server
    server.close()


@pytest.fixture
def lane(qapp: Any, cups: CupsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Run printing in a new thread, as the lanes of the window do.

    CUPS keeps its connection per thread.
    """
    for name, value in cups.environment.items():
        monkeypatch.setenv(name, value)
    with ThreadPoolExecutor(1) as thread:
        yield lambda job, *arguments: thread.submit(job, *arguments).result()
    for name in (*PRINTERS, CUPS_PDF):
        cups.run("cancel", "-a", name)
        cups.run("cupsenable", name)


def wait_for_cups(cups: CupsServer) -> None:
    """Wait until CUPS has no unfinished jobs."""
    while cups.run("lpstat", "-W", "not-completed", "-o").stdout:
        pass


def received_pages(cups: CupsServer, lane: Callable[..., Any], paper: PaperSize, printer: str, pdf: bytes) -> bytes:
    """Print a PDF and return the file the printer received."""
    before = len(cups.received_files(printer))
    handed = lane(print_pdf, pdf, paper, printer, f"{printer} {before}")
    assert (handed.outcome, handed.printer) == (PrintOutcome.PRINTED, printer)
    assert handed.number > 0
    wait_for_cups(cups)
    assert lane(spooler.job_states, (handed.number,)) == {handed.number: JobState.OUT}
    arrived = cups.received_files(printer)
    assert len(arrived) == before + 1
    return arrived[-1].read_bytes()


def pictures(pdf: bytes, dpi: int = 203) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def millimetres(pdf: bytes) -> list[tuple[int, int]]:
    return [(round(each.width / 203 * 25.4), round(each.height / 203 * 25.4)) for each in pictures(pdf)]


def same_picture(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures show the same page in the same place.

    The edges of the ink agree within half a millimetre, and the content between them is alike.
    """
    edges = [ImageChops.invert(each).point(lambda ink: ink if ink > 90 else 0).getbbox() for each in (one, other)]
    near = all(abs(first - second) <= 4 for first, second in zip(*edges, strict=True))
    size = min(one.width, other.width), min(one.height, other.height)
    small = [each.crop((0, 0, *size)).reduce(8) for each in (one, other)]
    return near and ImageStat.Stat(ImageChops.difference(*small)).mean[0] < 7


def keys(codes: tuple[PageCodes, ...]) -> list[str]:
    return [bars for page in codes for bars in page.barcodes]


@pytest.mark.parametrize(("printer", "paper", "document", "sizes"), [
    ("A5Laser", PaperSize.A5, RECEIPT, [(148, 210)] * 2), ("A5Laser", PaperSize.A4, SLIP, [(210, 297)]),
    ("A4Laser", PaperSize.A4, RECEIPT, [(210, 297)] * 2),
])  # fmt: skip
def test_page_arrives_unchanged(
    cups: CupsServer, lane: Any, printer: str, paper: PaperSize, document: Document, sizes: list[tuple[int, int]]
) -> None:
    pdf = render(document, paper)
    arrived = received_pages(cups, lane, paper, printer, pdf)
    assert millimetres(arrived) == sizes
    assert all(map(same_picture, pictures(pdf), pictures(arrived)))
    assert keys(read_codes(arrived)) == keys(read_codes(pdf)) == [KEY] * len(sizes)


def test_printer_without_a5_gets_both_copies_on_one_a4(cups: CupsServer, lane: Any) -> None:
    assert (lane(supports_paper, "A4Laser", PaperSize.A5), lane(supports_paper, "A5Laser", PaperSize.A5)) == (
        False,
        True,
    )
    pdf = render(RECEIPT, PaperSize.A5)
    arrived = received_pages(cups, lane, PaperSize.A5, "A4Laser", pdf)
    (sheet,) = pictures(arrived)
    assert (sheet.width < sheet.height, millimetres(arrived)) == (True, [(210, 297)])
    landscape = sheet.rotate(90, expand=True)
    halves = [
        landscape.crop((left, 0, left + landscape.width // 2, landscape.height)) for left in (0, landscape.width // 2)
    ]
    assert all(map(same_picture, pictures(pdf), halves))
    assert keys(read_codes(arrived)) == [KEY] * 2


def test_landscape_list_arrives_in_landscape(cups: CupsServer, lane: Any) -> None:
    pdf = render(REGISTER, PaperSize.A4)
    arrived = received_pages(cups, lane, PaperSize.A4, "A5Laser", pdf)
    assert {(page.width > page.height) for page in pictures(pdf)} == {True}
    turned = [page if page.width > page.height else page.rotate(90, expand=True) for page in pictures(arrived)]
    assert all(map(same_picture, pictures(pdf), turned))


def test_roll_driver_prints_roll(cups: CupsServer, lane: Any) -> None:
    assert lane(supports_paper, "Roll80", PaperSize.ROLL_80)
    assert not lane(supports_paper, "A4Laser", PaperSize.ROLL_80)
    pdf = render(RECEIPT, PaperSize.ROLL_80)
    arrived = received_pages(cups, lane, PaperSize.ROLL_80, "Roll80", pdf)
    assert keys(read_codes(arrived)) == [KEY] * 2
    assert [width for width, _height in millimetres(arrived)] == [80, 80]


def test_roll_document_on_laser_is_centred_on_a4(cups: CupsServer, lane: Any) -> None:
    pdf = render(RECEIPT, PaperSize.ROLL_80)
    arrived = received_pages(cups, lane, PaperSize.ROLL_80, "A4Laser", pdf)
    assert set(millimetres(arrived)) == {(210, 297)}
    assert keys(read_codes(arrived)) == [KEY] * 2


@pytest.mark.skipif(not CUPS_PDF_PPD.exists(), reason="printer-driver-cups-pdf is not installed")
@pytest.mark.parametrize(("paper", "document"), [
    (PaperSize.A5, RECEIPT), (PaperSize.A4, SLIP),
])  # fmt: skip
def test_pdf_printer_writes_page(cups: CupsServer, lane: Any, paper: PaperSize, document: Document) -> None:
    pdf = render(document, paper)
    arrived = received_pages(cups, lane, paper, CUPS_PDF, pdf)
    sizes = [
        abs(there - here)
        for pair in zip(millimetres(arrived), millimetres(pdf), strict=True)
        for there, here in zip(*pair, strict=True)
    ]
    assert max(sizes) <= 1  # its driver counts whole points: 148.5 mm for the 148 of A5
    assert all(map(same_picture, pictures(pdf), pictures(arrived)))
    assert keys(read_codes(arrived)) == keys(read_codes(pdf))


def send_slip(desk: RecordingDesk, printer: str, window: MainWindow) -> None:
    """Print a control slip on a printer."""
    window.prints.preferences.set_default_printer(printer)
    slip = PreparedDocument((13,), render(SLIP, PaperSize.A4), PaperForm.CONTROL, 1, 1, PaperSize.A4)
    window.prints.send(PrintJob(CODE, slip))


def records(desk: RecordingDesk) -> list[PrintStatus]:
    return [query.status for query in desk.queries_of("RecordPrints")]


LEFT = WaitingPaper(CODE, PaperForm.CONTROL, PaperSize.A4, 1, NOW, (13,), handed=True)


@pytest.fixture
def quick_window(lane: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Window with a short poll interval."""
    monkeypatch.setattr(job_watch, "POLL_MS", 100)
    window.prints.preload()
    return window


def test_stopped_printer_keeps_job_and_is_reported(
    cups: CupsServer, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    window = quick_window
    desk.answers["ListUnprinted"] = (LEFT,)
    cups.run("cupsdisable", "A5Laser")
    before = len(cups.received_files("A5Laser"))
    send_slip(desk, "A5Laser", window)
    qtbot.waitUntil(lambda: "đang chờ ở máy in A5Laser" in window.banner.text)
    qtbot.waitUntil(lambda: window.prints.queue == (LEFT,))
    assert window.prints.stuck_printer(LEFT) == "A5Laser"
    assert records(desk) == [PrintStatus.HANDED]
    cups.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.PRINTED])
    assert len(cups.received_files("A5Laser")) == before + 1
    assert window.prints.stuck_printer(LEFT) == ""


def test_printer_switched_off_keeps_job(
    cups: CupsServer, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    cups.switch("off", "A4Laser")
    send_slip(desk, "A4Laser", quick_window)
    qtbot.waitUntil(lambda: "đang chờ ở máy in A4Laser" in quick_window.banner.text)
    cups.switch("on", "A4Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.PRINTED])


def test_job_waits_while_the_print_service_is_stopped(
    cups: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    """The service keeps its jobs, so that a second print would be a double."""
    window = quick_window
    desk.answers["ListUnprinted"] = (LEFT,)
    cups.run("cupsdisable", "A5Laser")
    before = len(cups.received_files("A5Laser"))
    send_slip(desk, "A5Laser", window)
    qtbot.waitUntil(lambda: bool(window.prints.dispatcher.watch.jobs))
    cups.switch("off", SERVICE)
    qtbot.waitUntil(lambda: window.prints.stuck_printer(LEFT) == "A5Laser")
    cups.switch("on", SERVICE)
    qtbot.waitUntil(lambda: not cups.run("cupsenable", "A5Laser").returncode)
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.PRINTED])
    assert len(cups.received_files("A5Laser")) == before + 1


def test_cancelled_job_is_reported_and_recorded_as_failed(
    cups: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    cups.run("cupsdisable", "A5Laser")
    send_slip(desk, "A5Laser", quick_window)
    qtbot.waitUntil(lambda: bool(quick_window.prints.dispatcher.watch.jobs))
    cups.run("cancel", "-a", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.FAILED])
    cups.run("cupsenable", "A5Laser")
    assert "bị máy in bỏ, chưa ra giấy" in quick_window.banner.text


def test_discarded_job_leaves_printer_queue(
    cups: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    desk.answers["ListUnprinted"] = (LEFT,)
    cups.run("cupsdisable", "A5Laser")
    send_slip(desk, "A5Laser", quick_window)
    qtbot.waitUntil(lambda: quick_window.prints.stuck_printer(LEFT) == "A5Laser")
    quick_window.prints.discard(LEFT)
    qtbot.waitUntil(lambda: lane(spooler.pending_jobs) == ())
    cups.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.FAILED])


def hand_over_before_restart(lane: Any) -> None:
    """Hand over the waiting slip as an earlier window did."""
    name = PrintJob(CODE, PreparedDocument((13,), b"", PaperForm.CONTROL, 1, 1, PaperSize.A4)).job_name
    assert lane(print_pdf, render(SLIP, PaperSize.A4), PaperSize.A4, "A5Laser", name).number


def test_queued_job_is_not_printed_again_after_restart(
    cups: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    cups.run("cupsdisable", "A5Laser")
    hand_over_before_restart(lane)
    desk.answers["ListUnprinted"] = (LEFT,)
    quick_window.prints.reload_queue()
    qtbot.waitUntil(lambda: [job.print_ids for job in quick_window.prints.dispatcher.watch.jobs] == [(13,)])
    quick_window.prints.send(PrintJob(CODE, PreparedDocument((13,), b"", PaperForm.CONTROL, 1, 1, PaperSize.A4)))
    cups.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.PRINTED])


def test_wrong_answer_after_a_stopped_service_prints_no_double(
    cups: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    """The restart finds the service stopped; the user sees no paper."""
    window = quick_window
    desk.answers["ListUnprinted"] = (LEFT,)
    cups.run("cupsdisable", "A5Laser")
    before = len(cups.received_files("A5Laser"))
    hand_over_before_restart(lane)
    cups.switch("off", SERVICE)
    window.prints.reload_queue()
    qtbot.waitUntil(lambda: "chưa rõ đã ra giấy" in window.banner.text)
    window.prints.print_queued((LEFT,))
    qtbot.waitUntil(lambda: "Dịch vụ in của máy không chạy" in window.banner.text)
    cups.switch("on", SERVICE)
    qtbot.waitUntil(lambda: bool(lane(spooler.pending_jobs)))
    window.prints.print_queued((LEFT,))
    qtbot.waitUntil(lambda: "đang chờ ở máy in" in window.banner.text)
    qtbot.waitUntil(lambda: not cups.run("cupsenable", "A5Laser").returncode)
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.PRINTED])
    assert len(cups.received_files("A5Laser")) == before + 1


def test_printer_state_reports_stopped_printer(cups: CupsServer, lane: Any) -> None:
    assert set(lane(printer_names)) - {CUPS_PDF} == set(PRINTERS)
    assert lane(spooler.printer_state, "A5Laser") == PrinterState.READY
    cups.run("cupsdisable", "A5Laser")
    assert lane(spooler.printer_state, "A5Laser") == PrinterState.STOPPED
    cups.run("cupsenable", "A5Laser")
