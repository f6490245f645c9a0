"""Documents of a dossier: content, reprints and refusals."""

import pytest

from app.bootstrap import main
from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.services.documents.letters import counter_refusal_slip
from app.services.documents.office_forms import forms_on
from app.services.documents.prepared import render_unrecorded
from app.services.intake.command import AcceptDossier
from app.storage import office_settings
from app.usecases.documents.prepare import (
    PrepareHandoverList,
    PreparePaper,
    prepare_handover_list,
    prepare_paper,
    read_codes,
)
from app.usecases.documents.register import PrepareRegister, prepare_register
from app.wording.refusals import SENTENCES, error_sentence
from tests.support.offices import MORNING, PERSON, at, desk_session, intake_line, json_lines
from tests.support.pdf_reading import pdf_text

NOON = at("2026-02-09T10:00")
NEXT = at("2026-02-10T09:00")
CLERK = "tap-huan"
OFFICER = "Phòng Tư pháp (Lê Đình Quỹ)"
BROTHER = {**PERSON, "name": "Đào Văn Ổn", "id_number": "048092001122", "phone": "0912 000 111"}


def printed(desk, code, form, when=NEXT, **options):
    return desk.office.write(prepare_paper, PreparePaper(code, PaperForm(form), **options), when)


def text_of(desk, code, form, when=NEXT):
    return pdf_text(printed(desk, code, form, when).pdf)


def refusal_of(desk, code, form, when=NEXT):
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        printed(desk, code, form, when)
    assert desk.contents() == before
    return refused.value.code


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("supplement", "paper_no_supplement"),
        ("refusal", "paper_not_refused"),
        ("apology", "paper_not_apologised"),
        ("stop", "paper_not_stopped"),
        ("handover", "paper_not_sent"),
        ("return", "paper_not_returned"),
        ("fee", "paper_nothing_paid"),
    ],
)
def test_form_of_an_event_that_did_not_happen_is_refused(desk, form, why):
    assert refusal_of(desk, desk.take_in().code, form) == why
    assert why in SENTENCES
    assert error_sentence(Refusal(why)).endswith(".")


def test_supplement_request_is_split_into_points(desk):
    code = desk.take_in().code
    note = "Bản chính giấy chứng sinh; Tờ khai có chữ ký; Lý do: giấy đã nộp là bản chụp"
    desk.act(code, "ask-supplement", NOON, note=note)
    text = text_of(desk, code, "supplement")
    assert "1. Bản chính giấy chứng sinh 2. Tờ khai có chữ ký Lý do: giấy đã nộp là bản chụp." in text
    assert f"liên hệ với {CLERK}, số điện thoại 0200 000 002" in text
    assert "Số: 01/PBS-BPTNTKQ" in text


def test_second_supplement_request_is_no_reprint(desk):
    code = desk.take_in().code
    desk.act(code, "ask-supplement", NOON, note="Tờ khai")
    assert "In lại" not in text_of(desk, code, "supplement")
    assert "(In lại lần 1)" in text_of(desk, code, "supplement")
    desk.act(code, "supplement", NEXT)
    desk.act(code, "ask-supplement", NEXT, note="Tờ khai")
    assert "In lại" not in text_of(desk, code, "supplement")


def test_refusal_after_appraisal(desk):
    code = desk.take_in(submitter=BROTHER).code
    desk.act(code, "send", NOON, to=OFFICER)
    desk.act(code, "refuse", NEXT, note="Không thuộc thẩm quyền giải quyết")
    text = text_of(desk, code, "refusal")
    assert f"Mã hồ sơ (nếu có): {code}" in text
    assert "từ chối giải quyết hồ sơ này với lý do cụ thể như sau: Không thuộc thẩm quyền giải quyết." in text
    assert "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Đào Văn Ổn" in text
    desk.act(code, "return", NEXT)
    assert "Không thuộc thẩm quyền" in text_of(desk, code, "refusal")
    assert "Thông báo từ chối giải quyết hồ sơ" in text_of(desk, code, "return")


def test_refusal_at_the_counter_needs_no_dossier(desk):
    def draw(query, context, work):
        version = forms_on(work, context.office, context.today).version(PaperForm.REFUSAL)
        document = counter_refusal_slip(
            query, "Đăng ký khai sinh", " Thiếu  bản chính ", 7, version, office_settings.settings(work), context
        )
        return render_unrecorded(document, version.layout, PaperForm.REFUSAL, PaperSize.A5)

    before = desk.contents()
    prepared = desk.office.read(draw, AcceptDossier.read(intake_line(submitter=BROTHER), NOON.date()), NOON)
    assert desk.contents() == before
    assert prepared.print_ids == ()
    text = pdf_text(prepared.pdf)
    assert "không tiếp nhận hồ sơ này với lý do cụ thể như sau: Thiếu bản chính." in text
    assert "Đào Văn Ổn" in text
    assert "H29.12-" not in text
    (page,) = read_codes(prepared.pdf)
    assert page.barcodes == ()
    assert "Giấy: Phiếu từ chối tiếp nhận giải quyết hồ sơ" in page.qr_codes[0]
    assert "Chữ ký: " in page.qr_codes[0]


