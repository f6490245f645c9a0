"""Table of roles and rights, and the page that documents it."""

import re
from pathlib import Path

import pytest

from app.models.enums import Action, Right, Role
from app.models.rights import EVERYDAY_ROLES, RIGHT_BY_ACTION, ROLES_BY_RIGHT, rights_of
from app.wording.people import right_name
from app.wording.status import role_name

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administrator.md"


def test_every_right_has_a_role_and_every_action_a_right() -> None:
    assert set(ROLES_BY_RIGHT) == set(Right) and all(ROLES_BY_RIGHT.values())
    assert set(RIGHT_BY_ACTION) == set(Action)


def test_everyday_roles_cover_a_one_clerk_office() -> None:
    assert rights_of((Role.ADMINISTRATOR, *EVERYDAY_ROLES)) == set(Right)
    assert rights_of(()) == frozenset()


def test_auditor_has_only_read_rights() -> None:
    assert rights_of([Role.AUDITOR]) == {
        *(Right.ASK_STATUS, Right.ASK_OFFICE, Right.READ_LISTS, Right.OPEN_SHEET, Right.FIND_PEOPLE),
        *(Right.READ_FIGURES, Right.SEE_USERS, Right.READ_TRAIL),
    }


def test_kiosk_rights() -> None:
    assert rights_of([Role.KIOSK]) == {Right.ASK_STATUS, Right.SERVE_CITIZEN}


@pytest.mark.parametrize("right", Right)
def test_two_roles_combine_their_rights(right: Right) -> None:
    for first in Role:
        for second in Role:
            assert (right in rights_of([first, second])) == (
                right in rights_of([first]) or right in rights_of([second])
            )


def test_administrator_page_shows_the_table() -> None:
    _, page = PAGE.read_text(encoding="utf-8").split("## Rights")
    rows = [line.strip("|").split("|") for line in page.splitlines() if "| `" in line]
    table = {re.sub("[` ]", "", cells[0]): [cell.strip() for cell in cells[1:]] for cells in rows}
    assert set(table) == set(Right)
    for right, (name, *marks) in table.items():
        assert name == right_name(Right(right))
        assert [mark == "✓" for mark in marks] == [role in ROLES_BY_RIGHT[Right(right)] for role in Role], right


def test_every_role_has_a_name() -> None:
    assert len({role_name(role) for role in Role}) == len(Role)
