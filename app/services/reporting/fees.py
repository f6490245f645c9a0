"""Payments of a period and their sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from app.models.enums import PaymentMethod, Status
from app.models.fees import book_and_number
from app.models.figures import check_period_order
from app.models.lifecycle import UNRESOLVED_STATUSES, State
from app.models.text import clean, fold_text
from app.models.values.order import vietnamese_key
from app.services.acts.known_then import KnownDossier, day_of, known_dossiers, rows_then
from app.services.acts.payment import amount_of, receipt_of
from app.services.effective_events import UNDONE
from app.services.intake.fees import FEE_FACTS
from app.storage import fees
from app.storage.rows import ChargedDossierRow, PaymentRow
from app.storage.uow import Reading


@dataclass(frozen=True)
class ReportFees:
    """Payments from `first` to `last`, both included; of one cashier if named.

    With `as_of` only what was entered up to that instant counts.
    """

    first: date
    last: date
    cashier: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True)
class Payment:
    """A payment; `void` if the dossier was voided since.

    A payment for a voided dossier still counts. `method` is empty if none was recorded.
    """

    at: datetime
    book: str
    number: str
    code: str
    payer: str
    procedure: str
    procedure_name: str
    amount: int
    cashier: str
    void: bool
    method: str = ""


@dataclass(frozen=True)
class BookSum:
    """Payments of a receipt book in the period.

    `first` and `last` are receipt numbers. An empty book holds payments without a number.
    """

    book: str
    first: str
    last: str
    payments: int
    amount: int


@dataclass(frozen=True)
class ProcedureSum:
    """Payments of a procedure."""

    procedure: str
    name: str
    payments: int
    amount: int


@dataclass(frozen=True)
class PersonSum:
    """Payments taken by a cashier."""

    name: str
    payments: int
    amount: int


@dataclass(frozen=True)
class MethodSum:
    """Payments by one method; an empty method was not recorded."""

    method: str
    payments: int
    amount: int


@dataclass(frozen=True)
class UnpaidDossier:
    """A dossier of the period that was not fully paid at its end."""

    code: str
    applicant: str
    procedure_name: str
    fee: int
    paid: int
    owed: int


@dataclass(frozen=True)
class ReliefSum:
    """Dossiers of the period with one relief, and the amount it took off."""

    relief: str
    decision: str
    dossiers: int
    amount: int


@dataclass(frozen=True)
class FeeReport:
    """Payments of a period and their sums.

    `unknown` counts received dossiers with an unknown fee, whose codes follow. A report of one cashier has no unpaid or
    unknown dossiers.
    """

    first: date
    last: date
    cashier: str
    payments: tuple[Payment, ...]
    amount: int
    books: tuple[BookSum, ...]
    procedures: tuple[ProcedureSum, ...]
    people: tuple[PersonSum, ...]
    methods: tuple[MethodSum, ...]
    unpaid: tuple[UnpaidDossier, ...]
    owed: int
    unknown: int
    reliefs: tuple[ReliefSum, ...] = ()
    unknown_codes: tuple[str, ...] = ()


def _payment(row: PaymentRow) -> Payment:
    book, number = book_and_number(receipt_of(row, row.before))
    return Payment(
        at=row.occurred_at,
        book=book,
        number=number,
        code=row.code,
        payer=row.submitter_name or row.applicant_name,
        procedure=row.procedure_code,
        procedure_name=row.procedure_name,
        amount=amount_of(row, row.before),
        cashier=row.actor,
        void=row.outcome == Status.VOID,
        method=str(row.facts.get("method") or ""),
    )


def _in_order(payments: Iterable[Payment]) -> tuple[Payment, ...]:
    """Sort by book and number; payments without a number come last."""
    return tuple(sorted(payments, key=lambda payment: (not payment.number, payment.book, _by_value(payment.number))))


def _by_value(number: str) -> tuple[int, str]:
    digits = "".join(c for c in number if c in "0123456789")
    return int(digits or 0), number


def _grouped(payments: Sequence[Payment], by: Callable[[Payment], str]) -> dict[str, list[Payment]]:
    groups: dict[str, list[Payment]] = {}
    for payment in payments:
        groups.setdefault(by(payment), []).append(payment)
    return groups


def _sum(group: Sequence[Payment]) -> tuple[int, int]:
    return len(group), sum(payment.amount for payment in group)


def _books(payments: Sequence[Payment]) -> tuple[BookSum, ...]:
    numbered = _grouped([payment for payment in payments if payment.number], lambda payment: payment.book)
    sums = [BookSum(book, group[0].number, group[-1].number, *_sum(group)) for book, group in numbered.items()]
    unnumbered = [payment for payment in payments if not payment.number]
    return (*sums, *([BookSum("", "", "", *_sum(unnumbered))] if unnumbered else []))


def _procedures(payments: Sequence[Payment]) -> tuple[ProcedureSum, ...]:
    groups = _grouped(payments, lambda payment: payment.procedure)
    return tuple(ProcedureSum(code, groups[code][-1].procedure_name, *_sum(groups[code])) for code in sorted(groups))


def _people(payments: Sequence[Payment]) -> tuple[PersonSum, ...]:
    groups = _grouped(payments, lambda payment: payment.cashier)
    return tuple(PersonSum(name, *_sum(groups[name])) for name in sorted(groups, key=vietnamese_key))


def _methods(payments: Sequence[Payment]) -> tuple[MethodSum, ...]:
    groups = _grouped(payments, lambda payment: payment.method)
    known = [method.value for method in PaymentMethod if method.value in groups]
    others = sorted(set(groups) - set(known), reverse=True)  # the payments without a method last
    return tuple(MethodSum(method, *_sum(groups[method])) for method in (*known, *others))


def _unpaid_dossiers(
    work: Reading, query: ReportFees, rows: Sequence[PaymentRow]
) -> tuple[tuple[UnpaidDossier, ...], tuple[str, ...]]:
    """Return unpaid dossiers of the period and those with an unknown fee.

    A dossier closed without a result owes nothing. Payments before the period need no check, because no dossier is paid
    before its intake.
    """
    paid = {row.dossier_id: int(row.facts["change"]["paid"]) for row in rows}
    open_rows = [row for row in _charged(work, query) if not _is_closed(row, query.last)]
    candidates = (_to_unpaid(row, row.fee, paid.get(row.id, 0)) for row in open_rows if row.fee is not None)
    return tuple(dossier for dossier in candidates if dossier.owed > 0), tuple(
        row.code for row in open_rows if row.fee is None
    )


def _charged(work: Reading, query: ReportFees) -> Sequence[ChargedDossierRow]:
    """Return the dossiers of the period with a fee or with an unknown fee."""
    if query.as_of is None:
        return fees.possibly_unpaid(work, query.first, query.last)
    rows = fees.charged_dossiers(work, query.first, query.last)
    known = rows_then(rows, attrgetter("code"), _charged_then, query.as_of, work)
    return [row for row in known if row.outcome != Status.VOID and (row.fee is None or row.fee > 0)]


def _charged_then(row: ChargedDossierRow, dossier: KnownDossier, state: State) -> ChargedDossierRow:
    return row._replace(
        applicant_name=dossier.name("applicant", row.applicant_name),
        fee=state.fee,
        outcome=state.outcome,
        closed_day=day_of(state.closed_at),
    )


def payments_of(query: ReportFees, work: Reading) -> Sequence[PaymentRow]:
    """Return the payments and refunds of a period with the names known then."""
    rows = fees.payments(work, query.first, query.last, query.as_of)
    return rows_then(rows, attrgetter("code"), _payment_then, query.as_of, work)


def _payment_then(row: PaymentRow, dossier: KnownDossier, state: State) -> PaymentRow:
    submitter = row.submitter_name and dossier.name("submitter", row.submitter_name)
    applicant = dossier.name("applicant", row.applicant_name)
    return row._replace(applicant_name=applicant, submitter_name=submitter, outcome=state.outcome)


def _to_unpaid(row: ChargedDossierRow, fee: int, paid: int) -> UnpaidDossier:
    return UnpaidDossier(row.code, row.applicant_name, row.procedure_name, fee, paid, fee - paid)


def _is_closed(row: ChargedDossierRow, last: date) -> bool:
    return row.outcome in UNRESOLVED_STATUSES and row.closed_day is not None and row.closed_day <= last


def _reliefs(work: Reading, query: ReportFees) -> tuple[ReliefSum, ...]:
    """Return the reliefs of the dossiers received in the period, by name."""
    sums: dict[tuple[str, str], list[int]] = {}
    for name, decision, amount in relief_of_dossiers(work, query).values():
        sums.setdefault((name, decision), []).append(amount)
    ordered = sorted(sums, key=lambda names: [vietnamese_key(name) for name in names])
    return tuple(ReliefSum(*names, len(sums[names]), sum(sums[names])) for names in ordered)


def relief_of_dossiers(work: Reading, query: ReportFees) -> Mapping[str, tuple[str, str, int]]:
    """Return name, decision and amount of the relief of received dossiers."""
    rows = fees.relieved(work, query.first, query.last, query.as_of)
    undone = {uuid for row in rows for uuid in row.facts.get(UNDONE, ())}
    last = {
        row.code: (row.facts.get(FEE_FACTS) or row.facts).get("relief")
        for row in rows
        if UNDONE not in row.facts and row.uuid not in undone
    }
    known = known_dossiers(work, list(last), query.as_of)
    return {
        code: (relief["name"], relief["decision"], int(relief["amount"]))
        for code, relief in last.items()
        if relief and not (code in known and known[code].is_void)
    }


def fees_taken(query: ReportFees, work: Reading) -> FeeReport:
    """Return the payments of a period and their sums.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.first, query.last)
    rows = payments_of(query, work)
    cashier = clean(query.cashier or "")
    payments = _in_order(_payment(row) for row in rows if not cashier or fold_text(row.actor) == fold_text(cashier))
    unpaid, unknown = ((), ()) if cashier else _unpaid_dossiers(work, query, rows)
    return FeeReport(
        first=query.first,
        last=query.last,
        cashier=cashier,
        payments=payments,
        amount=sum(payment.amount for payment in payments),
        books=_books(payments),
        procedures=_procedures(payments),
        people=_people(payments),
        methods=_methods(payments),
        unpaid=unpaid,
        owed=sum(dossier.owed for dossier in unpaid),
        unknown=len(unknown),
        unknown_codes=unknown,
        reliefs=() if cashier else _reliefs(work, query),
    )
