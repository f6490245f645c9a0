"""What a reader and a scanner find on a printed page."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

MM = 72 / 25.4


@dataclass(frozen=True)
class Letter:
    """One visible letter: its origin on the base line and the box of its ink, in points from the upper left."""

    text: str
    x: float
    base: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PrintedPage:
    """One page as it was printed."""

    width: float
    height: float
    letters: tuple[Letter, ...]
    """What has ink."""
    all_letters: tuple[Letter, ...]
    """What was drawn, blanks too."""
    text: str


def pages(pdf: bytes) -> list[PrintedPage]:
    """The pages of a PDF with their letters."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage()
    places = [number for number in range(text.count_chars()) if not pdfium.FPDFText_IsGenerated(text, number)]
    all_letters = tuple(_letter(text, number, height) for number in places)
    ink = tuple(letter for letter in all_letters if letter.text.strip())
    return PrintedPage(width, height, ink, all_letters, text.get_text_range().replace("\r\n", "\n"))


def _letter(text: pypdfium2.PdfTextPage, number: int, height: float) -> Letter:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    left, bottom, right, top = text.get_charbox(number)
    letter = chr(pdfium.FPDFText_GetUnicode(text, number))
    return Letter(letter, x.value, height - y.value, left, height - top, right, height - bottom)


def lines(page: PrintedPage) -> list[str]:
    """Text piece by piece as «x y text», in millimetres of its first letter; a clear gap parts two pieces."""
    rows: dict[float, list[Letter]] = {}
    for letter in page.all_letters:
        rows.setdefault(round(letter.base / MM, 1), []).append(letter)
    return [said for base, row in sorted(rows.items()) for said in _pieces(base, sorted(row, key=lambda each: each.x))]


def _pieces(base: float, row: list[Letter]) -> list[str]:
    """A gap is clear where no blank was drawn in it, or where it is wider than any blank."""
    pieces: list[list[Letter]] = [[]]
    last = row[0]
    for letter in row:
        gap = letter.left - last.right
        if pieces[-1] and letter.text.strip() and gap > (6 if pieces[-1][-1].text == " " else 3):
            pieces.append([])
        pieces[-1].append(letter)
        last = letter if letter.text.strip() else last
    texts = [(piece[0].x, "".join(letter.text for letter in piece).strip()) for piece in pieces]
    return [f"{x / MM:6.1f} {base:6.1f}  {text}" for x, text in texts if text]


def scan_codes(pdf: bytes, dots: int = 203) -> list[list[tuple[str, str]]]:
    """For each page what a scanner reads off it at so many dots per inch: (kind, text)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_codes(document[number], dots) for number in range(len(document))]
    finally:
        document.close()


def _codes(page: pypdfium2.PdfPage, dots: int) -> list[tuple[str, str]]:
    picture = page.render(scale=dots / 72, grayscale=True).to_pil()
    return sorted((str(code.format), code.text) for code in zxingcpp.read_barcodes(picture))
