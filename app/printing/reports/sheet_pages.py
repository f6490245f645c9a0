"""Printed pages of a worksheet: scale, and the rows that begin a page."""

from collections.abc import Sequence
from dataclasses import dataclass

_A4 = (595.3, 841.9)
SIDE_MARGINS = (0.6, 0.5)
"""Margins on the left and right in inches."""
EDGE_MARGINS = (0.6, 0.7)
"""Margins at the top and bottom in inches."""
_USED = 0.96
"""Part of a page that is filled, because programs measure rows and columns differently."""
_REDUCED = 1.35
"""Pages that are reduced to one."""
_LEAST_SCALE, _LEGIBLE_SCALE = 10, 60
_MOST_BREAKS = 1_000
"""Page breaks of a sheet; Excel reads 1,023."""


@dataclass(frozen=True)
class SheetPages:
    """How a sheet is printed.

    `scale` is in percent, 0 for a sheet that is reduced to one page. `breaks` are the rows that begin a page.
    """

    scale: int
    breaks: tuple[int, ...] = ()


def printable(*, landscape: bool) -> tuple[float, float]:
    """Return width and height of the printed part of an A4 page in points."""
    width, height = reversed(_A4) if landscape else _A4
    return width - 72 * sum(SIDE_MARGINS), height - 72 * sum(EDGE_MARGINS)


def sheet_pages(
    heights: Sequence[float],
    width: float,
    *,
    landscape: bool,
    heads: tuple[int, int],
    blocks: Sequence[tuple[int, int]],
) -> SheetPages:
    """Return the pages of a sheet of rows with `heights`, in points.

    The rows `heads`, both included, are repeated. The rows of each pair of `blocks` stay on one page if it holds them.
    """
    measure, height = printable(landscape=landscape)
    scale = max(_LEAST_SCALE, min(100, int(measure * _USED / width * 100)))
    room = height * _USED * 100 / scale
    pages = sum(heights) / room
    if pages <= 1 or (pages <= _REDUCED and scale / pages >= _LEGIBLE_SCALE):
        return SheetPages(0)
    repeated = sum(heights[heads[0] : heads[1] + 1])
    extents: dict[int, float] = {}
    for first, last in blocks:
        extent = sum(heights[first : last + 1])
        if extent <= room - repeated:
            extents[first] = max(extent, extents.get(first, 0.0))
    breaks: list[int] = []
    used = 0.0
    for row, extent in enumerate(heights):
        if used + max(extent, extents.get(row, 0.0)) > room and row > heads[1] + 1:
            breaks.append(row)
            used = repeated
        used += extent
    return SheetPages(scale, tuple(breaks[-_MOST_BREAKS:]))
