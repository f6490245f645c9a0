"""Papers written by `PaperCanvas` look as reportlab draws them."""

import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import ImageChops
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.printing.documents.dossier import Document
from app.printing.layout.face_subsets import usual_subset
from app.printing.layout.paper_canvas import PaperCanvas
from app.printing.layout.text_metrics import BOLD, FACES, REGULAR, load_faces
from app.printing.render import render
from tests.support import document_samples, other_document_samples

_SCALE = 150 / 72
_SAME_GREY = 8
_KHMER = replace(document_samples.RECEIPT, procedure="ភ្នំពេញ (100) \\ 100 %")
_TRAINING = replace(
    document_samples.RECEIPT, identity=replace(document_samples.RECEIPT.identity, training=True, reprint=2)
)
_CASES = {
    "receipt A5": (document_samples.RECEIPT, PaperSize.A5),
    "Khmer A4": (_KHMER, PaperSize.A4),
    "training roll": (_TRAINING, PaperSize.ROLL_80),
    "training A5": (_TRAINING, PaperSize.A5),
    "register A4": (other_document_samples.long_documents()["register"], PaperSize.A4),
}


@pytest.mark.parametrize("name", _CASES)
def test_pages_are_those_of_reportlab(name: str) -> None:
    document, paper = _CASES[name]
    ours, theirs = _open(document, paper, PaperCanvas), _open(document, paper, Canvas)
    assert len(ours) == len(theirs)
    for page, other in zip(ours, theirs, strict=True):
        assert page.get_textpage().get_text_range() == other.get_textpage().get_text_range()
        pictures = [each.render(scale=_SCALE, grayscale=True).to_pil() for each in (page, other)]
        difference = ImageChops.difference(*pictures).getextrema()
        assert difference[1] <= _SAME_GREY


def _open(document: Document, paper: PaperSize, canvas: type) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render(document, paper, canvas_factory=canvas))


def _text_of(*lines: str) -> tuple[str, bytes]:
    """Return the text of a file of lines, and the file."""
    load_faces()
    out = BytesIO()
    canvas = PaperCanvas(out, invariant=True, initialFontName=REGULAR, lang="vi")
    canvas.setTitle("Thử (1)")
    canvas.setPageSize((600, 800))
    canvas.setFont(BOLD, 10)
    for number, line in enumerate(lines):
        canvas.drawString(10, 780 - 12 * number, line)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    assert document.get_metadata_value("Title") == "Thử (1)"
    return document[0].get_textpage().get_text_range(), out.getvalue()


def test_characters_beyond_the_usual_subset_have_their_own() -> None:
    faces = usual_subset(_font(BOLD))
    rare = "".join(chr(point) for point in range(0x391, 0x52F) if point in _font(BOLD).face.charToGlyph)
    assert len(rare) > 255
    assert faces.characters.isdisjoint(rare)
    lines = [rare[start : start + 40] for start in range(0, len(rare), 40)]
    text, pdf = _text_of("Ẵ (ỡ) \\ " + lines[0], *lines[1:])
    assert text.split("\r\n") == ["Ẵ (ỡ) \\ " + lines[0], *lines[1:]]
    assert set(re.findall(rb"/BaseFont /(\w+)\+", pdf)) == {b"AAAAAA", b"AAAAAB", b"AAAAAC"}


def test_usual_subset_has_every_letter_of_vietnamese() -> None:
    load_faces()
    letters = "".join(chr(point) for point in (*range(0x1EA0, 0x1EFA), *map(ord, "ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóùúýÀÁÃĨŨ")))
    for face in FACES:
        assert usual_subset(_font(face)).characters.issuperset(letters + "Aa09()\\ «»–□")


def test_file_is_the_same_each_time() -> None:
    first, second = (_text_of("Ẵ", "Ω")[1] for _ in range(2))
    assert first == second
    assert _text_of("Ằ", "Ω")[1] != first


def _font(face: str):  # type: ignore[no-untyped-def]
    from reportlab.pdfbase.pdfmetrics import getFont

    load_faces()
    return getFont(face)
