"""A report as a Word document that the office edits before signing."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, ReportText
from app.printing.layout.title_lines import title_lines
from app.printing.reports.headings import (
    cell_texts,
    heading_cells,
    is_number,
    levels,
    period_line,
    row_values,
    shown_columns,
)
from app.printing.reports.times_widths import times_width
from app.wording.documents.forms import MOTTO, NATION, NUMBER, TRAINING, place_and_day
from app.wording.reports import papers as words
from app.wording.reports.values import cell_text

_FACE = "Times New Roman"
_PORTRAIT_WIDTH = 92
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_BODY, _SMALL, _TITLE = 13, 10.5, 14
_SHORT_TABLE = 5
"""Rows from which a table is divided to keep its last row with the signatures."""
_CENTRE, _RIGHT, _JUSTIFY = 1, 2, 3
"""Values of WD_ALIGN_PARAGRAPH."""


def report_docx(report: Report) -> bytes:
    """Return a report as .docx; the same report gives the same bytes."""
    from docx import Document

    wide = any(sum(column.width for column in section.columns) > _PORTRAIT_WIDTH for section in report.sections)
    book = _Book(Document(), wide)
    _heading(book, report)
    for block in report.texts:
        _text(book, block)
    for section in report.sections:
        _section(book, section, keeps_last=report.signed and section is report.sections[-1])
    _remarks(book, report)
    if report.signed:
        _closing(book, report)
    return _bytes(book.document, report)


def _bytes(document: Any, report: Report) -> bytes:
    """Return the file with fixed times, so that equal reports are equal."""
    day = datetime(report.last.year, report.last.month, report.last.day, tzinfo=UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title, report.issuer.unit, ""
    properties.created = properties.modified = day
    raw = io.BytesIO()
    document.save(raw)
    target = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name, _FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _Book:
    """A Word document under construction, A4 with the margins of NĐ 30/2020."""

    def __init__(self, document: Any, wide: bool) -> None:
        from docx.shared import Mm, Pt

        self.document = document
        page = document.sections[0]
        page.page_width, page.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        page.orientation = int(wide)
        page.left_margin, page.right_margin = (Mm(15), Mm(15)) if wide else (Mm(30), Mm(15))
        page.top_margin = page.bottom_margin = Mm(14) if wide else Mm(20)
        self.measure = page.page_width - page.left_margin - page.right_margin
        style = document.styles["Normal"]
        style.font.name, style.font.size = _FACE, Pt(_BODY)
        style.element.rPr.rFonts.set(_name("w:eastAsia"), _FACE)
        style.paragraph_format.space_after = Pt(0)
        _page_number(page.footer.paragraphs[0])

    def paragraph(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = _BODY,
        align: int = 0,
        space: float = 0,
    ) -> Any:
        """Add a paragraph in one face."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(space)
        add_text(paragraph, text, bold=bold, italic=italic, size=size, align=align)
        return paragraph


def add_text(paragraph: Any, text: str, *, bold: bool, italic: bool, size: float, align: int) -> None:
    """Add a run of text to a paragraph."""
    from docx.shared import Pt

    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _name(tag: str) -> Any:
    from docx.oxml.ns import qn

    return qn(tag)


def _element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for key, value in values.items():
        element.set(_name(f"w:{key}"), value)
    return element


def _page_number(paragraph: Any) -> None:
    """Set «Trang x/y» with fields that Word counts."""
    paragraph.alignment = _RIGHT
    paragraph.add_run("Trang ")
    for field, before in (("PAGE", ""), ("NUMPAGES", "/")):
        paragraph.add_run(before)
        simple = _element("w:fldSimple", instr=field)
        run, text = _element("w:r"), _element("w:t")
        text.text = "1"
        run.append(text)
        simple.append(run)
        paragraph._p.append(simple)


