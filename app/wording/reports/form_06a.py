"""Headings and notes of Biểu II.06a/VPCP/KSTT."""

from app.models.enums import Channel, FigureGroup

FORM = "Biểu số II.06a/VPCP/KSTT"
TITLE = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
UNIT = "Số hồ sơ TTHC"
RECEIVED, RESOLVED, PENDING = "Số hồ sơ tiếp nhận", "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
OF_WHICH, IN_PERIOD, TOTAL = "Trong đó", "Trong kỳ", "Tổng số"
ONLINE, DIRECT_POST, CARRIED = "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước"
EARLY, ON_TIME, LATE, IN_TIME = "Trước hạn", "Đúng hạn", "Quá hạn", "Trong hạn"
FORM_ON_TIME = "Đúng hạn (Bao gồm cả hồ sơ chờ Bổ sung và Trả lại/Xin rút)"
FORM_IN_TIME = "Trong hạn (Bao gồm cả hồ sơ chờ bổ sung và hồ sơ khác)"
WITHDRAWN, RETURNED = "Rút, dừng", "Trả lại, từ chối"
WITHOUT_RESULT = "Không có kết quả"
GROUP_HEADS = {
    FigureGroup.FIELD: "Lĩnh vực, công việc giải quyết theo cấp",
    FigureGroup.PROCEDURE: "Thủ tục hành chính",
    FigureGroup.HOLDER: "Người, bộ phận giữ hồ sơ",
    FigureGroup.CHANNEL: "Kênh nộp",
    FigureGroup.MONTH: "Tháng tiếp nhận",
}
_CHANNELS = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}
CODE_HEAD = "Mã thủ tục"
HOLDER_NOTE = "Hồ sơ xếp theo người, bộ phận giữ hồ sơ hiện nay; hồ sơ đã xong theo người giải quyết sau cùng."
MONTH_NOTE = "Hồ sơ xếp theo tháng tiếp nhận; hồ sơ từ kỳ trước ở tháng đã tiếp nhận."
RATIO_NAMES = {
    "settled": "Tỷ lệ đúng hạn trên hồ sơ đã giải quyết",
    "all_late": "Tỷ lệ đúng hạn, trừ cả hồ sơ đang quá hạn",
    "received": "Tỷ lệ đúng hạn trên hồ sơ tiếp nhận",
}


def channel_name(channel: str) -> str:
    """Return the name of a channel."""
    return _CHANNELS[Channel(channel)]


def form_notes(withdrawn: int, returned: int) -> tuple[str, ...]:
    """Return the notes of the printed form: what its columns include."""
    return (
        f"Cột (7) và (9) gồm cả {withdrawn} hồ sơ công dân xin rút hoặc dừng và {returned} hồ sơ trả lại, không giải quyết "
        "(từ chối sau thẩm định, đóng vì quá hạn bổ sung).",
        "Cột (9): hồ sơ trả lại, xin rút đếm ở cột này; hồ sơ chờ bổ sung, tuy có tên ở cột (9), đếm ở cột (12).",
        "Cột (12): hồ sơ khác là hồ sơ chờ thực hiện nghĩa vụ tài chính.",
        "Trước hạn, đúng hạn, quá hạn xét theo ngày so với ngày hẹn trả ban đầu; hồ sơ không có hạn tính là đúng hạn.",
    )
