"""Closed lists of codes.

The database, files and other programs rely on the values. `app.wording` has the Vietnamese names.
"""

import re
from enum import StrEnum


class Channel(StrEnum):
    """Kênh thực hiện: how a dossier reached the office."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class ReturnBy(StrEnum):
    """Đăng ký nhận kết quả tại: where the citizen wants the result."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class Handling(StrEnum):
    """Treatment of a submitted paper.

    It is kept, shown and handed back, or looked up in a national database.
    """

    SUBMIT = "submit"
    SHOW = "show"
    LOOKUP = "lookup"


class PersonKind(StrEnum):
    """Loại đối tượng of an applicant."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    HOUSEHOLD_BUSINESS = "household_business"
    AGENCY = "agency"
    ORGANISATION = "organisation"


class Gender(StrEnum):
    """Giới tính as written on a citizen card."""

    MALE = "male"
    FEMALE = "female"


class Origin(StrEnum):
    """How a dossier came into the program, other than by intake.

    An imported dossier comes from an older register. It is sent to the receiver only if the import asked for it.
    """

    IMPORTED = "imported"
    IMPORTED_SENT = "imported-sent"


class TermUnit(StrEnum):
    """Unit of a processing term: ngày làm việc, ngày, giờ, ngay trong ngày."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Status of a dossier.

    `app.models.lifecycle` has the actions that each status allows.
    """

    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENT_ASKED = "supplement_asked"
    PAYMENT_DUE = "payment_due"
    FINISHED = "finished"
    RETURNED = "returned"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    VOID = "void"


class Action(StrEnum):
    """Actions on a dossier, from its intake on.

    `restate` changes nothing: it records the whole state again for the receiver.
    """

    INTAKE = "intake"
    SEND = "send"
    RECEIVE = "receive"
    TAKE_BACK = "take-back"
    ASK_SUPPLEMENT = "ask-supplement"
    SUPPLEMENT = "supplement"
    ASK_PAYMENT = "ask-payment"
    REFUSE = "refuse"
    STOP = "stop"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    APOLOGISE = "apologise"
    FINISH = "finish"
    RETURN = "return"
    AMEND = "amend"
    PAY = "pay"
    REFUND = "refund"
    VOID = "void"
    RESTATE = "restate"
    UNDO = "undo"


class PaymentMethod(StrEnum):
    """Hình thức thanh toán of a payment or refund."""

    CASH = "cash"
    TRANSFER = "transfer"
    QR = "qr"
    CARD = "card"


class Verdict(StrEnum):
    """Trước hạn, đúng hạn or quá hạn, compared by date, never by time."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class DayKind(StrEnum):
    """Kind of a day with a decision that overrides the week."""

    OFF = "off"
    WORK = "work"
    RECEPTION = "reception"
    HALF = "half"


class Role(StrEnum):
    """Role of a user in the office."""

    CLERK = "clerk"
    OFFICER = "officer"
    CASHIER = "cashier"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    KIOSK = "kiosk"


class Right(StrEnum):
    """Permission to do or read something.

    `app.models.rights` has the roles of each right.
    """

    ASK_STATUS = "ask-status"
    ASK_OFFICE = "ask-office"
    READ_LISTS = "read-lists"
    OPEN_SHEET = "open-sheet"
    FIND_PEOPLE = "find-people"
    READ_FIGURES = "read-figures"
    SERVE_CITIZEN = "serve-citizen"
    TAKE_IN = "take-in"
    MOVE = "move"
    ASK_SUPPLEMENT = "ask-supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    STOP = "stop"
    APOLOGISE = "apologise"
    FINISH = "finish"
    RETURN = "return"
    AMEND = "amend"
    PAY = "pay"
    VOID = "void"
    UNDO = "undo"
    PRINT = "print"
    SEND_UP = "send-up"
    BACK_UP = "back-up"
    RESTORE = "restore"
    CONFIRM_CLOCK = "confirm-clock"
    VOUCH = "vouch"
    EDIT_OFFICE = "edit-office"
    SEE_USERS = "see-users"
    EDIT_USERS = "edit-users"
    READ_TRAIL = "read-trail"
    FEEDBACK = "feedback"
    EDIT_KEYS = "edit-keys"
    EXPORT_PEOPLE = "export-people"
    EDIT_REPORTS = "edit-reports"


