"""What a paper says, as plain values: the journal keeps it as JSON, so that a reprint is the same paper.

Instants are ISO 8601 with their offset, days `YYYY-MM-DD`, money whole đồng, closed lists the codes of
`app.models.errors`. An empty text is a blank to be filled in by hand. `template` names the layout that was used.
"""

from dataclasses import dataclass, field

from app.printing.documents.lists import BatchReceipt, CashSheet
from app.printing.documents.parts import FROM_OFFICE, Identity, PaperHead, Party


@dataclass(frozen=True)
class PrincipalParty:
    """Người ủy quyền with the six items of Mẫu số 01; `authority` is the paper of authorisation."""

    name: str
    address: str
    id_number: str
    phone: str
    email: str
    authority: str


@dataclass(frozen=True)
class PaperRow:
    """One line of the dossier's papers; `handling` is a code of `enums.Handling`, 0 prints as a blank."""

    name: str
    handling: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Receipt:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01). `applicant` only where the dossier is not the submitter's;
    `term` in words; `due_at` None where no date can be promised, `due_note` then says why; `fee` None where unknown;
    `return_by` a code of `enums.ReturnBy`; `lookup` tells where to follow the dossier. For chứng thực `pages` of one
    original and the `copies` asked for, 0 elsewhere; `exempt` is why nothing is to be paid."""

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
    template: str = "receipt/1"


@dataclass(frozen=True)
class BlankReceipt:
    """A receipt with its number and nothing else, to be filled in by hand while there is no power."""

    head: PaperHead
    identity: Identity
    template: str = "receipt/blank"


@dataclass(frozen=True)
class Leg:
    """One hand-over on the control slip; `verdict` is a code of `enums.Verdict`, given by the receiver, or empty."""

    sender: str
    receiver: str
    at_text: str
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class ControlSlip:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu số 06; Mẫu số 05 of the 2018 set)."""

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
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số 02). `items` are the things to bring or mend, one each; `guide`
    is who asks for them, `phone` where he is reached; `asked_at` only tells one request from the next."""

    head: PaperHead
    identity: Identity
    applicant: Party
    procedure: str
    items: tuple[str, ...]
    reason: str
    guide: str
    phone: str = field(metadata=FROM_OFFICE)
    asked_at: str = ""
    template: str = "supplement/1"


@dataclass(frozen=True)
class SupplementReceipt:
    """Giấy xác nhận đã nhận giấy tờ bổ sung: `items` are what was brought, `asked_at` tells which request that answers.
    `promised_at` had been promised before, `due_at` is promised now (`due_note` says why none is); `clock` is what a
    supplement does to the procedure's term: `restart`, `pause` or `none`."""

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
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu số 03): at the counter, then without a code, or `appraised`."""

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
    """Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu số 04; in the 2018 set Phiếu xin lỗi và hẹn lại ngày
    trả kết quả). `due_at` is what had been promised, `new_day` a day without an hour; only the head signs."""

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
    """Thông báo dừng giải quyết hồ sơ (Mẫu số 05): the citizen asked for it, before work began where `withdrawn`."""

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
    """One dossier on a hand-over list; `fee`: there is one to pay, `by_post`: the result goes by post."""

    code: str
    procedure: str
    result: str
    applicant: str
    address: str
    fee: bool
    by_post: bool


@dataclass(frozen=True)
class Handover:
    """Phiếu bàn giao hồ sơ: one dossier with its code, or a list of many, then without. `at` an instant or empty."""

    head: PaperHead
    identity: Identity
    sender: str
    receiver: str
    at: str
    rows: tuple[HandoverRow, ...]
    template: str = "handover/1"

    @property
    def single(self) -> bool:
        """Whether it is about one dossier: an upright slip, not a lying list."""
        return bool(self.identity.code) and len(self.rows) == 1


@dataclass(frozen=True)
class ReturnSlip:
    """Giấy biên nhận trả kết quả. `result` is what was handed over; `parcel` the postal number where it went `by_post`,
    `authority` the paper of somebody who took it in the citizen's place."""

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
    template: str = "return/1"


@dataclass(frozen=True)
class FeeReceipt:
    """Biên lai thu phí, lệ phí, for one payment of `amount`. `paid` is all that was paid so far, `due` what the dossier
    costs, None where unknown; `book` and `number` are those of the receipt book."""

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
class RegisterRow:
    """One line of the register. Instants may be missing; `ended` says in words how a dossier without a result ended."""

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
    """Sổ theo dõi hồ sơ (Mẫu số 07; Mẫu số 06 of the 2018 set): the dossiers received from day `first` to `last`; under
    them `notes`, on numbers set forward and on where the journal ended."""

    head: PaperHead
    identity: Identity
    first: str
    last: str
    blocks: tuple[RegisterBlock, ...]
    notes: tuple[str, ...] = ()
    template: str = "register/1"


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
    | FeeReceipt
    | Register
    | CashSheet
)
