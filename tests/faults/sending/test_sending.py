"""Sending over a bad line, killed, to a full disk, at wrong hours.

`python -m tests.faults wire senders` runs 1,000 files and 200 kills.
"""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.office.exchange.sync_send import push
from app.usecases.sync.plan import GetSendingPlan, get_sending_plan
from app.usecases.sync.send import RecordTrouble, record_trouble
from app.usecases.sync.status import SyncStatus, sync_status
from tests.faults.disks import MountDisk, fill, mount_disk
from tests.faults.office_kinds import TRAINING
from tests.faults.processes import ForkServer
from tests.faults.sending.bad_line import kill_senders, send_over_bad_line
from tests.support.offices import Desk, at, desk_session
from tests.support.receiver import Receiver, Reply, join, serve

__all__ = ["mount_disk"]
pytestmark = pytest.mark.posix


def test_every_record_arrives_once_over_a_line_that_breaks(training_folder: Path) -> None:
    result = send_over_bad_line(training_folder, files=25, seed=11)
    assert result.clean, result
    assert result.cuts > 10 and result.files == 25


def test_killed_senders_lose_and_double_nothing(server: ForkServer, training_folder: Path) -> None:
    result = kill_senders(server, TRAINING, training_folder, kills=6, seed=3)
    assert result.clean, result
    assert result.kills == 6 and result.files >= 1


def test_full_disk_while_an_answer_is_stored_settles_nothing(
    server: ForkServer, training_folder: Path, mount_disk: MountDisk
) -> None:
    place, receiver = mount_disk("24m"), Receiver()
    folder = Path(shutil.copytree(training_folder, place / "office"))
    with serve(receiver) as address:
        join(folder, receiver, address)
        with desk_session(folder) as desk:
            codes = [desk.take_in().code for _ in range(3)]

        def fill_first(_content: bytes) -> Reply | None:
            fill(place)
            return None

        receiver.replies = [fill_first]
        options = TRAINING.options(folder)
        full = server.run((*options, "sync", "push"))
        assert full.status == 3 and full.answers[-1]["refused"]["code"] == "disk_full", full.err
        (place / "ballast").unlink()
        again = server.run((*options, "sync", "push"))
        assert again.status == 0 and again.answers[-1]["confirmed"] == len(codes)
    assert len(receiver.records) == 3 and len(receiver.requests) == 2
    assert receiver.requests[0] == receiver.requests[1]


@pytest.mark.parametrize("now", ["2015-03-02T08:00", "2037-03-02T08:00"])
def test_sender_with_a_wrong_clock_sends_and_recovers(server: ForkServer, training_folder: Path, now: str) -> None:
    receiver = Receiver()
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        with desk_session(training_folder) as desk:
            desk.take_in()

        def run(hour: str) -> Any:
            child = server.run(("--data", training_folder, "--json", "--now", hour, "sync", "push"))
            assert child.status == 0, child.err
            return child.answers[-1]

        assert run(now)["confirmed"] == 1
        with desk_session(training_folder) as desk:
            desk.take_in()
        assert run("2026-02-09T08:00")["confirmed"] == 2
    assert [sequence for _s, _e, sequence in receiver.files] == [1, 2]


def test_pause_that_a_wrong_clock_set_does_not_last(desk: Desk) -> None:
    desk.take_in()
    before = desk.office.facts
    office = replace(before.office, sync_address="http://127.0.0.1:9", receiver_signs="ab" * 32)
    desk.office.facts = replace(before, office=office)
    try:
        ahead, now = at("2037-01-05T08:00"), at("2026-02-09T08:00")
        desk.office.write(record_trouble, RecordTrouble("no_network"), ahead)
        due_at = desk.office.read(get_sending_plan, GetSendingPlan(now), now).due_at
        assert due_at is not None and due_at <= now + timedelta(minutes=10)
        desk.office.write(record_trouble, RecordTrouble("no_network"), now)
        assert desk.office.read(sync_status, SyncStatus(), now + timedelta(days=4)).urgency == "amber"
    finally:
        desk.office.facts = before


def test_two_senders_share_one_folder(server: ForkServer, training_folder: Path) -> None:
    receiver = Receiver()
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        with desk_session(training_folder) as desk:
            for _ in range(20):
                desk.take_in()
        senders = [server.fork((*TRAINING.options(training_folder), "sync", "push")) for _ in range(4)]
        for sender in senders:
            sender.feed(b"")
            sender.start()
        assert [sender.wait() for sender in senders] == [0, 0, 0, 0]
        with desk_session(training_folder) as desk:
            assert push(desk.office).trouble is None
            assert desk.office.read(sync_status, SyncStatus()).confirmed == 20
    assert len(receiver.records) == 20 and len(receiver.files) == 1
