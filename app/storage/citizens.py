"""Statements on queue tickets, ratings and feedback."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from app.models.citizens import Feedback, Rating, Ticket, TicketAct
from app.models.dossier import Dossier
from app.models.enums import (
    Action,
    Channel,
    PrintStatus,
    SatisfactionFace,
    Service,
    Status,
    TicketAction,
    TicketState,
)
from app.models.journal import Event
from app.models.mapping import Instant
from app.models.queue.pace import DeskAct
from app.storage.citizen_rows import FeedbackRow, RatingRow, TicketRow
from app.storage.uow import Reading, Writing

_DAY: BindParameter[Any] = bindparam("day")
_BETWEEN: tuple[BindParameter[Any], BindParameter[Any]] = (bindparam("first"), bindparam("last"))
_TICKETS = select(Ticket).where(Ticket.c.day == _DAY)
_FIRST = case((Ticket.c.service == Service.PRIORITY.value, 0), else_=1)
_WAITING = _TICKETS.where(Ticket.c.state == TicketState.WAITING.value).order_by(_FIRST, Ticket.c.number)
_SHOWN = (TicketState.CALLED.value, TicketState.SERVED.value)
_CALLED = _TICKETS.where(Ticket.c.state.in_(_SHOWN)).order_by(Ticket.c.call_order.desc())
_ASIDE = _TICKETS.where(Ticket.c.state.in_((TicketState.HELD.value, TicketState.ABSENT.value))).order_by(
    Ticket.c.number
)
_CURRENT = _CALLED.where(Ticket.c.state == TicketState.CALLED.value, Ticket.c.desk == bindparam("of_desk")).limit(1)
_NUMBER = _TICKETS.where(Ticket.c.number == bindparam("of"))
_LAST_NUMBER = select(func.max(Ticket.c.number)).where(Ticket.c.day == _DAY)
_LAST_CALL = select(func.max(Ticket.c.call_order)).where(Ticket.c.day == _DAY)
_CHANGE = update(Ticket).where(Ticket.c.id == bindparam("of"))
_SERVE = update(Ticket).where(
    Ticket.c.day == bindparam("on_day"),
    Ticket.c.desk == bindparam("of_desk"),
    Ticket.c.state == TicketState.CALLED.value,
)
_DESK_ACTS = (
    select(TicketAct.c.action, TicketAct.c.at, TicketAct.c.desk, Ticket.c.number, Ticket.c.taken_at)
    .join(Ticket, Ticket.c.id == TicketAct.c.ticket_id)
    .where(Ticket.c.day == _DAY, TicketAct.c.action != TicketAction.PRINT.value)
    .order_by(TicketAct.c.id)
)
_PRINTS_OF = select(func.count()).where(
    TicketAct.c.ticket_id == bindparam("of"),
    TicketAct.c.action == TicketAction.PRINT.value,
    TicketAct.c.status != PrintStatus.FAILED.value,
)
_PRINT_STATUS = update(TicketAct).where(
    TicketAct.c.id == bindparam("of"), TicketAct.c.action == TicketAction.PRINT.value
)
_RATING_OF = select(Rating.c.face).where(Rating.c.dossier_id == bindparam("of"))
_ENTERED: BindParameter[Any] = bindparam("entered", type_=Instant())


def _select_ratings(*known: ColumnElement[bool]) -> Select[Any]:
    """Select the ratings with who finished the dossier; `known` limits events."""
    finisher = (
        select(Event.c.actor)
        .where(Event.c.dossier_id == Rating.c.dossier_id, Event.c.action == Action.FINISH.value, *known)
        .order_by(Event.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Dossier.c.code, Dossier.c.holder, finisher.label("finisher"), Rating)
        .join(Dossier, Dossier.c.id == Rating.c.dossier_id)
        .where(Rating.c.rated_day.between(*_BETWEEN))
        .order_by(Rating.c.rated_at, Rating.c.dossier_id)
    )


_RATINGS = _select_ratings()
_RATINGS_THEN = _select_ratings(Event.c.entered_at <= _ENTERED).where(Rating.c.rated_at <= _ENTERED)
_LATE = (Dossier.c.outcome == Status.FINISHED.value) & (Dossier.c.closed_day > Dossier.c.original_due_day)
_UNSATISFACTORY = or_(
    _LATE,
    exists().where(Rating.c.dossier_id == Dossier.c.id, Rating.c.face == SatisfactionFace.DISSATISFIED.value),
    exists().where(Feedback.c.dossier_id == Dossier.c.id),
)
_SETTLED = select(func.count(), func.sum(case((_UNSATISFACTORY, 1), else_=0))).where(
    Dossier.c.closed_day.between(*_BETWEEN), Dossier.c.status != Status.VOID.value
)
_SETTLED_CODES = select(Dossier.c.code).where(
    Dossier.c.closed_day.between(*_BETWEEN), Dossier.c.status != Status.VOID.value
)
_RECEIVED_CODES = select(Dossier.c.code).where(
    Dossier.c.received_day.between(*_BETWEEN), Dossier.c.status != Status.VOID.value
)
_ONLINE_COUNTS = select(func.count(), func.sum(case((Dossier.c.channel == Channel.ONLINE.value, 1), else_=0))).where(
    Dossier.c.received_day.between(*_BETWEEN), Dossier.c.status != Status.VOID.value
)
_LIST_FEEDBACK = (
    select(Feedback, Dossier.c.code).join(Dossier, Dossier.c.id == Feedback.c.dossier_id, isouter=True)
).order_by(Feedback.c.id)
_FEEDBACK_OF = _LIST_FEEDBACK.where(Feedback.c.year == bindparam("of_year"), Feedback.c.number == bindparam("of"))
_FEEDBACK_OPEN = _LIST_FEEDBACK.where(
    Feedback.c.received_day <= bindparam("last"),
    or_(Feedback.c.answered_day.is_(None), Feedback.c.answered_day >= bindparam("first")),
)
_FEEDBACK_THEN = _LIST_FEEDBACK.where(
    Feedback.c.received_day <= bindparam("last"),
    Feedback.c.received_at <= _ENTERED,
    or_(
        Feedback.c.answered_day.is_(None),
        Feedback.c.answered_day >= bindparam("first"),
        Feedback.c.answered_at > _ENTERED,
    ),
)
_FEEDBACK_DUE = (
    _LIST_FEEDBACK.where(Feedback.c.answered_day.is_(None), Feedback.c.due_day <= bindparam("day"))
    .order_by(None)
    .order_by(Feedback.c.due_day, Feedback.c.id)
)
_LAST_FEEDBACK = select(func.max(Feedback.c.number)).where(Feedback.c.year == bindparam("of"))


def add_ticket(work: Writing, day: date, service: Service, taken_at: datetime) -> int:
    """Insert a ticket and return its number of the day.

    The write lock of the unit of work makes the number unique.
    """
    number = int(work.value(_LAST_NUMBER, {"day": day}) or 0) + 1
    work.write(insert(Ticket), {"day": day, "number": number, "service": service, "taken_at": taken_at})
    return number


def waiting_tickets(work: Reading, day: date) -> Sequence[TicketRow]:
    """Return the waiting tickets in the order of calling.

    Priority tickets are first.
    """
    return work.typed_rows(TicketRow._make, _WAITING, {"day": day})


def called_tickets(work: Reading, day: date, limit: int) -> Sequence[TicketRow]:
    """Return the tickets called last, the latest first.

    Those held or absent are left out.
    """
    return work.typed_rows(TicketRow._make, _CALLED.limit(limit), {"day": day})


def tickets_aside(work: Reading, day: date) -> Sequence[TicketRow]:
    """Return the tickets held or absent, by number."""
    return work.typed_rows(TicketRow._make, _ASIDE, {"day": day})


def current_ticket(work: Reading, day: date, desk: int) -> TicketRow | None:
    """Return the ticket that a desk serves, or None."""
    return work.typed_row(TicketRow._make, _CURRENT, {"day": day, "of_desk": desk})


def ticket(work: Reading, day: date, number: int) -> TicketRow | None:
    """Return a ticket of a day, or None."""
    return work.typed_row(TicketRow._make, _NUMBER, {"day": day, "of": number})


def call_ticket(work: Writing, called: TicketRow, called_at: datetime, desk: int) -> None:
    """Record the call of a ticket to a desk, whose earlier one is served."""
    order = int(work.value(_LAST_CALL, {"day": called.day}) or 0) + 1
    work.write(_SERVE.values(state=TicketState.SERVED), {"on_day": called.day, "of_desk": desk})
    values = {"called_at": called_at, "call_order": order, "desk": desk, "state": TicketState.CALLED}
    change_ticket(work, called.id, values)


def change_ticket(work: Writing, ticket_id: int, values: Mapping[str, Any]) -> None:
    """Update a ticket."""
    work.write(_CHANGE.values(**values), {"of": ticket_id})


def add_ticket_act(work: Writing, act: Mapping[str, Any]) -> int:
    """Insert an act on a ticket and return its id."""
    primary_key = work.write(insert(TicketAct), act).inserted_primary_key
    assert primary_key is not None
    return int(primary_key[0])


def desk_acts(work: Reading, day: date) -> Sequence[DeskAct]:
    """Return the acts of the desks on the tickets of a day, in order."""
    return work.typed_rows(DeskAct._make, _DESK_ACTS, {"day": day})


def count_ticket_prints(work: Reading, ticket_id: int) -> int:
    """Count the prints of a ticket that did not fail."""
    return int(work.value(_PRINTS_OF, {"of": ticket_id}) or 0)


def set_print_status(work: Writing, act_id: int, status: PrintStatus) -> None:
    """Record the outcome of the print of a ticket."""
    work.write(_PRINT_STATUS.values(status=status), {"of": act_id})


def rating_of(work: Reading, dossier_id: int) -> SatisfactionFace | None:
    """Return the rating of a dossier, or None."""
    face = work.value(_RATING_OF, {"of": dossier_id})
    return None if face is None else SatisfactionFace(face)


def add_rating(work: Writing, row: Mapping[str, Any]) -> None:
    """Insert a rating."""
    work.write(insert(Rating), row)


def ratings(work: Reading, first: date, last: date, as_of: datetime | None) -> Sequence[RatingRow]:
    """Return the ratings of a period, with `as_of` those given up to it."""
    if as_of is None:
        return work.typed_rows(RatingRow._make, _RATINGS, {"first": first, "last": last})
    return work.typed_rows(RatingRow._make, _RATINGS_THEN, {"first": first, "last": last, "entered": as_of})


def count_settled_and_unsatisfactory(work: Reading, first: date, last: date) -> tuple[int, int]:
    """Count the dossiers settled in a period and the unsatisfactory ones.

    Unsatisfactory is late, rated as dissatisfied or with a feedback (QĐ 766/QĐ-TTg, nhóm 5).
    """
    return _int_pair(work.row(_SETTLED, {"first": first, "last": last}))


def count_received_and_online(work: Reading, first: date, last: date) -> tuple[int, int]:
    """Count the dossiers received in a period and those received online."""
    return _int_pair(work.row(_ONLINE_COUNTS, {"first": first, "last": last}))


def settled_codes(work: Reading, first: date, last: date, *, unsatisfactory: bool) -> Sequence[str]:
    """Return the dossiers that `count_settled_and_unsatisfactory` counts."""
    statement = _SETTLED_CODES.where(_UNSATISFACTORY) if unsatisfactory else _SETTLED_CODES
    return [str(row[0]) for row in work.rows(statement, {"first": first, "last": last})]


def received_codes(work: Reading, first: date, last: date) -> Sequence[str]:
    """Return the dossiers received in a period."""
    return [str(row[0]) for row in work.rows(_RECEIVED_CODES, {"first": first, "last": last})]


def _int_pair(row: Sequence[Any] | None) -> tuple[int, int]:
    return (0, 0) if row is None else (int(row[0]), int(row[1] or 0))


def add_feedback(work: Writing, year: int, row: Mapping[str, Any]) -> int:
    """Insert a feedback and return its number of the year."""
    number = int(work.value(_LAST_FEEDBACK, {"of": year}) or 0) + 1
    work.write(insert(Feedback), {**row, "year": year, "number": number})
    return number


def feedback(work: Reading, year: int, number: int) -> FeedbackRow | None:
    """Return a feedback, or None."""
    return work.typed_row(FeedbackRow._make, _FEEDBACK_OF, {"of_year": year, "of": number})


def answer_feedback(work: Writing, feedback_id: int, values: Mapping[str, Any]) -> None:
    """Update a feedback with its answer."""
    work.write(update(Feedback).where(Feedback.c.id == bindparam("of")).values(**values), {"of": feedback_id})


def feedback_between(work: Reading, first: date, last: date, as_of: datetime | None) -> Sequence[FeedbackRow]:
    """Return the feedback received in a period or open at its beginning.

    With `as_of` as known at that instant, without later answers.
    """
    if as_of is None:
        return work.typed_rows(FeedbackRow._make, _FEEDBACK_OPEN, {"first": first, "last": last})
    rows = work.typed_rows(FeedbackRow._make, _FEEDBACK_THEN, {"first": first, "last": last, "entered": as_of})
    return [row if row.answered_at is None or row.answered_at <= as_of else _unanswered(row) for row in rows]


def _unanswered(row: FeedbackRow) -> FeedbackRow:
    return row._replace(answered_at=None, answered_day=None, answer=None, content_after=None)


def feedback_due(work: Reading, day: date) -> Sequence[FeedbackRow]:
    """Return the unanswered feedback due by a day, the oldest due day first."""
    return work.typed_rows(FeedbackRow._make, _FEEDBACK_DUE, {"day": day})
