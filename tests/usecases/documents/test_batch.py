"""Receipts of several dossiers of one visit, and supplement receipts."""

import pytest

from app.bootstrap import main
from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.usecases.documents.prepare import (
    PrepareBatch,
    PreparePaper,
    RecordPrints,
    prepare_batch,
    prepare_paper,
    read_codes,
    record_prints,
)
from app.usecases.documents.print_queue import (
    ListUnprinted,
    PreviewPaper,
    RenderWaiting,
    list_unprinted,
    preview_paper,
    render_waiting,
)
from app.wording.refusals import error_sentence
from tests.support.offices import PERSON, at, json_lines
from tests.support.pdf_reading import pdf_text

NOON, NEXT = at("2026-02-09T10:00"), at("2026-02-10T09:00")
BROTHER = {**PERSON, "name": "Đào Văn Ổn", "id_number": "048092001122", "phone": "0912 000 111"}
CHILD = {**PERSON, "name": "Đào Thị Bé", "id_number": "048210001122"}


def batch(desk, *codes, when=NOON, **options):
    return desk.office.write(prepare_batch, PrepareBatch(tuple(codes), **options), when)


def visit(desk):
    first = desk.take_in(fee=8000)
    second = desk.take_in(at("2026-02-09T08:20"), applicant=CHILD, submitter=PERSON, procedure="1.001193", fee=0)
    return first, second


def test_batch_receipt_lists_all_dossiers_of_a_visit(desk):
    first, second = visit(desk)
    prepared = batch(desk, second.code, first.code, first.code)
    assert (prepared.form, prepared.copies, prepared.pages, prepared.paper) == (PaperForm.BATCH, 2, 2, PaperSize.A5)
    text = pdf_text(prepared.pdf)
    assert text.index(first.code) < text.index(second.code)
    assert "Số hồ sơ đã nhận: 02 hồ sơ" in text
    assert "Chủ hồ sơ: Đào Thị Bé" in text
    assert "08 giờ 00 phút – 08 giờ 20 phút, ngày 09 tháng 02 năm 2026" in text
    assert "Tổng phí, lệ phí: 8.000 đ (tám nghìn đồng)" in text
    for page in read_codes(prepared.pdf):
        assert sorted(page.barcodes) == sorted([first.key, second.key])
        assert f"Mã hồ sơ: {first.code}; {second.code}" in page.qr_codes[0]
        assert "048*****4217" in page.qr_codes[0]


def test_batch_receipt_is_recorded_with_each_dossier(desk):
    first, second = visit(desk)
    batch(desk, first.code, second.code)
    for code in (first.code, second.code):
        assert [(each.form, each.copy) for each in desk.show(code).prints] == [("batch", 1), ("batch", 2)]
    again = pdf_text(batch(desk, second.code, first.code, when=NEXT).pdf)
    assert "(Liên 1: Lưu · In lại lần 1)" in again
    from_one = pdf_text(desk.office.write(prepare_paper, PreparePaper(second.code, PaperForm.BATCH), NEXT).pdf)
    assert "In lại lần 2" in from_one
    assert first.code in from_one
    third = desk.take_in(at("2026-02-09T11:00"))
    assert "In lại" not in pdf_text(batch(desk, first.code, second.code, third.code).pdf)
    assert "In lại lần 3" in pdf_text(batch(desk, first.code, second.code).pdf)


def test_batch_receipt_preview_writes_nothing(desk):
    first, second = visit(desk)
    batch(desk, first.code, second.code)
    before = desk.contents()
    seen = desk.office.read(preview_paper, PreviewPaper(second.code, PaperForm.BATCH), NEXT)
    assert desk.contents() == before
    assert first.code in pdf_text(seen.pdf)


