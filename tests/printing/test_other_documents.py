"""The documents besides receipt and control slip: lines, overflow, copies."""

from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.document_values.registry import form_of
from app.printing.render import lay_out_pages, render
from tests.printing import form_words as words
from tests.printing.form_words import SINGLE_COPY, default_copies
from tests.support import document_samples
from tests.support.other_document_samples import (
    APOLOGY,
    FEE,
    HANDOVER,
    REFUSAL,
    REFUSAL_WITHOUT_CODE,
    REGISTER,
    RETURN,
    RETURN_BY_POST,
    ROW,
    SAMPLES,
    STOP,
    SUPPLEMENT,
    WITHOUT_CODE,
    long_documents,
)
from tests.support.pdf_reading import pages

LONG = long_documents()
SHEETS = [PaperSize.A4, PaperSize.A5]
WIDE = ("handover_list", "register")
IN_ORDER = {
    "supplement": [
        f"Mã hồ sơ: {document_samples.CODE}",
        "Hồ sơ của: Huỳnh Thị Ẫm Ỷ",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Địa chỉ: Thôn Đoài",
        "Số điện thoại: 0905 123 456",
        "Email: am.y@vidu.example",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1. Bản chính Giấy chứng sinh",
        "2. Tờ khai có chữ ký",
        "Lý do: Giấy chứng sinh đã nộp là bản chụp, chưa có bản chính để đối chiếu.",
        "Ông/Bà liên hệ với Trần Thị Bình, số điện thoại 0236 000 000",
        "NGƯỜI HƯỚNG DẪN",
        "Trần Thị Bình",
    ],
    "refusal": [
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả UBND xã Kiểm Thử",
        "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Huỳnh Thị Ẫm Ỷ",
        "Số định danh cá nhân/tổ chức: 048199004217",
        "Địa chỉ: Thôn Đoài",
        "Số điện thoại: 0905 123 456",
        "Email: am.y@vidu.example",
        f"Mã hồ sơ (nếu có): {document_samples.CODE}",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Qua xem xét, thẩm định, UBND xã Kiểm Thử thông báo từ chối giải quyết hồ sơ này",
        "với lý do cụ thể như sau: Trẻ em",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Thị Bình",
    ],
    "apology": [
        "Số: ......../PXL",
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: Ông (Bà)/Tổ chức Huỳnh Thị Ẫm Ỷ",
        "Ngày 12 tháng 02 năm 2026, UBND xã Kiểm Thử tiếp nhận hồ sơ",
        "«Chứng thực bản sao",
        "số định danh cá nhân/tổ chức 048199004217",
        f"mã số hồ sơ: {document_samples.CODE}.",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 13 tháng 02 năm 2026",
        "Lý do: Cơ quan phối hợp chưa có văn bản trả lời.",
        "xin lỗi Ông (Bà)/Tổ chức về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ.",
        "trả kết quả giải quyết hồ sơ vào ngày 25 tháng 02 năm 2026.",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "Phạm Văn Mẫu",
    ],
    "stop": [
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        f"Mã hồ sơ: {document_samples.CODE}",
        "Kính gửi: Ông (Bà)/Tổ chức Huỳnh Thị Ẫm Ỷ",
        "UBND xã Kiểm Thử nhận được đề nghị dừng giải quyết hồ sơ",
        "Chủ hồ sơ: Huỳnh Thị Ẫm Ỷ",
        "Thời gian nhận hồ sơ: 09 giờ 30 phút, ngày 12 tháng 02 năm 2026",
        "Lý do người nộp hồ sơ nêu: Gia đình chuyển nơi cư trú.",
        "hồ sơ chưa có quyết định hoặc thông báo kết quả giải quyết",
        "dừng giải quyết hồ sơ nêu trên từ 15 giờ 05 phút, ngày 12 tháng 02 năm 2026",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "handover": [
        "PHIẾU BÀN GIAO HỒ SƠ",
        "Bên giao: Bộ phận Một cửa (Trần Thị Bình)",
        "Bên nhận: Phòng Văn hóa - Xã hội (Lê Đình Quỹ)",
        "Thời gian bàn giao: 15 giờ 05 phút, ngày 12 tháng 02 năm 2026",
        "Kết quả: Có kết quả",
        "Họ tên chủ hồ sơ: Huỳnh Thị Ẫm Ỷ",
        "Phí, lệ phí: Có",
        "bưu điện: Không",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
    ],
    "handover_list": ["TT", "Mã hồ sơ", "Kết quả", "Họ tên chủ hồ sơ", "Địa chỉ", "Tổng số: 3 hồ sơ.", "NGƯỜI GIAO"],
    "return": [
        "Tên thủ tục hành chính: Chứng thực bản sao",
        "Chủ hồ sơ: Huỳnh Thị Ẫm Ỷ",
        "Người trả kết quả: Trần Thị Bình",
        "Điện thoại: 0236 000 000",
        "Người nhận kết quả: Đặng Hữu Khoẵng",
        "Điện thoại: 0912 000 111",
        "Thành phần trả:",
        "Loại kết quả",
        "Ngày trả kết quả: 16 giờ 20 phút, ngày 13 tháng 02 năm 2026",
        "Giấy tờ ủy quyền (nếu nhận thay): Giấy ủy quyền số 05",
        "NGƯỜI TRẢ KẾT QUẢ",
        "NGƯỜI NHẬN KẾT QUẢ",
    ],
    "return_by_post": [
        "Hình thức trả: Qua dịch vụ bưu chính công ích",
        "Số hiệu bưu gửi: EK 000 111 222 VN",
        "NHÂN VIÊN BƯU CHÍNH",
    ],
    "payment": [
        "Kính gửi Ông (Bà)/Tổ chức: Huỳnh Thị Ẫm Ỷ",
        "Số tiền phải nộp: 105.000 đ",
        "Viết bằng chữ: Một trăm linh năm nghìn đồng.",
        "Khoản phải nộp, lý do: Lệ phí trước bạ theo thông báo của cơ quan thuế",
        "Nộp chậm nhất: ngày 27 tháng 02 năm 2026",
        "không tính vào thời hạn giải quyết",
        "NGƯỜI THÔNG BÁO",
    ],
    "fee-slip": [
        "PHIẾU THU PHÍ, LỆ PHÍ",
        "Mã số thuế của tổ chức thu: 0100000000",
        "Miễn, giảm: Giảm 50% khi nộp trực tuyến",
        "Số tiền thu lần này: 105.000 đ",
        "Hình thức thanh toán: Chuyển khoản",
        "Biên lai điện tử: 01BLP · 1C27TAA · 00000123",
        "không phải là biên lai",
        "NGƯỜI THU TIỀN",
    ],
    "fee": [
        "Quyển số: 05",
        "Số biên lai: 0001234",
        "Người nộp tiền: Huỳnh Thị Ẫm Ỷ",
        "Nội dung thu: Chứng thực",
        "Số tiền phải nộp: 150.000 đ",
        "Số tiền thu lần này: 105.000 đ",
        "Viết bằng chữ: Một trăm linh năm nghìn đồng.",
        "Tổng số tiền đã nộp: 105.000 đ",
        "Còn phải nộp: 45.000 đ",
        "NGƯỜI NỘP TIỀN",
        "NGƯỜI THU TIỀN",
    ],
    "register": [
        "SỔ THEO DÕI HỒ SƠ",
        "(Từ ngày 01 tháng 02 năm 2026 đến ngày 28 tháng 02 năm 2026)",
        "Lĩnh vực: Chứng thực · Quyển số: 01/2026 · 2 hồ sơ",
        "Nhận và trả kết quả",
        document_samples.CODE,
        "Lĩnh vực: Hộ tịch",
        "Đã hủy",
        "Tổng số: 3 hồ sơ.",
    ],
}


def printed_text(doc, paper=PaperSize.A4):
    return " ".join("\n".join(page.text for page in pages(render(doc, paper))).split())


def without_spaces(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", IN_ORDER)
def test_lines_follow_the_form(name):
    text, place = printed_text(SAMPLES[name]), 0
    for part in IN_ORDER[name]:
        position = text.find(part, place)
        assert position >= 0, part
        place = position


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in WIDE])
def test_sample_document_fits_one_portrait_page(name, paper):
    (page,) = pages(render(SAMPLES[name], paper))
    assert page.width < page.height


