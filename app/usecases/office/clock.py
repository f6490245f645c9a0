"""Clock guard: no number is issued for a doubtful date (SCENARIOS S11)."""

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
    """Query: the state of the clock.

    With `marked` the result lists the dossiers accepted under a confirmed day, which scans the register.
    """

    marked: bool = True


@dataclass(frozen=True)
class ConfirmDay:
    """Command: a second person confirms that the machine's date is correct."""

    day: date
    second: Credentials | None


@dataclass(frozen=True)
class ClockState:
    """Reason to doubt the clock, and whether two people confirmed today.

    `doubt` is None if there is no doubt.
    `affected` are the codes of dossiers accepted under a confirmed day.
    """

    doubt: str | None
    confirmed: bool
    affected: tuple[str, ...]


@requires(Right.ASK_OFFICE)
def get_clock_state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    """Return the state of the clock."""
    return _state(query, context, work)


def _state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    doubt = current_doubt(context, work)
    text = None if doubt is None else warning_line(doubt)
    marked = dossiers.codes_with_warning(work, "clock_vouched") if query.marked else ()
    return ClockState(text, doubt is not None and is_day_confirmed(context, work), marked)


@requires(Right.CONFIRM_CLOCK)
def confirm_day(command: ConfirmDay, context: Context, work: Writing) -> ClockState:
    """Confirm the machine's date with two people, so that numbering continues.

    Each dossier of the day is marked.
    Raises Refusal `clock_not_doubted`, `clock_other_day`, or like `second_approval`.
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
