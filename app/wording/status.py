"""Names of statuses, actions, channels and other closed lists."""

from collections.abc import Mapping
from types import MappingProxyType

from app.models.enums import (
    Action,
    Channel,
    DayKind,
    Handling,
    ListForm,
    PaperForm,
    PersonKind,
    PrintStatus,
    ReturnBy,
    Role,
    Status,
    TermUnit,
    Verdict,
)

_STATUS: Mapping[Status, str] = MappingProxyType(
    {
        Status.RECEIVED: "Đã tiếp nhận",
        Status.PROCESSING: "Đang xử lý",
        Status.SUPPLEMENT_ASKED: "Chờ bổ sung",
        Status.PAYMENT_DUE: "Chờ nộp phí, lệ phí",
        Status.FINISHED: "Có kết quả, chờ trả",
        Status.RETURNED: "Đã trả kết quả",
        Status.REFUSED: "Từ chối giải quyết",
        Status.STOPPED: "Dừng giải quyết",
        Status.WITHDRAWN: "Đã rút hồ sơ",
        Status.CLOSED: "Đã đóng hồ sơ",
        Status.VOID: "Đã hủy",
    }
)
_ACTION: Mapping[Action, str] = MappingProxyType(
    {
        Action.INTAKE: "Tiếp nhận",
        Action.SEND: "Chuyển",
        Action.RECEIVE: "Nhận",
        Action.TAKE_BACK: "Thu hồi",
        Action.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
        Action.SUPPLEMENT: "Nhận bổ sung",
        Action.ASK_PAYMENT: "Yêu cầu nộp phí",
        Action.REFUSE: "Từ chối giải quyết",
        Action.STOP: "Dừng giải quyết",
        Action.WITHDRAW: "Rút hồ sơ",
        Action.CLOSE: "Đóng hồ sơ",
        Action.APOLOGISE: "Xin lỗi, hẹn lại",
        Action.FINISH: "Có kết quả",
        Action.RETURN: "Trả kết quả",
        Action.AMEND: "Đính chính",
        Action.PAY: "Thu phí, lệ phí",
        Action.REFUND: "Hoàn phí, lệ phí",
        Action.VOID: "Hủy tiếp nhận",
        Action.RESTATE: "Ghi lại để gửi lên trên",
        Action.UNDO: "Hoàn tác",
    }
)
_VERDICT = {Verdict.EARLY: "Trước hạn", Verdict.ON_TIME: "Đúng hạn", Verdict.LATE: "Quá hạn"}
_CHANNEL = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}
_RETURN_BY = {
    ReturnBy.COUNTER: "Tại quầy",
    ReturnBy.POST: "Qua dịch vụ bưu chính công ích",
    ReturnBy.ONLINE: "Trực tuyến",
}
_HANDLING = {Handling.SUBMIT: "nộp", Handling.SHOW: "xuất trình", Handling.LOOKUP: "tra cứu dữ liệu"}
_KIND = {
    PersonKind.CITIZEN: "Công dân",
    PersonKind.ENTERPRISE: "Doanh nghiệp",
    PersonKind.HOUSEHOLD_BUSINESS: "Hộ kinh doanh",
    PersonKind.AGENCY: "Cơ quan nhà nước",
    PersonKind.ORGANISATION: "Tổ chức",
}
_UNIT = {
    TermUnit.WORKING_DAY: "ngày làm việc",
    TermUnit.DAY: "ngày",
    TermUnit.HOUR: "giờ làm việc",
    TermUnit.SAME_DAY: "ngay trong ngày",
    TermUnit.UNKNOWN: "chưa rõ",
}
_PRINT = {
    PrintStatus.PREPARED: "chưa in",
    PrintStatus.HANDED: "đã gửi máy in, chưa rõ ra giấy",
    PrintStatus.PRINTED: "đã in",
    PrintStatus.FAILED: "in hỏng",
}
_DAY_KIND = {
    DayKind.OFF: "Nghỉ",
    DayKind.WORK: "Làm bù",
    DayKind.RECEPTION: "Chỉ tiếp nhận",
    DayKind.HALF: "Làm nửa ngày",
}
_ROLE = {
    Role.CLERK: "Cán bộ tiếp nhận",
    Role.OFFICER: "Công chức giải quyết",
    Role.CASHIER: "Thủ quỹ",
    Role.HEAD: "Lãnh đạo",
    Role.ADMINISTRATOR: "Quản trị",
    Role.AUDITOR: "Kiểm tra",
    Role.KIOSK: "Màn hình công dân",
}
_FORM: dict[PaperForm | ListForm, str] = {
    PaperForm.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    PaperForm.HANDOVER_LIST: "Phiếu bàn giao nhiều hồ sơ",
    PaperForm.BATCH: "Giấy tiếp nhận nhiều hồ sơ và hẹn trả kết quả",
    PaperForm.CONTROL: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    PaperForm.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    PaperForm.SUPPLEMENT_RECEIPT: "Giấy xác nhận đã nhận giấy tờ bổ sung",
    PaperForm.PAYMENT: "Thông báo nộp phí, lệ phí",
    PaperForm.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    PaperForm.APOLOGY: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    PaperForm.STOP: "Thông báo dừng giải quyết hồ sơ",
    PaperForm.HANDOVER: "Phiếu bàn giao hồ sơ",
    PaperForm.RETURN: "Giấy biên nhận trả kết quả",
    PaperForm.FEE: "Biên lai thu phí, lệ phí",
    ListForm.REGISTER: "Sổ theo dõi hồ sơ",
    ListForm.CASH: "Bảng kê thu phí, lệ phí",
    ListForm.BLANKS: "Giấy tiếp nhận in sẵn số",
}


