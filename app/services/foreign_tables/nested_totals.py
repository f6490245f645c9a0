"""Totals of a table with groups: which line is the sum of which rows.

A total may be below its rows («Cộng», «Tổng cộng»), above them (a first line «Tổng số», a group with a Roman number),
and cover a group, several groups or all rows. Where the wording leaves a choice, the reading with the fewest
differences is taken, so that a sound line is not reported.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_ROMAN = re.compile(r"[IVXL]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})*")
_PREFIX = re.compile(r"\s*([IVXL]{1,6}|[A-ZĐ]|[0-9]{1,3}(?:\.[0-9]{1,3})*)\s*[.)\-–:]\s+")
_TOTAL_MARKED = re.compile(r"(cộng|tổng\s*(cộng|số)?)(?!\w)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TOTAL_PLAIN = re.compile(r"(grand |sub ?)?total|tong|tong cong|tong so|cong|cong tong")
_NAMES_AFTER_TOTAL = re.compile(
    r"\s*(hợp|cục|công|quan|giám|thanh|đài|kết|thể|biên|bí|hòa|hoà|đồng|tác|sinh)\b", re.IGNORECASE
)

_MAX_READINGS = 200
"""Earlier totals that a total may begin after; more would make a hostile table slow."""

Figures = Mapping[str, int]
"""Counts of a row by column; an empty cell is absent."""


@dataclass(frozen=True)
class TableRow:
    """A row: its number in the file, its TT, its name, its counts."""

    line: int
    number: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class TotalLine:
    """A line that adds rows: the line itself and the rows it adds."""

    total: TableRow
    parts: tuple[TableRow, ...]


@dataclass(frozen=True)
class Structure:
    """The rows that are counted, and every line that adds some of them."""

    leaves: tuple[TableRow, ...]
    totals: tuple[TotalLine, ...]


def is_total_name(name: str) -> bool:
    """Return whether a name is that of a total: «Cộng», «Tổng cộng», `total`.

    Names such as «Công Thương» and «Tổng hợp» are fields.
    """
    plain = _PREFIX.sub("", name, count=1).strip(" .:*-–")
    if _TOTAL_PLAIN.fullmatch(plain.lower()):
        return True
    match = _TOTAL_MARKED.match(plain)
    return match is not None and not _NAMES_AFTER_TOTAL.match(match["rest"])


def structure_of(rows: Sequence[TableRow]) -> Structure:
    """Return which lines of a table are totals, and of which rows."""
    is_total = [is_total_name(row.name) or is_total_name(row.number) for row in rows]
    groups = _numbered_groups(rows, is_total)
    leaves = _Leaves(
        rows,
        [place for place, row in enumerate(rows) if not is_total[place] and place not in groups and row.figures],
    )
    totals = [
        TotalLine(rows[place], leaves.between(group.start - 1, group.stop))
        for place, group in groups.items()
        if rows[place].figures
    ]
    total_places = [place for place, flag in enumerate(is_total) if flag and rows[place].figures]
    most = max(2, min(_MAX_READINGS, 100_000 // max(1, len(total_places))))
    for order, place in enumerate(total_places):
        neighbours = total_places[max(0, order - most) : order], total_places[order + 1 : order + 1 + most]
        readings = _readings(place, leaves, *neighbours)
        differing = [leaves.differences(rows[place], *reading) for reading in readings]
        best = readings[differing.index(min(differing))] if readings else (0, 0)
        totals.append(TotalLine(rows[place], leaves.rows(*best)))
    shown = sorted((each for each in totals if each.parts), key=lambda each: each.total.line)
    return Structure(leaves.rows(0, len(leaves.places)), tuple(shown))


class _Leaves:
    """The counted rows in order, with the running sums of each column."""

    def __init__(self, rows: Sequence[TableRow], places: Sequence[int]) -> None:
        self.places = places
        self._rows = tuple(rows[place] for place in places)
        names = dict.fromkeys(column for row in self._rows for column in row.figures)
        self._sums = {column: [0, *accumulate(row.figures.get(column, 0) for row in self._rows)] for column in names}

    def rows(self, first: int, end: int) -> tuple[TableRow, ...]:
        """Return the counted rows `first` to `end - 1`."""
        return self._rows[first:end]

    def between(self, after: int, before: int) -> tuple[TableRow, ...]:
        """Return the counted rows between two places of the table."""
        return self._rows[bisect_right(self.places, after) : bisect_left(self.places, before)]

    def differences(self, total: TableRow, first: int, end: int) -> int:
        """Return in how many columns a total differs from the sum of rows."""
        sums = ((value, self._sums.get(column)) for column, value in total.figures.items())
        return sum(value != (0 if column is None else column[end] - column[first]) for value, column in sums)


def _numbered_groups(rows: Sequence[TableRow], is_total: Sequence[bool]) -> dict[int, range]:
    """Return the group headings by their numbers, each with its rows.

    A row is one if the rows below it have a deeper number: `I` before `1`, `1` before `1.1`.
    """
    levels = _levels(rows, is_total)
    groups: dict[int, range] = {}
    below: list[tuple[int, int]] = []
    following: int | None = None
    for place in range(len(levels) - 1, -1, -1):
        level = levels[place]
        if level is None:
            continue
        while below and below[-1][0] > level:
            below.pop()
        if following is not None and following > level:
            groups[place] = range(place + 1, below[-1][1] if below else len(levels))
        below.append((level, place))
        following = level
    return groups


def _levels(rows: Sequence[TableRow], is_total: Sequence[bool]) -> list[int | None]:
    """Return the depth of each row's number; None without a number."""
    kinds: list[str] = []
    levels: list[int | None] = []
    for row, total in zip(rows, is_total, strict=True):
        number = row.number or (match[1] if (match := _PREFIX.match(row.name)) else "")
        kind = "" if total else _number_kind(number.strip(" .)"), kinds)
        if kind and kind not in kinds:
            kinds.append(kind)
        levels.append(None if not kind else kinds.index(kind) + number.strip(" .)").count(".") + 1)
    return levels


def _number_kind(number: str, kinds: Sequence[str]) -> str:
    if _DECIMAL.fullmatch(number):
        return "arabic"
    is_letter = bool(re.fullmatch("[A-ZĐ]", number))
    if is_letter and number != "I" and "letter" in kinds and "roman" not in kinds:
        return "letter"
    return "roman" if _ROMAN.fullmatch(number) else "letter" if is_letter else ""


def _readings(place: int, leaves: _Leaves, earlier: Sequence[int], later: Sequence[int]) -> list[tuple[int, int]]:
    """Return the possible rows of a total, the most natural first.

    Each is a range of counted rows. A total adds the rows since an earlier total or all above it; without rows above
    it adds those below it.
    """
    end = bisect_left(leaves.places, place)
    starts = sorted({0, *(bisect_right(leaves.places, each) for each in earlier)})
    backward = [(start, end) for start in starts if start < end]
    has_own_rows = bool(backward) and (not earlier or bisect_right(leaves.places, earlier[-1]) < end)
    is_last = not later and end == len(leaves.places)
    if has_own_rows and not is_last:
        backward.reverse()
    if has_own_rows:
        return backward
    ends = [*(bisect_left(leaves.places, each) for each in later), len(leaves.places)]
    return [*backward, *((end, other) for other in dict.fromkeys(ends) if other > end)]
