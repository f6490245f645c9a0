"""How wide the columns of a table are: by what stands in them as far as there is room. Where there is not, long texts
give way, never a code, a date or a figure, and at last the columns that can be done without are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 64
MOST = 420


@dataclass(frozen=True)
class Wish:
    """What one column asks for, in pixels: `usual` width, width of its longest `content` and of its `title`, whether
    it must be shown `whole`, whether it takes what is `left`, and its turn to be left out (`spare`, 0 for never)."""

    usual: int
    content: int
    title: int = 0
    whole: bool = False
    left: bool = False
    spare: int = 0

    @property
    def least(self) -> int:
        """How far it may shrink: never below its title."""
        if self.whole:
            return max(self.title, self.content)
        part = self.usual * (5 if self.left else 6.5) / 10
        return max(self.title, min(max(LEAST, int(part)), self.content))


def fit(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths of the columns, 0 for one that is left out. They fill the room, and pass it only where even the least
    widths do."""
    shown = list(range(len(wishes)))
    spares = sorted((place for place in shown if wishes[place].spare), key=lambda place: wishes[place].spare)
    while spares and len(shown) > 1 and sum(_comfortable(wishes[place]) for place in shown) > room:
        shown.remove(spares.pop(0))
    widths = [0] * len(wishes)
    for place, width in zip(shown, _shared([wishes[place] for place in shown], room), strict=True):
        widths[place] = width
    return widths


def _comfortable(wish: Wish) -> int:
    """Narrower than this, a column that can be done without had better give way."""
    return wish.least if wish.whole else max(wish.least, min(wish.content, 2 * LEAST))


def _shared(wishes: Sequence[Wish], room: int) -> list[int]:
    widths = [max(wish.usual, wish.least) for wish in wishes]
    for least in ([max(wish.least, wish.content) for wish in wishes], [wish.least for wish in wishes]):
        may = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
        given = _parts(may, sum(widths) - room)
        widths = [width - part for width, part in zip(widths, given, strict=True)]
    wanted = [max(0, min(wish.content, MOST) - width) for wish, width in zip(wishes, widths, strict=True)]
    widths = [width + part for width, part in zip(widths, _parts(wanted, room - sum(widths)), strict=True)]
    takers = [place for place, wish in enumerate(wishes) if wish.left] or [len(wishes) - 1]
    rest = max(0, room - sum(widths))
    for turn, place in enumerate(takers):
        widths[place] += (rest + turn) // len(takers)
    return widths


def _parts(most: Sequence[int], whole: int) -> list[int]:
    """Shares so much out by what each may have, to the pixel; what nobody may have is left."""
    asked, gone, parts = sum(most), 0, []
    whole = min(max(0, whole), asked)
    for place in range(len(most)):
        reached = sum(most[: place + 1]) * whole // asked if asked else 0
        parts.append(reached - gone)
        gone = reached
    return parts
