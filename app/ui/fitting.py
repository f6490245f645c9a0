"""How wide the columns of a table are: by what stands in them as far as there is room; where there is not, the long
texts give way first, never a code, a date or a figure, and at last the columns that can be done without are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 64
MOST = 420


@dataclass(frozen=True)
class Wish:
    """What one column asks for, in pixels: `usual` width, width of its longest `content`, whether it must be shown
    `whole`, whether it takes what is `left`, and its turn to be left out (`spare`, 0 for never)."""

    usual: int
    content: int
    whole: bool = False
    left: bool = False
    spare: int = 0

    @property
    def least(self) -> int:
        """How far it may shrink."""
        if self.whole:
            return max(LEAST // 2, self.content)
        return min(max(LEAST, int(self.usual * 0.55)), max(LEAST, self.content))


def fit(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths of the columns, 0 for one that is left out. They fill the room, and pass it only where even the least
    widths do."""
    shown = list(range(len(wishes)))
    spares = sorted((place for place in shown if wishes[place].spare), key=lambda place: wishes[place].spare)
    while spares and sum(_comfortable(wishes[place]) for place in shown) > room:
        shown.remove(spares.pop(0))
    widths = [0] * len(wishes)
    for place, width in zip(shown, _shared([wishes[place] for place in shown], room), strict=True):
        widths[place] = width
    return widths


def _comfortable(wish: Wish) -> int:
    """Narrower than this, a column that can be done without had better give way."""
    return wish.least if wish.whole else max(wish.least, min(wish.content, 2 * LEAST))


def _shared(wishes: Sequence[Wish], room: int) -> list[int]:
    widths = [max(wish.usual, wish.content) if wish.whole else wish.usual for wish in wishes]
    widths = _give(widths, [min(width, max(wish.least, wish.content)) for wish, width in zip(wishes, widths)], room)
    widths = _give(widths, [wish.least for wish in wishes], room)
    widths = _take(widths, [max(width, min(wish.content, MOST)) for wish, width in zip(wishes, widths)], room)
    rest = room - sum(widths)
    takers = [place for place, wish in enumerate(wishes) if wish.left] or [len(wishes) - 1]
    for turn, place in enumerate(takers):
        widths[place] += max(0, (rest + turn) // len(takers))
    return widths


def _give(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Takes what is too much from the columns by what each has to give."""
    over, may = sum(widths) - room, [width - low for width, low in zip(widths, least)]
    if over <= 0 or not sum(may):
        return list(widths)
    part = min(1.0, over / sum(may))
    return [width - min(give, -int(-give * part // 1)) for width, give in zip(widths, may)]


def _take(widths: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Gives room that is left to the columns whose content is cut."""
    free, wanted = room - sum(widths), [high - width for width, high in zip(widths, most)]
    if free <= 0 or not sum(wanted):
        return list(widths)
    part = min(1.0, free / sum(wanted))
    return [width + int(want * part) for width, want in zip(widths, wanted)]
