"""Biểu 06a at the receiver equals the desk's, for 200 invented histories."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from app.models.enums import Action
from app.models.errors import Refusal
from app.models.figures import COLUMNS
from app.office.exchange.sync_export import export_bundle
from app.sync.bundle import read_manifest
from hub.reports.figures_06a import figures_06a
from tests.support.offices import Desk, at
from tests.support.postgres_server import Hub
from tests.usecases.dossiers.test_lives import HOLDERS, TERMS

START = at("2026-02-02T08:00")
LIVES = 200
ACTIONS = [action.value for action in Action if action is not Action.INTAKE]


def live(desk: Desk, random: Random) -> datetime:
    """Take in dossiers and act on them over some weeks; return the end."""
    now, codes = START, []
    while len(codes) < LIVES:
        now += timedelta(hours=random.choice([0, 0, 1, 2, 5, 24]))
        values: dict[str, Any] = {
            "channel": random.choice(["direct", "online", "post"]),
            "procedure": random.choice(["2.000815", "1.001193"]),
            "term": random.choice(TERMS),
            "at_once": random.random() < 0.1,
        }
        codes.append(desk.take_in(now, **values).code)
        for _ in range(3):
            act(desk, random, random.choice(codes[-30:]), now)
    return now


def act(desk: Desk, random: Random, code: str, now: datetime) -> None:
    """Do what the state of a dossier allows, or nothing."""
    action = random.choice(ACTIONS)
    values: dict[str, Any] = {
        "note": "Lý do",
        "to": random.choice(HOLDERS),
        "until": (now + timedelta(days=random.randint(1, 20))).date(),
        "amount": 1000,
        "sets": (("name", "Đào Thị Ẫm"),) if action == "amend" else (),
    }
    try:
        desk.act(code, action, now, **values)
    except Refusal:
        return  # most actions fit few states


def send_all(desk: Desk, hub: Hub, now: datetime) -> None:
    """Carry every record to the receiver."""
    intake = hub.intake()
    more = True
    while more:
        bundle = export_bundle(desk.office, None, now)
        more = bundle.more
        if bundle.sequence == 1:
            manifest = read_manifest(bundle.content).values
            hub.run("enrol", manifest["public_key"], "--agency", manifest["agency_code"])
        receipt = intake.receive(bundle.content, now)
        assert receipt.rejected == 0 and receipt.accepted == bundle.records


def figures(rows: Any) -> dict[str, dict[str, int]]:
    return {row.field: {name: getattr(row, name) for name in COLUMNS} for row in rows}


@pytest.mark.slow
def test_figures_are_those_of_the_desk_in_every_period(desk: Desk, hub: Hub) -> None:
    end = live(desk, Random(13))
    send_all(desk, hub, end)
    interrupted = dict(hub.rows("SELECT interrupted, count(*) FROM dossier GROUP BY 1"))
    assert interrupted[True] > 20 and interrupted[False] > 20
    days = [START.date() + timedelta(days=number) for number in range(-2, (end - START).days + 40, 4)]
    periods = [(first, last) for first in days for last in days if first <= last]
    assert len(periods) > 150
    with hub.database().connection() as connection:
        for place, (first, last) in enumerate(periods):
            today = (last, end.date(), date(2030, 1, 1))[place % 3]
            ours = figures_06a(connection, first, last, today)
            theirs = desk.report(first, last, datetime.combine(today, START.timetz()))
            assert figures(ours.rows) == figures(theirs.rows), (first, last, today)
            assert ours.checks == ()
