"""Column widths of a worksheet: no word is broken, the page stays legible."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.printing.documents.report import ColumnKind, ReportColumn, ReportSection
from app.printing.reports.headings import shown_columns
from app.printing.reports.times_widths import times_width
from app.wording.reports.values import cell_text

SIZE = 11
"""Type size of a cell."""
PADDING, INDENT = 5.0, 7.0
"""Points of a cell that hold no text."""
_UNIT_WIDTH, _NATION_WIDTH = 28.0, 46.0
"""Characters of the left half, and of the right one, which holds the name of the state on one line."""
_SPARED, _ROUNDING = 34.0, 0.01
_LEFT_HALF = 0.46
_DIGIT_DOTS = 7.34
"""Width of a digit of the default font, which Excel rounds to 7 dots."""
_WIDEST_WORD = 30.0
"""Characters up to which a column is widened for a word; a longer one is broken."""
_LEAST_TEXT = 14.0
"""Characters of a text column that are left to it."""
_LEGIBLE = 1_180.0
"""Points of a landscape sheet that print at three fifths of their size."""


def points(column: ReportColumn) -> float:
    """Return the width of a column in points, as Excel sets it."""
    return int(column.width * 7 + 5) * 0.75


def printed_width(columns: Sequence[ReportColumn]) -> float:
    """Return the width of a sheet in points with unrounded digits."""
    return sum((column.width * _DIGIT_DOTS + 5) * 0.75 for column in columns)


def sheet_columns(section: ReportSection) -> tuple[ReportColumn, ...]:
    """Return the columns of a section with the widths of a worksheet."""
    columns = shown_columns(section)
    least = {column.key: _least_width(section, column) for column in columns}
    columns = tuple(replace(column, width=max(column.width, least[column.key])) for column in columns)
    return _with_wide_end(_narrowed(columns, least))


def _least_width(section: ReportSection, column: ReportColumn) -> float:
    """Return the characters that the longest word of a column needs.

    A number or an instant is one word: a cell too narrow for it shows «####».
    """
    rows = section.rows if section.total is None else (*section.rows, section.total)
    values = [row.get(column.key) for row in rows]
    words = {word for value in values if isinstance(value, str) for word in value.split()}
    whole = {cell_text(value, column.kind) for value in values if value is not None and not isinstance(value, str)}
    indent = INDENT if column.kind is ColumnKind.TEXT else 0
    ends = [times_width(word, SIZE) + indent for word in words]
    ends += [times_width(text, SIZE, bold=section.total is not None) + indent for text in whole]
    ends += [times_width(word, SIZE, bold=True) for word in column.heading.split()]
    return min(_WIDEST_WORD, ((max(ends, default=0.0) + PADDING + 1) / 0.75 - 4) / 7)


def _narrowed(columns: tuple[ReportColumn, ...], least: Mapping[str, float]) -> tuple[ReportColumn, ...]:
    """Return the columns of a very wide table, with narrower texts."""
    surplus = sum(map(points, columns)) - _LEGIBLE
    spare = {
        column.key: max(0.0, column.width - max(_LEAST_TEXT, least[column.key]))
        for column in columns
        if column.kind is ColumnKind.TEXT
    }
    if surplus <= 0 or not any(spare.values()):
        return columns
    share = min(1.0, surplus / (sum(spare.values()) * 7 * 0.75))
    return tuple(replace(column, width=column.width - share * spare.get(column.key, 0.0)) for column in columns)


def middle(columns: Sequence[ReportColumn]) -> int:
    """Return the last column of the left half.

    The left half has room for the name of the office, the right one for that of the state.
    """
    widths = [column.width for column in columns]
    places = range(max(1, len(columns) - 1))
    roomy = [
        each for each in places if sum(widths[: each + 1]) >= _UNIT_WIDTH and sum(widths[each + 1 :]) >= _NATION_WIDTH
    ]
    half = sum(widths) * _LEFT_HALF
    return next((each for each in roomy or places if sum(widths[: each + 1]) >= half), (roomy or places)[-1])


def _with_wide_end(columns: tuple[ReportColumn, ...]) -> tuple[ReportColumn, ...]:
    """Return the columns with room for the heading in both halves.

    The widest column gives its surplus to the other half.
    """
    first = middle(columns) + 1
    left, right = _widened(columns[:first], _UNIT_WIDTH), _widened(columns[first:], _NATION_WIDTH)
    added = sum(column.width for column in (*left, *right)) - sum(column.width for column in columns)
    spare = max(left, key=lambda column: column.width)
    moved = min(added, spare.width - _SPARED, sum(column.width for column in left) - _UNIT_WIDTH - _ROUNDING)
    if moved > 0:
        left = tuple(replace(each, width=each.width - moved) if each is spare else each for each in left)
    return (*left, *right)


def _widened(columns: tuple[ReportColumn, ...], least: float) -> tuple[ReportColumn, ...]:
    """Return columns that are together at least that wide."""
    missing = least - sum(column.width for column in columns)
    if missing <= 0 or not columns:
        return columns
    return tuple(replace(column, width=column.width + missing / len(columns) + _ROUNDING) for column in columns)