def test_unprinted_batch_receipt_is_one_queue_entry(desk):
    first, second = visit(desk)
    prepared = batch(desk, first.code, second.code)
    (waiting,) = desk.office.read(list_unprinted, ListUnprinted(), NOON)
    assert (waiting.code, waiting.copies, waiting.print_ids) == (first.code, 2, prepared.print_ids)
    drawn = desk.office.read(render_waiting, RenderWaiting(waiting.print_ids), NOON)
    assert (drawn.pdf, drawn.copies, drawn.print_ids) == (prepared.pdf, 2, prepared.print_ids)
    desk.office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED), NOON)
    assert desk.office.read(list_unprinted, ListUnprinted(), NOON) == ()
    assert {each.status for each in desk.show(second.code).prints} == {PrintStatus.PRINTED}


def test_two_unprinted_batch_receipts_are_two_queue_entries(desk):
    first, second = visit(desk)
    third = desk.take_in(at("2026-02-09T11:00"))
    one = batch(desk, first.code, second.code)
    other = batch(desk, first.code, third.code, when=at("2026-02-09T10:01"))
    waiting = desk.office.read(list_unprinted, ListUnprinted(), NOON)
    assert [each.print_ids for each in waiting] == [one.print_ids, other.print_ids]
    assert third.code in pdf_text(desk.office.read(render_waiting, RenderWaiting(other.print_ids), NOON).pdf)


def other_submitter(desk):
    return desk.take_in(submitter=BROTHER).code


def other_day(desk):
    return desk.take_in(NEXT).code


def void(desk):
    code = desk.take_in().code
    desk.act(code, "void", NOON, note="Nhầm")
    return code


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (other_submitter, "batch_submitters_differ"),
        (other_day, "batch_days_differ"),
        (void, "batch_void"),
        (lambda _desk: "H29.12-260209-9999", "dossier_unknown"),
    ],
)
def test_dossiers_of_different_visits_are_refused(desk, other, why):
    codes = [desk.take_in().code, other(desk)]
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        batch(desk, *codes, when=NEXT)
    assert refused.value.code == why
    assert codes[1] in error_sentence(refused.value)
    assert desk.contents() == before


@pytest.mark.parametrize(("codes", "why"), [((), "batch_one"), (("same",), "batch_one"), (("same",) * 2, "batch_one")])
def test_batch_receipt_of_one_dossier_is_refused(desk, codes, why):
    code = desk.take_in().code
    with pytest.raises(Refusal) as refused:
        batch(desk, *(code for _ in codes))
    assert refused.value.code == why


@pytest.mark.parametrize(("options", "why"), [({"copies": 0}, "copies_range"), ({"copies": 21}, "copies_range")])
def test_copies_out_of_range_are_refused(desk, options, why):
    first, second = visit(desk)
    with pytest.raises(Refusal) as refused:
        batch(desk, first.code, second.code, **options)
    assert refused.value.code == why


def test_batch_receipt_of_more_than_50_dossiers_is_refused(desk):
    codes = [desk.take_in().code for _ in range(51)]
    with pytest.raises(Refusal) as refused:
        batch(desk, *codes)
    assert refused.value.code == "batch_too_many"
    assert "50" in error_sentence(refused.value)
    assert batch(desk, *codes[:50], copies=1).pages > 1


def test_people_without_numbers_are_compared_by_name_and_phone(desk):
    nameless = {key: value for key, value in PERSON.items() if key != "id_number"}
    first = desk.take_in(applicant=nameless)
    second = desk.take_in(applicant={**nameless, "name": "ĐÀO THỊ ẪM", "phone": "0905.123.456"})
    assert batch(desk, first.code, second.code).copies == 2
    third = desk.take_in(applicant={**nameless, "phone": "0905 999 999"})
    with pytest.raises(Refusal):
        batch(desk, first.code, third.code)


def test_batch_receipt_command(desk, tmp_path, capsys):
    first, second = visit(desk)
    out = tmp_path / "chung.pdf"
    words = ["print", "batch", first.code, second.key, "--out", str(out), "--paper", "80mm", "--copies", "1"]
    assert main([*words, "--data", str(desk.folder), "--now", "2026-02-09T10:00", "--json"]) == 0
    assert json_lines(capsys.readouterr().out) == [{"file": str(out), "form": "batch", "pages": 1, "copies": 1}]
    assert {each.status for each in desk.show(first.code).prints} == {PrintStatus.PRINTED}