def test_apology_shows_the_old_and_the_new_date(desk):
    code = desk.take_in().code
    desk.act(code, "apologise", NOON, note="Chờ văn bản phối hợp", until=at("2026-02-25T00:00").date())
    text = text_of(desk, code, "apology")
    assert "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 23 tháng 02 năm 2026" in text
    assert "vào ngày 25 tháng 02 năm 2026." in text
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in text
    assert "- Lưu: VT, hồ sơ. Phạm Văn Mẫu" in text
    assert f"mã số hồ sơ: {code}" in text


def test_apology_keeps_its_dates_after_a_supplement(desk):
    code = desk.take_in().code
    desk.act(code, "apologise", NOON, note="Chờ", until=at("2026-02-25T00:00").date())
    first = text_of(desk, code, "apology")
    desk.act(code, "ask-supplement", NOON, note="Tờ khai")
    desk.act(code, "supplement", at("2026-02-26T09:00"))
    again = text_of(desk, code, "apology", at("2026-02-26T10:00"))
    assert again.replace("(In lại lần 1) ", "") == first


def test_apology_without_signer_is_refused(training_folder):
    with set_office_line(training_folder, 'signer = ""') as desk:
        code = apologised(desk)
        assert refusal_of(desk, code, "apology") == "paper_signer_missing"


def test_older_form_set_names_the_apology_in_its_qr_code(training_folder):
    with set_office_line(training_folder, 'form_set = "2018"') as desk:
        pdf = printed(desk, apologised(desk), "apology").pdf
        assert "Mẫu số 04 (Thông tư 01/2018/TT-VPCP)" in pdf_text(pdf)
        assert "Giấy: Phiếu xin lỗi và hẹn lại ngày trả kết quả" in read_codes(pdf)[0].qr_codes[0]


def set_office_line(folder, line):
    """Open an office with one more line in its file."""
    file = folder / "office.toml"
    file.write_text(f"{line}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    return desk_session(folder)


def apologised(desk):
    code = desk.take_in().code
    desk.act(code, "apologise", NOON, until=at("2026-02-25T00:00").date())
    return code


@pytest.mark.parametrize(("act", "reason"), [("stop", "dừng giải quyết hồ sơ"), ("withdraw", "rút hồ sơ")])
def test_stop_at_the_request_of_the_citizen(desk, act, reason):
    code = desk.take_in().code
    desk.act(code, act, NOON, note="Chuyển nơi cư trú")
    text = text_of(desk, code, "stop")
    assert f"nhận được đề nghị {reason} của" in text
    assert "hồ sơ nêu trên từ 10 giờ 00 phút, ngày 09 tháng 02 năm 2026" in text
    assert "Chuyển nơi cư trú." in text
    desk.act(code, "return", NEXT)
    assert "Chuyển nơi cư trú." in text_of(desk, code, "stop")
    assert "Giấy tờ đã nộp" in text_of(desk, code, "return")


def test_each_hand_over_has_its_own_slip(desk):
    code = desk.take_in(return_by="post").code
    desk.act(code, "send", NOON, to=OFFICER)
    text = text_of(desk, code, "handover")
    assert f"Bên giao: Bộ phận Một cửa ({CLERK}) Bên nhận: {OFFICER}" in text
    assert "10 giờ 00 phút, ngày 09 tháng 02 năm 2026" in text
    assert "qua bưu điện: Có" in text
    desk.act(code, "receive", NEXT)
    assert "(In lại lần 1)" in text_of(desk, code, "handover")
    desk.act(code, "finish", NEXT)
    back = text_of(desk, code, "handover")
    assert f"Bên giao: {OFFICER} Bên nhận: Bộ phận Một cửa" in back
    assert "Kết quả: Có kết quả giải quyết" in back
    assert "In lại" not in back


def test_recalled_hand_over_has_no_slip(desk):
    code = desk.take_in().code
    desk.act(code, "send", NOON, to=OFFICER)
    desk.act(code, "take-back", NOON)
    assert refusal_of(desk, code, "handover") == "paper_not_sent"
    desk.act(code, "send", NOON, to=OFFICER)
    desk.act(code, "ask-supplement", NOON, note="Tờ khai")
    assert refusal_of(desk, code, "handover") == "paper_not_sent"
    assert OFFICER not in text_of(desk, code, "control")


def test_control_slip_shows_the_return_for_a_supplement(desk):
    code = desk.take_in().code
    desk.act(code, "send", NOON, to=OFFICER)
    desk.act(code, "receive", NOON)
    desk.act(code, "ask-supplement", NEXT, note="Tờ khai; bản chính")
    assert f"1. Giao: {OFFICER} 2. Nhận: Bộ phận Một cửa" in text_of(desk, code, "control").replace("2.Nhận", "2. Nhận")


def test_hand_over_list_has_all_dossiers(desk):
    codes = [desk.take_in().code for _ in range(3)]
    for code in codes:
        desk.act(code, "send", NOON, to=OFFICER)
    prepared = desk.office.write(prepare_handover_list, PrepareHandoverList(tuple(codes)), NEXT)
    assert [line.form for code in codes for line in desk.show(code).prints] == [PaperForm.HANDOVER_LIST] * 3
    text = pdf_text(prepared.pdf)
    assert all(code in text for code in codes)
    assert f"Bên nhận: {OFFICER}" in text
    assert "Tổng số: 3 hồ sơ." in text
    assert "Số hồ sơ: 3" in read_codes(prepared.pdf)[0].qr_codes[0]
    assert (prepared.pages, prepared.copies, prepared.paper) == (1, 1, PaperSize.A4)


def test_hand_over_list_omits_facts_that_differ(desk):
    first, second = desk.take_in().code, desk.take_in().code
    desk.act(first, "send", NOON, to=OFFICER)
    desk.act(second, "send", NEXT, to="Lãnh đạo UBND xã")
    text = pdf_text(desk.office.write(prepare_handover_list, PrepareHandoverList((first, second)), NEXT).pdf)
    assert "Bên nhận: ...." in text
    assert f"Bên giao: Bộ phận Một cửa ({CLERK})" in text


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"codes": ()}, "missing"),
        ({"codes": ("x",) * 501}, "too_many"),
        ({"codes": ("H29.12-260209-9999",)}, "dossier_unknown"),
        ({"copies": 0}, "copies_range"),
        ({"copies": 21}, "copies_range"),
        ({"paper": PaperSize.ROLL_80}, "paper_not_on_roll"),
    ],
)
def test_invalid_hand_over_list_is_refused(desk, values, why):
    code = desk.take_in().code
    desk.act(code, "send", NOON, to=OFFICER)
    with pytest.raises(Refusal) as refused:
        desk.office.write(prepare_handover_list, PrepareHandoverList(**{"codes": (code,), **values}), NEXT)
    assert refused.value.code == why


