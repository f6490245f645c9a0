"""Processes killed at random moments, a few of them (SCENARIOS S1).

`python -m tests.faults kills` kills 500.
"""

from pathlib import Path

import pytest

from tests.faults.kills import kill_many
from tests.faults.office_kinds import REAL, TRAINING, OfficeKind
from tests.faults.processes import ForkServer

pytestmark = pytest.mark.posix


@pytest.mark.parametrize("kind", [TRAINING, REAL], ids=["training", "real"])
def test_kill_at_any_moment_loses_nothing(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, kind: OfficeKind
) -> None:
    result = kill_many(server, kind, office_templates[kind.training], tmp_path, kills=8, seed=5)
    assert result.clean, result
    # The number of printed papers is left out because few kills may leave none.
    assert result.kills == 8 and result.acknowledged > 5
