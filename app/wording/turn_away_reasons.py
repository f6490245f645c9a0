"""Why somebody is turned away at the counter, in sentences ready to be ticked (Mẫu số 03)."""

from collections.abc import Sequence

READY_REASONS = (
    "Việc không thuộc thẩm quyền giải quyết của cơ quan này.",
    "Người nộp không thuộc đối tượng thực hiện thủ tục.",
    "Người nộp không có giấy tờ ủy quyền hợp lệ.",
    "Giấy tờ không còn hiệu lực, bị tẩy xóa hoặc sửa chữa.",
    "Thông tin trong giấy tờ không khớp nhau hoặc không khớp với dữ liệu dân cư.",
)
_MAX_LENGTH = 1200


def missing_papers(names: Sequence[str]) -> str:
    """The papers that the citizen did not bring, empty where none is missing; a list too long for a slip is counted."""
    if not names:
        return ""
    said = "; ".join(name.strip(" .;") for name in names)
    return f"Thiếu giấy tờ: {said}." if len(said) <= _MAX_LENGTH else f"Thiếu {len(names)} loại giấy tờ bắt buộc."
