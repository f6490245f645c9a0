"""Distribute the width of a table among its columns.

Columns are as wide as their content where the width permits. Otherwise long texts shrink first; codes, dates and
numbers never do. Optional columns are dropped last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_WIDTH = 64
MAX_WIDTH = 420


@dataclass(frozen=True)
class ColumnWidthRequest:
    """Widths in pixels and rules of one column.

    `content` is the width of the longest text. A `never_cut` column is not narrower than its content. A `takes_rest`
    column receives the remaining width. Columns are dropped by ascending `drop_order`; 0 means never.
    """

    preferred: int
    content: int
    title: int = 0
    never_cut: bool = False
    takes_rest: bool = False
    drop_order: int = 0

    @property
    def minimum(self) -> int:
        """Least width; never below the title."""
        if self.never_cut:
            return max(self.title, self.content)
        share = self.preferred * (5 if self.takes_rest else 6.5) / 10
        return max(self.title, min(max(MIN_WIDTH, int(share)), self.content))


def distribute_widths(requests: Sequence[ColumnWidthRequest], available: int) -> list[int]:
    """Return the widths of the columns, 0 for a dropped one.

    The sum equals `available`, unless even the least widths exceed it. A table without columns has no widths.
    """
    if not requests:
        return []
    shown = list(range(len(requests)))
    optional = sorted(
        (place for place in shown if requests[place].drop_order), key=lambda place: requests[place].drop_order
    )
    while optional and len(shown) > 1 and sum(_comfortable_width(requests[place]) for place in shown) > available:
        shown.remove(optional.pop(0))
    widths = [0] * len(requests)
    for place, width in zip(shown, _distribute([requests[place] for place in shown], available), strict=True):
        widths[place] = width
    return widths


def _comfortable_width(request: ColumnWidthRequest) -> int:
    """Return the width below which optional columns are dropped."""
    return request.minimum if request.never_cut else max(request.minimum, min(request.content, 2 * MIN_WIDTH))


def _distribute(requests: Sequence[ColumnWidthRequest], available: int) -> list[int]:
    widths = [max(request.preferred, request.minimum) for request in requests]
    content = [max(request.minimum, request.content) for request in requests]
    for least in (content, [request.minimum for request in requests]):
        spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
        cuts = _proportional_parts(spare, sum(widths) - available)
        widths = [width - cut for width, cut in zip(widths, cuts, strict=True)]
    missing = [max(0, min(request.content, MAX_WIDTH) - width) for request, width in zip(requests, widths, strict=True)]
    additions = _proportional_parts(missing, available - sum(widths))
    widths = [width + addition for width, addition in zip(widths, additions, strict=True)]
    takers = [place for place, request in enumerate(requests) if request.takes_rest] or [len(requests) - 1]
    rest = max(0, available - sum(widths))
    for turn, place in enumerate(takers):
        widths[place] += (rest + turn) // len(takers)
    return widths


def _proportional_parts(limits: Sequence[int], amount: int) -> list[int]:
    """Return `amount` distributed in proportion to `limits`.

    The parts are exact to the pixel and never above a limit.
    """
    total, distributed, parts = sum(limits), 0, []
    amount = min(max(0, amount), total)
    for place in range(len(limits)):
        cumulative = sum(limits[: place + 1]) * amount // total if total else 0
        parts.append(cumulative - distributed)
        distributed = cumulative
    return parts
