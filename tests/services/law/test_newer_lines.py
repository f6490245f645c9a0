"""Lines that a newer program would know: left out, named, the rest works."""

import json
from datetime import date
from typing import Any

import pytest

from app.models.law.rule import Rule
from app.resource_files import RESOURCES
from app.services.law.rules import read_shipped, unusable_shipped_rules
from app.usecases.sms.outbox import SetSmsEnabled, set_sms_enabled
from tests.services.law.test_rules import write_rules
from tests.support.offices import MORNING, Desk, at

LINES = json.loads((RESOURCES / "rules.json").read_text(encoding="utf-8"))["rules"]


def test_every_shipped_line_is_used() -> None:
    assert unusable_shipped_rules() == () and len(read_shipped(LINES).rules) == len(LINES)


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "court", "key": "k", "value": {}, "valid_from": "2027-01-01", "decision": "1/QĐ"},
        {**LINES[0], "colour": 1},
        {**LINES[0], "value": {**LINES[0]["value"], "colour": 1}},
        {**LINES[0], "valid_from": "soon"},
        "text",
        None,
    ],
)
def test_shipped_line_of_a_newer_program_is_left_out(line: Any) -> None:
    read = read_shipped([line, *LINES])
    assert len(read.rules) == len(LINES) and len(read.unusable) == 1


NEWER: dict[str, tuple[str, dict[str, Any]]] = {
    "court": ("k", {"x": 1}),
    "calendar_day": ("2026-02-12", {"kind": "strike"}),
    "notice": ("received", {"text": "Đã nhận {code}.", "actions": ["intake", "teleport"]}),
    "late_reason": ("k", {"name": "Mất điện", "colour": 1}),
    "feedback_term": ("any", {"working_days": 7, "colour": 1}),
    "fee_relief": ("k", {"name": "Miễn", "percent": 100, "channels": ["fax"]}),
}


@pytest.mark.parametrize(("kind", "key", "value"), [(kind, *each) for kind, each in NEWER.items()], ids=NEWER)
def test_stored_rule_of_a_newer_program_closes_no_office(desk: Desk, kind: str, key: str, value: Any) -> None:
    """A newer program may have written it without a new schema."""
    rule = Rule(kind, key, value, date(2026, 1, 1), "1/QĐ")
    desk.office.write(write_rules, (rule,), MORNING)
    desk.office.write(set_sms_enabled, SetSmsEnabled(True), MORNING)
    accepted = desk.take_in(MORNING)
    assert (accepted.due_at, accepted.fee) == (at("2026-02-23T17:00"), 2000)
    assert desk.act(accepted.code, "finish", at("2026-02-10T09:00")).status == "finished"
