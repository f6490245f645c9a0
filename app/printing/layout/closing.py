"""The signature blocks at the end of a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC

_SIGNATURE_HEIGHT = 3.1 * MM
"""Height of the blocks per point of type size, from the labels to the names."""
_LABEL_WIDTH = 48 * MM
"""Width of the longest label at ten points."""


@dataclass(frozen=True)
class SignatureBlock:
    """One block: its lines, and the name below the space to sign."""

    lines: tuple[Para, ...] = ()
    name: str = ""


def signature_block(flow: PageFlow, label: str, name: str, *hints: str, blocks: int = 2) -> SignatureBlock:
    """Return a block with a bold label, hints in italics, and a name."""
    size = min(flow.body, flow.format.measure / blocks / _LABEL_WIDTH * 10)
    return SignatureBlock(
        (para(label, BOLD, size, 0.5), *(para(hint, ITALIC, flow.small, 0.5) for hint in hints)),
        name,
    )


def closing_height(flow: PageFlow) -> float:
    """Return the height of the blocks below the last line."""
    return 3 * MM + (_SIGNATURE_HEIGHT + SPACING) * flow.body


def set_closing(flow: PageFlow, last: Para, blocks: Sequence[SignatureBlock]) -> None:
    """Set the last line and the blocks side by side on the same page."""
    height = _SIGNATURE_HEIGHT * flow.body
    flow.text(last, reserve=closing_height(flow))
    flow.skip(3 * MM)
    share, top = flow.format.measure / len(blocks), flow.y
    places = [(flow.format.left + share * number, share) for number in range(len(blocks))]
    flow.columns([(*place, block.lines) for place, block in zip(places, blocks, strict=True)])
    flow.y = max(flow.y, top + height - flow.body * SPACING)
    names = [[para(block.name, BOLD, 0, 0.5)] for block in blocks]
    flow.columns([(*place, name) for place, name in zip(places, names, strict=True)])
