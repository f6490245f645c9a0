"""Register and payments of a period as reports."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from app.models.instants import iso
from app.printing.documents.dossier import RegisterRow
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, Row, Value
from app.services.context import Context
from app.services.documents.register import RegisterTable, read_register
from app.services.reporting.fees import FeeReport, ReportFees, fees_taken
from app.services.reporting.grouped_lines import with_fees_by_group, with_register_by_group
from app.services.reporting.query import ReportQuery
from app.storage.uow import Reading
from app.wording.documents import cash_sheet, unnumbered_forms
from app.wording.numbers import instant_in_figures

_TEXT, _COUNT, _MONEY, _INSTANT = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.INSTANT
_REGISTER_KEYS = (
    *("number", "code", "procedure", "applicant", "contact", "unit", "received", "due", "returned", "way"),
    "received_by",
)
_REGISTER_INSTANTS = frozenset(("received", "due", "returned"))
_REGISTER_WIDTHS = (8, 28, 34, 24, 30, 18, 14, 14, 14, 12, 18)


def report_register(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the register of dossiers received in a period."""
    table = read_register(query.first, query.last, query.fields, context, work, query.as_of)
    report = register_report(table)
    return report if query.group is None else with_register_by_group(report, query, table, work)


def register_report(table: RegisterTable) -> Report:
    """Return a register as a report."""
    named = zip(_REGISTER_KEYS, unnumbered_forms.REGISTER_COLUMNS, _REGISTER_WIDTHS, strict=True)
    columns = (
        ReportColumn("field", "Lĩnh vực", _TEXT, width=16),
        ReportColumn("volume", "Quyển số", _TEXT, width=12),
        *(
            ReportColumn(key, heading, _INSTANT if key in _REGISTER_INSTANTS else _TEXT, width=width)
            for key, heading, width in named
        ),
    )
    rows = tuple(
        {"field": block.field, "volume": block.volume, **_register_cells(row)}
        for block in table.blocks
        for row in block.rows
    )
    return Report(
        name="register",
        title=unnumbered_forms.REGISTER_TITLE,
        first=table.first,
        last=table.last,
        sections=(ReportSection("rows", columns, rows, tab="Sổ theo dõi", numbered=False),),
        subtitle=unnumbered_forms.register_period(table.first, table.last),
        facts=(ReportFact("dossiers", "Số hồ sơ", table.dossiers, listed=True),),
        answer=register_to_json(table),
    )


def register_to_json(table: RegisterTable) -> dict[str, Any]:
    """Return the register as JSON: one object for each dossier."""
    rows = [
        {"field": block.field, "volume": block.volume, **asdict(row)} for block in table.blocks for row in block.rows
    ]
    return {"period": _period(table.first, table.last), "rows": rows, "total": len(rows)}


def _register_cells(row: RegisterRow) -> Row:
    cells = (
        row.number,
        row.code,
        row.procedure,
        row.applicant,
        " · ".join(text for text in (row.address, row.phone) if text),
        row.unit,
        _instant(row.received_at),
        _instant(row.due_at),
        _returned(row),
        unnumbered_forms.return_method(row.return_by),
        row.received_by,
    )
    return dict(zip(_REGISTER_KEYS, cells, strict=True))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _returned(row: RegisterRow) -> Value:
    """Return the instant of the return, as text beside another end."""
    returned = _instant(row.returned_at)
    if returned is None or not row.ended:
        return returned or row.ended
    return f"{instant_in_figures(returned)} · {row.ended}"


