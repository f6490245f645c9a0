"""Disk images after a power cut, a sample of them.

`python -m tests.faults images` checks 4,000.
"""

from pathlib import Path

import pytest

from tests.faults.images import Disk, Run, check_share, record_run
from tests.faults.office_kinds import REAL, TRAINING, OfficeKind
from tests.faults.processes import ForkServer

pytestmark = pytest.mark.posix
LINES = 30


def recorded_run(
    server: ForkServer, kind: OfficeKind, office_templates: dict[bool, Path], place: Path, synchronous: str = "FULL"
) -> Run:
    return record_run(server, kind, office_templates[kind.training], place, LINES, synchronous)


@pytest.mark.parametrize("kind", [TRAINING, REAL], ids=["training", "real"])
def test_power_cut_loses_no_answered_data(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, kind: OfficeKind
) -> None:
    losses = check_share(recorded_run(server, kind, office_templates, tmp_path), 40, seed=7)
    assert (losses.images, losses.lost, losses.corrupt) == (40, [], [])
    assert losses.moments > 30


def test_recording_reproduces_every_written_file(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path
) -> None:
    run = recorded_run(server, TRAINING, office_templates, tmp_path)
    disk = Disk(run.before, run.folder)
    for step in run.steps:
        disk.apply(step)
    assert disk.current_files() == {path.name: path.read_bytes() for path in run.folder.iterdir()}
    assert (len(disk.codes), len(disk.papers)) == (LINES, LINES // 5)


@pytest.mark.parametrize("kind", [TRAINING, REAL], ids=["training", "real"])
def test_synchronous_normal_loses_data(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, kind: OfficeKind
) -> None:
    """The same check reports losses here, which proves that it can fail.

    The mark in the profile refuses a real office that has lost dossiers since the image before.
    """
    losses = check_share(recorded_run(server, kind, office_templates, tmp_path, "NORMAL"), 20, seed=7)
    assert losses.lost or "database_older" in losses.corrupt
