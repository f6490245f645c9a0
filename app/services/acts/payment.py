"""Requested payments («nghĩa vụ tài chính», national status 6).

The term pauses until the payment, as with a supplement whose clock is `pause`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from app.models.enums import Action, Status
from app.models.lifecycle import State
from app.models.transitions import RESUMED, TransitionRequest
from app.services.acts.paused_term import extended_by_pause
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.effective_events import effective_events
from app.services.intake.repromise import Pause
from app.services.versions import procedure_of
from app.storage import dossiers, journal
from app.storage.rows import DossierRow, EventRow, PaymentRow
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
    request: TransitionRequest, row: DossierRow, state: State, context: Context, work: Reading
) -> TransitionRequest:
    """Return a payment that ends the pause of the term.

    Both due dates move by the pause. The dossier goes back to the status before the request.
    """
    calendar = work_calendar(work, context.office, context.today)
    pause = Pause(state.paused_at or context.now, context.now)
    due_at, original, proof = extended_by_pause(row, procedure_of(row, work), state, pause, calendar, work)
    return replace(
        request,
        due_at=due_at,
        original_due_at=original,
        resumes=status_before_request(effective_events(journal.events_of(work, row.id))),
        changes={**request.changes, RESUMED: True, **proof},
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
