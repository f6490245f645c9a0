"""Paper through CUPS itself (S10): what arrives at the printer is the page, in its size, with bars that read."""

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
from app.ui.printing.spooler import Fate, PrinterState
from app.ui.shell.window import MainWindow
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
def shop() -> Iterator[CupsServer]:
    """CUPS with a laser that has no A5, one that has, and a roll."""
    made = CupsServer(PRINTERS)
    yield made
    made.close()


@pytest.fixture
def lane(qapp: Any, shop: CupsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Runs what prints in a thread that has met no other CUPS, as the window's lanes are."""
    for name, value in shop.environment.items():
        monkeypatch.setenv(name, value)
    with ThreadPoolExecutor(1) as thread:
        yield lambda job, *told: thread.submit(job, *told).result()
    for name in (*PRINTERS, CUPS_PDF):
        shop.run("cancel", "-a", name)
        shop.run("cupsenable", name)


def wait_for_cups(shop: CupsServer) -> None:
    """Waits until CUPS has nothing left to print."""
    while shop.run("lpstat", "-W", "not-completed", "-o").stdout:
        pass


def received_pages(shop: CupsServer, lane: Callable[..., Any], paper: PaperSize, printer: str, pdf: bytes) -> bytes:
    """What arrives at a printer that is given a paper."""
    before = len(shop.received_files(printer))
    handed = lane(print_pdf, pdf, paper, printer, f"{printer} {before}")
    assert (handed.outcome, handed.printer) == (PrintOutcome.PRINTED, printer)
    assert handed.number > 0
    wait_for_cups(shop)
    assert lane(spooler.fates, (handed.number,)) == {handed.number: Fate.OUT}
    arrived = shop.received_files(printer)
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
    """Whether two pictures show the same page in the same place: its ink begins and ends within half a millimetre of
    the same dots, and what lies between is alike."""
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
def test_the_page_arrives_as_it_was_drawn(
    shop: CupsServer, lane: Any, printer: str, paper: PaperSize, document: Document, sizes: list[tuple[int, int]]
) -> None:
    pdf = render(document, paper)
    arrived = received_pages(shop, lane, paper, printer, pdf)
    assert millimetres(arrived) == sizes
    assert all(map(same_picture, pictures(pdf), pictures(arrived)))
    assert keys(read_codes(arrived)) == keys(read_codes(pdf)) == [KEY] * len(sizes)


def test_a_printer_without_a5_gets_both_copies_on_one_a4(shop: CupsServer, lane: Any) -> None:
    assert (lane(supports_paper, "A4Laser", PaperSize.A5), lane(supports_paper, "A5Laser", PaperSize.A5)) == (
        False,
        True,
    )
    pdf = render(RECEIPT, PaperSize.A5)
    arrived = received_pages(shop, lane, PaperSize.A5, "A4Laser", pdf)
    (sheet,) = pictures(arrived)
    assert (sheet.width < sheet.height, millimetres(arrived)) == (True, [(210, 297)])
    lying = sheet.rotate(90, expand=True)
    halves = [lying.crop((left, 0, left + lying.width // 2, lying.height)) for left in (0, lying.width // 2)]
    assert all(map(same_picture, pictures(pdf), halves))
    assert keys(read_codes(arrived)) == [KEY] * 2


def test_a_list_that_lies_arrives_lying(shop: CupsServer, lane: Any) -> None:
    pdf = render(REGISTER, PaperSize.A4)
    arrived = received_pages(shop, lane, PaperSize.A4, "A5Laser", pdf)
    assert {(page.width > page.height) for page in pictures(pdf)} == {True}
    turned = [page if page.width > page.height else page.rotate(90, expand=True) for page in pictures(arrived)]
    assert all(map(same_picture, pictures(pdf), turned))


def test_a_roll_comes_out_of_its_own_driver(shop: CupsServer, lane: Any) -> None:
    assert lane(supports_paper, "Roll80", PaperSize.ROLL_80)
    assert not lane(supports_paper, "A4Laser", PaperSize.ROLL_80)
    pdf = render(RECEIPT, PaperSize.ROLL_80)
    arrived = received_pages(shop, lane, PaperSize.ROLL_80, "Roll80", pdf)
    assert keys(read_codes(arrived)) == [KEY] * 2
    assert [wide for wide, _tall in millimetres(arrived)] == [80, 80]


def test_a_roll_paper_on_a_laser_stands_on_a4_in_its_own_size(shop: CupsServer, lane: Any) -> None:
    pdf = render(RECEIPT, PaperSize.ROLL_80)
    arrived = received_pages(shop, lane, PaperSize.ROLL_80, "A4Laser", pdf)
    assert set(millimetres(arrived)) == {(210, 297)}
    assert keys(read_codes(arrived)) == [KEY] * 2


@pytest.mark.skipif(not CUPS_PDF_PPD.exists(), reason="printer-driver-cups-pdf is not installed")
@pytest.mark.parametrize(("paper", "document"), [
    (PaperSize.A5, RECEIPT), (PaperSize.A4, SLIP),
])  # fmt: skip
def test_a_printer_that_writes_files_writes_the_page(
    shop: CupsServer, lane: Any, paper: PaperSize, document: Document
) -> None:
    pdf = render(document, paper)
    arrived = received_pages(shop, lane, paper, CUPS_PDF, pdf)
    sizes = [
        abs(there - here)
        for pair in zip(millimetres(arrived), millimetres(pdf), strict=True)
        for there, here in zip(*pair, strict=True)
    ]
    assert max(sizes) <= 1  # its driver counts whole points: 148.5 mm for the 148 of A5
    assert all(map(same_picture, pictures(pdf), pictures(arrived)))
    assert keys(read_codes(arrived)) == keys(read_codes(pdf))


def spooled(desk: RecordingDesk, printer: str, window: MainWindow) -> None:
    """A control slip is printed on this printer."""
    window.prints.preferences.set_default_printer(printer)
    slip = PreparedDocument((13,), render(SLIP, PaperSize.A4), PaperForm.CONTROL, 1, 1, PaperSize.A4)
    window.prints.send(PrintJob(CODE, slip))


def records(desk: RecordingDesk) -> list[PrintStatus]:
    return [query.status for query in desk.queries_of("RecordPrints")]


LEFT = WaitingPaper(CODE, PaperForm.CONTROL, PaperSize.A4, 1, NOW, (13,), handed=True)


@pytest.fixture
def quick_window(lane: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window that looks at the spooler often."""
    monkeypatch.setattr(job_watch, "LOOKS_MS", 100)
    window.prints.preload()
    return window


def test_a_stopped_printer_keeps_the_job_and_the_clerk_hears_of_it(
    shop: CupsServer, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    window = quick_window
    desk.answers["ListUnprinted"] = (LEFT,)
    shop.run("cupsdisable", "A5Laser")
    before = len(shop.received_files("A5Laser"))
    spooled(desk, "A5Laser", window)
    qtbot.waitUntil(lambda: "đang chờ ở máy in A5Laser" in window.banner.text)
    qtbot.waitUntil(lambda: window.prints.queue == (LEFT,))
    assert window.prints.stuck_printer(LEFT) == "A5Laser"
    assert records(desk) == [PrintStatus.HANDED]
    shop.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.PRINTED])
    assert len(shop.received_files("A5Laser")) == before + 1
    assert window.prints.stuck_printer(LEFT) == ""


def test_a_printer_switched_off_keeps_the_job_too(
    shop: CupsServer, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    shop.switch("off", "A4Laser")
    spooled(desk, "A4Laser", quick_window)
    qtbot.waitUntil(lambda: "đang chờ ở máy in A4Laser" in quick_window.banner.text)
    shop.switch("on", "A4Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.PRINTED])


def test_a_cancelled_job_is_told_and_on_record_as_failed(
    shop: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    shop.run("cupsdisable", "A5Laser")
    spooled(desk, "A5Laser", quick_window)
    qtbot.waitUntil(lambda: bool(quick_window.prints.dispatcher.watch.jobs))
    shop.run("cancel", "-a", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.FAILED])
    shop.run("cupsenable", "A5Laser")
    assert "bị máy in bỏ, chưa ra giấy" in quick_window.banner.text


def test_what_nobody_wants_leaves_the_printers_queue(
    shop: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    desk.answers["ListUnprinted"] = (LEFT,)
    shop.run("cupsdisable", "A5Laser")
    spooled(desk, "A5Laser", quick_window)
    qtbot.waitUntil(lambda: quick_window.prints.stuck_printer(LEFT) == "A5Laser")
    quick_window.prints.discard(LEFT)
    qtbot.waitUntil(lambda: lane(spooler.pending_jobs) == ())
    shop.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.HANDED, PrintStatus.FAILED])


def test_a_job_that_lay_in_the_queue_over_a_restart_is_not_printed_again(
    shop: CupsServer, lane: Any, quick_window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
    shop.run("cupsdisable", "A5Laser")
    name = PrintJob(CODE, PreparedDocument((13,), b"", PaperForm.CONTROL, 1, 1, PaperSize.A4)).job_name
    assert lane(print_pdf, render(SLIP, PaperSize.A4), PaperSize.A4, "A5Laser", name).number
    desk.answers["ListUnprinted"] = (LEFT,)
    quick_window.prints.reload_queue()
    qtbot.waitUntil(lambda: [job.print_ids for job in quick_window.prints.dispatcher.watch.jobs] == [(13,)])
    quick_window.prints.send(PrintJob(CODE, PreparedDocument((13,), b"", PaperForm.CONTROL, 1, 1, PaperSize.A4)))
    shop.run("cupsenable", "A5Laser")
    qtbot.waitUntil(lambda: records(desk) == [PrintStatus.PRINTED])


def test_a_stopped_printer_is_known_to_be_stopped(shop: CupsServer, lane: Any) -> None:
    assert set(lane(printer_names)) - {CUPS_PDF} == set(PRINTERS)
    assert lane(spooler.printer_state, "A5Laser") == PrinterState.READY
    shop.run("cupsdisable", "A5Laser")
    assert lane(spooler.printer_state, "A5Laser") == PrinterState.STOPPED
    shop.run("cupsenable", "A5Laser")
