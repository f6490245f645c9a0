"""Text of the papers posted at the counter: lists and procedure sheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import Handling

CATALOGUE_TITLE = "DANH MỤC THỦ TỤC HÀNH CHÍNH TIẾP NHẬN TẠI BỘ PHẬN MỘT CỬA"
FEES_TITLE = "BẢNG NIÊM YẾT MỨC THU PHÍ, LỆ PHÍ"
SHEET_TITLE = "THỦ TỤC HÀNH CHÍNH"
BOOKLET_TITLE = "TẬP THỦ TỤC HÀNH CHÍNH"
CONTENTS = "MỤC LỤC"
CODE, NAME, LIMIT, FEE, FIELD = "Mã thủ tục", "Tên thủ tục hành chính", "Thời hạn", "Phí, lệ phí", "Lĩnh vực"
PAGE = "Trang"
PAPERS = "Thành phần hồ sơ"
PAPER_COLUMNS = ("TT", "Giấy tờ", "Hình thức", "Bản chính", "Bản sao")
WHERE, HOURS, LOOKUP = "Nơi nộp và nhận kết quả", "Thời gian làm việc", "Tra cứu, hỏi tiến độ"
NO_FEE, UNKNOWN_FEE = "Không thu", "Theo quy định"
PAPERS_UNKNOWN = "Thành phần hồ sơ chưa có trong danh mục; hỏi tại quầy."
LAW_LIMIT = "Thời hạn theo luật"
ADVICE = "Lưu ý"
RELIEFS = "Miễn, giảm"
RELIEF_COLUMNS = ("Đối tượng", "Mức", "Áp dụng", "Văn bản", "Đến hết ngày")
BY_DECREE = "theo quy định"
ANY_SCOPE = "khoản thu có quy định miễn, giảm"
VARIES = "Thời hạn, mức thu khác nhau theo kênh hoặc nơi nộp được ghi riêng từng trường hợp; hỏi tại quầy khi chưa rõ."
QR_HINT = "Quét mã để đọc mã thủ tục tại quầy hoặc trên Cổng Dịch vụ công."
_HANDLINGS = {Handling.SUBMIT: "Nộp", Handling.SHOW: "Xuất trình", Handling.LOOKUP: "Tra cứu CSDL"}
_DAYS = {"mon": "thứ Hai", "tue": "thứ Ba", "wed": "thứ Tư", "thu": "thứ Năm", "fri": "thứ Sáu"}
_WEEKEND = {"sat": "thứ Bảy", "sun": "Chủ nhật"}


def handling_name(handling: Handling) -> str:
    """Return how a paper is treated."""
    return _HANDLINGS[handling]


def case_may_be(number: int, other: int) -> str:
    """Return a number of copies; both zero is «tùy trường hợp»."""
    return str(number) if number or other else "tùy"


def hours_text(hours: dict[str, tuple[str, ...]]) -> str:
    """Return the opening hours, equal days together."""
    named = {**_DAYS, **_WEEKEND}
    groups: list[tuple[list[str], tuple[str, ...]]] = []
    for day, name in named.items():
        spans = tuple(hours.get(day, ()))
        if not spans:
            continue
        if groups and groups[-1][1] == spans:
            groups[-1][0].append(name)
        else:
            groups.append(([name], spans))
    return "; ".join(f"{_range(names)}: {', '.join(spans)}" for names, spans in groups)


def _range(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"


def field_title(field: str, procedures: int) -> str:
    """Return the heading of a field with its number of procedures."""
    return f"{field} ({procedures} thủ tục)"


def by_case(usual: str, others: Sequence[tuple[str, str]]) -> str:
    """Return a fact with what it is for single channels and places."""
    return "; ".join((usual, *(f"{name}: {text}" for name, text in others)))


def page_fee(first: str, pages: int, further: str, most: str) -> str:
    """Return a fee by pages of the original."""
    return f"{first}/trang, từ trang {pages + 1}: {further}/trang, tối đa {most}/bản"


def relief_share(value: Mapping[str, Any], amount: str) -> str:
    """Return how much a relief takes off; `amount` is in words."""
    if "amount" in value:
        return f"giảm {amount}"
    percent = int(value.get("percent", 100))
    return "miễn" if percent == 100 else f"giảm {percent} %"


def varying_count(procedures: int) -> str:
    """Return how many procedures depend on the channel or the place."""
    return f"{procedures} thủ tục có thời hạn hoặc mức thu khác nhau theo kênh hay nơi nộp; giấy ghi từng trường hợp."


def count_note(procedures: int) -> str:
    """Return the number of listed procedures."""
    return f"Tổng số: {procedures} thủ tục hành chính."