@pytest.mark.parametrize("name", WIDE)
def test_lists_are_landscape(name):
    (page,) = pages(render(SAMPLES[name], PaperSize.A4))
    assert page.width > page.height


def test_every_form_has_its_number_in_both_sets():
    def label(doc, form_set):
        text = printed_text(replace(doc, head=replace(doc.head, form_set=form_set)))
        return text[text.find("Mẫu số") :][:9] if "Mẫu số" in text else ""

    numbered = {doc: (label(doc, "2025"), label(doc, "2018")) for doc in (SUPPLEMENT, REFUSAL, APOLOGY, STOP, REGISTER)}
    assert list(numbered.values()) == [
        ("Mẫu số 02", "Mẫu số 02"),
        ("Mẫu số 03", "Mẫu số 03"),
        ("Mẫu số 04", "Mẫu số 04"),
        ("Mẫu số 05", "Mẫu số 05"),
        ("Mẫu số 07", "Mẫu số 06"),
    ]
    assert all(label(doc, form_set) == "" for doc in (HANDOVER, RETURN, FEE) for form_set in ("2025", "2018"))


def test_2018_set_has_its_own_titles_and_signatures():
    def older_text(doc):
        return printed_text(replace(doc, head=replace(doc.head, form_set="2018")))

    apology = older_text(APOLOGY)
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in apology
    assert "hẹn lại ngày trả kết quả giải quyết hồ sơ." in apology
    assert "gia hạn" not in apology
    refusal = older_text(REFUSAL)
    assert "NGƯỜI TỪ CHỐI" in refusal
    assert words.CLERK_SIGNS not in refusal
    assert "Mẫu số 05 (Thông tư 03/2025/TT-VPCP)" in older_text(STOP)


