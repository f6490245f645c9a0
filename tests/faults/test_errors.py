"""A disk that fails at one call, in small; `python -m tests.faults errors` tries every call."""

import random
from pathlib import Path

import pytest

from tests.faults.errors import SYNCS, every_point, fail_at
from tests.faults.office_kinds import REAL
from tests.faults.processes import Nursery, Unwatchable

pytestmark = pytest.mark.posix


def test_a_disk_that_fails_at_any_call_stops_clearly(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    try:
        points = every_point(warm, REAL, founded[False], tmp_path)
    except Unwatchable as reason:
        pytest.skip(str(reason))
    syncs = [point for point in points if point.call in SYNCS]
    writes = [point for point in points if point.call not in SYNCS]
    assert len(syncs) >= 2 and len(writes) > 40
    outcome = fail_at(warm, REAL, founded[False], tmp_path, [*syncs[:2], *random.Random(3).sample(writes, 5)])
    assert outcome.clean, outcome
    assert outcome.stopped > 0 and outcome.stopped + outcome.done == outcome.points == 7
