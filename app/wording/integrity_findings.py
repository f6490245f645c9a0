"""Sentences of the findings of `check`, with what to do."""

from collections.abc import Mapping

from app.models.errors import Scalar

_SENTENCES = {
    "database_damaged": "Tệp dữ liệu bị hỏng ({said}). Ngừng nhập, sao lại thư mục này ra nơi khác rồi phục hồi bản sao lưu.",
    "event_missing": "Nhật ký quầy {desk} thiếu sự kiện số {sequence}. Báo người quản trị, đối chiếu với bản sao lưu.",
    "event_changed": "Sự kiện số {sequence} của quầy {desk} (hồ sơ {code}) đã bị sửa sau khi ghi. Báo người quản trị.",
    "chain_end_differs": "Nhật ký quầy {desk} dừng ở sự kiện số {sequence}, khác chỗ đã ghi lúc lưu. Báo người quản trị, "
    "đối chiếu với bản sao lưu.",
    "people_changed": "Thông tin người của hồ sơ {code} đã bị sửa ngoài chương trình. Báo người quản trị, đối chiếu với "
    "giấy tiếp nhận.",
    "events_missing": "Hồ sơ {code} không có sự kiện nào trong nhật ký. Báo người quản trị.",
    "state_differs": "Trạng thái của hồ sơ {code} không khớp nhật ký. Báo người quản trị, chưa xử lý tiếp hồ sơ này.",
    "head_differs": "Trang sổ đã in ghi sự kiện số {sequence} của quầy {desk} là {printed}, nhật ký nay khác: phần trước đó "
    "đã bị viết lại. Giữ trang sổ, báo người quản trị, đối chiếu với bản đã gửi lên.",
    "head_missing": "Trang sổ đã in ghi tới sự kiện số {sequence} của quầy {desk}, nhật ký nay không có sự kiện ấy. Giữ trang "
    "sổ, báo người quản trị, đối chiếu với bản sao lưu.",
    "number_ahead": "Sổ «{name}» đã có số {highest} nhưng bộ đếm mới tới {given}. Ngừng tiếp nhận; hai người "
    "sửa bộ đếm: lệnh numbers repair, hoặc trang Cơ quan (F8).",
    "number_missing": "Sổ «{name}» đã cấp tới số {given} nhưng hồ sơ chỉ có tới số {highest}: có hồ sơ bị xóa. "
    "Báo người quản trị, đối chiếu với bản sao lưu.",
    "value_unreadable": "Bảng «{table}» có giá trị không do chương trình ghi. Báo người quản trị, đối chiếu với bản sao lưu.",
    "clock_behind": "Đồng hồ máy chậm hơn sự kiện cuối cùng ({newest}). Chỉnh lại ngày giờ của máy.",
}


def finding_line(code: str, values: Mapping[str, Scalar]) -> str:
    """Return the sentence of one finding."""
    return _SENTENCES[code].format(**values)
