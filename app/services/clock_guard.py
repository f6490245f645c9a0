"""Clock guard: no numbers are issued while the clock is in doubt."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.models.clock import ONE_PERSON_DOUBTS, ClockFacts, clock_problem, monotonic_time
from app.models.errors import Message, Refusal
from app.models.instants import local_day
from app.models.workdays import working_days_between
from app.services.calendar import work_calendar
from app.services.context import Context
from app.storage import journal, office_settings
from app.storage.uow import Reading
from app.wording.warnings import warning_line

CONFIRMED = "clock_confirmed"
"""The setting with the day that was confirmed, and by whom; the second name is None for one person."""


def guard_clock(context: Context, work: Reading) -> tuple[Message, ...]:
    """Refuse to issue a number while the clock is in doubt.

    Returns the warning to store with the dossier if two people confirmed today's date despite a doubt. A doubt that one
    person answered leaves none. Training
    offices always pass, because their time may be pretended.

    Raises Refusal with the code of the doubt.
    """
    doubt = current_doubt(context, work)
    if doubt is None:
        return ()
    if not is_day_confirmed(doubt, context, work):
        raise Refusal(doubt.code, None, **doubt.values, question=warning_line(doubt))
    return () if doubt.code in ONE_PERSON_DOUBTS else (Message("clock_vouched", {"doubt": doubt.code}),)


def with_monotonic_clock(context: Context, work: Reading) -> Context:
    """Return the context with a time not earlier than the newest event.

    Small steps back of the clock are evened out. A training office is unchanged, because its time may be pretended.
    """
    if context.training:
        return context
    return replace(context, now=monotonic_time(context.now, journal.newest_entry_at(work)))


def current_doubt(context: Context, work: Reading) -> Message | None:
    """Return why the clock is in doubt now; None where it is not."""
    if context.training:
        return None
    newest = journal.newest_entry_at(work)
    created_at = office_settings.setting(work, "founded_at")
    last_used = newest or (None if created_at is None else datetime.fromisoformat(created_at))
    facts = ClockFacts(context.now, newest, last_used, context.built_on, context.drift)
    doubt = clock_problem(facts)
    if doubt is not None or last_used is None:
        return doubt
    working_days = _working_days_since(local_day(last_used), context, work)
    return clock_problem(facts._replace(working_days=working_days, strange_offset=context.strange_offset))


def _working_days_since(last: date, context: Context, work: Reading) -> int:
    """Return the working days after a day up to today.

    Weekends, holidays and days off by decision do not count.
    """
    if context.today - last <= timedelta(days=1):
        return 0
    return working_days_between(last, context.today, work_calendar(work, context.office, context.today))


def is_day_confirmed(doubt: Message, context: Context, work: Reading) -> bool:
    """Return whether enough people confirmed today's date for a doubt."""
    confirmation = office_settings.setting(work, CONFIRMED)
    if confirmation is None or confirmation["day"] != context.today.isoformat() or doubt.code == "clock_offset":
        return False
    return doubt.code in ONE_PERSON_DOUBTS or confirmation["by"][-1] is not None
