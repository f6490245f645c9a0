"""Return slip, payment notice and fee receipt.

Forms: Giấy biên nhận trả kết quả; Biên lai thu phí, lệ phí.
"""

from collections.abc import Mapping
from typing import Any

from app.models.codes import comparable
from app.models.enums import Action, PaperForm, ReturnBy
from app.models.errors import Refusal
from app.models.fees import book_and_number
from app.models.instants import iso
from app.models.law.vietqr import MAX_PURPOSE, vietqr_text
from app.printing.documents.dossier import FeeReceipt, FeeSlip, PaymentNotice, ReturnSlip
from app.services.acts.payment import REQUESTED, amount_of, receipt_of
from app.services.acts.receipt_numbers import E_RECEIPT
from app.services.acts.receiver import receiver_of
from app.services.documents.header import DocumentSource, fee_facts, head_of, identity_of, party, relief_text
from app.services.records.print_names import FEE_SLIP
from app.storage.rows import EventRow
from app.wording.documents.cash_sheet import method_name
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
        head=head_of(source, PaperForm.RETURN),
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
        head=head_of(source, PaperForm.PAYMENT),
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
        transfer=transfer_text(source, int(request["amount"]), 0),
    )


def _phone(source: DocumentSource, taker: str) -> str:
    """Return the taker's phone; empty for a person outside the dossier."""
    people = (source.detail.submitter, source.detail.applicant)
    return next((person.get("phone") or "" for person in people if person["name"] == taker), "")


def fee_paper(source: DocumentSource) -> FeeReceipt | FeeSlip:
    """Build the paper of the last payment.

    It is a receipt while paper receipts are valid on the day of the payment, then a slip.

    Raises Refusal `paper_nothing_paid`.
    """
    payments = [event for event in source.events if event.action == Action.PAY]
    if not payments:
        raise Refusal("paper_nothing_paid", "form")
    last, before = payments[-1], payments[-2].facts if len(payments) > 1 else None
    if source.slips:
        return _fee_slip(source, last, before)
    return _fee_receipt(source, last, before)


def _fee_receipt(source: DocumentSource, last: EventRow, before: Mapping[str, Any] | None) -> FeeReceipt:
    detail, paid = source.detail, int(last.facts["change"]["paid"])
    book, number = book_and_number(receipt_of(last, before))
    return FeeReceipt(
        head=head_of(source, PaperForm.FEE),
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


def _fee_slip(source: DocumentSource, last: EventRow, before: Mapping[str, Any] | None) -> FeeSlip:
    detail, paid = source.detail, int(last.facts["change"]["paid"])
    receipt = last.facts.get(E_RECEIPT) or {}
    parts = (receipt.get("form"), receipt.get("symbol"), f"{receipt['number']:08d}" if receipt else "")
    return FeeSlip(
        head=head_of(source, FEE_SLIP),
        identity=identity_of(FEE_SLIP, source),
        payer=party(detail.submitter),
        procedure=detail.procedure.name,
        amount=amount_of(last, before),
        paid=paid,
        due=detail.fee.amount,
        method=method_name(last.facts.get("method") or ""),
        receipt=" · ".join(part for part in parts if part),
        paid_at=iso(last.occurred_at),
        cashier=last.actor,
        relief=relief_text(fee_facts(source)),
        tax_code=source.context.office.tax_code,
        transfer=transfer_text(source, detail.fee.amount, paid),
    )


def transfer_text(source: DocumentSource, fee: int | None, paid: int) -> str:
    """Return the VietQR text of what is still to be paid.

    It is empty without an account of the office or an amount. The purpose is the code, or the key if that is too long.
    """
    amount, account = 0 if fee is None else fee - paid, source.context.office.bank_account
    purpose = source.detail.code if len(comparable(source.detail.code)) <= MAX_PURPOSE else source.detail.key
    return vietqr_text(account, amount, purpose) if account and amount > 0 else ""
