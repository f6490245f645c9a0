"""Giấy biên nhận trả kết quả and Biên lai thu phí, lệ phí: what the citizen and the counter sign for."""

from datetime import datetime

from app.printing.closing import close, signer
from app.printing.documents import FeeReceipt, ReturnSlip
from app.printing.grid import Column, Table
from app.printing.heading import heading
from app.printing.lettering import BOLD, ITALIC, Span
from app.printing.page import MM, Para, Sheet
from app.printing.receipt import field, pair
from app.wording import papers as words
from app.wording import slips
from app.wording.numbers import instant_in_words, money

_RESULT_SHARES = (48, 30, 52)


def return_slip(sheet: Sheet, doc: ReturnSlip) -> None:
    """Set the receipt of a result: who gave what to whom, when, and by what right or by which parcel."""
    heading(sheet, doc.head, doc.identity, "return")
    sheet.text(field(slips.PROCEDURE, doc.procedure, BOLD))
    sheet.text(field(slips.APPLICANT, doc.applicant, BOLD))
    sheet.fields(pair(slips.RESULT_GIVER, doc.giver), pair(slips.PHONE, doc.giver_phone))
    sheet.fields(pair(slips.RESULT_TAKER, doc.taker, BOLD), pair(slips.PHONE, doc.taker_phone))
    _results(sheet, doc.result)
    sheet.text(field(slips.RETURNED_AT, instant_in_words(datetime.fromisoformat(doc.returned_at)), BOLD))
    sheet.text(field(slips.WAY, slips.BY_POST if doc.by_post else slips.AT_COUNTER))
    last = field(slips.PARCEL, doc.parcel) if doc.by_post else field(slips.AUTHORITY, doc.authority)
    taker = slips.BY_POST_SIGNS if doc.by_post else slips.RESULT_TAKER_SIGNS
    close(sheet, last, (signer(sheet, slips.RESULT_GIVER_SIGNS, doc.giver), signer(sheet, taker, "")))


def _results(sheet: Sheet, result: str) -> None:
    """What is handed over; number and abstract are written in by hand."""
    sheet.text(Para((Span(f"{slips.RESULTS}:"),)))
    sheet.skip(1 * MM)
    columns = [Column(text, part) for text, part in zip(slips.RESULT_COLUMNS, _RESULT_SHARES, strict=True)]
    Table(sheet, columns, sheet.body - 1).row([(result, ""), ("",), ("",)])
    sheet.skip(1.5 * MM)


def fee_receipt(sheet: Sheet, doc: FeeReceipt) -> None:
    """Set the receipt of one payment: the book and number, in figures and in words, and what is still to pay."""
    heading(sheet, doc.head, doc.identity, "fee")
    sheet.fields(pair(slips.BOOK, doc.book, BOLD), pair(slips.NUMBER, doc.number, BOLD))
    sheet.text(field(slips.PAYER, doc.payer.name, BOLD))
    sheet.text(field(words.ID_NUMBER, doc.payer.id_number))
    sheet.text(field(words.ADDRESS, doc.payer.address))
    sheet.text(field(slips.PAID_FOR, doc.procedure))
    sheet.text(field(slips.TO_PAY, slips.UNKNOWN if doc.due is None else money(doc.due)))
    sheet.text(field(slips.PAID_NOW, money(doc.amount), BOLD))
    sheet.text(field(slips.IN_WORDS, f"{slips.in_words(doc.amount)}.", ITALIC))
    sheet.fields(
        pair(slips.PAID_SO_FAR, money(doc.paid)), pair(slips.STILL_TO_PAY, slips.still_to_pay(doc.due, doc.paid), BOLD)
    )
    paid_at = instant_in_words(datetime.fromisoformat(doc.paid_at))
    blocks = (signer(sheet, slips.PAYER_SIGNS, ""), signer(sheet, slips.CASHIER_SIGNS, doc.cashier))
    close(sheet, field(slips.PAID_AT, paid_at), blocks)
