"""Random histories: state equals the replay, and Biểu 06a a plain recount.

The recount covers any period.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.models.enums import Action
from app.models.errors import Refusal
from app.models.instants import from_epoch, local_day
from tests.faults.histories import columns_of, journal_rows, recount
from tests.support.offices import Desk, at, reset_desk

START = at("2026-02-02T08:00")
TERMS: list[dict[str, Any] | None] = [
    None,
    {"unit": "unknown"},
    {"limit": 1, "unit": "working_day"},
    {"limit": 3, "unit": "working_day"},
    {"limit": 10, "unit": "day"},
    {"limit": 4, "unit": "hour"},
]
HOLDERS = ["Tư pháp", "Địa chính", "Lãnh đạo", "Bộ phận Một cửa"]


class Lives(RuleBasedStateMachine):
    """Work at a counter over some weeks."""

    desk: Desk
    office_templates: Path

    def __init__(self) -> None:
        super().__init__()
        reset_desk(self.desk, self.office_templates)
        self.now = START
        self.codes: list[str] = []

    def teardown(self) -> None:
        self.recount_in_many_periods()

    @rule(hours=st.sampled_from([0, 1, 5, 24, 24, 72, 400]))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        channel=st.sampled_from(["direct", "online", "post"]),
        procedure=st.sampled_from(["2.000815", "1.001193"]),
        term=st.sampled_from(TERMS),
        at_once=st.booleans(),
        quantity=st.integers(1, 3),
    )
    def take_in(self, **values: Any) -> None:
        self.codes.append(self.desk.take_in(self.now, **values).code)

    @precondition(lambda self: self.codes)
    @rule(
        action=st.sampled_from([action.value for action in Action]),
        which=st.integers(0, 3),
        to=st.sampled_from(HOLDERS),
        note=st.sampled_from(["Lý do", "Lý do", "Lý do", None]),
        later=st.integers(1, 20),
    )
    def act(self, action: str, which: int, to: str, note: str | None, later: int) -> None:
        code = self.codes[-1 - which % len(self.codes)]
        values: dict[str, Any] = {"note": note, "to": to, "until": (self.now + timedelta(days=later)).date()}
        values |= {"amount": 1000, "sets": (("name", f"Đào Thị {to}"),) if action == "amend" else ()}
        before = self.trace()
        try:
            self.desk.act(code, action, self.now, **values)
        except Refusal:
            assert self.trace() == before

    def trace(self) -> list[tuple[Any, ...]]:
        return self.desk.rows(
            "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM outbox), (SELECT max(hash) FROM event),"
            " (SELECT group_concat(status || holder || coalesce(due_at, '') || paid) FROM dossier)"
        )

    @invariant()
    def register_agrees_with_the_journal(self) -> None:
        checked = self.desk.check(self.now)
        assert checked.ok, checked.findings

    @invariant()
    def numbers_are_distinct_and_without_a_gap(self) -> None:
        assert len(set(self.codes)) == len(self.codes)
        issued: dict[str, list[int]] = {}
        for field, number in self.desk.rows("SELECT field, register_number FROM dossier ORDER BY id"):
            issued.setdefault(field, []).append(number)
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in issued.values())

    def recount_in_many_periods(self) -> None:
        journal = journal_rows(self.desk)
        days = sorted({local_day(from_epoch(row[4])) for row in journal} | {START.date(), self.now.date()})
        periods = [(first, last) for first in days for last in (*days, days[-1] + timedelta(days=30)) if first <= last]
        for place, (first, last) in enumerate(periods[:: len(periods) // 40 + 1]):
            today = (last, self.now.date(), date(2030, 1, 1))[place % 3]
            table = self.desk.report(first, last, datetime.combine(today, START.timetz()))
            assert table.checks == ()
            counted = {row.field: {k: v for k, v in vars(row).items() if k != "field" and v} for row in table.rows}
            assert counted == recount(journal, first, last, min(today, last)), (first, last, today)


@pytest.mark.timeout(600)  # a slow machine runs as many examples as a fast one
def test_random_histories(open_desk: Desk, office_templates: dict[bool, Path]) -> None:
    Lives.desk, Lives.office_templates = open_desk, office_templates[True]
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=9, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_recount_of_one_history() -> None:
    """Due 09/02, finished 10/02, taken back 12/02, finished again 13/02."""

    def event(action: str, day: int, **facts: Any) -> tuple[Any, ...]:
        hour = int(at(f"2026-02-{day:02d}T08:00").timestamp())
        return (1, "Hộ tịch", "online", action, hour, json.dumps(facts))

    life = [
        event("intake", 2, due_at="2026-02-09T17:00:00+07:00", change={}),
        event("finish", 10, change={}),
        event("take-back", 12, change={}),
        event("finish", 13, change={}),
    ]
    days = {n: date(2026, 2, n) for n in range(1, 28)}
    assert columns_of(life, days[1], days[9], days[9])[-1] == "pending_in_time"
    assert columns_of(life, days[1], days[11], days[11]) == ["received", "received_online", "resolved", "resolved_late"]
    assert columns_of(life, days[11], days[12], days[12]) == ["received", "carried_over", "pending", "pending_late"]
    assert columns_of(life, days[14], days[20], days[20]) == []
