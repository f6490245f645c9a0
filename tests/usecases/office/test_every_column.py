"""The check names a change of any column of any table.

Exceptions are named in SECURITY.md.
"""

from pathlib import Path

from tests.support.offices import Desk, reset_desk
from tests.usecases.office.hand_made_changes import NOT_COVERED, apply_change, every_change, is_covered, tables_of

SECURITY = Path(__file__).parents[3] / "SECURITY.md"


def test_changed_value_of_any_column_is_named(full_office: Desk, desk: Desk) -> None:
    reset_desk(desk, full_office.folder)
    count = 0
    for change in every_change(desk):
        if not apply_change(desk, change):
            continue
        count += 1
        findings = desk.check().findings
        assert bool(findings) == is_covered(change.table, change.column), (change, findings)
        reset_desk(desk, full_office.folder)
    assert count > 280


def test_what_is_not_covered_is_named(desk: Desk) -> None:
    text = " ".join(SECURITY.read_text(encoding="utf-8").split())
    assert all(words in text for words in NOT_COVERED.values())
    assert {table for table, _ in NOT_COVERED} <= set(tables_of(desk))