def test_result_received_by_another_person(desk):
    code = desk.take_in().code
    desk.act(code, "finish", NOON)
    desk.act(
        code, "return", NEXT, received_by="Đào Văn Ổn", receiver_id="048190004299", authority="Giấy ủy quyền số 05"
    )
    text = text_of(desk, code, "return")
    assert "Người nhận kết quả: Đào Văn Ổn" in text
    assert "Số định danh cá nhân/tổ chức: 048190004299" in text
    assert "Giấy tờ ủy quyền (nếu nhận thay): Giấy ủy quyền số 05" in text
    assert "Ngày trả kết quả: 09 giờ 00 phút, ngày 10 tháng 02 năm 2026" in text
    assert "Kết quả giải quyết thủ tục hành chính" in text


def test_result_by_post_shows_the_parcel_number(desk):
    code = desk.take_in(return_by="post").code
    desk.act(code, "finish", NOON)
    desk.act(code, "return", NEXT, authority="EK 000 111 222 VN", note="Đã báo trước")
    text = text_of(desk, code, "return")
    assert "Số hiệu bưu gửi: EK 000 111 222 VN" in text
    assert "Giấy tờ ủy quyền" not in text
    assert "Điện thoại: 0905 123 456" in text


def test_each_payment_has_its_own_receipt(desk):
    code = desk.take_in(fee=150_000).code
    desk.act(code, "pay", NOON, amount=105_000, receipt="05/0001234")
    first = text_of(desk, code, "fee")
    assert "Quyển số: 05 Số biên lai: 0001234" in first
    assert "Số tiền thu lần này: 105.000 đ Viết bằng chữ: Một trăm linh năm nghìn đồng." in first
    assert "Còn phải nộp: 45.000 đ" in first
    assert "(In lại lần 1)" in text_of(desk, code, "fee")
    desk.act(code, "pay", NEXT, amount=45_000)
    second = text_of(desk, code, "fee")
    assert "In lại" not in second
    assert "0001234" not in second
    assert "Bốn mươi lăm nghìn đồng." in second
    assert "Tổng số tiền đã nộp: 150.000 đ Còn phải nộp: Đã nộp đủ" in second


def test_receipt_number_without_a_book(desk):
    code = desk.take_in().code
    desk.act(code, "pay", NOON, amount=2_000, receipt="0001234")
    assert "Quyển số: ............................ Số biên lai: 0001234" in text_of(desk, code, "fee")


