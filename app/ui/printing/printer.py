"""Printing of PDF documents.

System printers get grey images, thermal network printers get ESC/POS dots.
Runs only in the pictures lane because the PDF reader supports one thread.
"""

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.models.enums import PaperSize
from app.ui.printing import spooler
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import is_network, network_address

if TYPE_CHECKING:
    import pypdfium2

MAX_DPI = 600
_log = logging.getLogger(__name__)
ROLL_DPI = 203
_ROLL_MIN_MM, _ROLL_MAX_MM = 72, 83
"""Widths in millimetres that drivers give to paper of an 80 mm roll."""
_CONNECT_TIMEOUT_S = 5.0
_SEND_TIMEOUT_S = 30.0
_STATUS_TIMEOUT_S = 0.5
_STATUS_REQUEST = b"\x10\x04\x02"
_COVER, _PAPER_END, _ERROR = 0x04, 0x20, 0x40
_POINTS = 72
_A5 = QPageSize.PageSizeId.A5
_A4 = QPageSize.PageSizeId.A4


@dataclass(frozen=True)
class PrintedSheet:
    """One printed side: paper size, orientation, positioned pictures.

    Positions are in dots.
    """

    size: QPageSize
    landscape: bool
    pictures: tuple[tuple[QPoint, QImage], ...]


def raster(pdf: bytes, dpi: float, colour: bool = False) -> list[QImage]:
    """Return each page as an image on white, grey unless `colour`.

    `dpi` is the resolution in dots per inch.
    """
    with _open_pdf(pdf) as document:
        return [_page_picture(page, dpi, colour) for page in document]


@contextmanager
def _open_pdf(pdf: bytes) -> Iterator["pypdfium2.PdfDocument"]:
    import pypdfium2  # imported late so that the window opens sooner

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _page_picture(page: "pypdfium2.PdfPage", dpi: float, colour: bool) -> QImage:
    bitmap = page.render(scale=dpi / _POINTS, grayscale=not colour)
    image_format = QImage.Format.Format_BGR888 if colour else QImage.Format.Format_Grayscale8
    try:
        picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, image_format)
        return picture.copy()
    finally:
        bitmap.close()
        page.close()


def printer_names() -> list[str]:
    """Return the printers of the system."""
    return list(QPrinterInfo.availablePrinterNames())


def chosen_printer(preferred: str) -> str:
    """Return the preferred printer, else the default, else the first.

    Empty without a printer.
    """
    names = printer_names()
    if preferred in names or is_network(preferred):
        return preferred
    default = QPrinterInfo.defaultPrinterName()
    return default if default in names else (names[0] if names else "")


def print_pdf(pdf: bytes, paper: PaperSize, preferred: str, title: str = "") -> PrintHandoff:
    """Print all pages on the preferred printer.

    `title` is the name of the job in the spooler.
    A printer without A5 paper gets two A5 pages on one A4 sheet, to be cut. A printer without a roll gets the strip on
    A4.
    """
    name = chosen_printer(preferred)
    if not name:
        return PrintHandoff(PrintOutcome.NO_PRINTER)
    if is_network(name):
        return PrintHandoff(_print_thermal(pdf, paper, name), name)
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setResolution(ROLL_DPI if paper == PaperSize.ROLL_80 else min(printer.resolution(), MAX_DPI))
    pages, dpi = raster(pdf, printer.resolution()), printer.resolution()
    sizes = _roll_sizes(name) if paper == PaperSize.ROLL_80 else ()
    sheets = lay_out_sheets(pages, paper, dpi, supports_paper(name, paper), sizes)
    tracked = bool(title) and spooler.is_available()
    before = spooler.newest_job() if tracked else 0
    numbers: list[int] = []

    def look_for_job() -> None:
        numbers.append(spooler.find_job(title, before))

    if not paint_sheets(printer, sheets, look_for_job if tracked and spooler.knows_begun_jobs() else None):
        return PrintHandoff(PrintOutcome.FAILED, name)
    if tracked and not any(numbers):
        look_for_job()
    return PrintHandoff(PrintOutcome.PRINTED, name, max(numbers, default=None))