def report_fees(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the payments of a period with their sums."""
    taken = fees_taken(ReportFees(query.first, query.last, query.cashier, query.as_of), work)
    report = fees_report(taken)
    return report if query.group is None else with_fees_by_group(report, query, taken, work)


def fees_report(taken: FeeReport) -> Report:
    """Return payments and sums as a report."""
    sections = [_payments(taken), *_sums(taken), *([] if taken.cashier else [_unpaid(taken)])]
    note = (f"{cash_sheet.CASHIER}: {taken.cashier}",) if taken.cashier else ()
    return Report(
        name="fees",
        title=cash_sheet.TITLE,
        first=taken.first,
        last=taken.last,
        sections=tuple(sections),
        subtitle=cash_sheet.days(taken.first, taken.last),
        facts=_unknown(taken),
        notes=note,
        answer=fees_to_json(taken),
    )


def fees_to_json(taken: FeeReport) -> dict[str, Any]:
    """Return the payments of a period as JSON."""
    values = asdict(taken)
    for payment in values["payments"]:
        payment["at"] = iso(payment["at"])
    parts = ("payments", "books", "procedures", "people", "methods", "unpaid", "reliefs")
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


def _period(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _columns(
    *columns: tuple[str, str, ColumnKind, float], listed: Sequence[str] = ("payments", "amount")
) -> tuple[ReportColumn, ...]:
    return tuple(
        ReportColumn(key, heading, kind, width=width, listed=key in listed) for key, heading, kind, width in columns
    )


def _payments(taken: FeeReport) -> ReportSection:
    columns = _columns(
        ("book", "Quyển số", _TEXT, 13),
        ("number", "Số biên lai", _TEXT, 14),
        ("at", "Thời gian thu", _INSTANT, 17),
        ("code", "Mã hồ sơ", _TEXT, 22),
        ("payer", "Người nộp tiền", _TEXT, 28),
        ("procedure", "Mã thủ tục", _TEXT, 12),
        ("procedure_name", "Nội dung thu", _TEXT, 40),
        ("cashier", "Người thu", _TEXT, 22),
        ("method_name", "Hình thức", _TEXT, 14),
        ("amount", "Số tiền", _MONEY, 14),
        ("remark", "Ghi chú", _TEXT, 16),
        listed=("amount",),
    )
    rows = [
        {
            **asdict(each),
            "method_name": cash_sheet.method_name(each.method),
            "remark": cash_sheet.VOID if each.void else "",
        }
        for each in taken.payments
    ]
    total: Row = {"book": cash_sheet.TOTAL, "amount": taken.amount}
    return ReportSection("payments", columns, tuple(rows), total, title=cash_sheet.ROWS, tab="Các khoản thu")


_COUNTED = (("payments", "Số khoản", _COUNT, 10.0), ("amount", "Số tiền", _MONEY, 16.0))


def _sums(taken: FeeReport) -> list[ReportSection]:
    book_columns = _columns(
        ("book_name", "Quyển số", _TEXT, 16), ("first", "Từ số", _TEXT, 14), ("last", "Đến số", _TEXT, 14), *_COUNTED
    )
    procedure_columns = _columns(
        ("procedure", "Mã thủ tục", _TEXT, 12), ("name", "Tên thủ tục hành chính", _TEXT, 60), *_COUNTED
    )
    books = [{**asdict(each), "book_name": each.book or cash_sheet.NO_BOOK} for each in taken.books]
    methods = [{**asdict(each), "name": cash_sheet.method_name(each.method)} for each in taken.methods]
    return [
        _sum("books", book_columns, books, "Theo quyển", "book"),
        _sum("procedures", procedure_columns, [asdict(p) for p in taken.procedures], "Theo thủ tục", "procedure"),
        _sum("people", _columns(("name", "Người thu", _TEXT, 30), *_COUNTED), [asdict(p) for p in taken.people]),
        replace(
            _sum("reliefs", _relief_columns(), [asdict(each) for each in taken.reliefs], "Miễn, giảm", "relief"),
            detail="decision",
        ),
        _sum(
            "methods",
            _columns(("name", "Hình thức thanh toán", _TEXT, 30), *_COUNTED),
            methods,
            "Theo hình thức",
            "method",
        ),
    ]


def _relief_columns() -> tuple[ReportColumn, ...]:
    return _columns(
        ("relief", "Lý do miễn, giảm", _TEXT, 50),
        ("decision", "Căn cứ", _TEXT, 30),
        ("dossiers", "Số hồ sơ", _COUNT, 10),
        ("amount", "Số tiền miễn, giảm", _MONEY, 16),
        listed=("dossiers",),
    )


def _sum(
    key: str,
    columns: tuple[ReportColumn, ...],
    rows: Sequence[Row],
    tab: str = "Theo người thu",
    scope: str = "name",
) -> ReportSection:
    return ReportSection(key, columns, tuple(rows), title=tab, tab=tab, numbered=False, scope=scope)


def _unknown(taken: FeeReport) -> tuple[ReportFact, ...]:
    """Return the dossiers whose fee no one has stated, if there are any."""
    if not taken.unknown:
        return ()
    return (ReportFact("unknown", "Hồ sơ chưa rõ mức thu", taken.unknown, listed=True),)


def _unpaid(taken: FeeReport) -> ReportSection:
    keys = ("code", "applicant", "procedure_name", "fee", "paid", "owed")
    kinds = (_TEXT, _TEXT, _TEXT, _MONEY, _MONEY, _MONEY)
    widths = (22, 28, 50, 14, 14, 16)
    named = zip(keys, cash_sheet.OUTSTANDING_COLUMNS[1:], kinds, widths, strict=True)
    columns = _columns(*named, listed=("owed",))
    rows = tuple(asdict(each) for each in taken.unpaid)
    total: Row = {"code": cash_sheet.TOTAL, "owed": taken.owed}
    return ReportSection("unpaid", columns, rows, total, title="Chưa thu đủ", tab="Chưa thu đủ")
