"""Numbers and phones: one form for every spelling."""

import pytest

from app.models.values.numbers import comparable_number, is_lettered_number, searched_number
from app.models.values.phones import comparable_phone, is_phone, mobile_number, phone_numbers


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (
            ("048185004217", "048 185 004 217", "048.185.004.217", "０４８１８５００４２１７"),
            "048185004217",
        ),
        (("0401234567-001", "0401234567001", "0401234567 001", "0401234567–001"), "0401234567001"),
        (("C1234567", "c1234567", "C 1234567", "c.123.4567"), "C1234567"),
    ],
)
def test_spellings_of_a_number_are_equal(spellings: tuple[str, ...], form: str) -> None:
    assert {comparable_number(text) for text in spellings} == {form}


def test_number_of_separators_only_is_no_number() -> None:
    assert searched_number(" - ") is None and searched_number(None) is None


@pytest.mark.parametrize(("text", "lettered"), [("C 1234567", True), ("AB123456", True), ("B 12", False)])
def test_passport_number_differs_from_words(text: str, lettered: bool) -> None:
    assert is_lettered_number(text) is lettered


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0905 123 456", ("0905123456",)),
        ("+84 905.123.456", ("0905123456",)),
        ("0084905123456", ("0905123456",)),
        ("0905123456 / 0236 3822 123", ("0905123456", "02363822123")),
        ("0905123456, 0905123456", ("0905123456",)),
        ("0905.123.456 - 0912.000.111", ("0905123456", "0912000111")),
        ("0905123456-0912000111", ("0905123456", "0912000111")),
        ("0905123456 hoặc 0912000111", ("0905123456", "0912000111")),
        ("+84905123456 +84912000111", ("0905123456", "0912000111")),
        ("0905123456 0236 3822 123", ("0905123456", "02363822123")),
        ("(+84) 905 123 456", ("0905123456",)),
        ("84905123456", ("0905123456",)),
        ("84 236 3822 123", ("02363822123",)),
        ("0084 (0)905 123 456", ("0905123456",)),
        ("0236 - 3822123", ("02363822123",)),
        ("0236 3822 123 máy lẻ 12", ("02363822123",)),
        ("0236 3822 123, ext. 12; 0905123456", ("02363822123", "0905123456")),
        ("02363822123 (12)", ("02363822123",)),
        ("0905\u00a0123\u200b456", ("0905123456",)),
        ("ĐT 0905 123 456 (con gái)", ("0905123456",)),
        ("", ()),
    ],
)
def test_field_has_every_phone(text: str, numbers: tuple[str, ...]) -> None:
    assert phone_numbers(text) == numbers


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("0905123456", True),
        ("0321234567", True),
        ("0561234567", True),
        ("0701234567", True),
        ("0551234567", True),
        ("0541234567", False),
        ("0311234567", False),
        ("0711234567", False),
        ("01234567890", False),
        ("02363822123", True),
        ("0236382212", False),
        ("0951234567", False),
        ("+84 91 234 567", False),
        ("84905123456", True),
        ("113", False),
    ],
)
def test_prefixes_in_use(number: str, valid: bool) -> None:
    assert is_phone(comparable_phone(number)) is valid


def test_messages_go_to_the_first_mobile_number() -> None:
    assert mobile_number("0236 3822 123 / 0905 123 456") == "0905123456"
    assert mobile_number("0236 3822 123") == ""
