"""What papers about several dossiers say, as plain values (see `documents`)."""

from dataclasses import dataclass, field

from app.printing.documents.parts import FROM_OFFICE, Identity, PaperHead, Party


@dataclass(frozen=True)
class BatchRow:
    """One dossier of several taken in together; `volume` and `serial` are its place in the register, `fee` is None
    where unknown, `return_by` a code of `enums.ReturnBy`."""

    code: str
    key: str
    applicant: str
    procedure: str
    due_at: str | None
    due_note: str
    fee: int | None
    return_by: str
    volume: str
    serial: str


@dataclass(frozen=True)
class BatchReceipt:
    """Giấy tiếp nhận nhiều hồ sơ: what one submitter handed in within one visit, from `first_at` to `last_at`."""

    head: PaperHead
    identity: Identity
    submitter: Party
    first_at: str
    last_at: str
    rows: tuple[BatchRow, ...]
    clerk: str
    lookup: str = field(default="", metadata=FROM_OFFICE)
    template: str = "batch/1"

    @property
    def codes(self) -> tuple[str, ...]:
        """Which dossiers it is about."""
        return tuple(row.code for row in self.rows)


@dataclass(frozen=True)
class CashRow:
    """One payment, `number` the receipt's with its book; `note` says what is out of the ordinary."""

    number: str
    at: str
    code: str
    payer: str
    procedure: str
    cashier: str
    amount: int
    note: str = ""


@dataclass(frozen=True)
class CashSum:
    """Payments added up: of a book (`detail` its first and last number), a procedure (its code), or a person."""

    name: str
    detail: str
    payments: int
    amount: int


@dataclass(frozen=True)
class CashOwing:
    """A dossier that was not paid in full."""

    code: str
    applicant: str
    procedure: str
    fee: int
    paid: int


@dataclass(frozen=True)
class CashSheet:
    """Bảng kê thu phí, lệ phí of the days `first` to `last`, both included; of one person's money where `cashier` is
    named. `owing` are dossiers received then and not paid, `unknown` counts those whose fee nobody knows."""

    head: PaperHead
    identity: Identity
    first: str
    last: str
    cashier: str
    rows: tuple[CashRow, ...]
    books: tuple[CashSum, ...]
    procedures: tuple[CashSum, ...]
    people: tuple[CashSum, ...]
    owing: tuple[CashOwing, ...]
    unknown: int
    signer: str
    template: str = "cash/1"

    @property
    def amount(self) -> int:
        """All that was taken, in đồng."""
        return sum(row.amount for row in self.rows)
