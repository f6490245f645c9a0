"""Document models about one dossier, and the register.

The print journal stores a model as JSON, so that a reprint is the same document. Instants are ISO 8601 with their
offset, days `YYYY-MM-DD`, amounts whole đồng, enumerations the values of `app.models.enums`. An empty text prints as a
blank to fill in by hand. `template` is the version of the layout.
"""

from dataclasses import dataclass, field

from app.printing.documents.lists import BatchReceipt, CashSheet
from app.printing.documents.parts import FROM_OFFICE, Identity, PaperHead, Party


@dataclass(frozen=True)
class PrincipalParty:
    """Người ủy quyền with the six items of Mẫu số 01.

    `authority` is the authorisation document.
    """

    name: str
    address: str
    id_number: str
    phone: str
    email: str
    authority: str


@dataclass(frozen=True)
class PaperRow:
    """One paper of the dossier.

    `handling` is a value of `enums.Handling`. A count of 0 prints as a blank.
    """

    name: str
    handling: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Receipt:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01).

    `applicant` is set only if they are not the submitter. `term` is in words. Without a promised date `due_at` is
    None and `due_note` the reason. `fee` is None if unknown. `return_by` is a value of `enums.ReturnBy`. `lookup`
    is where to follow the dossier. `pages` and `copies` are those of a certified original, else 0. `exempt` is the
    reason for no or a lower fee. `co_applicants` are the names of further applicants, `advice` what the citizen should
    know. `transfer` is the VietQR text of what is to be paid.
    """

    head: PaperHead
    identity: Identity
    submitter: Party
    applicant: Party | None
    principal: PrincipalParty | None
    procedure: str
    papers: tuple[PaperRow, ...]
    quantity: int
    term: str
    received_at: str
    due_at: str | None
    return_by: str
    clerk: str
    due_note: str = ""
    volume: str = ""
    serial: str = ""
    fee: int | None = None
    lookup: str = field(default="", metadata=FROM_OFFICE)
    pages: int = 0
    copies: int = 0
    exempt: str = ""
    co_applicants: str = ""
    advice: str = ""
    transfer: str = ""
    template: str = "receipt/1"


@dataclass(frozen=True)
class BlankReceipt:
    """A receipt with its number only, to fill in by hand during a power cut."""

    head: PaperHead
    identity: Identity
    template: str = "receipt/blank"


@dataclass(frozen=True)
class Leg:
    """One hand-over on the control slip.

    `verdict` is a value of `enums.Verdict` recorded by the receiver, or empty.
    """

    sender: str
    receiver: str
    at_text: str
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class ControlSlip:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ.

    It is Mẫu số 06, or Mẫu số 05 of the 2018 set.
    """

    head: PaperHead
    identity: Identity
    applicant: str
    procedure: str
    settling_unit: str = field(metadata=FROM_OFFICE)
    joint_unit: str
    received_at: str
    due_at: str | None
    due_note: str = ""
    legs: tuple[Leg, ...] = ()
    template: str = "control/1"


@dataclass(frozen=True)
class SupplementRequest:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số 02).

    Each of `items` is a paper to bring or correct. `guide` is the officer who explains it, `phone` their number.
    `asked_at` identifies the request. `advice` of the rules is printed after the reason.
    """

    head: PaperHead
    identity: Identity
    applicant: Party
    procedure: str
    items: tuple[str, ...]
    reason: str
    guide: str
    phone: str = field(metadata=FROM_OFFICE)
    asked_at: str = ""
    advice: str = ""
    template: str = "supplement/1"


@dataclass(frozen=True)
class SupplementReceipt:
    """Giấy xác nhận đã nhận giấy tờ bổ sung.

    `items` are the papers brought, `asked_at` identifies the request. `promised_at` is the former due date,
    `due_at` the new one, with `due_note` the reason if there is none. `clock` is the effect of a supplement on the
    term: `restart`, `pause` or `none`.
    """

    head: PaperHead
    identity: Identity
    submitter: Party
    applicant: str
    procedure: str
    items: tuple[str, ...]
    asked_at: str
    supplemented_at: str
    promised_at: str | None
    due_at: str | None
    clock: str
    term: str
    return_by: str
    clerk: str
    due_note: str = ""
    lookup: str = field(default="", metadata=FROM_OFFICE)
    template: str = "supplement-receipt/1"


@dataclass(frozen=True)
class RefusalSlip:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu số 03).

    It refuses at the counter, without a code, or after appraisal (`appraised`).
    """

    head: PaperHead
    identity: Identity
    submitter: Party
    procedure: str
    reason: str
    clerk: str
    appraised: bool = False
    template: str = "refusal/1"


@dataclass(frozen=True)
class Apology:
    """Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu số 04).

    In the 2018 set it is Phiếu xin lỗi và hẹn lại ngày trả kết quả. `due_at` is the former due date. `new_day` is a
    day without a time. Only the head signs.
    """

    head: PaperHead
    identity: Identity
    addressee: Party
    procedure: str
    received_at: str
    due_at: str | None
    reason: str
    new_day: str
    signer: str = field(metadata=FROM_OFFICE)
    template: str = "apology/1"


