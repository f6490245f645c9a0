"""Page fees of chứng thực bản sao and their catalogue cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.fees import PageFee, parse_page_fee

COPY = PageFee(2000, 2, 1000, 200_000)


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2000), (2, 4000), (3, 5000), (4, 6000), (197, 199_000), (198, 200_000), (199, 200_000), (10_000, 200_000)],
)
def test_per_copy_has_two_rates_and_a_maximum(pages: int, fee: int) -> None:
    assert COPY.per_copy(pages) == fee


@given(st.builds(PageFee, *(st.integers(0, 99_999) for _ in range(4))), st.integers(1, 10_000))
def test_per_copy_equals_the_sum_of_pages(rule: PageFee, pages: int) -> None:
    each = (rule.first_each if page <= rule.first_pages else rule.further_each for page in range(1, pages + 1))
    assert rule.per_copy(pages) == min(sum(each), rule.maximum)
    assert parse_page_fee(rule.to_cell(), "fee_rule") == rule


def test_blanks_in_the_cell_are_ignored() -> None:
    assert parse_page_fee(" per_page: 2000, 2, 1000, 200000 ", "fee_rule") == COPY


@pytest.mark.parametrize(
    "text", ["2000", "per_page:", "per_page:2000,2,1000", "per_page:2000,2,1000,-1", "per_page:2.000,2,1.000,200.000"]
)
def test_invalid_cells_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_page_fee(text, "fee_rule")
    assert (caught.value.code, caught.value.field) == ("fee_rule_shape", "fee_rule")
