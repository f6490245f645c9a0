"""Window killed while it saves (SCENARIOS S1).

`python -m tests.faults window` kills 100 windows.
"""

from pathlib import Path

import pytest

from tests.faults.window.kills import kill_windows

pytestmark = pytest.mark.posix


def test_killed_window_offers_the_unsaved_draft(office_templates: dict[bool, Path], tmp_path: Path) -> None:
    result = kill_windows(office_templates[True], tmp_path, kills=1, seed=1)
    assert (result.kills, result.lost, result.unsound) == (1, [], [])
    assert result.saved + result.offered >= 1
