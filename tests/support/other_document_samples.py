"""Samples of the other documents, of usual and of extreme length."""

from dataclasses import replace

from app.printing.documents.dossier import (
    Apology,
    FeeReceipt,
    FeeSlip,
    Handover,
    HandoverRow,
    PaymentNotice,
    RefusalSlip,
    Register,
    RegisterBlock,
    RegisterRow,
    ReturnSlip,
    StopNotice,
    SupplementReceipt,
    SupplementRequest,
)
from app.printing.documents.lists import BatchReceipt, BatchRow, CashRow, CashSheet, CashSum, UnpaidDossier
from app.printing.documents.parts import Party
from tests.support.document_samples import CODE, HEAD, IDENTITY, KEY, QR_TEXT, RECEIPT, SUBMITTER

PLAIN = replace(IDENTITY, store_qr="")
LIST_QR = QR_TEXT.replace(f"Mã hồ sơ: {CODE}", "Số hồ sơ: 3").replace("\nKhóa: 6301260212000015", "")
WITHOUT_CODE = replace(PLAIN, code="", key="", qr_text=LIST_QR)
PROCEDURE = "Đăng ký khai sinh"
OFFICER = "Phòng Văn hóa - Xã hội (Lê Đình Quỹ)"

SUPPLEMENT = SupplementRequest(
    head=replace(HEAD, number="15/PBS-TTPVHCC"),
    identity=PLAIN,
    applicant=SUBMITTER,
    procedure=PROCEDURE,
    items=(
        "Bản chính Giấy chứng sinh, hoặc văn bản của người làm chứng xác nhận về việc sinh",
        "Tờ khai có chữ ký của người đi khai sinh",
    ),
    reason="Giấy chứng sinh đã nộp là bản chụp, chưa có bản chính để đối chiếu",
    guide="Trần Thị Bình",
    phone="0236 000 000",
)
SUPPLEMENT_RECEIPT = SupplementReceipt(
    head=replace(HEAD, number="15/XNBS-TTPVHCC"),
    identity=PLAIN,
    submitter=SUBMITTER,
    applicant="Đặng Hữu Khoẵng",
    procedure=PROCEDURE,
    items=SUPPLEMENT.items,
    asked_at="2026-02-12T10:10:00+07:00",
    supplemented_at="2026-02-24T14:05:00+07:00",
    promised_at="2026-02-13T17:00:00+07:00",
    due_at="2026-02-25T17:00:00+07:00",
    clock="restart",
    term="1 ngày làm việc",
    return_by="counter",
    clerk="Trần Thị Bình",
    lookup=RECEIPT.lookup,
)
REFUSAL = RefusalSlip(
    head=replace(HEAD, number="15/PTC-TTPVHCC"),
    identity=PLAIN,
    submitter=SUBMITTER,
    procedure=PROCEDURE,
    reason="Trẻ em đã được đăng ký khai sinh tại UBND xã khác ngày 05/01/2026.",
    clerk="Trần Thị Bình",
    appraised=True,
)
REFUSAL_WITHOUT_CODE = replace(
    REFUSAL,
    head=replace(HEAD, number="......../PTC-TTPVHCC"),
    identity=replace(WITHOUT_CODE, qr_text=LIST_QR.replace("Số hồ sơ: 3", "Mã hồ sơ: chưa có")),
    appraised=False,
)
APOLOGY = Apology(
    head=replace(HEAD, number="......../PXL"),
    identity=PLAIN,
    addressee=SUBMITTER,
    procedure=RECEIPT.procedure,
    received_at=RECEIPT.received_at,
    due_at=RECEIPT.due_at,
    reason="Cơ quan phối hợp chưa có văn bản trả lời",
    new_day="2026-02-25",
    signer="Phạm Văn Mẫu",
)
STOP = StopNotice(
    head=replace(HEAD, number="15/TB-TTPVHCC"),
    identity=PLAIN,
    submitter=SUBMITTER.name,
    applicant=SUBMITTER,
    procedure=PROCEDURE,
    received_at=RECEIPT.received_at,
    stopped_at="2026-02-12T15:05:00+07:00",
    reason="Gia đình chuyển nơi cư trú",
    clerk="Trần Thị Bình",
)
ROW = HandoverRow(CODE, RECEIPT.procedure, "Có kết quả", SUBMITTER.name, SUBMITTER.address, True, False)
BATCH_ROW = BatchRow(
    CODE, KEY, SUBMITTER.name, RECEIPT.procedure, RECEIPT.due_at, "", 8000, "counter", "01/2026", "147"
)
BATCH = BatchReceipt(
    head=replace(HEAD, number=""),
    identity=WITHOUT_CODE,
    submitter=SUBMITTER,
    first_at=RECEIPT.received_at,
    last_at="2026-02-12T09:41:00+07:00",
    rows=(
        BATCH_ROW,
        replace(
            BATCH_ROW,
            code="H29.12-260212-0002",
            key="6301260212000023",
            applicant="Đặng Hữu Khoẵng",
            procedure=PROCEDURE,
            fee=0,
            serial="32",
        ),
        replace(BATCH_ROW, code="H29.12-260212-0003", key="6301260212000031", due_at=None, fee=None, serial="148"),
    ),
    clerk="Trần Thị Bình",
    lookup=RECEIPT.lookup,
)
HANDOVER = Handover(
    head=replace(HEAD, number="15/PBG-TTPVHCC"),
    identity=PLAIN,
    sender="Bộ phận Một cửa (Trần Thị Bình)",
    receiver=OFFICER,
    at="2026-02-12T15:05:00+07:00",
    rows=(ROW,),
)
RETURN = ReturnSlip(
    head=replace(HEAD, number="15/BN-TTPVHCC"),
    identity=PLAIN,
    procedure=RECEIPT.procedure,
    applicant=SUBMITTER.name,
    giver="Trần Thị Bình",
    giver_phone="0236 000 000",
    taker="Đặng Hữu Khoẵng",
    taker_phone="0912 000 111",
    result="Kết quả giải quyết thủ tục hành chính",
    returned_at="2026-02-13T16:20:00+07:00",
    authority="Giấy ủy quyền số 05 ngày 10/02/2026",
    taker_id="048190004299",
)
RETURN_BY_POST = replace(
    RETURN,
    taker=SUBMITTER.name,
    taker_phone=SUBMITTER.phone,
    taker_id="",
    by_post=True,
    parcel="EK 000 111 222 VN",
    authority="",
)
PAYMENT = PaymentNotice(
    head=replace(HEAD, number="15/TBNP-TTPVHCC"),
    identity=PLAIN,
    addressee=SUBMITTER,
    applicant="",
    procedure=RECEIPT.procedure,
    amount=105000,
    reason="Lệ phí trước bạ theo thông báo của cơ quan thuế",
    until="2026-02-27",
    asked_at="2026-02-13T09:20:00+07:00",
    clerk="Trần Thị Bình",
    phone="0236 000 000",
)
FEE = FeeReceipt(
    head=replace(HEAD, number=""),
    identity=PLAIN,
    payer=SUBMITTER,
    procedure=RECEIPT.procedure,
    amount=105000,
    paid=105000,
    due=150000,
    book="05",
    number="0001234",
    paid_at="2026-02-12T09:40:00+07:00",
    cashier="Trần Thị Bình",
)
FEE_SLIP = FeeSlip(
    head=replace(HEAD, number=""),
    identity=PLAIN,
    payer=SUBMITTER,
    procedure=RECEIPT.procedure,
    amount=105000,
    paid=105000,
    due=150000,
    method="Chuyển khoản",
    receipt="01BLP · 1C27TAA · 00000123",
    paid_at="2027-02-12T09:40:00+07:00",
    cashier="Trần Thị Bình",
    relief="Giảm 50% khi nộp trực tuyến",
    tax_code="0100000000",
    transfer="00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540545000"
    "5802VN62210817H2912 2702120001XX6304ABCD",
)
LINE = RegisterRow(
    "01",
    CODE,
    RECEIPT.procedure,
    SUBMITTER.name,
    SUBMITTER.address,
    SUBMITTER.phone,
    "UBND xã Kiểm Thử",
    RECEIPT.received_at,
    RECEIPT.due_at,
    "2026-02-13T16:20:00+07:00",
    "counter",
    SUBMITTER.name,
)
OPEN_LINE = replace(LINE, number="02", code="H29.12-260212-0002", due_at=None, returned_at=None, received_by="")
VOID_LINE = replace(OPEN_LINE, number="03", code="H29.12-260212-0003", return_by="post", ended="Đã hủy")
REGISTER = Register(
    head=replace(HEAD, number="01/STD-TTPVHCC"),
    identity=WITHOUT_CODE,
    first="2026-02-01",
    last="2026-02-28",
    blocks=(
        RegisterBlock("Chứng thực", "01/2026", (LINE, OPEN_LINE)),
        RegisterBlock("Hộ tịch", "01/2026", (VOID_LINE,)),
    ),
)

