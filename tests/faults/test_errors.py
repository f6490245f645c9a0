"""Failing disk calls of an intake, a sample of them.

`python -m tests.faults errors` tries every call.
"""

import random
from pathlib import Path

import pytest

from tests.faults.errors import SYNCS, all_points, fail_at
from tests.faults.office_kinds import REAL
from tests.faults.processes import ForkServer

pytestmark = pytest.mark.posix


def test_disk_failure_at_any_call_is_reported_clearly(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path
) -> None:
    points = all_points(server, REAL, office_templates[False], tmp_path)
    syncs = [point for point in points if point.call in SYNCS]
    writes = [point for point in points if point.call not in SYNCS]
    assert len(syncs) >= 2 and len(writes) > 40
    outcome = fail_at(
        server, REAL, office_templates[False], tmp_path, [*syncs[:2], *random.Random(3).sample(writes, 5)]
    )
    assert outcome.clean, outcome
    assert outcome.stopped > 0 and outcome.stopped + outcome.done == outcome.points == 7
