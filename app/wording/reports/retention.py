"""Text of the list of dossiers whose term of retention ends."""

TITLE = "DANH SÁCH HỒ SƠ HẾT THỜI HẠN LƯU GIỮ TẠI BỘ PHẬN MỘT CỬA"
TAB = "Lưu giữ"
CODE, PROCEDURE, FIELD = "Mã hồ sơ", "Thủ tục", "Lĩnh vực"
ENDED, YEARS, UNTIL, DECISION = "Tính từ ngày", "Số năm lưu", "Lưu đến hết ngày", "Căn cứ"
COUNT = "Số hồ sơ hết thời hạn lưu"
EMPTY = "Không có hồ sơ nào hết thời hạn lưu giữ trong thời gian này."
UNKNOWN = "Chưa có quy định về thời hạn lưu hồ sơ. Nhập ở F8, «Quy định của quầy», hoặc áp dụng gói pháp luật."
NOTHING_DELETED = (
    "Chương trình không tự xóa hồ sơ nào. Danh sách dùng để giao nộp lưu trữ hoặc xét hủy theo Luật Lưu trữ."
)


def other_subject(name: str, years: int | None) -> str:
    """Return the term of something that is no dossier."""
    return f"{name}: lưu vĩnh viễn." if years is None else f"{name}: lưu {years} năm."
