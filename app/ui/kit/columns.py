"""Columns of tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