def _print_thermal(pdf: bytes, paper: PaperSize, name: str) -> PrintOutcome:
    """Send dots to a thermal network printer.

    Without an answer nothing was printed, so the job may wait. After the first dot a broken connection is a failure.
    """
    if paper != PaperSize.ROLL_80:
        return PrintOutcome.FAILED
    from app.usecases.office.printers import escpos_commands

    dots = escpos_commands(pdf)
    try:
        line = socket.create_connection(network_address(name), _CONNECT_TIMEOUT_S)
    except OSError:
        return PrintOutcome.UNREACHED
    with line:
        if not _ready(line):
            return PrintOutcome.UNREACHED
        return _send_dots(line, dots)


def _send_dots(line: socket.socket, dots: bytes) -> PrintOutcome:
    try:
        line.settimeout(_SEND_TIMEOUT_S)
        line.sendall(dots)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(_CONNECT_TIMEOUT_S)
        while line.recv(64):  # read until the printer closes: closing early could drop the last dots
            pass
    except TimeoutError as error:
        # either all dots were received and the connection stays open, or the printer stopped receiving
        return PrintOutcome.PRINTED if line.gettimeout() == _CONNECT_TIMEOUT_S else _on_broken_line(error)
    except OSError as error:
        return _on_broken_line(error)
    return PrintOutcome.PRINTED


def _on_broken_line(error: OSError) -> PrintOutcome:
    _log.warning("network printer broke off: %s", type(error).__name__)
    return PrintOutcome.FAILED


def _ready(line: socket.socket) -> bool:
    """Return whether the printer has paper and a closed cover.

    The status request is DLE EOT 2; silence counts as ready.
    """
    try:
        line.settimeout(_STATUS_TIMEOUT_S)
        line.sendall(_STATUS_REQUEST)
        status = line.recv(1)
    except TimeoutError:
        return True
    except OSError:
        return False
    return bool(status) and not status[0] & (_COVER | _PAPER_END | _ERROR)


def supports_paper(name: str, paper: PaperSize) -> bool:
    """Return whether a printer has paper of this size."""
    if is_network(name):
        return paper == PaperSize.ROLL_80
    if paper == PaperSize.ROLL_80:
        return _supports_roll(name)
    return supports_size(name, _A5 if paper == PaperSize.A5 else _A4)


def _supports_roll(name: str) -> bool:
    info = QPrinterInfo.printerInfo(name)
    return info.supportsCustomPageSizes() or not info.supportedPageSizes() or bool(_roll_sizes(name))


def _roll_sizes(name: str) -> tuple[QPageSize, ...]:
    """Return the roll sizes of a driver, shortest first.

    None if it accepts any size.
    """
    info = QPrinterInfo.printerInfo(name)
    if info.supportsCustomPageSizes():
        return ()
    sizes = ((size.size(QPageSize.Unit.Millimeter), size) for size in info.supportedPageSizes())
    rolls = [
        (side.height(), side.width(), size) for side, size in sizes if _ROLL_MIN_MM <= side.width() <= _ROLL_MAX_MM
    ]
    return tuple(size for _height, _width, size in sorted(rolls, key=lambda roll: roll[:2]))


def supports_size(name: str, size: QPageSize.PageSizeId) -> bool:
    """Return whether a printer supports a page size.

    One that lists no sizes supports all.
    """
    sizes = [each.id() for each in QPrinterInfo.printerInfo(name).supportedPageSizes()]
    return not sizes or size in sizes


