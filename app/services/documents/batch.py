"""Batch receipt (Giấy tiếp nhận nhiều hồ sơ).

Its dossiers have one submitter and one day.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import PaperForm, Status
from app.models.errors import Refusal
from app.models.instants import iso, local_day
from app.models.text import fold_text, mask_number
from app.models.values.numbers import searched_number
from app.models.values.phones import phone_numbers
from app.printing.documents.lists import BatchReceipt, BatchRow
from app.services.context import Context
from app.services.documents.header import (
    DocumentSource,
    head,
    identity_without_code,
    lookup_line,
    missing_date_reason,
    party,
    register_entry,
)
from app.wording.documents.batch_receipt import codes_line
from app.wording.documents.unnumbered_forms import count_line

MAX_DOSSIERS = 50
"""Maximum number of dossiers on one receipt."""


def batch_receipt(dossiers: Sequence[DocumentSource], keys: Mapping[str, Any], context: Context) -> BatchReceipt:
    """Build the receipt of several dossiers, in the order of intake.

    They have one day of receipt and so one set of forms.

    Raises Refusal `batch_one`, `batch_too_many`, `batch_submitters_differ`, `batch_days_differ`, `batch_void`.
    """
    sources = sorted({source.row.id: source for source in dossiers}.values(), key=lambda source: source.row.id)
    _refuse_unless_one_visit(sources)
    submitter = sources[0].detail.submitter
    codes = [source.detail.code for source in sources]
    version = sources[0].forms.version(PaperForm.BATCH)
    facts = (count_line(len(sources)), codes_line(codes), f"Người: {mask_number(submitter.get('id_number') or '')}")
    return BatchReceipt(
        head=head(context, version),
        identity=identity_without_code(facts, version, keys, context),
        submitter=party(submitter),
        first_at=iso(sources[0].detail.received_at) or "",
        last_at=iso(sources[-1].detail.received_at) or "",
        rows=tuple(_row(source) for source in sources),
        clerk=sources[0].detail.steps[0].actor,
        lookup=lookup_line(context),
    )


def _refuse_unless_one_visit(dossiers: Sequence[DocumentSource]) -> None:
    if len(dossiers) < 2:
        raise Refusal("batch_one", "code")
    if len(dossiers) > MAX_DOSSIERS:
        raise Refusal("batch_too_many", "code", most=MAX_DOSSIERS)
    first = dossiers[0].detail
    for source in dossiers:
        detail, day = source.detail, local_day(source.detail.received_at)
        if detail.status == Status.VOID:
            raise Refusal("batch_void", "code", code=detail.code)
        if detail.imported:
            raise Refusal("imported_no_receipt", "code", code=detail.code)
        if not _same_person(first.submitter, detail.submitter):
            raise Refusal("batch_submitters_differ", "code", code=detail.code)
        if day != local_day(first.received_at):
            raise Refusal("batch_days_differ", "code", code=detail.code, day=day.isoformat())


def _same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Compare the numbers if both have one, otherwise name and phone."""
    number, number_of_other = (searched_number(person.get("id_number")) for person in (one, other))
    if number and number_of_other:
        return number == number_of_other
    return _name_and_phone(one) == _name_and_phone(other)


def _name_and_phone(person: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    return fold_text(person["name"]), phone_numbers(person.get("phone") or "")


def _row(source: DocumentSource) -> BatchRow:
    detail = source.detail
    volume, serial = register_entry(source)
    return BatchRow(
        code=detail.code,
        key=detail.key,
        applicant=detail.applicant["name"],
        procedure=detail.procedure.name,
        due_at=iso(detail.due_at),
        due_note=missing_date_reason(source),
        fee=detail.fee.amount,
        return_by=detail.return_by.value,
        volume=volume,
        serial=serial,
    )
