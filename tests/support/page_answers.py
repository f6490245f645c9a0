"""Answers for the catalogue, day start, due board and charts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.models.enums import DayKind, PaperForm, PaperSize, Status
from app.models.errors import Refusal
from app.models.instants import office_instant
from app.models.received.changes import DayChange, DossierChange, ProcedureChange
from app.printing.charts import ChartSheet, FieldBar, MonthBar, RatioText, chart_sheet
from app.services.documents.prepared import PreparedDocument
from app.services.law.counter import Question
from app.services.law_packages.planning import LawChange
from app.services.packages.notices import Notice
from app.services.packages.received import Received, StateDifference, WaitingPackage
from app.usecases.catalogue.editing import CatalogueLine, ProcedureHistory, VersionLine, VersionStatus
from app.usecases.dossiers.bulk import SentDossiers
from app.usecases.dossiers.day_start import DayStart, DayStartLine, TaskKind
from app.usecases.dossiers.due_board import HolderLine
from app.usecases.dossiers.list_choices import FilterChoices
from app.usecases.intake.preview import FeeGroupLine
from app.usecases.law.counter_rules import CounterRuleLine
from app.usecases.law.packages import AppliedLaw, LawLine, LawPreview, LawState
from app.usecases.office.closing import ClosingLine, ClosingTask, DayClosing
from app.usecases.reporting.charts import Charts
from app.usecases.sync.packages import PackageResult

COPY_CODE = "2.000815"
COPY_CELLS = {
    "code": COPY_CODE,
    "name": "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp",
    "field": "Chứng thực",
    "limit": "",
    "unit": "same_day",
    "fee_vnd": "2000",
    "papers": "show|1|0|Bản chính giấy tờ; văn bản làm cơ sở để chứng thực bản sao ; submit|0|1|Bản sao cần chứng thực",
    "valid_from": "2026-01-01",
    "province_limit": "",
    "supplement_clock": "pause",
    "supplement_days": "10",
    "same_day_cutoff": "15:00",
    "boundary_free": "1",
    "steps": "Bộ phận Một cửa:0.5 ; Tư pháp – hộ tịch:0.25 ; Lãnh đạo ký:0.25",
    "channel_limits": "online:2 ; post:3",
    "fee_rule": "per_page:2000,2,1000,200000",
    "withdrawn": "0",
    "superseded_by": "",
    "channel_fees": "online:1000 ; post:2500",
    "route": "15:Hệ thống hộ tịch điện tử",
    "advice": "Mang bản chính để đối chiếu.",
}


def catalogue_line(code: str, name: str, field: str, *missing: str, **changes: Any) -> CatalogueLine:
    """Return a line of the catalogue with default values except `changes`."""
    default = CatalogueLine(code, name, field, "5 ngày làm việc", 8000, False, missing, 1, None, False, None)
    return replace(default, **changes)


CATALOGUE = (
    catalogue_line("1.001193", "Đăng ký khai sinh", "Hộ tịch", term_text="ngay trong ngày"),
    catalogue_line("2.000286", "Tiếp nhận đối tượng bảo trợ xã hội có hoàn cảnh đặc biệt khó khăn vào cơ sở trợ giúp "
                   "xã hội", "Bảo trợ xã hội", "thời hạn", "phí", "giấy tờ", fee=None, term_text="chưa rõ"),
    catalogue_line(COPY_CODE, COPY_CELLS["name"], "Chứng thực", priced_per_page=True, version=2, coming=date(2027, 3,
    1)),
    catalogue_line("2.000884", "Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực", "phí", fee=None),
    catalogue_line("2.001019", "Chứng thực di chúc", "Chứng thực", withdrawn=True, superseded_by="2.001035"),
)  # fmt: skip
HISTORY = ProcedureHistory(
    COPY_CODE,
    (
        VersionLine(1, date(2000, 1, 1), VersionStatus.PAST, {**COPY_CELLS, "fee_rule": "", "steps": ""}, 1264, 1),
        VersionLine(2, date(2026, 1, 1), VersionStatus.CURRENT, COPY_CELLS, 318, 4),
        VersionLine(3, date(2027, 3, 1), VersionStatus.COMING, {**COPY_CELLS, "fee_vnd": "3000"}, 0, 0),
    ),
    ("1.000077",),
)


def save_version(command: Any) -> ProcedureHistory:
    """Answer SaveVersion with the new history, or with a refusal."""
    if command.cells["fee_vnd"] == "nhiều":
        raise Refusal("fee_shape", field="fee_vnd", text="nhiều")
    if command.cells["withdrawn"] == "1" and not command.keep_running:
        raise Refusal("procedure_has_open", "withdrawn", count=5)
    new = VersionLine(4, date(2026, 3, 11), VersionStatus.CURRENT, command.cells, 0, 0)
    past = replace(HISTORY.versions[1], standing=VersionStatus.PAST)
    return replace(HISTORY, versions=(HISTORY.versions[0], past, HISTORY.versions[2], new))


MORNING = DayStart(
    (
        DayStartLine(TaskKind.UNPRINTED, "H29.12-260310-0004", "", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "",
                    "2 bản, từ 16:48 10/03"),
        DayStartLine(TaskKind.AT_COUNTER, "H29.12-260310-0006", "Lâm Thị Bích Ngà", "Đăng ký khai sinh",
                    "Bộ phận Một cửa", ""),
        DayStartLine(TaskKind.TRAY, "H29.12-260306-0002", "Phùng Văn Đạt", "Đăng ký biến động đất đai",
                    "Địa chính", "giấy trong khay, máy ghi nơi khác"),
        DayStartLine(TaskKind.UNSENT, "", "", "12 hồ sơ chưa gửi", "", "cũ nhất từ 10/03/2026"),
        DayStartLine(TaskKind.FEEDBACK, "", "Lâm Thị Bích Ngà", "4/2026: Chờ lâu, không có chỗ ngồi ở hành lang", "",
                    "Quá hạn trả lời 2 ngày"),
        DayStartLine(TaskKind.TODAY, "H29.12-260302-0001", "Trương Quốc Ấn", "Xác nhận tình trạng hôn nhân",
                    "Tư pháp – hộ tịch", "còn 6 giờ 18 phút"),
        DayStartLine(TaskKind.NEXT_DAY, "H29.12-260305-0003", "Huỳnh Thị Ẫm Ỷ", COPY_CELLS["name"],
                    "Địa chính", "xin lỗi được trong hôm nay"),
    ),
    4,
    date(2026, 3, 12),
)  # fmt: skip
BOARD = (
    HolderLine("Địa chính", 3, 0, 2, 11, 1, 0, "quá 4 ngày làm việc"),
    HolderLine("Tư pháp – hộ tịch (Lê Hoàng Phúc)", 1, 2, 0, 4, 0, 0, "quá 1 ngày làm việc"),
    HolderLine("Bộ phận Một cửa", 0, 1, 0, 0, 3, 12, "hôm nay"),
    HolderLine("Văn hóa – xã hội", 0, 0, 0, 7, 0, 0, "còn 6 ngày làm việc"),
)


def charts() -> Charts:
    """Return the charts of a quarter of a small office."""
    sheet = ChartSheet(
        "UBND xã Kiểm Thử",
        "Kết quả giải quyết hồ sơ từ 15/12/2025 đến 14/03/2026",
        (FieldBar("Chứng thực", 1262, 0), FieldBar("Hộ tịch", 201, 0), FieldBar("Đất đai", 34, 3),
         FieldBar("Bảo trợ xã hội", 24, 2)),
        tuple(MonthBar(f"{month:02d}/2026", 231 + 31 * month, 218 + 28 * month) for month in range(1, 7)),
        (RatioText("99,67 %", "Hồ sơ giải quyết đúng hạn ÷ hồ sơ đã giải quyết = 1.521 ÷ 1.526"),
         RatioText("99,48 %", "Hồ sơ không quá hạn (trừ cả hồ sơ đang quá hạn) ÷ hồ sơ tiếp nhận = 1.552 ÷ 1.560"),
         RatioText("97,50 %", "Hồ sơ giải quyết đúng hạn ÷ hồ sơ tiếp nhận (NĐ 61/2018/NĐ-CP) = 1.521 ÷ 1.560")),
        "Tiếp nhận gồm cả kỳ trước chuyển sang.",
    )  # fmt: skip
    return Charts(chart_sheet(sheet), sheet)


CHARTS = charts()
AT_NOON = datetime(2026, 3, 10, 5, tzinfo=UTC)
RECEIVED = Received(
    (WaitingPackage(7, "calendar", "Nghỉ bù ngày Chiến thắng và Quốc tế Lao động", AT_NOON, AT_NOON, b"calendar"),
     WaitingPackage(8, "catalogue", "Quyết định 412/QĐ-UBND: thủ tục hộ tịch", AT_NOON, AT_NOON, b"catalogue")),
    (Notice(6, "Cổng tạm dừng từ 22:00 thứ Bảy", AT_NOON, "Cổng bảo trì đến 05:00 Chủ nhật."),),
    (StateDifference("H29.12-260302-0001", Status.RETURNED, AT_NOON, 4, AT_NOON.replace(hour=2), True),
     StateDifference("H29.12-260305-0003", Status.PROCESSING, AT_NOON.replace(hour=1), 9, AT_NOON, False)),
)  # fmt: skip
PACKAGE = PackageResult("calendar", 7, "Nghỉ bù ngày Chiến thắng và Quốc tế Lao động", (
    DayChange("day", date(2026, 5, 2), DayKind.WORK, "07:30-11:30 13:30-17:00", "118/TB-UBND"),
    ProcedureChange("changed", COPY_CODE, "Chứng thực bản sao", date(2026, 5, 1), {"limit": "2"}, {"limit": "1"}),
    DossierChange("dossier", "H29.12-260428-0002", AT_NOON, AT_NOON.replace(day=11), "0905 123 456"),
), False)  # fmt: skip
FEE_GROUPS = (
    FeeGroupLine("ho-ngheo", "Hộ nghèo", "TT 75/2022/TT-BTC Điều 5"),
    FeeGroupLine("nguoi-co-cong", "Người có công với cách mạng", "TT 75/2022/TT-BTC Điều 5"),
)
LAWS = (
    LawLine("tp-phi-2027", "Phí chứng thực theo Nghị quyết 12/2026/NQ-HĐND", date(2027, 1, 1), LawState.COMING),
    LawLine("ho-tich-2027", "Luật Hộ tịch 03/2026/QH16: thủ tục từ 01/03/2027", date(2027, 3, 1), LawState.OFFERED),
)
LAW = LawPreview("tp-phi-2027", LAWS[0].title, "UBND thành phố Thử", "NQ 12/2026/NQ-HĐND", date(2027, 1, 1), (
    LawChange("procedure", COPY_CODE, {"fee_vnd": "2000"}, {"fee_vnd": "3000", "valid_from": "2027-01-01"}),
    LawChange("fee_relief", "ho-ngheo", None, {"name": "Hộ nghèo", "percent": 100}),
), ("H29.12-260302-0001",))  # fmt: skip


def office_paper() -> PreparedDocument:
    """Answer PreviewOfficePaper with an empty page."""
    from tests.support.recording_desk import blank_pdf

    return PreparedDocument((), blank_pdf(1), PaperForm.RECEIPT, 1, 1, PaperSize.A5)


EVENING = DayClosing(
    date(2026, 3, 11),
    (
        ClosingLine(ClosingTask.PRINTS, False, "còn 2 bản chưa in"),
        ClosingLine(ClosingTask.TRAY, False, "hôm nay chưa đếm khay"),
        ClosingLine(ClosingTask.DRAFTS, True, "không có hồ sơ nhập dở"),
        ClosingLine(ClosingTask.SENDING, False, "12 hồ sơ chờ gửi"),
    ),
)


def page_answers() -> dict[str, Any]:
    """Return the answers by the name of the query type."""
    return {
        "ListCatalogue": lambda q: tuple(
            line for line in CATALOGUE if q.words.lower() in line.code + line.name.lower()
        ),
        "ShowProcedure": HISTORY,
        "SaveVersion": save_version,
        "GetDayStart": MORNING,
        "GetClosing": EVENING,
        "CloseDay": lambda q: replace(EVENING, closed_at=office_instant("2026-03-11T17:02"), actor="Trần Thị Bình"),
        "PrintClosing": b"%PDF-1.4",
        "CountBacklog": 4,
        "DueBoard": BOARD,
        "ListHolders": ("Địa chính", "Tư pháp – hộ tịch", "Lê Hoàng Phúc", "Bộ phận Một cửa"),
        "ShowReceived": RECEIVED,
        "ListLaws": LAWS,
        "CountOfferedLaws": sum(law.state == "offered" for law in LAWS),
        "ShowLaw": LAW,
        "ShowLawForms": (),
        "ListDataForms": (),
        "ListFeeGroups": FEE_GROUPS,
        "ListPlaces": (),
        "ApplyLaw": AppliedLaw(**vars(LAW), applied_at=AT_NOON),
        "ListFilterChoices": FilterChoices(
            ((COPY_CODE, COPY_CELLS["name"]), ("1.001193", "Đăng ký khai sinh")), ("Địa chính",)
        ),
        "FindShippedLaw": b"shipped",
        "PreviewOfficePaper": lambda q: office_paper(),
        "RevertLaw": lambda q: replace(LAWS[0], state=LawState.REVERTED),
        "PreviewPackage": PACKAGE,
        "ApplyPackage": replace(PACKAGE, applied=True),
        "ChartReport": CHARTS,
        "ReassignWork": lambda q: SentDossiers(("H29.12-260302-0001", "H29.12-260305-0003")),
    }


_ANSWERS = ((2, "Tốt"), (1, "Được"), (0, "Chưa được"))
_QUESTIONS = (
    "Tổng thời gian",
    "Thời gian từng cơ quan",
    "Số lần liên hệ",
    "Số cơ quan",
    "Tiếp nhận",
    "Công khai",
    "Thái độ",
)
_NOTICE = {"text": "Đã tiếp nhận hồ sơ {code}, hẹn trả {due}.", "actions": ["intake"]}
_QUESTION = {"text": "Thái độ của công chức", "answers": {"2": "Tận tình", "1": "Đúng mực", "0": "Chưa đúng mực"}}
_OLD, _NEXT = date(2000, 1, 1), date(2027, 3, 1)
COUNTER_RULES = (
    CounterRuleLine("notice", "received.due", _NOTICE, _OLD, "NĐ 224/2026/NĐ-CP Điều 15.1.g", "in_force"),
    CounterRuleLine("satisfaction_question", "7", _QUESTION, _OLD, "Thông tư 01/2018/TT-VPCP Điều 14", "in_force"),
    CounterRuleLine("feedback_term", "rule", {"working_days": 20}, _NEXT, "QĐ 12/QĐ-UBND", "coming"),
)
QUESTIONS = tuple(Question(index, text, _ANSWERS if index > 2 else ()) for index, text in enumerate(_QUESTIONS, 1))
