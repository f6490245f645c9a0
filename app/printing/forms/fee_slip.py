"""Phiếu thu phí, lệ phí: what the counter took; no receipt.

The electronic receipt is made by another system (NĐ 254/2026/NĐ-CP Điều 44.2).
"""

from datetime import datetime

from app.printing.documents.dossier import FeeSlip
from app.printing.forms.receipt import field, pair
from app.printing.layout.barcode import qr
from app.printing.layout.closing import set_closing, signature_block
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, PageFlow, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR
from app.wording.documents import forms as words
from app.wording.documents import unnumbered_forms
from app.wording.numbers import instant_in_words, money

_TRANSFER_WIDTH = 32 * MM
_GAP = 3 * MM


def fee_slip(flow: PageFlow, doc: FeeSlip) -> None:
    """Set the slip of one payment and the amount outstanding."""
    heading(flow, doc.head, doc.identity, "fee-slip")
    if doc.tax_code:
        flow.text(field(unnumbered_forms.TAX_CODE, doc.tax_code))
    flow.text(field(unnumbered_forms.PAYER, doc.payer.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.payer.id_number))
    flow.text(field(words.ADDRESS, doc.payer.address))
    flow.text(field(unnumbered_forms.PAID_FOR, doc.procedure))
    flow.text(field(unnumbered_forms.TO_PAY, unnumbered_forms.UNKNOWN if doc.due is None else money(doc.due)))
    if doc.relief:
        flow.text(field(unnumbered_forms.RELIEF, doc.relief))
    flow.text(field(unnumbered_forms.PAID_NOW, money(doc.amount), BOLD))
    flow.text(field(unnumbered_forms.IN_WORDS, f"{unnumbered_forms.in_words(doc.amount)}.", ITALIC))
    flow.fields(
        pair(unnumbered_forms.METHOD, doc.method),
        pair(unnumbered_forms.STILL_TO_PAY, unnumbered_forms.still_to_pay(doc.due, doc.paid), BOLD),
    )
    flow.text(field(unnumbered_forms.E_RECEIPT, doc.receipt or unnumbered_forms.NO_E_RECEIPT, BOLD))
    set_transfer(flow, doc.transfer)
    flow.text(para(unnumbered_forms.NO_RECEIPT, ITALIC, before=1 * MM))
    paid_at = instant_in_words(datetime.fromisoformat(doc.paid_at))
    blocks = (
        signature_block(flow, unnumbered_forms.PAYER_SIGNS, ""),
        signature_block(flow, unnumbered_forms.CASHIER_SIGNS, doc.cashier),
    )
    set_closing(flow, field(unnumbered_forms.PAID_AT, paid_at), blocks)


def set_transfer(flow: PageFlow, text: str) -> None:
    """Set the VietQR code of a transfer with its caption beside it.

    Sets nothing for an empty text.
    """
    if not text:
        return
    symbol = qr(text, _TRANSFER_WIDTH)
    flow.skip(symbol.quiet)
    flow.ensure_height(symbol.height + symbol.quiet)
    top = flow.y
    flow.place_code(symbol, flow.format.left + symbol.quiet, top)
    left = flow.format.left + symbol.width + 2 * symbol.quiet + _GAP
    flow.columns([(left, flow.format.right - left, [para(unnumbered_forms.TRANSFER, REGULAR)])])
    flow.y = top + symbol.height + symbol.quiet
