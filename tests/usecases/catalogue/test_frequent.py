"""Procedures on the digits of the intake page."""

import pytest

from app.models.errors import Refusal
from app.usecases.catalogue.procedures import (
    FrequentProcedures,
    KeepFrequent,
    PlaceFrequent,
    frequent_procedures,
    keep_frequent,
    place_frequent,
)
from tests.support.offices import MORNING, SAME_DAY, Desk

OTHER = "1.001193"


def digits(desk: Desk) -> list[str]:
    return [line.code for line in desk.office.read(frequent_procedures, FrequentProcedures(), MORNING)]


def keep(desk: Desk, code: str) -> bool:
    return desk.office.write(keep_frequent, KeepFrequent(code), MORNING)


def test_digits_do_not_change_with_use(desk: Desk) -> None:
    desk.take_in(procedure=SAME_DAY)
    assert keep(desk, SAME_DAY) and digits(desk) == [SAME_DAY]
    for _ in range(3):
        desk.take_in(procedure=OTHER)
    assert keep(desk, OTHER) and digits(desk) == [SAME_DAY, OTHER]
    assert not keep(desk, OTHER)


def test_digit_changes_by_an_act_only(desk: Desk) -> None:
    for code in (SAME_DAY, OTHER):
        keep(desk, code)
    desk.office.write(place_frequent, PlaceFrequent(OTHER, 1), MORNING)
    assert digits(desk) == [OTHER, SAME_DAY]


def test_unknown_procedure_gets_no_digit(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_procedure"):
        desk.office.write(place_frequent, PlaceFrequent("9.999999", 1), MORNING)
    assert digits(desk) == []
