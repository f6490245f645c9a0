"""Receipts of a supplement and of several dossiers."""

from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.printing.document_values.registry import form_of
from app.printing.documents.serialize import from_json, to_json
from app.printing.render import render
from tests.printing import form_words as words
from tests.printing.form_words import ALL_ASKED, OFFICE_COPY, SUBMITTER_COPY, default_copies
from tests.support import document_samples
from tests.support.other_document_samples import BATCH, BATCH_ROW, CUSTOMER_FORMS, LONG_PARTY, SUPPLEMENT_RECEIPT
from tests.support.pdf_reading import pages, scan_codes

SIZES = list(PaperSize)
IN_ORDER = {
    "supplement_receipt": [
        "ĐÃ NHẬN GIẤY TỜ BỔ SUNG",
        f"Mã hồ sơ: {document_samples.CODE}",
        "Đã nhận giấy tờ bổ sung của Ông (Bà)/Tổ chức: Huỳnh Thị Ẫm Ỷ",
        "Hồ sơ của: Đặng Hữu Khoẵng",
        "Theo yêu cầu: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ ngày 12 tháng 02 năm 2026",
        "1. Bản chính Giấy chứng sinh",
        "2. Tờ khai có chữ ký",
        "Thời gian nhận giấy tờ bổ sung: 14 giờ 05 phút, ngày 24 tháng 02 năm 2026",
        "Thời gian trả kết quả đã hẹn trước đây: 17 giờ 00 phút, ngày 13 tháng 02 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 25 tháng 02 năm 2026",
        "Lý do: Hồ sơ đã đủ giấy tờ; thời hạn giải quyết (1 ngày làm việc) được tính lại từ đầu",
        "NGƯỜI NỘP GIẤY TỜ",
        "Trần Thị Bình",
    ],
    "batch": [
        "GIẤY TIẾP NHẬN NHIỀU HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Huỳnh Thị Ẫm Ỷ",
        "Thời gian nhận hồ sơ: 09 giờ 30 phút – 09 giờ 41 phút, ngày 12 tháng 02 năm 2026",
        "Số hồ sơ đã nhận: 03 hồ sơ",
        "1. H29.12-260212-0001 · Sổ theo dõi quyển 01/2026, số 147",
        "2. H29.12-260212-0002",
        "Chủ hồ sơ: Đặng Hữu Khoẵng",
        "Hẹn trả: 17 giờ 00 phút, ngày 13/02/2026",
        "Phí, lệ phí: Không thu",
        "3. H29.12-260212-0003",
        "Hẹn trả: Chưa ấn định",
        "Phí, lệ phí: chưa xác định",
        "Tổng phí, lệ phí: 8.000 đ (tám nghìn đồng); còn 01 hồ sơ chưa xác định mức thu",
        "Trần Thị Bình",
    ],
}


def printed_text(doc, paper=PaperSize.A4):
    return " ".join("\n".join(page.text for page in pages(render(doc, paper, [OFFICE_COPY]))).split())


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("name", IN_ORDER)
def test_lines_are_in_order_on_every_paper_size(name, paper):
    text, place = printed_text(CUSTOMER_FORMS[name], paper), 0
    for part in IN_ORDER[name]:
        position = text.find(part, place)
        assert position >= 0, part
        place = position


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("name", CUSTOMER_FORMS)
def test_office_and_submitter_copies_are_one_page_each(name, paper):
    doc = CUSTOMER_FORMS[name]
    assert default_copies(doc) == (OFFICE_COPY, SUBMITTER_COPY)
    assert default_copies(doc, 1) == (SUBMITTER_COPY,)
    assert form_of(doc) == name.replace("_", "-")
    first, second = pages(render(doc, paper))
    assert words.COPY_TO_KEEP in first.text
    assert words.COPY_TO_SUBMITTER in second.text


