"""Corrupt files beside the database are ignored or reported, never a bug."""

import shutil
from pathlib import Path

import pytest

from app.keys.failed_attempts import UnlockAttempts
from tests.faults.processes import ForkServer
from tests.support.offices import ADMIN, desk_session, machine_now

pytestmark = pytest.mark.posix
DEEP_NESTING = b"[" * 100_000
CORRUPT = (b"", b"\xff\xfe\0", b"null", DEEP_NESTING, b"a = " + DEEP_NESTING)
BY_NAME = {
    "motcua.seen": (
        b'{"epoch": "x", "events": 1e999, "ended": []}',
        b'{"epoch": 1, "events": true, "ended": {"a": 1}}',
    ),
    "tries.json": (b'{"a": 1e999}',),
    "machine.toml": (b"a = {" + b"b = {" * 5000, b'second_backup = "\\u0000"', b"second_backup = 5"),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_corrupt_auxiliary_files_do_not_stop_work(server: ForkServer, real_folder: Path, name: str) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now())
    for content in (*CORRUPT, *BY_NAME[name]):
        (real_folder / name).write_bytes(content)
        shutil.rmtree(real_folder / "sao-luu", ignore_errors=True)
        child = server.run(("--data", real_folder, "--json", "--user", ADMIN, "backup", "--auto"))
        assert (child.status, child.err) == (0, b""), (content[:40], child.err.decode())
        assert len(child.answers) == 1 and list((real_folder / "sao-luu").glob("*.mcbackup"))


@pytest.mark.parametrize("name", ["keys.json", "office.toml"])
def test_corrupt_required_files_are_named(server: ForkServer, real_folder: Path, name: str) -> None:
    whole = (real_folder / name).read_bytes()
    for content in (*CORRUPT, whole[: len(whole) // 2]):
        (real_folder / name).write_bytes(content)
        child = server.run(("--data", real_folder, "--json", "--user", ADMIN, "check"))
        error = " ".join(child.err.decode().split())
        assert child.status == 3 and name in error and "Lỗi của chương trình" not in error, (content[:40], error)
    (real_folder / name).write_bytes(whole)
    assert server.run(("--data", real_folder, "--json", "--user", ADMIN, "check")).status == 0


def test_forged_sign_in_delay_is_ignored(server: ForkServer, real_folder: Path) -> None:
    command = ("--data", real_folder, "--json", "--user", ADMIN, "check")
    (real_folder / "tries.json").write_text("{}", encoding="utf-8")
    assert server.run(command).status == 0
    tag = UnlockAttempts(real_folder, ADMIN, 0)._tag
    (real_folder / "tries.json").write_text(f'{{"{tag}": [3, {10**300}, {10**300}]}}', encoding="utf-8")
    assert server.run(command).status == 0
