"""Codes are read back from pages rendered at 203 dpi (S10)."""

import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.layout.barcode import DOT, key_barcode, qr, qr_rows
from app.printing.render import lay_out_pages, render
from tests.printing.form_words import OFFICE_COPY, SINGLE_COPY, SUBMITTER_COPY
from tests.support import document_samples, other_document_samples
from tests.support.pdf_reading import scan_codes

KEY = ("Code 128", document_samples.KEY)
QR = ("QR Code", document_samples.QR_TEXT)
STORED = ("QR Code", document_samples.STORE_QR)
SHEETS = [PaperSize.A4, PaperSize.A5]


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("paper", SHEETS)
def test_receipt_copies_scan_and_only_the_office_copy_has_the_archive_code(paper, training):
    doc = replace(document_samples.RECEIPT, identity=replace(document_samples.IDENTITY, training=training))
    assert scan_codes(render(doc, paper)) == [sorted([KEY, QR, STORED]), sorted([KEY, QR])]


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("paper", SHEETS)
def test_control_slip_scans(paper, training):
    doc = replace(document_samples.SLIP, identity=replace(document_samples.IDENTITY, training=training))
    assert scan_codes(render(doc, paper)) == [sorted([KEY, QR, STORED])]


@pytest.mark.parametrize("training", [False, True])
def test_roll_receipt_scans(training):
    doc = replace(document_samples.RECEIPT, identity=replace(document_samples.IDENTITY, training=training))
    assert scan_codes(render(doc, PaperSize.ROLL_80, [SUBMITTER_COPY])) == [sorted([KEY, QR])]


@pytest.mark.parametrize("dots", [300, 600])
def test_receipt_scans_at_laser_resolution(dots):
    assert scan_codes(render(document_samples.RECEIPT, PaperSize.A5, [OFFICE_COPY]), dots) == [
        sorted([KEY, QR, STORED])
    ]


@pytest.mark.parametrize("paper", list(PaperSize))
def test_qr_code_is_upper_left_in_whole_dots(paper):
    page = lay_out_pages(document_samples.RECEIPT, paper, [SUBMITTER_COPY])[0]
    left, top, symbol = page.codes[0]
    assert symbol.modules_wide == symbol.modules_high
    assert symbol.module == pytest.approx(4 * DOT)
    assert left / DOT == pytest.approx(round(left / DOT))
    assert top + symbol.height < page.height / 3
    if paper is not PaperSize.ROLL_80:
        assert left + symbol.width < page.width / 2


def test_key_barcode_has_123_modules_of_three_dots():
    symbol = key_barcode(document_samples.KEY, 30)
    assert symbol.modules_wide == 123
    assert symbol.width == pytest.approx(123 * 3 * 72 / 203)
    assert symbol.quiet == pytest.approx(30 * 72 / 203)


@pytest.mark.parametrize("wrong", ["", "123", "630126021200001x", "63012602120000155"])
def test_malformed_key_raises_value_error(wrong):
    with pytest.raises(ValueError, match="16 digits"):
        key_barcode(wrong, 30)


def test_wide_qr_code_shrinks_or_is_refused():
    assert qr("x" * 900, 150).module == pytest.approx(3 * DOT)
    with pytest.raises(Refusal) as refused:
        qr("x" * 2300, 50)
    assert refused.value.code == "paper_qr_too_long"
    with pytest.raises(Refusal):
        qr("x" * 5000, 1000)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("name", other_document_samples.SAMPLES)
def test_every_other_document_scans(name, paper, training):
    doc = other_document_samples.SAMPLES[name]
    doc = replace(doc, identity=replace(doc.identity, training=training))
    first, *further = scan_codes(render(doc, paper))
    assert first == sorted([("QR Code", doc.identity.qr_text), *([KEY] if doc.identity.key else [])])
    assert all(read == ([KEY] if doc.identity.key else []) for read in further)


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("name", other_document_samples.SAMPLES)
def test_qr_code_of_every_document_is_upper_left(name, paper):
    page = lay_out_pages(other_document_samples.SAMPLES[name], paper, [SINGLE_COPY])[0]
    left, top, symbol = page.codes[0]
    assert symbol.modules_wide == symbol.modules_high
    assert left + symbol.width < page.width / 2
    assert top + symbol.height < page.height / 2


def test_document_without_dossier_has_no_barcode():
    doc = replace(document_samples.SLIP, identity=replace(document_samples.IDENTITY, key="", code="", store_qr=""))
    assert scan_codes(render(doc, PaperSize.A5, [SINGLE_COPY])) == [[QR]]


@pytest.mark.parametrize("training", [False, True])
def test_black_and_white_roll_scans_and_shows_the_watermark(training):
    doc = replace(document_samples.RECEIPT, identity=replace(document_samples.IDENTITY, training=training))
    picture = rendered_page(render(doc, PaperSize.ROLL_80, [SUBMITTER_COPY]))
    assert picture.width == 640
    assert not any(picture.crop((0, 0, 31, picture.height)).histogram()[:128])
    read = sorted((str(code.format), code.text) for code in zxingcpp.read_barcodes(picture))
    assert read == sorted([KEY, QR])


def test_training_watermark_is_outlined_on_a_roll():
    plain, trained = (
        rendered_page(
            render(
                replace(document_samples.RECEIPT, identity=replace(document_samples.IDENTITY, training=mark)),
                PaperSize.ROLL_80,
            )
        )
        for mark in (False, True)
    )
    assert trained.histogram()[0] > plain.histogram()[0] + 1000


def rendered_page(pdf):
    """Return the first page in black and white at 203 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=203 / 72, grayscale=True).to_pil()
    finally:
        document.close()
    return picture.point(lambda grey: 0 if grey < 128 else 255)


@given(st.text(min_size=1, max_size=400))
def test_a_code_is_drawn_as_the_dark_runs_of_its_rows(text: str) -> None:
    rows = qr_rows(text)
    runs = [
        f"{run.start()} {len(rows) - number} {len(run[0])} 1 re"
        for number, row in enumerate(rows, 1)
        for run in re.finditer("1+", row)
    ]
    assert qr(text, 1000).path == f"n {' '.join(runs)} f"
