"""Repair of a desk's number counter by two people, with a recorded reason.

A counter may be lost, damaged or another desk's. It moves only forward and beyond all issued numbers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.models.enums import AccessKind, Right
from app.models.errors import Refusal
from app.models.instants import iso
from app.models.text import clean
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.number_gaps import record_number_gap
from app.services.number_repairs import REPAIRS_SETTING, NumberRepair, repairs_between
from app.services.numbering import DAYS_AHEAD, issued_number_bound, serial_counter
from app.services.permissions import requires
from app.storage import integrity, office_settings, user_accounts
from app.storage.uow import Reading, Writing

_NUMBERS_PER_DESK = 10_000
_MAX_DESK_NUMBER = _NUMBERS_PER_DESK - 1
_MIN_REASON_LENGTH, _MAX_REASON_LENGTH = 8, 500


@dataclass(frozen=True)
class GetNumbersState:
    """Query: the number counter of this desk on a day (None: today)."""

    day: date | None = None


@dataclass(frozen=True)
class RepairNumbers:
    """Command: set the next number of a day.

    `next` is the desk's own number from 1, or the number as written in a code.
    """

    day: date
    next: int
    reason: str
    second: Credentials | None


@dataclass(frozen=True)
class NumbersState:
    """Counter of a desk's day.

    `given` is the last number of the counter, `highest` the highest number of a dossier.
    `least` and `most` bound the next number. `repairs` are the earlier repairs.
    """

    day: date
    desk: int
    given: int
    highest: int
    least: int
    most: int
    repairs: tuple[NumberRepair, ...]


@requires(Right.ASK_OFFICE)
def get_numbers_state(query: GetNumbersState, context: Context, work: Reading) -> NumbersState:
    """Return the counter of a day, and all repairs of that day."""
    return _state(query.day or context.today, context, work)


@requires(Right.RESTORE)
def repair_numbers(command: RepairNumbers, context: Context, work: Writing) -> NumbersState:
    """Move the next number forward, committed and recorded on return.

    Counters of registers and slips that are behind move to their highest number.
    Raises Refusal `number_day_range`, `number_other_desk`, `number_already_next`, `number_not_forward`,
    `number_too_far`, `number_reason`, or like `second_approval`; nothing is then changed.
    """
    if command.day > context.today + timedelta(days=DAYS_AHEAD):
        raise Refusal("number_day_range", "day", days=DAYS_AHEAD)
    reason = clean(command.reason)
    if not _MIN_REASON_LENGTH <= len(reason) <= _MAX_REASON_LENGTH:
        raise Refusal("number_reason", "reason", least=_MIN_REASON_LENGTH, most=_MAX_REASON_LENGTH)
    before = _state(command.day, context, work)
    next_number = _desk_number(command.next, before.desk)
    behind = _books_behind(work)
    _refuse_invalid_next(next_number, before, bool(behind))
    second = second_approval(command.second, context, work)
    record_number_gap(work, {**behind, serial_counter(before.desk, command.day): next_number - 1}, gap=0)
    repair = NumberRepair(
        day=command.day.isoformat(),
        desk=before.desk,
        before=before.given + 1,
        next=next_number,
        reason=reason,
        by=context.actor,
        second=second,
        at=iso(context.now) or "",
    )
    office_settings.save_settings(
        work, {REPAIRS_SETTING: [*(office_settings.setting(work, REPAIRS_SETTING) or []), vars(repair)]}
    )
    user_accounts.record_access(
        work, context.now, context.actor, context.place, AccessKind.NUMBERS_REPAIRED, about=second
    )
    state = _state(command.day, context, work)
    work.commit()
    return state


def _state(day: date, context: Context, work: Reading) -> NumbersState:
    desk = context.office.workstation
    name = serial_counter(desk, day)
    issued, highest = office_settings.counters(work).get(name, 0), integrity.highest_numbers(work).get(name, 0)
    least = max(issued, highest) + 1
    most = min(_MAX_DESK_NUMBER, max(least, issued_number_bound(context.now, day)))
    return NumbersState(
        day=day,
        desk=desk,
        given=issued,
        highest=highest,
        least=least,
        most=most,
        repairs=tuple(repairs_between(day, day, work)),
    )


def _desk_number(number: int, desk: int) -> int:
    """Return the desk's own number: 20013 of the third desk is 13."""
    block, own = divmod(number, _NUMBERS_PER_DESK)
    if number <= _MAX_DESK_NUMBER:
        return number
    if block != desk - 1:
        raise Refusal("number_other_desk", "next", number=number, desk=desk)
    return own


def _books_behind(work: Reading) -> dict[str, int]:
    """Return counters of registers and slips below their highest number.

    The same approval covers them because their numbers are not chosen by a user.
    """
    issued, highest = office_settings.counters(work), integrity.highest_numbers(work)
    return {
        name: most for name, most in highest.items() if issued.get(name, 0) < most and not name.startswith("serial:")
    }


def _refuse_invalid_next(number: int, before: NumbersState, behind: bool) -> None:
    if number == before.given + 1 and before.given >= before.highest and not behind:
        raise Refusal("number_already_next", "next", number=number)
    if number < before.least:
        raise Refusal("number_not_forward", "next", least=before.least)
    if number > before.most:
        raise Refusal("number_too_far", "next", most=before.most)
