"""Amounts in words on a receipt."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wording.numbers import money_in_words

WORDS = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1_000: "một nghìn",
    1_005: "một nghìn không trăm linh năm",
    1_015: "một nghìn không trăm mười lăm",
    8_000: "tám nghìn",
    15_500: "mười lăm nghìn năm trăm",
    105_000: "một trăm linh năm nghìn",
    1_000_000: "một triệu",
    1_000_001: "một triệu không trăm linh một",
    1_050_000: "một triệu không trăm năm mươi nghìn",
    12_345_678: "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám",
    1_000_000_000: "một tỷ",
    2_000_005_000: "hai tỷ không trăm linh năm nghìn",
    999_999_999_999: "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn "
    "chín trăm chín mươi chín",
    1_000_000_000_000: "một nghìn tỷ",
}
_PLAIN = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
DIGITS = {**{word: digit for digit, word in enumerate(_PLAIN)}, "mốt": 1, "tư": 4, "lăm": 5}


def parse_amount(words):
    """Return the amount of a text in words."""
    whole = group = digit = 0
    for word in words.removesuffix(" đồng").split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in ("trăm", "mươi"):
            group, digit = group + digit * {"trăm": 100, "mươi": 10}[word], 0
        elif word == "mười":
            group += 10
        elif word == "tỷ":
            whole, group, digit = (whole + group + digit) * 10**9, 0, 0
        elif word in ("triệu", "nghìn"):
            whole, group, digit = whole + (group + digit) * {"triệu": 10**6, "nghìn": 10**3}[word], 0, 0
        else:
            assert word == "linh"
    return whole + group + digit


@pytest.mark.parametrize("amount", WORDS)
def test_money_in_words_examples(amount):
    assert money_in_words(amount) == f"{WORDS[amount]} đồng"
    assert parse_amount(money_in_words(amount)) == amount


@given(st.one_of(st.integers(0, 10**12), st.integers(0, 10**6), st.integers(0, 10**9).map(lambda n: n * 1000)))
def test_money_in_words_round_trip(amount):
    words = money_in_words(amount)
    assert parse_amount(words) == amount
    assert "  " not in words
    assert not re.search(r"mươi một\b|mươi năm\b|mười năm\b|linh lăm", words)


@pytest.mark.parametrize("amount", [-1, 10**12 + 1])
def test_amounts_beyond_the_limit_raise_value_error(amount):
    with pytest.raises(ValueError, match="from 0 to"):
        money_in_words(amount)
