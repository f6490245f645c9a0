"""Build the document model of each form; the receipt is built here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.models.enums import Action, PaperForm
from app.models.forms.library import FormVersion
from app.models.instants import iso, local_day
from app.models.procedures import Procedure
from app.printing.documents.dossier import BlankReceipt, Document, PaperRow, PrincipalParty, Receipt
from app.printing.documents.parts import Identity
from app.services.acts.supplements import supplement_rule_of
from app.services.context import Context
from app.services.documents.form_paper import form_paper
from app.services.documents.header import (
    DocumentSource,
    fee_facts,
    head,
    head_of,
    identity_of,
    issue_lines,
    lookup_line,
    missing_date_reason,
    party,
    register_entry,
    relief_text,
    with_signature,
)
from app.services.documents.letters import apology, refusal, stop_notice, supplement_request
from app.services.documents.office_forms import forms_on
from app.services.documents.receipts import fee_paper, payment_notice, return_slip, transfer_text
from app.services.documents.routing import control_slip, handover
from app.services.documents.supplement import supplement_receipt
from app.services.dossier_detail import are_slips, dossier_detail
from app.services.effective_events import effective_events
from app.services.intake.promise import joined_advice
from app.services.versions import procedure_of
from app.storage import journal, office_settings
from app.storage.rows import DossierRow, EventRow
from app.storage.uow import Reading
from app.wording.status import unit_text

_SETTLED_AT_ONCE = "đã trả kết quả ngay"


def document_source(work: Reading, row: DossierRow, context: Context) -> DocumentSource:
    """Return the data for documents about a dossier."""
    recorded, procedure = journal.events_of(work, row.id), procedure_of(row, work)
    detail, events = dossier_detail(work, row, context.today, recorded), effective_events(recorded)
    return DocumentSource(
        detail=detail,
        row=row,
        events=events,
        keys=office_settings.settings(work),
        context=context,
        forms=forms_on(work, context.office, local_day(row.received_at)),
        listed=() if procedure is None else procedure.papers,
        slips=are_slips(work, events),
        advice=joined_advice(None if procedure is None else procedure.advice, _ruled_advice(events)),
        supplement_advice=_supplement_advice(row, procedure, events, work),
    )


def _ruled_advice(events: Sequence[EventRow]) -> str:
    """Return the advice of the rules in force at intake."""
    return next((str(event.facts.get("advice", "")) for event in events if event.action == Action.INTAKE), "")


def _supplement_advice(row: DossierRow, procedure: Procedure | None, events: Sequence[EventRow], work: Reading) -> str:
    return supplement_rule_of(row, procedure, events, work).advice


def build_document(form: PaperForm, source: DocumentSource) -> Document:
    """Build the document of a form.

    Raises Refusal `paper_no_supplement`, `paper_not_supplemented`, `paper_not_refused`, `paper_not_apologised`,
    `paper_signer_missing`, `paper_not_stopped`, `paper_not_sent`, `paper_not_returned`, `paper_nothing_paid`,
    `paper_no_payment_asked`, `form_unknown`.
    """
    builder = _BUILDERS.get(form)
    return form_paper(form, source) if builder is None else builder(source)


def preprinted_receipt(
    code: str, key: str, day: date, version: FormVersion, keys: Mapping[str, Any], context: Context
) -> BlankReceipt:
    """Build a pre-printed receipt: a number of a day, without a name."""
    lines = [f"Mã hồ sơ: {code}", *issue_lines(version, context), f"Khóa: {key}"]
    return BlankReceipt(
        replace(head(context, version), day=day.isoformat()),
        Identity(code, key, with_signature(lines, keys), training=context.training),
    )


def _receipt(source: DocumentSource) -> Receipt:
    detail, row = source.detail, source.row
    submitter, applicant, principal = party(detail.submitter), party(detail.applicant), detail.principal
    facts = fee_facts(source)
    pages = facts.get("pages") or 0
    volume, serial = register_entry(source)
    return Receipt(
        head=head_of(source, PaperForm.RECEIPT),
        identity=identity_of(PaperForm.RECEIPT, source, with_archive_code=True),
        submitter=submitter,
        applicant=None if applicant == submitter else applicant,
        principal=PrincipalParty(**{key: value or "" for key, value in principal.items()}) if principal else None,
        procedure=detail.procedure.name,
        papers=tuple(
            PaperRow(paper["name"], paper["handling"], paper["originals"], paper["copies"]) for paper in detail.papers
        ),
        quantity=1 if pages else detail.quantity,
        term=unit_text(row.term["limit"], row.term["unit"]),
        received_at=iso(detail.received_at),
        due_at=iso(detail.due_at),
        return_by=detail.return_by.value,
        clerk=detail.steps[0].actor,
        due_note=_SETTLED_AT_ONCE if row.at_once and detail.due_at is None else missing_date_reason(source),
        volume=volume,
        serial=serial,
        fee=detail.fee.amount,
        lookup=lookup_line(source.context),
        pages=pages,
        copies=detail.quantity if pages else 0,
        exempt=relief_text(facts),
        co_applicants=", ".join(person["name"] for person in detail.co_applicants),
        advice=source.advice,
        transfer=transfer_text(source, detail.fee.amount, detail.fee.paid),
    )


_BUILDERS: Mapping[PaperForm, Callable[[DocumentSource], Document]] = {
    PaperForm.RECEIPT: _receipt,
    PaperForm.CONTROL: control_slip,
    PaperForm.SUPPLEMENT: supplement_request,
    PaperForm.SUPPLEMENT_RECEIPT: supplement_receipt,
    PaperForm.PAYMENT: payment_notice,
    PaperForm.REFUSAL: refusal,
    PaperForm.APOLOGY: apology,
    PaperForm.STOP: stop_notice,
    PaperForm.HANDOVER: handover,
    PaperForm.RETURN: return_slip,
    PaperForm.FEE: fee_paper,
}
