"""Giấy xác nhận đã nhận giấy tờ bổ sung, from the event that brought the papers."""

from collections.abc import Sequence

from app.models.enums import Action, PaperForm
from app.models.errors import Refusal
from app.models.instants import iso
from app.printing.documents.dossier import SupplementReceipt
from app.services.documents.header import DocumentSource, head_of, identity_of, lookup_line, missing_date_reason, party
from app.services.documents.letters import promise_before, split_points
from app.storage.rows import EventRow
from app.wording.status import unit_text


def supplement_receipt(source: DocumentSource) -> SupplementReceipt:
    """What was brought last, and what it made of the promise. Where the clerk noted nothing else, all that was asked
    for has come: only then is a supplement complete.

    Raises Refusal `paper_not_supplemented`.
    """
    event, asked = _last_supplement(source.events)
    detail, row = source.detail, source.row
    due_at = event.facts["change"].get("due_at")
    return SupplementReceipt(
        head=head_of(source, "XNBS-"),
        identity=identity_of(PaperForm.SUPPLEMENT_RECEIPT, source, due_at=due_at),
        submitter=party(detail.submitter),
        applicant="" if detail.applicant == detail.submitter else detail.applicant["name"],
        procedure=detail.procedure.name,
        items=split_points(event.note or (asked.note if asked else "") or "")[0],
        asked_at=(iso(asked.occurred_at) or "") if asked else "",
        supplemented_at=iso(event.occurred_at) or "",
        promised_at=promise_before(source.events, event),
        due_at=due_at,
        clock=event.facts.get("supplement_clock", ""),
        term=unit_text(row.term["limit"], row.term["unit"]),
        return_by=detail.return_by.value,
        clerk=event.actor,
        due_note="" if due_at else missing_date_reason(source),
        lookup=lookup_line(source.context),
    )


def _last_supplement(events: Sequence[EventRow]) -> tuple[EventRow, EventRow | None]:
    """The last supplement and the request it answers."""
    request, found = None, None
    for event in events:
        if event.action == Action.ASK_SUPPLEMENT:
            request = event
        elif event.action == Action.SUPPLEMENT:
            found = (event, request)
    if found is None:
        raise Refusal("paper_not_supplemented", "form")
    return found
