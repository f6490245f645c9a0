"""Words and copies of the shipped forms, as tests expect them."""

from app.models.forms.layout import FormLayout
from app.printing import render as rendering
from app.printing.documents.dossier import Document
from app.printing.form_files import shipped_version
from app.printing.render import Copy

NATION, MOTTO, TRAINING = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "MẪU"
BLANK = "." * 28
COPY_TO_KEEP, COPY_TO_SUBMITTER = "Liên 1: Lưu", "Liên 2: Giao người nộp"
CLERK_SIGNS = "NGƯỜI TIẾP NHẬN HỒ SƠ"
PAPERS, LAST_PAPER_COLUMN = "Thành phần hồ sơ nộp gồm", "Hình thức"
HANDS_OVER, TAKES_OVER, COUNTER = "Người giao", "Người nhận", "Bộ phận TN&TKQ"
PRINCIPAL, APPLICANT, FEE = "Người ủy quyền", "Chủ hồ sơ", "Phí, lệ phí"
NO_APPOINTMENT = "Chưa ấn định; cơ quan sẽ thông báo cho Ông (Bà)/Tổ chức khi xác định được thời gian trả kết quả"
ALL_ASKED = "Toàn bộ giấy tờ theo phiếu yêu cầu"
OFFICE_COPY, SUBMITTER_COPY, SINGLE_COPY = Copy(COPY_TO_KEEP, True), Copy(COPY_TO_SUBMITTER, False), Copy("", True)


def layout_of(document: Document) -> FormLayout:
    """Return the shipped layout of a document."""
    return shipped_version(document).layout


def default_copies(document: Document, number: int = 0) -> tuple[Copy, ...]:
    """Return the usual copies of a document on its shipped form."""
    return rendering.default_copies(layout_of(document), number)
