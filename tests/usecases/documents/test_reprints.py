"""Reprints equal the first print after changes of the office file."""

import json
from datetime import date

import pytest

from app.models.enums import PaperForm
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.documents.print_queue import PreviewPaper, preview_paper
from tests.support.offices import OFFICE, at, desk_session
from tests.support.pdf_reading import pdf_text

NOON, NEXT, LATER = at("2026-02-09T10:00"), at("2026-02-10T09:00"), at("2026-02-11T09:00")
OFFICER = "Phòng Tư pháp (Lê Đình Quỹ)"
BEFORE = 'form_set = "2018"\nlookup_address = "tracuu.thu.example"\nslogan = "Nhanh, gọn"'
SINCE = 'form_set = "2025"\nlookup_address = "khac.thu.example"\ncentre = "Trung tâm Phục vụ hành chính công"'
HISTORIES = {
    "receipt": (),
    "control": (("send", {"to": OFFICER}),),
    "supplement": (("ask-supplement", {"note": "Tờ khai; bản chính"}),),
    "supplement-receipt": (("ask-supplement", {"note": "Tờ khai; bản chính"}), ("supplement", {})),
    "refusal": (("send", {"to": OFFICER}), ("refuse", {"note": "Không thuộc thẩm quyền"})),
    "apology": (("apologise", {"note": "Chờ", "until": date(2026, 2, 25)}),),
    "stop": (("stop", {"note": "Chuyển nơi cư trú"}),),
    "handover": (("send", {"to": OFFICER}),),
    "return": (("finish", {}), ("return", {"authority": "Giấy ủy quyền số 05"})),
    "payment": (("ask-payment", {"amount": 2000, "note": "Lệ phí", "until": date(2026, 2, 25)}),),
    "fee": (("pay", {"amount": 2000, "receipt": "05/0001234"}),),
}


def office_file(folder, lines, **replaced):
    text = OFFICE
    for old, new in replaced.items():
        text = text.replace(f"{old} = ", f"{old} = {new} #")
    (folder / "office.toml").write_text(f"{lines}\n{text}", encoding="utf-8")


def everything_changed(folder):
    office_file(folder, SINCE, phone='"0200 999 999"', head='"Lý Thị Khác"', name='"UBND xã Mới"', parent='"Tỉnh khác"')


def printed(desk, code, form, when):
    return desk.office.write(prepare_paper, PreparePaper(code, PaperForm(form)), when).pdf


def documents(desk, form):
    return [json.loads(text) for (text,) in desk.rows("SELECT document FROM print WHERE form = ? ORDER BY id", form)]


def run_history(desk, form, at_instant=NOON):
    code = desk.take_in(at_instant, fee=150_000).code
    for act, values in HISTORIES[form]:
        desk.act(code, act, at_instant, **values)
    return code


def test_each_form_has_a_history():
    of_several = {PaperForm.BATCH, PaperForm.HANDOVER_LIST}  # their tests: test_batch.py, test_handover_lists.py
    assert {*HISTORIES, *of_several} == set(PaperForm)


@pytest.mark.parametrize("form", HISTORIES)
def test_reprint_is_unchanged_after_the_office_file_changed(training_folder, form):
    office_file(training_folder, BEFORE)
    with desk_session(training_folder) as desk:
        code = run_history(desk, form)
        first = pdf_text(printed(desk, code, form, NEXT))
    everything_changed(training_folder)
    with desk_session(training_folder) as desk:
        again = pdf_text(printed(desk, code, form, LATER))
        third = pdf_text(printed(desk, code, form, LATER))
        stored = documents(desk, form)
    assert "In lại" not in first
    assert "Nhanh, gọn" in first
    for copy in ("Liên 1: Lưu", "Liên 2: Giao người nộp"):
        again = again.replace(f"({copy} · In lại lần 1)", f"({copy})")
    assert again.replace("(In lại lần 1) ", "") == first
    assert "In lại lần 2" in third
    assert sorted({each["identity"]["reprint"] for each in stored}) == [0, 1, 2]
    for each in stored:
        each["identity"]["reprint"] = 0
    assert all(each == stored[0] for each in stored)


