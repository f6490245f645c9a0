"""The table of roles and rights, and the page that shows it."""

import re
from pathlib import Path

import pytest

from app.models.enums import Action, Right, Role
from app.models.rights import EVERYDAY_ROLES, READ_RIGHTS, RIGHT_BY_ACTION, ROLES_BY_RIGHT, rights_of
from app.wording.people import right_name
from app.wording.status import role_name

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administrator.md"


def test_every_right_has_a_role_and_every_action_a_right() -> None:
    assert set(ROLES_BY_RIGHT) == set(Right) and all(ROLES_BY_RIGHT.values())
    assert set(RIGHT_BY_ACTION) == set(Action)


def test_everyday_roles_cover_a_one_clerk_office() -> None:
    assert rights_of((Role.ADMINISTRATOR, *EVERYDAY_ROLES)) == set(Right)
    assert rights_of(()) == frozenset()


def test_an_auditor_reads_everything_and_writes_nothing() -> None:
    assert rights_of([Role.AUDITOR]) == READ_RIGHTS


def test_kiosk_rights() -> None:
    assert rights_of([Role.KIOSK]) == {Right.ASK_STATUS, Right.SERVE_CITIZEN}


@pytest.mark.parametrize("right", Right)
def test_whoever_has_two_roles_has_the_rights_of_both(right: Right) -> None:
    for one in Role:
        for other in Role:
            assert (right in rights_of([one, other])) == (right in rights_of([one]) or right in rights_of([other]))


def test_the_administrators_page_shows_the_table_as_it_is() -> None:
    _, page = PAGE.read_text(encoding="utf-8").split("## Rights")
    rows = [line.strip("|").split("|") for line in page.splitlines() if "| `" in line]
    table = {re.sub("[` ]", "", cells[0]): [cell.strip() for cell in cells[1:]] for cells in rows}
    assert set(table) == set(Right)
    for right, (said, *marks) in table.items():
        assert said == right_name(Right(right))
        assert [mark == "✓" for mark in marks] == [role in ROLES_BY_RIGHT[Right(right)] for role in Role], right


def test_every_role_has_a_name() -> None:
    assert len({role_name(role) for role in Role}) == len(Role)
