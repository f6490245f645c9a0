"""Offices and receiver through faults, at a small size: 0 lost, 0 doubled.

`python -m tests.faults.hub` runs them at full size.
"""

from pathlib import Path

import pytest

from app.office.exchange.sync_export import export_bundle
from tests.faults.hub import desks
from tests.faults.hub.desks import join
from tests.faults.processes import ForkServer
from tests.support.offices import desk_session
from tests.support.postgres_server import Hub

pytestmark = pytest.mark.posix


def test_office_sends_over_a_line_that_cuts_delays_repeats_and_swaps(hub: Hub, training_folder: Path) -> None:
    counts = desks.run_desk_line(hub, training_folder, files=12, seed=5)
    assert counts["rounds"] > 1


def test_three_weeks_go_through_a_thin_line(hub: Hub, training_folder: Path) -> None:
    counts = desks.run_three_weeks(hub, training_folder, dossiers=60, rate=12_000, period=1.0, records=30)
    assert counts["records"] == 120 and counts["breaks"] >= 1


def test_killed_senders_of_one_folder_double_nothing(server: ForkServer, hub: Hub, training_folder: Path) -> None:
    assert desks.run_two_senders(server, hub, training_folder, kills=3, seed=7)["records"] == 9


def test_backup_restored_twice_doubles_nothing(hub: Hub, training_folder: Path) -> None:
    assert desks.run_restores(hub, training_folder)["named_lost"] == 6


@pytest.mark.parametrize("keep", ["known", "found"])
def test_cloned_disk_is_a_fork_that_a_person_settles(hub: Hub, training_folder: Path, keep: str) -> None:
    desks.run_clone(hub, training_folder, keep)


def test_merged_communes_count_once(hub: Hub, tmp_path: Path) -> None:
    assert desks.run_merger(hub, desks.communes(tmp_path, 2)) == {"records": 12, "offices": 2}


def test_wrong_clocks_change_nothing_here(hub: Hub, training_folder: Path) -> None:
    assert desks.run_clocks(hub, training_folder)["records"] == 3


def test_four_receivers_take_a_file_once(hub: Hub, training_folder: Path, tmp_path: Path) -> None:
    join(hub, training_folder, "http://127.0.0.1:9")
    with desk_session(training_folder) as desk:
        for _ in range(40):
            desk.take_in()
        data = export_bundle(desk.office).content
    counts = desks.run_four_receivers(hub, data, tmp_path)
    assert counts == {"accepted": 1, "again": 3}
