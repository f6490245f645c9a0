"""Exports of register and payments: JSON (docs/formats.md) and Excel."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.models.errors import Refusal
from app.models.instants import iso
from app.printing.documents.dossier import RegisterRow
from app.printing.workbooks import Cell, WorkbookTable, workbook
from app.services.documents.register import RegisterTable
from app.services.reporting.fees import FeeReport, Payment
from app.wording.documents import cash_sheet, unnumbered_forms
from app.wording.documents.forms import titles
from app.wording.numbers import instant_in_figures

_REGISTER_WIDTHS = (7, 22, 40, 26, 36, 26, 17, 17, 17, 14, 22)


def register_to_json(table: RegisterTable) -> dict[str, Any]:
    """Return the register as JSON: one object for each dossier."""
    rows = [
        {"field": block.field, "volume": block.volume, **asdict(row)} for block in table.blocks for row in block.rows
    ]
    return {"period": _period(table.first, table.last), "rows": rows, "total": len(rows)}


def fees_to_json(taken: FeeReport) -> dict[str, Any]:
    """Return the payments of a period as JSON."""
    values = asdict(taken)
    for payment in values["payments"]:
        payment["at"] = iso(payment["at"])
    parts = ("payments", "books", "procedures", "people", "unpaid")
    return {
        "period": _period(taken.first, taken.last),
        "cashier": taken.cashier or None,
        "total": {
            "payments": len(taken.payments),
            "amount": taken.amount,
            "owed": taken.owed,
            "unknown": taken.unknown,
        },
        **{name: list(values[name]) for name in parts},
    }


def register_file(table: RegisterTable, ending: str, office: str) -> bytes:
    """Return the register as a `.json` or `.xlsx` file.

    Raises Refusal `report_format`.
    """
    return _file(ending, lambda: register_to_json(table), lambda: _register_book(table, office))


def fees_file(taken: FeeReport, ending: str, office: str) -> bytes:
    """Return the payments as a `.json` or `.xlsx` file.

    Raises Refusal `report_format`.
    """
    return _file(ending, lambda: fees_to_json(taken), lambda: _fees_book(taken, office))


def _file(ending: str, as_json: Callable[[], Mapping[str, Any]], book: Callable[[], bytes]) -> bytes:
    if ending == ".json":
        return (json.dumps(as_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if ending == ".xlsx":
        return book()
    raise Refusal("report_format", "out", text=ending, allowed=".json, .xlsx, .pdf")


def _period(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _register_book(table: RegisterTable, office: str) -> bytes:
    heads = tuple(zip(unnumbered_forms.REGISTER_COLUMNS, _REGISTER_WIDTHS, strict=True))
    rows = [[block.field, block.volume, *_register_cells(row)] for block in table.blocks for row in block.rows]
    note = unnumbered_forms.register_period(table.first, table.last)
    sheet = WorkbookTable("Sổ theo dõi", (("Lĩnh vực", 22), ("Quyển số", 10), *heads), rows)
    return workbook(office, " ".join(titles("register", "2025")), note, table.last, [sheet])


def _register_cells(row: RegisterRow) -> list[str]:
    return [
        row.number,
        row.code,
        row.procedure,
        row.applicant,
        " · ".join(text for text in (row.address, row.phone) if text),
        row.unit,
        _instant(row.received_at),
        _instant(row.due_at),
        " · ".join(text for text in (_instant(row.returned_at), row.ended) if text),
        unnumbered_forms.return_method(row.return_by),
        row.received_by,
    ]


def _instant(text: str | None) -> str:
    return instant_in_figures(datetime.fromisoformat(text)) if text else ""


def _fees_book(taken: FeeReport, office: str) -> bytes:
    note = cash_sheet.days(taken.first, taken.last) + (
        f" · {cash_sheet.CASHIER}: {taken.cashier}" if taken.cashier else ""
    )
    tables = [_payments(taken), *_sums(taken), *([] if taken.cashier else [_unpaid(taken)])]
    return workbook(office, " ".join(titles("cash", "2025")), note, taken.last, tables)


def _payments(taken: FeeReport) -> WorkbookTable:
    widths = (6, 10, 14, 17, 22, 28, 12, 40, 22, 14, 16)
    names = ("TT", "Quyển số", "Số biên lai", "Thời gian thu", "Mã hồ sơ", "Người nộp tiền", "Mã thủ tục")
    heads = (*names, "Nội dung thu", "Người thu", "Số tiền", "Ghi chú")
    rows = [_payment(place, each) for place, each in enumerate(taken.payments, 1)]
    total = (cash_sheet.TOTAL, *[None] * 8, taken.amount, None)
    return WorkbookTable("Các khoản thu", tuple(zip(heads, widths, strict=True)), rows, total)


def _payment(place: int, paid: Payment) -> tuple[Cell, ...]:
    receipt = (paid.book, paid.number, instant_in_figures(paid.at))
    what = (paid.code, paid.payer, paid.procedure, paid.procedure_name)
    return place, *receipt, *what, paid.cashier, paid.amount, cash_sheet.VOID if paid.void else ""


def _sums(taken: FeeReport) -> list[WorkbookTable]:
    by_book = [(b.book, b.first, b.last, b.payments, b.amount) for b in taken.books]
    by_procedure = [(p.procedure, p.name, p.payments, p.amount) for p in taken.procedures]
    by_person = [(p.name, p.payments, p.amount) for p in taken.people]
    counted = (("Số khoản", 10.0), ("Số tiền", 16.0))
    return [
        WorkbookTable("Theo quyển", (("Quyển số", 12), ("Từ số", 14), ("Đến số", 14), *counted), by_book),
        WorkbookTable("Theo thủ tục", (("Mã thủ tục", 12), ("Tên thủ tục hành chính", 60), *counted), by_procedure),
        WorkbookTable("Theo người thu", (("Người thu", 30), *counted), by_person),
    ]


def _unpaid(taken: FeeReport) -> WorkbookTable:
    widths = (6, 22, 28, 50, 14, 14, 16)
    rows = [
        (place, each.code, each.applicant, each.procedure_name, each.fee, each.paid, each.owed)
        for place, each in enumerate(taken.unpaid, 1)
    ]
    total = (cash_sheet.TOTAL, *[None] * 5, taken.owed)
    return WorkbookTable("Chưa thu đủ", tuple(zip(cash_sheet.OUTSTANDING_COLUMNS, widths, strict=True)), rows, total)
