"""Text of the citizen services: tickets, ratings, feedback, kiosk."""

from datetime import date

from app.models.enums import FeedbackChannel, FeedbackTopic, SatisfactionFace, Service, Status, TicketState

TICKET_TITLE = "SỐ THỨ TỰ"
TICKET_HINT = "Xin ngồi chờ, số sẽ hiện trên bảng gọi. Giữ phiếu này đến khi xong việc."
_SERVICES = {
    Service.PRIORITY: "Ưu tiên",
    Service.INTAKE: "Nộp hồ sơ",
    Service.RESULT: "Nhận kết quả",
    Service.ADVICE: "Hỏi, hướng dẫn",
}
_FACES = {
    SatisfactionFace.VERY_SATISFIED: "Rất hài lòng",
    SatisfactionFace.SATISFIED: "Hài lòng",
    SatisfactionFace.DISSATISFIED: "Không hài lòng",
}
_WAYS = {
    FeedbackChannel.DIRECT: "Trực tiếp",
    FeedbackChannel.PHONE: "Điện thoại",
    FeedbackChannel.BOX: "Hòm thư góp ý",
    FeedbackChannel.POST: "Bưu chính",
    FeedbackChannel.ONLINE: "Trực tuyến",
}
_ABOUT = {
    FeedbackTopic.CONDUCT: "Hành vi, thái độ",
    FeedbackTopic.RULE: "Quy định, thủ tục",
    FeedbackTopic.OTHER: "Việc khác",
}
CALCULATED_INDICES = (
    "Máy tự tính: chỉ số 1, 2 theo ngày trả so với ngày hẹn; chỉ số 8 theo sổ phản ánh, kiến nghị; chỉ số 9 theo kênh nộp. "
    "Chỉ số nào không hỏi thì để trống."
)
_GRADES = {"excellent": "Xuất sắc", "good": "Tốt", "fair": "Khá", "average": "Trung bình", "weak": "Yếu"}
DEFINITION = (
    "Tỷ lệ hài lòng = (tổng hồ sơ đã giải quyết trong kỳ − hồ sơ không hài lòng, hoặc có phản ánh, hoặc quá hạn) "
    "÷ tổng hồ sơ × 100 % (Quyết định 766/QĐ-TTg, nhóm 5). Hồ sơ không đánh giá được tính là hài lòng."
)
SURVEY_PROGRESS = "Tiến độ lấy ý kiến"


def survey_progress(rated: int, target: int) -> str:
    """Return the definition of the survey's progress with its counts."""
    return f"lượt đánh giá trong kỳ ÷ chỉ tiêu = {rated} ÷ {target}"


INDEX_ROUNDING = (
    "Điểm bình quân chỉ số = tổng điểm ÷ số đánh giá, làm tròn phần thập phân đến một (01) chữ số "
    "(Thông tư 01/2018/TT-VPCP, Điều 14). Tỷ lệ cắt ở một chữ số, không làm tròn lên."
)
FEEDBACK_DEFINITION = (
    "Tỷ lệ xử lý đúng hạn = phản ánh, kiến nghị đã trả lời đúng hoặc trước hạn ÷ (đã trả lời trong kỳ + chưa trả lời "
    "mà đã quá hạn) × 100 %. Phản ánh không ghi hạn được tính là đúng hạn."
)


def service_name(service: Service) -> str:
    """Return the name of a queue service."""
    return _SERVICES[service]


def face_name(face: SatisfactionFace) -> str:
    """Return the name of a satisfaction level."""
    return _FACES[face]


def feedback_channel_name(way: FeedbackChannel) -> str:
    """Return the name of a feedback channel."""
    return _WAYS[way]


def feedback_item(number: int, year: int, day: date, content: str) -> str:
    """Return a feedback in a list of what a figure counts."""
    return f"PAKN {number}/{year}, nhận {day:%d/%m/%Y}: {content}"


def feedback_topic_name(about: FeedbackTopic) -> str:
    """Return the name of a feedback topic."""
    return _ABOUT[about]


def feedback_status(due: date | None, answered: date | None, today: date) -> str:
    """Return the status of feedback on a day, late in calendar days."""
    late = 0 if due is None else ((answered or today) - due).days
    if answered is not None:
        return f"Đã trả lời, trễ {late} ngày" if late > 0 else "Đã trả lời"
    if due is None:
        return "Chờ trả lời"
    if late > 0:
        return f"Quá hạn trả lời {late} ngày"
    return f"Chờ trả lời, còn {-late} ngày" if late else "Đến hạn trả lời hôm nay"


def grade_name(grade: str | None) -> str:
    """Return the name of a unit's grade, a dash if unknown."""
    return "–" if grade is None else _GRADES[grade]


def queue_position(before: int, minutes: int | None) -> str:
    """Return how many people wait before a number, and how long if known."""
    wait = "" if minutes is None else f", khoảng {wait_words(minutes)}"
    return f"Trước ông/bà còn {before} người{wait}." if before else f"Đến lượt ngay sau đây{wait}."


def wait_words(minutes: int) -> str:
    """Return a probable wait; the hours of a long one."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} phút"
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"


def only_desk(desk: int) -> str:
    """Return the desk to which a number was transferred."""
    return f"Chờ gọi đến quầy {desk}"


def reprinted(reprint: int) -> str:
    """Return the mark of a ticket that is printed again."""
    return f"(In lại lần {reprint})"


_TICKET_STATES = {
    TicketState.WAITING: "Đang chờ",
    TicketState.CALLED: "Đang gọi",
    TicketState.HELD: "Tạm giữ",
    TicketState.ABSENT: "Vắng mặt",
    TicketState.SERVED: "Đã xong",
}


def ticket_state_name(state: TicketState) -> str:
    """Return the name of the state of a queue number."""
    return _TICKET_STATES[state]


def call_words(number: int, desk: int) -> str:
    """Return the words that a voice speaks for a call."""
    return f"Mời số {number} đến quầy {desk}."


_STATES = {
    Status.RECEIVED: ("Đã tiếp nhận", 0),
    Status.PROCESSING: ("Đang giải quyết", 1),
    Status.SUPPLEMENT_ASKED: ("Cần bổ sung", 1),
    Status.PAYMENT_DUE: ("Chờ nộp phí", 1),
    Status.FINISHED: ("Đã có kết quả", 2),
    Status.RETURNED: ("Đã trả kết quả", 3),
}
STEPS = ("Tiếp nhận", "Giải quyết", "Có kết quả", "Đã trả")


def kiosk_state(status: Status) -> tuple[str, int]:
    """Return the short status of a dossier, and its step of the four.

    For an end without a result the citizen is sent to the counter.
    """
    return _STATES.get(status, ("Mời đến quầy", 2))