# --- supplement receipts


def request_supplement(desk, note="Tờ khai; bản chính giấy chứng sinh; Lý do: còn thiếu", **values):
    code = desk.take_in(**values).code
    desk.act(code, "ask-supplement", NOON, note=note)
    return code


def supplement(desk, code, when=NEXT):
    return desk.office.write(prepare_paper, PreparePaper(code, PaperForm.SUPPLEMENT_RECEIPT), when)


def test_supplement_receipt_without_supplement_is_refused(desk):
    code = request_supplement(desk)
    with pytest.raises(Refusal) as refused:
        supplement(desk, code)
    assert refused.value.code == "paper_not_supplemented"


def test_supplement_receipt_lists_papers_and_new_due_date(desk):
    code = request_supplement(desk)
    desk.act(code, "supplement", NEXT)
    prepared = supplement(desk, code)
    text = pdf_text(prepared.pdf)
    assert "1. Tờ khai 2. bản chính giấy chứng sinh Thời gian nhận" in text
    assert "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ ngày 09 tháng 02 năm 2026" in text
    assert "đã hẹn trước đây: 17 giờ 00 phút, ngày 23 tháng 02 năm 2026" in text
    assert "giải quyết hồ sơ: 17 giờ 00 phút, ngày 24 tháng 02 năm 2026 Lý do: Hồ sơ đã đủ giấy tờ" in text
    assert "(5 ngày làm việc) được tính lại từ đầu" in text
    assert "Số: 01/XNBS-BPTNTKQ" in text
    assert "Hẹn trả: 24/02/2026 17:00" in read_codes(prepared.pdf)[0].qr_codes[0]
    assert prepared.copies == 2


def test_supplement_receipt_lists_the_clerks_note(desk):
    code = request_supplement(desk)
    desk.act(code, "supplement", NEXT, note="Tờ khai đã ký\nGiấy chứng sinh bản chính")
    assert "1. Tờ khai đã ký" in pdf_text(supplement(desk, code).pdf)


def test_later_apology_does_not_change_the_supplement_receipt(desk):
    code = request_supplement(desk)
    desk.act(code, "supplement", NEXT)
    first = pdf_text(supplement(desk, code).pdf)
    desk.act(code, "apologise", NEXT, note="Chờ", until=at("2026-02-27T00:00").date())
    again = supplement(desk, code, at("2026-02-11T09:00"))
    assert pdf_text(again.pdf).replace(" · In lại lần 1", "") == first


def test_second_supplement_has_its_own_receipt(desk):
    code = request_supplement(desk)
    desk.act(code, "supplement", NEXT)
    supplement(desk, code)
    later = at("2026-02-11T09:00")
    desk.act(code, "ask-supplement", later, note="Ảnh 3x4")
    desk.act(code, "supplement", at("2026-02-12T09:00"))
    text = pdf_text(supplement(desk, code, at("2026-02-12T09:05")).pdf)
    assert "In lại" not in text
    assert "1. Ảnh 3x4" in text
    assert "Thời gian nhận giấy tờ bổ sung: 09 giờ 00 phút, ngày 12 tháng 02 năm 2026" in text


def test_supplement_receipt_without_due_date(desk):
    code = request_supplement(desk, term={"limit": None, "unit": "unknown"})
    desk.act(code, "supplement", NEXT)
    text = pdf_text(supplement(desk, code).pdf)
    assert "Lý do:" not in text
    assert "chưa xác định được thời hạn" in text


def test_journal_records_the_effect_of_a_supplement_on_the_term(desk):
    code = request_supplement(desk)
    desk.act(code, "supplement", NEXT)
    ((facts,),) = desk.rows("SELECT facts FROM event WHERE action = 'supplement'")
    assert '"supplement_clock":"restart"' in facts
    assert desk.check().ok