def lay_out_sheets(
    pages: Sequence[QImage], paper: PaperSize, dpi: float, supported: bool, rolls: Sequence[QPageSize] = ()
) -> list[PrintedSheet]:
    """Lay pages out on sheets of their paper, else on A4.

    `rolls` are the only roll lengths of its driver.
    """
    if paper == PaperSize.A5 and not supported:
        return [_two_up(pages[index : index + 2], dpi) for index in range(0, len(pages), 2)]
    if paper == PaperSize.ROLL_80 and not supported:
        return [part for page in pages for part in _split_strip(page, QPageSize(_A4), dpi, 5)]
    if paper == PaperSize.ROLL_80 and rolls:
        return [part for page in pages for part in _split_strip(page, _shortest_fitting_roll(page, rolls, dpi), dpi, 0)]
    return [_sheet(page, paper, dpi) for page in pages]


def _shortest_fitting_roll(page: QImage, rolls: Sequence[QPageSize], dpi: float) -> QPageSize:
    fitting = (size for size in rolls if size.sizePixels(round(dpi)).height() >= page.height())
    return next(fitting, rolls[-1])


def _split_strip(page: QImage, size: QPageSize, dpi: float, edge_mm: float) -> Iterator[PrintedSheet]:
    """Lay a strip out at its own size, centred on as many sheets as it needs."""
    sheet, edge = size.sizePixels(round(dpi)), round(edge_mm / 25.4 * dpi)
    step = sheet.height() - 2 * edge
    for top in range(0, page.height(), step):
        part = page.copy(0, top, page.width(), min(step, page.height() - top))
        yield PrintedSheet(size, False, ((QPoint((sheet.width() - page.width()) // 2, edge), part),))


def _sheet(page: QImage, paper: PaperSize, dpi: float) -> PrintedSheet:
    sizes = {PaperSize.A4: QPageSize(_A4), PaperSize.A5: QPageSize(_A5)}
    width, height = (round(side / dpi * 25.4, 1) for side in (page.width(), page.height()))
    size = sizes.get(paper) or QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter)
    landscape = paper in sizes and width > height
    return PrintedSheet(size, landscape, ((QPoint(0, 0), page),))


def _two_up(pages: Sequence[QImage], dpi: float) -> PrintedSheet:
    """Lay two A5 pages out on one A4.

    Portrait pages are side by side, landscape pages below each other.
    """
    portrait = pages[0].height() >= pages[0].width()
    half = round(297 / 2 / 25.4 * dpi)
    step = QPoint(half, 0) if portrait else QPoint(0, half)
    return PrintedSheet(QPageSize(_A4), portrait, tuple((step * index, page) for index, page in enumerate(pages)))


def paint_sheets(printer: QPrinter, sheets: Sequence[PrintedSheet], on_begun: Callable[[], None] | None = None) -> bool:
    """Paint sheets on a printer; return whether all succeeded.

    `on_begun` is called when the job exists. The job is aborted if a sheet fails.
    """
    painter = QPainter()
    if not _set_page(printer, sheets[0]) or not painter.begin(printer):
        return False
    try:
        if on_begun is not None:
            on_begun()
        painted = all(_paint_sheet(printer, painter, index, sheet) for index, sheet in enumerate(sheets))
        return painted or _abort(printer)
    finally:
        painter.end()


def _paint_sheet(printer: QPrinter, painter: QPainter, index: int, sheet: PrintedSheet) -> bool:
    if index and not (_set_page(printer, sheet) and printer.newPage()):
        return False
    for position, picture in sheet.pictures:
        painter.drawImage(position, picture)
    return True


def _abort(printer: QPrinter) -> bool:
    printer.abort()
    return False


def _set_page(printer: QPrinter, sheet: PrintedSheet) -> bool:
    """Set page size and orientation without margins.

    False if the printer refuses the size.
    """
    orientation = QPageLayout.Orientation.Landscape if sheet.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet.size, orientation, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)  # otherwise margins below the printer's own refuse the layout
    printer.setFullPage(True)
    return printer.setPageLayout(layout)