class AccessKind(StrEnum):
    """Kind of an entry in the access log.

    The trail records sign-ins and failed attempts, opened dossiers, and acts that need two people.
    """

    SIGNED_IN = "signed-in"
    WRONG_SECRET = "wrong-secret"
    SECRET_SET = "secret-set"
    PEOPLE_CHANGED = "people-changed"
    SHEET_OPENED = "sheet-opened"
    RECOVERED = "recovered"
    RESTORED = "restored"
    DAY_CONFIRMED = "day-confirmed"
    NUMBERS_REPAIRED = "numbers-repaired"
    REBUILD_OPENED = "rebuild-opened"
    KEYS_VOUCHED = "keys-vouched"
    OFFICE_FILE_CHANGED = "office-file-changed"
    PEOPLE_EXPORTED = "people-exported"
    RECEIVER_JOINED = "receiver-joined"
    OFFICE_SEALED = "office-sealed"
    KEYS_REPAIRED = "keys-repaired"
    LAW_ISSUER_CONFIRMED = "law-issuer-confirmed"
    LAW_APPLIED = "law-applied"
    LAW_REVERTED = "law-reverted"


class PrintStatus(StrEnum):
    """Status of one printed copy.

    `handed` is a copy sent to a printer whose outcome is not known yet.
    """

    PREPARED = "prepared"
    HANDED = "handed"
    PRINTED = "printed"
    FAILED = "failed"


class PaperSize(StrEnum):
    """Paper size that a form is laid out for."""

    A4 = "A4"
    A5 = "A5"
    ROLL_80 = "80mm"


_FORM_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")


class PaperForm(StrEnum):
    """Papers that an office prints about one dossier.

    A form that only data describes has its code as its value; it is not among the members.
    """

    RECEIPT = "receipt"
    BATCH = "batch"
    CONTROL = "control"
    SUPPLEMENT = "supplement"
    SUPPLEMENT_RECEIPT = "supplement-receipt"
    PAYMENT = "payment"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    HANDOVER = "handover"
    HANDOVER_LIST = "handover-list"
    RETURN = "return"
    FEE = "fee"

    @classmethod
    def _missing_(cls, value: object) -> "PaperForm | None":
        if not isinstance(value, str) or not _FORM_CODE.fullmatch(value):
            return None
        form = str.__new__(cls, value)
        form._name_, form._value_ = value, value
        return form

    @property
    def is_known(self) -> bool:
        """Whether the program has a document model of its own for the form."""
        return self.value in _KNOWN_FORMS


_KNOWN_FORMS = frozenset(form.value for form in PaperForm)


class Service(StrEnum):
    """Service that a citizen takes a queue number for.

    People with priority by law (old, disabled, pregnant) have a service of their own.
    """

    PRIORITY = "priority"
    INTAKE = "intake"
    RESULT = "result"
    ADVICE = "advice"


class TicketState(StrEnum):
    """State of a queue number on its day."""

    WAITING = "waiting"
    CALLED = "called"
    HELD = "held"
    ABSENT = "absent"
    SERVED = "served"


class TicketAction(StrEnum):
    """What a desk does with a queue number, besides issuing it."""

    CALL = "call"
    RECALL = "recall"
    HOLD = "hold"
    NO_SHOW = "no_show"
    TRANSFER = "transfer"
    PRINT = "print"


class PaperFault(StrEnum):
    """Why a paper of a dossier must be supplemented."""

    MISSING = "missing"
    WRONG = "wrong"