@pytest.mark.parametrize("form", ["supplement", "handover", "fee"])
@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_each_form_is_recorded_and_scannable(desk, form, paper):
    dossier = desk.take_in()
    desk.act(dossier.code, "pay", NOON, amount=2_000)
    desk.act(dossier.code, "send", NOON, to=OFFICER)
    desk.act(dossier.code, "receive", NOON)
    desk.act(dossier.code, "ask-supplement", NOON, note="Tờ khai")
    prepared = printed(desk, dossier.code, form, paper=paper, copies=2)
    assert [page.barcodes for page in read_codes(prepared.pdf)] == [(dossier.key,)] * 2
    assert f"Khóa: {dossier.key}" in read_codes(prepared.pdf)[0].qr_codes[0]
    lines = desk.show(dossier.code, NEXT).prints
    assert [(each.form, each.copy) for each in lines] == [(form, 1), (form, 2)]


def test_register_of_a_period(desk):
    early = desk.take_in(at("2026-01-30T09:00")).code
    first, second = desk.take_in().code, desk.take_in(procedure="1.001193").code
    void = desk.take_in().code
    desk.act(void, "void", NOON, note="Nhầm")
    desk.act(first, "finish", NOON)
    desk.act(first, "return", NEXT)
    before = desk.contents()
    query = PrepareRegister(MORNING.date(), NEXT.date())
    drawn = desk.office.read(prepare_register, query, NEXT)
    assert desk.contents() == before
    text = pdf_text(drawn.pdf)
    assert drawn.dossiers == 3
    assert early not in text
    assert all(code in text for code in (first, second, void))
    assert text.count("Lĩnh vực:") == 2
    assert "Đã hủy" in text
    assert "09:00 10/02/2026" in text
    assert "Tổng số: 3 hồ sơ." in text
    assert "Mẫu số 07 (Thông tư 03/2025/TT-VPCP)" in text
    assert "Từ ngày đến ngày: 09/02/2026 - 10/02/2026" in read_codes(drawn.pdf)[0].qr_codes[0]


def test_register_separates_years_and_refuses_a_reversed_period(desk):
    desk.take_in(at("2026-12-30T09:00"))
    desk.take_in(at("2027-01-04T09:00"))
    days = at("2026-12-01T00:00").date(), at("2027-01-31T00:00").date()
    text = pdf_text(desk.office.read(prepare_register, PrepareRegister(*days), at("2027-01-04T10:00")).pdf)
    assert "Quyển số: 01/2026" in text
    assert "Quyển số: 01/2027" in text
    with pytest.raises(Refusal) as refused:
        desk.office.read(prepare_register, PrepareRegister(*reversed(days)), NEXT)
    assert refused.value.code == "period_reversed"


def command(desk, *words):
    return main([*map(str, words), "--data", str(desk.folder), "--now", "2026-02-10T09:00", "--json"])


def test_print_by_command(desk, tmp_path, capsys):
    codes = [desk.take_in().code for _ in range(2)]
    for code in codes:
        desk.act(code, "send", NOON, to=OFFICER)
    out = tmp_path / "giay.pdf"
    for words, form in (
        (("handover", codes[0]), "handover"),
        (("handover", *codes), "handover"),
        (("register", "--from", "2026-02-01", "--to", "2026-02-28"), "register"),
        (("receipt", codes[0]), "receipt"),
    ):
        assert command(desk, "print", *words, "--out", out) == 0
        (answer,) = json_lines(capsys.readouterr().out)
        copies = 2 if form == "receipt" else 1
        assert answer == {"file": str(out), "form": form, "pages": copies, "copies": copies}
        assert out.read_bytes().startswith(b"%PDF")
    assert [each.form for each in desk.show(codes[1], NEXT).prints] == [PaperForm.HANDOVER_LIST]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("fee",), "print_code_missing"),
        (("fee", "A", "B"), "print_one_code"),
        (("register", "A"), "register_no_code"),
        (("register",), "register_period_missing"),
        (("register", "--from", "2026-02-01"), "register_period_missing"),
        (("register", "--from", "2026-02-02", "--to", "2026-02-01"), "period_reversed"),
        (("register", "--from", "2026-02-01", "--to", "2026-02-01", "--copies", "2"), "copies_range"),
        (("register", "--from", "2026-02-01", "--to", "2026-02-01", "--paper", "80mm"), "paper_not_on_roll"),
    ],
)
def test_invalid_print_command_is_refused(desk, tmp_path, capsys, words, why):
    out = tmp_path / "giay.pdf"
    assert command(desk, "print", *words, "--out", out) == 1
    answered = capsys.readouterr()
    assert json_lines(answered.out)[0]["refused"]["code"] == why
    assert "(" + why + ")" not in answered.err
    assert not out.exists()
