"""The last lines and signatures of a form, and the archive code."""

from dataclasses import dataclass

from app.models.forms.layout import ArchiveBlock, ClosingBlock, Signature, TransferBlock
from app.printing.composed.lines import line_paras, pairs
from app.printing.composed.values import Values
from app.printing.layout.barcode import QR_DOTS, Symbol, qr
from app.printing.layout.closing import SignatureBlock, closing_height, set_closing, signature_block
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines
from app.wording.documents import forms as words

_SIGNATURE_HEIGHT = 3.3 * MM
"""Height of the signatures per point of type size, from their labels to the clerk's name."""
_ROLL_SIGNATURE_HEIGHT = 14 * MM
_LABEL_WIDTH = 48 * MM
_TRANSFER_WIDTH = 32 * MM
_GAP = 3 * MM


def set_last_part(flow: PageFlow, block: ClosingBlock, values: Values) -> None:
    """Set the last lines and the signatures on the same page."""
    if block.keep_lines:
        flow.ensure_height(closing_height(flow) + block.keep_lines * flow.body * SPACING)
    last = line_paras(flow, block.last, values) or [para(" ", REGULAR)]
    for paragraph in last[:-1]:
        flow.text(paragraph)
    set_closing(flow, last[-1], [_signature(flow, each, values, len(block.signatures)) for each in block.signatures])


def _signature(flow: PageFlow, signature: Signature, values: Values, blocks: int) -> SignatureBlock:
    if signature.lines:
        return SignatureBlock(tuple(line_paras(flow, signature.lines, values)))
    if not signature.label:
        return SignatureBlock()
    return signature_block(flow, signature.label, _name(signature, values), *signature.hints, blocks=max(blocks, 2))


def _name(signature: Signature, values: Values) -> str:
    return signature.name.fill(values.texts) if signature.name else ""


@dataclass(frozen=True)
class CentreCode:
    """Code between two signatures, with its caption."""

    symbol: Symbol
    caption: str


def archive_code(flow: PageFlow, text: str) -> CentreCode:
    """Return the archive code of the office's copy."""
    return CentreCode(archive_symbol(flow, text), words.STORED_CODE)


def transfer_code(text: str, caption: str) -> CentreCode:
    """Return the VietQR code of a transfer."""
    return CentreCode(qr(text, _TRANSFER_WIDTH), caption)


def set_archive_closing(flow: PageFlow, block: ClosingBlock, values: Values, centre: CentreCode | None) -> None:
    """Set the last lines and two signatures with a code between."""
    last = line_paras(flow, block.last, values) or [para(" ", REGULAR)]
    for paragraph in last[:-1]:
        flow.text(paragraph)
    symbol = None if centre is None else centre.symbol
    space = max(_SIGNATURE_HEIGHT * flow.body, symbol.height + symbol.quiet + flow.small * SPACING if symbol else 0)
    flow.text(last[-1], reserve=2 * MM + space)
    flow.skip(2 * MM)
    _archive_signatures(flow, block, values, centre)


def _archive_signatures(flow: PageFlow, block: ClosingBlock, values: Values, centre: CentreCode | None) -> None:
    left, measure, top = flow.format.left, flow.format.measure, flow.y
    share = measure / 2
    if centre:
        symbol = centre.symbol
        share = (measure - symbol.width) / 2 - symbol.quiet
        _set_code(flow, centre, left + (measure - symbol.width) / 2)
    right = (left + measure - share, share)
    size = min(flow.body, share / _LABEL_WIDTH * 10)
    first, second = block.signatures
    flow.columns([(left, share, _labels(flow, first, size)), (*right, _labels(flow, second, size))])
    flow.y = max(flow.y, top + (_SIGNATURE_HEIGHT - SPACING) * flow.body)
    names = [[para(name, BOLD, 0, 0.5)] if (name := _name(each, values)) else [] for each in (first, second)]
    flow.columns([(left, share, names[0]), (*right, names[1] or [para("", BOLD, 0, 0.5)])])


def _labels(flow: PageFlow, signature: Signature, size: float) -> list[Para]:
    return [
        para(signature.label, BOLD, size, 0.5),
        *(para(hint, ITALIC, flow.small, 0.5) for hint in signature.hints),
    ]


def archive_symbol(flow: PageFlow, text: str) -> Symbol:
    """Return the archive code; smaller on A5 to leave space to sign."""
    return qr(text, flow.format.measure / 3, QR_DOTS if flow.format.measure > 150 * MM else QR_DOTS - 1)


def _set_code(flow: PageFlow, code: CentreCode, x: float) -> None:
    """Set a code at the current height and its caption below."""
    symbol = code.symbol
    flow.place_code(symbol, x, flow.y)
    base = flow.y + symbol.height + symbol.quiet + flow.small
    line = break_lines((Span(code.caption, ITALIC),), flow.small, flow.format.measure)[0]
    start = x + (symbol.width - line.width) / 2
    flow.page.runs += [(start + dx, base, flow.small, face, text) for dx, face, text in line.pieces]


def set_archive_fields(flow: PageFlow, block: ArchiveBlock, values: Values, stored: str) -> None:
    """Set fields with the archive code on the right."""
    width, page, code_end = flow.format.measure, len(flow.pages), flow.y
    if stored:
        code = archive_code(flow, stored)
        symbol = code.symbol
        _set_code(flow, code, flow.format.right - symbol.width)
        width -= symbol.width + symbol.quiet
        code_end = flow.y + symbol.height + symbol.quiet + flow.small * SPACING
    flow.columns([(flow.format.left, width, [Para(each) for each in pairs(block.fields, values)])])
    flow.move_below(page, code_end)


def set_transfer(flow: PageFlow, block: TransferBlock, text: str) -> None:
    """Set the VietQR code of a transfer with its caption beside it.

    Sets nothing for an empty text.
    """
    if not text:
        return
    symbol = qr(text, _TRANSFER_WIDTH)
    flow.skip(symbol.quiet)
    flow.ensure_height(symbol.height + symbol.quiet)
    top = flow.y
    flow.place_code(symbol, flow.format.left + symbol.quiet, top)
    left = flow.format.left + symbol.width + 2 * symbol.quiet + _GAP
    flow.columns([(left, flow.format.right - left, [para(block.caption, REGULAR)])])
    flow.y = top + symbol.height + symbol.quiet


def set_roll_closing(flow: PageFlow, block: ClosingBlock, values: Values) -> None:
    """Set the last lines and two signatures side by side on a roll."""
    for paragraph in line_paras(flow, block.last, values, roll=True):
        flow.text(paragraph)
    half, small = flow.format.measure / 2, flow.small
    sides = ((flow.format.left, half), (flow.format.left + half, half))
    flow.skip(2 * MM)
    shown = [each for each in block.signatures if each.label][:2]
    places = list(zip(sides[-len(shown) :], shown, strict=True)) if shown else []
    flow.columns([(*side, _roll_labels(flow, each)) for side, each in places])
    flow.y += _ROLL_SIGNATURE_HEIGHT
    named = [(*side, [para(_name(each, values), BOLD, small, 0.5)]) for side, each in places if each.name]
    if named:
        flow.columns(named)


def _roll_labels(flow: PageFlow, signature: Signature) -> list[Para]:
    size = flow.small - 1
    return [
        para(signature.label, BOLD, size, 0.5),
        *(para(hint, ITALIC, size, 0.5) for hint in signature.hints[:1]),
    ]
