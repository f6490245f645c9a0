"""Text and codes of a PDF."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

MM = 72 / 25.4


@dataclass(frozen=True)
class Character:
    """One visible character, in points from the upper left corner.

    `x` and `base` are its origin on the baseline, the others the box of its ink.
    """

    text: str
    x: float
    base: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PrintedPage:
    """One page of a PDF."""

    width: float
    height: float
    characters: tuple[Character, ...]
    """Characters with ink."""
    all_characters: tuple[Character, ...]
    """All characters, blanks included."""
    text: str


def pages(pdf: bytes) -> list[PrintedPage]:
    """Return the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def pdf_text(pdf: bytes) -> str:
    """Return the text of all pages, each gap as one blank."""
    return " ".join("\n".join(page.text for page in pages(pdf)).split())


def _page(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage()
    places = [number for number in range(text.count_chars()) if not pdfium.FPDFText_IsGenerated(text, number)]
    all_characters = tuple(_character(text, number, height) for number in places)
    ink = tuple(character for character in all_characters if character.text.strip())
    return PrintedPage(width, height, ink, all_characters, text.get_text_range().replace("\r\n", "\n"))


def _character(text: pypdfium2.PdfTextPage, number: int, height: float) -> Character:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    left, bottom, right, top = text.get_charbox(number)
    character = chr(pdfium.FPDFText_GetUnicode(text, number))
    return Character(character, x.value, height - y.value, left, height - top, right, height - bottom)


def lines(page: PrintedPage) -> list[str]:
    """Return text runs as «x y text», in millimetres of their first character.

    A wide gap separates two runs.
    """
    rows: dict[float, list[Character]] = {}
    for character in page.all_characters:
        rows.setdefault(round(character.base / MM, 1), []).append(character)
    return [run for base, row in sorted(rows.items()) for run in _pieces(base, sorted(row, key=lambda each: each.x))]


def _pieces(base: float, row: list[Character]) -> list[str]:
    """Split a row at gaps without a drawn blank or wider than a blank."""
    pieces: list[list[Character]] = [[]]
    last = row[0]
    for character in row:
        gap = character.left - last.right
        if pieces[-1] and character.text.strip() and gap > (6 if pieces[-1][-1].text == " " else 3):
            pieces.append([])
        pieces[-1].append(character)
        last = character if character.text.strip() else last
    texts = [(piece[0].x, "".join(character.text for character in piece).strip()) for piece in pieces]
    return [f"{x / MM:6.1f} {base:6.1f}  {text}" for x, text in texts if text]


def scan_codes(pdf: bytes, dots: int = 203) -> list[list[tuple[str, str]]]:
    """Return (kind, text) of the codes of each page, at `dots` per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_codes(document[number], dots) for number in range(len(document))]
    finally:
        document.close()


def _codes(page: pypdfium2.PdfPage, dots: int) -> list[tuple[str, str]]:
    picture = page.render(scale=dots / 72, grayscale=True).to_pil()
    return sorted((str(code.format), code.text) for code in zxingcpp.read_barcodes(picture))
