"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả on A4 and A5.

It follows Mẫu số 01 of TT 03/2025/TT-VPCP line by line.
"""

from datetime import datetime

from app.printing.documents.dossier import PaperRow, Receipt
from app.printing.documents.parts import Party
from app.printing.layout.barcode import QR_DOTS, Symbol, qr
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines
from app.wording.documents import forms as words

_SIGNATURE_HEIGHT = 3.3 * MM
"""Height of the signatures per point of type size, from their labels to the clerk's name."""

_MIN_TABLE_LINES = 5
"""Minimum lines of the table of papers: two of headings and three of a paper."""


def receipt(flow: PageFlow, doc: Receipt, copy: str, for_office: bool) -> None:
    """Set one copy; the office's copy has the archive code."""
    heading(flow, doc.head, doc.identity, "receipt", copy)
    set_people(flow, doc)
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    _papers(flow, doc.papers)
    for line in quantity_lines(doc):
        flow.fields(*line)
    for paragraph in promise_lines(doc):
        flow.text(paragraph)
    stored = doc.identity.store_qr if for_office else ""
    _closing(flow, doc, stored)


def pair(label: str, value: str, face: str = REGULAR) -> tuple[Span, Span]:
    """Return label and value; dots to fill in by hand for an empty value."""
    return Span(f"{label}: "), Span(value or words.BLANK, face if value else REGULAR)


def field(label: str, value: str, face: str = REGULAR) -> Para:
    """Return label and value as one paragraph."""
    return Para(pair(label, value, face))


def set_people(flow: PageFlow, doc: Receipt) -> None:
    """Set lines 2 to 6: counter, submitter, applicant, principal."""
    flow.text(para(f"{words.CENTRE} {doc.head.unit}", REGULAR))
    flow.text(field(words.SUBMITTER, doc.submitter.name, BOLD))
    _particulars(flow, doc.submitter)
    if doc.applicant:
        flow.text(field(words.APPLICANT, doc.applicant.name, BOLD))
        _particulars(flow, doc.applicant)
    if doc.co_applicants:
        flow.text(field(words.CO_APPLICANTS, doc.co_applicants, BOLD))
    if doc.principal:
        flow.text(field(words.PRINCIPAL, doc.principal.name, BOLD))
        p = doc.principal
        _particulars(flow, Party(p.name, p.id_number, p.address, p.phone, p.email))
        flow.text(field(words.AUTHORITY, p.authority))


def _particulars(flow: PageFlow, party: Party) -> None:
    flow.text(field(words.ID_NUMBER, party.id_number))
    flow.text(field(words.ADDRESS, party.address))
    flow.fields(pair(words.PHONE, party.phone), pair(words.EMAIL, party.email))


def promise_lines(doc: Receipt) -> list[Para]:
    """Return lines 10 to 13: term, received, due, and where to return."""
    due_at = datetime.fromisoformat(doc.due_at) if doc.due_at else None
    received = datetime.fromisoformat(doc.received_at)
    return [
        field(words.TERM, doc.term),
        field(words.RECEIVED, words.appointment(received, "")),
        field(words.APPOINTMENT, words.appointment(due_at, doc.due_note), BOLD),
        field(words.RETURN_BY, words.return_by(doc.return_by)),
        *([field(words.ADVICE, doc.advice)] if doc.advice else []),
    ]


def quantity_lines(doc: Receipt) -> list[list[tuple[Span, Span]]]:
    """Return line 9: sets and fee, certified pages and copies, exemption."""
    fee = [] if doc.fee is None else [pair(words.FEE, words.fee(doc.fee))]
    lines = [[pair(words.QUANTITY, words.quantity(doc.quantity)), *fee]]
    if doc.pages:
        lines.append([pair(words.PAGES, str(doc.pages)), pair(words.COPIES, str(doc.copies))])
    if doc.exempt:
        lines.append([pair(words.RELIEF if doc.fee else words.EXEMPT, doc.exempt)])
    return lines


def _papers(flow: PageFlow, rows: tuple[PaperRow, ...]) -> None:
    flow.text(Para((Span(f"{words.PAPERS}:"),)), reserve=2 * MM + _MIN_TABLE_LINES * (flow.body - 1) * SPACING)
    flow.skip(1 * MM)
    shares = (7, 62, 14, 20, 24)
    columns = [
        Column(heading, part, 0 if number == 1 else 0.5)
        for number, (heading, part) in enumerate(zip(words.PAPER_COLUMNS, shares, strict=True))
    ]
    table = GridTable(flow, columns, flow.body - 1)
    for number, row in enumerate(rows, 1):
        counts = [str(count) if count else "" for count in (row.originals, row.copies)]
        table.row([(text,) for text in (str(number), row.name, *counts, words.handling(row.handling))])
    flow.skip(1.5 * MM)


def _closing(flow: PageFlow, doc: Receipt, stored: str) -> None:
    """Set the last lines and the signatures on the same page."""
    last = [para(words.register_line(doc.volume, doc.serial), REGULAR)]
    if doc.lookup:
        last.append(para(doc.lookup, ITALIC, flow.body - 1))
    for paragraph in last[:-1]:
        flow.text(paragraph)
    symbol = archive_symbol(flow, stored) if stored else None
    space = max(_SIGNATURE_HEIGHT * flow.body, symbol.height + symbol.quiet + flow.small * SPACING if symbol else 0)
    flow.text(last[-1], reserve=2 * MM + space)
    flow.skip(2 * MM)
    _signatures(flow, doc.clerk, symbol)


def _signatures(flow: PageFlow, clerk: str, stored: Symbol | None) -> None:
    """Set the submitter left, the clerk right, the archive code between."""
    left, measure, top = flow.format.left, flow.format.measure, flow.y
    share = measure / 2
    if stored:
        share = (measure - stored.width) / 2 - stored.quiet
        set_archive_code(flow, stored, left + (measure - stored.width) / 2)
    clerk_column = (left + measure - share, share)
    size = min(flow.body, share / (48 * MM) * 10)
    submitter = [para(words.SUBMITTER_SIGNS, BOLD, size, 0.5), para(words.SIGN_HINT, ITALIC, flow.small, 0.5)]
    clerk_label = [para(words.CLERK_SIGNS, BOLD, size, 0.5)]
    clerk_label += [para(hint, ITALIC, flow.small, 0.5) for hint in (words.SIGN_HINT, words.CLERK_DIGITAL)]
    flow.columns([(left, share, submitter), (*clerk_column, clerk_label)])
    flow.y = max(flow.y, top + (_SIGNATURE_HEIGHT - SPACING) * flow.body)
    flow.columns([(*clerk_column, [para(clerk, BOLD, 0, 0.5)])])


def archive_symbol(flow: PageFlow, text: str) -> Symbol:
    """Return the archive code; smaller on A5 to leave space to sign."""
    return qr(text, flow.format.measure / 3, QR_DOTS if flow.format.measure > 150 * MM else QR_DOTS - 1)


def set_archive_code(flow: PageFlow, symbol: Symbol, x: float) -> None:
    """Set the archive code at the current height and its caption below."""
    flow.place_code(symbol, x, flow.y)
    base = flow.y + symbol.height + symbol.quiet + flow.small
    line = break_lines((Span(words.STORED_CODE, ITALIC),), flow.small, flow.format.measure)[0]
    start = x + (symbol.width - line.width) / 2
    flow.page.runs += [(start + dx, base, flow.small, face, text) for dx, face, text in line.pieces]
