"""Papers to the office's printer: pages as grey pictures at the printer's own dots, painted page by page.

Runs in the pictures lane only, since the PDF reader bears one thread. Qt learns no more than that a job reached the
spooler; what the printer then does is seen by the clerk.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPoint, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.models.values import PaperSize
from app.ui.outcome import Sent

if TYPE_CHECKING:
    import pypdfium2

MOST_DPI = 600
_POINTS = 72
_A5 = QPageSize.PageSizeId.A5
_A4 = QPageSize.PageSizeId.A4


@dataclass(frozen=True)
class Sheet:
    """One side of paper to be printed: its size, which way it lies, and pictures with their places in dots."""

    size: QPageSize
    lying: bool
    pictures: tuple[tuple[QPoint, QImage], ...]


def page_count(pdf: bytes) -> int:
    """Number of pages in a PDF."""
    with _opened(pdf) as document:
        return len(document)


def raster(pdf: bytes, dpi: float, colour: bool = False) -> list[QImage]:
    """Each page as a picture on white, `dpi` dots to the inch; grey, as papers are printed, unless told otherwise."""
    with _opened(pdf) as document:
        return [_page_picture(page, dpi, colour) for page in document]


@contextmanager
def _opened(pdf: bytes) -> Iterator["pypdfium2.PdfDocument"]:
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


def chosen_printer(wished: str) -> str:
    """The printer to use: the one wished for, else the system's own, else the first; empty where there is none."""
    names = printer_names()
    if wished in names:
        return wished
    usual = QPrinterInfo.defaultPrinterName()
    return usual if usual in names else (names[0] if names else "")


def print_pdf(pdf: bytes, paper: PaperSize, wished: str) -> Sent:
    """Prints all pages of a paper on the printer wished for.

    A printer without A5 gets two A5 pages beside each other on A4, to be cut."""
    name = chosen_printer(wished)
    if not name:
        return Sent.NO_PRINTER
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    if printer.resolution() > MOST_DPI:
        printer.setResolution(MOST_DPI)
    has_a5 = takes(name, _A5)
    sheets = laid_out(raster(pdf, printer.resolution()), paper, printer.resolution(), has_a5)
    return Sent.PRINTED if paint(printer, sheets) else Sent.FAILED


def takes(name: str, size: QPageSize.PageSizeId) -> bool:
    """Whether a printer takes a size. One that names no sizes at all is believed to."""
    sizes = [each.id() for each in QPrinterInfo.printerInfo(name).supportedPageSizes()]
    return not sizes or size in sizes


def laid_out(pages: Sequence[QImage], paper: PaperSize, dpi: float, has_a5: bool) -> list[Sheet]:
    """Pictures of pages as sheets of the paper they go on."""
    if paper == PaperSize.A5 and not has_a5:
        return [_two_up(pages[place : place + 2], dpi) for place in range(0, len(pages), 2)]
    return [_sheet(page, paper, dpi) for page in pages]


def _sheet(page: QImage, paper: PaperSize, dpi: float) -> Sheet:
    sizes = {PaperSize.A4: QPageSize(_A4), PaperSize.A5: QPageSize(_A5)}
    wide, tall = (round(side / dpi * 25.4, 1) for side in (page.width(), page.height()))
    size = sizes.get(paper) or QPageSize(QSizeF(wide, tall), QPageSize.Unit.Millimeter)
    lying = paper in sizes and wide > tall
    return Sheet(size, lying, ((QPoint(0, 0), page),))


def _two_up(pages: Sequence[QImage], dpi: float) -> Sheet:
    """Two A5 on one A4: upright pages beside each other, lying ones under each other."""
    upright = pages[0].height() >= pages[0].width()
    half = round(297 / 2 / 25.4 * dpi)
    step = QPoint(half, 0) if upright else QPoint(0, half)
    return Sheet(QPageSize(_A4), upright, tuple((step * place, page) for place, page in enumerate(pages)))


def paint(printer: QPrinter, sheets: Sequence[Sheet]) -> bool:
    """Paints sheets on a printer that was not begun yet. False when it broke off; the rest is then called back."""
    _set_page(printer, sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        return all(_paint_sheet(printer, painter, place, sheet) for place, sheet in enumerate(sheets)) or _call_back(
            printer
        )
    finally:
        painter.end()


def _paint_sheet(printer: QPrinter, painter: QPainter, place: int, sheet: Sheet) -> bool:
    if place:
        _set_page(printer, sheet)
        if not printer.newPage():
            return False
    for where, picture in sheet.pictures:
        painter.drawImage(where, picture)
    return True


def _call_back(printer: QPrinter) -> bool:
    printer.abort()
    return False


def _set_page(printer: QPrinter, sheet: Sheet) -> None:
    way = QPageLayout.Orientation.Landscape if sheet.lying else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(sheet.size, way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
