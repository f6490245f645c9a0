"""Giấy xác nhận đã nhận giấy tờ bổ sung."""

from datetime import datetime

from app.models.instants import local_day
from app.printing.documents.dossier import SupplementReceipt
from app.printing.forms.receipt import field, pair
from app.printing.forms.roll_receipts import roll_heading, roll_signatures
from app.printing.layout.closing import set_closing, signature_block
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import PageFlow, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR
from app.wording.documents import forms as words
from app.wording.documents import supplement_receipt as receipt_words


def supplement_receipt(flow: PageFlow, doc: SupplementReceipt, copy: str) -> None:
    """Set one copy on A4 or A5."""
    heading(flow, doc.head, doc.identity, "supplement-receipt", copy)
    _body(flow, doc)
    returned = field(words.RETURN_BY, words.return_by(doc.return_by))
    last = [returned, *([para(doc.lookup, ITALIC, flow.body - 1)] if doc.lookup else [])]
    for line in last[:-1]:
        flow.text(line)
    giver = signature_block(flow, receipt_words.GIVER_SIGNS, "")
    clerk = signature_block(flow, words.CLERK_SIGNS, doc.clerk, words.SIGN_HINT, words.CLERK_DIGITAL)
    set_closing(flow, last[-1], (giver, clerk))


def roll_supplement_receipt(flow: PageFlow, doc: SupplementReceipt, copy: str) -> None:
    """Set one copy on a roll and cut the page at its end."""
    roll_heading(flow, doc.head, doc.identity, "supplement-receipt", copy)
    _body(flow, doc)
    flow.text(field(words.RETURN_BY, words.return_by(doc.return_by)))
    if doc.lookup:
        flow.text(para(doc.lookup, ITALIC, flow.small))
    roll_signatures(flow, receipt_words.GIVER_SIGNS, doc.clerk)
    flow.cut()


def _body(flow: PageFlow, doc: SupplementReceipt) -> None:
    """Set submitter, dossier, papers brought, and dates."""
    flow.text(para(f"{words.CENTRE} {doc.head.unit}", REGULAR))
    flow.text(field(receipt_words.RECEIVED_FROM, doc.submitter.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.submitter.id_number))
    flow.text(field(words.ADDRESS, doc.submitter.address))
    flow.fields(pair(words.PHONE, doc.submitter.phone), pair(words.EMAIL, doc.submitter.email))
    if doc.applicant:
        flow.text(field(receipt_words.APPLICANT, doc.applicant, BOLD))
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    if doc.asked_at:
        flow.text(
            field(receipt_words.ANSWERS, receipt_words.request_of(local_day(datetime.fromisoformat(doc.asked_at))))
        )
    flow.text(para(f"{receipt_words.ITEMS}:", REGULAR))
    for number, item in enumerate(doc.items or (receipt_words.ALL_ASKED,), 1):
        flow.text(para(f"{number}. {item}", REGULAR))
    _dates(flow, doc)


def _dates(flow: PageFlow, doc: SupplementReceipt) -> None:
    due_at = _instant(doc.due_at)
    has_moved = doc.promised_at is not None and _instant(doc.promised_at) != due_at
    flow.text(field(receipt_words.RECEIVED_AT, words.appointment(_instant(doc.supplemented_at), ""), BOLD))
    if has_moved:
        flow.text(field(receipt_words.PROMISED, words.appointment(_instant(doc.promised_at), "")))
    flow.text(field(receipt_words.DUE, words.appointment(due_at, doc.due_note), BOLD))
    reason = receipt_words.due_date_reason(doc.clock, doc.term, has_moved)
    if reason and due_at is not None:
        flow.text(field(receipt_words.WHY, reason))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
