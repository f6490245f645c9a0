"""Sample receipts and control slips."""

from dataclasses import replace

from app.printing.documents.dossier import ControlSlip, Leg, PaperRow, PrincipalParty, Receipt
from app.printing.documents.parts import Identity, PaperHead, Party

KEY = "6301260212000015"
CODE = "H29.12-260212-0001"
QR_TEXT = "\n".join(
    (
        f"Mã hồ sơ: {CODE}",
        "Thủ tục: 2.000815",
        "Người: 048*****4217",
        "Giấy: Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Hệ thống: UBND xã Kiểm Thử",
        "In lúc: 2026-02-12T09:31:00+07:00",
        "Hẹn trả: 2026-02-13T17:00:00+07:00",
        f"Khóa: {KEY}",
        "Chữ ký: " + "aZ3_-9kQ" * 10 + "bW4xYz",
    )
)
STORE_QR = "KHO1:" + "bC7-_xYz0Q" * 29
HEAD = PaperHead(
    parent="UBND tỉnh Thử Nghiệm",
    unit="UBND xã Kiểm Thử",
    centre="Trung tâm Phục vụ hành chính công",
    place="Kiểm Thử",
    day="2026-02-12",
    number="15/TTPVHCC",
)
IDENTITY = Identity(CODE, KEY, QR_TEXT, STORE_QR)
SUBMITTER = Party(
    "Huỳnh Thị Ẫm Ỷ", "048199004217", "Thôn Đoài, xã Kiểm Thử, tỉnh Thử Nghiệm", "0905 123 456", "am.y@vidu.example"
)
PRINCIPAL = PrincipalParty(
    "Đặng Hữu Khoẵng",
    "Thôn Thượng, xã Kiểm Thử, tỉnh Thử Nghiệm",
    "048072001133",
    "0912 000 111",
    "",
    "Giấy ủy quyền số 05 ngày 10/02/2026, chứng thực tại UBND xã Kiểm Thử",
)
PAPERS = (
    PaperRow("Tờ khai đăng ký khai sinh theo mẫu", "submit", 1, 0),
    PaperRow("Giấy chứng sinh, hoặc văn bản của người làm chứng xác nhận về việc sinh", "submit", 1, 1),
    PaperRow("Căn cước của cha, mẹ", "show", 0, 0),
    PaperRow("Giấy chứng nhận kết hôn", "lookup", 0, 0),
)
RECEIPT = Receipt(
    head=HEAD,
    identity=IDENTITY,
    submitter=SUBMITTER,
    applicant=None,
    principal=None,
    procedure="Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp",
    papers=PAPERS,
    quantity=1,
    term="01 ngày làm việc",
    received_at="2026-02-12T09:30:00+07:00",
    due_at="2026-02-13T17:00:00+07:00",
    return_by="counter",
    clerk="Trần Thị Bình",
    volume="02",
    serial="0147",
    fee=8000,
    lookup="Tra cứu tiến độ tại tracuu.vidu.example bằng mã hồ sơ, hoặc gọi 0236 000 000 trong giờ làm việc.",
)
OFFICER = "Phòng Văn hóa - Xã hội (Lê Đình Quỹ)"
LEGS = (
    Leg("Bộ phận TN&TKQ (Trần Thị Bình)", OFFICER, "10 giờ 05 phút, ngày 12/02/2026", "early", ""),
    Leg(OFFICER, "Lãnh đạo UBND xã", "15 giờ 40 phút, ngày 12/02/2026", "on_time", "Đã trình ký"),
)
SLIP = ControlSlip(
    head=replace(HEAD, number="15/PKS-TTPVHCC"),
    identity=IDENTITY,
    applicant="Huỳnh Thị Ẫm Ỷ",
    procedure=RECEIPT.procedure,
    settling_unit="Phòng Văn hóa - Xã hội",
    joint_unit="",
    received_at=RECEIPT.received_at,
    due_at=RECEIPT.due_at,
    legs=LEGS,
)


def long_receipt() -> Receipt:
    """Return a receipt with a name of 300 characters and forty papers.

    It has an applicant and a principal.
    """
    name = ("Nguyễn Phước Thượng Hoẵng " * 12)[:300]
    paper = "chứng minh quyền sử dụng đất của hộ gia đình"
    rows = tuple(PaperRow(f"Giấy tờ số {n} {paper}", "submit", 1, 2) for n in range(1, 41))
    submitter = replace(SUBMITTER, name=name)
    return replace(RECEIPT, submitter=submitter, applicant=SUBMITTER, principal=PRINCIPAL, papers=rows)


def long_slip() -> ControlSlip:
    """Return a control slip with nine hand-overs."""
    noted = replace(LEGS[0], note="Chuyển kèm bản đồ địa chính, trả lại trước khi trình ký lãnh đạo Ủy ban nhân dân xã")
    return replace(SLIP, legs=(*LEGS, noted) * 3)
