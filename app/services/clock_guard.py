"""The clock guard: refuse to issue numbers while the machine's clock is in doubt."""

from dataclasses import replace
from datetime import datetime

from app.models.clock import ClockFacts, clock_problem, monotonic_time
from app.models.errors import Message, Refusal
from app.services.context import Context
from app.storage import journal, office_settings
from app.storage.uow import Reading

CONFIRMED = "clock_confirmed"


def guard_clock(context: Context, work: Reading) -> tuple[Message, ...]:
    """Nothing where the clock is believed; the doubt, to be marked on the dossier, where two people vouched for today.

    Raises Refusal with the doubt's own code where nobody did: no number may be given then. Training offices pretend
    their time and pass.
    """
    doubt = current_doubt(context, work)
    if doubt is None:
        return ()
    if not is_day_confirmed(context, work):
        raise Refusal(doubt.code, None, **doubt.values)
    return (Message("clock_vouched", {"doubt": doubt.code}),)


def with_monotonic_clock(context: Context, work: Reading) -> Context:
    """The circumstances with an hour that never runs back by a small step of the clock. Training offices pretend their
    time and go where they like."""
    if context.training:
        return context
    return replace(context, now=monotonic_time(context.now, journal.newest_entry_at(work)))


def current_doubt(context: Context, work: Reading) -> Message | None:
    """Return why the clock is in doubt now; None where it is not."""
    if context.training:
        return None
    newest = journal.newest_entry_at(work)
    founded = office_settings.setting(work, "founded_at")
    last_used = newest or (None if founded is None else datetime.fromisoformat(founded))
    return clock_problem(ClockFacts(context.now, newest, last_used, context.built_on, context.drift))


def is_day_confirmed(context: Context, work: Reading) -> bool:
    """Return whether two people confirmed today's date."""
    given = office_settings.setting(work, CONFIRMED)
    return given is not None and given["day"] == context.today.isoformat()
