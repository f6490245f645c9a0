"""Text of the printer test page."""

from app.models.enums import PaperSize

TITLE = "TRANG THỬ MÁY IN"
LETTERS = "ẶẼỖỰỲỮợẵ ĐƯỜNG PHỐ Nguyễn Thị Ẫm Ỷ"
RULER = "Thước này dài đúng như ghi (cm). Đo bằng thước kẻ: ngắn hơn là máy in đang thu nhỏ trang."
BARS = "Mã vạch, quét ở trang «Máy in, máy quét»:"
SQUARE = "Mã vuông, quét ở trang ấy:"
_STEPS = (
    "Chữ có đủ dấu, không có ô vuông hay dấu hỏi.",
    "Đủ bốn cạnh khung, cách mép giấy 5 mm. Thiếu cạnh hoặc lệch: sai khổ giấy, hoặc bật thu phóng.",
    "Quét hai mã dưới đây ở trang «Máy in, máy quét»: cả hai phải báo «Đúng».",
)
_ROLL_STEPS = (_STEPS[0], "Chữ không bị cắt ở hai mép, giấy tự cắt ở cuối.", _STEPS[2])


def steps(paper: PaperSize) -> tuple[str, ...]:
    """Return what to check on a page of this size, in order."""
    return _ROLL_STEPS if paper is PaperSize.ROLL_80 else _STEPS


def frame(paper: PaperSize) -> str:
    """Return the label of the frame."""
    return f"Khung khổ {paper}, cách mép giấy 5 mm"


def printer_line(name: str, paper: PaperSize) -> str:
    """Return the tested printer and paper size."""
    return f"{name} – khổ {'80 mm' if paper is PaperSize.ROLL_80 else paper}"
