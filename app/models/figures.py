"""The table of Biểu II.06a/VPCP/KSTT as numbers: its columns, the sums that must hold in it, and the periods it is
made for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from app.models.errors import Refusal

TOTAL = "Tổng số"
PRESETS = ("month", "quarter", "half", "year", "week")
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class FigureRow:
    """One row: whole dossiers. `withdrawn` and `returned_unresolved` stand apart, as the offices' own narrative tables
    show them; the printed form adds them into its columns 7 and 9."""

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
    """A sum that does not hold: which, in which row, what it should be and what stands there."""

    identity: str
    row: str
    expected: int
    actual: int


def sum_by_group(parts: Iterable[Mapping[str, int]], names: Iterable[str]) -> dict[str, FigureRow]:
    """Rows by group from counted parts; a group may come in several."""
    sums: dict[str, dict[str, int]] = {}
    for name, part in zip(names, parts, strict=True):
        row = sums.setdefault(name, dict.fromkeys(COLUMNS, 0))
        for column in COLUMNS:
            row[column] += part[column]
    return {name: FigureRow(name, **row) for name, row in sums.items()}


def total(rows: Iterable[FigureRow]) -> FigureRow:
    """The row of sums."""
    kept = list(rows)
    return FigureRow(TOTAL, **{column: sum(getattr(row, column) for row in kept) for column in COLUMNS})


def mismatches(rows: Iterable[FigureRow], last: FigureRow) -> tuple[Mismatch, ...]:
    """Every sum that does not hold, in the rows, in the total, and between them; empty for a sound table."""
    kept = list(rows)
    found = [wrong for row in (*kept, last) for wrong in _row_mismatches(row)]
    sums = total(kept)
    return (
        *found,
        *(
            Mismatch(f"{TOTAL_IDENTITY} ({column})", last.field, getattr(sums, column), getattr(last, column))
            for column in COLUMNS
            if getattr(sums, column) != getattr(last, column)
        ),
    )


def _row_mismatches(row: FigureRow) -> list[Mismatch]:
    wrong = []
    for identity, (whole, parts) in IDENTITIES.items():
        expected = sum(getattr(row, part) for part in parts)
        if expected != getattr(row, whole):
            wrong.append(Mismatch(identity, row.field, expected, getattr(row, whole)))
    return wrong


@dataclass(frozen=True)
class Ratio:
    """One on-time ratio: by which definition, and what is divided by what, in whole dossiers."""

    definition: str
    part: int
    whole: int


def on_time_ratios(row: FigureRow) -> tuple[Ratio, ...]:
    """The on-time ratio in its three definitions: of what was settled (`settled`); what is not late of everything
    received, open dossiers past their day included (`all_late`); settled in time of everything received (`received`,
    NĐ 61/2018/NĐ-CP Điều 30.2.c). What came before its day is on time."""
    in_time, late = row.resolved_early + row.resolved_on_time, row.resolved_late + row.pending_late
    return (
        Ratio("settled", in_time, row.resolved),
        Ratio("all_late", row.received - late, row.received),
        Ratio("received", in_time, row.received),
    )


def check_period_order(first: date, last: date) -> None:
    """Nothing for a period whose days stand in their order.

    Raises Refusal `period_reversed`.
    """
    if first > last:
        raise Refusal("period_reversed", "from", first=first.isoformat(), last=last.isoformat())


def preset_period(preset: str, on: date, start_day: int = 15) -> tuple[date, date]:
    """The reporting period that holds a day (NĐ 09/2019/NĐ-CP: months from the 15th to the 14th, the year from 15/12).
    With `start_day` 1 the periods are the calendar's own; `week` runs from Monday to Sunday.

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
    shift = 0 if start_day == 1 else 1  # the month a period is named after ends it
    month = on.year * 12 + on.month - 1 + (shift if on.day >= start_day else 0)
    first = month // length * length - shift
    return _day_of(first, start_day), _day_of(first + length, start_day) - timedelta(days=1)


def _day_of(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)
