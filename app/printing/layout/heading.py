"""The heading of a document.

On top are the issuing unit and the national motto, then number, place and day. Below are the QR code on the left and
title, copy, dossier code and barcode beside it.
"""

from collections.abc import Sequence
from datetime import date

from app.models.forms.layout import FormLayout
from app.printing.documents.parts import Identity, PaperHead
from app.printing.layout.barcode import key_barcode, qr
from app.printing.layout.page_flow import MM, SPACING, Format, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines
from app.wording.documents import forms as words

_BARCODE_HEIGHT = 10 * MM
_BARCODE_WIDTH = 54 * MM
_DIGIT_SIZE = 9
_GAP = 2 * MM
_UNIT_PART = 0.44


def new_page_flow(size: Format, body: float, identity: Identity) -> PageFlow:
    """Return a page flow whose later pages repeat the code and its barcode."""
    return PageFlow(size, body, lambda flow: _running_head(flow, identity))


def heading(
    flow: PageFlow,
    head: PaperHead,
    identity: Identity,
    layout: FormLayout,
    copy: str = "",
    subtitle: str = "",
    beside: Sequence[Para] = (),
) -> None:
    """Set everything above the first line of a form.

    `beside` are lines in the column beside the QR code.
    """
    issuer_and_nation(flow, head)
    flow.skip(_GAP)
    left, page, under = _place_qr(flow, identity)
    width = flow.format.right - left
    captions = [para(text, ITALIC, 0, 0.5) for text in (subtitle, words.copy_line(copy, identity.reprint))]
    label = layout.code_label
    code = Para((Span(f"{label}: "), Span(identity.code if label else "", BOLD)), flow.title, 0.5)
    lines = [*title(flow, layout.title, width), *captions, code]
    flow.columns([(left, width, [line for line in lines if line.spans[-1].text])])
    flow.skip(1 * MM)
    set_key_barcode(flow, identity.key, left, width)
    if beside:
        flow.columns([(left, width, beside)])
    flow.move_below(page, under)


def roll_heading(flow: PageFlow, head: PaperHead, identity: Identity, layout: FormLayout, copy: str) -> None:
    """Set the codes, and below them everything above the form's first line."""
    _roll_codes(flow, identity)
    small = flow.small
    code = identity.code
    lines = [
        para(words.NATION, BOLD, small, 0.5, before=2 * MM),
        para(words.MOTTO, BOLD, small, 0.5),
        para(head.parent.upper(), REGULAR, small, 0.5, before=1 * MM),
        para(head.unit.upper(), BOLD, small, 0.5),
        para(head.centre.upper(), BOLD, small, 0.5),
        para(" ", REGULAR, small - 4),
        *title(flow, layout.title, flow.format.measure),
        para(words.copy_line(copy, identity.reprint), ITALIC, small, 0.5),
        Para((Span(f"{layout.code_label}: " if code else ""), Span(code, BOLD)), flow.title, 0.5),
        para(f"{words.NUMBER}: {head.number}" if head.number else "", REGULAR, small, 0.5),
        para(layout.footer, ITALIC, small, 0.5),
    ]
    for line in lines:
        if line.spans[0].text:
            flow.text(line)
    flow.skip(2 * MM)


def _roll_codes(flow: PageFlow, identity: Identity) -> None:
    left, measure = flow.format.left, flow.format.measure
    if identity.qr_text:
        symbol = qr(identity.qr_text, measure)
        flow.place_code(symbol, left + (measure - symbol.width) / 2, flow.y)
        flow.y += symbol.height + symbol.quiet
    set_key_barcode(flow, identity.key, left, measure)


def title(flow: PageFlow, halves: Sequence[str], width: float) -> list[Para]:
    """Return the form's name on one line if it fits, else on two."""
    one_line = (Span(" ".join(halves), BOLD),)
    fits = len(break_lines(one_line, flow.title, width)) == 1
    return [para(half, BOLD, flow.title, 0.5) for half in ([one_line[0].text] if fits else halves)]


def set_key_barcode(flow: PageFlow, key: str, left: float, width: float) -> None:
    """Set the barcode of a key with its digits below, centred.

    Sets nothing for an empty key.
    """
    if not key:
        return
    symbol = key_barcode(key, _BARCODE_HEIGHT)
    flow.ensure_height(symbol.height + 1 + _DIGIT_SIZE * SPACING)
    flow.place_code(symbol, left + (width - symbol.width) / 2, flow.y)
    flow.y += symbol.height + 1
    (digits,) = break_lines((Span(key),), _DIGIT_SIZE, width)
    flow.line(digits, _DIGIT_SIZE, left + (width - digits.width) / 2)
    flow.y += _DIGIT_SIZE * SPACING


def issuer_and_nation(flow: PageFlow, head: PaperHead) -> None:
    """Set issuing unit and national motto, then number, place and day."""
    left, measure = flow.format.left, flow.format.measure
    unit = (left, measure * _UNIT_PART)
    nation = (left + measure * _UNIT_PART, measure * (1 - _UNIT_PART))
    size = min(flow.body, measure / (129 * MM) * 9.5)
    motto = [para(words.NATION, BOLD, size, 0.5), para(words.MOTTO, BOLD, size + 0.7, 0.5, rule=1)]
    flow.columns([(*unit, _issuer(head, size)), (*nation, motto)])
    number = [para(f"{words.NUMBER}: {head.number}", REGULAR, size, 0.5)] if head.number else []
    dated = words.place_and_day(head.place, date.fromisoformat(head.day))
    flow.columns([(*unit, number), (*nation, [para(dated, ITALIC, size, 0.5)])])


def _issuer(head: PaperHead, size: float) -> list[Para]:
    """Return the issuer's lines: parent, unit, centre."""
    upper = [para(head.parent.upper(), REGULAR, size, 0.5)] if head.parent else []
    names = [name.upper() for name in (head.unit, head.centre) if name]
    lower = [para(name, BOLD, size, 0.5, rule=0.4 * (name is names[-1])) for name in names]
    return upper + lower


def _place_qr(flow: PageFlow, identity: Identity) -> tuple[float, int, float]:
    """Place the QR code; return where text may continue.

    The result is the left edge of text beside the code, its page, and the height of text below it.
    """
    if not identity.qr_text:
        return flow.format.left, len(flow.pages), flow.y
    symbol = qr(identity.qr_text, flow.format.measure - _BARCODE_WIDTH - _GAP)
    flow.ensure_height(symbol.height + symbol.quiet)
    flow.place_code(symbol, flow.format.left, flow.y)
    left = flow.format.left + symbol.width + symbol.quiet
    return left, len(flow.pages), flow.y + symbol.height + symbol.quiet


def _running_head(flow: PageFlow, identity: Identity) -> None:
    """Set the heading of later pages: code on the left, barcode on the right.

    Sets nothing without a dossier.
    """
    if not identity.code:
        return
    top = flow.y
    width = flow.format.measure - _BARCODE_WIDTH
    for line in break_lines((Span(f"{words.CODE}: "), Span(identity.code, BOLD)), flow.body, width):
        flow.line(line, flow.body, flow.format.left)
        flow.y += flow.body * SPACING
    text_end, flow.y = flow.y, top
    set_key_barcode(flow, identity.key, flow.format.right - _BARCODE_WIDTH, _BARCODE_WIDTH)
    flow.y = max(flow.y, text_end) + _GAP
