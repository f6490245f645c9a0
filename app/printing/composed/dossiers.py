"""Dossiers of a list, each with its own barcode."""

from collections.abc import Sequence

from app.models.forms.layout import DossiersBlock
from app.printing.composed.lines import line_paras, pairs
from app.printing.composed.values import Values
from app.printing.layout.barcode import Symbol, key_barcode
from app.printing.layout.heading import set_key_barcode
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para
from app.printing.layout.text_metrics import Span, break_lines

_BARCODE_HEIGHT = 8 * MM
_BARCODE_WIDTH = 56 * MM
"""Width of a barcode with its quiet zones."""
_DIGIT_SIZE = 9


def set_dossiers(flow: PageFlow, block: DossiersBlock, values: Values) -> None:
    """Set the dossiers with lines between them."""
    _rule_across(flow)
    for item in values.items(block.each):
        texts = line_paras(flow, block.texts, item)
        _row(flow, item.texts["row_key"], texts, [Para(each) for each in pairs(block.fields, item)])


def set_roll_dossiers(flow: PageFlow, block: DossiersBlock, values: Values) -> None:
    """Set the dossiers on a roll, each with its barcode below."""
    for item in values.items(block.each):
        _rule_across(flow)
        flow.skip(1.5 * MM)
        fields = [Para(each) for each in pairs(block.fields, item)]
        for line in (*line_paras(flow, block.texts, item, roll=True), *fields):
            flow.text(line)
        flow.skip(1 * MM)
        set_key_barcode(flow, item.texts["row_key"], flow.format.left, flow.format.measure)
    _rule_across(flow)


def _row(flow: PageFlow, key: str, texts: Sequence[Para], fields: Sequence[Para]) -> None:
    """Set one dossier on one page: text on the left, barcode on the right."""
    symbol = key_barcode(key, _BARCODE_HEIGHT)
    barcode_height = symbol.height + 1 + _DIGIT_SIZE * SPACING
    text_width = flow.format.measure - _BARCODE_WIDTH
    details_height = max(_text_height(flow, fields, text_width), barcode_height)
    flow.ensure_height(_text_height(flow, texts, flow.format.measure) + details_height + 4 * MM)
    flow.skip(1 * MM)
    for line in texts:
        flow.text(line)
    top = flow.y + 0.7 * MM
    _draw_barcode(flow, symbol, key, top)
    flow.columns([(flow.format.left, text_width, fields)])
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
