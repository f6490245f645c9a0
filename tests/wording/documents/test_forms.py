"""Days, times, amounts and labels as papers write them."""

from datetime import UTC, date, datetime

import pytest

from app.models.enums import Handling, ReturnBy, Verdict
from app.wording.documents import forms
from app.wording.numbers import day_in_words, instant_in_words, money


@pytest.mark.parametrize(("amount", "text"), [(0, "0 đ"), (500, "500 đ"), (8000, "8.000 đ"), (1234567, "1.234.567 đ")])
def test_money(amount, text):
    assert money(amount) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 25), "ngày 25 tháng 12 năm 2026"),
    ],
)
def test_day_in_words_has_leading_zeros(day, text):
    assert day_in_words(day) == text


def test_instant_in_words_uses_office_time():
    late = datetime(2026, 2, 11, 19, 5, tzinfo=UTC)
    assert instant_in_words(late) == "02 giờ 05 phút, ngày 12 tháng 02 năm 2026"


def test_every_code_has_a_label():
    for name, codes in (("handling", Handling), ("return_by", ReturnBy), ("verdict", Verdict)):
        assert set(forms.CODED_NAMES[name]) == set(codes)


def test_short_labels():
    assert forms.paper_counts(1, 2) == ": 1 bản chính, 2 bản sao"
    assert forms.paper_counts(0, 0) == ""
    assert forms.copy_line("", 0) == ""
    assert forms.copy_line("", 3) == "(In lại lần 3)"
