"""Papers with one usual subset for all look as with a subset of their own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import ImageChops
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.printing.documents.dossier import Document
from app.printing.layout import text_metrics
from app.printing.layout.paper_canvas import PaperCanvas
from app.printing.layout.paper_font import USUAL, PaperFont
from app.printing.layout.text_metrics import BOLD, FACES, REGULAR, load_faces
from app.printing.render import render
from app.resource_files import RESOURCES
from tests.support import document_samples, other_document_samples

_SCALE = 150 / 72
_SAME_GREY = 8
_TRAINING = replace(
    document_samples.RECEIPT, identity=replace(document_samples.RECEIPT.identity, training=True, reprint=2)
)
_CASES = {
    "receipt A5": (document_samples.RECEIPT, PaperSize.A5),
    "Khmer A4": (replace(document_samples.RECEIPT, procedure="ភ្នំពេញ (100) \\ 100 %"), PaperSize.A4),
    "training roll": (_TRAINING, PaperSize.ROLL_80),
    "training A5": (_TRAINING, PaperSize.A5),
    "register A4": (other_document_samples.long_documents()["register"], PaperSize.A4),
}


@pytest.mark.parametrize("name", _CASES)
def test_pages_are_those_of_plain_fonts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document, paper = _CASES[name]
    pages = _open(document, paper)
    for method in ("splitString", "addObjects"):
        monkeypatch.setattr(PaperFont, method, getattr(TTFont, method))
    others = pypdfium2.PdfDocument(render(document, paper, canvas_factory=Canvas))
    assert len(pages) == len(others)
    for page, other in zip(pages, others, strict=True):
        assert page.get_textpage().get_text_range() == other.get_textpage().get_text_range()
        pictures = [each.render(scale=_SCALE, grayscale=True).to_pil() for each in (page, other)]
        assert ImageChops.difference(*pictures).getextrema()[1] <= _SAME_GREY


def _open(document: Document, paper: PaperSize) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render(document, paper))


def _file(lines: Sequence[str], canvas_class: type[Canvas]) -> bytes:
    load_faces()
    out = BytesIO()
    canvas = canvas_class(out, invariant=True, initialFontName=REGULAR)
    canvas.setFont(BOLD, 10)
    for number, line in enumerate(lines):
        canvas.drawString(10, 780 - 12 * number, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("canvas", [Canvas, PaperCanvas])
def test_characters_beyond_the_usual_subset_have_their_own(canvas: type[Canvas]) -> None:
    load_faces()
    drawn = getFont(BOLD).face.charToGlyph
    rare = "".join(chr(point) for point in range(0x391, 0x52F) if point in drawn)
    assert len(rare) > 255
    lines = ["Ẵ (ỡ) \\ " + rare[:40], *(rare[start : start + 40] for start in range(40, len(rare), 40))]
    pdf = _file(lines, canvas)
    assert pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split("\r\n") == lines
    assert set(re.findall(rb"/BaseFont /(\w+)\+Tinos-Bold", pdf)) == {b"AAAAAA", b"AAAAAB", b"AAAAAC"}


def test_usual_subset_has_every_letter_of_vietnamese() -> None:
    load_faces()
    letters = "".join(chr(point) for point in (*range(0x1EA0, 0x1EFA), *map(ord, "ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóùúýÀÁÃĨŨ")))
    assert set(letters + "Aa09()\\«»–□") <= set(USUAL) and len(USUAL) < 256
    for face in FACES:
        assert {ord(character) for character in USUAL} - {0xA0} <= set(getFont(face).face.charToGlyph), face


def test_usual_subset_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    font = PaperFont(REGULAR, RESOURCES / "fonts" / "tinos" / f"{REGULAR}.ttf")
    cuts: list[int] = []
    cut = font._cut

    def counted(points: list[int]) -> bytes:
        cuts.append(len(points))
        return bytes(cut(points))

    monkeypatch.setattr(font, "_cut", counted)
    monkeypatch.setitem(text_metrics.pdfmetrics._fonts, REGULAR, font)
    first, second = (render(document_samples.RECEIPT, PaperSize.A5) for _ in range(2))
    assert first == second and len(cuts) == 1
