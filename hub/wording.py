"""Vietnamese sentences of the receiver: refusals and rejections."""

from collections.abc import Mapping

from hub.errors import Value

_REFUSALS = {
    "hub_database": "Chưa có địa chỉ cơ sở dữ liệu dùng được; hãy đặt biến HUB_DATABASE (postgresql://…).",
    "hub_keys_missing": "Chưa biết tệp khóa của nơi nhận; hãy đặt biến HUB_KEYS.",
    "hub_keys": "Không dùng được tệp khóa {path} ({part}); hãy chép lại từ máy khác của nơi nhận, quyền 0600.",
    "hub_keys_foreign": "Tệp khóa không thuộc nơi nhận này; hãy chép tệp khóa đúng vào HUB_KEYS.",
    "hub_empty": "Cơ sở dữ liệu chưa có nơi nhận; hãy chạy: python -m hub init",
    "hub_exists": "Cơ sở dữ liệu đã có một nơi nhận; không có gì thay đổi.",
    "hub_newer": "Bảng của cơ sở dữ liệu thuộc phiên bản {tables}, chương trình biết {known}; hãy cập nhật nơi nhận.",
    "hub_page": "Nơi nhận chưa có trang xem.",
    "receiver_busy": "Nơi nhận đang bận hoặc mất cơ sở dữ liệu; hãy gửi lại sau {retry_after} giây.",
    "receiver_fault": "Nơi nhận gặp lỗi của chương trình; hãy báo người quản trị nơi nhận rồi gửi lại sau.",
    "port_used": "Cổng {port} của {host} đang có chương trình khác dùng hoặc không mở được.",
    "request_timeout": "Tệp gửi đến quá chậm; hãy gửi lại khi mạng tốt hơn.",
    "request_cut": "Tệp chưa gửi hết thì đường truyền đứt; hãy gửi lại.",
    "request_unsigned": "Yêu cầu chưa ký hoặc chữ ký không đúng; hãy hỏi bằng khóa đã ghi danh.",
    "not_found": "Nơi nhận không có địa chỉ này; hãy xem lại địa chỉ.",
    "method_not_allowed": "Địa chỉ này không nhận cách gửi đó; hãy xem lại cách gửi.",
    "public_key": "Khóa công khai phải là 64 chữ số thập lục phân; hãy chép lại từ lệnh sync identity.",
    "agency_code": "Mã cơ quan {text} không đúng dạng, ví dụ H29.12.",
    "sender_unknown": "Khóa này chưa được ghi danh; hãy xem lại bằng lệnh senders.",
    "note_empty": "Hãy ghi lý do.",
    "file_unreadable": "Không đọc được tệp {file}; hãy xem lại tên tệp và quyền đọc.",
    "file_unwritable": "Không ghi được {file} ({part}); hãy xem chỗ trống và quyền ghi.",
    "user_exists": "Đã có tài khoản {name}; hãy chọn tên khác.",
    "user_unknown": "Không có tài khoản {name}.",
    "user_name": "Tên tài khoản dài từ 1 đến 60 ký tự, không có ký tự điều khiển.",
    "user_last": "{name} là quản trị viên cuối cùng đang dùng; hãy thêm một quản trị viên khác trước.",
    "password_short": "Mật khẩu cần ít nhất {minimum} ký tự.",
    "password_missing": "Chưa có mật khẩu; hãy đặt biến HUB_PASSWORD hoặc nhập khi được hỏi.",
    "fork_unknown": "Không có nhánh tách số {number}.",
    "fork_settled": "Nhánh tách số {number} đã được quyết định là {settled}.",
    "package_kind": "Loại gói {kind} không có; hãy chọn catalogue, calendar, law, notice hoặc states.",
    "package_title": "Tiêu đề gói dài từ 1 đến 300 ký tự, trên một dòng.",
    "package_empty": "Nội dung gói trống; hãy chọn tệp khác.",
    "package_day": "{text} không phải ngày YYYY-MM-DD hoặc thời điểm có múi giờ.",
    "package_unknown": "Không có gói số {number} cho cơ quan này.",
    "period_missing": "Hãy cho biết kỳ báo cáo: --from và --to, hoặc --preset.",
    "period_reversed": "Ngày đầu kỳ phải trước hoặc bằng ngày cuối kỳ.",
    "unknown_preset": "Không có kỳ {text}; hãy chọn một trong: {allowed}.",
    "calendar_year_unknown": "Kỳ báo cáo nằm ngoài lịch.",
    "out_type": "Tệp ra phải có đuôi .json hoặc .xlsx.",
    "now_training": "--now chỉ dùng cho nơi nhận tập huấn.",
    "instant": "Thời điểm {text} không đúng dạng, ví dụ 2026-02-12T09:30.",
    "address": "Địa chỉ {text} không dùng được; cần https:// (http:// chỉ cho máy này).",
    "forward_refused": "Nơi nhận cấp trên không nhận tệp {file}: {part}",
    "forward_answer": "Câu trả lời của nơi nhận cấp trên cho tệp {file} không đúng; chưa ghi nhận gì.",
}

