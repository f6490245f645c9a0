"""Giấy xác nhận đã nhận giấy tờ bổ sung, from the event that brought the papers."""

from collections.abc import Sequence
from typing import Any

from app.models.enums import Action, PaperForm
from app.models.errors import Refusal
from app.models.instants import iso
from app.printing.documents.dossier import SupplementReceipt
from app.services.documents.header import About, head_of, identity_of, lookup, no_date, party
from app.services.documents.letters import points, promised_before
from app.wording.status import unit_text


def supplement_receipt(about: About) -> SupplementReceipt:
    """What was brought last, and what it made of the promise. Where the clerk noted nothing else, all that was asked
    for has come: only then is a supplement complete.

    Raises Refusal `paper_not_supplemented`.
    """
    event, asked = _supplemented(about.events)
    sheet, row = about.sheet, about.row
    due_at = event.facts["change"].get("due_at")
    return SupplementReceipt(
        head=head_of(about, "XNBS-"),
        identity=identity_of(PaperForm.SUPPLEMENT_RECEIPT, about, due_at=due_at),
        submitter=party(sheet.submitter),
        applicant="" if sheet.applicant == sheet.submitter else sheet.applicant["name"],
        procedure=sheet.procedure.name,
        items=points(event.note or (asked.note if asked else "") or "")[0],
        asked_at=(iso(asked.occurred_at) or "") if asked else "",
        supplemented_at=iso(event.occurred_at) or "",
        promised_at=promised_before(about.events, event),
        due_at=due_at,
        clock=event.facts.get("supplement_clock", ""),
        term=unit_text(row.term["limit"], row.term["unit"]),
        return_by=sheet.return_by.value,
        clerk=event.actor,
        due_note="" if due_at else no_date(about),
        lookup=lookup(about.context),
    )


def _supplemented(events: Sequence[Any]) -> tuple[Any, Any | None]:
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
