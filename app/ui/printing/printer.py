"""Papers to the office's printers: pages as grey pictures at the printer's own dots, painted page by page; or as bare
dots over the network to a thermal printer that no system knows.

Runs in the pictures lane only, since the PDF reader bears one thread.
"""

import logging
import socket
from collections.abc import Iterator, Sequence
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
"""Millimetres across what a driver may call paper of an 80 mm roll."""
_PATIENCE_S = 5.0
_PRINTING_S = 30.0
_ANSWER_S = 0.5
_STATUS_REQUEST = b"\x10\x04\x02"
_COVER, _PAPER_END, _ERROR = 0x04, 0x20, 0x40
_POINTS = 72
_A5 = QPageSize.PageSizeId.A5
_A4 = QPageSize.PageSizeId.A4


@dataclass(frozen=True)
class PrintedSheet:
    """One side of paper to be printed: its size, which way it lies, and pictures with their places in dots."""

    size: QPageSize
    landscape: bool
    pictures: tuple[tuple[QPoint, QImage], ...]


def page_count(pdf: bytes) -> int:
    """Number of pages in a PDF."""
    with _open_pdf(pdf) as document:
        return len(document)


def raster(pdf: bytes, dpi: float, colour: bool = False) -> list[QImage]:
    """Each page as a picture on white, `dpi` dots to the inch; grey, as papers are printed, unless told otherwise."""
    with _open_pdf(pdf) as document:
        return [_page_picture(page, dpi, colour) for page in document]


@contextmanager
def _open_pdf(pdf: bytes) -> Iterator["pypdfium2.PdfDocument"]:
    import pypdfium2  # read only when the first page is rastered, so that the window opens sooner

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _page_picture(page: "pypdfium2.PdfPage", dpi: float, colour: bool) -> QImage:
    bitmap = page.render(scale=dpi / _POINTS, grayscale=not colour)
    kind = QImage.Format.Format_BGR888 if colour else QImage.Format.Format_Grayscale8
    try:
        picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind)
        return picture.copy()
    finally:
        bitmap.close()
        page.close()


def printer_names() -> list[str]:
    """Printers the system knows."""
    return list(QPrinterInfo.availablePrinterNames())


def chosen_printer(preferred: str) -> str:
    """The printer to use: the one wished for, else the system's own, else the first; empty where there is none."""
    names = printer_names()
    if preferred in names or is_network(preferred):
        return preferred
    usual = QPrinterInfo.defaultPrinterName()
    return usual if usual in names else (names[0] if names else "")


def print_pdf(pdf: bytes, paper: PaperSize, preferred: str, title: str = "") -> PrintHandoff:
    """Prints all pages of a paper on the printer wished for; `title` names the job in the spooler.

    A printer without A5 gets two A5 pages beside each other on A4, to be cut; one without a roll the strip on A4."""
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
    asked = bool(title) and spooler.is_available()
    before = spooler.newest_job() if asked else 0
    if not paint_sheets(printer, sheets):
        return PrintHandoff(PrintOutcome.FAILED, name)
    return PrintHandoff(PrintOutcome.PRINTED, name, spooler.find_job(title, before) if asked else None)


def _print_thermal(pdf: bytes, paper: PaperSize, name: str) -> PrintOutcome:
    """Sends dots to a thermal printer of the network. Nothing is on paper unless it answered; once it was given the
    first dot, breaking off is a failure and no waiting."""
    if paper != PaperSize.ROLL_80:
        return PrintOutcome.FAILED
    from app.usecases.office.printers import escpos_commands

    dots = escpos_commands(pdf)
    try:
        line = socket.create_connection(network_address(name), _PATIENCE_S)
    except OSError:
        return PrintOutcome.UNREACHED
    with line:
        if not _ready(line):
            return PrintOutcome.UNREACHED
        return _send_dots(line, dots)


def _send_dots(line: socket.socket, dots: bytes) -> PrintOutcome:
    try:
        line.settimeout(_PRINTING_S)
        line.sendall(dots)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(_PATIENCE_S)
        while line.recv(64):  # what it still says is heard out: a line cut short would take the last dots with it
            pass
    except TimeoutError as late:
        # everything was taken and the line is only kept open, or the printer stopped taking
        return PrintOutcome.PRINTED if line.gettimeout() == _PATIENCE_S else _on_broken_line(late)
    except OSError as broken:
        return _on_broken_line(broken)
    return PrintOutcome.PRINTED


def _on_broken_line(error: OSError) -> PrintOutcome:
    _log.warning("network printer broke off: %s", type(error).__name__)
    return PrintOutcome.FAILED


def _ready(line: socket.socket) -> bool:
    """Whether the printer has paper and a closed cover (DLE EOT 2). One that keeps silent is believed."""
    try:
        line.settimeout(_ANSWER_S)
        line.sendall(_STATUS_REQUEST)
        told = line.recv(1)
    except TimeoutError:
        return True
    except OSError:
        return False
    return bool(told) and not told[0] & (_COVER | _PAPER_END | _ERROR)


def supports_paper(name: str, paper: PaperSize) -> bool:
    """Whether a printer takes a paper's size as it is."""
    if is_network(name):
        return paper == PaperSize.ROLL_80
    if paper == PaperSize.ROLL_80:
        return _supports_roll(name)
    return supports_size(name, _A5 if paper == PaperSize.A5 else _A4)


