"""Lines of receipt and control slip, in the order of Mẫu số 01 and 06."""

from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.printing.render import render
from tests.printing import form_words as words
from tests.printing.form_words import OFFICE_COPY, SUBMITTER_COPY
from tests.support import document_samples
from tests.support.pdf_reading import pages

SIZES = list(PaperSize)


def printed_text(doc, paper=PaperSize.A4, copies=(SUBMITTER_COPY,)):
    return " ".join("\n".join(page.text for page in pages(render(doc, paper, copies))).split())


def assert_in_order(text, parts):
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("paper", SIZES)
def test_receipt_follows_the_form(paper):
    text = printed_text(replace(document_samples.RECEIPT, principal=document_samples.PRINCIPAL), paper)
    assert assert_in_order(
        text,
        [
            f"Mã hồ sơ: {document_samples.CODE}",
            "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả UBND xã Kiểm Thử",
            "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Huỳnh Thị Ẫm Ỷ",
            "Số định danh cá nhân/tổ chức: 048199004217",
            "Địa chỉ: Thôn Đoài",
            "Số điện thoại: 0905 123 456",
            "Email: am.y@vidu.example",
            "Người ủy quyền: Đặng Hữu Khoẵng",
            "Số định danh cá nhân/tổ chức: 048072001133",
            "Giấy tờ ủy quyền: Giấy ủy quyền số 05",
            "Nội dung yêu cầu giải quyết: Chứng thực",
            "Thành phần hồ sơ nộp gồm:",
            "Tờ khai đăng ký khai sinh",
            "Số lượng hồ sơ: 01 (bộ)",
            "Thời gian giải quyết hồ sơ theo quy định là: 01 ngày làm việc",
            "Thời gian nhận hồ sơ: 09 giờ 30 phút, ngày 12 tháng 02 năm 2026",
            "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 13 tháng 02 năm 2026",
            "Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả",
            "Vào Sổ theo dõi hồ sơ, Quyển số: 02 Số thứ tự: 0147",
            "NGƯỜI NỘP HỒ SƠ",
            "Trần Thị Bình",
        ],
    )
    assert "Phí, lệ phí: 8.000 đ" in text
    assert words.NATION in text
    assert words.MOTTO in text
    assert "UBND XÃ KIỂM THỬ" in text
    assert "Số: 15/TTPVHCC" in text
    assert "Mẫu số 01 (Thông tư 03/2025/TT-VPCP)" in text


def test_principal_and_applicant_are_printed_only_when_present():
    text = printed_text(document_samples.RECEIPT)
    assert words.PRINCIPAL not in text
    assert words.APPLICANT + ":" not in text
    other = replace(document_samples.SUBMITTER, name="Công ty TNHH Vĩnh Ổn")
    assert "Chủ hồ sơ: Công ty TNHH Vĩnh Ổn" in printed_text(replace(document_samples.RECEIPT, applicant=other))


@pytest.mark.parametrize("paper", SIZES)
def test_missing_due_date_is_explained_in_words(paper):
    assert words.NO_APPOINTMENT in printed_text(replace(document_samples.RECEIPT, due_at=None), paper)
    assert "Trả ngay tại quầy" in printed_text(
        replace(document_samples.RECEIPT, due_at=None, due_note="Trả ngay tại quầy"), paper
    )


def test_unknown_fee_is_not_printed_as_zero():
    assert words.FEE not in printed_text(replace(document_samples.RECEIPT, fee=None))
    assert "Phí, lệ phí: Không thu" in printed_text(replace(document_samples.RECEIPT, fee=0))


@pytest.mark.parametrize("paper", SIZES)
def test_copies_and_reprints_are_labelled(paper):
    first = printed_text(document_samples.RECEIPT, paper, (OFFICE_COPY,))
    assert "(Liên 1: Lưu)" in first
    assert "In lại" not in first
    again = replace(document_samples.RECEIPT, identity=replace(document_samples.IDENTITY, reprint=2))
    assert "(Liên 2: Giao người nộp · In lại lần 2)" in printed_text(again, paper)


def test_training_documents_have_a_watermark_on_every_page():
    doc = replace(document_samples.long_receipt(), identity=replace(document_samples.IDENTITY, training=True))
    for page in pages(render(doc, PaperSize.A5)):
        assert "MẪU" in page.text
    assert "MẪU" not in printed_text(document_samples.RECEIPT)


def test_2018_set_has_its_own_numbers():
    def older(doc):
        return printed_text(replace(doc, head=replace(doc.head, form_set="2018")))

    assert "Mẫu số 01 (Thông tư 01/2018/TT-VPCP)" in older(document_samples.RECEIPT)
    assert "Mẫu số 05 (Thông tư 01/2018/TT-VPCP)" in older(document_samples.SLIP)
    assert "Mẫu số 06 (Thông tư 03/2025/TT-VPCP)" in printed_text(document_samples.SLIP)


def test_control_slip_follows_the_form():
    text = printed_text(document_samples.SLIP)
    assert assert_in_order(
        text,
        [
            f"Mã số hồ sơ: {document_samples.CODE}",
            "Cơ quan (bộ phận) giải quyết hồ sơ: Phòng Văn hóa - Xã hội",
            "Cơ quan phối hợp giải quyết hồ sơ: .....",
            "Ngày nhận: 09 giờ 30 phút, ngày 12 tháng 02 năm 2026",
            "Hẹn trả kết quả vào: 17 giờ 00 phút, ngày 13 tháng 02 năm 2026",
            "Trước hạn",
            "Đúng hạn",
            "Ghi chú: (a)",
            "(b)",
        ],
    )
