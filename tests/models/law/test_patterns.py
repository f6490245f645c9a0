"""Patterns of dossier codes as dated data."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.codes import CodePattern, comparable, dossier_code, key_fault, read_code
from app.models.errors import Refusal

AGENCY = "H29.12"


@st.composite
def templates(draw: st.DrawFn) -> str:
    """Return templates that the pattern accepts."""
    day = draw(st.sampled_from(["{day}", "{YYMMDD}", "{YYYYMMDD}"]))
    serial = draw(st.sampled_from(["{serial}", *(f"{{serial:{width}}}" for width in range(4, 10))]))
    host = draw(st.sampled_from([[], ["{AA}"], ["{host}"]]))
    parts = draw(st.permutations([day, serial, *host]))
    between = draw(st.lists(st.sampled_from(["", "-", "/", ".", "X7"]), min_size=4, max_size=4))
    return "{agency}-" + "".join(f"{part}{sign}" for part, sign in zip(parts, between, strict=False))


SERIALS = st.tuples(st.integers(1, 99), st.integers(1, 9999))
DAYS = st.integers(0, 3000).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@given(templates(), st.tuples(SERIALS, DAYS), st.tuples(SERIALS, DAYS))
def test_codes_of_a_pattern_are_distinct_and_no_key(
    template: str, first: tuple[tuple[int, int], date], second: tuple[tuple[int, int], date]
) -> None:
    pattern = CodePattern(date.min, template)
    codes = [dossier_code(AGENCY, day, desk, n, pattern, "15") for (desk, n), day in (first, second)]
    assert (codes[0] == codes[1]) == (comparable(codes[0]) == comparable(codes[1])) == (first == second)
    assert all(len(code) <= 64 and key_fault(comparable(code), AGENCY) is not None for code in codes)


@pytest.mark.parametrize(
    "template", ["{agency}-{YYMMDD}-{serial:4}", "{agency}-{YYYYMMDD}-{serial:7}", "{agency}-{YYMMDD}-{AA}{serial}"]
)
def test_desks_with_all_their_numbers_have_distinct_codes(template: str) -> None:
    """All numbers of two desks, and the first and last of the others."""
    pattern, day = CodePattern(date.min, template), date(2027, 3, 1)
    numbers = [(desk, n) for desk in (1, 99) for n in range(1, 10_000)]
    numbers += [(desk, n) for desk in range(2, 99) for n in (1, 9, 10, 99, 100, 999, 1000, 9999)]
    codes = {pattern.fill(AGENCY, day, (desk - 1) * 10_000 + n, "15").replace("-", "") for desk, n in numbers}
    assert len(codes) == len(numbers)


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{agency}-{YYMMDD}-{serial:4}", "H29.12-270301-0012"),
        ("{agency}-{YYYYMMDD}-{serial:7}", "H29.12-20270301-0000012"),
        ("{agency}-{YYMMDD}-{AA}{serial}", "H29.12-270301-150012"),
    ],
)
def test_pattern_writes_the_code(template: str, code: str) -> None:
    assert dossier_code(AGENCY, date(2027, 3, 1), 1, 12, CodePattern(date.min, template), "15") == code
    parts = read_code(code)
    assert parts is not None and (parts.agency, parts.day) == (AGENCY, date(2027, 3, 1))


@pytest.mark.parametrize(
    "template",
    [
        *(
            "",
            "{agency}-{serial}",
            "{agency}-{YYYY}-{serial}",
            "{agency}-{MMDD}-{serial}",
            "{YYMMDD}-{agency}-{serial}",
        ),
        *("{agency}{YYMMDD}-{serial}", "{agency}-{YYMMDD}-{serial:3}", "{agency}-{YYMMDD}-{serial:10}"),
        *(
            "{agency}-{YYMMDD}-{YYYYMMDD}-{serial}",
            "{agency}-{YYMMDD}-{AA}{host}{serial}",
            "{agency}-{YYMMDD}-{serial}đ",
        ),
        *("{agency}.{YYMMDD}-{serial}", "{agency}-{YYMMDD:6}-{serial}", "{agency}-{YYMMDD}-{serial}|{serial}"),
    ],
)
def test_ambiguous_pattern_is_refused(template: str) -> None:
    with pytest.raises(Refusal) as refused:
        CodePattern(date.min, template)
    assert (refused.value.code, refused.value.field) == ("code_pattern", "template")


def test_pattern_too_long_for_paper_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        CodePattern(date.min, "{agency}-{YYMMDD}-{serial}-" + "A" * 40)
    assert refused.value.code == "code_pattern_long"
