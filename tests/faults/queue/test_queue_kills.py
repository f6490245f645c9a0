"""Desks killed while they work on the queue, a few of them.

`python -m tests.faults queue` kills 200.
"""

from pathlib import Path

import pytest

from tests.faults.queue.kills import kill_desks

pytestmark = pytest.mark.posix


def test_kill_of_two_desks_loses_no_act_of_the_queue(training_folder: Path) -> None:
    result = kill_desks(training_folder, kills=4, seed=12)
    assert result.clean, result
    assert result.kills == 4 and result.acknowledged > 10
