"""Values of cells: counts, days, numbers of people."""

from datetime import date, datetime
from typing import Any

import pytest

from app.models.instants import OFFICE_TIME
from app.sheets.cells import day_or_instant, identity_number, phone_number, whole_number

TODAY = date(2026, 11, 2)
EIGHTH = date(1999, 3, 8)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12, 12), (12.0, 12), ("12", 12), ("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("1\u00a0234", 1234),
        ("1.234.567", 1_234_567), ("12,0", 12), (1.234, 1234), (12.5, 12_500), ("-", None), ("", None), (None, None),
        ("'15", 15), ("-3", -3),
    ],
)  # fmt: skip
def test_counts(cell: Any, value: int | None) -> None:
    assert whole_number(cell) == value


@pytest.mark.parametrize("cell", ["abc", "12,34", "1.23.4", "12 hồ sơ", 1.23456])
def test_other_text_is_no_count(cell: Any) -> None:
    with pytest.raises(ValueError):
        whole_number(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("8/3/99", EIGHTH), ("08/03/1999", EIGHTH), ("8-3-1999", EIGHTH), ("8.3.1999", EIGHTH), ("08031999", EIGHTH),
        ("1999-03-08", EIGHTH), ("36227", EIGHTH), (36227, EIGHTH), (EIGHTH, EIGHTH), (8031999, EIGHTH),
        ("ngày 8 tháng 3 năm 1999", EIGHTH), ("8/3/26", date(2026, 3, 8)), ("8/3/27", date(2027, 3, 8)),
        ("8/3/28", date(1928, 3, 8)), ("-", None), (None, None),
        ("14:30 8/3/2026", datetime(2026, 3, 8, 14, 30, tzinfo=OFFICE_TIME)),
        ("08/03/2026 7h", datetime(2026, 3, 8, 7, tzinfo=OFFICE_TIME)),
        ("08/03/2026 02:15 PM", datetime(2026, 3, 8, 14, 15, tzinfo=OFFICE_TIME)),
        (36227.5, datetime(1999, 3, 8, 12, tzinfo=OFFICE_TIME)),
    ],
)  # fmt: skip
def test_days(cell: Any, value: Any) -> None:
    assert day_or_instant(cell, TODAY) == value


@pytest.mark.parametrize("cell", ["31/2/2026", "8/13/2026", "hôm qua", "12", 12, 99999, "2026", "08/03/2026 25:00"])
def test_other_text_is_no_day(cell: Any) -> None:
    with pytest.raises(ValueError):
        day_or_instant(cell, TODAY)


def test_numbers_of_people_get_their_lost_zeros_back() -> None:
    assert identity_number(48190004217) == "048190004217" and identity_number("048 190 004217") == "048 190 004217"
    assert identity_number(1190004217) == "001190004217" and identity_number(201345678) == "201345678"
    assert [identity_number(code, of_body=True) for code in (401234567, 3501234567, 401234567001)] == [
        "0401234567",
        "3501234567",
        "0401234567001",
    ]
    assert identity_number("-") == "" and identity_number("'012345678") == "012345678"
    assert phone_number(905123456) == "0905123456" and phone_number("0905.123.456") == "0905.123.456"
    for lost in ("4.819E+10", "4,819E10"):
        with pytest.raises(ValueError):
            identity_number(lost)
        with pytest.raises(ValueError):
            phone_number(lost)
