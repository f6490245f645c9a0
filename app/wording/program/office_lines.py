"""Names and examples of the lines of the office file."""

_EXAMPLES = {
    "agency_code": '"H29.12"',
    "workstation": "3",
    "form_set": '"2025"',
    "form_set_from": "2026-01-01",
    "due_time": '"17:00"',
    "quarter_starts": '"15"',
    "lock_after": "10",
    "send_people": "false",
    "hours": '["07:30-11:30", "13:30-17:00"]',
    "admin": '{ name = "Trần Thị Bình" }',
    "bank_account": '"970436-0123456789"',
    "tax_code": '"0100109106"',
    "receiver_signs": "64 chữ số hệ mười sáu",
}
_TEXT_EXAMPLE = '"UBND xã Kiểm Thử" (một dòng, không quá 300 chữ)'
LINE_NAMES = {
    "name": "Tên cơ quan, như in trên giấy",
    "parent": "Cơ quan cấp trên",
    "province": "Tỉnh, thành phố",
    "place": "Địa danh trước ngày tháng",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "centre": "Tên trung tâm, bộ phận",
    "slogan": "Khẩu hiệu",
    "head": "Thủ trưởng",
    "signer": "Người ký giấy",
    "due_time": "Giờ hẹn trả",
    "lookup_address": "Địa chỉ tra cứu in trên giấy",
    "bank_account": "Tài khoản nhận phí",
    "tax_code": "Mã số thuế",
}


def office_line_example(key: str) -> str:
    """Return an example of a correct value of a line, as it is written."""
    return _EXAMPLES.get(key.partition(".")[0], _TEXT_EXAMPLE)


def typed_example(key: str) -> str:
    """Return an example of a value as it is typed in a field."""
    return office_line_example(key).strip('"') if key in _EXAMPLES else ""
