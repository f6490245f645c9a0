"""Forms of data for a dossier, and the code to pay for it by transfer."""

from dataclasses import dataclass

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.models.forms.values import FORM_VALUES
from app.models.instants import local_day
from app.models.values.order import vietnamese_key
from app.printing.layout.barcode import qr_rows
from app.services.context import Context
from app.services.documents.builders import document_source
from app.services.documents.office_forms import forms_on
from app.services.documents.receipts import transfer_text
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.storage.prints.handovers import last_handover_members
from app.storage.uow import Reading
from app.wording.status import handover_list_title


@dataclass(frozen=True)
class ListDataForms:
    """Query: the forms of a dossier that only data describes."""

    code: str


@dataclass(frozen=True)
class DataForm:
    """A form of the set in force for a dossier, with its title."""

    form: PaperForm
    title: str


@dataclass(frozen=True)
class ShowPaymentCode:
    """Query: the VietQR code of a payment.

    Without an amount it is what is still to be paid.
    """

    code: str
    amount: int | None = None


@dataclass(frozen=True)
class PaymentCode:
    """A VietQR code with its account and amount.

    `rows` are its modules, top row first, 1 for dark.
    """

    code: str
    account: str
    amount: int
    text: str
    rows: tuple[str, ...]


@requires(Right.OPEN_SHEET)
def list_data_forms(query: ListDataForms, context: Context, work: Reading) -> tuple[DataForm, ...]:
    """Return the forms by title that the set of the dossier's day adds.

    The list of its last hand-over with other dossiers comes first.

    Raises Refusal `dossier_unknown`.
    """
    row = find_row(work, query.code)
    forms = forms_on(work, context.office, local_day(row.received_at))
    names = (name for name in forms.library.forms_on(forms.form_set.key, forms.day) if name not in FORM_VALUES)
    lines = (DataForm(PaperForm(name), " ".join(forms.version(name).layout.title)) for name in names)
    sent_together = last_handover_members(work, row.id)
    lists = [DataForm(PaperForm.HANDOVER_LIST, handover_list_title(len(sent_together)))] if sent_together else []
    return (*lists, *sorted(lines, key=lambda line: vietnamese_key(line.title)))


@requires(Right.PAY)
def show_payment_code(query: ShowPaymentCode, context: Context, work: Reading) -> PaymentCode:
    """Return the VietQR code of the office's account for a dossier.

    Raises Refusal `dossier_unknown`, `payment_code_account`, `payment_code_amount`.
    """
    row, office = find_row(work, query.code), context.office
    amount = (row.fee or 0) - row.paid if query.amount is None else query.amount
    if not office.bank_account:
        raise Refusal("payment_code_account", "method")
    if amount <= 0:
        raise Refusal("payment_code_amount", "amount")
    text = transfer_text(document_source(work, row, context), amount, 0)
    return PaymentCode(row.code, office.bank_account, amount, text, qr_rows(text))
