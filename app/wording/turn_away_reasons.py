"""Ready reasons for turning a citizen away at the counter (Mẫu số 03)."""

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
    """Return the sentence about missing papers, empty if there are none.

    A list too long for the slip is reduced to its count.
    """
    if not names:
        return ""
    listing = "; ".join(name.strip(" .;") for name in names)
    return f"Thiếu giấy tờ: {listing}." if len(listing) <= _MAX_LENGTH else f"Thiếu {len(names)} loại giấy tờ bắt buộc."
