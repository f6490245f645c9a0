"""The clock guard: no number with a date nobody vouches for (SCENARIOS S11)."""

from dataclasses import dataclass
from datetime import date

from app.models.enums import AccessKind, Right
from app.models.errors import Refusal
from app.services.clock_guard import CONFIRMED, current_doubt, is_day_confirmed
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.permissions import requires
from app.storage import dossiers, office_settings, user_accounts
from app.storage.uow import Reading, Writing
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class GetClockState:
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


@requires(Right.ASK_OFFICE)
def get_clock_state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    """What the guard thinks of the clock now."""
    return _state(query, context, work)


def _state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    doubt = current_doubt(context, work)
    told = None if doubt is None else warning_line(doubt)
    marked = dossiers.codes_with_warning(work, "clock_vouched") if query.marked else ()
    return ClockState(told, doubt is not None and is_day_confirmed(context, work), marked)


@requires(Right.CONFIRM_CLOCK)
def confirm_day(command: ConfirmDay, context: Context, work: Writing) -> ClockState:
    """Two people say that today is the day the machine shows; numbering goes on for this day, each dossier marked.

    Raises Refusal `clock_not_doubted`, `clock_other_day`, or what the second person's proof is refused with.
    """
    if current_doubt(context, work) is None:
        raise Refusal("clock_not_doubted", "day")
    if command.day != context.today:
        raise Refusal("clock_other_day", "day", day=context.today.isoformat())
    second = second_approval(command.second, context, work)
    office_settings.save_settings(work, {CONFIRMED: {"day": command.day.isoformat(), "by": [context.actor, second]}})
    user_accounts.record_access(work, context.now, context.actor, context.place, AccessKind.DAY_CONFIRMED, about=second)
    state = _state(GetClockState(), context, work)
    work.commit()
    return state
