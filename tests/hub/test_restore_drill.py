"""The drill of docs/hub.md: dump, restore, keys, and offices that go on."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hub.trial.postgres import PostgresServer, server_binaries
from tests.faults.hub.desks import check_both_ends, command, join
from tests.support.hub_service import serving
from tests.support.offices import desk_session
from tests.support.postgres_server import Hub, drop_database

pytestmark = pytest.mark.posix


def tool(name: str, *words: object) -> None:
    """Run a tool of PostgreSQL."""
    folder = server_binaries()
    assert folder is not None
    subprocess.run([str(folder / name), *map(str, words)], check=True, capture_output=True)


def send(folder: Path) -> None:
    with desk_session(folder) as desk:
        desk.take_in()
    assert command(folder, "sync", "push")["waiting"] == 0


def test_restored_database_answers_again_and_offices_go_on(
    hub: Hub, postgres: PostgresServer, training_folder: Path, tmp_path: Path
) -> None:
    dump, stick = tmp_path / "motcua.dump", tmp_path / "last.mcsync"
    with serving(hub) as address:
        join(hub, training_folder, address)
        for _ in range(2):
            send(training_folder)
        tool("pg_dump", "--format=custom", "--file", dump, hub.address)
        command(training_folder, "sync", "export", "--out", stick, "--again", 2)
        for _ in range(2):
            send(training_folder)
    copy = postgres.create_database("drill", template="template0")
    try:
        tool("pg_restore", "--exit-on-error", "--dbname", copy, dump)
        restored = Hub(copy, Path(shutil.copy(hub.keys_file, tmp_path / "copy-of-keys.json")))
        (lag,) = restored.run("report", "lag")
        assert lag["files"] == 2
        (line,) = restored.run("ingest", stick, "--acks", tmp_path)
        assert line["result"] == "again"
        with desk_session(training_folder) as desk:
            answers = [row[0] for row in desk.rows("SELECT answer FROM bundle ORDER BY sequence")]
        assert (tmp_path / "last.mcack").read_bytes() == answers[1]
        with serving(restored) as address:
            join(restored, training_folder, address)
            send(training_folder)
        assert restored.run("report", "lag")[0]["files"] == 5
        assert check_both_ends(restored, training_folder) == 5
        restored.close()
    finally:
        drop_database(postgres, "drill")