def test_refusal_at_the_counter_has_no_code_and_no_barcode():
    text = printed_text(REFUSAL_WITHOUT_CODE)
    assert "thông báo không tiếp nhận hồ sơ này" in text
    assert f"Mã hồ sơ (nếu có): {words.BLANK}" in text
    assert document_samples.KEY not in text


def test_withdrawal_has_its_own_wording():
    assert "nhận được đề nghị rút hồ sơ" in printed_text(replace(STOP, withdrawn=True))


@pytest.mark.parametrize(
    ("due", "paid", "outstanding"),
    [(150000, 150000, "Đã nộp đủ"), (0, 105000, "Đã nộp đủ"), (None, 105000, "chưa xác định")],
)
def test_outstanding_fee_is_printed(due, paid, outstanding):
    assert f"Còn phải nộp: {outstanding}" in printed_text(replace(FEE, due=due, paid=paid))


def test_unknown_values_are_printed_as_dots():
    assert f"Số biên lai: {words.BLANK}" in printed_text(replace(FEE, number=""))
    assert f"Số hiệu bưu gửi: {words.BLANK}" in printed_text(replace(RETURN_BY_POST, parcel=""))
    assert f"Lý do: {words.BLANK}" in printed_text(replace(APOLOGY, reason=""))
    assert f"Thời gian bàn giao: {words.BLANK}" in printed_text(replace(HANDOVER, at=""))
    assert f"số điện thoại {words.BLANK}" in printed_text(replace(SUPPLEMENT, phone=""))


