"""Generated citizen cards: garbled, and typed for an input method."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.codes import id_number_warnings
from app.models.enums import Gender
from app.scanning.card import CardScan
from app.scanning.input_method import decode_keystrokes
from app.scanning.scan import read_scan

TELEX = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
SHAPES = {"\u0302": ("", "6"), "\u0306": ("w", "8"), "\u031b": ("w", "7")}
_SYLLABLES = (
    "Nguyễn Trần Lê Phạm Huỳnh Hoàng Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Hữu Đức Ngọc Quỳnh Ẫm Ỷ Ửng Ơn Yến "
    "Thuận Hiếu Trường Giang Khuê Nghĩa Phước Xuân Sơn Sương Rạng Quốc Thảo Hiền Loan Khoa Uyên Diễm Giàng Páo"
)
_PLACES = "Thôn Xã Tổ Phường Hòa Đoài Tỉnh Kiểm Thử Đắk Ửng Nẵng Bến Rừng Trung Giã Mẫu Sơn"


def keys(word: str, tones: dict[str, str], way: int) -> str:
    """Return a word as keystrokes: vowel marks after the vowel, the tone last."""
    typed, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in tones:
            tone = tones[char]
        elif char in SHAPES:
            typed += SHAPES[char][way] or typed[-1].lower()
        elif char in "đĐ":
            typed += ("d" if char == "đ" else "D") + ("d" if way == 0 else "9")
        else:
            typed += char
    return typed + tone


def telex(text: str) -> str:
    return " ".join(keys(word, TELEX, 0) for word in text.split())


def vni(text: str) -> str:
    return " ".join(keys(word, VNI, 1) for word in text.split())


names = st.lists(st.sampled_from(_SYLLABLES.split()), min_size=2, max_size=5).map(" ".join)
addresses = st.lists(st.sampled_from(_PLACES.split()), min_size=2, max_size=6).map(" ".join)
days = st.dates(date(1925, 1, 1), date(2012, 12, 31))
HAS_MARKS = "Thị Ẫm"


@st.composite
def cards(draw: st.DrawFn) -> tuple[str, CardScan]:
    """Return the text of a generated card and its expected scan."""
    birth, gender = draw(days), draw(st.sampled_from(list(Gender)))
    female = gender is Gender.FEMALE
    digit = (birth.year - 1900) // 100 * 2 + female
    number = f"048{digit}{birth.year % 100:02d}{draw(st.integers(0, 999_999)):06d}"
    old = draw(st.sampled_from([None, "201234567", ""]))
    name, address = f"{draw(names)} {HAS_MARKS}", f"{draw(addresses)} Đắk Ửng"
    issued = draw(st.dates(date(2021, 1, 1), date(2026, 3, 1)))
    fields = [number, *([] if old is None else [old]), name, f"{birth:%d%m%Y}", "Nữ" if female else "Nam", address]
    tail = draw(st.sampled_from(["", "||||", "|Cha Thử|Mẹ Thử||"]))
    text = "|".join([*fields, f"{issued:%d%m%Y}"]) + tail
    return text, CardScan(
        id_number=number,
        old_id_number=old or None,
        name=name,
        birth_date=birth.isoformat(),
        gender=gender,
        address=address,
        issued_on=issued.isoformat(),
    )


def read_card_scan(text: str) -> CardScan:
    scan = read_scan(text, "H29.12")
    assert isinstance(scan, CardScan), text
    return scan


@given(cards())
def test_generated_cards_are_read_without_warnings(case: tuple[str, CardScan]) -> None:
    text, expected = case
    assert read_card_scan(text) == expected
    assert id_number_warnings(expected.id_number, expected.birth_date, expected.gender) == ()


GARBLED = {
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "latin-1": lambda text: text.encode().decode("latin-1"),
    "double-utf-8": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "cp1252": lambda text: "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode()),
    "cp1258": lambda text: "".join(bytes([b]).decode("cp1258", "ignore") or chr(b) for b in text.encode()),
    "line-ends": lambda text: f"]Q1\x02{text}\r\n",
}


@pytest.mark.parametrize("way", GARBLED)
@given(case=cards())
def test_garbled_cards_are_repaired(way: str, case: tuple[str, CardScan]) -> None:
    text, expected = case
    assert read_card_scan(GARBLED[way](text)) == expected


@pytest.mark.parametrize("typed", [telex, vni])
@given(case=cards())
def test_cards_typed_for_an_input_method_are_read(typed, case: tuple[str, CardScan]) -> None:
    text, expected = case
    fields = [typed(field) if any(c.isalpha() for c in field) else field for field in text.split("|")]
    assert read_card_scan("|".join(fields)) == expected


@given(cards())
def test_card_with_lost_characters_warns_and_keeps_digits(case: tuple[str, CardScan]) -> None:
    text, expected = case
    scan = read_card_scan(text.encode("ascii", "ignore").decode())
    assert (scan.id_number, scan.birth_date, scan.issued_on) == (
        expected.id_number,
        expected.birth_date,
        expected.issued_on,
    )
    assert "card_letters_lost" in [warning.code for warning in scan.warnings]


@pytest.mark.parametrize(
    "plain",
    [
        "Nguyen Van An",
        "Tran Thi Huong",
        "Ksor Phuoc",
        "Thanh Hoa",
        "QL1A, TDP 4",
        "12/3",
        "",
        "Nguyn Vn A",
        "H'Wen Nie",
    ],
)
def test_text_without_keystrokes_is_unchanged(plain: str) -> None:
    assert decode_keystrokes(plain) == plain


@given(st.text(max_size=60))
def test_decode_keystrokes_accepts_any_text(text: str) -> None:
    decoded = decode_keystrokes(text)
    assert decoded == text or text.isascii()


@given(st.lists(st.text(max_size=12), min_size=5, max_size=12).map("|".join))
def test_read_scan_accepts_any_fields(text: str) -> None:
    read_scan(f"048199004217|{text}", "H29.12")
