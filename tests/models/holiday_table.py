"""The table of public holidays, from the `holidays` library.

`python -m tests.models.holiday_table` writes resources/holidays.tsv again, after an update of the library.
"""

from collections.abc import Iterator
from datetime import date

from holidays.countries.vietnam import VN

from app.models.enums import DayKind
from app.resource_files import RESOURCES

TABLE = RESOURCES / "holidays.tsv"
FIRST_YEAR, LAST_YEAR = 1976, 2099
"""Years of the table; the library knows the lunar calendar up to the last."""
_HEADING = "# Public holidays and make-up days of Viet Nam: day, off or work, name (Labour Code 2019, article 112)"


def table_text() -> str:
    """Return the whole table."""
    lines = sorted(line for year in range(FIRST_YEAR, LAST_YEAR + 1) for line in _lines_of(year))
    return "\n".join((_HEADING, *lines, ""))


def _lines_of(year: int) -> Iterator[str]:
    days = VN(years=year, language="vi")
    yield from (_line(day, DayKind.OFF, name) for day, name in days.items())
    yield from (_line(day, DayKind.WORK, "") for day in days.weekend_workdays if day.year == year)


def _line(day: date, kind: DayKind, name: str) -> str:
    return f"{day.isoformat()}\t{kind.value}\t{name}"


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
