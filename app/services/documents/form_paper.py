"""A form that only data describes: the values of a dossier."""

from app.models.enums import Handling, PaperForm
from app.models.instants import iso, local_day
from app.printing.document_values.parts import day_text, fee_texts, instant, party_texts
from app.printing.documents.dossier import FormPaper, PaperRow, TextValue
from app.services.documents.header import (
    DocumentSource,
    head_of,
    identity_of,
    lookup_line,
    missing_date_reason,
    party,
    register_entry,
)
from app.wording.numbers import money
from app.wording.status import channel_name, status_name, unit_text


def form_paper(form: PaperForm, source: DocumentSource) -> FormPaper:
    """Build a form from the values that any dossier has.

    Raises Refusal `form_unknown` unless the set in force has the form.
    """
    version = source.forms.version(form)
    detail = source.detail
    texts = {**_people(source), **_facts(source), **_times(source)}
    return FormPaper(
        head=head_of(source, form),
        identity=identity_of(form, source, with_archive_code=any(copy.office for copy in version.layout.copies)),
        form=form.value,
        texts=tuple(TextValue(name, text) for name, text in texts.items()),
        papers=tuple(
            PaperRow(paper["name"], Handling(paper["handling"]).value, paper["originals"], paper["copies"])
            for paper in detail.papers
        ),
    )


def _people(source: DocumentSource) -> dict[str, str]:
    detail = source.detail
    principal = detail.principal
    return {
        **party_texts("submitter", party(detail.submitter)),
        **party_texts("applicant", party(detail.applicant)),
        **party_texts("principal", party(principal) if principal else None),
        "principal.authority": (principal.get("authority") or "") if principal else "",
        "co_applicants": ", ".join(person["name"] for person in detail.co_applicants),
    }


def _facts(source: DocumentSource) -> dict[str, str]:
    detail, row, office = source.detail, source.row, source.context.office
    volume, serial = register_entry(source)
    return {
        "procedure": detail.procedure.name,
        "procedure_code": detail.procedure.code,
        "field": detail.procedure.field,
        "channel": channel_name(detail.channel),
        "quantity": f"{detail.quantity:02d}",
        **fee_texts(detail.fee.amount),
        "paid": money(detail.fee.paid or 0),
        "term": unit_text(row.term["limit"], row.term["unit"]),
        "return_by": detail.return_by.value,
        "status": status_name(detail.status),
        "holder": detail.holder or "",
        "note": next((event.note for event in reversed(source.events) if event.note), ""),
        "clerk": source.context.actor,
        "lookup": lookup_line(source.context),
        "phone": office.phone,
        "signer": office.signer,
        "volume": volume,
        "serial": serial,
    }


def _times(source: DocumentSource) -> dict[str, str]:
    detail = source.detail
    due = iso(detail.due_at)
    return {
        "received": instant(iso(detail.received_at)),
        "received_day": day_text(local_day(detail.received_at)),
        "due": instant(due, missing_date_reason(source)),
        "due_day": day_text(local_day(detail.due_at)) if detail.due_at else "",
        "returned": instant(iso(detail.returned_at)),
    }
