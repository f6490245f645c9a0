"""Clock guard: no number is issued for a doubtful date (SCENARIOS S11)."""

from dataclasses import dataclass, field, replace
from datetime import date

from app.models.clock import ONE_PERSON_DOUBTS
from app.models.enums import AccessKind, Right
from app.models.errors import Message, Refusal
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
    """Command: confirm that the machine's date is correct.

    `second` is the second person, for the doubts that need two.
    """

    day: date
    second: Credentials | None = None


@dataclass(frozen=True)
class ClockState:
    """Reason to doubt the clock, and whether enough people confirmed today.

    `doubt` is None if there is no doubt.
    `affected` are the codes of dossiers accepted under a day that two people confirmed.
    `people` is the number of people that the doubt needs, 0 without a doubt.
    `offset` is the offset from UTC that was just confirmed, for the settings of the machine.
    """

    doubt: str | None
    confirmed: bool
    affected: tuple[str, ...]
    people: int = 0
    offset: str | None = field(default=None, metadata={"in_json": False})


@requires(Right.ASK_OFFICE)
def get_clock_state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    """Return the state of the clock."""
    return _state(query, context, work)


def _state(query: GetClockState, context: Context, work: Reading) -> ClockState:
    doubt = current_doubt(context, work)
    text = None if doubt is None else warning_line(doubt)
    marked = dossiers.codes_with_warning(work, "clock_vouched") if query.marked else ()
    if doubt is None:
        return ClockState(text, False, marked)
    return ClockState(text, is_day_confirmed(doubt, context, work), marked, _people(doubt))


def _people(doubt: Message) -> int:
    return 1 if doubt.code in ONE_PERSON_DOUBTS else 2


@requires(Right.CONFIRM_CLOCK)
def confirm_day(command: ConfirmDay, context: Context, work: Writing) -> ClockState:
    """Confirm the machine's date, so that numbering continues.

    A leap over working days and a strange offset need one person. All other doubts need two, and each dossier of the
    day is marked.
    Raises Refusal `clock_not_doubted`, `clock_other_day`, or like `second_approval`.
    """
    doubt = current_doubt(context, work)
    if doubt is None:
        raise Refusal("clock_not_doubted", "day")
    if command.day != context.today:
        raise Refusal("clock_other_day", "day", day=context.today.isoformat())
    second = second_approval(command.second, context, work) if _people(doubt) > 1 else None
    office_settings.save_settings(work, {CONFIRMED: {"day": command.day.isoformat(), "by": [context.actor, second]}})
    user_accounts.record_access(work, context.now, context.actor, context.place, AccessKind.DAY_CONFIRMED, about=second)
    offset = str(doubt.values["offset"]) if doubt.code == "clock_offset" else None
    state = replace(_state(GetClockState(), context, work), confirmed=True, offset=offset)
    work.commit()
    return state
