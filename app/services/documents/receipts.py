"""Return slip, payment notice and fee receipt.

Forms: Giấy biên nhận trả kết quả; Biên lai thu phí, lệ phí.
"""

from app.models.enums import Action, PaperForm, ReturnBy
from app.models.errors import Refusal
from app.models.fees import book_and_number
from app.models.instants import iso
from app.printing.documents.dossier import FeeReceipt, PaymentNotice, ReturnSlip
from app.services.acts.payment import REQUESTED, amount_of, receipt_of
from app.services.acts.receiver import receiver_of
from app.services.documents.header import DocumentSource, head, head_of, identity_of, party
from app.wording.documents.unnumbered_forms import returned_item


def return_slip(source: DocumentSource) -> ReturnSlip:
    """Build the return slip of a dossier's last return.

    Without an authority of its own the note is the authorisation of another person, or the postal number of a parcel.

    Raises Refusal `paper_not_returned`.
    """
    returns = [event for event in source.events if event.action == Action.RETURN]
    if not returns:
        raise Refusal("paper_not_returned", "form")
    event, detail = returns[-1], source.detail
    taker, by_post = source.row.received_by or "", detail.return_by == ReturnBy.POST
    receiver, another = receiver_of(event.facts), taker != detail.submitter["name"]
    authority = receiver.get("authority") or (event.note if by_post or another else None) or ""
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
        parcel=authority if by_post else "",
        authority="" if by_post else authority,
        taker_id=receiver.get("id_number") or "",
    )


def payment_notice(source: DocumentSource) -> PaymentNotice:
    """Build the notice of the last payment request.

    Raises Refusal `paper_no_payment_asked`.
    """
    requests = [event for event in source.events if event.action == Action.ASK_PAYMENT]
    if not requests:
        raise Refusal("paper_no_payment_asked", "form")
    event, detail = requests[-1], source.detail
    request = event.facts[REQUESTED]
    return PaymentNotice(
        head=head_of(source, "TBNP-"),
        identity=identity_of(PaperForm.PAYMENT, source),
        addressee=party(detail.submitter),
        applicant="" if detail.applicant == detail.submitter else detail.applicant["name"],
        procedure=detail.procedure.name,
        amount=request["amount"],
        reason=event.note or "",
        until=request["until"],
        asked_at=iso(event.occurred_at),
        clerk=event.actor,
        phone=source.context.office.phone,
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
    before = payments[-2].facts if len(payments) > 1 else None
    book, number = book_and_number(receipt_of(last, before))
    paid = int(last.facts["change"]["paid"])
    return FeeReceipt(
        head=head(source.context, ""),
        identity=identity_of(PaperForm.FEE, source),
        payer=party(detail.submitter),
        procedure=detail.procedure.name,
        amount=amount_of(last, before),
        paid=paid,
        due=detail.fee.amount,
        book=book,
        number=number,
        paid_at=iso(last.occurred_at),
        cashier=last.actor,
    )
