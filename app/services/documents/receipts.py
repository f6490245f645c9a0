"""Return slip and fee receipt.

Forms: Giấy biên nhận trả kết quả; Biên lai thu phí, lệ phí.
"""

from collections.abc import Mapping
from typing import Any

from app.models.enums import Action, PaperForm, ReturnBy
from app.models.errors import Refusal
from app.models.fees import book_and_number
from app.models.instants import iso
from app.printing.documents.dossier import FeeReceipt, ReturnSlip
from app.services.documents.header import DocumentSource, head, head_of, identity_of, party
from app.wording.documents.unnumbered_forms import returned_item


def return_slip(source: DocumentSource) -> ReturnSlip:
    """Build the return slip of a dossier's last return.

    The note of the return is the authorisation at the counter, or the parcel number if the result was sent by post.

    Raises Refusal `paper_not_returned`.
    """
    returns = [event for event in source.events if event.action == Action.RETURN]
    if not returns:
        raise Refusal("paper_not_returned", "form")
    event, detail = returns[-1], source.detail
    taker, by_post = source.row.received_by or "", detail.return_by == ReturnBy.POST
    return ReturnSlip(
        head=head_of(source, "BN-"),
        identity=identity_of(PaperForm.RETURN, source),
        procedure=detail.procedure.name,
        applicant=detail.applicant["name"],
        giver=event.actor,
        giver_phone=source.context.office.phone,
        taker=taker,
        taker_phone=_phone(source, taker),
        result=returned_item(source.row.outcome),
        returned_at=iso(event.occurred_at),
        by_post=by_post,
        parcel=(event.note or "") if by_post else "",
        authority="" if by_post else event.note or "",
    )


def _phone(source: DocumentSource, taker: str) -> str:
    """Return the taker's phone; empty for a person outside the dossier."""
    people = (source.detail.submitter, source.detail.applicant)
    return next((person.get("phone") or "" for person in people if person["name"] == taker), "")


def fee_receipt(source: DocumentSource) -> FeeReceipt:
    """Build the receipt of the last payment.

    Raises Refusal `paper_nothing_paid`.
    """
    payments = [event for event in source.events if event.action == Action.PAY]
    if not payments:
        raise Refusal("paper_nothing_paid", "form")
    last, detail = payments[-1], source.detail
    before = payments[-2].facts["change"] if len(payments) > 1 else {}
    book, number = book_and_number(receipt_of_payment(last.facts["change"], before))
    paid = int(last.facts["change"]["paid"])
    return FeeReceipt(
        head=head(source.context, ""),
        identity=identity_of(PaperForm.FEE, source),
        payer=party(detail.submitter),
        procedure=detail.procedure.name,
        amount=paid - int(before.get("paid", 0)),
        paid=paid,
        due=detail.fee.amount,
        book=book,
        number=number,
        paid_at=iso(last.occurred_at),
        cashier=last.actor,
    )


def receipt_of_payment(change: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Return the receipt number of a payment; empty without one.

    The dossier's state keeps the last number. An unchanged number belongs to an earlier payment.
    """
    number = change.get("fee_receipt") or ""
    return "" if number == before.get("fee_receipt") else number
