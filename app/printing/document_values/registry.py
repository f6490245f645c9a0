"""Values of any document."""

from collections.abc import Callable, Mapping
from typing import Any

from app.printing.composed.values import Values
from app.printing.document_values import dossier, lists
from app.printing.document_values.parts import common_texts
from app.printing.documents.dossier import (
    Apology,
    BlankReceipt,
    ControlSlip,
    Document,
    FeeReceipt,
    FeeSlip,
    FormPaper,
    Handover,
    PaymentNotice,
    Receipt,
    RefusalSlip,
    Register,
    ReturnSlip,
    StopNotice,
    SupplementReceipt,
    SupplementRequest,
)
from app.printing.documents.lists import BatchReceipt, CashSheet

_VALUES: Mapping[type[Document], Callable[[Any], Values]] = {
    Receipt: dossier.receipt_values,
    BlankReceipt: dossier.blank_values,
    ControlSlip: dossier.control_values,
    SupplementRequest: dossier.supplement_values,
    SupplementReceipt: dossier.supplement_receipt_values,
    RefusalSlip: dossier.refusal_values,
    Apology: dossier.apology_values,
    StopNotice: dossier.stop_values,
    ReturnSlip: dossier.return_values,
    PaymentNotice: dossier.payment_values,
    FormPaper: dossier.form_paper_values,
    BatchReceipt: lists.batch_values,
    Handover: lists.handover_values,
    Register: lists.register_values,
    FeeReceipt: lists.fee_values,
    FeeSlip: lists.fee_slip_values,
    CashSheet: lists.cash_values,
}


def document_values(document: Document) -> Values:
    """Return the values of a document with those of its heading."""
    values = _VALUES[type(document)](document)
    return Values({**common_texts(document), **values.texts}, values.lists)


def form_of(document: Document) -> str:
    """Return the form of a document, as in the key of its rule.

    A pre-printed receipt and a hand-over list have forms of their own.
    """
    if isinstance(document, FormPaper):
        return document.form
    if isinstance(document, BlankReceipt):
        return "receipt-blank"
    if isinstance(document, Handover) and not document.single:
        return "handover-list"
    return document.template.partition("/")[0]
