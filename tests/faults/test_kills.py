"""S1 in small; `python -m tests.faults kills` is the full size."""

from pathlib import Path

import pytest

from tests.faults.kills import kill_many
from tests.faults.office_kinds import REAL, TRAINING, Sort
from tests.faults.processes import Nursery

pytestmark = pytest.mark.posix


@pytest.mark.parametrize("sort", [TRAINING, REAL], ids=["training", "real"])
def test_a_kill_at_any_moment_loses_nothing(
    warm: Nursery, founded: dict[bool, Path], tmp_path: Path, sort: Sort
) -> None:
    toll = kill_many(warm, sort, founded[sort.training], tmp_path, kills=8, seed=5)
    assert toll.clean, toll
    assert toll.kills == 8 and toll.acknowledged > 5  # how many papers came out before a kill is chance in so few