@dataclass(frozen=True)
class StopNotice:
    """Thông báo dừng giải quyết hồ sơ (Mẫu số 05).

    The citizen requested it. `withdrawn`: before any processing began.
    """

    head: PaperHead
    identity: Identity
    submitter: str
    applicant: Party
    procedure: str
    received_at: str
    stopped_at: str
    reason: str
    clerk: str
    withdrawn: bool = False
    template: str = "stop/1"


@dataclass(frozen=True)
class HandoverRow:
    """One dossier on a hand-over list.

    `fee`: a fee is to be paid. `by_post`: the result is sent by post.
    """

    code: str
    procedure: str
    result: str
    applicant: str
    address: str
    fee: bool
    by_post: bool


@dataclass(frozen=True)
class Handover:
    """Phiếu bàn giao hồ sơ.

    It has the code of a single dossier, or a list of several and no code. `at` is an instant or empty.
    """

    head: PaperHead
    identity: Identity
    sender: str
    receiver: str
    at: str
    rows: tuple[HandoverRow, ...]
    template: str = "handover/1"

    @property
    def single(self) -> bool:
        """Whether the document is about one dossier; a list is in landscape."""
        return bool(self.identity.code) and len(self.rows) == 1


@dataclass(frozen=True)
class ReturnSlip:
    """Giấy biên nhận trả kết quả.

    `result` is what was handed over. `parcel` is the postal number if sent `by_post`. `authority` is the
    authorisation of a person who received it for the citizen, `taker_id` their identity number.
    """

    head: PaperHead
    identity: Identity
    procedure: str
    applicant: str
    giver: str
    giver_phone: str = field(metadata=FROM_OFFICE)
    taker: str
    taker_phone: str
    result: str
    returned_at: str
    by_post: bool = False
    parcel: str = ""
    authority: str = ""
    taker_id: str = ""
    template: str = "return/1"


@dataclass(frozen=True)
class PaymentNotice:
    """Thông báo nộp phí, lệ phí: a payment that the work waits for.

    `applicant` is set only if they are not the addressee. `until` is the last day, None without one. `asked_at`
    identifies the request. `transfer` is the VietQR text of the office's account, empty without one.
    """

    head: PaperHead
    identity: Identity
    addressee: Party
    applicant: str
    procedure: str
    amount: int
    reason: str
    until: str | None
    asked_at: str
    clerk: str
    phone: str = field(default="", metadata=FROM_OFFICE)
    transfer: str = field(default="", metadata=FROM_OFFICE)
    template: str = "payment/1"


@dataclass(frozen=True)
class FeeReceipt:
    """Biên lai thu phí, lệ phí, for one payment of `amount`.

    `paid` is the total paid so far, `due` the fee of the dossier, None if unknown. `book` and `number` are those of
    the receipt book.
    """

    head: PaperHead
    identity: Identity
    payer: Party
    procedure: str
    amount: int
    paid: int
    due: int | None
    book: str
    number: str
    paid_at: str
    cashier: str
    template: str = "fee/1"


@dataclass(frozen=True)
class FeeSlip:
    """Phiếu thu phí, lệ phí, for one payment of `amount`; no receipt.

    `receipt` is form symbol, symbol and number of the electronic receipt, empty before it is made. `relief` is the
    reason for a lower fee. `transfer` is the VietQR text of the remaining amount. `paid` and `due` are as in
    `FeeReceipt`.
    """

    head: PaperHead
    identity: Identity
    payer: Party
    procedure: str
    amount: int
    paid: int
    due: int | None
    method: str
    receipt: str
    paid_at: str
    cashier: str
    relief: str = ""
    tax_code: str = field(default="", metadata=FROM_OFFICE)
    transfer: str = field(default="", metadata=FROM_OFFICE)
    template: str = "fee-slip/1"


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register.

    Instants may be missing. `ended` is how a dossier without a result ended, in words.
    """

    number: str
    code: str
    procedure: str
    applicant: str
    address: str
    phone: str
    unit: str
    received_at: str
    due_at: str | None
    returned_at: str | None
    return_by: str
    received_by: str
    ended: str = ""


@dataclass(frozen=True)
class RegisterBlock:
    """The lines of one field (lĩnh vực) in one volume."""

    field: str
    volume: str
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True)
class Register:
    """Sổ theo dõi hồ sơ (Mẫu số 07; Mẫu số 06 of the 2018 set).

    It lists the dossiers received from day `first` to `last`. `notes` are about skipped numbers and the last event
    of the journal.
    """

    head: PaperHead
    identity: Identity
    first: str
    last: str
    blocks: tuple[RegisterBlock, ...]
    notes: tuple[str, ...] = ()
    template: str = "register/1"


@dataclass(frozen=True)
class TextValue:
    """A value of a form by its name."""

    name: str
    text: str


@dataclass(frozen=True)
class FormPaper:
    """A form that only its data describes.

    `form` is its code, `texts` are the values that it may print.
    """

    head: PaperHead
    identity: Identity
    form: str
    texts: tuple[TextValue, ...]
    papers: tuple[PaperRow, ...] = ()
    template: str = "form/1"


Document = (
    Receipt
    | BlankReceipt
    | BatchReceipt
    | ControlSlip
    | SupplementRequest
    | SupplementReceipt
    | RefusalSlip
    | Apology
    | StopNotice
    | Handover
    | ReturnSlip
    | PaymentNotice
    | FeeReceipt
    | FeeSlip
    | Register
    | CashSheet
    | FormPaper
)
