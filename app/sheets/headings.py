"""Heading of a table: where it is, and which column each heading means.

Headings come in any order, spelling and number of lines, with merged cells, below a title and above a line of column
numbers. A caller passes a function that recognises one composed heading.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.models.text import fold_text
from app.sheets.sheet import Merge, Row, Sheet, cell_of, text_of

_SEARCHED_ROWS = 60
_MAX_HEIGHT = 5
_INDEX = re.compile(r"\(?[0-9]{1,2}\)?([=+\-( )0-9]*)")
_SEPARATORS = re.compile(r"[^\w%]+")

Recognise = Callable[[str], str | None]
"""Returns the column that a heading means, or None. The heading is folded, its lines joined by ` / `."""


@dataclass(frozen=True)
class Located:
    """A table with the place of each recognised column.

    `headings` has the heading of every column as written. `body` are the places of the rows below the heading.
    """

    columns: Mapping[str, int]
    headings: tuple[str, ...]
    body: range


def heading_text(text: str) -> str:
    """Return a heading for comparison: folded, separators as single blanks."""
    return " ".join(_SEPARATORS.sub(" ", fold_text(text)).split())


def locate(sheet: Sheet, recognise: Recognise, least: int) -> Located | None:
    """Return the heading with the most recognised columns.

    None where no heading has `least` of them. Of equal headings the higher one with fewer lines is taken.
    """
    best: Located | None = None
    for top in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        for height in range(1, min(_MAX_HEIGHT, len(sheet.rows) - top) + 1):
            if height > 1 and not _may_continue(sheet.rows[top + height - 1]):
                break
            located = _heading_at(sheet, top, height, recognise)
            if len(located.columns) >= least and (best is None or len(located.columns) > len(best.columns)):
                best = located
    return best


def _may_continue(row: Row) -> bool:
    """Return whether a row may continue a heading: it has texts only."""
    return all(cell is None or (isinstance(cell, str) and not _is_number(cell)) for cell in row)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9][0-9., /:-]*", text.strip()))


def _heading_at(sheet: Sheet, top: int, height: int, recognise: Recognise) -> Located:
    headings = composed_headings(sheet.rows[top : top + height], _merges_within(sheet.merges, top, height))
    columns: dict[str, int] = {}
    for place, parts in enumerate(headings):
        column = recognise(" / ".join(heading_text(part) for part in parts)) if parts else None
        if column is not None:
            columns.setdefault(column, place)
    first = top + height
    while first < len(sheet.rows) and _is_index_row(sheet.rows[first]):
        first += 1
    return Located(columns, tuple(" ".join(parts) for parts in headings), range(first, len(sheet.rows)))


def _merges_within(merges: Sequence[Merge], top: int, height: int) -> list[Merge]:
    """Return the merged cells of a heading, with rows counted from its top."""
    return [
        Merge(merge.top - top, merge.left, merge.bottom - top, merge.right)
        for merge in merges
        if top <= merge.top < top + height
    ]


def composed_headings(rows: Sequence[Row], merges: Sequence[Merge] = ()) -> list[tuple[str, ...]]:
    """Return the texts above each column, the outermost group first.

    A group spans its merged cells. Without merged cells it spans the empty cells to its right, as long as there are
    headings below them.
    """
    width = max(map(len, rows), default=0)
    lines = [[text_of(cell_of(row, column)) for column in range(width)] for row in rows]
    for merge in merges:
        _spread(lines, merge)
    for place, line in enumerate(lines[:-1]):
        _fill_right(line, lines[place + 1 :], {m.left for m in merges if m.top <= place <= m.bottom})
    return [tuple(dict.fromkeys(line[column] for line in lines if line[column])) for column in range(width)]


def _spread(lines: list[list[str]], merge: Merge) -> None:
    text = lines[merge.top][merge.left] if merge.left < len(lines[merge.top]) else ""
    for line in lines[merge.top : merge.bottom + 1]:
        for column in range(merge.left, min(merge.right + 1, len(line))):
            line[column] = line[column] or text


def _fill_right(line: list[str], below: Sequence[list[str]], merged: set[int]) -> None:
    """Continue a group over empty cells to its right with headings below."""
    group, started = "", False
    for column, text in enumerate(line):
        if text:
            group, started = text, any(each[column] and each[column] != text for each in below)
            if column in merged and not started:
                group = ""
        elif group and started and any(each[column] for each in below):
            line[column] = group


def _is_index_row(row: Row) -> bool:
    """Return whether a row numbers the columns: `(1) (2) (3)` or `1 2 3`."""
    texts = [text_of(cell) for cell in row if cell is not None]
    if len(texts) < 3 or not all(_INDEX.fullmatch(text) or re.fullmatch("[A-ZĐ]", text) for text in texts):
        return False
    numbers = [int(match[0]) for text in texts if (match := re.search(r"[0-9]{1,2}", text))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if len(numbers) > 1 else False