CASH_ROW = CashRow("05/0001234", FEE.paid_at, CODE, SUBMITTER.name, RECEIPT.procedure, "Trần Thị Bình", 105000)
CASH = CashSheet(
    head=replace(HEAD, number="......../BKT-TTPVHCC"),
    identity=WITHOUT_CODE,
    first="2026-02-12",
    last="2026-02-12",
    cashier="",
    rows=(
        CASH_ROW,
        replace(CASH_ROW, number="", procedure=PROCEDURE, cashier="Lý Văn Thu", amount=8000, note="Hồ sơ đã hủy"),
    ),
    books=(
        CashSum("Quyển 05", "0001234", 1, 105000),
        CashSum("Chưa ghi số biên lai", "", 1, 8000),
    ),
    procedures=(CashSum(RECEIPT.procedure, "2.000815", 1, 105000), CashSum(PROCEDURE, "1.001193", 1, 8000)),
    people=(CashSum("Lý Văn Thu", "", 1, 8000), CashSum("Trần Thị Bình", "", 1, 105000)),
    owing=(UnpaidDossier(CODE, SUBMITTER.name, RECEIPT.procedure, 150000, 105000),),
    unknown=1,
    signer="Phạm Văn Mẫu",
)

SAMPLES = {
    "supplement": SUPPLEMENT,
    "refusal": REFUSAL,
    "refusal_without_code": REFUSAL_WITHOUT_CODE,
    "apology": APOLOGY,
    "stop": STOP,
    "handover": HANDOVER,
    "handover_list": replace(HANDOVER, identity=WITHOUT_CODE, rows=(ROW, replace(ROW, by_post=True, fee=False), ROW)),
    "return": RETURN,
    "return_by_post": RETURN_BY_POST,
    "payment": PAYMENT,
    "fee": FEE,
    "fee-slip": replace(FEE_SLIP, transfer=""),
    "register": REGISTER,
}

