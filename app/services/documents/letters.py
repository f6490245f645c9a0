"""Official letters to the citizen (Mẫu số 02 to 05)."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import Action, PaperForm, Status
from app.models.errors import Refusal
from app.models.forms.library import FormVersion
from app.models.instants import iso, local_day, office_instant
from app.models.people import person_to_json
from app.models.text import clean, mask_number
from app.printing.documents.dossier import Apology, RefusalSlip, StopNotice, SupplementRequest
from app.services.context import Context
from app.services.documents.header import (
    DocumentSource,
    head,
    head_of,
    identity_of,
    identity_without_code,
    party,
)
from app.services.intake.command import AcceptDossier
from app.services.records.supplement_papers import split_points
from app.storage.rows import EventRow
from app.wording.documents import letters


def supplement_request(source: DocumentSource) -> SupplementRequest:
    """Build Mẫu số 02 (supplement request) from the note of the last request.

    Raises Refusal `paper_no_supplement`.
    """
    event = _last_event(source, Action.ASK_SUPPLEMENT, "paper_no_supplement")
    items, reason = split_points(event.note or "")
    return SupplementRequest(
        head=head_of(source, PaperForm.SUPPLEMENT),
        identity=identity_of(PaperForm.SUPPLEMENT, source),
        applicant=party(source.detail.applicant),
        procedure=source.detail.procedure.name,
        items=items,
        reason=reason,
        guide=event.actor,
        phone=source.context.office.phone,
        asked_at=iso(event.occurred_at),
        advice=source.supplement_advice,
    )


def refusal(source: DocumentSource) -> RefusalSlip:
    """Build Mẫu số 03 (refusal) of a dossier refused after intake.

    Raises Refusal `paper_not_refused`.
    """
    if source.row.outcome != Status.REFUSED:
        raise Refusal("paper_not_refused", "form")
    event = _last_event(source, Action.REFUSE, "paper_not_refused")
    return RefusalSlip(
        head=head_of(source, PaperForm.REFUSAL),
        identity=identity_of(PaperForm.REFUSAL, source),
        submitter=party(source.detail.submitter),
        procedure=source.detail.procedure.name,
        reason=event.note or "",
        clerk=event.actor,
        appraised=True,
    )


def counter_refusal_slip(
    line: AcceptDossier,
    procedure: str,
    reason: str,
    number: int,
    version: FormVersion,
    keys: Mapping[str, Any],
    context: Context,
) -> RefusalSlip:
    """Build Mẫu số 03 (refusal) of an intake refused at the counter.

    It has no dossier code. `procedure` is the name of the procedure, `number` the slip's number of the year.
    """
    person = line.submitter or line.applicant
    facts = (f"Thủ tục: {line.procedure}", f"Người: {mask_number(person.id_number or '')}")
    return RefusalSlip(
        head=head(context, version, f"{number:02d}"),
        identity=identity_without_code(facts, version, keys, context),
        submitter=party(person_to_json(person)),
        procedure=procedure,
        reason=clean(reason),
        clerk=context.actor,
    )


def apology(source: DocumentSource) -> Apology:
    """Build Mẫu số 04 (apology), signed by the head of the office.

    Raises Refusal `paper_not_apologised`, `paper_signer_missing` if the office file names no signer.
    """
    event = _last_event(source, Action.APOLOGISE, "paper_not_apologised")
    office = source.context.office
    if not office.signer:
        raise Refusal("paper_signer_missing", "signer")
    return Apology(
        head=head_of(source, PaperForm.APOLOGY),
        identity=identity_of(PaperForm.APOLOGY, source),
        addressee=party(source.detail.applicant),
        procedure=source.detail.procedure.name,
        received_at=iso(source.detail.received_at),
        due_at=promise_before(source.events, event) or iso(source.detail.original_due_at),
        reason=event.note or "",
        new_day=local_day(office_instant(event.facts["change"]["due_at"])).isoformat(),
        signer=office.signer,
    )


def promise_before(events: Sequence[EventRow], limit: EventRow) -> str | None:
    """Return the date promised before an event, as ISO text."""
    promised: str | None = None
    for event in events:
        if event.id == limit.id:
            break
        promised = event.facts.get("due_at") or event.facts["change"].get("due_at") or promised
    return promised


def stop_notice(source: DocumentSource) -> StopNotice:
    """Build Mẫu số 05 (stop notice) of a stopped or withdrawn dossier.

    It is also available after the papers were returned.

    Raises Refusal `paper_not_stopped`.
    """
    outcome = source.row.outcome
    if outcome not in (Status.STOPPED, Status.WITHDRAWN):
        raise Refusal("paper_not_stopped", "form")
    withdrawn = outcome == Status.WITHDRAWN
    event = _last_event(source, Action.WITHDRAW if withdrawn else Action.STOP, "paper_not_stopped")
    return StopNotice(
        head=head_of(source, PaperForm.STOP),
        identity=identity_of(PaperForm.STOP, source),
        submitter=source.detail.submitter["name"],
        applicant=party(source.detail.applicant),
        procedure=source.detail.procedure.name,
        received_at=iso(source.detail.received_at),
        stopped_at=iso(event.occurred_at),
        reason=event.note or letters.NO_REASON,
        clerk=event.actor,
        withdrawn=withdrawn,
    )


def _last_event(source: DocumentSource, action: Action, refusal: str) -> EventRow:
    """Return the last event of an action.

    Raises Refusal `refusal` without one.
    """
    for event in reversed(source.events):
        if event.action == action:
            return event
    raise Refusal(refusal, "form")
