"""Cash sheet (Bảng kê thu phí, lệ phí): payments as a printed list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import ListForm, PaperSize, Right
from app.models.errors import Refusal
from app.models.forms.library import FormVersion
from app.models.instants import iso
from app.printing.documents.lists import CashRow, CashSheet, CashSum, UnpaidDossier
from app.printing.render import render
from app.services.context import Context
from app.services.documents.header import head, identity_without_code
from app.services.documents.office_forms import forms_on
from app.services.documents.prepared import count_pages
from app.services.permissions import requires
from app.services.reporting.fees import BookSum, FeeReport, Payment, ReportFees, fees_taken
from app.storage import office_settings
from app.storage.uow import Reading
from app.wording.documents import cash_sheet as words

CASH = "cash"
"""Form name of the list, which belongs to no single dossier."""


@dataclass(frozen=True)
class PrepareCash:
    """Query: the list of the days `first` to `last`, both included.

    With `cashier` only their payments are listed. The default paper is A4.
    """

    first: date
    last: date
    cashier: str | None = None
    paper: PaperSize | None = None


@dataclass(frozen=True)
class PreparedCash:
    """The drawn list: its PDF, number of pages and total amount in đồng."""

    pdf: bytes
    pages: int
    amount: int
    paper: PaperSize
    form: ListForm = ListForm.CASH


@requires(Right.READ_LISTS)
def prepare_cash(query: PrepareCash, context: Context, work: Reading) -> PreparedCash:
    """Lay out and draw the list.

    It has no print record because it belongs to no dossier.
    Raises Refusal `period_reversed`, `paper_not_on_roll`, and `paper_signer_missing` if the office file names no
    signer.
    """
    if not context.office.signer:
        raise Refusal("paper_signer_missing", "signer")
    taken = fees_taken(ReportFees(query.first, query.last, query.cashier), work)
    version = forms_on(work, context.office, context.today).version(CASH)
    document = _document(taken, version, office_settings.settings(work), context)
    paper = query.paper or version.layout.papers[0]
    pdf = render(document, paper, layout=version.layout)
    return PreparedCash(pdf, count_pages(pdf), taken.amount, paper)


def _document(taken: FeeReport, version: FormVersion, keys: Mapping[str, Any], context: Context) -> CashSheet:
    facts = (words.days_line(taken.first, taken.last), words.amount_line(len(taken.payments), taken.amount))
    return CashSheet(
        head=head(context, version),
        identity=identity_without_code(facts, version, keys, context),
        first=taken.first.isoformat(),
        last=taken.last.isoformat(),
        cashier=taken.cashier,
        rows=tuple(_row(each) for each in taken.payments),
        books=tuple(_book(each) for each in taken.books),
        procedures=tuple(CashSum(each.name, each.procedure, each.payments, each.amount) for each in taken.procedures),
        people=tuple(CashSum(each.name, "", each.payments, each.amount) for each in taken.people),
        owing=tuple(
            UnpaidDossier(each.code, each.applicant, each.procedure_name, each.fee, each.paid) for each in taken.unpaid
        ),
        unknown=taken.unknown,
        signer=context.office.signer,
        reliefs=tuple(CashSum(each.relief, each.decision, each.dossiers, each.amount) for each in taken.reliefs),
        methods=tuple(
            CashSum(words.method_name(each.method), "", each.payments, each.amount) for each in taken.methods
        ),
    )


def _row(payment: Payment) -> CashRow:
    number = "/".join(part for part in (payment.book, payment.number) if part)
    return CashRow(
        number=number,
        at=iso(payment.at) or "",
        code=payment.code,
        payer=payment.payer,
        procedure=payment.procedure_name,
        cashier=payment.cashier,
        amount=payment.amount,
        note=words.VOID if payment.void else "",
    )


def _book(each: BookSum) -> CashSum:
    if not each.first:
        return CashSum(words.NO_NUMBER, "", each.payments, each.amount)
    numbers = each.first if each.first == each.last else f"{each.first} – {each.last}"
    return CashSum(words.book(each.book), numbers, each.payments, each.amount)
