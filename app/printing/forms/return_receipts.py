"""Giấy biên nhận trả kết quả, Thông báo nộp phí, Biên lai thu phí, lệ phí."""

from datetime import date, datetime

from app.printing.documents.dossier import FeeReceipt, PaymentNotice, ReturnSlip
from app.printing.forms.fee_slip import set_transfer
from app.printing.forms.receipt import field, pair
from app.printing.layout.closing import SignatureBlock, set_closing, signature_block
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span
from app.wording.documents import forms as words
from app.wording.documents import unnumbered_forms
from app.wording.numbers import day_in_words, instant_in_words, money

_RESULT_SHARES = (48, 30, 52)


def return_slip(flow: PageFlow, doc: ReturnSlip) -> None:
    """Set the receipt of a result: giver, receiver, time, authority or parcel."""
    heading(flow, doc.head, doc.identity, "return")
    flow.text(field(unnumbered_forms.PROCEDURE, doc.procedure, BOLD))
    flow.text(field(unnumbered_forms.APPLICANT, doc.applicant, BOLD))
    flow.fields(pair(unnumbered_forms.RESULT_GIVER, doc.giver), pair(unnumbered_forms.PHONE, doc.giver_phone))
    flow.fields(pair(unnumbered_forms.RESULT_TAKER, doc.taker, BOLD), pair(unnumbered_forms.PHONE, doc.taker_phone))
    if doc.taker_id:
        flow.text(field(words.ID_NUMBER, doc.taker_id))
    _results(flow, doc.result)
    flow.text(field(unnumbered_forms.RETURNED_AT, instant_in_words(datetime.fromisoformat(doc.returned_at)), BOLD))
    flow.text(field(unnumbered_forms.WAY, unnumbered_forms.BY_POST if doc.by_post else unnumbered_forms.AT_COUNTER))
    last = (
        field(unnumbered_forms.PARCEL, doc.parcel) if doc.by_post else field(unnumbered_forms.AUTHORITY, doc.authority)
    )
    taker_label = unnumbered_forms.BY_POST_SIGNS if doc.by_post else unnumbered_forms.RESULT_TAKER_SIGNS
    set_closing(
        flow,
        last,
        (signature_block(flow, unnumbered_forms.RESULT_GIVER_SIGNS, doc.giver), signature_block(flow, taker_label, "")),
    )


def _results(flow: PageFlow, result: str) -> None:
    """Set the result; its number and abstract are written by hand."""
    flow.text(Para((Span(f"{unnumbered_forms.RESULTS}:"),)))
    flow.skip(1 * MM)
    columns = [Column(text, part) for text, part in zip(unnumbered_forms.RESULT_COLUMNS, _RESULT_SHARES, strict=True)]
    GridTable(flow, columns, flow.body - 1).row([(result, ""), ("",), ("",)])
    flow.skip(1.5 * MM)


def payment_notice(flow: PageFlow, doc: PaymentNotice) -> None:
    """Set the notice: addressee, amount, reason, last day, where to pay."""
    heading(flow, doc.head, doc.identity, "payment")
    flow.text(field(unnumbered_forms.NOTICE_TO, doc.addressee.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.addressee.id_number))
    flow.text(field(words.ADDRESS, doc.addressee.address))
    if doc.applicant:
        flow.text(field(words.APPLICANT, doc.applicant, BOLD))
    flow.text(field(unnumbered_forms.PROCEDURE, doc.procedure))
    flow.text(field(unnumbered_forms.AMOUNT_ASKED, money(doc.amount), BOLD))
    flow.text(field(unnumbered_forms.IN_WORDS, f"{unnumbered_forms.in_words(doc.amount)}.", ITALIC))
    flow.text(field(unnumbered_forms.ASKED_FOR, doc.reason))
    until = day_in_words(date.fromisoformat(doc.until)) if doc.until else unnumbered_forms.NO_LAST_DAY
    flow.text(field(unnumbered_forms.PAY_UNTIL, until, BOLD))
    flow.text(para(unnumbered_forms.PAY_WHERE, REGULAR, before=1 * MM))
    set_transfer(flow, doc.transfer)
    clerk = signature_block(flow, unnumbered_forms.NOTICE_SIGNS, doc.clerk, words.SIGN_HINT)
    set_closing(flow, para(unnumbered_forms.term_pauses(doc.phone), REGULAR), (SignatureBlock(), clerk))


def fee_receipt(flow: PageFlow, doc: FeeReceipt) -> None:
    """Set the receipt of one payment and the amount outstanding."""
    heading(flow, doc.head, doc.identity, "fee")
    flow.fields(pair(unnumbered_forms.BOOK, doc.book, BOLD), pair(unnumbered_forms.NUMBER, doc.number, BOLD))
    flow.text(field(unnumbered_forms.PAYER, doc.payer.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.payer.id_number))
    flow.text(field(words.ADDRESS, doc.payer.address))
    flow.text(field(unnumbered_forms.PAID_FOR, doc.procedure))
    flow.text(field(unnumbered_forms.TO_PAY, unnumbered_forms.UNKNOWN if doc.due is None else money(doc.due)))
    flow.text(field(unnumbered_forms.PAID_NOW, money(doc.amount), BOLD))
    flow.text(field(unnumbered_forms.IN_WORDS, f"{unnumbered_forms.in_words(doc.amount)}.", ITALIC))
    flow.fields(
        pair(unnumbered_forms.PAID_SO_FAR, money(doc.paid)),
        pair(unnumbered_forms.STILL_TO_PAY, unnumbered_forms.still_to_pay(doc.due, doc.paid), BOLD),
    )
    paid_at = instant_in_words(datetime.fromisoformat(doc.paid_at))
    blocks = (
        signature_block(flow, unnumbered_forms.PAYER_SIGNS, ""),
        signature_block(flow, unnumbered_forms.CASHIER_SIGNS, doc.cashier),
    )
    set_closing(flow, field(unnumbered_forms.PAID_AT, paid_at), blocks)
