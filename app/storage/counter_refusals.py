"""Statements on refusals at the counter and their slips."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from app.models.journal import CounterRefusal, Print
from app.storage.rows import CounterRefusalRow, RefusalSlipRow
from app.storage.uow import Reading, Writing

_R = CounterRefusal.c


def add_refusal(work: Writing, row: Mapping[str, Any]) -> None:
    """Insert a refusal with its slip."""
    work.write(insert(CounterRefusal), row)


def refusal_by_code(work: Reading, code: str) -> RefusalSlipRow | None:
    """Return the refusal slip with a code, or None."""
    return work.typed_row(RefusalSlipRow._make, select(_R.id, _R.document).where(_R.code == code))


def refusal_of_request(work: Reading, request_id: str) -> CounterRefusalRow | None:
    """Return the refusal that answered a request, or None."""
    return work.typed_row(CounterRefusalRow._make, select(CounterRefusal).where(_R.request_id == request_id))


def refusals_between(work: Reading, first: date, last: date, limit: int) -> Sequence[CounterRefusalRow]:
    """Return the refusals of a period, the latest first."""
    return work.typed_rows(
        CounterRefusalRow._make,
        select(CounterRefusal).where(_R.refused_day.between(first, last)).order_by(_R.id.desc()).limit(limit),
    )


def times_printed(work: Reading, refusal_id: int) -> int:
    """Return the number of times a slip was printed."""
    last = work.value(select(func.max(Print.c.reprint)).where(Print.c.refusal_id == refusal_id))
    return 0 if last is None else int(last) + 1
