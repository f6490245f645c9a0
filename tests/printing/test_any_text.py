"""Any text is printed: codes scan, nothing leaves the page or hits a code."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import PaperSize
from app.printing.layout.page_flow import FORMATS, LANDSCAPE
from app.printing.render import lay_out_pages, render
from tests.printing.form_words import OFFICE_COPY, SINGLE_COPY
from tests.support import document_samples, other_document_samples
from tests.support.pdf_reading import pages, scan_codes

KEY = ("Code 128", document_samples.KEY)
ANY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ẶẼỖỰỲỮợẵ aW-/.", max_size=300),
    st.text(alphabet=st.characters(categories=("Lu", "Ll", "Mn")), min_size=20, max_size=200),
)
MAX_OVERHANG = 8
"""How far the ink of an unusual character may extend beyond its place, in points."""


def receipts():
    return st.builds(
        lambda a, b, c, d, rows: replace(
            document_samples.RECEIPT,
            submitter=replace(document_samples.SUBMITTER, name=a, address=b, email=c),
            procedure=d,
            lookup=c,
            clerk=b[:80],
            head=replace(document_samples.HEAD, centre=a[:120], place=c[:40]),
            papers=tuple(replace(document_samples.PAPERS[0], name=name) for name in rows),
        ),
        ANY,
        ANY,
        ANY,
        ANY,
        st.lists(ANY, max_size=6),
    )


def slips():
    return st.builds(
        lambda a, b, notes: replace(
            document_samples.SLIP,
            applicant=a,
            procedure=b,
            settling_unit=a,
            legs=tuple(replace(document_samples.LEGS[0], note=note, receiver=b) for note in notes),
        ),
        ANY,
        ANY,
        st.lists(ANY, max_size=6),
    )


def check_document(doc, paper, copy, size=None):
    pdf = render(doc, paper, [copy])
    read = scan_codes(pdf)
    assert ("QR Code", doc.identity.qr_text) in read[0]
    size = size or FORMATS[paper]
    for page, planned in zip(pages(pdf), lay_out_pages(doc, paper, [copy]), strict=True):
        assert (KEY in read.pop(0)) is bool(doc.identity.key)
        for character in page.characters:
            assert size.left - MAX_OVERHANG < character.x < size.right
            assert size.left - MAX_OVERHANG < character.right < size.right + MAX_OVERHANG
            assert 0 < character.base < page.height
            assert not any(_overlaps(character, *code) for code in planned.codes), character


def _overlaps(character, left, top, symbol):
    """Return whether a character is on a code or within two modules of it."""
    margin = 2 * symbol.module
    is_above_code = left - margin < character.x < left + symbol.width + margin
    return is_above_code and top < character.base < top + symbol.height


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(doc=receipts())
def test_receipt_on_a5(doc):
    check_document(doc, PaperSize.A5, OFFICE_COPY)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(doc=receipts())
def test_receipt_on_a4(doc):
    check_document(doc, PaperSize.A4, OFFICE_COPY)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(doc=receipts())
def test_receipt_on_a_roll(doc):
    check_document(doc, PaperSize.ROLL_80, OFFICE_COPY)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(doc=slips())
def test_control_slip_on_a5(doc):
    check_document(doc, PaperSize.A5, SINGLE_COPY)


def letters():
    return st.builds(
        lambda name, a, b, items: replace(
            name,
            **{
                field: value
                for field, value in {
                    "items": tuple(items),
                    "reason": a,
                    "procedure": b,
                    "authority": a,
                    "parcel": b,
                    "signer": b[:80],
                    "clerk": b[:80],
                    "guide": b[:80],
                    "applicant": b if isinstance(getattr(name, "applicant", None), str) else None,
                }.items()
                if value is not None and hasattr(name, field)
            },
        ),
        st.sampled_from([paper for paper in other_document_samples.SAMPLES.values() if paper.identity.key]),
        ANY,
        ANY,
        st.lists(ANY, max_size=6),
    )


@settings(max_examples=24, suppress_health_check=[HealthCheck.too_slow])
@given(doc=letters(), paper=st.sampled_from([PaperSize.A4, PaperSize.A5]))
def test_other_papers(doc, paper):
    check_document(doc, paper, SINGLE_COPY)


def lists():
    """Hand-over lists and registers of a few dossiers."""
    usual = other_document_samples.REGISTER.blocks[0]
    return st.one_of(
        st.builds(
            lambda a, rows: replace(
                other_document_samples.HANDOVER,
                identity=other_document_samples.WITHOUT_CODE,
                sender=a,
                rows=tuple(
                    replace(other_document_samples.ROW, applicant=name, address=a, result=name[:80]) for name in rows
                ),
            ),
            ANY,
            st.lists(ANY, min_size=2, max_size=6),
        ),
        st.builds(
            lambda a, rows: replace(
                other_document_samples.REGISTER,
                blocks=(
                    replace(usual, field=a),
                    replace(
                        usual,
                        rows=tuple(
                            replace(other_document_samples.LINE, applicant=name, address=a, unit=name) for name in rows
                        ),
                    ),
                ),
            ),
            ANY,
            st.lists(ANY, max_size=6),
        ),
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(doc=lists(), paper=st.sampled_from([PaperSize.A4, PaperSize.A5]))
def test_lists(doc, paper):
    check_document(doc, paper, SINGLE_COPY, LANDSCAPE[paper])