def status_name(status: Status) -> str:
    """Return the name of a status, such as «Đã tiếp nhận»."""
    return _STATUS[Status(status)]


def action_name(action: Action) -> str:
    """Return the name of an action, such as «Chuyển»."""
    return _ACTION[Action(action)]


def step_verdict(action: Action, verdict: Verdict | None) -> str:
    """Return the verdict of a step; a late apology is «Xin lỗi muộn»."""
    if verdict is None:
        return ""
    return "Xin lỗi muộn" if action == Action.APOLOGISE else verdict_name(verdict)


def verdict_name(verdict: Verdict) -> str:
    """Return «Trước hạn», «Đúng hạn» or «Quá hạn»."""
    return _VERDICT[Verdict(verdict)]


def channel_name(channel: Channel) -> str:
    """Return the name of a channel, such as «Trực tiếp»."""
    return _CHANNEL[Channel(channel)]


def return_by_name(return_by: ReturnBy) -> str:
    """Return where the result is wanted, such as «Tại quầy»."""
    return _RETURN_BY[ReturnBy(return_by)]


def handling_name(handling: Handling) -> str:
    """Return «nộp», «xuất trình» or «tra cứu dữ liệu»."""
    return _HANDLING[Handling(handling)]


def kind_name(kind: PersonKind) -> str:
    """Return the name of a person kind, such as «Công dân»."""
    return _KIND[PersonKind(kind)]


def day_kind_name(kind: DayKind) -> str:
    """Return the name of a day kind, such as «Nghỉ», «Làm bù»."""
    return _DAY_KIND[DayKind(kind)]


def role_name(role: Role) -> str:
    """Return the name of a role, such as «Cán bộ tiếp nhận»."""
    return _ROLE[Role(role)]


def handover_list_title(dossiers: int) -> str:
    """Return the name of a hand-over list by its number of dossiers."""
    return f"Phiếu bàn giao chung {dossiers} hồ sơ"


def form_name(form: PaperForm | ListForm, title: str = "") -> str:
    """Return the official title of a paper.

    `title` is that of a form without another name; if it is not known either, the code names the form.
    """
    return title or _FORM.get(form, f"Mẫu «{form}»")


def print_name(status: PrintStatus) -> str:
    """Return the name of a print status, such as «đã in»."""
    return _PRINT[PrintStatus(status)]


def unit_text(limit: str | int | float | None, unit: TermUnit) -> str:
    """Return a term as papers write it.

    Examples: «5 ngày làm việc», «0,5 ngày làm việc», «ngay trong ngày», «chưa rõ».
    """
    unit = TermUnit(unit)
    if unit in (TermUnit.SAME_DAY, TermUnit.UNKNOWN):
        return _UNIT[unit]
    return _UNIT[TermUnit.UNKNOWN] if limit is None else f"{str(limit).replace('.', ',')} {_UNIT[unit]}"
