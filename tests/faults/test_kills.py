"""S1 in small; `python -m tests.faults kills` is the full size."""

from pathlib import Path

import pytest

from tests.faults.kills import kill_many
from tests.faults.office_kinds import REAL, TRAINING, OfficeKind
from tests.faults.processes import ForkServer

pytestmark = pytest.mark.posix


@pytest.mark.parametrize("kind", [TRAINING, REAL], ids=["training", "real"])
def test_a_kill_at_any_moment_loses_nothing(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, kind: OfficeKind
) -> None:
    toll = kill_many(server, kind, office_templates[kind.training], tmp_path, kills=8, seed=5)
    assert toll.clean, toll
    assert toll.kills == 8 and toll.acknowledged > 5  # how many papers came out before a kill is chance in so few
