"""The end of a paper: who signs, side by side, never alone on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC
from app.wording import forms as words

_SIGNATURE_HEIGHT = 3.1 * MM
"""Height of the signatures for each point of type, from their labels to the names."""
_LABEL_WIDTH = 48 * MM
"""Breadth that the longest label needs in type of ten points."""


@dataclass(frozen=True)
class SignatureBlock:
    """One block beside others: its lines, and the name under the room to sign."""

    lines: tuple[Para, ...] = ()
    name: str = ""


def signature_block(flow: PageFlow, label: str, name: str, *hints: str, blocks: int = 2) -> SignatureBlock:
    """Who signs: the label in bold, the hints under it, the name."""
    size = min(flow.body, flow.format.measure / blocks / _LABEL_WIDTH * 10)
    said = hints or (words.SIGN_HINT,)
    return SignatureBlock(
        (para(label, BOLD, size, 0.5), *(para(hint, ITALIC, flow.small, 0.5) for hint in said)),
        name,
    )


def closing_height(flow: PageFlow) -> float:
    """Height that the blocks take under the last line."""
    return 3 * MM + (_SIGNATURE_HEIGHT + SPACING) * flow.body


def set_closing(flow: PageFlow, last: Para, blocks: Sequence[SignatureBlock]) -> None:
    """Set the last line and, on the same page, the blocks beside each other."""
    height = _SIGNATURE_HEIGHT * flow.body
    flow.text(last, reserve=closing_height(flow))
    flow.skip(3 * MM)
    share, top = flow.format.measure / len(blocks), flow.y
    places = [(flow.format.left + share * number, share) for number in range(len(blocks))]
    flow.columns([(*place, block.lines) for place, block in zip(places, blocks, strict=True)])
    flow.y = max(flow.y, top + height - flow.body * SPACING)
    names = [[para(block.name, BOLD, 0, 0.5)] for block in blocks]
    flow.columns([(*place, name) for place, name in zip(places, names, strict=True)])
