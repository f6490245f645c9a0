"""Closed lists of codes. The database, files and other programs rely on the values; app.wording has the Vietnamese."""

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
    """What happens to a paper of a dossier: kept, shown and given back, or looked up in a national database."""

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


class TermUnit(StrEnum):
    """How a term is counted (DOMAIN: working days, calendar days, office hours, «ngay trong ngày»)."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a dossier stands. The acts each allows are in `app.models.lifecycle`."""

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
    """What is done to a dossier after it was taken in."""

    INTAKE = "intake"
    SEND = "send"
    RECEIVE = "receive"
    TAKE_BACK = "take-back"
    ASK_SUPPLEMENT = "ask-supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    STOP = "stop"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    APOLOGISE = "apologise"
    FINISH = "finish"
    RETURN = "return"
    AMEND = "amend"
    PAY = "pay"
    VOID = "void"


class Verdict(StrEnum):
    """Trước hạn, đúng hạn, quá hạn: judged by the date, never the hour."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class DayKind(StrEnum):
    """What an office does on a day, where a decision says otherwise than the week does."""

    OFF = "off"
    WORK = "work"
    RECEPTION = "reception"
    HALF = "half"


class Role(StrEnum):
    """What a person does in the office."""

    CLERK = "clerk"
    OFFICER = "officer"
    CASHIER = "cashier"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    KIOSK = "kiosk"


class Right(StrEnum):
    """What a person may do or ask. Which role has which stands in `app.models.rights`."""

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


class AccessKind(StrEnum):
    """What the access trail keeps: who came in or tried to, whose sheet was opened, what two people answer for."""

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


class PrintStatus(StrEnum):
    """What became of one copy of a paper. Handed is one given to a printer of which nobody knows yet whether it came
    out."""

    PREPARED = "prepared"
    HANDED = "handed"
    PRINTED = "printed"
    FAILED = "failed"


class PaperSize(StrEnum):
    """Paper a form is laid out for."""

    A4 = "A4"
    A5 = "A5"
    ROLL_80 = "80mm"


class PaperForm(StrEnum):
    """The papers an office prints about a dossier."""

    RECEIPT = "receipt"
    BATCH = "batch"
    CONTROL = "control"
    SUPPLEMENT = "supplement"
    SUPPLEMENT_RECEIPT = "supplement-receipt"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    HANDOVER = "handover"
    RETURN = "return"
    FEE = "fee"


class Service(StrEnum):
    """What a citizen takes a number for; those who go first by law (old, disabled, pregnant) have one of their own."""

    PRIORITY = "priority"
    INTAKE = "intake"
    RESULT = "result"
    ADVICE = "advice"


class SatisfactionFace(StrEnum):
    """Mức độ hài lòng, the three faces at the counter."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


class FeedbackChannel(StrEnum):
    """How a feedback (phản ánh, kiến nghị) came."""

    DIRECT = "direct"
    PHONE = "phone"
    BOX = "box"
    POST = "post"
    ONLINE = "online"


class FeedbackTopic(StrEnum):
    """What a feedback is about: how officials behave, a rule or form, anything else."""

    CONDUCT = "conduct"
    RULE = "rule"
    OTHER = "other"


class SmsSituation(StrEnum):
    """What a notice to a citizen's telephone tells."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    READY = "ready"
    APOLOGY = "apology"
    REFUSED = "refused"
    STOPPED = "stopped"
    HOLIDAY = "holiday"


class SmsStatus(StrEnum):
    """What became of a notice: waits, sent, refused by the network for good, or not needed any more."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class ListForm(StrEnum):
    """The papers an office prints about many dossiers, on no dossier's record."""

    REGISTER = "register"
    CASH = "cash"
    BLANKS = "blanks"
