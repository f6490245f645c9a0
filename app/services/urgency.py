"""Urgency of a dossier: its group and the time left."""

from datetime import date, datetime

from app.models.calendar import WorkCalendar
from app.models.enums import Status
from app.models.instants import local_day
from app.models.lifecycle import PAUSED_STATUSES
from app.models.workdays import office_minutes_between, working_days_between
from app.wording.time_left import days_left, minutes_left, waiting_days

SOON = 2
"""Working days before the due day in which a dossier is due soon."""


WORK_GROUPS = ("late", "today", "unpaid", "soon", "supplement", "to_return", "later")
"""Groups of the worklist (F4), in their order on screen."""


def group_of(status: Status, due: date | None, today: date, calendar: WorkCalendar) -> str:
    """Return the group of a dossier on the worklist and the board.

    It is `late`, `today`, `soon`, `later`, `supplement` (waiting for the citizen's papers or fee) or `to_return`
    (result ready).
    """
    if status == Status.FINISHED:
        return "to_return"
    if status in PAUSED_STATUSES:
        return "supplement"
    if due is None:
        return "later"
    if due <= today:
        return "late" if due < today else "today"
    return "soon" if working_days_between(today, due, calendar) <= SOON else "later"


def time_waited(status: Status, since: datetime | None, now: datetime, calendar: WorkCalendar) -> str:
    """Return how long a ready or paused dossier waits, in Vietnamese words.

    `since` is when its result was ready or the citizen was asked. Empty for another dossier.
    """
    if since is None or not (status == Status.FINISHED or status in PAUSED_STATUSES):
        return ""
    return waiting_days(working_days_between(local_day(since), local_day(now), calendar))


def time_left(status: Status, due_at: datetime | None, now: datetime, calendar: WorkCalendar) -> str:
    """Return the time left in Vietnamese words.

    Examples: «còn 2 ngày làm việc», «còn 3 giờ 15 phút», «quá 1 ngày làm việc». Empty for a dossier that is paused,
    finished or without a due date.
    """
    if due_at is None or status == Status.FINISHED or status in PAUSED_STATUSES:
        return ""
    today, due = local_day(now), local_day(due_at)
    if due == today:
        return minutes_left(office_minutes_between(now, due_at, calendar))
    return days_left(working_days_between(today, due, calendar), due < today)
