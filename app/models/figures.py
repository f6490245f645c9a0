"""Figures of Biểu II.06a/VPCP/KSTT: columns, identities, periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from app.models.enums import ReportPeriod
from app.models.errors import Refusal
from app.models.values.order import vietnamese_key

TOTAL = "Tổng số"
PRESETS = tuple(period.value for period in ReportPeriod)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class FigureRow:
    """Row of the table, in whole dossiers.

    `withdrawn` and `returned_unresolved` are separate, as in the offices' own narrative tables. The printed form adds
    them to its columns 7 and 9.
    """

    field: str
    received: int = 0
    received_online: int = 0
    received_direct_post: int = 0
    carried_over: int = 0
    resolved: int = 0
    resolved_early: int = 0
    resolved_on_time: int = 0
    resolved_late: int = 0
    pending: int = 0
    pending_in_time: int = 0
    pending_late: int = 0
    withdrawn: int = 0
    returned_unresolved: int = 0


COLUMNS = tuple(f.name for f in fields(FigureRow) if f.name != "field")
IDENTITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "received = received_online + received_direct_post + carried_over": (
        "received",
        ("received_online", "received_direct_post", "carried_over"),
    ),
    "resolved = resolved_early + resolved_on_time + resolved_late": (
        "resolved",
        ("resolved_early", "resolved_on_time", "resolved_late"),
    ),
    "pending = pending_in_time + pending_late": ("pending", ("pending_in_time", "pending_late")),
    "received = resolved + pending + withdrawn + returned_unresolved": (
        "received",
        ("resolved", "pending", "withdrawn", "returned_unresolved"),
    ),
}
TOTAL_IDENTITY = "total = sum of rows"


@dataclass(frozen=True)
class Mismatch:
    """Identity that does not hold in a row, with both values."""

    identity: str
    row: str
    expected: int
    actual: int


def in_order(names: Iterable[str]) -> list[str]:
    """Return names in Vietnamese order, for reports of the receiver too."""
    return sorted(names, key=vietnamese_key)


def sum_by_group(parts: Iterable[Mapping[str, int]], names: Iterable[str]) -> dict[str, FigureRow]:
    """Return the rows by group from partial counts.

    A group may occur in several parts.
    """
    sums: dict[str, dict[str, int]] = {}
    for name, part in zip(names, parts, strict=True):
        row = sums.setdefault(name, dict.fromkeys(COLUMNS, 0))
        for column in COLUMNS:
            row[column] += part[column]
    return {name: FigureRow(name, **row) for name, row in sums.items()}


def subtract(row: FigureRow, part: FigureRow | None) -> FigureRow:
    """Return a row without the dossiers of a part of it."""
    if part is None:
        return row
    return FigureRow(row.field, **{column: getattr(row, column) - getattr(part, column) for column in COLUMNS})


def total(rows: Iterable[FigureRow]) -> FigureRow:
    """Return the row of sums."""
    row_list = list(rows)
    return FigureRow(TOTAL, **{column: sum(getattr(row, column) for row in row_list) for column in COLUMNS})


def mismatches(rows: Iterable[FigureRow], last: FigureRow) -> tuple[Mismatch, ...]:
    """Return every identity that does not hold; empty for a sound table.

    Checked are the rows, the total, and the sums of the rows against the total.
    """
    row_list = list(rows)
    in_rows = [mismatch for row in (*row_list, last) for mismatch in _row_mismatches(row)]
    sums = total(row_list)
    return (
        *in_rows,
        *(
            Mismatch(f"{TOTAL_IDENTITY} ({column})", last.field, getattr(sums, column), getattr(last, column))
            for column in COLUMNS
            if getattr(sums, column) != getattr(last, column)
        ),
    )


def _row_mismatches(row: FigureRow) -> list[Mismatch]:
    row_mismatches = []
    for identity, (whole, parts) in IDENTITIES.items():
        expected = sum(getattr(row, part) for part in parts)
        if expected != getattr(row, whole):
            row_mismatches.append(Mismatch(identity, row.field, expected, getattr(row, whole)))
    return row_mismatches


@dataclass(frozen=True)
class Ratio:
    """On-time ratio by one definition: `part` of `whole` dossiers."""

    definition: str
    part: int
    whole: int


def on_time_ratios(row: FigureRow) -> tuple[Ratio, ...]:
    """Return the on-time ratio by its three definitions.

    `settled`: on time of all settled dossiers. `all_late`: not late of all received dossiers, where open overdue
    dossiers count as late. `received`: settled on time of all received dossiers (NĐ 61/2018/NĐ-CP Điều 30.2.c). Early
    counts as on time.
    """
    in_time, late = row.resolved_early + row.resolved_on_time, row.resolved_late + row.pending_late
    return (
        Ratio("settled", in_time, row.resolved),
        Ratio("all_late", row.received - late, row.received),
        Ratio("received", in_time, row.received),
    )


def check_period_order(first: date, last: date) -> None:
    """Check that the first day is not after the last.

    Raises Refusal `period_reversed`.
    """
    if first > last:
        raise Refusal("period_reversed", "from", first=first.isoformat(), last=last.isoformat())


def preset_period(preset: str, on: date, start_day: int = 15) -> tuple[date, date]:
    """Return the reporting period that contains a day.

    Months run from the 15th to the 14th and the year starts on 15/12 (NĐ 09/2019/NĐ-CP). With `start_day` 1 the periods
    are those of the calendar. `week` runs from Monday to Sunday.

    Raises Refusal `unknown_preset`, `calendar_year_unknown` at the ends of the calendar.
    """
    if preset not in PRESETS:
        raise Refusal("unknown_preset", "preset", text=preset, allowed=", ".join(PRESETS))
    try:
        return _week(on) if preset == "week" else _months(_MONTHS[preset], on, start_day)
    except (ValueError, OverflowError):
        raise Refusal("calendar_year_unknown", "on", year=on.year) from None


def _week(on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6)


def _months(length: int, on: date, start_day: int) -> tuple[date, date]:
    shift = 0 if start_day == 1 else 1  # a period is named after the month in which it ends
    month = on.year * 12 + on.month - 1 + (shift if on.day >= start_day else 0)
    first = month // length * length - shift
    return _day_of(first, start_day), _day_of(first + length, start_day) - timedelta(days=1)


def _day_of(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)
