"""Requested payments («nghĩa vụ tài chính», national status 6).

The term pauses until the payment, as with a supplement whose clock is `pause`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action, Status
from app.models.instants import local_day
from app.models.lifecycle import State
from app.models.transitions import RESUMED, TransitionRequest
from app.models.workdays import working_days_between
from app.services.context import Context
from app.services.intake.repromise import extend_due_date
from app.storage import dossiers
from app.storage.rows import EventRow, PaymentRow
from app.storage.uow import Reading

PAYMENT, REQUESTED = "payment", "payment_request"
"""Facts of a payment (amount, receipt) and of a request (amount, last day)."""


def money_facts(amount: int | None, receipt: str | None) -> dict[str, Any]:
    """Return the facts of a payment or refund."""
    return {PAYMENT: {"amount": amount, "receipt": receipt}}


def amount_of(event: EventRow | PaymentRow, before: Mapping[str, Any] | None) -> int:
    """Return the amount of a payment, negative for a refund.

    A payment of an earlier release has only the sum paid; `before` are the facts of the payment before it.
    """
    payment = event.facts.get(PAYMENT)
    if payment is None:
        earlier = int(before["change"].get("paid", 0)) if before else 0
        return int(event.facts["change"]["paid"]) - earlier
    return -int(payment["amount"]) if event.action == Action.REFUND else int(payment["amount"])


def receipt_of(event: EventRow | PaymentRow, before: Mapping[str, Any] | None) -> str:
    """Return the receipt number of a payment; empty without one.

    In a payment of an earlier release an unchanged number belongs to the payment before it.
    """
    payment = event.facts.get(PAYMENT)
    if payment is not None:
        return payment.get("receipt") or ""
    number = event.facts["change"].get("fee_receipt") or ""
    return "" if before and number == before["change"].get("fee_receipt") else number


def request_facts(amount: int | None, until: date | None) -> dict[str, Any]:
    """Return the facts of a payment request."""
    return {REQUESTED: {"amount": amount, "until": None if until is None else until.isoformat()}}


def with_resumed_term(
    request: TransitionRequest, state: State, events: Sequence[EventRow], context: Context, calendar: WorkCalendar
) -> TransitionRequest:
    """Return a payment that ends the pause of the term.

    Both due dates move by the working days of the pause. The dossier goes back to the status before the request.
    """
    paused = working_days_between(local_day(state.paused_at or context.now), context.today, calendar)
    dates: tuple[datetime | None, ...] = (state.due_at, state.original_due_at)
    due_at, original = (
        dates if paused <= 0 else (extend_due_date(due, paused, context.office, calendar) for due in dates)
    )
    changes = {**request.changes, RESUMED: True}
    return replace(
        request, due_at=due_at, original_due_at=original, resumes=status_before_request(events), changes=changes
    )


def status_before_request(events: Sequence[EventRow]) -> Status:
    """Return the status before the last payment request."""
    before = Status.PROCESSING
    for event, following in pairwise(events):
        if following.action == Action.ASK_PAYMENT:
            before = Status(event.status)
    return before


def overdue_payments(work: Reading, today: date) -> dict[str, date]:
    """Return dossiers whose payment is overdue: code and its last day."""
    last_days = {row.code: row.facts[REQUESTED]["until"] for row in dossiers.payment_requests(work)}
    days = {code: date.fromisoformat(day) for code, day in last_days.items() if day is not None}
    return {code: day for code, day in days.items() if day < today}