class SatisfactionFace(StrEnum):
    """Mức độ hài lòng: the three faces at the counter."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


class FeedbackChannel(StrEnum):
    """Channel by which feedback (phản ánh, kiến nghị) arrived."""

    DIRECT = "direct"
    PHONE = "phone"
    BOX = "box"
    POST = "post"
    ONLINE = "online"


class FeedbackTopic(StrEnum):
    """Topic of feedback: conduct of officials, a rule or form, other."""

    CONDUCT = "conduct"
    RULE = "rule"
    OTHER = "other"


class SmsSituation(StrEnum):
    """Reason for an SMS to a citizen."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    READY = "ready"
    APOLOGY = "apology"
    REFUSED = "refused"
    STOPPED = "stopped"
    HOLIDAY = "holiday"


class SmsStatus(StrEnum):
    """Status of an SMS.

    `failed` is a final rejection by the network; `dropped` is no longer needed.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class ListForm(StrEnum):
    """Papers about many dossiers, recorded on none of them."""

    REGISTER = "register"
    CASH = "cash"
    BLANKS = "blanks"


class ReportPeriod(StrEnum):
    """Period of a report that contains a day (`--preset`)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    WEEK = "week"


class FigureGroup(StrEnum):
    """Grouping of the rows of a table of figures."""

    FIELD = "field"
    PROCEDURE = "procedure"
    HOLDER = "holder"
    CHANNEL = "channel"
    MONTH = "month"


class FigureColumn(StrEnum):
    """Column of figures whose dossiers can be counted and listed.

    `form_resolved` and `form_on_time` are columns 7 and 9 of the printed Biểu II.06a, which include withdrawn and
    returned dossiers. From `working` on a column counts what waits at the instant of the report, of any period.
    """

    RECEIVED = "received"
    RECEIVED_ONLINE = "received_online"
    RECEIVED_DIRECT_POST = "received_direct_post"
    CARRIED_OVER = "carried_over"
    RESOLVED = "resolved"
    RESOLVED_EARLY = "resolved_early"
    RESOLVED_ON_TIME = "resolved_on_time"
    RESOLVED_LATE = "resolved_late"
    PENDING = "pending"
    PENDING_IN_TIME = "pending_in_time"
    PENDING_LATE = "pending_late"
    WITHDRAWN = "withdrawn"
    RETURNED_UNRESOLVED = "returned_unresolved"
    FORM_RESOLVED = "form_resolved"
    FORM_ON_TIME = "form_on_time"
    NEW = "new"
    SAME_DAY = "same_day"
    DIGITISED = "digitised"
    POSTAL = "postal"
    PAID = "paid"
    PAID_ONLINE = "paid_online"
    LATE = "late"
    NEARLY_LATE = "nearly_late"
    APOLOGISED = "apologised"
    DUE_IN_PERIOD = "due_this_week"
    UNINTERRUPTED = "dossiers"
    ESCALATED = "escalated"
    WORKING = "working"
    NOW_LATE = "now_late"
    DUE_TODAY = "due_today"
    WAITING_PAPERS = "waiting_papers"
    WAITING_PAYMENT = "waiting_payment"
    TO_RETURN = "to_return"


class ReportName(StrEnum):
    """Reports of the program, by the names of the command line."""

    FORM_06A = "06a"
    FORM_06A_PROCEDURE = "06a-procedure"
    FORM_07B = "07b"
    QUARTER = "quarter"
    OVERDUE = "overdue"
    REASONS = "reasons"
    OFFICERS = "officers"
    WEEKLY = "weekly"
    REGISTER = "register"
    FEES = "fees"
    RECEIPTS = "receipts"
    SATISFACTION = "satisfaction"
    FEEDBACK = "feedback"
    TRIM = "trim"
    SHARES = "shares"
    PROCEDURES = "procedures"
    CERTIFIED = "certified"
    RETENTION = "retention"
