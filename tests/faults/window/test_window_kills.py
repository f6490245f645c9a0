"""S1 at the window, in small; `python -m tests.faults window` kills a hundred."""

from pathlib import Path

import pytest

from tests.faults.window.kills import kill_windows

pytestmark = pytest.mark.posix


def test_killed_window_offers_the_unsaved_draft(office_templates: dict[bool, Path], tmp_path: Path) -> None:
    restarts = kill_windows(office_templates[True], tmp_path, kills=1, seed=1)
    assert (restarts.kills, restarts.lost, restarts.unsound) == (1, [], [])
    assert restarts.saved + restarts.offered >= 1
