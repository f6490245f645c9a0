"""Long documents: pages repeat the code, signatures follow text (S10)."""

from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.render import render
from tests.printing import form_words as words
from tests.printing.form_words import OFFICE_COPY, SINGLE_COPY, SUBMITTER_COPY, default_copies
from tests.support import document_samples
from tests.support.pdf_reading import pages, scan_codes

KEY = ("Code 128", document_samples.KEY)


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_forty_papers_and_a_name_of_300_characters(paper):
    doc = document_samples.long_receipt()
    pdf = render(doc, paper, [OFFICE_COPY])
    printed = pages(pdf)
    assert len(printed) > 1
    for number, page in enumerate(printed, 1):
        assert document_samples.CODE in page.text
        assert document_samples.KEY in page.text
        assert f"Trang {number}/{len(printed)}" in page.text
    assert all(KEY in read for read in scan_codes(pdf))
    together = "".join("".join(page.text for page in printed).split())
    assert "".join(doc.submitter.name.split()) in together
    assert all("".join(row.name.split()) in together for row in doc.papers)
    assert document_samples.PRINCIPAL.authority.replace(" ", "") in together


@pytest.mark.parametrize("papers", range(1, 30, 2))
def test_signatures_follow_text_on_their_page(papers):
    doc = replace(document_samples.RECEIPT, papers=document_samples.long_receipt().papers[:papers])
    for page in pages(render(doc, PaperSize.A5, [OFFICE_COPY, SUBMITTER_COPY])):
        if words.CLERK_SIGNS in page.text:
            assert "0236 000 000" in page.text
            assert doc.clerk in page.text


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_line_above_the_papers_table_stays_with_it(paper):
    for lines in range(1, 60, 2):
        doc = replace(
            document_samples.RECEIPT, procedure="Giao đất ở không đấu giá cho cá nhân là viên chức, sĩ quan " * lines
        )
        (page,) = (page for page in pages(render(doc, paper, [SUBMITTER_COPY])) if words.PAPERS in page.text)
        assert words.LAST_PAPER_COLUMN in page.text, lines


def test_control_slip_of_nine_legs_repeats_its_headings():
    printed = pages(render(document_samples.long_slip(), PaperSize.A5))
    assert len(printed) > 1
    for page in printed:
        assert document_samples.CODE in page.text
        assert "Thời gian giao nhận" in " ".join(page.text.split())
    text = " ".join("".join(page.text for page in printed).split())
    assert text.count(words.HANDS_OVER) == text.count(words.TAKES_OVER) == 9
    assert text.count("Quá hạn") == 0
    assert text.count("Đúng hạn") == 3


@pytest.mark.parametrize(("legs", "blocks"), [(0, 4), (2, 4), (4, 4), (5, 5)])
def test_control_slip_has_at_least_four_blocks(legs, blocks):
    doc = replace(document_samples.SLIP, legs=(document_samples.LEGS * 3)[:legs])
    text = "".join(page.text for page in pages(render(doc, PaperSize.A4)))
    assert text.count(words.HANDS_OVER) == blocks
    assert (words.COUNTER in text) is True


def test_usual_documents_take_one_page():
    for paper in (PaperSize.A4, PaperSize.A5):
        assert len(pages(render(document_samples.RECEIPT, paper))) == 2
        assert len(pages(render(document_samples.SLIP, paper))) == 1
        assert len(pages(render(replace(document_samples.SLIP, legs=()), paper))) == 1


def test_roll_page_ends_after_the_text():
    (short,) = pages(render(document_samples.RECEIPT, PaperSize.ROLL_80, [SUBMITTER_COPY]))
    (long,) = pages(render(document_samples.long_receipt(), PaperSize.ROLL_80, [SUBMITTER_COPY]))
    assert short.width == long.width == pytest.approx(640 * 72 / 203, abs=0.02)
    for page in (short, long):
        lowest = max(character.bottom for character in page.characters)
        assert 5 < page.height - lowest < 40
    assert long.height > short.height + 300


def test_control_slip_is_refused_on_a_roll():
    with pytest.raises(Refusal) as refused:
        render(document_samples.SLIP, PaperSize.ROLL_80)
    assert (refused.value.code, refused.value.field) == ("paper_not_on_roll", "paper")


def test_copies_of_a_receipt():
    assert default_copies(document_samples.RECEIPT) == (OFFICE_COPY, SUBMITTER_COPY)
    assert default_copies(document_samples.RECEIPT, 1) == (SUBMITTER_COPY,)
    assert default_copies(document_samples.RECEIPT, 3) == (OFFICE_COPY, SUBMITTER_COPY, SUBMITTER_COPY)
    assert default_copies(document_samples.SLIP) == (SINGLE_COPY,)
