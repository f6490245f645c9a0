"""Papers of the two first sets as an earlier release printed them.

The golden was written by the release before forms became data; codes that fill a line are since broken behind a dash.
Its digests have the place of every text, line and code.
"""

import json
from pathlib import Path

import pytest

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.documents.dossier import Document
from app.printing.layout.page_flow import PdfPage
from app.printing.render import lay_out_pages
from tests.printing.form_words import default_copies
from tests.printing.page_digests import cases, digest

GOLDEN: dict[str, str] = json.loads(
    (Path(__file__).resolve().parents[1] / "goldens" / "papers_of_earlier_release.json").read_text(encoding="utf-8")
)
CASES = {name: (document, paper) for name, document, paper in cases()}


def lay_out(document: Document, paper: PaperSize) -> list[PdfPage] | Refusal:
    try:
        return lay_out_pages(document, paper, default_copies(document))
    except Refusal as refusal:
        return refusal


@pytest.mark.parametrize("paper", PaperSize)
def test_papers_are_those_of_the_earlier_release(paper: PaperSize) -> None:
    chosen = {name: case for name, case in CASES.items() if case[1] is paper}
    assert {name: digest(lay_out(*case)) for name, case in chosen.items()} == {
        name: text for name, text in GOLDEN.items() if name.endswith(f"|{paper.value}")
    }