_FILES = {
    "bundle_not_zip": "Tệp này không phải tệp đồng bộ (.mcsync).",
    "bundle_too_big": "Tệp hoặc phần {name} trong tệp quá lớn; nhiều nhất {limit} byte.",
    "bundle_incomplete": "Tệp bị cắt cụt; hãy gửi hoặc chép lại trọn tệp.",
    "bundle_layout": "Tệp đã bị đóng gói lại bằng chương trình khác; hãy gửi tệp gốc.",
    "bundle_members": "Thành phần {name} trong tệp bị thừa, thiếu hoặc lặp; hãy gửi tệp gốc.",
    "bundle_damaged": "Thành phần {name} trong tệp đã bị sửa hoặc hỏng; hãy gửi tệp gốc.",
    "bundle_json": "Không đọc được {name}, dòng {line}; hãy gửi tệp gốc.",
    "bundle_format": "Tệp thuộc dạng {found}, nơi nhận cần {expected}.",
    "bundle_newer": "Tệp thuộc phiên bản {found}, nơi nhận mới biết đến {known}; hãy cập nhật nơi nhận.",
    "bundle_signature": "Chữ ký của tệp không đúng; tệp đã bị sửa hoặc giả mạo.",
    "bundle_manifest": "Mục {part} trong phần đầu của tệp không hợp lệ.",
    "bundle_count": "Tệp ghi {expected} bản ghi nhưng có {found}.",
    "bundle_sequence": "Số bản ghi trong tệp không liền nhau: cần {expected}, có {found}.",
    "bundle_encrypted": "Bản ghi được mã hóa và nơi nhận không có khóa mở.",
    "bundle_identity": "Bản ghi được mã hóa cho nơi nhận khác; cơ quan hãy xem lại receiver_key.",
    "bundle_unknown_key": "Khóa của tệp chưa được ghi danh với mã cơ quan này; hãy nhờ nơi nhận ghi danh.",
    "bundle_blocked": "Khóa của tệp đã bị nơi nhận khóa lại; hãy liên hệ nơi nhận.",
    "bundle_training": "Tệp tập huấn chỉ gửi đến nơi nhận tập huấn, tệp thật chỉ gửi đến nơi nhận thật.",
    "bundle_gap": "Tệp đến trước tệp liền trước nó; hãy gửi tệp số {expected_sequence} trước.",
    "bundle_fork": "Nơi nhận đã có tệp khác cùng số (nhánh tách số {fork}); cần người có trách nhiệm quyết định.",
}

_REASONS = {
    "id": "Mã bản ghi (id) không phải UUID.",
    "occurred_at": "Thời điểm xảy ra (occurred_at) không hợp lệ.",
    "entered_at": "Thời điểm nhập (entered_at) không hợp lệ.",
    "payload": "Nội dung (payload) có ký tự NUL, cơ sở dữ liệu không lưu được.",
    "json": "Dòng không phải JSON hợp lệ hoặc có ký tự không lưu được.",
    "hash": "Mã băm (hash) không khớp nội dung bản ghi.",
    "previous_hash": "Bản ghi không nối tiếp bản ghi trước (previous_hash).",
    "sequence": "Số bản ghi (sequence) không liền với bản ghi trước.",
    "agency": "Mã hồ sơ thuộc cơ quan khác.",
    "dossier": "Bản ghi không có mã hồ sơ (dossier).",
    "unknown_dossier": "Nơi nhận chưa có hồ sơ này; hãy gửi lại bản ghi hồ sơ.",
    "state": "Trạng thái của hồ sơ (state) thiếu hoặc không hợp lệ.",
    "id_reused": "Mã bản ghi (id) đã dùng cho nội dung khác.",
    "database": "Cơ sở dữ liệu không lưu được bản ghi này.",
}


def sentence(code: str, values: Mapping[str, Value]) -> str:
    """Return the sentence of a refusal, with its values."""
    template = _REFUSALS.get(code) or _FILES.get(code)
    if template is None:
        raise KeyError(code)
    shown = {name: "" if value is None else value for name, value in values.items()}
    return template.format_map(_Blank(shown))


def rejection_reason(code: str) -> str:
    """Return why a record was rejected, for a code or a field name."""
    return _REASONS.get(code, f"Mục {code} của bản ghi thiếu hoặc sai dạng.")


class _Blank(dict[str, Value]):
    """Values of a sentence; one that a refusal does not carry is blank."""

    def __missing__(self, name: str) -> str:
        return "…"
