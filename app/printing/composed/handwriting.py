"""Lines to fill in by hand."""

from app.models.forms.layout import ClosingBlock, HandwritingBlock, Signature
from app.printing.layout.page_flow import MM, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines

_LINE_DISTANCES = {True: 7.6 * MM, False: 6.5 * MM}
"""Distance of ruled lines for handwriting, on a wide sheet and on a narrow one."""
_WIDE_MEASURE = 150 * MM
GAP = 1.5 * MM


def line_distance(flow: PageFlow) -> float:
    """Return the distance of ruled lines."""
    return _LINE_DISTANCES[flow.format.measure > _WIDE_MEASURE]


def set_handwriting(flow: PageFlow, block: HandwritingBlock) -> None:
    """Set labels side by side, each with a ruled line up to the next.

    A label with an ellipsis has gaps of its own and gets no line.
    """
    share = flow.format.measure / len(block.labels)
    base = flow.y + line_distance(flow) * 0.72
    for place, label in enumerate(block.labels):
        left = flow.format.left + place * share
        end = left + share - (2 * MM if place + 1 < len(block.labels) else 0)
        if label:
            line = break_lines((Span(label if "…" in label else f"{label}:", REGULAR),), flow.body, share)[0]
            flow.page.runs += [(left + dx, base, flow.body, face, text) for dx, face, text in line.pieces]
            left += line.width + 1 * MM
        if "…" not in label:
            flow.rule(left, base + 1, end, base + 1)
    flow.y += line_distance(flow)


def set_handwriting_closing(flow: PageFlow, block: ClosingBlock) -> None:
    """Set the labels of two signatures; the names are written by hand."""
    flow.skip(GAP)
    left, half = flow.format.left, flow.format.measure / 2
    first, second = (_labels(flow, each) for each in block.signatures)
    flow.columns([(left, half, first), (left + half, half, second)])


def _labels(flow: PageFlow, signature: Signature) -> list[Para]:
    label = para(signature.label, BOLD, flow.body - 1, 0.5)
    return [label, *(para(hint, ITALIC, flow.small, 0.5) for hint in signature.hints)]
