"""Desk with fixed answers that records its queries.

It tests pages without a database.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from app.models.enums import (
    Action,
    DayKind,
    FeedbackChannel,
    FeedbackTopic,
    FigureGroup,
    Handling,
    PaperForm,
    PaperSize,
    PrintStatus,
    Right,
    Role,
    Service,
    SmsSituation,
    SmsStatus,
    Status,
    TermUnit,
    TicketState,
    Verdict,
)
from app.models.errors import Refusal
from app.models.figures import FigureRow, preset_period, total
from app.models.instants import local_day
from app.printing.documents.report import Report, ReportIssuer
from app.services.catalogue.calendar_changes import CalendarChange
from app.services.documents.prepared import PreparedDocument
from app.services.dossier_detail import DetailFee, DetailProcedure, DossierDetail, OtherCode, PrintLine, Step
from app.services.dossier_lines import DossierLine, PreprintedLine
from app.services.queue.view import Queue, TicketLine
from app.services.reporting.feedback import FeedbackLine, FeedbackTable
from app.services.reporting.figures_06a import Figures06a
from app.services.reporting.query import ReportQuery
from app.services.reporting.report_06a import report_of_figures
from app.services.sending.files import BuiltBundle
from app.services.sms_lines import SmsLine
from app.settings import MachineSettings, Office
from app.storage.outgoing.rows import KeptFileRow
from app.usecases.accounts.signin import Approvers, SignInName
from app.usecases.accounts.users import UserLine
from app.usecases.catalogue.calendar import CalendarLine
from app.usecases.catalogue.procedures import PaperLine, ProcedureLine
from app.usecases.citizens.queue import IssuedTicket, TicketPrint
from app.usecases.citizens.ratings import SavedRating
from app.usecases.documents.handover_lists import HandoverListLine
from app.usecases.documents.print_queue import RenderedDocument
from app.usecases.documents.refusal_slips import CounterRefusalLine
from app.usecases.dossiers.bulk import SentDossiers, TrayCount
from app.usecases.dossiers.earlier_visits import Visits
from app.usecases.dossiers.public_status import PublicStatus
from app.usecases.dossiers.queries import EarlierApplicant, WorkCounts, WorkLine
from app.usecases.dossiers.scans import CardFields, ScanResult
from app.usecases.intake.accept import AcceptedDossier
from app.usecases.intake.preprinted import PreprintedBatch
from app.usecases.intake.preview import Preview
from app.usecases.intake.turn_away import CounterRefusal
from app.usecases.office.clock import ClockState, confirm_day
from app.usecases.office.rebuild import Rebuilding
from app.usecases.reporting.dossier_lists import FigureLine
from app.usecases.reporting.records import LateReasonLine
from app.usecases.sms.outbox import SmsOutbox
from app.usecases.sync.answer import ResentDossier
from app.usecases.sync.export import ExportedBundle
from app.usecases.sync.plan import SendingPlan
from app.usecases.sync.status import Identity, RejectedDossier, SyncState
from app.wording.sms import ascii_text, sms_text
from tests.support.page_answers import COUNTER_RULES, QUESTIONS, page_answers

NOW = datetime(2026, 3, 11, 2, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
CODE = "H29.12-260311-0007"


@dataclass(frozen=True)
class Facts:
    """Facts of the session of a recording desk."""

    folder: Path
    office: Office
    office_name: str = "UBND xã Kiểm Thử"
    parent: str = "UBND tỉnh Thử Nghiệm"
    workstation: int = 3
    actor: str = "Trần Thị Bình · Cán bộ tiếp nhận"
    roles: tuple[Role, ...] = ()
    rights: frozenset[Right] = frozenset(Right)
    training: bool = False
    resources: Path = Path("resources")


@dataclass
class Round:
    """Result of a round of backups."""

    file: Path | None = Path("sao-luu/motcua.mcbackup")
    at: datetime | None = NOW
    places: tuple[Any, ...] = ()


class RecordingBackups:
    """Backups that record calls and write nothing."""

    def __init__(self) -> None:
        self.round: Round | Exception = Round()
        self.place = ""
        self.calls: list[str] = []

    def run_if_due(self, at_end: bool = False) -> Round:
        """Return the round, or raise its error."""
        self.calls.append("run_if_due")
        if isinstance(self.round, Exception):
            raise self.round
        return self.round

    run_now = run_if_due

    def last(self) -> datetime | None:
        """Return the fixed time."""
        return NOW

    def second_folder(self) -> str:
        """Return the chosen folder."""
        return self.place

    def set_second_folder(self, folder: Path | None) -> None:
        """Record the chosen folder."""
        self.place = "" if folder is None else str(folder)


@dataclass
class RecordingDesk:
    """Answer by the type of a query.

    An answer is a value, an exception to raise, or a callable.

    `queries` records all queries.
    """

    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    queries: list[Any] = field(default_factory=list)
    training: bool = False

    def __post_init__(self) -> None:
        self.lock = Lock()
        self.backups = RecordingBackups()
        self.planned: list[str] = []
        self.edits: list[Any] = []
        self.answers = {**usual_answers(), **self.answers}
        office = Office(
            "UBND xã Kiểm Thử", "UBND tỉnh Thử Nghiệm", "Thử Nghiệm", "H29.12", "Lê Văn Chủ", "Kiểm Thử", "Lê Văn Chủ"
        )
        self.facts = Facts(self.folder, office, training=self.training)

    notes: tuple[Any, ...] = ()
    machine: MachineSettings = field(
        default_factory=lambda: MachineSettings(sounds=False)
    )  # no players are started by the tests

    def change_machine(self, machine: MachineSettings) -> None:
        """Keep the settings of the machine."""
        self.machine = machine

    def edited_office(self, changes: Any) -> Office:
        """Return the office with the changed texts."""
        hours = {**self.facts.office.hours, **changes.get("hours", {})}
        return replace(self.facts.office, **{**changes, "hours": hours})

    def edit_office(self, changes: Any) -> Office:
        """Change the office of the facts."""
        self.edits.append(changes)
        office = self.edited_office(changes)
        self.facts = replace(self.facts, office=office, office_name=office.name)
        return self.facts.office

    def now(self) -> datetime:
        """Return the fixed time."""
        return NOW

    def begin_recovery_page(self) -> Any:
        """Refuse as a training office does."""
        raise Refusal("keys_none")

    def plan_update(self, update: Any) -> Any:
        """Record the version of an update and back up."""
        self.planned.append(update.version)
        return self.backups.run_now()

    def confirm_opening(self) -> None:
        """Keep nothing, because nothing was updated."""

    def restore_page(self) -> bytes:
        """Return the start of a PDF file."""
        return b"%PDF-1.4"

    def read(self, fn: Callable[..., Any], query: Any, at: datetime | None = None) -> Any:
        """Record the query and return its answer."""
        with self.lock:
            self.queries.append(query)
        answer = self.answers[type(query).__name__]
        if isinstance(answer, Exception):
            raise answer
        return answer(query) if callable(answer) else answer

    write = read

    def write_both(self, first: Any, command: Any, second: Any, next_command: Callable[[Any], Any]) -> tuple[Any, Any]:
        result = self.write(first, command)
        return result, self.write(second, next_command(result))

    def write_password(self, fn: Callable[..., Any], command: Any, name: str, secret: str) -> Any:
        """Handle the command as any other, because it contains name and password."""
        return self.write(fn, command)

    def entry_day(self) -> date:
        return local_day(self.now())

    def confirm_day(self, command: Any) -> Any:
        return self.write(confirm_day, command)

    def queries_of(self, name: str) -> list[Any]:
        """Return the recorded queries of one type, in order."""
        return [query for query in self.queries if type(query).__name__ == name]


def paper(name: str, handling: Handling = Handling.SUBMIT, originals: int = 1, copies: int = 0) -> PaperLine:
    """Return one paper of a procedure."""
    return PaperLine(name, handling, originals, copies, False)


BIRTH = ProcedureLine(
    "1.001193",
    "Đăng ký khai sinh",
    "Hộ tịch",
    None,
    TermUnit.SAME_DAY,
    8000,
    2,
    date(2026, 1, 1),
    (
        paper("Tờ khai đăng ký khai sinh theo mẫu"),
        paper("Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng xác nhận về việc sinh"),
        paper("Giấy tờ tùy thân của người đi đăng ký khai sinh", Handling.SHOW),
        paper("Giấy chứng nhận kết hôn của cha, mẹ trẻ (nếu có)", Handling.SHOW, 0, 0),
        paper("Thông tin nơi cư trú của cha, mẹ trong cơ sở dữ liệu quốc gia về dân cư", Handling.LOOKUP, 0, 0),
    ),
    "ngay trong ngày",
)
COPY = ProcedureLine(
    "2.000815",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp",
    "Chứng thực",
    None,
    TermUnit.SAME_DAY,
    2000,
    1,
    date(2025, 7, 1),
    (
        paper("Bản chính giấy tờ làm cơ sở để chứng thực bản sao", Handling.SHOW),
        paper("Bản sao cần chứng thực", copies=1, originals=0),
    ),
    "ngay trong ngày",
)
AID = ProcedureLine(
    "2.000286",
    "Tiếp nhận đối tượng bảo trợ xã hội có hoàn cảnh đặc biệt khó khăn vào cơ sở trợ giúp xã hội",
    "Bảo trợ xã hội",
    None,
    TermUnit.UNKNOWN,
    None,
    1,
    date(2025, 7, 1),
    (
        paper("Tờ khai của đối tượng hoặc người giám hộ (Mẫu số 07)"),
        paper("Bản sao giấy khai sinh đối với trẻ em", originals=0, copies=1),
    ),
    "chưa rõ",
)
PERSON = EarlierApplicant(
    "Huỳnh Thị Ẫm Ỷ", "048199004217", "1999-03-08", "female", "0905 123 456", "Thôn Đoài, xã Kiểm Thử", None
)


def line(serial: int, name: str, procedure: str, status: Status, due: int, late: bool = False) -> DossierLine:
    """Return a dossier of a list; `due` is in days from now."""
    code = f"H29.12-260311-{serial:04d}"
    received = NOW - timedelta(days=9, minutes=7 * serial)
    return DossierLine(
        code, f"63032603110{serial:05d}", name, procedure, status, received, DUE + timedelta(days=due), late
    )


NAMES = (
    "Huỳnh Thị Ẫm Ỷ",
    "Nguyễn Hữu Ưởng",
    "Đặng Thị Hồng Nhạn",
    "Trương Quốc Ấn",
    "Lâm Thị Bích Ngà",
    "Phùng Văn Đạt",
)
WORK = (
    ("late", Status.PROCESSING, "quá 2 ngày làm việc", "Địa chính"),
    ("late", Status.PROCESSING, "quá 1 ngày làm việc", "Tư pháp – hộ tịch"),
    ("today", Status.RECEIVED, "còn 6 giờ 18 phút", "Quầy tiếp nhận"),
    ("today", Status.PROCESSING, "còn 45 phút", "Tư pháp – hộ tịch"),
    ("soon", Status.PROCESSING, "còn 1 ngày làm việc", "Văn hóa – xã hội"),
    ("soon", Status.PROCESSING, "còn 2 ngày làm việc", "Địa chính"),
    ("later", Status.PROCESSING, "còn 9 ngày làm việc", "Địa chính"),
    ("supplement", Status.SUPPLEMENT_ASKED, "chờ 3 ngày", "Quầy tiếp nhận"),
    ("to_return", Status.FINISHED, "xong 10/03", "Quầy tiếp nhận"),
    ("to_return", Status.FINISHED, "xong 09/03", "Quầy tiếp nhận"),
)
PROCEDURES = ("Đăng ký khai sinh", COPY.name, "Xác nhận tình trạng hôn nhân", "Đăng ký biến động đất đai", AID.name)


def work_lines() -> tuple[WorkLine, ...]:
    """Return the lines of a worklist."""
    return tuple(
        WorkLine(
            f"H29.12-26030{place % 9}-{place + 1:04d}",
            NAMES[place % 6],
            PROCEDURES[place % 5],
            holder,
            status,
            DUE,
            group,
            due,
        )
        for place, (group, status, due, holder) in enumerate(WORK)
    )


def sheet(
    code: str = CODE,
    allowed: tuple[Action, ...] = (Action.SEND, Action.ASK_SUPPLEMENT, Action.FINISH, Action.AMEND, Action.PAY),
) -> DossierDetail:
    """Return the detail of a dossier in processing."""
    at = NOW - timedelta(days=2)
    person = {
        "kind": "citizen",
        "name": "Huỳnh Thị Ẫm Ỷ",
        "id_number": "048199004217",
        "birth_date": "1999-03-08",
        "gender": "female",
        "phone": "0905 123 456",
        "address": "Thôn Đoài, xã Kiểm Thử",
    }
    steps = (
        Step(at, at, "Trần Thị Bình", Action.INTAKE, None, "Quầy tiếp nhận", Status.RECEIVED, None, None),
        Step(
            at + timedelta(minutes=40),
            at + timedelta(minutes=40),
            "Trần Thị Bình",
            Action.SEND,
            "Quầy tiếp nhận",
            "Tư pháp – hộ tịch",
            Status.PROCESSING,
            None,
            "Kèm giấy chứng sinh bản chính",
        ),
        Step(
            at + timedelta(hours=3),
            at + timedelta(hours=5),
            "Lê Hoàng Phúc",
            Action.RECEIVE,
            "Quầy tiếp nhận",
            "Tư pháp – hộ tịch",
            Status.PROCESSING,
            Verdict.ON_TIME,
            None,
        ),
        Step(
            at + timedelta(days=1),
            at + timedelta(days=1),
            "Lê Hoàng Phúc",
            Action.SEND,
            "Tư pháp – hộ tịch",
            "Chủ tịch ký",
            Status.PROCESSING,
            None,
            None,
        ),
    )
    papers = tuple(
        {"name": p.name, "handling": p.handling.value, "originals": p.originals, "copies": p.copies, "reason": None}
        for p in BIRTH.papers[:3]
    )
    prints = (
        PrintLine(PaperForm.RECEIPT, 1, at, PrintStatus.PRINTED),
        PrintLine(PaperForm.RECEIPT, 2, at, PrintStatus.PRINTED),
        PrintLine(PaperForm.CONTROL, 1, at, PrintStatus.FAILED),
    )
    return DossierDetail(
        code,
        "6303260311000078",
        (OtherCode("G22.99-260311-0012", "Cổng Dịch vụ công"),),
        Status.PROCESSING,
        4,
        DetailProcedure("1.001193", "Đăng ký khai sinh", "Hộ tịch", 2),
        person,
        person,
        None,
        "direct",
        at,
        DUE,
        DUE,
        None,
        None,
        False,
        "Chủ tịch ký",
        papers,
        steps,
        prints,
        DetailFee(8000, 0, None),
        (
            "Tiếp nhận 09:12 Thứ Hai 09/03/2026, trong giờ làm việc.",
            "Ngày tiếp nhận không tính.",
            "Ngày làm việc thứ 1: Thứ Ba 10/03/2026.",
            "Ngày làm việc thứ 2: Thứ Tư 11/03/2026.",
            "Hẹn trả 17:00 Thứ Tư 11/03/2026.",
        ),
        allowed,
        True,
        "Hẹn gọi trước khi trả",
        1,
        "counter",
    )


def accepted(_command: Any = None) -> AcceptedDossier:
    """Answer AcceptDossier."""
    return AcceptedDossier(CODE, "6303260311000078", "received", NOW, DUE, ("Trong ngày.",), 8000, ())


def prepared(query: Any) -> PreparedDocument:
    """Answer a query of a paper with one page for each copy."""
    form = PaperForm(query.form)
    copies = 2 if form == PaperForm.RECEIPT else 1
    ids = {PaperForm.RECEIPT: (11, 12), PaperForm.CONTROL: (13,)}.get(form, (20,))
    return PreparedDocument(ids, blank_pdf(copies), form, copies, copies, PaperSize.A5)


CALENDAR = (
    CalendarLine(date(2026, 3, 13), DayKind.HALF, "07:30-11:30", "TB 7/TB-UBND"),
    CalendarLine(date(2026, 3, 14), DayKind.WORK, "07:30-11:30 13:30-17:00", "QĐ 1/QĐ-TTg"),
    CalendarLine(date(2026, 4, 30), DayKind.OFF, "", "Ngày Giải phóng miền Nam"),
    CalendarLine(date(2027, 1, 1), DayKind.OFF, "", "Tết Dương lịch"),
)


def _sms(number: int, situation: SmsSituation, status: SmsStatus, way: str | None, tries: int = 0) -> SmsLine:
    code, at = f"H29.12-260311-{number:04d}", NOW - timedelta(hours=number)
    pattern = "Đã tiếp nhận hồ sơ {code}, hẹn trả {due}."
    text = sms_text(pattern, code, "UBND xã Kiểm Thử", "0236 000 000", DUE)
    phone = f"090512345{number}"
    ended = None if status == SmsStatus.WAITING else at
    return SmsLine(number, code, phone, situation, text, ascii_text(text), at, status, tries, ended, way)


NOTICES = (
    _sms(1, SmsSituation.RECEIVED, SmsStatus.WAITING, None),
    _sms(2, SmsSituation.READY, SmsStatus.WAITING, "+CMS ERROR: 28", 1),
    _sms(3, SmsSituation.SUPPLEMENT, SmsStatus.SENT, "modem", 1),
    _sms(4, SmsSituation.READY, SmsStatus.SENT, "file"),
    _sms(5, SmsSituation.APOLOGY, SmsStatus.FAILED, "+CMS ERROR: 28", 3),
)
SLIPS = (
    CounterRefusalLine(
        *("PTC-2026-03-0005", "05/PTC-TTPVHCC", NOW, "Huỳnh Thị Ẫm Ỷ", "Đăng ký khai sinh"),
        *("Thiếu giấy tờ: Giấy chứng sinh.", "Trần Thị Bình"),
    ),
    CounterRefusalLine(
        *("PTC-2026-03-0004", "04/PTC-TTPVHCC", NOW - timedelta(days=1), "Nguyễn Hữu Ưởng", COPY.name),
        *("Việc không thuộc thẩm quyền giải quyết của cơ quan này.", "Trần Thị Bình"),
    ),
)
BLANKS = tuple(
    PreprintedLine(
        f"H29.12-260311-{serial:04d}", f"63032603110{serial:05d}", date(2026, 3, 11), NOW - timedelta(hours=1)
    )
    for serial in (11, 12, 13)
)


def blank_pdf(pages: int, size: tuple[float, float] = (419.53, 595.28)) -> bytes:
    """Return a PDF of numbered pages with a frame; A5 by default."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for page in range(pages):
        canvas.rect(20, 20, size[0] - 40, size[1] - 40)
        canvas.drawString(40, size[1] - 60, f"{page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def report(query: ReportQuery) -> Report:
    """Answer ReportQuery with the consistent figures of a small office."""
    rows = (
        FigureRow("Bảo trợ xã hội", 31, 2, 27, 2, 26, 5, 19, 2, 4, 3, 1, 1, 0),
        FigureRow("Chứng thực", 1264, 12, 1252, 0, 1262, 0, 1262, 0, 2, 2, 0, 0, 0),
        FigureRow("Đất đai", 58, 6, 44, 8, 37, 9, 25, 3, 18, 16, 2, 2, 1),
        FigureRow("Hộ tịch", 207, 21, 183, 3, 201, 44, 157, 0, 5, 5, 0, 1, 0),
    )
    table = Figures06a(query.first, query.last, rows, total(rows), ())
    drawn = report_of_figures(query, FigureGroup.FIELD, table, {row.field: {"field": row.field} for row in rows})
    return replace(drawn, issuer=ReportIssuer("UBND tỉnh Thử", "UBND xã Thử Nghiệm"))


def figure_lines(query: Any) -> tuple[FigureLine, ...]:
    """Answer ListFigure with two dossiers of the figure."""
    lines = [line(number, NAMES[number], "Đăng ký khai sinh", Status.PROCESSING, number) for number in (1, 2)]
    return tuple(FigureLine(*each, query.column) for each in lines)


def procedures(query: Any) -> tuple[ProcedureLine, ...]:
    """Answer FindProcedures."""
    words = query.words.lower()
    results = {"ks": (BIRTH,), "1.001193": (BIRTH,), "cc": (COPY,), "bt": (AID,), "không có": ()}
    return results.get(words, (BIRTH, COPY, AID))


def scanned(query: Any) -> ScanResult:
    """Answer ReadScan.

    16 digits are a dossier, `|` means a card, other text is unknown.
    """
    text = query.text
    if text.isdigit() and len(text) == 16:
        dossier = line(int(text[-5:-1]), "Nguyễn Hữu Ưởng", "Đăng ký khai sinh", Status.PROCESSING, 1)
        return ScanResult("dossier", text, line=dossier)
    if text in (blank.code for blank in BLANKS):
        return ScanResult("blank", text, blank=next(blank for blank in BLANKS if blank.code == text))
    if "|" in text:
        card = CardFields(
            "048199004217", None, "Huỳnh Thị Ẫm Ỷ", "1999-03-08", "female", "Thôn Đoài, xã Kiểm Thử", "2021-05-02", ()
        )
        return ScanResult("citizen_card", text, card=card)
    return ScanResult("stranger", text, reason="Mã này không do cơ quan mình cấp.")


def _ticket(number: int, service: Service, desk: int | None) -> TicketLine:
    state = TicketState.CALLED if desk else TicketState.WAITING
    return TicketLine(number, service, NOW, NOW if desk else None, desk, state, minutes=None if desk else 4 * number)


QUEUE = Queue(
    (_ticket(9, Service.PRIORITY, None), _ticket(7, Service.INTAKE, None), _ticket(8, Service.RESULT, None)),
    tuple(_ticket(number, Service.INTAKE, 1 + number % 3) for number in (6, 5, 4, 3, 2)),
)
KIOSK = PublicStatus(CODE, "H… T… Ỷ", "Đăng ký khai sinh", "Đã có kết quả", 2, NOW, DUE, True)
_COMPLAINT = FeedbackLine(
    *(2026, 4, date(2026, 3, 9), FeedbackChannel.DIRECT, FeedbackTopic.CONDUCT, None, None),
    *("Chờ lâu, không có chỗ ngồi ở hành lang", None, date(2026, 3, 16), None, None, None, False),
)
_OVERDUE = FeedbackLine(
    *(2026, 3, date(2026, 2, 20), FeedbackChannel.PHONE, FeedbackTopic.RULE, "Lâm Thị Bích Ngà", "0905 765 432"),
    *("Bảng niêm yết thiếu phí chứng thực", CODE, date(2026, 3, 9), None, None, None, True),
)
_ANSWERED = FeedbackLine(
    *(2026, 2, date(2026, 2, 2), FeedbackChannel.BOX, FeedbackTopic.OTHER, "Phùng Văn Đạt", None),
    *("Không có chỗ để xe", None, date(2026, 2, 9), date(2026, 2, 11), "Đã kẻ vạch để xe ở sân sau.", True, True),
)
FEEDBACK = FeedbackTable(
    date(2026, 1, 1), date(2026, 3, 11), 3, 0, 1, 0, 1, 2, 1, 0.0, (_ANSWERED, _OVERDUE, _COMPLAINT)
)


HANDOVERS = (
    HandoverListLine("PBG-03-4711", NOW, "Trần Thị Bình", "Địa chính (Phan Văn Lợi)", 3),
    HandoverListLine("PBG-03-4650", NOW - timedelta(hours=1), "Trần Thị Bình", "Tư pháp – hộ tịch", 12),
)


def usual_answers() -> dict[str, Any]:
    """Return the answers by the name of the query type."""
    lines = tuple(
        line(n, NAMES[n % 6], PROCEDURES[n % 5], s, d, late)
        for n, s, d, late in (
            (7, Status.PROCESSING, 0, False),
            (6, Status.RETURNED, 0, False),
            (5, Status.FINISHED, -1, False),
            (4, Status.PROCESSING, -2, True),
            (3, Status.SUPPLEMENT_ASKED, 4, False),
            (1, Status.VOID, 0, False),
        )
    )
    preview = Preview(DUE, ("Thời hạn: ngay trong ngày.", "Tiếp nhận 09:12, trước 15 giờ: trả trong ngày."), (), 8000)
    return page_answers() | {
        "FindProcedures": procedures,
        "FrequentProcedures": (BIRTH, COPY),
        "KeepFrequent": False,
        "PlaceFrequent": None,
        "GetClockState": ClockState(None, False, ()),
        "ListSignInNames": (SignInName("Lê Hoàng Phúc", False), SignInName("Trần Thị Bình", False)),
        "ListApprovers": Approvers(True, True, ("Lê Hoàng Phúc", "Phạm Văn Mẫu")),
        "ListUsers": (
            UserLine("Trần Thị Bình", Role.ADMINISTRATOR, True),
            UserLine("Lê Hoàng Phúc", Role.HEAD, True),
            UserLine("Phan Văn Cũ", Role.CLERK, False),
        ),
        "ConfirmDay": ClockState("Đồng hồ máy bị nghi ngờ.", True, ()),
        "FindPeople": lambda q: (PERSON,) if q.words else (),
        "PreviewPromise": preview,
        "EarlierVisits": Visits(),
        "CheckForm": (),
        "AcceptDossier": accepted,
        "RefuseAtCounter": CounterRefusal(5, "05/PTC-TTPVHCC", "PTC-2026-03-0005", NOW),
        "ListCounterRefusals": SLIPS,
        "ListHandoverLists": HANDOVERS,
        "GetRebuilding": Rebuilding(None, None, 0),
        "ListSms": lambda q: SmsOutbox(True, tuple(n for n in NOTICES if n.status == "waiting" or not q.waiting)),
        "CountWaitingSms": 2,
        "SetSmsEnabled": lambda q: SmsOutbox(q.enabled, NOTICES[:2]),
        "SetOptOut": lambda q: q.phone,
        "MarkExported": lambda q: len(q.ids),
        "SaveDraft": 0,
        "ReadDraft": None,
        "ListDrafts": (),
        "SearchDossiers": lines,
        "ListReceived": lines,
        "ListFields": ("Bảo trợ xã hội", "Chứng thực", "Hộ tịch"),
        "ShowDossier": lambda q: sheet(q.code),
        "ReadScan": scanned,
        "ListCounterRules": COUNTER_RULES,
        "SaveCounterRule": COUNTER_RULES,
        "ListQuestions": QUESTIONS,
        "FindPeriod": lambda q: preset_period(q.preset, q.on),
        "FormSetToday": "Thông tư 03/2025/TT-VPCP (Mẫu 01 – 07)",
        "ListFormSets": ("2018", "2025"),
        "ListLateReasons": (LateReasonLine("Chờ cơ quan phối hợp", True), LateReasonLine("Lý do cũ", False)),
        "ListWork": work_lines(),
        "CountWork": WorkCounts(2, 2, 2, 12, 0),
        "ActOnDossier": lambda q: sheet(q.code),
        "PreparePaper": prepared,
        "PreparePapers": lambda q: tuple(prepared(type("Q", (), {"form": f})()) for f in q.forms),
        "RecordPrints": None,
        "PreviewPaper": lambda q: RenderedDocument(blank_pdf(2), q.form, PaperSize.A5),
        "ListUnprinted": (),
        "RenderWaiting": lambda q: PreparedDocument(
            q.print_ids, blank_pdf(1), PaperForm.RECEIPT, 1, len(q.print_ids), PaperSize.A5
        ),
        "DismissPrints": None,
        "ListDecisions": (),
        "ListCalendar": lambda q: tuple(day for day in CALENDAR if day.date.year == q.year),
        "AddDecision": CalendarChange(1, ()),
        "RevokeDecision": CalendarChange(1, ()),
        "CountTray": TrayCount(0, (), (), (), ()),
        "BulkSend": lambda q: SentDossiers(q.codes),
        "PrepareHandoverList": PreparedDocument((), blank_pdf(1), PaperForm.HANDOVER, 1, 1, PaperSize.A4),
        "ReportQuery": report,
        "ListFigure": figure_lines,
        "ScannerCard": blank_pdf(1),
        "GetPrinterTestPage": lambda _query: blank_pdf(1),
        **dict.fromkeys(("GetQueue", "CallNext", "CallAgain", "Recall", "SetAside", "TransferTicket"), QUEUE),
        "TakeTicket": IssuedTicket(8, Service.INTAKE, 3, 12, TicketPrint(8, 0, blank_pdf(1), 1)),
        "PrintTicket": TicketPrint(8, 1, blank_pdf(1), 2),
        "RecordTicketPrint": None,
        "GetPublicStatus": lambda q: KIOSK if q.text.isdigit() and len(q.text) == 16 else None,
        "RateDossier": lambda q: SavedRating(q.code, q.face, {}, NOW),
        "ListFeedback": lambda q: FEEDBACK,
        "AddFeedback": lambda q: FEEDBACK.rows[2],
        "AnswerFeedback": lambda q: FEEDBACK.rows[1],
        "BuildBundle": BuiltBundle(b"bundle", "epoch", 4, 37, "H29.12-3-000004.mcsync", "0" * 64),
        "StoreBundle": ExportedBundle(b"bundle", 4, 37, "H29.12-3-000004.mcsync"),
        "MarkCarried": None,
        "NameNextFile": "H29.12-03-000004.mcsync",
        "ListKeptFiles": (KeptFileRow(4, 37, "waiting"), KeptFileRow(3, 12, "sent"), KeptFileRow(2, 5, "confirmed")),
        "ListPreprinted": BLANKS,
        "PrintPreprinted": lambda q: PreprintedBatch(BLANKS[: q.count], blank_pdf(2), 2, q.paper),
        "DiscardPreprinted": BLANKS[1:],
        "GetIdentity": Identity("ab" * 32, "4102 7733 0918 2264 5150", "H29.12", 3),
        "GetSendingPlan": SendingPlan(None),
        "ResendDossier": lambda q: ResentDossier(q.code, 41),
        "SyncStatus": SyncState(
            waiting=12,
            sent=25,
            confirmed=1480,
            rejected=(RejectedDossier("H29.12-260305-0011", "Thiếu mã lĩnh vực"),),
            last_confirmed_at=NOW,
            last_try_at=NOW,
            next_try_at=NOW + timedelta(minutes=4),
            trouble="no_network",
        ),
    }
