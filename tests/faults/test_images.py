"""The power cut in small; `python -m tests.faults images` is the full size."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.images import Disk, Losses, judge_share
from tests.faults.processes import Nursery
from tests.faults.recording import Step, record

pytestmark = pytest.mark.posix
LINES = 30


@dataclass(frozen=True)
class Run:
    """A run that was watched: its folder, a copy of it from before, every step."""

    folder: Path
    before: Path
    steps: tuple[Step, ...]

    def losses(self, images: int) -> Losses:
        """What is missing on so many disks after a power cut."""
        return judge_share(self.before, self.folder, self.steps, images, seed=7)


def watched(warm: Nursery, template: Path, place: Path, synchronous: str = "FULL") -> Run:
    before, folder, papers = (place / name for name in ("before", "office", "papers"))
    for copy in (before, folder):
        shutil.copytree(template, copy)
    papers.mkdir()
    try:
        return Run(folder, before, record(warm, folder, papers, LINES, synchronous))
    except (FileNotFoundError, PermissionError) as reason:
        pytest.skip(str(reason))


def test_a_power_cut_at_any_moment_loses_nothing(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    run = watched(warm, founded[True], tmp_path)
    losses = run.losses(80)
    assert (losses.images, losses.lost, losses.corrupt) == (80, [], [])
    assert losses.moments > 60


def test_the_record_holds_everything_that_was_written(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    run = watched(warm, founded[True], tmp_path)
    disk = Disk(run.before, run.folder)
    for step in run.steps:
        disk.follow(step)
    assert disk.whole() == {path.name: path.read_bytes() for path in run.folder.iterdir()}
    assert (len(disk.codes), len(disk.papers)) == (LINES, LINES // 5)


def test_with_less_syncing_it_would_lose(warm: Nursery, founded: dict[bool, Path], tmp_path: Path) -> None:
    """The same judge over the same run with synchronous=NORMAL: it can fail."""
    assert watched(warm, founded[True], tmp_path, "NORMAL").losses(30).lost
