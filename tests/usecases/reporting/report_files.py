"""Faults of report files that a reader sees: cut cells, missing heads."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document

from app.printing.documents.report import Report, ReportColumn, ReportSection
from app.printing.layout.text_metrics import BOLD, REGULAR, Span, break_lines, load_faces
from app.printing.reports.headings import cell_texts, row_values, shown_columns
from app.wording.reports.papers import HEAD_SIGNS
from tests.printing.sheet_reading import PrintedSheet, printed_sheets
from tests.support.pdf_reading import pages

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEVER_BROKEN = ("count", "money", "decimal", "percent", "day")
_DIGIT = 0.5
"""Width of a digit in parts of the type size, in Times."""
_MARGINS = 2 * 57 / 20
"""Margins of a cell in points."""
_HIGHEST = 409.0
"""Height in points that Excel gives a row at most."""
_LEAST_REDUCTION = 0.5


def workbook_faults(report: Report, content: bytes) -> Iterator[str]:
    """Yield what a reader of the printed workbook misses."""
    load_faces()
    sheets = printed_sheets(content)
    for section, sheet in zip(report.sections, sheets, strict=True):
        for column, text, width in _narrow(section, sheet.widths):
            if len(text) > width:
                yield f"{sheet.name}: #### of {column.key}: «{text}» in {width}"
        yield from (f"{sheet.name}: {fault}" for fault in _cut_cells(sheet))
        yield from (f"{sheet.name}: {fault}" for fault in _page_faults(sheet))
    if report.signed:
        yield from _lonely_signatures(report, sheets[0])


def _cut_cells(sheet: PrintedSheet) -> Iterator[str]:
    """Yield texts that are higher than their row, or broken in a word."""
    for cell in sheet.cells:
        room = sheet.width(cell.left, cell.right) - 4 - 7 * cell.indent
        spans = (Span(cell.text.replace("\n", " "), BOLD if cell.bold else REGULAR),)
        lines = max(len(break_lines(spans, cell.size, room)), cell.text.count("\n") + 1)
        height = sum(sheet.heights[cell.top : cell.bottom + 1])
        if lines * cell.size * 1.22 > min(height, _HIGHEST) + 0.5:
            yield f"cut: «{cell.text}», {lines} lines in {height}"
        longest = max(
            (len(break_lines((Span(w, spans[0].face),), cell.size, room)), w) for w in cell.text.split() or [""]
        )
        if longest[0] > 1 and len(longest[1]) < 20:
            yield f"broken: «{longest[1]}» in {room:.0f} pt"


def _page_faults(sheet: PrintedSheet) -> Iterator[str]:
    width, height = sheet.room
    total = sheet.width(0, len(sheet.widths) - 1)
    if "Trang &P/&N" not in sheet.footer:
        yield "no page number"
    if sheet.repeated[0] < 0 or not sheet.texts(*sheet.repeated):
        yield "heads are not repeated"
    if not sheet.landscape and total > width * 1.25:
        yield "a wide table in portrait"
    if sheet.fitted and min(height / sum(sheet.heights), width / total) < _LEAST_REDUCTION:
        yield f"reduced too far: {total:.0f} pt wide"
    if not sheet.fitted:
        yield from _break_faults(sheet, total)


def _break_faults(sheet: PrintedSheet, total: float) -> Iterator[str]:
    width, height = sheet.room
    if total * sheet.scale / 100 > width:
        yield f"columns beyond the page at {sheet.scale} %"
    heads = sum(sheet.heights[sheet.repeated[0] : sheet.repeated[1] + 1])
    for first, last in sheet.pages():
        used = sum(sheet.heights[first : last + 1]) + (heads if first else 0)
        if used * sheet.scale / 100 > height and last > first:
            yield f"rows {first} to {last} are higher than a page"
        if last <= sheet.repeated[1]:
            yield "the heading has a page of its own"


def _lonely_signatures(report: Report, sheet: PrintedSheet) -> Iterator[str]:
    if sheet.fitted:
        return
    *_before, (first, last) = sheet.pages()
    texts = sheet.texts(first, last)
    if HEAD_SIGNS not in texts or report.issuer.signer not in texts:
        yield "signatures on two pages"
    signs = next(cell.top for cell in sheet.cells if cell.text == HEAD_SIGNS)
    if not sheet.texts(first, signs - 1):
        yield "signatures alone on the last page"


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


def pdf_faults(report: Report, content: bytes) -> Iterator[str]:
    """Yield what a reader of the printed PDF misses."""
    printed = pages(content)
    for number, page in enumerate(printed, 1):
        if not page.characters or max(each.right for each in page.characters) > page.width - 20:
            yield f"page {number}: text at the edge of the paper, or none"
        if max((each.bottom for each in page.characters), default=0) > page.height - 10:
            yield f"page {number}: text at the lower edge of the paper"
        if len(printed) > 1 and f"Trang {number}/{len(printed)}" not in page.text:
            yield f"page {number}: no page number"
        if number > 1 and not _is_whole_page(report, page.text):
            yield f"page {number}: neither heads nor remarks"
    yield from _broken_codes(report, " ".join(page.text for page in printed).split())
    wide = any(sum(each.width for each in section.columns) > 92 for section in report.sections)
    if wide and printed[0].width < printed[0].height:
        yield "a wide table in portrait"
    if report.signed:
        yield from _closing_faults(report, " ".join(printed[-1].text.split()), len(printed))


def _broken_codes(report: Report, printed: Sequence[str]) -> Iterator[str]:
    codes = {str(row["code"]) for section in report.sections for row in section.rows if row.get("code")}
    yield from (f"broken: {code}" for code in codes.difference(printed))


def _closing_faults(report: Report, last: str, count: int) -> Iterator[str]:
    if HEAD_SIGNS not in last or report.issuer.signer not in last:
        yield "signatures on two pages"
    elif count > 1 and last.index(HEAD_SIGNS) < 20:
        yield "signatures alone on the last page"


def _is_whole_page(report: Report, text: str) -> bool:
    """Return whether a later page repeats the heads of a table, or has none."""
    plain = " ".join(text.split())
    heads = [each.heading.split()[0] for section in report.sections for each in shown_columns(section)[:2]]
    return any(head in plain for head in heads) or HEAD_SIGNS in plain
