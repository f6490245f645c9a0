"""Giấy tiếp nhận nhiều hồ sơ: one receipt for all dossiers of a visit.

Each dossier has its own barcode.
"""

from collections.abc import Sequence
from datetime import datetime

from app.printing.documents.lists import BatchReceipt, BatchRow
from app.printing.forms.receipt import field, pair
from app.printing.forms.roll_receipts import roll_heading, roll_signatures
from app.printing.layout.barcode import Symbol, key_barcode
from app.printing.layout.closing import set_closing, signature_block
from app.printing.layout.heading import heading, set_key_barcode
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines
from app.wording.documents import batch_receipt as receipt_words
from app.wording.documents import forms as words

_BARCODE_HEIGHT = 8 * MM
_BARCODE_WIDTH = 56 * MM
"""Width of a barcode with its quiet zones."""
_DIGIT_SIZE = 9


def batch_receipt(flow: PageFlow, doc: BatchReceipt, copy: str) -> None:
    """Set one copy on A4 or A5."""
    heading(flow, doc.head, doc.identity, "batch", copy, beside=_submitter_lines(doc))
    _visit_lines(flow, doc)
    _rule_across(flow)
    for number, row in enumerate(doc.rows, 1):
        _row_with_barcode(flow, number, row, doc)
    last = [_total_line(doc), *([para(doc.lookup, ITALIC, flow.body - 1)] if doc.lookup else [])]
    for line in last[:-1]:
        flow.text(line)
    submitter = signature_block(flow, words.SUBMITTER_SIGNS, "")
    clerk = signature_block(flow, words.CLERK_SIGNS, doc.clerk, words.SIGN_HINT, words.CLERK_DIGITAL)
    set_closing(flow, last[-1], (submitter, clerk))


def roll_batch_receipt(flow: PageFlow, doc: BatchReceipt, copy: str) -> None:
    """Set one copy on a roll and cut the page at its end."""
    roll_heading(flow, doc.head, doc.identity, "batch", copy)
    for line in _submitter_lines(doc):
        flow.text(line)
    _visit_lines(flow, doc)
    for number, row in enumerate(doc.rows, 1):
        _rule_across(flow)
        flow.skip(1.5 * MM)
        for line in (*_title_lines(number, row), *_detail_lines(row, doc)):
            flow.text(line)
        flow.skip(1 * MM)
        set_key_barcode(flow, row.key, flow.format.left, flow.format.measure)
    _rule_across(flow)
    flow.text(_total_line(doc))
    if doc.lookup:
        flow.text(para(doc.lookup, ITALIC, flow.small))
    roll_signatures(flow, words.SUBMITTER_SIGNS, doc.clerk)
    flow.cut()


def _submitter_lines(doc: BatchReceipt) -> list[Para]:
    return [
        field(words.SUBMITTER, doc.submitter.name, BOLD),
        field(words.ID_NUMBER, doc.submitter.id_number),
        field(words.ADDRESS, doc.submitter.address),
    ]


def _visit_lines(flow: PageFlow, doc: BatchReceipt) -> None:
    """Set contact, counter, time range, return method and number of dossiers."""
    flow.fields(pair(words.PHONE, doc.submitter.phone), pair(words.EMAIL, doc.submitter.email))
    flow.text(para(f"{words.CENTRE} {doc.head.unit}", REGULAR))
    first, last = (datetime.fromisoformat(each) for each in (doc.first_at, doc.last_at))
    flow.text(field(words.RECEIVED, receipt_words.time_range(first, last)))
    if _same_return_place(doc):
        flow.text(field(words.RETURN_BY, words.return_by(doc.rows[0].return_by)))
    flow.text(field(receipt_words.COUNT, receipt_words.dossiers(len(doc.rows)), BOLD))


def _same_return_place(doc: BatchReceipt) -> bool:
    """Return whether all results are returned in the same way."""
    return len({row.return_by for row in doc.rows}) == 1


def _title_lines(number: int, row: BatchRow) -> list[Para]:
    """Return code, place in the register, and procedure."""
    place = Span(f" · {receipt_words.register_entry(row.volume, row.serial)}")
    return [Para((Span(f"{number}. {row.code}", BOLD), place)), para(row.procedure, REGULAR)]


def _detail_lines(row: BatchRow, doc: BatchReceipt) -> list[Para]:
    """Return applicant, due date and fee."""
    due_at = datetime.fromisoformat(row.due_at) if row.due_at else None
    lines = [
        field(words.APPLICANT, row.applicant),
        field(receipt_words.DUE, receipt_words.due(due_at) if due_at else row.due_note or words.NO_APPOINTMENT, BOLD),
        field(words.FEE, receipt_words.UNKNOWN if row.fee is None else words.fee(row.fee)),
    ]
    return (
        lines if _same_return_place(doc) else [*lines, field(receipt_words.RETURN_BY, words.return_by(row.return_by))]
    )


def _row_with_barcode(flow: PageFlow, number: int, row: BatchRow, doc: BatchReceipt) -> None:
    """Set one dossier on one page: text on the left, barcode on the right."""
    title_lines, detail_lines = _title_lines(number, row), _detail_lines(row, doc)
    symbol = key_barcode(row.key, _BARCODE_HEIGHT)
    barcode_height = symbol.height + 1 + _DIGIT_SIZE * SPACING
    text_width = flow.format.measure - _BARCODE_WIDTH
    details_height = max(_text_height(flow, detail_lines, text_width), barcode_height)
    flow.ensure_height(_text_height(flow, title_lines, flow.format.measure) + details_height + 4 * MM)
    flow.skip(1 * MM)
    for line in title_lines:
        flow.text(line)
    top = flow.y + 0.7 * MM
    _draw_barcode(flow, symbol, row.key, top)
    flow.columns([(flow.format.left, text_width, detail_lines)])
    flow.y = max(flow.y, top + barcode_height)
    _rule_across(flow)


def _text_height(flow: PageFlow, lines: Sequence[Para], width: float) -> float:
    return sum(len(break_lines(line.spans, flow.body, width)) for line in lines) * flow.body * SPACING


def _draw_barcode(flow: PageFlow, symbol: Symbol, key: str, top: float) -> None:
    """Draw the barcode at the right with its digits; keep the text height."""
    x, text_y = flow.format.right - _BARCODE_WIDTH + (_BARCODE_WIDTH - symbol.width) / 2, flow.y
    flow.place_code(symbol, x, top)
    (digits,) = break_lines((Span(key),), _DIGIT_SIZE, _BARCODE_WIDTH)
    flow.y = top + symbol.height + 1
    flow.line(digits, _DIGIT_SIZE, x + (symbol.width - digits.width) / 2)
    flow.y = text_y


def _rule_across(flow: PageFlow) -> None:
    """Draw a line over the full width."""
    flow.skip(1 * MM)
    flow.rule(flow.format.left, flow.y, flow.format.right, flow.y)


def _total_line(doc: BatchReceipt) -> Para:
    return Para(
        (Span(f"{receipt_words.TOTAL}: "), Span(receipt_words.total([row.fee for row in doc.rows]), BOLD)),
        before=1.5 * MM,
    )
