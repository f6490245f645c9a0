"""Holders: initials, beginnings of words, exact names."""

import pytest

from app.models.values.holders import find_holders, known_holder

HOLDERS = ("Tư pháp – hộ tịch", "Địa chính", "Nguyễn Thị Ánh", "Ngô Tấn An", "Phạm Ngọc Thùy Anh", "Bộ phận Một cửa")


@pytest.mark.parametrize(("typed", "best"), [
    ("nta", ("Nguyễn Thị Ánh", "Ngô Tấn An", "Phạm Ngọc Thùy Anh")),
    ("NTA", ("Nguyễn Thị Ánh", "Ngô Tấn An", "Phạm Ngọc Thùy Anh")),
    ("pnta", ("Phạm Ngọc Thùy Anh",)),
    ("địa", ("Địa chính",)),
    ("dia c", ("Địa chính",)),
    ("tan", ("Ngô Tấn An",)),
    ("an ngo", ("Ngô Tấn An", "Phạm Ngọc Thùy Anh")),
    ("anh", ("Nguyễn Thị Ánh", "Phạm Ngọc Thùy Anh")),
    ("tpht", ("Tư pháp – hộ tịch",)),
    ("Địa chính 2", ()),
    ("zz", ()),
])  # fmt: skip
def test_typed_text_finds_holders_best_first(typed: str, best: tuple[str, ...]) -> None:
    assert find_holders(typed, HOLDERS) == best


def test_empty_text_lists_the_first_holders() -> None:
    assert find_holders(" ", HOLDERS, limit=3) == HOLDERS[:3]
    assert find_holders("–", HOLDERS, limit=2) == HOLDERS[:2]


@pytest.mark.parametrize(("typed", "holder"), [
    ("dia chinh", "Địa chính"),
    ("  NGUYEN  thi anh ", "Nguyễn Thị Ánh"),
    ("tư pháp hộ tịch", "Tư pháp – hộ tịch"),
    ("Nguyễn Thị", None),
    ("nta", None),
    ("", None),
    ("–", None),
])  # fmt: skip
def test_whole_name_in_any_spelling_is_known(typed: str, holder: str | None) -> None:
    assert known_holder(typed, HOLDERS) == holder


def test_exact_spelling_comes_before_a_folded_one() -> None:
    assert known_holder("Lê Ánh", ("Lê Anh", "Lê Ánh")) == "Lê Ánh"
