"""Values of report cells as text, the same on screen and paper."""

from datetime import date, datetime

from app.models.instants import local

NO_VALUE = "–"


def cell_text(value: object, kind: str) -> str:
    """Return the value of a cell as text.

    Counts have dots between thousands. A percentage is cut off after two decimals, never rounded up.
    """
    if value is None:
        return NO_VALUE if kind in ("decimal", "percent", "figure") else ""
    if isinstance(value, datetime):
        return f"{local(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return number_text(value, kind)
    return str(value)


def number_text(value: float, kind: str) -> str:
    """Return a number by the kind of its column: «1.560», «98,45 %», «4,5»."""
    if kind == "percent":
        return f"{value:.2f} %".replace(".", ",")
    if kind == "decimal" or (kind == "figure" and isinstance(value, float)):
        return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def period_text(first: date, last: date) -> str:
    """Return «Từ ngày 15/03/2026 đến ngày 14/06/2026»."""
    return f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
