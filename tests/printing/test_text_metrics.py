"""Vietnamese characters are printed; unsupported ones become boxes (S10)."""

import subprocess
import sys
import unicodedata
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from app.models.enums import PaperSize
from app.printing.layout.text_metrics import (
    BOLD,
    FACES,
    MISSING,
    REGULAR,
    Span,
    break_lines,
    drawable,
    load_faces,
    width_of,
)
from app.printing.render import render
from tests.printing.form_words import SUBMITTER_COPY
from tests.support import document_samples
from tests.support.pdf_reading import pages

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
TONES = ["", *"\u0300\u0301\u0303\u0309\u0323"]
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)]
CHARACTERS = "".join(SMALL) + "đ" + "".join(SMALL).upper() + "Đ"


def text_of(doc, paper=PaperSize.A5):
    return "".join(page.text for page in pages(render(doc, paper, [SUBMITTER_COPY])))


def without_spaces(text):
    return "".join(text.split())


@pytest.fixture(autouse=True)
def _faces():
    load_faces()


def test_every_face_has_the_146_vietnamese_characters():
    assert len(CHARACTERS) == len(set(CHARACTERS)) == 146
    for face in FACES:
        drawn = TTFont(FONTS / "tinos" / f"{face}.ttf").getBestCmap()
        assert set(map(ord, CHARACTERS + MISSING)) <= set(drawn)
        assert drawable(CHARACTERS, face) == CHARACTERS


@pytest.mark.parametrize("paper", list(PaperSize))
def test_all_vietnamese_characters_are_printed(paper):
    doc = replace(
        document_samples.RECEIPT, submitter=replace(document_samples.SUBMITTER, name=CHARACTERS, address=CHARACTERS)
    )
    assert without_spaces(text_of(doc, paper)).count(CHARACTERS) == 2


def test_decomposed_characters_are_printed_composed():
    decomposed = replace(document_samples.SUBMITTER, name=unicodedata.normalize("NFD", "Huỳnh Thị Ẫm Ỷ"))
    assert render(replace(document_samples.RECEIPT, submitter=decomposed), PaperSize.A5) == render(
        document_samples.RECEIPT, PaperSize.A5
    )


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Lê\u0000 Văn\u202e\u200b Tám", "Lê Văn Tám"),
        ("Lê\nVăn\tTám\u2028Ba\u00a0Tư", "Lê Văn Tám Ba Tư"),
        ("Lê 😀 王 \ud800", f"Lê {MISSING} {MISSING} {MISSING}"),
    ],
)
def test_missing_glyphs_are_boxes_and_control_characters_are_removed(text, drawn):
    assert drawable(text, REGULAR) == drawn


def test_unsupported_name_is_printed_with_boxes():
    doc = replace(document_samples.RECEIPT, submitter=replace(document_samples.SUBMITTER, name="Lý 王 Tâm \ud83d"))
    assert f"Lý {MISSING} Tâm {MISSING}" in text_of(doc)


def test_broken_lines_fit_the_width_and_keep_all_text():
    text = "Thủ tục " + "X" * 120 + " liên thông nhóm " + "đăng ký khai sinh " * 9
    lines = break_lines((Span(text, REGULAR), Span(text, BOLD)), 10, 120)
    assert all(line.width <= 120.001 for line in lines)
    joined = "".join(piece for line in lines for _, _, piece in line.pieces)
    assert without_spaces(joined) == without_spaces(text * 2)


def test_words_across_two_faces_stay_together():
    (line,) = break_lines((Span("Số: ", REGULAR), Span("15", BOLD), Span("/TTPVHCC", REGULAR)), 10, 200)
    assert [piece for _, _, piece in line.pieces] == ["Số: ", "15", "/TTPVHCC"]
    assert line.width == pytest.approx(
        width_of("Số: ", REGULAR, 10) + width_of("15", BOLD, 10) + width_of("/TTPVHCC", REGULAR, 10)
    )


def test_missing_fonts_name_the_folder(tmp_path):
    program = (
        "import sys, pathlib, app.resource_files as files\n"
        "files.RESOURCES = pathlib.Path(sys.argv[1])\n"
        "from app.models.errors import Fault\n"
        "from app.printing.layout.text_metrics import load_faces\n"
        "try:\n    load_faces()\n"
        "except Fault as fault:\n    print(fault.code, fault.values['folder'])\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", program, tmp_path]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert output.strip() == f"paper_fonts_missing {tmp_path / 'fonts'}"


def test_pdf_contains_tinos_fonts_only():
    pdf = render(document_samples.RECEIPT, PaperSize.A5)
    assert b"Tinos" in pdf
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize(
    ("code", "width", "lines"),
    [
        ("H15.44.02-260803-60001", 95, ["H15.44.02-260803-", "60001"]),
        ("03/2026/PBS-TTPVHCC", 85, ["03/2026/PBS-", "TTPVHCC"]),
        ("a-" + "x" * 40, 100, None),
    ],
)
def test_code_is_broken_behind_a_dash_before_its_serial(code, width, lines):
    broken = [
        "".join(text for _x, _face, text in line.pieces) for line in break_lines((Span(code, REGULAR),), 10, width)
    ]
    assert "".join(broken) == code
    assert broken == lines if lines else len(broken[0]) > 10


def test_short_texts_drop_no_long_ones() -> None:
    """Each dossier has its own code and name, but papers of few procedures."""
    long = (Span("Bản chính giấy chứng nhận quyền sử dụng đất hoặc trích lục bản đồ địa chính"),)
    lines = break_lines(long, 9, 200)
    for number in range(1_000):
        break_lines((Span(f"H29.12-260615-{number:04d}"),), 9, 200)
    assert break_lines(long, 9, 200) is lines
