"""The desk's number of a day set forward by two people, where its counter was lost, damaged, or another desk's: never
back, never onto a number that was given, with a reason, on record."""

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
    """Where does this desk's number of a day stand? `day` None for today."""

    day: date | None = None


@dataclass(frozen=True)
class RepairNumbers:
    """The next number of this desk's day is to be `next`: the desk's own, from 1, or as it stands in a code."""

    day: date
    next: int
    reason: str
    second: Credentials | None


@dataclass(frozen=True)
class NumbersState:
    """A desk's day: the last number its counter gave, the highest on some paper, what may be set as the next, and what
    was set before."""

    day: date
    desk: int
    given: int
    highest: int
    least: int
    most: int
    repairs: tuple[NumberRepair, ...]


@requires(Right.ASK_OFFICE)
def get_numbers_state(query: GetNumbersState, context: Context, work: Reading) -> NumbersState:
    """How the numbers of a day stand, and every repair of that day."""
    return _state(query.day or context.today, context, work)


@requires(Right.RESTORE)
def repair_numbers(command: RepairNumbers, context: Context, work: Writing) -> NumbersState:
    """Set the next number forward, durable and on record when it returns; books and slips that lag follow their papers.

    Raises Refusal `number_day_range`, `number_other_desk`, `number_already_next`, `number_not_forward`,
    `number_too_far`, `number_reason`, or as `app.services.credentials.vouched` does; nothing is then changed.
    """
    if command.day > context.today + timedelta(days=DAYS_AHEAD):
        raise Refusal("number_day_range", "day", days=DAYS_AHEAD)
    reason = clean(command.reason)
    if not _MIN_REASON_LENGTH <= len(reason) <= _MAX_REASON_LENGTH:
        raise Refusal("number_reason", "reason", least=_MIN_REASON_LENGTH, most=_MAX_REASON_LENGTH)
    before = _state(command.day, context, work)
    wanted = _desk_number(command.next, before.desk)
    behind = _books_behind(work)
    _refuse_invalid_next(wanted, before, bool(behind))
    second = second_approval(command.second, context, work)
    record_number_gap(work, {**behind, serial_counter(before.desk, command.day): wanted - 1}, gap=0)
    done = NumberRepair(
        command.day.isoformat(),
        before.desk,
        before.given + 1,
        wanted,
        reason,
        context.actor,
        second,
        iso(context.now) or "",
    )
    office_settings.save_settings(
        work, {REPAIRS_SETTING: [*(office_settings.setting(work, REPAIRS_SETTING) or []), vars(done)]}
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
    given, highest = office_settings.counters(work).get(name, 0), integrity.highest_numbers(work).get(name, 0)
    least = max(given, highest) + 1
    most = min(_MAX_DESK_NUMBER, max(least, issued_number_bound(context.now, day)))
    return NumbersState(day, desk, given, highest, least, most, tuple(repairs_between(day, day, work)))


def _desk_number(number: int, desk: int) -> int:
    """The desk's own number of one that stands in a code: 20013 of the third desk is 13."""
    block, own = divmod(number, _NUMBERS_PER_DESK)
    if number <= _MAX_DESK_NUMBER:
        return number
    if block != desk - 1:
        raise Refusal("number_other_desk", "next", number=number, desk=desk)
    return own


def _books_behind(work: Reading) -> dict[str, int]:
    """Counters of the register's books and of slips that papers have overtaken, and how far: they are mended by the
    same word, since nobody chooses their numbers."""
    given, highest = office_settings.counters(work), integrity.highest_numbers(work)
    return {
        name: most for name, most in highest.items() if given.get(name, 0) < most and not name.startswith("serial:")
    }


def _refuse_invalid_next(wanted: int, before: NumbersState, behind: bool) -> None:
    if wanted == before.given + 1 and before.given >= before.highest and not behind:
        raise Refusal("number_already_next", "next", number=wanted)
    if wanted < before.least:
        raise Refusal("number_not_forward", "next", least=before.least)
    if wanted > before.most:
        raise Refusal("number_too_far", "next", most=before.most)
