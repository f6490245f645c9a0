"""The words every room shares: closed lists of codes, a refusal, and how a text or an instant is taken in.

A code is what a database, a file or another program sees; its Vietnamese stands in `app.wording`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

OFFICE_TIME = timezone(timedelta(hours=7))
"""Official time of Viet Nam: +07:00 all year, no summer time since 1975."""

Scalar = str | int | float | bool | None


class Refusal(Exception):
    """What the office cannot do as asked. `code` names the reason, `field` the answer to mend, `values` fill the
    Vietnamese sentence of `app.wording.refusals`. Nothing was written."""

    def __init__(self, code: str, /, field: str | None = None, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class Fault(Exception):
    """What the machine cannot do now: disk full, file locked, database damaged or newer than the program.
    Nothing was written; the same act may be repeated once the cause is gone."""

    def __init__(self, code: str, /, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Said:
    """One thing to be said, as a code and its values: a step of a date's proof, a warning. `app.wording` says it in
    Vietnamese; the journal keeps the code, so that a better sentence never changes an old fact."""

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)


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


class Accessed(StrEnum):
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


class Face(StrEnum):
    """Mức độ hài lòng, the three faces at the counter."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


class FeedbackWay(StrEnum):
    """How a feedback (phản ánh, kiến nghị) came."""

    DIRECT = "direct"
    PHONE = "phone"
    BOX = "box"
    POST = "post"
    ONLINE = "online"


class FeedbackAbout(StrEnum):
    """What a feedback is about: how officials behave, a rule or form, anything else."""

    CONDUCT = "conduct"
    RULE = "rule"
    OTHER = "other"


class Situation(StrEnum):
    """What a notice to a citizen's telephone tells."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    READY = "ready"
    APOLOGY = "apology"
    REFUSED = "refused"
    STOPPED = "stopped"
    HOLIDAY = "holiday"


class NoticeStatus(StrEnum):
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


def clean(text: str) -> str:
    """The text as the office keeps it: NFC, runs of white space as one blank, trimmed, nothing that cannot be seen
    (control characters, zero-width marks, halves of a character)."""
    seen = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(unicodedata.normalize("NFC", seen).split())


_LOOKALIKES = str.maketrans(
    {"đ": "d", "ð": "d", "ƀ": "b", "ø": "o", "ł": "l", "\u2019": "'", "\u2018": "'", "\u02bc": "'"}
)


def fold(text: str) -> str:
    """The text without marks and in small letters, so that «Đào Thị Ẫm» is found by «dao thi am»."""
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_LOOKALIKES)


def masked(number: str) -> str:
    """A person's number as lists show it: `048*****4217` for twelve digits, the middle hidden for any other length."""
    if len(number) <= 4:
        return "*" * len(number)
    head, tail = (3, 4) if len(number) >= 9 else (1, 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def masked_name(name: str) -> str:
    """A person's name as the kiosk shows it: «Huỳnh Thị Ẫm Ỷ» is «H… T… Ẫ… Ỷ»."""
    return " ".join(word if len(word) == 1 else f"{word[0]}…" for word in name.split())


def office_instant(text: str) -> datetime:
    """An instant as ISO 8601; without an offset it is Vietnamese time.

    Raises ValueError for anything else.
    """
    if not re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        raise ValueError(text)
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=OFFICE_TIME)).replace(microsecond=0)


def local(instant: datetime) -> datetime:
    """The instant on the office's wall clock."""
    return instant.astimezone(OFFICE_TIME)


def local_day(instant: datetime) -> date:
    """The day of the instant on the office's wall calendar."""
    return instant.astimezone(OFFICE_TIME).date()


def iso(instant: datetime | None) -> str | None:
    """The instant as answers write it: `2026-02-12T09:30:00+07:00`."""
    return None if instant is None else local(instant).isoformat(timespec="seconds")


def from_epoch(seconds: int) -> datetime:
    """The instant stored as whole seconds since 1970 UTC."""
    return datetime.fromtimestamp(seconds, UTC)
