"""Faces of papers measure and embed like reportlab's, in less memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from app.printing.layout.paper_faces import Glyphs, PaperFace
from app.printing.layout.text_metrics import FACES

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_TEXT = "Ủy ban nhân dân — Ẳẵẫ 0123 “Đ” ﬁ"


def _read(file: Path, glyphs: Glyphs | None = None) -> Any:
    return PaperFace(TTFont("ours", file).face, file, glyphs)


@pytest.fixture(params=FACES)
def faces(request: pytest.FixtureRequest) -> Iterator[tuple[TTFontFace, Any]]:
    file = FONTS / "tinos" / f"{request.param}.ttf"
    glyphs = _read(FONTS / "tinos" / "Tinos-Regular.ttf").charToGlyph
    yield TTFont("whole", file).face, _read(file, glyphs)


def test_every_character_has_its_width(faces: tuple[TTFontFace, Any]) -> None:
    whole, ours = faces
    assert ours.charToGlyph == whole.charToGlyph
    assert {point: ours.charWidths[point] for point in whole.charWidths} == whole.charWidths
    assert [ours.getCharWidth(point) for point in range(0x500)] == [whole.getCharWidth(point) for point in range(0x500)]


def test_embedded_outlines_are_the_same_bytes(faces: tuple[TTFontFace, Any]) -> None:
    whole, ours = faces
    points = sorted(whole.charToGlyph)
    for subset in ([0, *map(ord, _TEXT)], [0, *points[:250]], [0, *points[-250:]]):
        assert ours.makeSubset(subset) == whole.makeSubset(subset)


def test_a_face_keeps_neither_its_file_nor_what_only_its_reading_needs() -> None:
    path = FONTS / "tinos" / "Tinos-Regular.ttf"
    regular = _read(path)
    italic = _read(FONTS / "tinos" / "Tinos-Italic.ttf", regular.charToGlyph)
    assert italic.charToGlyph is regular.charToGlyph
    regular.makeSubset([0, *map(ord, _TEXT)])
    size = sum(map(len, regular._ttf_data._blocks.values()))
    assert 0 < size < path.stat().st_size / 10
    assert not regular.glyphToChar and not isinstance(regular.glyphPos, list)
