"""Groups and waiting times of dossiers at their borders."""

from datetime import date, timedelta

import pytest

from app.models.calendar import WorkCalendar
from app.models.enums import Status
from app.services.urgency import SOON, group_of, time_left, time_waited
from tests.support.offices import WEEKDAY_HOURS, at

TUESDAY = date(2026, 3, 10)
CALENDAR = WorkCalendar(WEEKDAY_HOURS, (), TUESDAY)


@pytest.mark.parametrize(
    ("days", "group"),
    [(-1, "late"), (0, "today"), (1, "soon"), (SOON, "soon"), (SOON + 1, "later")],
)
def test_group_of_an_open_dossier_follows_its_due_day(days: int, group: str) -> None:
    assert group_of(Status.PROCESSING, TUESDAY + timedelta(days=days), TUESDAY, CALENDAR) == group


@pytest.mark.parametrize(
    ("status", "group"),
    [
        (Status.RECEIVED, "later"),
        (Status.SUPPLEMENT_ASKED, "supplement"),
        (Status.PAYMENT_DUE, "supplement"),
        (Status.FINISHED, "to_return"),
    ],
)
def test_group_without_a_due_day_follows_the_status(status: Status, group: str) -> None:
    assert group_of(status, None, TUESDAY, CALENDAR) == group


@pytest.mark.parametrize(
    ("status", "waited", "left"),
    [
        (Status.PROCESSING, "", "còn 1 ngày làm việc"),
        (Status.SUPPLEMENT_ASKED, "chờ 2 ngày làm việc", ""),
        (Status.PAYMENT_DUE, "chờ 2 ngày làm việc", ""),
        (Status.FINISHED, "chờ 2 ngày làm việc", ""),
    ],
)
def test_a_dossier_has_time_left_or_waits(status: Status, waited: str, left: str) -> None:
    now = at("2026-03-10T09:00")
    assert time_waited(status, at("2026-03-06T15:00"), now, CALENDAR) == waited
    assert time_left(status, at("2026-03-11T17:00"), now, CALENDAR) == left
    assert time_waited(status, None, now, CALENDAR) == time_left(status, None, now, CALENDAR) == ""
