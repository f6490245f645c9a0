"""A report as an A4 paper: portrait, or landscape for wide tables."""

from collections.abc import Mapping, Sequence

from app.models.enums import PaperSize
from app.printing.documents.parts import PaperHead
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, ReportText, Row
from app.printing.layout.grid import Column
from app.printing.layout.heading import issuer_and_nation
from app.printing.layout.page_flow import FORMATS, LANDSCAPE, MM, SPACING, Format, PageFlow, Para, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.report_grid import HeadCell, ReportGrid
from app.printing.layout.text_metrics import BOLD, BOLD_ITALIC, ITALIC, REGULAR, Span, load_faces
from app.printing.reports.headings import cell_texts, heading_cells, is_number, period_line, row_values, shown_columns
from app.wording.documents.forms import TRAINING, page_line
from app.wording.reports import papers as words
from app.wording.reports.values import cell_text

_PORTRAIT_WIDTH = 92
"""Characters of a table up to which it fits a portrait sheet."""
_CENTRED, _RIGHT = 0.5, 1.0
_SHORT_TABLE = 5
"""Rows from which a table is divided to keep its last row with the signatures."""
_SIGN_LINES, _FEW_SIGN_LINES = 5, 3
"""Empty lines for signature and stamp, and the least number that saves a page."""
_A3 = Format(
    width=420 * MM,
    height=297 * MM,
    left=20 * MM,
    right=400 * MM,
    top=15 * MM,
    bottom=280 * MM,
    body_sizes=(14.0,),
)
"""A3 in landscape, for lists on the notice board."""


def report_pdf(report: Report) -> bytes:
    """Return a report as PDF; the same report gives the same bytes.

    Raises Fault `paper_fonts_missing`.
    """
    flow = lay_out_report(report)
    return draw_pdf(flow.pages, report.title, TRAINING if report.issuer.training else "")


def lay_out_report(report: Report) -> PageFlow:
    """Return the laid out pages of a report.

    The last page has a row of a table: its signatures take less room, or the last row moves there with them.
    """
    load_faces()
    flow, is_alone = _laid_out(report)
    if is_alone:
        flow, is_alone = _laid_out(report, sign_lines=_FEW_SIGN_LINES)
    return _laid_out(report, moved=True)[0] if is_alone else flow


def _laid_out(report: Report, *, moved: bool = False, sign_lines: int = _SIGN_LINES) -> tuple[PageFlow, bool]:
    """Return the pages, and whether the last one has no row of a table.

    With `moved` the last row begins a page.
    """
    wide = any(sum(column.width for column in section.columns) > _PORTRAIT_WIDTH for section in report.sections)
    paper = _A3 if report.paper == "A3" else (LANDSCAPE if wide else FORMATS)[PaperSize(report.paper)]
    flow = PageFlow(
        paper, 11.5 if report.texts else paper.body_sizes[0] if report.paper != "A4" else 10.5, lambda _flow: None
    )
    _heading(flow, report)
    for text in report.texts:
        _text(flow, text)
    for section in report.sections:
        _section(flow, section, moved=moved and section is report.sections[-1])
    before = len(flow.pages)
    _remarks(flow, report)
    if report.signed:
        _closing(flow, report, sign_lines)
    is_alone = len(flow.pages) > before
    flow.add_footers(report.form, "", page_line)
    return flow, is_alone and report.signed


def _heading(flow: PageFlow, report: Report) -> None:
    issuer = report.issuer
    if issuer.unit and issuer.day:
        head = PaperHead(
            parent=issuer.parent,
            unit=issuer.unit,
            centre=issuer.centre,
            place=issuer.place,
            day=issuer.day.isoformat(),
            number=report.number,
        )
        issuer_and_nation(flow, head)
        flow.skip(2 * MM)
    if report.form:
        _form_number(flow, report)
    flow.text(para(report.title, BOLD, flow.title, _CENTRED))
    flow.text(para(period_line(report), BOLD if report.texts else ITALIC, 0, _CENTRED))
    if report.unit:
        flow.text(para(words.unit_line(report.unit), ITALIC, flow.small, _RIGHT))
    flow.skip(1.5 * MM)
    for fact in report.facts:
        flow.text(Para((Span(f"{fact.name}: "), Span(cell_text(fact.value, fact.kind), BOLD))))


def _form_number(flow: PageFlow, report: Report) -> None:
    """Set the number of the form on the left, both units on the right."""
    issuer, half = report.issuer, flow.format.measure / 2
    units = [
        para(f"{words.REPORTING_UNIT}: {issuer.unit}", REGULAR, flow.small),
        para(f"{words.RECEIVING_UNIT}: {issuer.parent}", REGULAR, flow.small),
    ]
    number = [para(report.form, BOLD, flow.small)]
    flow.columns([(flow.format.left, half, number), (flow.format.left + half * 1.2, half * 0.8, units)])
    flow.skip(1 * MM)


