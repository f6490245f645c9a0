"""Procedures on the digits of the intake page."""

from datetime import datetime

import pytest

from app.models.errors import Refusal
from app.usecases.catalogue.procedures import (
    FrequentProcedures,
    ImportCatalogue,
    KeepFrequent,
    PlaceFrequent,
    frequent_procedures,
    import_catalogue,
    keep_frequent,
    place_frequent,
)
from tests.support.offices import MORNING, SAME_DAY, Desk

OTHER = "1.001193"


def digits(desk: Desk, at: datetime = MORNING) -> list[str | None]:
    lines = desk.office.read(frequent_procedures, FrequentProcedures(), at)
    return [None if line is None else line.code for line in lines]


def change_catalogue(desk: Desk, code: str, **cells: str) -> None:
    """Make a new version of a procedure that is valid at once."""
    row = {"code": code, "name": "Thủ tục thử", "field": "Hộ tịch", "limit": "5", "unit": "working_day", **cells}
    text = "\n".join("\t".join(part) for part in (row.keys(), row.values()))
    result = desk.office.write(import_catalogue, ImportCatalogue(text), MORNING)
    assert result.new + result.changed == 1


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


THREE = (SAME_DAY, OTHER, "1.000656")


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Desk with procedures on the digits 1 to 3."""
    for code in THREE:
        keep(desk, code)
    return desk


@pytest.mark.parametrize(
    ("cells", "second"),
    [
        ({"limit": "9", "fee_vnd": "1000"}, OTHER),
        ({"withdrawn": "1"}, None),
        ({"withdrawn": "1", "superseded_by": THREE[2]}, THREE[2]),
    ],
    ids=["changed", "withdrawn", "superseded by a procedure with a digit"],
)
def test_change_of_the_catalogue_moves_no_digit(three: Desk, cells: dict[str, str], second: str | None) -> None:
    change_catalogue(three, OTHER, **cells)
    assert digits(three) == [SAME_DAY, second, THREE[2]]
    assert keep(three, "1.001766") and digits(three) == [SAME_DAY, second, THREE[2], "1.001766"]


def test_new_procedure_gets_no_digit_by_itself(three: Desk) -> None:
    change_catalogue(three, "9.000001")
    assert digits(three) == list(THREE)


def test_pinned_procedure_is_on_the_digit_of_its_key(three: Desk) -> None:
    three.office.write(place_frequent, PlaceFrequent("1.001766", 6), MORNING)
    assert digits(three) == [*THREE, None, None, "1.001766"]
    three.office.write(place_frequent, PlaceFrequent("1.001766", 1), MORNING)
    assert digits(three) == ["1.001766", OTHER, THREE[2], None, None, SAME_DAY], "only the two change their digits"
    assert keep(three, "1.000689") and digits(three)[3:5] == ["1.000689", None]
