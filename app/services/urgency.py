"""How urgent a dossier is: its group on the worklist and the board, and the time left in words."""

from datetime import date, datetime

from app.models.calendar import WorkCalendar
from app.models.enums import Status
from app.models.instants import local_day
from app.models.lifecycle import PAUSED_STATUSES
from app.models.workdays import office_minutes_between, working_days_between
from app.wording.time_left import days_left, minutes_left

SOON = 2
"""Working days before the due day in which a dossier is due soon."""


def group_of(status: Status, due: date | None, today: date, calendar: WorkCalendar) -> str:
    """Return the group: `late`, `today`, `soon`, `later`, `supplement` or `to_return`.

    `supplement` waits for the citizen's papers or fee, `to_return` has its result ready.
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


def time_left(status: Status, due_at: datetime | None, now: datetime, calendar: WorkCalendar) -> str:
    """Return the time left in words: «còn 2 ngày làm việc», «quá 1 ngày làm việc».

    Empty for a dossier that is paused, finished or without a due date.
    """
    if due_at is None or status == Status.FINISHED or status in PAUSED_STATUSES:
        return ""
    today, due = local_day(now), local_day(due_at)
    if due == today:
        return minutes_left(office_minutes_between(now, due_at, calendar))
    return days_left(working_days_between(today, due, calendar), due < today)
