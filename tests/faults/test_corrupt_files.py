"""What lies beside the database, spoilt by whoever can write there: told in a sentence or passed over, never a bug."""

import shutil
from pathlib import Path

import pytest

from app.keys.tries import UnlockAttempts
from tests.faults.processes import Nursery
from tests.support.offices import ADMIN, opened, real_hour

pytestmark = pytest.mark.posix
DEEP = b"[" * 100_000
SPOILT = (b"", b"\xff\xfe\0", b"null", DEEP, b"a = " + DEEP)
BY_NAME = {
    "motcua.seen": (
        b'{"epoch": "x", "events": 1e999, "ended": []}',
        b'{"epoch": 1, "events": true, "ended": {"a": 1}}',
    ),
    "tries.json": (b'{"a": 1e999}',),
    "machine.toml": (b"a = {" + b"b = {" * 5000, b'second_backup = "\\u0000"', b"second_backup = 5"),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_kept_for_comfort_stops_nobody(warm: Nursery, real_folder: Path, name: str) -> None:
    with opened(real_folder, ADMIN) as desk:
        desk.take_in(real_hour())
    for spoilt in (*SPOILT, *BY_NAME[name]):
        (real_folder / name).write_bytes(spoilt)
        shutil.rmtree(real_folder / "sao-luu", ignore_errors=True)
        child = warm.run(("--data", real_folder, "--json", "--user", ADMIN, "backup", "--auto"))
        assert (child.status, child.err) == (0, b""), (spoilt[:40], child.err.decode())
        assert len(child.told) == 1 and list((real_folder / "sao-luu").glob("*.mcbackup"))


@pytest.mark.parametrize("name", ["keys.json", "office.toml"])
def test_what_an_office_cannot_do_without_is_named(warm: Nursery, real_folder: Path, name: str) -> None:
    whole = (real_folder / name).read_bytes()
    for spoilt in (*SPOILT, whole[: len(whole) // 2]):
        (real_folder / name).write_bytes(spoilt)
        child = warm.run(("--data", real_folder, "--json", "--user", ADMIN, "check"))
        words = " ".join(child.err.decode().split())
        assert child.status == 3 and name in words and "Lỗi của chương trình" not in words, (spoilt[:40], words)
    (real_folder / name).write_bytes(whole)
    assert warm.run(("--data", real_folder, "--json", "--user", ADMIN, "check")).status == 0


def test_nobody_waits_for_ever_for_a_number_somebody_wrote(warm: Nursery, real_folder: Path) -> None:
    words = ("--data", real_folder, "--json", "--user", ADMIN, "check")
    (real_folder / "tries.json").write_text("{}")
    assert warm.run(words).status == 0
    tag = UnlockAttempts(real_folder, ADMIN, 0)._tag
    (real_folder / "tries.json").write_text(f'{{"{tag}": [3, {10**300}, {10**300}]}}')
    assert warm.run(words).status == 0
