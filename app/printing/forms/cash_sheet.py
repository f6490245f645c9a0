"""Bảng kê thu phí, lệ phí: the payments of a day and their sums."""

from collections.abc import Sequence
from datetime import date, datetime

from app.printing.documents.lists import CashSheet, CashSum, UnpaidDossier
from app.printing.layout.closing import closing_height, set_closing, signature_block
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, SPACING, PageFlow, para
from app.printing.layout.text_metrics import BOLD, REGULAR
from app.wording.documents import cash_sheet as words
from app.wording.documents import letters
from app.wording.numbers import instant_in_figures, money

_ROWS = (10, 26, 26, 45, 40, 68, 34, 27)
_SUMS = (120, 60, 24, 30)
_OUTSTANDING = (10, 45, 48, 85, 26, 26, 28)
_CENTRED, _RIGHT = 0.5, 1.0


def cash_sheet(flow: PageFlow, doc: CashSheet) -> None:
    """Set the payments, sums, outstanding fees, total in words and signatures."""
    first, last = date.fromisoformat(doc.first), date.fromisoformat(doc.last)
    beside = [para(words.payments_summary(len(doc.rows), doc.amount), BOLD, 0, _CENTRED)]
    if doc.cashier:
        beside.append(para(f"{words.CASHIER}: {doc.cashier}", REGULAR, 0, _CENTRED))
    heading(flow, doc.head, doc.identity, "cash", subtitle=words.days(first, last), beside=beside)
    _payments(flow, doc)
    if doc.rows:
        _section_title(flow, words.SUMS)
        _sum_table(flow, words.BY_BOOK, doc.books)
        _sum_table(flow, words.BY_PROCEDURE, doc.procedures)
        _sum_table(flow, words.BY_PERSON, doc.people)
    if not doc.cashier:
        _section_title(flow, words.outstanding_title(first, last))
        _outstanding_table(flow, doc)
    _signatures(flow, doc)


def _section_title(flow: PageFlow, text: str) -> None:
    """Set a heading that stays with the first rows below it."""
    flow.text(para(text, BOLD, before=2 * MM), reserve=5 * flow.body * SPACING)
    flow.skip(1 * MM)


def _payments(flow: PageFlow, doc: CashSheet) -> None:
    _section_title(flow, words.ROWS)
    if not doc.rows:
        flow.text(para(words.NOTHING, REGULAR))
        return
    table = GridTable(flow, _columns(words.COLUMNS, _ROWS, {0: _CENTRED, 7: _RIGHT}), flow.body - 1.5)
    for place, row in enumerate(doc.rows, 1):
        at = instant_in_figures(datetime.fromisoformat(row.at))
        procedure = [row.procedure, *([f"({row.note})"] if row.note else [])]
        cells = [(str(place),), (row.number,), (at,), (row.code,), (row.payer,), procedure, (row.cashier,)]
        table.row([*cells, (money(row.amount),)])
    table.row([("",), ("",), ("",), ("",), ("",), (words.TOTAL,), ("",), (money(doc.amount),)])


def _sum_table(flow: PageFlow, names: Sequence[str], sums: Sequence[CashSum]) -> None:
    table = GridTable(flow, _columns(names, _SUMS, {1: _CENTRED, 2: _CENTRED, 3: _RIGHT}), flow.body - 1.5)
    for row in sums:
        table.row([(row.name,), (row.detail,), (str(row.payments),), (money(row.amount),)])
    flow.skip(1.5 * MM)


def _outstanding_table(flow: PageFlow, doc: CashSheet) -> None:
    if doc.owing:
        columns = _columns(words.OUTSTANDING_COLUMNS, _OUTSTANDING, {0: _CENTRED, 4: _RIGHT, 5: _RIGHT, 6: _RIGHT})
        table = GridTable(flow, columns, flow.body - 1.5)
        for place, row in enumerate(doc.owing, 1):
            table.row(_outstanding_row(place, row))
        outstanding = sum(row.fee - row.paid for row in doc.owing)
        table.row([("",), ("",), ("",), (words.TOTAL,), ("",), ("",), (money(outstanding),)])
    if doc.unknown or not doc.owing:
        flow.text(para(words.no_outstanding_text(doc.unknown), REGULAR, before=0.5 * MM))


def _outstanding_row(place: int, row: UnpaidDossier) -> list[tuple[str]]:
    amounts = (row.fee, row.paid, row.fee - row.paid)
    texts = (str(place), row.code, row.applicant, row.procedure, *(money(amount) for amount in amounts))
    return [(text,) for text in texts]


def _signatures(flow: PageFlow, doc: CashSheet) -> None:
    """Set cashier, accountant and head with the total above on the same page."""
    people = {row.cashier for row in doc.rows} | ({doc.cashier} if doc.cashier else set())
    blocks = (
        signature_block(flow, words.CASHIER_SIGNS, next(iter(people)) if len(people) == 1 else "", blocks=3),
        signature_block(flow, words.ACCOUNTANT_SIGNS, "", blocks=3),
        signature_block(flow, letters.HEAD_SIGNS, doc.signer, letters.HEAD_HINT, blocks=3),
    )
    flow.ensure_height(closing_height(flow) + 2 * flow.body * SPACING)
    set_closing(flow, para(words.total(doc.amount), BOLD, before=2 * MM), blocks)


def _columns(names: Sequence[str], shares: Sequence[int], aligned: dict[int, float]) -> list[Column]:
    return [
        Column(name, part, aligned.get(place, 0)) for place, (name, part) in enumerate(zip(names, shares, strict=True))
    ]
