"""The clock guard: no number with a date nobody vouches for (SCENARIOS S11)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.models.clock import ClockFacts, clock_doubt, steadied
from app.models.values import Accessed, Refusal, Right, Said
from app.storage import dossiers, journal, people
from app.storage import office as rows
from app.storage.uow import Reading, Writing
from app.usecases.context import Context
from app.usecases.rights import needs
from app.usecases.signin import Credentials, vouched
from app.wording.warnings import warning_line

CONFIRMED = "clock_confirmed"


@dataclass(frozen=True)
class AskClock:
    """Can the clock be believed? `marked` asks for the dossiers taken in on two people's word as well, a long look
    through the register."""

    marked: bool = True


@dataclass(frozen=True)
class ConfirmDay:
    """The word of a second person that the day the machine shows is the day it is."""

    day: date
    second: Credentials | None


@dataclass(frozen=True)
class ClockState:
    """Why the clock is doubted (None: it is not), whether two people vouched for today, and the dossiers taken in on
    their word."""

    doubt: str | None
    confirmed: bool
    affected: tuple[str, ...]


def guard_clock(context: Context, work: Reading) -> tuple[Said, ...]:
    """Nothing where the clock is believed; the doubt, to be marked on the dossier, where two people vouched for today.

    Raises Refusal with the doubt's own code where nobody did: no number may be given then. Training offices pretend
    their time and pass.
    """
    doubt = _doubt(context, work)
    if doubt is None:
        return ()
    if not _confirmed(context, work):
        raise Refusal(doubt.code, None, **doubt.values)
    return (Said("clock_vouched", {"doubt": doubt.code}),)


def steady(context: Context, work: Reading) -> Context:
    """The circumstances with an hour that never runs back by a small step of the clock. Training offices pretend their
    time and go where they like."""
    if context.training:
        return context
    return replace(context, now=steadied(context.now, journal.newest_entry(work)))


@needs(Right.ASK_OFFICE)
def ask_clock(query: AskClock, context: Context, work: Reading) -> ClockState:
    """What the guard thinks of the clock now."""
    return _state(query, context, work)


def _state(query: AskClock, context: Context, work: Reading) -> ClockState:
    doubt = _doubt(context, work)
    told = None if doubt is None else warning_line(doubt)
    marked = dossiers.codes_warned(work, "clock_vouched") if query.marked else ()
    return ClockState(told, doubt is not None and _confirmed(context, work), marked)


@needs(Right.CONFIRM_CLOCK)
def confirm_day(command: ConfirmDay, context: Context, work: Writing) -> ClockState:
    """Two people say that today is the day the machine shows; numbering goes on for this day, each dossier marked.

    Raises Refusal `clock_not_doubted`, `clock_other_day`, or what the second person's proof is refused with.
    """
    if _doubt(context, work) is None:
        raise Refusal("clock_not_doubted", "day")
    if command.day != context.today:
        raise Refusal("clock_other_day", "day", day=context.today.isoformat())
    second = vouched(command.second, context, work)
    rows.keep_settings(work, {CONFIRMED: {"day": command.day.isoformat(), "by": [context.actor, second]}})
    people.note_access(work, context.now, context.actor, context.place, Accessed.DAY_CONFIRMED, about=second)
    state = _state(AskClock(), context, work)
    work.commit()
    return state


def _doubt(context: Context, work: Reading) -> Said | None:
    if context.training:
        return None
    newest = journal.newest_entry(work)
    founded = rows.setting(work, "founded_at")
    last_used = newest or (None if founded is None else datetime.fromisoformat(founded))
    return clock_doubt(ClockFacts(context.now, newest, last_used, context.built_on, context.drift))


def _confirmed(context: Context, work: Reading) -> bool:
    given = rows.setting(work, CONFIRMED)
    return given is not None and given["day"] == context.today.isoformat()
