"""Text of law packages: refusals, states, kinds of changes."""

from collections.abc import Mapping

LAW_REFUSALS: Mapping[str, str] = {
    "law_not_zip": "Tệp này không phải gói pháp luật (.mclaw). Chọn đúng tệp; chưa có gì thay đổi.",
    "law_incomplete": "Gói pháp luật bị cụt, chưa chép hết. Chép lại hoặc tải lại tệp; chưa có gì thay đổi.",
    "law_layout": "Gói pháp luật đã bị nén hay đóng gói lại. Lấy nguyên tệp của nơi ban hành; chưa có gì thay đổi.",
    "law_members": "Gói pháp luật thừa hoặc thiếu phần «{name}». Lấy lại tệp ở nơi ban hành; chưa có gì thay đổi.",
    "law_damaged": "Gói pháp luật bị hỏng ở phần «{name}». Chép lại hoặc tải lại tệp; chưa có gì thay đổi.",
    "law_format": "Tệp này là loại «{found}», không phải gói pháp luật («{expected}»). Chọn đúng tệp.",
    "law_newer": "Gói pháp luật thuộc phiên bản {found}; chương trình này biết đến {known}. Cập nhật chương trình rồi làm lại.",
    "law_signature": "Chữ ký của gói pháp luật không đúng: tệp đã bị sửa. Lấy lại tệp ở nơi ban hành; chưa có gì thay đổi.",
    "law_manifest": "Gói pháp luật ghi sai hoặc thừa, thiếu mục «{part}». Báo nơi ban hành làm lại gói; chưa có gì thay đổi.",
    "law_json": "Phần «{name}» của gói pháp luật không đọc được. Báo nơi ban hành làm lại gói; chưa có gì thay đổi.",
    "law_too_big": "Phần «{name}» của gói pháp luật lớn quá {limit} byte. Báo nơi ban hành làm lại gói.",
    "law_issuer_unknown": "Chưa biết nơi ban hành «{issuer}». Gọi nơi ấy, so dấu vân tay {fingerprint}; khớp thì nhập dấu vân tay này rồi làm lại.",
    "law_fingerprint": "Dấu vân tay vừa nhập khác dấu vân tay của gói ({fingerprint}). Không dùng gói này; gọi lại nơi ban hành.",
    "law_id_taken": "Đã áp dụng một gói khác cùng mã «{id}» ({title}). Báo nơi ban hành: gói mới phải có mã mới.",
    "law_empty": "Gói pháp luật không có nội dung nào. Báo nơi ban hành; chưa có gì thay đổi.",
    "law_content": "Nội dung «{part}» của gói pháp luật ghi sai dạng. Báo nơi ban hành; chưa có gì thay đổi.",
    "law_content_newer": "Gói pháp luật có phần «{part}» mà chương trình này chưa biết. Cập nhật chương trình rồi làm lại; chưa có gì thay đổi.",
    "law_kind_newer": "Quy định thứ {number} của gói thuộc loại «{kind}» mà chương trình này chưa biết. Cập nhật chương trình rồi làm lại; chưa có gì thay đổi.",
    "law_rule": "Quy định thứ {number} của gói sai ở mục «{part}»: {reason} Báo nơi ban hành; chưa có gì thay đổi.",
    "law_rule_twice": "Quy định thứ {number} của gói trùng với quy định thứ {first_number} ({kind} «{key}»). Báo nơi ban hành; chưa có gì thay đổi.",
    "law_row": "Dòng {row} trong bảng thủ tục của gói không dùng được: {reason} Chưa có gì thay đổi.",
    "law_unknown": "Không có gói pháp luật «{id}» ở đây. Xem các gói bằng: law list.",
    "law_not_in_force": "Gói pháp luật «{id}» đã được bỏ trước đó. Không còn gì để bỏ.",
    "law_in_use": "Đã có việc làm theo gói «{id}» (hồ sơ {code}) nên không bỏ được nữa. Muốn đổi thì áp dụng một gói mới.",
    "law_superseded": "Gói «{other}» áp dụng sau gói «{id}» và cùng đổi {about}. Bỏ gói «{other}» trước, rồi làm lại.",
    "law_note_missing": "Cần ghi rõ lý do bỏ gói pháp luật. Nhập lý do rồi làm lại.",
    "law_toml": "Tệp law.toml không đọc được ở {where}. Sửa tệp rồi làm lại.",
    "law_toml_key": "Tệp law.toml có mục «{part}» ghi sai hoặc chưa biết. Xem docs/law-packages.md rồi sửa lại.",
    "law_toml_missing": "Tệp law.toml còn thiếu mục «{part}». Ghi thêm rồi làm lại.",
    "law_table_missing": "Không đọc được tệp «{file}» mà law.toml nêu tên. Tệp phải nằm trong cùng thư mục.",
    "law_key_file": "Tệp «{file}» không phải khóa của nơi ban hành. Lập khóa bằng: law key --out TỆP.",
    "law_key_exists": "Tệp «{file}» đã có. Chọn tên khác: ghi đè khóa cũ thì không ai tin các gói ký sau này nữa.",
}
"""Sentences of refusals."""

SKIPPED = "Cơ quan không có thủ tục này trong danh mục nên bỏ qua dòng này."
STATES: Mapping[str, str] = {
    "offered": "có sẵn, chưa dùng",
    "coming": "đã nhận, chờ ngày hiệu lực",
    "in_force": "đang áp dụng",
    "reverted": "đã bỏ",
}
_KINDS: Mapping[str, str] = {
    "code_pattern": "Mẫu mã hồ sơ",
    "fee_relief": "Miễn, giảm phí",
    "fee_group": "Nhóm được miễn, giảm",
    "fee_receipt": "Biên lai",
    "term": "Thời hạn giải quyết",
    "supplement": "Bổ sung hồ sơ",
    "receiving_place": "Điểm tiếp nhận",
    "procedure": "Thủ tục",
    "calendar_day": "Ngày làm việc",
    "form": "Mẫu giấy",
    "form_set": "Bộ mẫu giấy",
    "report_period": "Kỳ báo cáo",
    "retention": "Thời hạn lưu",
    "notice": "Tin báo cho công dân",
    "late_reason": "Lý do trễ",
    "satisfaction_question": "Câu hỏi hài lòng",
    "feedback_term": "Hạn trả lời phản ánh",
}


def change_kind_name(kind: str) -> str:
    """Return the name of a kind of change, such as «Miễn, giảm phí»."""
    return _KINDS.get(kind, kind)
