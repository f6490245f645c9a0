"""Text that every document has: heading, copies, words of codes.

Titles, labels and sentences of a form are data (resources/forms).
"""

from collections.abc import Mapping
from datetime import date

from app.models.enums import Handling, ReturnBy, Verdict
from app.wording.numbers import day_in_words

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TRAINING = "MẪU"
STORED_CODE = "Mã lưu của cơ quan"

NUMBER = "Số"
CODE = "Mã hồ sơ"

_HANDLINGS: Mapping[str, str] = {
    Handling.SUBMIT: "Nộp",
    Handling.SHOW: "Xuất trình",
    Handling.LOOKUP: "Tra cứu CSDL",
}
_RETURNS: Mapping[str, str] = {
    ReturnBy.COUNTER: "Bộ phận Tiếp nhận và Trả kết quả",
    ReturnBy.POST: "Địa chỉ của người nộp, qua dịch vụ bưu chính công ích",
    ReturnBy.ONLINE: "Cổng Dịch vụ công (bản điện tử)",
}
_VERDICTS: Mapping[str, str] = {Verdict.EARLY: "Trước hạn", Verdict.ON_TIME: "Đúng hạn", Verdict.LATE: "Quá hạn"}


CODED_NAMES: Mapping[str, Mapping[str, str]] = {
    "return_by": _RETURNS,
    "row_return_by": _RETURNS,
    "handling": _HANDLINGS,
    "verdict": _VERDICTS,
}
"""Words of coded values, for a form that has none of its own."""


def copy_line(copy: str, reprint: int) -> str:
    """Return the line under the title: which copy, and which reprint."""
    reprint_text = f"In lại lần {reprint}" if reprint else ""
    text = " · ".join(part for part in (copy, reprint_text) if part)
    return f"({text})" if text else ""


def place_and_day(place: str, day: date) -> str:
    """Return the line under the national motto.

    Example: `Kiểm Thử, ngày 12 tháng 02 năm 2026`.
    """
    return f"{place}, {day_in_words(day)}"


def page_line(page: int, pages: int) -> str:
    """Return the footer of a page of a paper with several pages."""
    return f"Trang {page}/{pages}"


def paper_counts(originals: int, copies: int) -> str:
    """Return the counts of one paper after its treatment.

    Example: `: 1 bản chính, 2 bản sao`; empty without a count.
    """
    counts = [f"{number} {kind}" for number, kind in ((originals, "bản chính"), (copies, "bản sao")) if number]
    return f": {', '.join(counts)}" if counts else ""
