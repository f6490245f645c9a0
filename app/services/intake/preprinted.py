"""Pre-printed receipts: look-up by code, and checks at intake."""

from datetime import timedelta

from app.models.codes import comparable
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.services.context import Context
from app.services.intake.command import AcceptDossier
from app.storage import preprinted_receipts
from app.storage.rows import PreprintedRow
from app.storage.uow import Reading

_MAX_ENTRY_DELAY = timedelta(days=35)
"""Longest time from receipt to entry: an office may be closed that long."""


def preprinted_for_intake(command: AcceptDossier, context: Context, work: Reading) -> PreprintedRow | None:
    """Return the pre-printed receipt of an intake; None for a usual intake.

    Raises Refusal `blank_unknown`, `blank_used`, `blank_spoilt`, `blank_hour_future`, `blank_hour_early`,
    `blank_hour_old`.
    """
    if command.blank is None or command.received_at is None:
        return None
    row = find_unused_preprinted(command.blank, "blank", work)
    at = command.received_at
    if at > context.now:
        raise Refusal("blank_hour_future", "received_at", now=f"{local(context.now):%H:%M %d/%m/%Y}")
    if at < row.printed_at.replace(second=0) or local_day(at) < row.day:
        raise Refusal(
            "blank_hour_early",
            "received_at",
            printed=f"{local(row.printed_at):%H:%M %d/%m/%Y}",
            day=row.day.isoformat(),
        )
    if context.now - at > _MAX_ENTRY_DELAY:
        raise Refusal("blank_hour_old", "received_at", days=_MAX_ENTRY_DELAY.days)
    return row


def find_unused_preprinted(code: str, field: str, work: Reading) -> PreprintedRow:
    """Return the unused pre-printed receipt with a code or key.

    `field` is the field that a refusal names.

    Raises Refusal `blank_unknown`, `blank_used`, `blank_spoilt`.
    """
    row = preprinted_receipts.find_preprinted(work, comparable(code)) if comparable(code) else None
    if row is None:
        raise Refusal("blank_unknown", field, code=code[:64])
    if row.dossier_id is not None:
        raise Refusal("blank_used", field, code=row.code)
    if row.spoilt_at is not None:
        raise Refusal("blank_spoilt", field, code=row.code, reason=row.reason)
    return row
