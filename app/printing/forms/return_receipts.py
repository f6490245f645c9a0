"""Giấy biên nhận trả kết quả and Biên lai thu phí, lệ phí: what the citizen and the counter sign for."""

from datetime import datetime

from app.printing.documents.dossier import FeeReceipt, ReturnSlip
from app.printing.forms.receipt import field, pair
from app.printing.layout.closing import set_closing, signer
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, PageFlow, Para
from app.printing.layout.text_metrics import BOLD, ITALIC, Span
from app.wording import lists_and_receipts
from app.wording import papers as words
from app.wording.numbers import instant_in_words, money

_RESULT_SHARES = (48, 30, 52)


def return_slip(sheet: PageFlow, doc: ReturnSlip) -> None:
    """Set the receipt of a result: who gave what to whom, when, and by what right or by which parcel."""
    heading(sheet, doc.head, doc.identity, "return")
    sheet.text(field(lists_and_receipts.PROCEDURE, doc.procedure, BOLD))
    sheet.text(field(lists_and_receipts.APPLICANT, doc.applicant, BOLD))
    sheet.fields(pair(lists_and_receipts.RESULT_GIVER, doc.giver), pair(lists_and_receipts.PHONE, doc.giver_phone))
    sheet.fields(
        pair(lists_and_receipts.RESULT_TAKER, doc.taker, BOLD), pair(lists_and_receipts.PHONE, doc.taker_phone)
    )
    _results(sheet, doc.result)
    sheet.text(field(lists_and_receipts.RETURNED_AT, instant_in_words(datetime.fromisoformat(doc.returned_at)), BOLD))
    sheet.text(
        field(lists_and_receipts.WAY, lists_and_receipts.BY_POST if doc.by_post else lists_and_receipts.AT_COUNTER)
    )
    last = (
        field(lists_and_receipts.PARCEL, doc.parcel)
        if doc.by_post
        else field(lists_and_receipts.AUTHORITY, doc.authority)
    )
    taker = lists_and_receipts.BY_POST_SIGNS if doc.by_post else lists_and_receipts.RESULT_TAKER_SIGNS
    set_closing(
        sheet, last, (signer(sheet, lists_and_receipts.RESULT_GIVER_SIGNS, doc.giver), signer(sheet, taker, ""))
    )


def _results(sheet: PageFlow, result: str) -> None:
    """What is handed over; number and abstract are written in by hand."""
    sheet.text(Para((Span(f"{lists_and_receipts.RESULTS}:"),)))
    sheet.skip(1 * MM)
    columns = [Column(text, part) for text, part in zip(lists_and_receipts.RESULT_COLUMNS, _RESULT_SHARES, strict=True)]
    GridTable(sheet, columns, sheet.body - 1).row([(result, ""), ("",), ("",)])
    sheet.skip(1.5 * MM)


def fee_receipt(sheet: PageFlow, doc: FeeReceipt) -> None:
    """Set the receipt of one payment: the book and number, in figures and in words, and what is still to pay."""
    heading(sheet, doc.head, doc.identity, "fee")
    sheet.fields(pair(lists_and_receipts.BOOK, doc.book, BOLD), pair(lists_and_receipts.NUMBER, doc.number, BOLD))
    sheet.text(field(lists_and_receipts.PAYER, doc.payer.name, BOLD))
    sheet.text(field(words.ID_NUMBER, doc.payer.id_number))
    sheet.text(field(words.ADDRESS, doc.payer.address))
    sheet.text(field(lists_and_receipts.PAID_FOR, doc.procedure))
    sheet.text(field(lists_and_receipts.TO_PAY, lists_and_receipts.UNKNOWN if doc.due is None else money(doc.due)))
    sheet.text(field(lists_and_receipts.PAID_NOW, money(doc.amount), BOLD))
    sheet.text(field(lists_and_receipts.IN_WORDS, f"{lists_and_receipts.in_words(doc.amount)}.", ITALIC))
    sheet.fields(
        pair(lists_and_receipts.PAID_SO_FAR, money(doc.paid)),
        pair(lists_and_receipts.STILL_TO_PAY, lists_and_receipts.still_to_pay(doc.due, doc.paid), BOLD),
    )
    paid_at = instant_in_words(datetime.fromisoformat(doc.paid_at))
    blocks = (
        signer(sheet, lists_and_receipts.PAYER_SIGNS, ""),
        signer(sheet, lists_and_receipts.CASHIER_SIGNS, doc.cashier),
    )
    set_closing(sheet, field(lists_and_receipts.PAID_AT, paid_at), blocks)