def _heading(book: _Book, report: Report) -> None:
    if report.issuer.unit:
        _issuer(book, report)
    if report.issuer.training:
        book.paragraph(TRAINING, bold=True, size=16, align=_CENTRE, space=6)
    if report.form:
        left, right = _plain_table(book, (0.55, 0.45)).rows[0].cells
        _add_line(left, report.form, bold=True, size=_SMALL)
        _add_line(right, f"{words.REPORTING_UNIT}: {report.issuer.unit}", size=_SMALL)
        _add_line(right, f"{words.RECEIVING_UNIT}: {report.issuer.parent}", size=_SMALL)
    book.paragraph(_title(book, report.title), bold=True, size=_TITLE, align=_CENTRE, space=8)
    book.paragraph(period_line(report), bold=bool(report.texts), italic=not report.texts, align=_CENTRE)
    if report.unit:
        book.paragraph(words.unit_line(report.unit), italic=True, size=_SMALL, align=_RIGHT)
    for fact in report.facts:
        book.paragraph(f"{fact.name}: {cell_text(fact.value, fact.kind)}", space=2)


def _title(book: _Book, text: str) -> str:
    """Return a title with its line ends."""
    lines = title_lines(text, book.measure / 12_700 * 0.98, lambda part: times_width(part, _TITLE, bold=True))
    return "\n".join(lines) or text


def _issuer(book: _Book, report: Report) -> None:
    """Set the issuing unit and the national motto side by side."""
    issuer = report.issuer
    left, right = _plain_table(book, (0.36, 0.64)).rows[0].cells
    for text, bold in ((issuer.parent, False), (issuer.unit, True), (issuer.centre, True)):
        if text:
            _add_line(left, text.upper(), bold=bold, size=12, align=_CENTRE)
    if report.number:
        _add_line(left, f"{NUMBER}: {report.number}", align=_CENTRE)
    _add_line(right, NATION, bold=True, size=12, align=_CENTRE)
    _add_line(right, MOTTO, bold=True, align=_CENTRE)
    if issuer.day:
        _add_line(right, place_and_day(issuer.place, issuer.day), italic=True, size=12.5, align=_CENTRE)


def _plain_table(book: _Book, shares: Sequence[float]) -> Any:
    """Add a table of one row without lines; its first paragraphs are unused."""
    table = book.document.add_table(rows=1, cols=len(shares))
    table.autofit = False
    for column, cell, share in zip(table.columns, table.rows[0].cells, shares, strict=True):
        column.width = cell.width = int(book.measure * share)
    return table


def _add_line(
    cell: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = _BODY, align: int = 0
) -> None:
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    add_text(paragraph, text, bold=bold, italic=italic, size=size, align=align)


def _text(book: _Book, block: ReportText) -> None:
    if block.level:
        book.paragraph(block.text, bold=True, italic=block.level > 1, space=6).paragraph_format.keep_with_next = True
        return
    from docx.shared import Mm

    paragraph = book.paragraph(block.text, align=_JUSTIFY, space=3, bold=block.blank, italic=block.blank)
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _section(book: _Book, section: ReportSection, *, keeps_last: bool) -> None:
    """Add a table; with `keeps_last` its last row stays with what follows."""
    if section.title:
        book.paragraph(section.title, bold=True, space=8).paragraph_format.keep_with_next = True
    if not section.columns:
        return
    if not section.rows and section.total is None:
        book.paragraph(section.empty or words.EMPTY, italic=True)
        return
    table = _table(book, section, shown_columns(section))
    rows = list(table.rows)
    last = len(rows) if len(section.rows) < _SHORT_TABLE else 1 + int(section.total is not None)
    for row in rows[-last:] if keeps_last else rows[-last:-1]:
        _keep_with_next(row)


