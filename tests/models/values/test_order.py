"""Vietnamese order of names and fields."""

import random

import pytest

from app.models.values.order import vietnamese_key

IN_ORDER = [
    "1 cửa",
    "2 cửa",
    "10 cửa",
    "An",
    "án",
    "Ăn",
    "Ân",
    "ba",
    "bà",
    "bả",
    "bã",
    "bá",
    "bạ",
    "Bà Năm",
    "ca",
    "da",
    "đa",
    "e",
    "ê",
    "la mã",
    "la",
    "lang",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "y",
    "ỷ",
]


@pytest.mark.parametrize("sign", "'’ʼʻꞌˈ`")
def test_every_apostrophe_has_one_place(sign: str) -> None:
    names = ["H Hoa", f"H{sign}Hen", f"Y{sign}Blơm", "Hà"]
    assert sorted(names, key=vietnamese_key) == [f"H{sign}Hen", "H Hoa", "Hà", f"Y{sign}Blơm"]


def test_alphabet_comes_before_tones() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    names = [text for text in IN_ORDER if text not in ("la mã", "Bà Năm")]
    assert [text for text in sorted(shuffled, key=vietnamese_key) if text in names] == names


def test_shorter_words_come_first() -> None:
    assert sorted(["lang", "la mã", "la"], key=vietnamese_key) == ["la", "la mã", "lang"]


def test_surnames_are_in_alphabetical_order() -> None:
    names = ["Đỗ Ẩn", "Dương Ý", "Âu Cơ", "Ấm Đào", "Ánh Ban", "Ngô Ân", "Nông Bảy", "Nguyễn Ất"]
    assert sorted(names, key=vietnamese_key) == [
        "Ánh Ban", "Ấm Đào", "Âu Cơ", "Dương Ý", "Đỗ Ẩn", "Ngô Ân", "Nguyễn Ất", "Nông Bảy",
    ]  # fmt: skip


def test_composed_and_decomposed_names_are_equal() -> None:
    import unicodedata

    name = "Nguyễn Thị Ẩm"
    words, tones, _ = vietnamese_key(name)
    assert vietnamese_key(unicodedata.normalize("NFD", name))[:2] == (words, tones)
