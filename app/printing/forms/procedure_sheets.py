"""Procedure sheets for the shelf, single or bound with a contents page."""

from itertools import groupby

from app.models.enums import PaperSize
from app.printing.documents.parts import PaperHead
from app.printing.documents.posted import ProcedureBooklet, ProcedureSheet
from app.printing.layout.barcode import qr
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import issuer_and_nation
from app.printing.layout.page_flow import FORMATS, MM, SPACING, PageFlow, Para, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, ITALIC, Span, load_faces
from app.wording.documents import posted as words
from app.wording.documents.forms import TRAINING, page_line

_PAPER_SHARES = (8, 92, 28, 18, 18)
_CONTENT_SHARES = (24, 120, 16)
_CENTRED, _RIGHT = 0.5, 1.0
_QR_WIDTH = 30 * MM


def procedure_sheets(booklet: ProcedureBooklet, paper: PaperSize) -> tuple[bytes, int]:
    """Return the PDF of sheets, and its number of pages.

    Each sheet begins on a page of its own.
    """
    load_faces()
    flows = [_sheet(booklet, sheet, paper) for sheet in booklet.sheets]
    contents = _contents(booklet, [len(flow.pages) for flow in flows], paper) if booklet.contents else []
    flow = PageFlow(FORMATS[paper], FORMATS[paper].body_sizes[-1], lambda _flow: None)
    flow.pages = [page for each in (*contents, *flows) for page in each.pages]
    flow.add_footers(booklet.title or words.SHEET_TITLE.capitalize(), "", page_line)
    title = booklet.title or booklet.sheets[0].name
    return draw_pdf(flow.pages, title, TRAINING if booklet.issuer.training else ""), len(flow.pages)


def _new_flow(paper: PaperSize) -> PageFlow:
    size = FORMATS[paper]
    return PageFlow(size, size.body_sizes[-1], lambda _flow: None)


def _head(flow: PageFlow, booklet: ProcedureBooklet) -> None:
    issuer = booklet.issuer
    if issuer.day is not None:
        day = issuer.day.isoformat()
        issuer_and_nation(flow, PaperHead(issuer.parent, issuer.unit, issuer.centre, issuer.place, day))
        flow.skip(2 * MM)


def _contents(booklet: ProcedureBooklet, lengths: list[int], paper: PaperSize) -> list[PageFlow]:
    """Return the contents; its own length moves the pages of the sheets."""
    own = 1
    while True:
        flow = _contents_from(booklet, lengths, own + 1, paper)
        if len(flow.pages) == own:
            return [flow]
        own = len(flow.pages)


def _contents_from(booklet: ProcedureBooklet, lengths: list[int], first: int, paper: PaperSize) -> PageFlow:
    flow = _new_flow(paper)
    _head(flow, booklet)
    flow.text(para(booklet.title, BOLD, flow.title, _CENTRED))
    flow.text(para(words.CONTENTS, BOLD, 0, _CENTRED, before=1 * MM))
    page = first
    numbered = []
    for sheet, length in zip(booklet.sheets, lengths, strict=True):
        numbered.append((sheet, page))
        page += length
    for field, group in groupby(numbered, key=lambda each: each[0].field):
        lines = list(group)
        title = words.field_title(field, len(lines))
        flow.text(para(title, BOLD, before=2 * MM), reserve=4 * flow.body * SPACING)
        flow.skip(1 * MM)
        columns = [
            Column(words.CODE, _CONTENT_SHARES[0]),
            Column(words.NAME, _CONTENT_SHARES[1]),
            Column(words.PAGE, _CONTENT_SHARES[2], _RIGHT),
        ]
        table = GridTable(flow, columns, flow.small)
        for sheet, number in lines:
            table.row([(sheet.code,), (sheet.name,), (str(number),)])
    return flow


def _sheet(booklet: ProcedureBooklet, sheet: ProcedureSheet, paper: PaperSize) -> PageFlow:
    flow = _new_flow(paper)
    _head(flow, booklet)
    symbol = qr(sheet.code, _QR_WIDTH)
    top = flow.y
    flow.place_code(symbol, flow.format.right - symbol.width, top)
    width = flow.format.measure - symbol.width - symbol.quiet - 2 * MM
    title = [
        para(words.SHEET_TITLE, BOLD, 0, _CENTRED),
        para(sheet.name, BOLD, flow.title, _CENTRED, before=1 * MM),
        Para((Span(f"{words.CODE}: "), Span(sheet.code, BOLD)), 0, _CENTRED),
    ]
    flow.columns([(flow.format.left, width, title)])
    flow.move_below(1, top + symbol.height + symbol.quiet)
    facts = (
        (words.FIELD, sheet.field),
        (words.LIMIT, sheet.limit),
        (words.LAW_LIMIT, sheet.law),
        (words.FEE, sheet.fee),
        (words.RELIEFS, sheet.reliefs),
        (words.ADVICE, sheet.advice),
        (words.WHERE, booklet.where),
        (words.HOURS, booklet.hours),
        (words.LOOKUP, booklet.lookup),
    )
    for label, value in facts:
        if value:
            flow.text(Para((Span(f"{label}: "), Span(value, BOLD)), before=0.6 * MM))
    _papers(flow, sheet)
    flow.text(para(words.QR_HINT, ITALIC, flow.small, before=1.5 * MM))
    return flow


def _papers(flow: PageFlow, sheet: ProcedureSheet) -> None:
    flow.text(para(words.PAPERS, BOLD, before=2 * MM), reserve=4 * flow.body * SPACING)
    if not sheet.papers:
        flow.text(para(words.PAPERS_UNKNOWN, ITALIC))
        return
    flow.skip(1 * MM)
    aligned = {0: _CENTRED, 3: _CENTRED, 4: _CENTRED}
    named = enumerate(zip(words.PAPER_COLUMNS, _PAPER_SHARES, strict=True))
    columns = [Column(name, share, aligned.get(place, 0)) for place, (name, share) in named]
    table = GridTable(flow, columns, flow.body - 1)
    for number, each in enumerate(sheet.papers, 1):
        table.row([(str(number),), (each.name,), (each.handling,), (each.originals,), (each.copies,)])
