"""Fail a sample of the system calls of a restore."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.processes import ForkServer
from tests.faults.restore_errors import RestoreSource, fail_restores, make_source, restore_points

pytestmark = pytest.mark.posix


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> RestoreSource:
    """Back up a real office with one dossier."""
    return make_source(tmp_path_factory.mktemp("restore-source"))


@pytest.mark.parametrize("machine", ["new", "same"])
def test_restore_reports_every_failing_call(
    server: ForkServer, source: RestoreSource, tmp_path: Path, machine: str
) -> None:
    if machine == "new":
        source = replace(source, replaced=None)
    points = restore_points(server, source, tmp_path)
    by_call = {call: [point for point in points if point.call == call] for call in {point.call for point in points}}
    assert len(by_call["pwrite64"]) > 20 and len(by_call["rename"]) >= 2
    points = [point for sample in by_call.values() for point in sample[-3:]]
    outcome = fail_restores(server, source, tmp_path, points)
    assert outcome.wrong == []
    assert outcome.refused > 5
