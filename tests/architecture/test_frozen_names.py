"""The names that outsiders rely on stay: commands, JSON keys, codes, schema, files."""

import json
from typing import Any

import pytest

from tests.architecture.frozen_names import SNAPSHOT, Names, collect, differences, driven_commands

WHAT_TO_DO = """
Names may be added, never renamed or removed: offices, scripts and files of earlier releases rely on them.
Removed names need a decision record in docs/decisions that says how those who rely on them go on.
After an addition, or with the decision record, regenerate the snapshot and review its diff:
    python -m tests.architecture.frozen_names --write
"""


@pytest.fixture(scope="module")
def now(qapp: Any) -> Names:
    return collect()


@pytest.fixture(scope="module")
def before() -> Names:
    return dict(json.loads(SNAPSHOT.read_text(encoding="utf-8")))


def test_names_are_those_of_the_snapshot(before: Names, now: Names) -> None:
    gone, new = differences(before, now)
    lines = [*(f"removed: {name}" for name in gone), *(f"added: {name}" for name in new)]
    if lines:
        pytest.fail("\n".join([*lines, WHAT_TO_DO]), pytrace=False)


def test_answers_of_every_command_are_in_the_snapshot(before: Names) -> None:
    answered = {name.partition(":")[0] for name in before["answers"]}
    reports = {name for name in answered if name.startswith("report ")}
    assert reports and driven_commands() == (answered - reports - {"any refusal"}) | {"report"}


def test_a_removed_and_an_added_name_are_told_apart() -> None:
    gone, new = differences({"answers": ["show: code", "show: key"]}, {"answers": ["show: code", "show: id"]})
    assert (gone, new) == (["answers / show: key"], ["answers / show: id"])