CUSTOMER_FORMS = {"supplement_receipt": SUPPLEMENT_RECEIPT, "batch": BATCH}

_LONG = "Công ty trách nhiệm hữu hạn một thành viên đầu tư xây dựng và thương mại dịch vụ Nguyễn Phước Thượng Hoẵng "
LONG_PARTY = Party(
    (_LONG * 3)[:300], "048199004217", (_LONG * 4)[:400], "0905 123 456; 0236 000 111", f"{'a' * 60}@vidu.example"
)
LONG_TEXT = "".join(f"Chưa có giấy tờ chứng minh quyền sử dụng đất của hộ, mục GT{n:03d}. " for n in range(1, 33))


def long_documents():
    """Return documents with a name of 300 and a reason of 2,000 characters.

    Lists have many dossiers.
    """
    rows = tuple(
        replace(ROW, code=f"H29.12-260212-{n:04d}", applicant=LONG_PARTY.name if n % 7 == 0 else ROW.applicant)
        for n in range(1, 41)
    )
    lines = tuple(
        replace(LINE, number=f"{n:02d}", code=row.code, applicant=row.applicant) for n, row in enumerate(rows * 2, 1)
    )
    blocks = tuple(RegisterBlock(f"Lĩnh vực {n}", "01/2026", lines[: 12 * n]) for n in range(1, 6))
    return {
        "supplement": replace(SUPPLEMENT, applicant=LONG_PARTY, items=(LONG_TEXT[:300],) * 12, reason=LONG_TEXT),
        "refusal": replace(REFUSAL, submitter=LONG_PARTY, reason=LONG_TEXT),
        "refusal_without_code": replace(REFUSAL_WITHOUT_CODE, submitter=LONG_PARTY, reason=LONG_TEXT * 2),
        "apology": replace(APOLOGY, addressee=LONG_PARTY, reason=LONG_TEXT),
        "stop": replace(STOP, submitter=LONG_PARTY.name, applicant=LONG_PARTY, reason=LONG_TEXT),
        "handover_list": replace(HANDOVER, identity=WITHOUT_CODE, rows=rows),
        "return": replace(RETURN, applicant=LONG_PARTY.name, taker=LONG_PARTY.name, authority=LONG_TEXT),
        "payment": replace(PAYMENT, addressee=LONG_PARTY, applicant=LONG_PARTY.name, reason=LONG_TEXT),
        "fee-slip": replace(FEE_SLIP, payer=LONG_PARTY, relief=LONG_TEXT[:500], transfer=""),
        "fee": replace(FEE, payer=LONG_PARTY, amount=999_999_999_999, paid=999_999_999_999, due=None),
        "register": replace(REGISTER, blocks=blocks),
    }
