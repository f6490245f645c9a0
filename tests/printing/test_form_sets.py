"""Numbered forms in both form sets: number, circular and title."""

from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.printing.render import render
from tests.support.document_samples import RECEIPT, SLIP
from tests.support.other_document_samples import APOLOGY, REFUSAL, REGISTER, STOP, SUPPLEMENT
from tests.support.pdf_reading import pages

TT_2025, TT_2018 = "Thông tư 03/2025/TT-VPCP", "Thông tư 01/2018/TT-VPCP"
FORMS = (
    ("2025", RECEIPT, "01", TT_2025, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    ("2025", SUPPLEMENT, "02", TT_2025, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    ("2025", REFUSAL, "03", TT_2025, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    ("2025", APOLOGY, "04", TT_2025, "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    ("2025", STOP, "05", TT_2025, "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
    ("2025", SLIP, "06", TT_2025, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    ("2025", REGISTER, "07", TT_2025, "SỔ THEO DÕI HỒ SƠ"),
    ("2018", RECEIPT, "01", TT_2018, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    ("2018", SUPPLEMENT, "02", TT_2018, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    ("2018", REFUSAL, "03", TT_2018, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    ("2018", APOLOGY, "04", TT_2018, "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    ("2018", SLIP, "05", TT_2018, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    ("2018", REGISTER, "06", TT_2018, "SỔ THEO DÕI HỒ SƠ"),
    # The older circular has no such form, so the newer number is printed.
    ("2018", STOP, "05", TT_2025, "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
)


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
@pytest.mark.parametrize(("form_set", "doc", "number", "circular", "title"), FORMS)
def test_form_has_the_number_and_title_of_its_set(form_set, doc, number, circular, title, paper):
    printed = pages(render(replace(doc, head=replace(doc.head, form_set=form_set)), paper))
    for page in printed:
        text = " ".join(page.text.split())
        assert f"Mẫu số {number} ({circular})" in text
        assert text.count("Mẫu số") == 1
    assert title in " ".join(printed[0].text.split())


def test_slogan_is_in_every_footer_with_enough_space():
    doc = replace(RECEIPT, head=replace(RECEIPT.head, slogan="Hành chính phục vụ"))
    for page in pages(render(doc, PaperSize.A5)):
        assert page.text.split("Mẫu số")[1].count("Hành chính phục vụ") == 1
    long = replace(RECEIPT, head=replace(RECEIPT.head, slogan="Hành chính phục vụ " * 12))
    assert all("Hành chính phục vụ" not in page.text for page in pages(render(long, PaperSize.A5)))
