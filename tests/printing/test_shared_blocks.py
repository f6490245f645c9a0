"""Blocks that copies share are set once and are those of each copy alone."""

import pytest

from app.models.enums import PaperSize
from app.printing.composed.form import FormCopy, SharedParts, set_form
from app.printing.document_values.registry import document_values
from app.printing.documents.dossier import Document
from app.printing.layout.heading import new_page_flow
from app.printing.layout.page_flow import FORMATS, PdfPage
from app.printing.layout.text_metrics import load_faces
from app.wording.documents import forms as words
from tests.printing.form_words import layout_of
from tests.printing.page_digests import documents

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
