"""Clock guard: no numbers are issued while the clock is in doubt."""

from dataclasses import replace
from datetime import datetime

from app.models.clock import ClockFacts, clock_problem, monotonic_time
from app.models.errors import Message, Refusal
from app.services.context import Context
from app.storage import journal, office_settings
from app.storage.uow import Reading

CONFIRMED = "clock_confirmed"
"""The setting with the day that two people confirmed."""


def guard_clock(context: Context, work: Reading) -> tuple[Message, ...]:
    """Refuse to issue a number while the clock is in doubt.

    Returns the warning to store with the dossier if two people confirmed today's date despite a doubt. Training
    offices always pass, because their time may be pretended.

    Raises Refusal with the code of the doubt.
    """
    doubt = current_doubt(context, work)
    if doubt is None:
        return ()
    if not is_day_confirmed(context, work):
        raise Refusal(doubt.code, None, **doubt.values)
    return (Message("clock_vouched", {"doubt": doubt.code}),)


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
    return clock_problem(ClockFacts(context.now, newest, last_used, context.built_on, context.drift))


def is_day_confirmed(context: Context, work: Reading) -> bool:
    """Return whether two people confirmed today's date."""
    confirmation = office_settings.setting(work, CONFIRMED)
    return confirmation is not None and confirmation["day"] == context.today.isoformat()
