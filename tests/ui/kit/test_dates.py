"""Parsing of typed days."""

from datetime import date

import pytest

from app.ui.kit.dates import parse_day


@pytest.mark.parametrize(("typed", "day"), [
    ("8/3/1999", date(1999, 3, 8)), ("08.03.1999", date(1999, 3, 8)), ("08031999", date(1999, 3, 8)),
    ("31/02/1999", None), ("1999", None), ("08/03/99", None),
])  # fmt: skip
def test_parse_day(typed: str, day: date | None) -> None:
    assert parse_day(typed) == day
