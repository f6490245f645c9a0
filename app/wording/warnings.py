"""Text of intake warnings; none of them blocks.

The clerk checks them before handing over the receipt.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from app.models.errors import Message, Scalar
from app.models.instants import local
from app.wording.clock import leap_question, offset_question
from app.wording.data_warnings import doubt_sentence


def warning_line(message: Message) -> str:
    """Return the sentence of a warning.

    Doubts about people and numbers are in `data_warnings`.
    """
    describe = _SENTENCES.get(message.code)
    return doubt_sentence(message) if describe is None else describe(message.values)


def _out_of_hours(values: Mapping[str, Scalar]) -> str:
    counted = local(datetime.fromisoformat(str(values["counted_from"])))
    return f"Tiếp nhận ngoài giờ làm việc: thời hạn tính từ {counted:%H:%M} ngày {counted:%d/%m/%Y}."


_SENTENCES: Mapping[str, Callable[[Mapping[str, Scalar]], str]] = {
    "out_of_hours": _out_of_hours,
    "no_due_date": lambda _: "Chưa biết thời hạn giải quyết: giấy tiếp nhận không ghi ngày hẹn trả.",
    "settled_elsewhere": lambda values: (
        f"{values['agency']} giải quyết: thời hạn tính từ khi cơ quan đó nhận được hồ sơ, giấy tiếp nhận không ghi ngày "
        "hẹn trả. Chuyển hồ sơ đi ngay."
    ),
    "pages_not_reckoned": lambda _: "Danh mục không tính phí thủ tục này theo trang: phí tính theo số lượng.",
    "clock_before_program": lambda values: f"Đồng hồ máy ({values['now']}) chỉ ngày trước khi có chương trình này.",
    "clock_behind_journal": lambda values: (
        f"Đồng hồ máy ({values['now']}) chậm hơn việc đã ghi gần nhất ({values['newest']})."
    ),
    "clock_far_ahead": lambda values: (
        f"Đồng hồ máy ({values['now']}) cách lần dùng trước ({values['last']}) quá 35 ngày."
    ),
    "clock_jumped": lambda values: f"Đồng hồ máy vừa nhảy {values['minutes']} phút trong lúc chương trình đang mở.",
    "clock_leap": leap_question,
    "clock_offset": offset_question,
    "clock_vouched": lambda _: "Đồng hồ máy bị nghi ngờ; hai người đã xác nhận ngày hôm nay.",
    "import_term_channel": lambda _: (
        "Thời hạn khác nhau theo kênh nộp mà sổ không ghi kênh: đã lấy theo nộp trực tiếp."
    ),
    "import_term_place": lambda _: (
        "Thời hạn khác nhau theo nơi tiếp nhận mà sổ không ghi nơi: đã lấy theo trụ sở cơ quan."
    ),
    "imported": lambda _: "Hồ sơ nhập từ sổ cũ: ngày và trạng thái theo sổ, không in giấy tiếp nhận.",
    "office_line_unknown": lambda values: (
        f"Tệp office.toml: chương trình chưa biết mục «{values['key']}» nên bỏ qua; các mục khác vẫn dùng."
    ),
    "office_line_wrong": lambda values: (
        f"Tệp office.toml: mục «{values['key']}» ghi không đúng nên bỏ qua; các mục khác vẫn dùng. Sửa lại mục này."
    ),
    "resource_line": lambda values: (
        f"Quy định đi kèm «{values['key']}»: chương trình chưa biết cách dùng nên bỏ qua; các quy định khác vẫn dùng."
    ),
    "office_line_form_set": lambda values: (
        f"Tệp office.toml: chương trình chưa có bộ mẫu giấy «{values['key']}», in theo bộ mẫu đang có hiệu lực."
    ),
    "exempt_not_applied": lambda _: "Nhóm đã ghi không được miễn, giảm ở thủ tục này: phí tính đủ.",
    "late_apology": lambda _: "Xin lỗi muộn: văn bản lập từ ngày hẹn trả trở đi. Hồ sơ vẫn tính hạn theo ngày hẹn đầu.",
    "paper_not_given": lambda values: f"Chưa có giấy tờ: {values['paper']}.",
    "void_replaced": lambda values: f"Mã {values['code']} đã hủy trong ngày; hồ sơ này được cấp thay.",
}
