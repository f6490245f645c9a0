"""A refusal at the counter: a numbered slip and nothing else."""

from datetime import date

import pytest

from app.models.values import Refusal
from app.usecases.refuse import RefuseAtCounter, TurnedAway, refuse_at_counter
from tests.offices import MORNING, Desk, line

REASON = "Thiếu bản chính giấy chứng sinh"


def turn_away(desk: Desk, **told: object) -> TurnedAway:
    command = RefuseAtCounter.read(line(**{"reason": REASON, **told}), MORNING.date())
    return desk.office.write(refuse_at_counter, command, MORNING)


def test_slips_are_numbered_and_no_dossier_is_made(desk: Desk) -> None:
    assert [turn_away(desk).number for _ in range(3)] == [1, 2, 3]
    assert desk.rows("SELECT count(*) FROM dossier") == [(0,)]
    assert desk.rows("SELECT count(*) FROM event") == [(0,)]
    assert desk.rows("SELECT number, reason FROM counter_refusal ORDER BY id") == [(n, REASON) for n in (1, 2, 3)]
    assert desk.take_in().code.endswith("-0001"), "a refusal takes no number of a dossier"


def test_no_table_counts_it(desk: Desk) -> None:
    turn_away(desk)
    assert desk.report(date(2026, 1, 1), date(2026, 3, 31)).rows == ()
    assert desk.check().ok


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"reason": None}, "missing", "reason"),
        ({"reason": "  "}, "missing", "reason"),
        ({"reason": "x" * 2001}, "text_too_long", "reason"),
        ({"applicant": {"kind": "citizen", "name": "123"}}, "name_without_letters", "applicant.name"),
        ({"procedure": "9.999999"}, "unknown_procedure", "procedure"),
    ],
)
def test_a_bad_line_writes_nothing(desk: Desk, told: dict[str, object], code: str, field: str) -> None:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        turn_away(desk, **told)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert desk.contents() == before
