"""Identities of Biểu 06a and its reporting periods."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.figures import (
    COLUMNS,
    PRESETS,
    TOTAL_IDENTITY,
    FigureRow,
    mismatches,
    preset_period,
    sum_by_group,
    total,
)

REPORTED = FigureRow(
    "Tổng hợp",
    received=495,
    received_online=6,
    received_direct_post=488,
    carried_over=1,
    resolved=492,
    resolved_on_time=492,
    pending=3,
    pending_in_time=3,
)
"""Quarter reported by a real commune."""
COUNTS = st.integers(0, 10_000)


def sound_row(field: str, parts: list[int]) -> FigureRow:
    online, direct, early, on_time, late, in_time, overdue, withdrawn, returned = parts
    resolved, pending = early + on_time + late, in_time + overdue
    received = resolved + pending + withdrawn + returned
    return FigureRow(
        field,
        received=received + online + direct,
        received_online=online,
        received_direct_post=direct,
        carried_over=received,
        resolved=resolved + online,
        resolved_early=early + online,
        resolved_on_time=on_time,
        resolved_late=late,
        pending=pending + direct,
        pending_in_time=in_time + direct,
        pending_late=overdue,
        withdrawn=withdrawn,
        returned_unresolved=returned,
    )


ROWS = st.lists(st.lists(COUNTS, min_size=9, max_size=9), max_size=6).map(
    lambda parts: [sound_row(f"Lĩnh vực {place}", part) for place, part in enumerate(parts)]
)


def test_reported_quarter_has_no_mismatch() -> None:
    assert mismatches([REPORTED], total([REPORTED])) == ()


@given(ROWS)
def test_sound_rows_have_no_mismatch(rows: list[FigureRow]) -> None:
    assert mismatches(rows, total(rows)) == ()


@given(ROWS.filter(bool), st.data())
def test_changed_number_is_a_mismatch(rows: list[FigureRow], data: st.DataObject) -> None:
    """A change in a row breaks an identity of the row and of the total.

    A change in the total breaks only the total.
    """
    column = data.draw(st.sampled_from(COLUMNS))
    place = data.draw(st.integers(0, len(rows)))
    last = total(rows)
    if place == len(rows):
        last = replace(last, **{column: getattr(last, column) + 1})
    else:
        rows[place] = replace(rows[place], **{column: getattr(rows[place], column) + 1})
    broken = mismatches(rows, last)
    assert f"{TOTAL_IDENTITY} ({column})" in [mismatch.identity for mismatch in broken]
    assert any(not mismatch.identity.startswith(TOTAL_IDENTITY) for mismatch in broken)
    assert {mismatch.row for mismatch in broken} <= {*(row.field for row in rows), last.field}


def test_mismatch_reports_the_expected_value() -> None:
    wrong = replace(REPORTED, received=494)
    (first, second, third, *_) = mismatches([wrong], total([wrong]))
    assert (first.row, first.expected, first.actual) == ("Tổng hợp", 495, 494)
    assert first.identity == "received = received_online + received_direct_post + carried_over"
    assert second.identity == "received = resolved + pending + withdrawn + returned_unresolved"
    assert third.row == "Tổng số"


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.lists(COUNTS, min_size=9, max_size=9))))
def test_groups_are_summed_from_parts(parts: list[tuple[str, list[int]]]) -> None:
    rows = [sound_row(name, part) for name, part in parts]
    sums = sum_by_group(
        [{column: getattr(row, column) for column in COLUMNS} for row in rows], [row.field for row in rows]
    )
    assert set(sums) == {name for name, _ in parts}
    assert replace(total(sums.values()), field="") == replace(total(rows), field="")
    for name, row in sums.items():
        assert replace(row, field="") == replace(total(row for row in rows if row.field == name), field="")


@pytest.mark.parametrize(
    ("preset", "on", "first", "last"),
    [
        ("month", "2026-02-14", "2026-01-15", "2026-02-14"),
        ("month", "2026-02-15", "2026-02-15", "2026-03-14"),
        ("month", "2026-12-31", "2026-12-15", "2027-01-14"),
        ("month", "2026-01-01", "2025-12-15", "2026-01-14"),
        ("quarter", "2026-06-14", "2026-03-15", "2026-06-14"),
        ("quarter", "2026-06-15", "2026-06-15", "2026-09-14"),
        ("quarter", "2026-12-14", "2026-09-15", "2026-12-14"),
        ("quarter", "2026-12-15", "2026-12-15", "2027-03-14"),
        ("quarter", "2026-01-01", "2025-12-15", "2026-03-14"),
        ("half", "2026-06-14", "2025-12-15", "2026-06-14"),
        ("half", "2026-06-15", "2026-06-15", "2026-12-14"),
        ("year", "2026-12-14", "2025-12-15", "2026-12-14"),
        ("year", "2026-12-15", "2026-12-15", "2027-12-14"),
        ("week", "2026-01-01", "2025-12-29", "2026-01-04"),
        ("week", "2026-01-04", "2025-12-29", "2026-01-04"),
        ("week", "2026-01-05", "2026-01-05", "2026-01-11"),
    ],
)
def test_preset_periods_follow_the_decree(preset: str, on: str, first: str, last: str) -> None:
    """NĐ 09/2019/NĐ-CP, Điều 12."""
    days = [date.fromisoformat(text) for text in (on, first, last)]
    assert preset_period(preset, days[0]) == (days[1], days[2])


@pytest.mark.parametrize(
    ("start_day", "preset", "on", "first", "last"),
    [
        (1, "quarter", "2026-03-31", "2026-01-01", "2026-03-31"),
        (1, "year", "2026-12-31", "2026-01-01", "2026-12-31"),
        (1, "month", "2028-02-29", "2028-02-01", "2028-02-29"),
        (21, "month", "2026-03-20", "2026-02-21", "2026-03-20"),
        (28, "quarter", "2026-02-27", "2025-12-28", "2026-03-27"),
        (28, "month", "2026-02-28", "2026-02-28", "2026-03-27"),
    ],
)
def test_preset_periods_with_another_start_day(start_day: int, preset: str, on: str, first: str, last: str) -> None:
    days = [date.fromisoformat(text) for text in (on, first, last)]
    assert preset_period(preset, days[0], start_day) == (days[1], days[2])


@given(st.sampled_from(PRESETS), st.dates(date(1900, 2, 1), date(2199, 12, 1)), st.integers(1, 28))
def test_preset_periods_have_no_gaps(preset: str, on: date, start_day: int) -> None:
    first, last = preset_period(preset, on, start_day)
    assert first <= on <= last
    assert preset_period(preset, first, start_day) == preset_period(preset, last, start_day) == (first, last)
    assert preset_period(preset, last + timedelta(days=1), start_day)[0] == last + timedelta(days=1)
    assert preset == "week" or first.day == start_day


@pytest.mark.parametrize("preset", ["", "Month", "decade"])
def test_unknown_preset_is_refused(preset: str) -> None:
    with pytest.raises(Refusal) as refused:
        preset_period(preset, date(2026, 2, 9))
    assert (refused.value.code, refused.value.field) == ("unknown_preset", "preset")


@pytest.mark.parametrize("on", [date.min, date(1, 1, 14), date.max, date(9999, 12, 15)])
@pytest.mark.parametrize("preset", PRESETS)
def test_period_beyond_the_calendar_is_refused(preset: str, on: date) -> None:
    try:
        first, last = preset_period(preset, on)
    except Refusal as refusal:
        assert refusal.code == "calendar_year_unknown" and refusal.values == {"year": on.year}
    else:
        assert first <= on <= last
