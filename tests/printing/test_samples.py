"""Every form can be looked at on an invented document."""

from datetime import date

import pytest

from app.models.forms.layout import TransferBlock
from app.models.forms.library import version_of
from app.printing.document_values.registry import form_of
from app.printing.documents.parts import PaperHead
from app.printing.documents.samples import sample_document
from app.printing.form_files import shipped_library
from app.printing.render import render
from app.wording.documents import samples as words
from tests.support.pdf_reading import lines, pages, scan_codes

LIBRARY = shipped_library()
FORMS = [(each, form) for each in LIBRARY.sets for form in LIBRARY.forms_on(each.key, each.valid_from)]
HEAD = PaperHead("UBND tỉnh Thử", "UBND xã Thử", "Bộ phận Một cửa", "Thử", "2026-02-12")


def text_of(pdf):
    return "\n".join(line for page in pages(pdf) for line in lines(page))


@pytest.mark.parametrize(("form_set", "form"), FORMS, ids=lambda value: getattr(value, "key", value))
def test_shipped_form(form_set, form):
    version = LIBRARY.version(form_set.key, form, form_set.valid_from)
    document = sample_document(form, HEAD)
    assert form_of(document) == form
    for paper in version.layout.papers:
        printed = text_of(render(document, paper, layout=version.layout))
        assert form == "receipt-blank" or document.head.unit.casefold() in printed.casefold()
        assert " ".join(version.layout.title[0].split()[:2]).casefold() in printed.casefold()


@pytest.mark.parametrize("form", ["receipt", "payment", "fee-slip"])
def test_forms_with_a_transfer_show_its_code(form):
    version = LIBRARY.version("2025", form, date(2026, 2, 12))
    assert any(isinstance(block, TransferBlock) for block in version.layout.blocks)
    for paper in version.layout.papers:
        *_, last = scan_codes(render(sample_document(form, HEAD), paper, layout=version.layout))
        assert ("QR Code", words.TRANSFER) in last


def test_form_of_data_prints_the_values_of_a_dossier():
    content = {
        "title": ["CAM KẾT"],
        "papers": ["A4"],
        "blocks": [{"block": "text", "text": "{submitter.name}, {principal.authority}, {due_day}"}],
    }
    version = version_of("cam-ket", content, LIBRARY.sets[-1])
    printed = text_of(render(sample_document("cam-ket", HEAD), "A4", layout=version.layout))
    assert f"{words.NAME}, {words.AUTHORITY}, {words.VALUES['due_day']}" in printed
