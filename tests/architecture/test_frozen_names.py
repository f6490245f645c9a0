"""Names that outsiders rely on: commands, JSON keys, codes, schema, files."""

import json
from typing import Any

import pytest

from tests.architecture.frozen_names import SNAPSHOT, Names, collect, differences, driven_commands

INSTRUCTIONS = """
Names may be added, never renamed or removed: offices, scripts and files of earlier releases rely on them.
A removal needs a decision record in docs/decisions with the consequences for their users.
After an addition, or with the decision record, regenerate the snapshot and review its diff:
    python -m tests.architecture.frozen_names --write
"""


@pytest.fixture(scope="module")
def now(qapp: Any) -> Names:
    return collect()


@pytest.fixture(scope="module")
def before() -> Names:
    return dict(json.loads(SNAPSHOT.read_text(encoding="utf-8")))


def test_names_match_the_snapshot(before: Names, now: Names) -> None:
    removed, added = differences(before, now)
    lines = [*(f"removed: {name}" for name in removed), *(f"added: {name}" for name in added)]
    if lines:
        pytest.fail("\n".join([*lines, INSTRUCTIONS]), pytrace=False)


def test_answers_of_every_command_are_in_the_snapshot(before: Names) -> None:
    answered = {name.partition(":")[0] for name in before["answers"]}
    reports = {name for name in answered if name.startswith("report ")}
    assert reports and driven_commands() == (answered - reports - {"any refusal"}) | {"report"}


def test_differences_lists_removed_and_added_names() -> None:
    removed, added = differences({"answers": ["show: code", "show: key"]}, {"answers": ["show: code", "show: id"]})
    assert (removed, added) == (["answers / show: key"], ["answers / show: id"])
