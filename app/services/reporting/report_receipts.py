"""Mẫu số 01/TH-BLĐT: electronic fee receipts of a period.

Source: TT 91/2026/TT-BTC, thirteen columns.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.models.enums import Action
from app.models.instants import local
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.services.acts.payment import amount_of
from app.services.acts.receipt_numbers import E_RECEIPT
from app.services.context import Context
from app.services.reporting.fees import ReportFees, payments_of
from app.services.reporting.grouped_lines import with_receipts_by_group
from app.services.reporting.query import ReportQuery
from app.storage.rows import PaymentRow
from app.storage.uow import Reading
from app.wording.reports import receipts as words

_KINDS = {"amount": ColumnKind.MONEY, "number": ColumnKind.COUNT}
_WIDTHS = {"name": 44, "code": 20, "amount": 14, "issued_on": 12}


def report_receipts(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the electronic receipts of a period in the order of issue."""
    payments = payments_of(ReportFees(query.first, query.last, as_of=query.as_of), work)
    refunds: Counter[int] = Counter()
    for payment in payments:
        refunds[payment.dossier_id] -= amount_of(payment, payment.before) if payment.action == Action.REFUND else 0
    issued = [payment for payment in payments if payment.facts.get(E_RECEIPT)]
    rows = tuple(_row(payment, refunds, context) for payment in issued)
    total: Row = {"form": words.TOTAL, "amount": sum(amount_of(payment, payment.before) for payment in issued)}
    columns = tuple(
        ReportColumn(key, heading, _KINDS.get(key, ColumnKind.TEXT), width=_WIDTHS.get(key, 14), listed=key == "amount")
        for key, heading in words.COLUMNS
    )
    section = ReportSection("rows", columns, rows, total, indexed=True, tab=words.TAB, empty=words.EMPTY)
    notes = (words.tax_line(context.office.name, context.office.tax_code), words.FORM)
    report = Report("receipts", words.TITLE, query.first, query.last, (section,), notes=notes)
    return report if query.group is None else with_receipts_by_group(report, query, issued, work)


def _row(payment: PaymentRow, refunds: Mapping[int, int], context: Context) -> Row:
    receipt: Mapping[str, Any] = payment.facts[E_RECEIPT]
    refunded = refunds.get(payment.dossier_id, 0)
    return {
        "form": receipt["form"] or context.office.receipt_form,
        "symbol": receipt["symbol"],
        "number": f"{receipt['number']:08d}",
        "issued_on": f"{local(payment.occurred_at):%d/%m/%Y}",
        "name": payment.procedure_name,
        "amount": amount_of(payment, payment.before),
        "rate": "",
        "status": words.NEW,
        "adjusted_period": "",
        "related": "",
        "explanation": "",
        "remark": words.remark(payment.code, refunded),
        "code": payment.code,
    }
