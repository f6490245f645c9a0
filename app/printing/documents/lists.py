"""Document models about several dossiers."""

from dataclasses import dataclass, field

from app.printing.documents.parts import FROM_OFFICE, Identity, PaperHead, Party


@dataclass(frozen=True)
class BatchRow:
    """One dossier of a batch receipt.

    `volume` and `serial` are its place in the register. `fee` is None if unknown. `return_by` is a value of
    `enums.ReturnBy`.
    """

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
    """Giấy tiếp nhận nhiều hồ sơ: the dossiers of one submitter in one visit.

    They were received from `first_at` to `last_at`.
    """

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
        """The codes of the dossiers."""
        return tuple(row.code for row in self.rows)


@dataclass(frozen=True)
class CashRow:
    """One payment.

    `number` is the receipt's with its book. `note` is any deviation from an ordinary payment.
    """

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
    """The sum of the payments of a book, a procedure, a cashier or a method.

    `detail` is the first and last number of a book, or the code of a procedure.
    """

    name: str
    detail: str
    payments: int
    amount: int


@dataclass(frozen=True)
class UnpaidDossier:
    """A dossier that is not paid in full."""

    code: str
    applicant: str
    procedure: str
    fee: int
    paid: int


@dataclass(frozen=True)
class CashSheet:
    """Bảng kê thu phí, lệ phí of the days `first` to `last`, inclusive.

    With `cashier` it lists that cashier's payments only. `owing` are the dossiers received in these days and not
    paid. `unknown` is the number of dossiers with an unknown fee. `reliefs` are those of the received dossiers, with
    the decision as detail and their number as payments.
    """

    head: PaperHead
    identity: Identity
    first: str
    last: str
    cashier: str
    rows: tuple[CashRow, ...]
    books: tuple[CashSum, ...]
    procedures: tuple[CashSum, ...]
    people: tuple[CashSum, ...]
    owing: tuple[UnpaidDossier, ...]
    unknown: int
    signer: str
    template: str = "cash/1"
    reliefs: tuple[CashSum, ...] = ()
    methods: tuple[CashSum, ...] = ()

    @property
    def amount(self) -> int:
        """The sum of all payments, in đồng."""
        return sum(row.amount for row in self.rows)
