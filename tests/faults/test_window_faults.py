"""What may be wrong with the machine, in a window that stays open (S2): told in Vietnamese with what to do, the typed
form stays, nothing is half written, and the same F9 goes through once the cause is gone, without a restart."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.faults.disks import Mount, fill, remount
from tests.faults.processes import HOUSE, Nursery, Unwatchable, traced
from tests.support.offices import line, opened

pytestmark = pytest.mark.posix
NAME = "Phùng Thị Ẫm"
QUIET = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


class Window:
    """A clerk's window in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.pid = process, process.pid

    def tell(self, words: str) -> dict[str, Any]:
        """Does something; what stands on the screen a moment later."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        seen: dict[str, Any] = json.loads(self.process.stdout.readline())
        return seen

    def until(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What stands there once nothing is under way and something holds."""
        while not ((seen := self.tell("look"))["idle"] and true(seen)):
            continue
        return seen

    def type(self, name: str) -> None:
        """A dossier typed in, as far as it needs to be."""
        self.tell(f"type {name}")
        self.until(lambda seen: seen["name"] == name and seen["chosen"] != "")

    def save(self) -> str:
        """F9, and the code that came of it."""
        self.tell("save")
        return str(self.until(lambda seen: seen["taken"] != "")["taken"])

    def kill(self) -> None:
        self.process.kill()

    def ended(self) -> None:
        self.process.wait()


@contextmanager
def at_the_window(folder: Path) -> Iterator[Window]:
    """A window on an office for training."""
    command = [sys.executable, "-m", "tests.faults.window_under_faults", str(folder)]
    with subprocess.Popen(
        command, env=QUIET, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        window = Window(process)
        try:
            yield window
        finally:
            process.kill()


@contextmanager
def no_room(folder: Path, _window: Window) -> Iterator[None]:
    ballast = fill(folder.parent)
    yield
    ballast.unlink()


@contextmanager
def failing(folder: Path, window: Window) -> Iterator[None]:
    calls = "pwrite64,write,ftruncate,fsync,fdatasync"
    only = [part for name in ("motcua.db", "motcua.db-wal") for part in ("-P", str(folder / name))]
    try:
        with traced(
            window, [*only, "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"]
        ) as strace:
            yield
            strace.terminate()
    except Unwatchable as reason:
        pytest.skip(str(reason))


@contextmanager
def held(folder: Path, _window: Window) -> Iterator[None]:
    with closing(dbapi2.connect(str(folder / "motcua.db"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def taken_away(folder: Path, _window: Window) -> Iterator[None]:
    (folder / "motcua.db").rename(folder.parent / "elsewhere.db")
    yield
    (folder.parent / "elsewhere.db").rename(folder / "motcua.db")


TROUBLES = {
    "Ổ đĩa đã đầy": no_room,
    "Ổ đĩa báo lỗi": failing,
    "đang bị chương trình khác giữ": held,
    "bị dời, xóa hoặc thay": taken_away,
}


def test_the_form_stays_and_goes_through_when_the_cause_is_gone(mounted: Mount, founded: dict[bool, Path]) -> None:
    """One window through all of them, never closed."""
    folder = Path(shutil.copytree(founded[True], mounted("16m") / "office"))
    with at_the_window(folder) as window:
        for number, (said, trouble) in enumerate(TROUBLES.items(), 1):
            window.type(f"{NAME} {number}")
            before = window.tell("look")["taken"]
            with trouble(folder, window):
                for _ in range(2):
                    window.tell("save")
                    seen = window.until(lambda seen, said=said: said in seen["banner"])
                    assert (seen["name"], seen["taken"]) == (f"{NAME} {number}", before)
            window.tell("save")
            taken = window.until(lambda seen, before=before: seen["taken"] != before)["taken"]
            assert taken.endswith(f"-000{number}")
    with opened(folder) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(len(TROUBLES),)] and desk.check().ok


def window_told(warm: Nursery, folder: Path, *words: str) -> str:
    """What a window that does not open says on the terminal it was started from."""
    child = warm.run(("--data", folder, *words, "window"))
    assert child.status == 3 and "Lỗi của chương trình" not in child.err.decode(), child.err.decode()
    return " ".join(child.err.decode().split())


def test_a_window_that_cannot_open_says_why(warm: Nursery, mounted: Mount, founded: dict[bool, Path]) -> None:
    place = mounted("16m")
    folder = Path(shutil.copytree(founded[True], place / "office"))
    file = folder / "motcua.db"
    with opened(folder) as desk:
        desk.take_in()
    remount(place, "ro")
    assert "Không có quyền ghi" in window_told(warm, folder)
    remount(place, "rw")
    whole = file.read_bytes()
    file.rename(place / "elsewhere.db")
    assert "Đừng lập mới" in window_told(warm, folder)
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert "bị hỏng" in window_told(warm, folder)
    shutil.copy(founded[True] / "motcua.db", file)
    assert "cũ hơn lần dùng trước" in window_told(warm, folder)
    file.write_bytes(whole)
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "phiên bản mới hơn" in window_told(warm, folder)
    file.write_bytes(whole)
    with at_the_window(folder) as window:
        window.type(NAME)
        assert window.save().endswith("-0002")


def test_a_second_window_is_sent_to_the_first_and_the_terminal_works_beside_it(
    warm: Nursery, training_folder: Path
) -> None:
    with at_the_window(training_folder) as window:
        window.type(NAME)
        assert "một cửa sổ Một Cửa khác mở" in window_told(warm, training_folder)
        one = json.dumps(line()).encode() + b"\n"
        beside = warm.run(("--data", training_folder, "--now", "2026-02-09T08:00", "--json", "intake", "-"), one)
        assert beside.told[0]["code"].endswith("-0001")
        assert window.save().endswith("-0002")
