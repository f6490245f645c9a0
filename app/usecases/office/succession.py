"""Succession of an office: merger, new name or new code by a decision.

The Vietnamese terms are sáp nhập and đổi tên.
The database stays the same. Old dossiers keep their codes and keys; new ones get the new agency code.
Documents printed afterwards have the new name. Reports and register count both because there is one journal.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.text import clean
from app.services.context import Context
from app.services.former_offices import FORMER_OFFICES, PENDING_OFFICE_FILE, FormerOffice, former_offices
from app.services.permissions import requires
from app.settings import Office
from app.storage import office_settings
from app.storage.outgoing import records
from app.storage.uow import Reading, Writing

_MAX_DECISION_LENGTH = 300


@dataclass(frozen=True)
class SucceedOffice:
    """Command: the successor office, the decision's number, and its first day.

    `office_text` is the text of its office file, which the next start writes if this one is interrupted.
    """

    office: Office
    decision: str
    day: date
    office_text: str


@dataclass(frozen=True)
class ListFormerOffices:
    """Query: the former names of this office."""


@requires(Right.EDIT_OFFICE)
def succeed_office(command: SucceedOffice, context: Context, work: Writing) -> tuple[FormerOffice, ...]:
    """Record the succession and start a new sync epoch.

    The first file of the epoch carries all records under the new agency code; the receiver matches them by id.
    A repeated call after a failed first one adds nothing.
    Raises Refusal `succession_same`, `succession_future`, `decision_missing`, `text_too_long`.
    """
    decision, before = clean(command.decision), context.office
    if not decision:
        raise Refusal("decision_missing", "decision")
    if len(decision) > _MAX_DECISION_LENGTH:
        raise Refusal("text_too_long", "decision", limit=_MAX_DECISION_LENGTH, length=len(decision))
    if (before.name, before.agency_code) == (command.office.name, command.office.agency_code):
        raise Refusal("succession_same", "office", name=before.name)
    if command.day > context.today:
        raise Refusal("succession_future", "from", day=command.day.isoformat())
    former = FormerOffice(before.name, before.agency_code, before.workstation, command.day.isoformat(), decision)
    known = list(former_offices(work))
    if former not in known[-1:]:
        office_settings.save_settings(
            work, {FORMER_OFFICES: [each._asdict() for each in (*known, former)], "epoch": str(uuid4())}
        )
        records.requeue_all_events(work)
    office_settings.save_settings(work, {PENDING_OFFICE_FILE: command.office_text})
    work.commit()
    return (*known, former) if former not in known[-1:] else tuple(known)


@requires(Right.ASK_OFFICE)
def list_former_offices(query: ListFormerOffices, context: Context, work: Reading) -> tuple[FormerOffice, ...]:
    """Return the former offices, oldest first."""
    return former_offices(work)
