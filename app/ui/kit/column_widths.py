"""How wide the columns of a table are: by what stands in them as far as there is room. Where there is not, long texts
give way, never a code, a date or a figure, and at last the columns that can be done without are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_WIDTH = 64
MAX_WIDTH = 420


@dataclass(frozen=True)
class ColumnWidthRequest:
    """What one column asks for, in pixels: `preferred` width, width of its longest `content` and of its `title`,
    whether
    it must be shown `whole`, whether it takes what is `takes_rest`, and its turn to be left out (`drop_order`, 0 for
    never)."""

    preferred: int
    content: int
    title: int = 0
    never_cut: bool = False
    takes_rest: bool = False
    drop_order: int = 0

    @property
    def minimum(self) -> int:
        """How far it may shrink: never below its title."""
        if self.never_cut:
            return max(self.title, self.content)
        part = self.preferred * (5 if self.takes_rest else 6.5) / 10
        return max(self.title, min(max(MIN_WIDTH, int(part)), self.content))


def distribute_widths(requests: Sequence[ColumnWidthRequest], available: int) -> list[int]:
    """Widths of the columns, 0 for one that is left out. They fill the room, and pass it only where even the least
    widths do."""
    shown = list(range(len(requests)))
    spares = sorted(
        (place for place in shown if requests[place].drop_order), key=lambda place: requests[place].drop_order
    )
    while spares and len(shown) > 1 and sum(_comfortable_width(requests[place]) for place in shown) > available:
        shown.remove(spares.pop(0))
    widths = [0] * len(requests)
    for place, width in zip(shown, _distribute([requests[place] for place in shown], available), strict=True):
        widths[place] = width
    return widths


def _comfortable_width(wish: ColumnWidthRequest) -> int:
    """Narrower than this, a column that can be done without had better give way."""
    return wish.minimum if wish.never_cut else max(wish.minimum, min(wish.content, 2 * MIN_WIDTH))


def _distribute(wishes: Sequence[ColumnWidthRequest], room: int) -> list[int]:
    widths = [max(wish.preferred, wish.minimum) for wish in wishes]
    for least in ([max(wish.minimum, wish.content) for wish in wishes], [wish.minimum for wish in wishes]):
        may = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
        given = _proportional_parts(may, sum(widths) - room)
        widths = [width - part for width, part in zip(widths, given, strict=True)]
    wanted = [max(0, min(wish.content, MAX_WIDTH) - width) for wish, width in zip(wishes, widths, strict=True)]
    widths = [width + part for width, part in zip(widths, _proportional_parts(wanted, room - sum(widths)), strict=True)]
    takers = [place for place, wish in enumerate(wishes) if wish.takes_rest] or [len(wishes) - 1]
    rest = max(0, room - sum(widths))
    for turn, place in enumerate(takers):
        widths[place] += (rest + turn) // len(takers)
    return widths


def _proportional_parts(most: Sequence[int], whole: int) -> list[int]:
    """Shares so much out by what each may have, to the pixel; what nobody may have is left."""
    asked, gone, parts = sum(most), 0, []
    whole = min(max(0, whole), asked)
    for place in range(len(most)):
        reached = sum(most[: place + 1]) * whole // asked if asked else 0
        parts.append(reached - gone)
        gone = reached
    return parts
