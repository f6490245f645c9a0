"""From a dossier's sheet to what its papers say: who makes which, and the receipt itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.models.enums import PaperForm
from app.models.instants import iso
from app.printing.documents.dossier import BlankReceipt, Document, PaperRow, PrincipalParty, Receipt
from app.printing.documents.parts import Identity
from app.services.context import Context
from app.services.documents.archive_code import listed_of
from app.services.documents.header import (
    About,
    begun_with,
    head,
    head_of,
    identity_of,
    issued,
    lookup,
    no_date,
    party,
    registered_in,
    series,
    signed,
    unnumbered,
)
from app.services.documents.letters import apology, refusal, stop_notice, supplement_request
from app.services.documents.receipts import fee_receipt, return_slip
from app.services.documents.routing import control_slip, handover
from app.services.documents.supplement import supplement_receipt
from app.services.dossier_detail import sheet_of
from app.storage import journal, office_settings
from app.storage.uow import Reading
from app.wording.status import unit_text

_SETTLED_AT_ONCE = "đã trả kết quả ngay"


def about_row(work: Reading, row: Any, context: Context) -> About:
    """All that a paper about the dossier of this row may say."""
    sheet, events = sheet_of(work, row, context.today), journal.events_of(work, row.id)
    return About(sheet, row, events, office_settings.settings(work), context, listed_of(row, work))


def paper_model(form: PaperForm, about: About) -> Document:
    """What the paper of this form says of the dossier now.

    Raises Refusal `paper_no_supplement`, `paper_not_supplemented`, `paper_not_refused`, `paper_not_apologised`,
    `paper_signer_missing`, `paper_not_stopped`, `paper_not_sent`, `paper_not_returned`, `paper_nothing_paid` where the
    dossier has no such thing to tell.
    """
    return _MAKERS[form](about)


def blank_receipt(code: str, key: str, day: date, keys: Mapping[str, Any], context: Context) -> BlankReceipt:
    """A receipt with a number of a day and nobody's name on it: what a scan needs is in its codes."""
    lines = [f"Mã hồ sơ: {code}", *issued(PaperForm.RECEIPT, context), f"Khóa: {key}"]
    return BlankReceipt(
        replace(head(context, unnumbered(series(context))), day=day.isoformat()),
        Identity(code, key, signed(lines, keys), training=context.training),
    )


def _receipt(about: About) -> Receipt:
    sheet, row = about.sheet, about.row
    submitter, applicant, principal = party(sheet.submitter), party(sheet.applicant), sheet.principal
    begun = begun_with(about)
    pages = begun.get("pages", 0)
    volume, serial = registered_in(about)
    return Receipt(
        head=head_of(about, ""),
        identity=identity_of(PaperForm.RECEIPT, about, kept=True),
        submitter=submitter,
        applicant=None if applicant == submitter else applicant,
        principal=PrincipalParty(**{key: value or "" for key, value in principal.items()}) if principal else None,
        procedure=sheet.procedure.name,
        papers=tuple(
            PaperRow(paper["name"], paper["handling"], paper["originals"], paper["copies"]) for paper in sheet.papers
        ),
        quantity=1 if pages else sheet.quantity,
        term=unit_text(row.term["limit"], row.term["unit"]),
        received_at=iso(sheet.received_at) or "",
        due_at=iso(sheet.due_at),
        return_by=sheet.return_by.value,
        clerk=sheet.steps[0].actor,
        due_note=_SETTLED_AT_ONCE if row.at_once and sheet.due_at is None else no_date(about),
        volume=volume,
        serial=serial,
        fee=sheet.fee.amount,
        lookup=lookup(about.context),
        pages=pages,
        copies=sheet.quantity if pages else 0,
        exempt=begun.get("exempt", ""),
    )


_MAKERS: Mapping[PaperForm, Callable[[About], Document]] = {
    PaperForm.RECEIPT: _receipt,
    PaperForm.CONTROL: control_slip,
    PaperForm.SUPPLEMENT: supplement_request,
    PaperForm.SUPPLEMENT_RECEIPT: supplement_receipt,
    PaperForm.REFUSAL: refusal,
    PaperForm.APOLOGY: apology,
    PaperForm.STOP: stop_notice,
    PaperForm.HANDOVER: handover,
    PaperForm.RETURN: return_slip,
    PaperForm.FEE: fee_receipt,
}
