"""The canvas of papers writes the same bytes as reportlab's."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.documents.dossier import Document
from app.printing.layout import paper_canvas
from app.printing.layout.paper_canvas import PaperCanvas
from app.printing.layout.pdf_canvas import CanvasFactory
from app.printing.layout.text_metrics import BOLD, FACES, REGULAR, load_faces
from app.printing.render import render
from tests.printing.page_digests import cases

_REPORTLAB_LEVEL = -1
_TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)
_LENGTHS = st.one_of(st.floats(-20, 2e6), st.floats(0, 1e-5), st.integers(-10, 3000).map(lambda each: each / 8))


def _page(canvas_class: type[Canvas], texts: list[tuple[str, float, float, float, str]]) -> bytes:
    out = BytesIO()
    canvas = canvas_class(out, invariant=True, initialFontName=REGULAR)
    for _copy in range(2):
        for face, size, x, y, text in texts:
            canvas.setFont(face, size)
            canvas.drawString(x, y, text)
        canvas.lines([(x, y, y, x) for _, _, x, y, _ in texts])
        canvas.showPage()
    canvas.setFont(BOLD, 9)
    canvas.drawString(1, 1, "Trang (2) \\", mode=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(FACES), st.floats(1, 40), _LENGTHS, _LENGTHS, _TEXTS), max_size=6))
def test_any_texts_and_lines_are_those_of_reportlab(texts: list[tuple[str, float, float, float, str]]) -> None:
    load_faces()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper_canvas, "_LEVEL", _REPORTLAB_LEVEL)
        assert _page(PaperCanvas, texts) == _page(Canvas, texts)


def test_every_paper_is_that_of_reportlab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_canvas, "_LEVEL", _REPORTLAB_LEVEL)
    for name, document, paper in cases():
        assert _paper(document, paper, PaperCanvas) == _paper(document, paper, Canvas), name


def _paper(document: Document, paper: PaperSize, canvas: CanvasFactory) -> bytes | str:
    try:
        return render(document, paper, canvas_factory=canvas)
    except Refusal as refusal:
        return refusal.code