def _text(flow: PageFlow, block: ReportText) -> None:
    if block.level:
        face = BOLD if block.level == 1 else BOLD_ITALIC
        flow.text(para(block.text, face, before=1.5 * MM), reserve=2 * flow.body * SPACING)
    else:
        face = BOLD_ITALIC if block.blank else REGULAR
        flow.text(para(block.text, face, before=0.5 * MM))


def _section(flow: PageFlow, section: ReportSection, *, moved: bool) -> None:
    """Set a table, whose last row stays with the total.

    With `moved` the last row begins a page, or a short table with its title.
    """
    if moved and len(section.rows) < _SHORT_TABLE:
        flow.new_page()
    title = para(section.title, BOLD, before=2.5 * MM) if section.title else None
    columns = shown_columns(section)
    if not section.columns or (not section.rows and section.total is None):
        _empty_section(flow, section, title)
        return
    rows = [_cells(columns, row, number) for number, row in enumerate(section.rows, 1)]
    heads = [HeadCell(cell.text, cell.first, cell.last, cell.top, cell.bottom) for cell in heading_cells(columns)]
    size, first = _cell_size(flow, columns), rows[0] if rows else ()
    if title is None:
        flow.skip(1 * MM)
    table = ReportGrid(flow, _grid_columns(columns), heads, size, section.indexed, first=first, title=title)
    total = [] if section.total is None else _cells(columns, section.total, None)
    below = table.total_height(total) if total else 0
    for number, row in enumerate(rows, 1):
        if moved and number == len(rows) >= _SHORT_TABLE:
            table.new_page()
        table.row(row, reserve=below if number == len(rows) else 0)
    if total:
        table.total_row(total)


def _empty_section(flow: PageFlow, section: ReportSection, title: Para | None) -> None:
    if title is not None:
        flow.text(title, reserve=6 * flow.body * SPACING)
    flow.skip(1 * MM)
    if section.columns:
        flow.text(para(section.empty or words.EMPTY, ITALIC))


def _cells(columns: Sequence[ReportColumn], row: Row, number: int | None) -> list[tuple[str]]:
    return [(text,) for text in cell_texts(columns, row_values(columns, row, number))]


def _cell_size(flow: PageFlow, columns: Sequence[ReportColumn]) -> float:
    """Return a type size at which the columns are as wide as they ask for."""
    width = sum(column.width for column in columns)
    return max(7.0, min(flow.body - 1, flow.format.measure / width / 0.5))


def _grid_columns(columns: Sequence[ReportColumn]) -> list[Column]:
    return [Column(column.heading, column.width, _RIGHT if is_number(column) else 0) for column in columns]


def _remarks(flow: PageFlow, report: Report) -> None:
    """Set ratios, definitions, notes and identities that do not hold."""
    flow.skip(1.5 * MM)
    for ratio in report.ratios:
        value = cell_text(ratio.percent, ColumnKind.PERCENT)
        flow.text(
            Para(
                (Span(f"{ratio.name}: ", REGULAR), Span(f"{value}. ", BOLD), Span(ratio.definition, ITALIC)), flow.small
            )
        )
    for heading, definition in _definitions(report).items():
        flow.text(Para((Span(f"{heading}: ", BOLD), Span(definition, ITALIC)), flow.small))
    for note in report.notes:
        flow.text(para(note, ITALIC, flow.small))
    for check in report.checks:
        line = words.check_line(check.row, check.identity, check.expected, check.actual)
        flow.text(para(f"{words.NOT_BALANCED}: {line}", BOLD, flow.small))


def _definitions(report: Report) -> Mapping[str, str]:
    """Return the definitions of the columns by heading."""
    return {
        column.heading: column.definition
        for section in report.sections
        for column in section.columns
        if column.definition
    }


def _closing(flow: PageFlow, report: Report, sign_lines: int) -> None:
    """Set recipients, compiler and head side by side on one page."""
    small, body = flow.small, flow.body
    recipients = [
        para(words.RECIPIENTS, BOLD_ITALIC, small),
        *(para(f"- {r}", REGULAR, small) for r in report.recipients),
    ]
    signature = [para(words.HEAD_SIGNS, BOLD, 0, _CENTRED), para(words.HEAD_HINT, ITALIC, small, _CENTRED)]
    compiler = [para(words.COMPILER_SIGNS, BOLD, 0, _CENTRED), para(words.COMPILER_HINT, ITALIC, small, _CENTRED)]
    flow.skip(4 * MM)
    flow.ensure_height((3 + sign_lines + 1) * body * SPACING)
    left, measure = flow.format.left, flow.format.measure
    thirds = ((left, measure * 0.36), (left + measure * 0.36, measure * 0.28), (left + measure * 0.64, measure * 0.36))
    top, page = flow.y, len(flow.pages)
    flow.columns([(*thirds[1], [] if report.texts else compiler), (*thirds[2], signature)])
    flow.y = max(flow.y, top + (3 + sign_lines - 1) * body * SPACING)
    flow.columns([(*thirds[2], [para(report.issuer.signer, BOLD, 0, _CENTRED)])])
    end = flow.y
    if len(flow.pages) == page:
        flow.y = top
        flow.columns([(*thirds[0], recipients)])
        flow.move_below(page, end)
