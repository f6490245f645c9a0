"""Days as people type them."""

from datetime import date

import pytest

from app.models.values.days import birth_to_iso, parse_day, parse_table_day

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "text",
    [
        "8/3/1999",
        "08/03/1999",
        "08031999",
        "8-3-1999",
        "8.3.1999",
        "8 3 1999",
        "1999-03-08",
        "1999/3/8",
        " 08/03/1999 ",
        "8–3–1999",
        "8\u20113\u20111999",
        "８／３／１９９９",
        "8/\u200b3/1999",
        "08\u00a003\u00a01999",
        "\ufeff08/03/1999",
    ],
)
def test_spellings_of_a_day(text: str) -> None:
    assert parse_day(text) == date(1999, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/1999",
        "1999",
        "8/3",
        "080399",
        "99/99/1999",
        "8/3/199",
        "8/3/0999",
        "3/1999",
        "29/2/1999",
        "0/3/1999",
        "8/0/99",
    ],
)
def test_other_text_is_no_day(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("8/3/99", "1999-03-08"),
        ("8/3/05", "2005-03-08"),
        ("28/11/26", "2026-11-28"),
        ("29/11/26", "1926-11-29"),
        ("1999", "1999"),
        ("03/1999", "03/1999"),
        ("8–3–99", "1999-03-08"),
        ("31/02/99", "31/02/99"),
        ("chưa rõ", "chưa rõ"),
    ],
)
def test_birth_with_two_digit_year_is_in_the_past(text: str, iso: str) -> None:
    assert birth_to_iso(text, TODAY) == iso


def test_two_digit_year_of_another_day_is_of_this_century() -> None:
    assert parse_day("8/3/27") == date(2027, 3, 8)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46063", date(2026, 2, 10)),
        ("12/2/2026", date(2026, 2, 12)),
        ("12.2.26", date(2026, 2, 12)),
        ("12022026", date(2026, 2, 12)),
        ("90000", None),
        ("4606", None),
        ("46063,5", None),
    ],
)
def test_day_of_a_table(text: str, day: date | None) -> None:
    assert parse_table_day(text) == day
