"""Work that a layout leaves out: shared blocks of copies, needless sizes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.models.enums import PaperSize
from app.printing.composed.form import FormCopy, SharedParts, set_form
from app.printing.document_values.registry import document_values
from app.printing.documents.dossier import Document
from app.printing.layout.heading import new_page_flow
from app.printing.layout.page_flow import FORMATS, PdfPage
from app.printing.layout.text_metrics import load_faces
from app.printing.render import lay_out_pages
from app.wording.documents import forms as words
from tests.printing.form_words import OFFICE_COPY, SUBMITTER_COPY, layout_of
from tests.printing.page_digests import documents
from tests.support import document_samples

LABELS = ("Liên 1: Lưu", "Liên 2: Giao người nộp", "Liên 3: " + "Giao cơ quan giải quyết hồ sơ " * 6)
"""The last one takes more lines, so that the blocks below it begin lower."""
SHEETS = tuple(document for document in documents().values() if PaperSize.A5 in layout_of(document).papers)


def set_copy(document: Document, body: float, label: str, shared: SharedParts) -> list[PdfPage]:
    layout = layout_of(document)
    flow = new_page_flow(FORMATS[PaperSize.A5], body, document.identity)
    values = document_values(document).with_names(layout.names)
    stored = document.identity.store_qr if label == LABELS[0] else ""
    set_form(flow, document, layout, FormCopy(values, label, stored), shared)
    flow.add_footers(layout.footer, document.head.slogan, words.page_line)
    return flow.pages


@pytest.mark.parametrize("body", FORMATS[PaperSize.A5].body_sizes)
def test_copies_with_shared_blocks_are_those_set_alone(body: float) -> None:
    load_faces()
    for document in SHEETS:
        shared: SharedParts = {}
        together = [set_copy(document, body, label, shared) for label in (*LABELS, *LABELS)]
        alone = [set_copy(document, body, label, {}) for label in LABELS]
        assert together == [*alone, *alone]


def test_blocks_of_equal_copies_are_set_once() -> None:
    load_faces()
    receipt = documents()["full"]
    shared: SharedParts = {}
    for label in LABELS[:2]:
        set_copy(receipt, 9, label, shared)
    assert len(shared) == 1
    set_copy(receipt, 9, LABELS[2], shared)
    assert len(shared) == 2


def lengthening_documents() -> Iterator[Document]:
    """Yield every upright sheet, and receipts and slips of ever more papers."""
    yield from (document for document in SHEETS if not layout_of(document).landscape)
    papers = document_samples.long_receipt().papers
    for number in range(1, len(papers)):
        yield replace(document_samples.RECEIPT, papers=papers[:number])
        yield replace(document_samples.long_receipt(), papers=papers[:number])
        yield replace(document_samples.RECEIPT, papers=document_samples.RECEIPT.papers * number)


def test_the_largest_type_with_fewest_pages_is_found_without_all_sizes() -> None:
    load_faces()
    copies = (OFFICE_COPY, SUBMITTER_COPY)
    for document in lengthening_documents():
        by_size = [
            [page for copy in copies for page in set_copy(document, body, copy.label, {})]
            for body in FORMATS[PaperSize.A5].body_sizes
        ]
        assert lay_out_pages(document, PaperSize.A5, copies) == min(by_size, key=len)
