"""S1 in small; `python -m tests.faults kills` is the full size."""

from pathlib import Path

import pytest

from tests.faults.kills import kill_many
from tests.faults.processes import Nursery

pytestmark = pytest.mark.posix


def test_a_kill_at_any_moment_loses_nothing(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    toll = kill_many(warm, founded[True], tmp_path, kills=16, seed=5)
    assert toll.clean, toll
    assert toll.kills == 16 and toll.acknowledged > 5 and toll.papers > 0
