"""The power cut in small; `python -m tests.faults images` is the full size."""

from pathlib import Path

import pytest

from tests.faults.images import Disk, Run, judge_share, watched
from tests.faults.office_kinds import REAL, TRAINING, Sort
from tests.faults.processes import Nursery, Unwatchable

pytestmark = pytest.mark.posix
LINES = 30


def seen(warm: Nursery, sort: Sort, founded: dict[bool, Path], place: Path, synchronous: str = "FULL") -> Run:
    try:
        return watched(warm, sort, founded[sort.training], place, LINES, synchronous)
    except Unwatchable as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("sort", [TRAINING, REAL], ids=["training", "real"])
def test_a_power_cut_at_any_moment_loses_nothing(
    warm: Nursery, founded: dict[bool, Path], tmp_path: Path, sort: Sort
) -> None:
    losses = judge_share(seen(warm, sort, founded, tmp_path), 40, seed=7)
    assert (losses.images, losses.lost, losses.corrupt) == (40, [], [])
    assert losses.moments > 30


def test_the_record_holds_everything_that_was_written(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    run = seen(warm, TRAINING, founded, tmp_path)
    disk = Disk(run.before, run.folder)
    for step in run.steps:
        disk.follow(step)
    assert disk.whole() == {path.name: path.read_bytes() for path in run.folder.iterdir()}
    assert (len(disk.codes), len(disk.papers)) == (LINES, LINES // 5)


@pytest.mark.parametrize("sort", [TRAINING, REAL], ids=["training", "real"])
def test_with_less_syncing_it_would_lose(warm: Nursery, founded: dict[bool, Path], tmp_path: Path, sort: Sort) -> None:
    """The same judge over the same run with synchronous=NORMAL: it can fail."""
    assert judge_share(seen(warm, sort, founded, tmp_path, "NORMAL"), 20, seed=7).lost
