"""Tables of a form: lists, groups, hand-overs, empty rows."""

from collections.abc import Sequence

from app.models.forms.layout import GroupsBlock, HandwritingTableBlock, StepsBlock, TableBlock, TableColumn
from app.printing.composed.handwriting import GAP, line_distance
from app.printing.composed.lines import set_text, spans_of
from app.printing.composed.values import Values
from app.printing.layout.closing import closing_height
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import REGULAR

_SIGNATURE_HEIGHT = 0.95 * MM
"""Height to sign a hand-over per point of type size."""
_HANDWRITTEN_SIGNATURES = 20 * MM
_DOTS = "." * 30
_LINES_BELOW = 4


def _columns(columns: Sequence[TableColumn]) -> list[Column]:
    return [Column(each.heading, each.share, each.align, each.group) for each in columns]


def _cells(columns: Sequence[TableColumn], values: Values) -> list[Sequence[str]]:
    cells: list[Sequence[str]] = []
    for column in columns:
        lines = [line for line in (template.fill(values.texts) for template in column.lines) if line]
        cells.append([*(lines or [""]), *[""] * column.blank_lines])
    return cells


def set_table(flow: PageFlow, block: TableBlock, values: Values, reserve: float = 0) -> None:
    """Set a table of a list; its headings also without a row.

    The last row stays with its total, and with `reserve` points below the table.
    """
    flow.skip(block.before * MM)
    table = GridTable(flow, _columns(block.columns), flow.body + block.size)
    closing = closing_height(flow) + 2 * MM + flow.body * SPACING if block.keep_closing else reserve
    total = [(cell.fill(values.texts),) for cell in block.total]
    below = closing + (table.height_of(total) if total else 0)
    items = list(values.items(block.each))
    for number, item in enumerate(items, 1):
        table.row(_cells(block.columns, item), reserve=below if number == len(items) else 0)
    if total:
        table.row(total)
    flow.skip(block.after * MM)


def set_roll_table(flow: PageFlow, block: TableBlock, values: Values) -> None:
    """Set a list on a roll, one paragraph for each item."""
    for item in values.items(block.each):
        if block.roll:
            flow.text(Para(spans_of(block.roll, item)))
            continue
        texts = [" ".join(cell) for cell in _cells(block.columns, item)]
        flow.text(para(" · ".join(text for text in texts if text), REGULAR))


def set_groups(flow: PageFlow, block: GroupsBlock, values: Values) -> None:
    """Set a title and a table for each group.

    The last row stays with the first lines below the groups, which are sums and notes.
    """
    groups = list(values.items(block.each))
    for number, group in enumerate(groups, 1):
        set_text(flow, block.title, group)
        set_table(flow, block.table, group, reserve=_LINES_BELOW * flow.body * SPACING if number == len(groups) else 0)


def set_steps(flow: PageFlow, block: StepsBlock, values: Values) -> None:
    """Set the hand-overs and empty ones up to the least number."""
    flow.skip(1.5 * MM)
    table = GridTable(flow, _columns(block.columns), flow.body - 1)
    steps = list(values.items("steps"))
    for step in steps:
        _step(table, block, step)
    for number in range(max(0, block.least - len(steps))):
        first = number == 0 and not steps
        _step(table, block, Values({"sender": block.counter if first else _DOTS, "receiver": _DOTS}))
    flow.skip(1 * MM)


def _step(table: GridTable, block: StepsBlock, step: Values) -> None:
    """Set one hand-over: parties, time, verdict, and two signatures."""
    texts = step.texts
    units = f"1. {block.gives}: {texts['sender']}", f"2. {block.takes}: {texts['receiver']}"
    times = (texts["at"],) if texts.get("at") else block.blank_time
    height = _SIGNATURE_HEIGHT * table.flow.body
    table.row([units, times, (texts.get("verdict", ""),), (texts.get("note", ""),)], reserve=height)
    table.signature_row((block.giver_signs, block.taker_signs), height)


def set_handwriting_table(flow: PageFlow, block: HandwritingTableBlock) -> None:
    """Set empty rows down to the last lines and the signatures."""
    table = GridTable(flow, _columns(block.columns), flow.body - 1.5)
    distance = line_distance(flow)
    reserved = 3 * distance + 2 * (flow.small + 4) * 1.5 + _HANDWRITTEN_SIGNATURES + 2 * GAP
    while flow.remaining_height() - reserved > distance:
        top = flow.y
        flow.y += distance
        for edge in table.edges:
            flow.rule(edge, top, edge, flow.y)
        flow.rule(table.edges[0], flow.y, table.edges[-1], flow.y)
    flow.skip(GAP)
