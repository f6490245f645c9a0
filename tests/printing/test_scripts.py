"""Khmer, Lao, Cham, Tai Viet on papers: drawing, faces, known characters."""

from dataclasses import replace
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from app.models.enums import PaperSize
from app.models.values.printed import SCRIPT_TEXT, unprintable_letters
from app.printing.layout import scripts
from app.printing.layout.khmer import drawn_khmer
from app.printing.layout.scripts import SCRIPTS, Script, drawn_cham
from app.printing.layout.text_metrics import BOLD, FACES, MISSING, REGULAR, Span, break_lines, load_faces
from app.printing.render import render
from app.resource_files import RESOURCES
from tests.support import document_samples

KHMER = ("NotoSansKhmer-Regular", "NotoSansKhmer-Bold")
NAME = "Sơn Thị ពិសិដ្ឋ"


def _points(family: str, face: str) -> set[int]:
    return set(TTFont(RESOURCES / "fonts" / family / f"{face}.ttf").getBestCmap())


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("ក", "ក"),
        ("ខ្មែរ", "\u17c2\u1781\ue018\u179a"),  # a vowel before its letter, which has a subscript
        ("ស្រី", "\ue01a\u179f\u17b8"),  # subscript Ro before its letter
        ("ត្រៀម", "\u17c1\ue01a\u178f\ue311\u1798"),  # a vowel before and after its letter
        ("ក្កុ", "\u1780\ue000\ue300"),  # a vowel under a subscript is lowered
        ("ប៉ី", "\u1794\u17bb\u17b8"),  # a shifter under a vowel over the letter
        ("កា", "\ue100"),
        ("កៅ", "\u17c1\ue200"),
        ("កាំ", "\ue100\u17c6"),
        ("ប៉ា", "\u1794\u17c9\u17b6"),
        ("១២", "១២"),
    ],
)
def test_order_of_drawing(text: str, drawn: str) -> None:
    assert drawn_khmer(text) == drawn


def test_doubts_and_papers_know_the_same_scripts() -> None:
    for point in range(0x11_0000):
        match = scripts.SCRIPT_TEXT.fullmatch(chr(point))
        assert (match is None) == (SCRIPT_TEXT.fullmatch(chr(point)) is None), hex(point)
        if match is not None and match.lastindex != 1:  # Khmer has its own test
            script = SCRIPTS[(match.lastindex or 1) - 1]
            assert all(point in points for points in _script_points(script)), hex(point)


@cache
def _script_points(script: Script) -> list[set[int]]:
    return [_points(script.family, face) for face in script.faces]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("ꨌꩌ", "ꨌꩌ"),
        ("\uaa06\uaa2f", "\uaa2f\uaa06"),  # a vowel before its consonant
        ("\uaa06\uaa34\uaa31", "\uaa34\uaa06\uaa31"),  # a medial before, a vowel under its consonant
        ("\uaa06\uaa34\uaa30\uaa07", "\uaa34\uaa30\uaa06\uaa07"),
    ],
)
def test_order_of_drawing_cham(text: str, drawn: str) -> None:
    assert drawn_cham(text) == drawn


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Sơn Thị ពិសិដ្ឋ", b"NotoSansKhmer"),
        ("ຄຳຜາຍ Kham", b"NotoSansLao"),
        ("ꨌꩌ ꨎꨳꨯꨮꩀ", b"NotoSansCham"),
        ("ꪼꪕꪒꪾ Lò", b"NotoSansTaiViet"),
    ],
)
def test_name_in_another_script_is_whole(name: str, family: bytes) -> None:
    assert unprintable_letters(name) == ""
    receipt = replace(document_samples.RECEIPT, submitter=replace(document_samples.SUBMITTER, name=name))
    assert family in render(receipt, PaperSize.A5)
    (line,) = break_lines((Span(name, BOLD),), 12, 400)
    assert all(MISSING not in text for _x, _face, text in line.pieces)


@pytest.mark.parametrize("letter", ["𠮷", "😀", "汉", "ᬓ"])
def test_character_without_a_face_is_a_question_mark(letter: str) -> None:
    load_faces()
    (line,) = break_lines((Span(f"Lý {letter} An"),), 12, 400)
    assert "".join(text for _x, _face, text in line.pieces) == "Lý ? An"
    assert unprintable_letters(f"Lý {letter} An") == letter


def test_every_drawn_character_has_a_glyph() -> None:
    letters, signs = range(0x1780, 0x17B4), range(0x17B6, 0x17D2)
    points = [_points("noto-sans-khmer", face) for face in KHMER]
    for letter in letters:
        texts = [chr(letter), *(chr(letter) + chr(sign) for sign in signs), f"ក\u17d2{chr(letter)}\u17bb"]
        drawn = {ord(character) for text in texts for character in drawn_khmer(text)}
        assert all(drawn <= known for known in points), hex(letter)


@pytest.mark.parametrize("paper", list(PaperSize))
def test_khmer_name_is_printed_in_the_khmer_face(paper: PaperSize) -> None:
    receipt = replace(document_samples.RECEIPT, submitter=replace(document_samples.SUBMITTER, name=NAME))
    assert b"NotoSansKhmer" in render(receipt, paper)
    assert b"NotoSansKhmer" not in render(document_samples.RECEIPT, paper)


def test_vietnamese_beside_khmer_keeps_its_face() -> None:
    load_faces()
    (line,) = break_lines((Span(f"{NAME}, 1"),), 12, 400)
    assert [(face, text) for _x, face, text in line.pieces] == [
        (REGULAR, "Sơn Thị "),
        (KHMER[0], drawn_khmer("ពិសិដ្ឋ")),
        (REGULAR, ", 1"),
    ]
    assert all(MISSING not in text for _x, _face, text in line.pieces)


def test_long_khmer_text_is_broken_within_the_width() -> None:
    load_faces()
    lines = break_lines((Span("កម្ពុជា" * 60),), 12, 200)
    assert len(lines) > 1 and all(line.width <= 200 for line in lines)
    assert "".join(text for line in lines for _x, _face, text in line.pieces) == drawn_khmer("កម្ពុជា" * 60)


def test_known_characters_are_those_of_the_faces() -> None:
    tinos = set.intersection(*(_points("tinos", face) for face in FACES))
    khmer = set.intersection(*(_points("noto-sans-khmer", face) for face in KHMER))
    for point in (*range(0x20, 0x3200), *range(0x4E00, 0x4F00), *range(0xA640, 0xAC00), 0x1F600, 0x20BB7):
        if not chr(point).isprintable() or chr(point).isspace():
            continue
        is_known = point in tinos or SCRIPT_TEXT.fullmatch(chr(point)) is not None
        assert is_known or not 0x1780 <= point < 0x1A00 or point not in khmer, hex(point)
        assert (unprintable_letters(f"a{chr(point)}") == "") == is_known, hex(point)
