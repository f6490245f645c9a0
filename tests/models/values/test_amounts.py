"""Typed amounts of money: spellings that are read or refused."""

import pytest

from app.models.values.amounts import parse_amount


@pytest.mark.parametrize("text", ["8000", "8.000", "8,000", "8 000", " 8.000 đ", "8.000đ", "8000 đồng", "8.000 VNĐ"])
def test_spellings_of_eight_thousand_are_read(text: str) -> None:
    assert parse_amount(text) == 8000


@pytest.mark.parametrize(
    "text", ["", "8_000", "٨٠٠٠", "８０００", "80.00", "8.0", "1.5", "-8000", "+8", "8k", "8e3", "²", "9" * 5000]
)
def test_other_texts_are_no_amount(text: str) -> None:
    assert parse_amount(text) is None
