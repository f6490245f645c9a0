"""Failing system calls of a restore, a sample of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import create_office
from tests.faults.office_kinds import REAL
from tests.faults.processes import ForkServer, TracingUnavailable
from tests.faults.restore_errors import RestoreSource, fail_restores, restore_points
from tests.support.offices import HASH_COST, OFFICE, PASSWORD

pytestmark = pytest.mark.posix


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RestoreSource]:
    """Back up a real office with one dossier."""
    folder = tmp_path_factory.mktemp("restore-source")
    recovery = create_office(folder / "office", OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    with REAL.open_desk(folder / "office") as desk:
        desk.take_in(REAL.now)
        ((epoch,),) = desk.rows("SELECT value FROM setting WHERE name = 'epoch'")
        backup, _ = desk.office.back_up(folder / "usb")
    key = folder / "recovery.txt"
    key.write_text(recovery, encoding="utf-8")
    yield RestoreSource(backup, key, str(epoch).strip('"'), folder / "office")


@pytest.mark.parametrize("machine", ["new", "same"])
def test_restore_reports_every_failing_call(
    server: ForkServer, source: RestoreSource, tmp_path: Path, machine: str
) -> None:
    if machine == "new":
        source = replace(source, replaced=None)
    try:
        points = restore_points(server, source, tmp_path)
    except TracingUnavailable as reason:
        pytest.skip(str(reason))
    by_call = {call: [point for point in points if point.call == call] for call in {point.call for point in points}}
    assert len(by_call["pwrite64"]) > 20 and len(by_call["rename"]) >= 2
    points = [point for sample in by_call.values() for point in sample[-3:]]
    outcome = fail_restores(server, source, tmp_path, points)
    assert outcome.wrong == []
    assert outcome.refused > 5