@pytest.mark.parametrize("name", SAMPLES)
def test_reprints_and_training_copies_are_marked(name):
    doc = SAMPLES[name]
    text = printed_text(replace(doc, identity=replace(doc.identity, reprint=3, training=True)))
    assert "(In lại lần 3)" in text
    assert words.TRAINING in text.split()
    assert "In lại" not in printed_text(doc)


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("name", LONG)
def test_long_documents_repeat_their_code_on_every_page(name, paper):
    doc = LONG[name]
    printed = pages(render(doc, paper))
    for number, page in enumerate(printed, 1):
        if doc.identity.code:
            assert document_samples.CODE in page.text
            assert document_samples.KEY in page.text
        if len(printed) > 1:
            assert f"Trang {number}/{len(printed)}" in page.text
    assert len(printed) > 1 or name in ("fee", "fee-slip")


@pytest.mark.parametrize("name", [name for name in LONG if name not in WIDE])
def test_signatures_are_never_alone_on_a_page(name):
    for page in pages(render(LONG[name], PaperSize.A5)):
        if "(Ký và ghi rõ họ tên)" in page.text or "đóng dấu" in page.text:
            body = page.text.split("(Ký")[0]
            assert len(body.splitlines()) > 4


@pytest.mark.parametrize("name", ["supplement", "refusal", "apology", "stop"])
def test_long_reason_is_printed_in_full(name):
    together = "".join(page.text for page in pages(render(LONG[name], PaperSize.A4)))
    assert all(f"GT{number:03d}" in together for number in range(1, 33))


@pytest.mark.parametrize("name", WIDE)
def test_lists_repeat_their_headings_and_keep_every_row(name):
    doc = LONG[name]
    rows = doc.rows if name == "handover_list" else [row for block in doc.blocks for row in block.rows]
    printed = pages(render(doc, PaperSize.A4))
    for page in printed:
        if "H29.12-" in page.text:
            assert "Mã hồ sơ" in " ".join(page.text.split())
    together = without_spaces("".join(page.text for page in printed))
    for row in rows:
        assert together.count(row.code) == [each.code for each in rows].count(row.code)


def test_field_name_stays_with_its_table():
    for page in pages(render(LONG["register"], PaperSize.A4)):
        text = " ".join(page.text.split())
        last = text.rfind("Lĩnh vực:")
        if last >= 0:
            assert "H29.12-" in text[last:]


def test_empty_register_has_a_note():
    assert "Không tiếp nhận hồ sơ nào" in printed_text(replace(REGISTER, blocks=()))


def test_handover_list_is_landscape_and_single_handover_is_portrait():
    (portrait,) = lay_out_pages(HANDOVER, PaperSize.A5, [SINGLE_COPY])
    assert portrait.width < portrait.height
    for doc in (replace(HANDOVER, identity=WITHOUT_CODE), replace(HANDOVER, rows=(ROW, ROW))):
        page = lay_out_pages(doc, PaperSize.A5, [SINGLE_COPY])[0]
        assert page.width > page.height


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_refused_on_a_roll(name):
    with pytest.raises(Refusal) as refused:
        render(SAMPLES[name], PaperSize.ROLL_80)
    assert refused.value.code == "paper_not_on_roll"


@pytest.mark.parametrize("name", SAMPLES)
def test_default_is_one_copy(name):
    assert default_copies(SAMPLES[name]) == (SINGLE_COPY,)
    form = name.removesuffix("_by_post").removesuffix("_without_code").replace("_", "-")
    assert form_of(SAMPLES[name]) == form


@pytest.mark.parametrize("dossiers", range(2, 14))
def test_signatures_of_a_list_share_a_page_with_a_row(dossiers):
    doc = replace(
        HANDOVER, identity=WITHOUT_CODE, rows=tuple(replace(ROW, code=f"H29.12-{n}") for n in range(dossiers))
    )
    for page in pages(render(doc, PaperSize.A4)):
        if "NGƯỜI GIAO" in page.text:
            assert "H29.12-" in page.text
