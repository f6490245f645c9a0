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
    "sửa bộ đếm ở trang Cơ quan (F8), «Bộ đếm số hồ sơ…».",
    "number_missing": "Sổ «{name}» đã cấp tới số {given} nhưng hồ sơ chỉ có tới số {highest}: có hồ sơ bị xóa. "
    "Báo người quản trị, đối chiếu với bản sao lưu.",
    "value_unreadable": "Bảng «{table}» có giá trị không do chương trình ghi. Báo người quản trị, đối chiếu với bản sao lưu.",
    "row_changed": "{what} đã bị sửa ngoài chương trình. Báo người quản trị, đối chiếu với bản sao lưu.",
    "row_missing": "{what} đã bị xóa ngoài chương trình. Báo người quản trị, đối chiếu với bản sao lưu.",
    "row_added": "{what} do chương trình khác ghi vào. Báo người quản trị, đối chiếu với bản sao lưu.",
    "seal_changed": "Dấu niêm số {sequence} của {what} đã bị sửa hoặc bị xóa. Báo người quản trị, đối chiếu với bản sao lưu.",
    "seal_end_differs": "Chuỗi dấu niêm dừng ở số {sequence}, khác chỗ đã ghi lúc lưu. Báo người quản trị, đối chiếu với "
    "bản sao lưu.",
    "dossier_differs": "Hồ sơ {code}: {what} khác bản ghi trong nhật ký. Báo người quản trị, đối chiếu với giấy tiếp nhận.",
    "register_line_twice": "Hồ sơ {code} và hồ sơ {other} cùng ghi số {number} trong sổ «{book}». Báo người quản trị, đối "
    "chiếu với sổ đã in.",
    "search_differs": "Chữ để tìm của hồ sơ {code} khác tên và số của người trong hồ sơ, nên tìm có thể không thấy. Báo "
    "người quản trị.",
    "bundle_differs": "Tệp đồng bộ số {sequence} có {records} bản ghi, nhưng {marked} bản ghi được đánh dấu đã gửi trong tệp "
    "ấy. Báo người quản trị.",
    "clock_behind": "Đồng hồ máy chậm hơn sự kiện cuối cùng ({newest}). Chỉnh lại ngày giờ của máy.",
}


_ROWS = {
    "access": "Dòng số {key} của nhật ký truy cập (của {label})",
    "alias": "Mã khác «{key}» của hồ sơ {code}",
    "blank": "Giấy in sẵn số {label}",
    "bundle": "Tệp đồng bộ số {label}",
    "calendar_decision": "Quyết định số {key} của lịch làm việc (ngày {label})",
    "counter_refusal": "Phiếu từ chối {label}",
    "dossier_late_reason": "Lý do trễ số {key} của hồ sơ {code}",
    "feedback": "Phản ánh, kiến nghị số {label}",
    "form_content": "Nội dung mẫu giấy «{label}» đã in",
    "dated_rule": "Dòng quy định có ngày hiệu lực «{label}»",
    "fee_receipt_number": "Số biên lai {label}",
    "frozen_report": "Báo cáo đã chốt «{label}»",
    "late_reason": "Lý do trễ «{label}» trong danh sách",
    "law_issuer": "Nơi ban hành gói pháp luật «{label}» đã được xác nhận",
    "law_package": "Gói pháp luật «{label}» đã áp dụng",
    "notice": "Tin nhắn số {key} của hồ sơ {code}",
    "outbox": "Phần gửi lên, hoặc câu trả lời của nơi nhận, của sự kiện số {key} (hồ sơ {code})",
    "package": "Gói của nơi nhận «{label}»",
    "portal_state": "Trạng thái trên cổng của hồ sơ {code}",
    "print": "Dòng số {key} của sổ giấy đã in (hồ sơ {code})",
    "procedure_version": "Một phiên bản của thủ tục {label} trong danh mục",
    "published_procedure": "Việc công bố thủ tục {label}",
    "rating": "Đánh giá của hồ sơ {code}",
    "report_text": "Đoạn lời số {key} của báo cáo {label}",
    "request": "Câu trả lời đã lưu cho yêu cầu «{key}» (hồ sơ {code})",
    "setting": "Thiết lập «{label}»",
    "user_account": "Tài khoản {label} (vai trò, hiệu lực hoặc mật khẩu)",
}
_PARTS = {
    "aliases": "mã khác",
    "at_once": "giải quyết ngay",
    "channel": "kênh tiếp nhận",
    "code": "mã hồ sơ",
    "field": "lĩnh vực",
    "key": "mã vạch",
    "note": "ghi chú",
    "origin": "nguồn của hồ sơ",
    "papers": "giấy tờ nộp",
    "procedure_code": "thủ tục",
    "procedure_name": "tên thủ tục",
    "procedure_version_id": "phiên bản của thủ tục",
    "proof": "cách tính ngày hẹn",
    "quantity": "số lượng",
    "register_book": "quyển sổ",
    "register_number": "số trong sổ",
    "replaces_id": "hồ sơ được thay",
    "return_by": "cách nhận kết quả",
    "row": "dòng sổ hoặc giấy tờ nộp",
    "term": "thời hạn",
    "version": "phiên bản của thủ tục",
    "warnings": "lưu ý lúc nhận",
}


def finding_line(code: str, values: Mapping[str, Scalar]) -> str:
    """Return the sentence of one finding."""
    return _SENTENCES[code].format(**{**values, "what": _what(values)})


def _what(values: Mapping[str, Scalar]) -> str:
    """Return the name of a sealed row, or of the parts of a dossier."""
    if "columns" in values:
        return ", ".join(dict.fromkeys(_PARTS.get(part, part) for part in str(values["columns"]).split()))
    return _ROWS.get(str(values.get("table")), "Bảng «{table}»").format(
        **{"table": "", "key": "", "label": "", **values}
    )
