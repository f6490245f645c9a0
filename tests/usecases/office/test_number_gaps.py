"""Numbers skipped after a database is lost, on a real database."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from app.models.instants import local_day
from app.services.context import Context
from app.services.number_gaps import record_number_gap, skip_numbers
from app.services.numbering import DAYS_AHEAD, serial_counter
from app.storage import integrity
from app.storage.uow import Reading, Writing
from tests.support.offices import MORNING, Desk

REFUSAL = "refusal:2026:01"


def _counters(_: None, _context: Context, work: Reading) -> Mapping[str, int]:
    return integrity.counter_values(work)


def counters(desk: Desk) -> Mapping[str, int]:
    values: Mapping[str, int] = desk.office.read(_counters, None, MORNING)
    return values


def _record(minimums: Mapping[str, int], _context: Context, work: Writing) -> None:
    record_number_gap(work, minimums)
    work.commit()


def _skip(known: Mapping[str, int], context: Context, work: Writing) -> None:
    skip_numbers(context, work, known)
    work.commit()


def test_books_skip_a_hundred_numbers(desk: Desk) -> None:
    desk.take_in()
    before = counters(desk)
    books = [name for name in before if name.startswith("register:")]
    desk.office.write(_skip, {}, MORNING)
    assert books and all(counters(desk)[name] == before[name] + 100 for name in books)


def test_every_day_that_may_be_numbered_ahead_is_raised(desk: Desk) -> None:
    desk.office.write(_skip, {}, MORNING)
    today = local_day(MORNING)
    days = [serial_counter(1, today + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD + 2)]
    assert [day in counters(desk) for day in days] == [True] * (DAYS_AHEAD + 1) + [False]


def test_numbers_are_skipped_once_in_an_epoch(desk: Desk) -> None:
    desk.take_in()
    desk.office.write(_skip, {}, MORNING)
    first = counters(desk)
    desk.office.write(_skip, {}, MORNING)
    assert counters(desk) == first


def test_known_number_that_is_higher_is_kept(desk: Desk) -> None:
    desk.office.write(_skip, {REFUSAL: 7}, MORNING)
    assert counters(desk)[REFUSAL] == 7


@pytest.mark.parametrize(("printed", "expected"), [(4, 5), (5, 5), (6, 106)])
def test_only_a_counter_below_the_printed_number_is_raised(desk: Desk, printed: int, expected: int) -> None:
    desk.office.write(_skip, {REFUSAL: 5}, MORNING)
    desk.office.write(_record, {REFUSAL: printed}, MORNING)
    assert counters(desk)[REFUSAL] == expected