def _keep_with_next(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _table(book: _Book, section: ReportSection, columns: Sequence[ReportColumn]) -> Any:
    """Add the table of a section."""
    rows = [
        (cell_texts(columns, row_values(columns, row, number)), False) for number, row in enumerate(section.rows, 1)
    ]
    if section.total is not None:
        rows.append((cell_texts(columns, row_values(columns, section.total, None)), True))
    heads = levels(columns) + int(section.indexed)
    table = book.document.add_table(rows=heads + len(rows), cols=len(columns), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(_cell_margins())
    width = sum(column.width for column in columns)
    size = max(7.0, min(_SMALL, book.measure / 12_700 / width / 0.5))
    widths = [int(book.measure * column.width / width) for column in columns]
    for grid, wide in zip(table.columns, widths, strict=True):
        grid.width = wide
    grid_rows = [_cells(row, widths) for row in table.rows]
    _heads(grid_rows, columns, section.indexed, size)
    for row in table.rows[:heads]:
        row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for boxes, (texts, bold) in zip(grid_rows[heads:], rows, strict=True):
        for box, column, text in zip(boxes, columns, texts, strict=True):
            _add_line(box, text, bold=bold, size=size, align=_RIGHT if is_number(column) else 0)
    return table


def _cell_margins() -> Any:
    """Return the margins of a cell, 1 mm on each side, as in the PDF."""
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="57", type="dxa"))
    return margins


def _heads(grid: Sequence[Sequence[Any]], columns: Sequence[ReportColumn], indexed: bool, size: float) -> None:
    """Set the headings in all levels, and the column numbers below them."""
    for cell in heading_cells(columns):
        head = grid[cell.top][cell.first]
        if (cell.top, cell.first) != (cell.bottom, cell.last):
            head = head.merge(grid[cell.bottom][cell.last])
        head.vertical_alignment = _CENTRE
        _add_line(head, cell.text, bold=True, size=size, align=_CENTRE)
    if indexed:
        for place, box in enumerate(grid[levels(columns)], 1):
            _add_line(box, f"({place})", italic=True, size=size - 1, align=_CENTRE)


def _cells(row: Any, widths: Sequence[int]) -> list[Any]:
    """Return the cells of a row with their widths; rows never break."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
    cells = list(row.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
    return cells


def _remarks(book: _Book, report: Report) -> None:
    """Add ratios, definitions and notes, on the page of the signatures."""
    before = len(book.document.paragraphs)
    _remark_lines(book, report)
    for paragraph in book.document.paragraphs[before:] if report.signed else ():
        paragraph.paragraph_format.keep_with_next = True


def _remark_lines(book: _Book, report: Report) -> None:
    for ratio in report.ratios:
        value = cell_text(ratio.percent, ColumnKind.PERCENT)
        book.paragraph(words.ratio_line(ratio.name, value, ratio.definition), italic=True, size=_SMALL, space=2)
    defined = {c.heading: c.definition for section in report.sections for c in section.columns if c.definition}
    for heading, definition in defined.items():
        book.paragraph(f"{heading}: {definition}", italic=True, size=_SMALL)
    for note in report.notes:
        book.paragraph(note, italic=True, size=_SMALL)
    for check in report.checks:
        line = words.check_line(check.row, check.identity, check.expected, check.actual)
        book.paragraph(f"{words.NOT_BALANCED}: {line}", bold=True, size=_SMALL)


def _closing(book: _Book, report: Report) -> None:
    book.paragraph("", size=6).paragraph_format.keep_with_next = True
    table = _plain_table(book, (0.4, 0.24, 0.36))
    left, middle, right = table.rows[0].cells
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
    _add_line(left, words.RECIPIENTS, bold=True, italic=True, size=_SMALL)
    for line in report.recipients:
        _add_line(left, f"- {line}", size=_SMALL)
    if not report.texts:
        _add_line(middle, words.COMPILER_SIGNS, bold=True, size=_SMALL, align=_CENTRE)
        _add_line(middle, words.COMPILER_HINT, italic=True, size=_SMALL, align=_CENTRE)
    _add_line(right, words.HEAD_SIGNS, bold=True, align=_CENTRE)
    _add_line(right, words.HEAD_HINT, italic=True, size=_SMALL, align=_CENTRE)
    for _ in range(3):
        _add_line(right, " ")
    _add_line(right, report.issuer.signer, bold=True, align=_CENTRE)