@pytest.mark.parametrize("name", CUSTOMER_FORMS)
def test_stored_documents_reprint_identically(name):
    doc = replace(CUSTOMER_FORMS[name], identity=replace(CUSTOMER_FORMS[name].identity, reprint=2, training=True))
    assert from_json(to_json(doc)) == doc
    text = printed_text(doc)
    assert "In lại lần 2" in text
    assert words.TRAINING in text.split()


@pytest.mark.parametrize("paper", SIZES)
def test_every_dossier_of_a_batch_has_its_own_barcode(paper):
    (scanned,) = scan_codes(render(BATCH, paper, [OFFICE_COPY]))
    assert sorted(text for kind, text in scanned if "128" in kind) == [row.key for row in BATCH.rows]
    assert [text for kind, text in scanned if "QR" in kind] == [BATCH.identity.qr_text]


@pytest.mark.parametrize("paper", SIZES)
def test_supplement_receipt_scans(paper):
    (scanned,) = scan_codes(render(SUPPLEMENT_RECEIPT, paper, [OFFICE_COPY]))
    assert sorted(text for _, text in scanned) == sorted([document_samples.KEY, SUPPLEMENT_RECEIPT.identity.qr_text])


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_fifty_dossiers_span_pages_without_splitting_a_row(paper):
    rows = tuple(
        replace(
            BATCH_ROW,
            code=f"H29.12-260212-{n:04d}",
            key=f"63012602120{n:05d}",
            applicant=LONG_PARTY.name if n % 9 == 0 else BATCH_ROW.applicant,
        )
        for n in range(1, 51)
    )
    pdf = render(replace(BATCH, submitter=LONG_PARTY, rows=rows), paper, [OFFICE_COPY])
    for page, scanned in zip(pages(pdf), scan_codes(pdf), strict=True):
        page_rows = [row for row in rows if row.code in page.text]
        assert sorted(text for kind, text in scanned if "128" in kind) == [row.key for row in page_rows]
        assert page.text.count("Phí, lệ phí: 8.000 đ") == len(page_rows)
    assert "bốn trăm nghìn đồng" in pages(pdf)[-1].text


@pytest.mark.parametrize(
    ("clock", "due", "reason"),
    [
        ("pause", "2026-02-26T17:00:00+07:00", "ngày hẹn trả được lùi tương ứng."),
        ("none", "2026-02-13T17:00:00+07:00", "không làm thay đổi thời gian hẹn trả"),
        ("restart", "2026-02-13T17:00:00+07:00", "không làm thay đổi thời gian hẹn trả"),
    ],
)
def test_due_date_reason(clock, due, reason):
    text = printed_text(replace(SUPPLEMENT_RECEIPT, clock=clock, due_at=due))
    assert reason in text
    assert ("đã hẹn trước đây" in text) == (clock == "pause")


def test_missing_due_date_has_no_reason():
    text = printed_text(replace(SUPPLEMENT_RECEIPT, due_at=None, promised_at=None, items=(), asked_at=""))
    assert "Chưa ấn định" in text
    assert "Lý do" not in text
    assert f"1. {ALL_ASKED}" in text
    assert "Theo yêu cầu" not in text


def test_return_place_is_printed_per_dossier_when_they_differ():
    first, *others = BATCH.rows
    text = printed_text(replace(BATCH, rows=(replace(first, return_by="post"), *others)))
    assert text.count("Nhận kết quả tại:") == 3
    assert "Đăng ký nhận kết quả tại" not in text


@pytest.mark.parametrize(
    ("fees", "total"),
    [
        ((8000, 5000), "13.000 đ (mười ba nghìn đồng)"),
        ((0, 0), "0 đ (không đồng)"),
        ((None, None), "chưa xác định"),
    ],
)
def test_total_excludes_unknown_fees(fees, total):
    rows = tuple(replace(BATCH_ROW, fee=fee) for fee in fees)
    assert f"Tổng phí, lệ phí: {total} Tra cứu" in printed_text(replace(BATCH, rows=rows))
