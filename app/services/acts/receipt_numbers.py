"""Electronic fee receipts: number and symbol of a payment.

The receipt itself is made by another system; the counter records it (NĐ 254/2026/NĐ-CP Điều 23.2).
"""

from typing import Any

from app.models.enums import PaymentMethod
from app.models.errors import Refusal
from app.models.law.receipts import ReceiptNumber, parse_receipt_number
from app.services.context import Context
from app.services.law.rules import receipts_are_electronic
from app.storage.law import receipts
from app.storage.uow import Reading, Writing

E_RECEIPT = "e_receipt"
"""Fact of a payment: form symbol, symbol and number of its electronic receipt."""


def method_facts(method: str | None) -> dict[str, Any]:
    """Return the fact of the method of payment.

    Raises Refusal `method_unknown`.
    """
    if method is None:
        return {}
    if method not in tuple(PaymentMethod):
        raise Refusal("method_unknown", "method", text=method[:40], allowed=", ".join(PaymentMethod))
    return {"method": method}


def electronic_receipt(text: str | None, context: Context, work: Reading) -> ReceiptNumber | None:
    """Return the number of an electronic receipt, or None.

    Raises Refusal `receipt_number_shape`, `receipt_number_used`.
    """
    if text is None or not receipts_are_electronic(work, context.today):
        return None
    receipt, year = parse_receipt_number(text), context.today.year
    owner = receipts.receipt_owner(work, year, receipt.symbol.upper(), receipt.number)
    if owner is not None:
        symbol, number = receipt.symbol, receipt.number
        raise Refusal("receipt_number_used", "receipt", symbol=symbol, number=number, year=year, code=owner)
    return receipt


def receipt_facts(receipt: ReceiptNumber | None, context: Context) -> dict[str, Any]:
    """Return the fact of an electronic receipt."""
    if receipt is None:
        return {}
    form = context.office.receipt_form or None
    return {E_RECEIPT: {"form": form, "symbol": receipt.symbol, "number": receipt.number}}


def save_receipt(receipt: ReceiptNumber | None, dossier_id: int, context: Context, work: Writing) -> None:
    """Write the number of an electronic receipt, so that none is used twice."""
    if receipt is not None:
        year = context.today.year
        receipts.save_receipt_number(work, year, receipt.symbol.upper(), receipt.number, dossier_id)
