"""Columns of tables, and the order of rows by the text of a column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.models.values.order import vietnamese_key

_DAY = re.compile(r"(?:([0-9]{2}):([0-9]{2}) )?(?:[^0-9]*)([0-9]{2})/([0-9]{2})/([0-9]{4})(?: ([0-9]{2}):([0-9]{2}))?")
_NUMBER = re.compile(r"-?[0-9][0-9.]*(?:,[0-9]+)?")

CellKey = tuple[int, Any]


@dataclass(frozen=True)
class Column:
    """One column: title, text of a row, and preferred width.

    The width is in pixels, 0 for the rest.

    A `numeric` column is right-aligned. A `never_cut` column, such as codes and dates, is never elided. Columns are
    dropped in narrow tables by ascending `drop_order`; 0 means never.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 0
    numeric: bool = False
    never_cut: bool = False
    drop_order: int = 0


def cell_key(text: str) -> CellKey:
    """Return the sort key of a cell: numbers, then days, then words.

    A day with or without a time is in order of time, a number by its value. Empty cells and dashes come last.
    """
    plain = text.strip()
    if plain in ("", "–", "-"):
        return 9, ""
    if day := _DAY.fullmatch(plain):
        hour, minute = day[1] or day[6] or "00", day[2] or day[7] or "00"
        return 2, (day[5], day[4], day[3], hour, minute)
    if number := _NUMBER.match(plain.removesuffix(" đ").removesuffix("%")):
        rest = plain[number.end() :].strip(" đ%")
        if not rest:
            return 1, float(number[0].replace(".", "").replace(",", "."))
    return 3, vietnamese_key(plain)


def sorted_rows(rows: Sequence[Any], text: Callable[[Any], str], descending: bool) -> list[Any]:
    """Return the rows in the order of a column, within each heading.

    Rows of type str are headings and keep their place. Empty cells are last in both directions.
    """
    ordered: list[Any] = []
    for is_heading, group in groupby(rows, key=lambda row: isinstance(row, str)):
        if is_heading:
            ordered += group
            continue
        keyed = [(cell_key(text(row)), row) for row in group]
        filled = [pair for pair in keyed if pair[0][0] != 9]
        filled.sort(key=lambda pair: pair[0], reverse=descending)
        ordered += [row for _key, row in filled] + [row for key, row in keyed if key[0] == 9]
    return ordered
