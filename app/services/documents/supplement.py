"""Supplement receipt (Giấy xác nhận đã nhận giấy tờ bổ sung)."""

from collections.abc import Sequence

from app.models.enums import Action, PaperForm
from app.models.errors import Refusal
from app.models.instants import iso
from app.printing.documents.dossier import SupplementReceipt
from app.services.documents.header import DocumentSource, head_of, identity_of, lookup_line, missing_date_reason, party
from app.services.documents.letters import promise_before
from app.services.records.supplement_papers import split_points
from app.storage.rows import EventRow
from app.wording.status import unit_text


def supplement_receipt(source: DocumentSource) -> SupplementReceipt:
    """Build the receipt of the last supplement and the date promised by it.

    Without a note of the clerk the items are those of the request, because a supplement is recorded when complete.

    Raises Refusal `paper_not_supplemented`.
    """
    event, request = _last_supplement(source.events)
    detail, row = source.detail, source.row
    due_at = event.facts["change"].get("due_at")
    return SupplementReceipt(
        head=head_of(source, PaperForm.SUPPLEMENT_RECEIPT),
        identity=identity_of(PaperForm.SUPPLEMENT_RECEIPT, source, due_at=due_at),
        submitter=party(detail.submitter),
        applicant="" if detail.applicant == detail.submitter else detail.applicant["name"],
        procedure=detail.procedure.name,
        items=split_points(event.note or (request.note if request else "") or "")[0],
        asked_at=iso(request.occurred_at) if request else "",
        supplemented_at=iso(event.occurred_at),
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
    """Return the last supplement and its request."""
    request: EventRow | None = None
    last: tuple[EventRow, EventRow | None] | None = None
    for event in events:
        if event.action == Action.ASK_SUPPLEMENT:
            request = event
        elif event.action == Action.SUPPLEMENT:
            last = (event, request)
    if last is None:
        raise Refusal("paper_not_supplemented", "form")
    return last