def test_corrected_document_keeps_its_form_set(training_folder):
    office_file(training_folder, BEFORE)
    with desk_session(training_folder) as desk:
        code = run_history(desk, "apology")
        assert "Thông tư 01/2018/TT-VPCP" in pdf_text(printed(desk, code, "apology", NEXT))
    everything_changed(training_folder)
    with desk_session(training_folder) as desk:
        desk.act(code, "amend", NEXT, sets=(("name", "Đào Thị Ổn"),))
        text = pdf_text(printed(desk, code, "apology", LATER))
    assert "Đào Thị Ổn" in text
    assert "(In lại lần 1)" in text
    assert "Mẫu số 04 (Thông tư 01/2018/TT-VPCP)" in text
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI" in text
    assert "UBND XÃ MỚI" in text


def test_new_request_after_the_switch_keeps_the_form_set_of_the_dossier(training_folder):
    """A dossier keeps what it came in under (decision 54)."""
    office_file(training_folder, 'form_set = "2025"\nform_set_from = 2026-02-11')
    with desk_session(training_folder) as desk:
        code = run_history(desk, "supplement")
        assert "Mẫu số 02 (Thông tư 01/2018/TT-VPCP)" in pdf_text(printed(desk, code, "supplement", NEXT))
        assert "Mẫu số 02 (Thông tư 01/2018/TT-VPCP)" in pdf_text(printed(desk, code, "supplement", LATER))
        desk.act(code, "supplement", LATER)
        desk.act(code, "ask-supplement", LATER, note="Thêm một giấy")
        text = pdf_text(printed(desk, code, "supplement", LATER))
        later = run_history(desk, "supplement", LATER)
        new = pdf_text(printed(desk, later, "supplement", LATER))
    assert "Mẫu số 02 (Thông tư 01/2018/TT-VPCP)" in text
    assert "In lại" not in text
    assert "Mẫu số 02 (Thông tư 03/2025/TT-VPCP)" in new


def test_form_set_switches_on_its_day(training_folder):
    office_file(training_folder, 'form_set = "2025"\nform_set_from = "2026-02-11"')
    with desk_session(training_folder) as desk:
        code = desk.take_in().code
        desk.act(code, "send", NOON, to=OFFICER)
        other = desk.take_in(LATER).code
        assert "Mẫu số 05 (Thông tư 01/2018/TT-VPCP)" in pdf_text(printed(desk, code, "control", NEXT))
        assert "Mẫu số 06 (Thông tư 03/2025/TT-VPCP)" in pdf_text(printed(desk, other, "control", LATER))
        assert "Mẫu số 05 (Thông tư 01/2018/TT-VPCP)" in pdf_text(printed(desk, code, "control", LATER))


def test_preview_equals_the_next_print(desk):
    code = desk.take_in().code
    printed(desk, code, "receipt", NEXT)
    seen = desk.office.write(preview_paper, PreviewPaper(code, PaperForm.RECEIPT), LATER).pdf
    assert pdf_text(seen) == pdf_text(printed(desk, code, "receipt", LATER))
    assert "In lại lần 1" in pdf_text(seen)


def test_print_of_an_earlier_payment_is_no_reprint_of_a_later_one(desk):
    code = desk.take_in(fee=150_000).code
    desk.act(code, "pay", NOON, amount=100_000, receipt="05/0001234")
    printed(desk, code, "fee", NOON)
    desk.act(code, "pay", NEXT, amount=50_000, receipt="05/0001235")
    assert "In lại" not in pdf_text(printed(desk, code, "fee", NEXT))
    assert "(In lại lần 1)" in pdf_text(printed(desk, code, "fee", LATER))
