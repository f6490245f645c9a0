"""Printed appearance of a workbook: cells, pages, repeated heads."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A4 = (595.3, 841.9)
_DEFAULT_HEIGHT = 15.0
_DEFAULT_WIDTH = 8.43


@dataclass(frozen=True)
class SheetCell:
    """A cell with a text, over its merged range."""

    text: str
    top: int
    bottom: int
    left: int
    right: int
    size: float
    bold: bool
    indent: int


@dataclass(frozen=True)
class PrintedSheet:
    """A worksheet as it is printed.

    `breaks` are the rows that begin a page, from 0. `scale` is in percent; `fitted` reduces the sheet to one page.
    """

    name: str
    cells: tuple[SheetCell, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    breaks: tuple[int, ...]
    scale: int
    fitted: bool
    landscape: bool
    room: tuple[float, float]
    repeated: tuple[int, int]
    last: int
    footer: str

    def width(self, first: int, last: int) -> float:
        """Return the width of columns in points, as Excel sets them."""
        return sum(int(width * 7 + 5) * 0.75 for width in self.widths[first : last + 1])

    def pages(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last row of each page."""
        starts = (0, *self.breaks)
        yield from zip(starts, (*(each - 1 for each in self.breaks), self.last), strict=True)

    def texts(self, first: int, last: int) -> list[str]:
        """Return the texts of rows."""
        return [cell.text for cell in self.cells if first <= cell.top <= last and cell.text]


def printed_sheets(content: bytes) -> list[PrintedSheet]:
    """Return the worksheets of a workbook by XlsxWriter."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        shared = _shared(parts)
        looks = _looks(ElementTree.fromstring(parts.read("xl/styles.xml")))
        defined = {
            (name.get("name"), int(name.get("localSheetId", "0"))): name.text or ""
            for name in book.iter(f"{_NS}definedName")
        }
        return [
            _sheet(
                ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml")),
                str(sheet.get("name")),
                shared,
                looks,
                titles=defined.get(("_xlnm.Print_Titles", number - 1), ""),
                area=defined.get(("_xlnm.Print_Area", number - 1), ""),
            )
            for number, sheet in enumerate(book.iter(f"{_NS}sheet"), 1)
        ]


def _shared(parts: zipfile.ZipFile) -> list[str]:
    root = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in each.iter(f"{_NS}t")) for each in root.iter(f"{_NS}si")]


def _looks(styles: Any) -> list[tuple[float, bool, int]]:
    """Return size, weight and indent of each cell format."""
    fonts = [
        (float(font.find(f"{_NS}sz").get("val")), font.find(f"{_NS}b") is not None)
        for font in styles.find(f"{_NS}fonts")
    ]
    looks = []
    for look in styles.find(f"{_NS}cellXfs"):
        place = look.find(f"{_NS}alignment")
        looks.append((*fonts[int(look.get("fontId"))], int(place.get("indent", "0")) if place is not None else 0))
    return looks


def _sheet(root: Any, name: str, shared: list[str], looks: Any, *, titles: str, area: str) -> PrintedSheet:
    rows = {int(row.get("r")) - 1: row for row in root.iter(f"{_NS}row")}
    last = _last_number(area) - 1
    margins, setup, fit = (root.find(f".//{_NS}{tag}") for tag in ("pageMargins", "pageSetup", "pageSetUpPr"))
    landscape = setup.get("orientation") == "landscape"
    paper = _A4[::-1] if landscape else _A4
    across, down = (
        72 * sum(float(margins.get(side)) for side in pair) for pair in (("left", "right"), ("top", "bottom"))
    )
    heads = [int(number) - 1 for number in re.findall(r"\$(\d+)", titles)]
    heights = [
        float(rows[row].get("ht", _DEFAULT_HEIGHT)) if row in rows else _DEFAULT_HEIGHT for row in range(last + 1)
    ]
    return PrintedSheet(
        name=name,
        cells=tuple(_cells(root, shared, looks)),
        widths=_widths(root),
        heights=tuple(heights),
        breaks=tuple(int(each.get("id")) for each in root.iter(f"{_NS}brk")),
        scale=int(setup.get("scale", "100")),
        fitted=fit is not None and fit.get("fitToPage") == "1" and setup.get("fitToHeight", "1") == "1",
        landscape=landscape,
        room=(paper[0] - across, paper[1] - down),
        repeated=(heads[0], heads[-1]) if heads else (-1, -1),
        last=last,
        footer=getattr(root.find(f".//{_NS}oddFooter"), "text", "") or "",
    )


def _widths(root: Any) -> tuple[float, ...]:
    widths: list[float] = []
    for column in root.iter(f"{_NS}col"):
        widths += [float(column.get("width", _DEFAULT_WIDTH)) - 0.7109375] * (
            int(column.get("max")) - int(column.get("min")) + 1
        )
    return tuple(widths)


def _cells(root: Any, shared: list[str], looks: Any) -> Iterator[SheetCell]:
    merged = {each.get("ref").split(":")[0]: each.get("ref") for each in root.iter(f"{_NS}mergeCell")}
    for cell in root.iter(f"{_NS}c"):
        value = cell.find(f"{_NS}v")
        if value is None or cell.get("t") != "s":
            continue
        ref = cell.get("r")
        area = merged.get(ref, f"{ref}:{ref}")
        (left, top), (right, bottom) = (_place(corner) for corner in area.split(":"))
        size, bold, indent = looks[int(cell.get("s", "0"))]
        yield SheetCell(shared[int(value.text)], top, bottom, left, right, size, bold, indent)


def _place(ref: str) -> tuple[int, int]:
    letters = re.match(r"[A-Z]+", ref).group()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(ref[len(letters) :]) - 1


def _last_number(area: str) -> int:
    return max((int(number) for number in re.findall(r"\$(\d+)", area)), default=1)
