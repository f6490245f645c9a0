"""Faults of line, processes and disk at a small size; 0 lost, 0 doubled."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.trial.postgres import PostgresServer
from tests.faults.disks import fill
from tests.faults.hub.runs import run_bad_line, run_disk_full, run_kills, run_rush, run_slow_line
from tests.support.postgres_server import Hub


@pytest.fixture
def open_disk() -> Iterator[Path]:
    """A small file system that the account of the database reaches."""
    place = Path(tempfile.mkdtemp(prefix="motcua-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", "size=320m,mode=755", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        place.rmdir()
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    yield place
    # lazily, because processes of a server that was stopped like a crash may end a moment later
    subprocess.run(["umount", "--lazy", str(place)], check=True)
    place.rmdir()


def test_bad_line_loses_and_doubles_nothing(hub: Hub) -> None:
    counts = run_bad_line(hub, offices=4, files=12, seed=1)
    assert counts["tries"] > counts["files"]
    assert {"cut_request", "cut_answer", "no_answer", "repeat", "late"} <= counts.keys()


def test_slow_line_that_breaks_brings_everything(hub: Hub) -> None:
    counts = run_slow_line(hub, files=8, seed=2)
    assert counts["tries"] > counts["files"]


def test_all_communes_at_once(hub: Hub) -> None:
    assert run_rush(hub, offices=30)["files"] == 30


@pytest.mark.posix
def test_killed_worker_and_database_lose_nothing(tmp_path: Path) -> None:
    with PostgresServer.temporary(durable=True) as server:
        hub = Hub(server.create_database("hub"), tmp_path / "keys.json")
        hub.run("init", "--training")
        assert run_kills(server, hub, files=60, kills=3, seed=3)["files"] == 180


@pytest.mark.posix
def test_full_disk_is_waited_for(open_disk: Path, tmp_path: Path) -> None:
    place, folder = open_disk, open_disk / "pg"
    folder.mkdir()
    with PostgresServer(folder) as server:
        hub = Hub(server.create_database("hub"), tmp_path / "keys.json")
        hub.run("init", "--training")
        assert run_disk_full(hub, place, fill)["refused"] > 0