def _supports_roll(name: str) -> bool:
    info = QPrinterInfo.printerInfo(name)
    return info.supportsCustomPageSizes() or not info.supportedPageSizes() or bool(_roll_sizes(name))


def _roll_sizes(name: str) -> tuple[QPageSize, ...]:
    """The sizes of a roll that a driver has, the shortest first; none where it takes any size."""
    info = QPrinterInfo.printerInfo(name)
    if info.supportsCustomPageSizes():
        return ()
    sizes = ((size.size(QPageSize.Unit.Millimeter), size) for size in info.supportedPageSizes())
    rolls = [
        (side.height(), side.width(), size) for side, size in sizes if _ROLL_MIN_MM <= side.width() <= _ROLL_MAX_MM
    ]
    return tuple(size for _tall, _wide, size in sorted(rolls, key=lambda roll: roll[:2]))


def supports_size(name: str, size: QPageSize.PageSizeId) -> bool:
    """Whether a printer takes a size. One that names no sizes at all is believed to."""
    sizes = [each.id() for each in QPrinterInfo.printerInfo(name).supportedPageSizes()]
    return not sizes or size in sizes


def lay_out_sheets(
    pages: Sequence[QImage], paper: PaperSize, dpi: float, supported: bool, rolls: Sequence[QPageSize] = ()
) -> list[PrintedSheet]:
    """Pictures of pages as sheets of the paper they go on, or of A4 where the printer does not have it; `rolls` are
    the only lengths of a roll its driver knows."""
    if paper == PaperSize.A5 and not supported:
        return [_two_up(pages[place : place + 2], dpi) for place in range(0, len(pages), 2)]
    if paper == PaperSize.ROLL_80 and not supported:
        return [part for page in pages for part in _split_strip(page, QPageSize(_A4), dpi, 5)]
    if paper == PaperSize.ROLL_80 and rolls:
        return [part for page in pages for part in _split_strip(page, _shortest_fitting_roll(page, rolls, dpi), dpi, 0)]
    return [_sheet(page, paper, dpi) for page in pages]


def _shortest_fitting_roll(page: QImage, rolls: Sequence[QPageSize], dpi: float) -> QPageSize:
    fitting = (size for size in rolls if size.sizePixels(round(dpi)).height() >= page.height())
    return next(fitting, rolls[-1])


def _split_strip(page: QImage, size: QPageSize, dpi: float, edge_mm: float) -> Iterator[PrintedSheet]:
    """A strip of a roll in the middle of other paper, at its own size, on as many sheets as it is long."""
    room, edge = size.sizePixels(round(dpi)), round(edge_mm / 25.4 * dpi)
    step = room.height() - 2 * edge
    for top in range(0, page.height(), step):
        part = page.copy(0, top, page.width(), min(step, page.height() - top))
        yield PrintedSheet(size, False, ((QPoint((room.width() - page.width()) // 2, edge), part),))


def _sheet(page: QImage, paper: PaperSize, dpi: float) -> PrintedSheet:
    sizes = {PaperSize.A4: QPageSize(_A4), PaperSize.A5: QPageSize(_A5)}
    wide, tall = (round(side / dpi * 25.4, 1) for side in (page.width(), page.height()))
    size = sizes.get(paper) or QPageSize(QSizeF(wide, tall), QPageSize.Unit.Millimeter)
    lying = paper in sizes and wide > tall
    return PrintedSheet(size, lying, ((QPoint(0, 0), page),))


def _two_up(pages: Sequence[QImage], dpi: float) -> PrintedSheet:
    """Two A5 on one A4: upright pages beside each other, lying ones under each other."""
    upright = pages[0].height() >= pages[0].width()
    half = round(297 / 2 / 25.4 * dpi)
    step = QPoint(half, 0) if upright else QPoint(0, half)
    return PrintedSheet(QPageSize(_A4), upright, tuple((step * place, page) for place, page in enumerate(pages)))


def paint_sheets(printer: QPrinter, sheets: Sequence[PrintedSheet]) -> bool:
    """Paints sheets on a printer that was not begun yet. False when it broke off; the rest is then called back."""
    painter = QPainter()
    if not _set_page(printer, sheets[0]) or not painter.begin(printer):
        return False
    try:
        return all(_paint_sheet(printer, painter, place, sheet) for place, sheet in enumerate(sheets)) or _abort(
            printer
        )
    finally:
        painter.end()


def _paint_sheet(printer: QPrinter, painter: QPainter, place: int, sheet: PrintedSheet) -> bool:
    if place and not (_set_page(printer, sheet) and printer.newPage()):
        return False
    for where, picture in sheet.pictures:
        painter.drawImage(where, picture)
    return True


def _abort(printer: QPrinter) -> bool:
    printer.abort()
    return False


def _set_page(printer: QPrinter, sheet: PrintedSheet) -> bool:
    """Asks for a sheet of this size up to its edges. False where the printer keeps to another one: what is not in the
    right size is not printed."""
    way = QPageLayout.Orientation.Landscape if sheet.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet.size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)  # else margins narrower than the printer's are refused, size and all
    printer.setFullPage(True)
    return printer.setPageLayout(layout)
