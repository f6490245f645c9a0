"""Giấy tiếp nhận nhiều hồ sơ: one receipt for the dossiers that one person handed in on one day."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import PaperForm, Status
from app.models.errors import Refusal
from app.models.instants import iso, local_day
from app.models.people import compared_phone
from app.models.text import fold, masked
from app.printing.documents.lists import BatchReceipt, BatchRow
from app.services.context import Context
from app.services.documents.header import (
    About,
    head,
    identity_without_code,
    lookup,
    no_date,
    party,
    registered_in,
)
from app.wording.batch_receipt import codes_line
from app.wording.lists_and_receipts import count_line

MOST = 50
"""Dossiers on one receipt: a visit with more is two visits."""


def batch_receipt(dossiers: Sequence[About], keys: Mapping[str, Any], context: Context) -> BatchReceipt:
    """The receipt of several dossiers, in the order in which they were taken in.

    Raises Refusal `batch_one`, `batch_too_many`, `batch_submitters_differ`, `batch_days_differ`, `batch_void`.
    """
    together = sorted({about.row.id: about for about in dossiers}.values(), key=lambda about: int(about.row.id))
    _refuse_unless_one_visit(together)
    submitter = together[0].sheet.submitter
    codes = [about.sheet.code for about in together]
    facts = (count_line(len(together)), codes_line(codes), f"Người: {masked(submitter.get('id_number') or '')}")
    return BatchReceipt(
        head=head(context, ""),
        identity=identity_without_code(facts, PaperForm.BATCH, keys, context),
        submitter=party(submitter),
        first_at=iso(together[0].sheet.received_at) or "",
        last_at=iso(together[-1].sheet.received_at) or "",
        rows=tuple(_row(about) for about in together),
        clerk=together[0].sheet.steps[0].actor,
        lookup=lookup(context),
    )


def _refuse_unless_one_visit(dossiers: Sequence[About]) -> None:
    if len(dossiers) < 2:
        raise Refusal("batch_one", "code")
    if len(dossiers) > MOST:
        raise Refusal("batch_too_many", "code", most=MOST)
    first = dossiers[0].sheet
    for about in dossiers:
        sheet, day = about.sheet, local_day(about.sheet.received_at)
        if sheet.status == Status.VOID:
            raise Refusal("batch_void", "code", code=sheet.code)
        if not _same_person(first.submitter, sheet.submitter):
            raise Refusal("batch_submitters_differ", "code", code=sheet.code)
        if day != local_day(first.received_at):
            raise Refusal("batch_days_differ", "code", code=sheet.code, day=day.isoformat())


def _same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """By the number where both have one, else by name and telephone."""
    numbers = one.get("id_number"), other.get("id_number")
    if all(numbers):
        return numbers[0] == numbers[1]
    return _called(one) == _called(other)


def _called(person: Mapping[str, Any]) -> tuple[str, str]:
    return fold(person["name"]), compared_phone(person.get("phone") or "")


def _row(about: About) -> BatchRow:
    sheet = about.sheet
    volume, serial = registered_in(about)
    return BatchRow(
        code=sheet.code,
        key=sheet.key,
        applicant=sheet.applicant["name"],
        procedure=sheet.procedure.name,
        due_at=iso(sheet.due_at),
        due_note=no_date(about),
        fee=sheet.fee.amount,
        return_by=sheet.return_by.value,
        volume=volume,
        serial=serial,
    )
