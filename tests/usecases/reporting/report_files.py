"""Faults of report files that a reader sees: cut cells, missing heads."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from docx import Document

from app.printing.documents.report import Report, ReportColumn, ReportSection
from app.printing.reports.headings import cell_texts, row_values, shown_columns
from tests.support.pdf_reading import pages

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEVER_BROKEN = ("count", "money", "decimal", "percent", "day")
_DIGIT = 0.5
"""Width of a digit in parts of the type size, in Times."""
_MARGINS = 2 * 57 / 20
"""Margins of a cell in points."""


def workbook_faults(report: Report, content: bytes) -> Iterator[str]:
    """Yield numbers and days of a workbook that are wider than their column.

    Excel shows `####` in place of them.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for number, section in enumerate(report.sections, 1):
            sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            widths = [float(col.get("width", "0")) for col in sheet.iter(f"{_SHEET}col") for _ in range(_span(col))]
            for column, text, width in _narrow(section, widths):
                if len(text) > width:
                    yield f"{section.key}.{column.key}: «{text}» in {width}"
            if sheet.find(f"{_SHEET}pageSetup") is None:
                yield f"{section.key}: no page setup"
        names = parts.read("xl/workbook.xml").decode()
        if names.count("_xlnm.Print_Titles") != len(report.sections):
            yield "heads are not repeated"


def _span(col: Any) -> int:
    return int(col.get("max")) - int(col.get("min")) + 1


def _narrow(section: ReportSection, widths: Sequence[float]) -> Iterator[tuple[ReportColumn, str, float]]:
    """Yield the texts of cells that are never broken, with their widths."""
    columns = shown_columns(section)
    rows = [*enumerate(section.rows, 1), *([(0, section.total)] if section.total is not None else [])]
    for number, row in rows:
        texts = cell_texts(columns, row_values(columns, row, number or None))
        for column, text, width in zip(columns, texts, widths, strict=True):
            if column.kind in _NEVER_BROKEN:
                yield column, text, width


def word_faults(content: bytes) -> Iterator[str]:
    """Yield figures that Word breaks, and tables without repeated heads."""
    document = Document(io.BytesIO(content))
    for table in (each for each in document.tables if each.style is not None and each.style.name == "Table Grid"):
        if next(table._tbl.iter(f"{_WORD}tblHeader"), None) is None:
            yield f"no repeated head: {table.rows[0].cells[0].text}"
        for row in table._tbl.iter(f"{_WORD}tr"):
            yield from filter(None, map(_broken_figure, row.iter(f"{_WORD}tc")))


def _broken_figure(cell: Any) -> str:
    text = "".join(part.text or "" for part in cell.iter(f"{_WORD}t"))
    width, size = cell.find(f".//{_WORD}tcW"), cell.find(f".//{_WORD}sz")
    if width is None or size is None or not re.fullmatch(r"[\d.,/%–\- ]+", text):
        return ""
    room = int(width.get(f"{_WORD}w")) / 20 - _MARGINS
    longest = max(len(word) for word in text.split() or [""])
    return f"«{text}» in {room:.0f} pt" if longest * _DIGIT * int(size.get(f"{_WORD}val")) / 2 > room else ""


def pdf_faults(content: bytes) -> Iterator[str]:
    """Yield texts beyond the paper, wrong page numbers and empty pages."""
    printed = pages(content)
    for number, page in enumerate(printed, 1):
        if not page.characters or max(each.right for each in page.characters) > page.width - 20:
            yield f"page {number}: text at the edge of the paper, or none"
        if len(printed) > 1 and f"Trang {number}/{len(printed)}" not in page.text:
            yield f"page {number}: no page number"
