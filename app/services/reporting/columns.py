"""Columns of reports by their key, with the headings of `wording`."""

from app.models.enums import FigureColumn
from app.printing.documents.report import ColumnKind, ReportColumn
from app.wording.reports.tables import DEFINITIONS, HEADINGS

_LISTED = frozenset(column.value for column in FigureColumn)


def column(
    key: str, kind: ColumnKind = ColumnKind.COUNT, width: float = 11, heading: str = "", *, listed: bool = True
) -> ReportColumn:
    """Return the column of a key with its heading and definition.

    A count of dossiers can be listed unless `listed` is false.
    """
    is_listed = listed and kind is ColumnKind.COUNT and key in _LISTED
    return ReportColumn(
        key=key,
        heading=heading or HEADINGS[key],
        kind=kind,
        width=width,
        definition=DEFINITIONS.get(key, ""),
        listed=is_listed,
    )


def text(key: str, width: float, heading: str = "") -> ReportColumn:
    """Return a column of text."""
    return column(key, ColumnKind.TEXT, width, heading)


def day(key: str) -> ReportColumn:
    """Return a column of days."""
    return column(key, ColumnKind.DAY, 12)


def percent(part: int, whole: int) -> float | None:
    """Return a percentage cut off after two decimals, never rounded up."""
    return part * 10_000 // whole / 100 if whole else None
