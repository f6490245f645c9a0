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

from tests.faults.disks import MountDisk, fill, remount
from tests.faults.processes import REPOSITORY, ForkServer, TracingUnavailable, trace_process
from tests.support.offices import desk_session, intake_line

pytestmark = pytest.mark.posix
NAME = "Phùng Thị Ẫm"
OFFSCREEN_ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


class Window:
    """A clerk's window in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.pid = process, process.pid

    def command(self, words: str) -> dict[str, Any]:
        """Does something; what stands on the screen a moment later."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        seen: dict[str, Any] = json.loads(self.process.stdout.readline())
        return seen

    def wait_until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What stands there once nothing is under way and something holds."""
        while not ((seen := self.command("look"))["idle"] and condition(seen)):
            continue
        return seen

    def type(self, name: str) -> None:
        """A dossier typed in, as far as it needs to be."""
        self.command(f"type {name}")
        self.wait_until(lambda seen: seen["name"] == name and seen["chosen"] != "")

    def save(self) -> str:
        """F9, and the code that came of it."""
        self.command("save")
        return str(self.wait_until(lambda seen: seen["taken"] != "")["taken"])

    def kill(self) -> None:
        self.process.kill()

    def ended(self) -> None:
        self.process.wait()


@contextmanager
def open_window(folder: Path) -> Iterator[Window]:
    """A window on an office for training."""
    command = [sys.executable, "-m", "tests.faults.window.driven_process", str(folder)]
    with subprocess.Popen(
        command, env=OFFSCREEN_ENVIRONMENT, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        window = Window(process)
        try:
            yield window
        finally:
            process.kill()


@contextmanager
def full_disk(folder: Path, _window: Window) -> Iterator[None]:
    ballast = fill(folder.parent)
    yield
    ballast.unlink()


@contextmanager
def failing_disk(folder: Path, window: Window) -> Iterator[None]:
    calls = "pwrite64,write,ftruncate,fsync,fdatasync"
    only = [part for name in ("motcua.db", "motcua.db-wal") for part in ("-P", str(folder / name))]
    try:
        with trace_process(
            window, [*only, "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"]
        ) as strace:
            yield
            strace.terminate()
    except TracingUnavailable as reason:
        pytest.skip(str(reason))


@contextmanager
def locked_database(folder: Path, _window: Window) -> Iterator[None]:
    with closing(dbapi2.connect(str(folder / "motcua.db"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def moved_database(folder: Path, _window: Window) -> Iterator[None]:
    (folder / "motcua.db").rename(folder.parent / "elsewhere.db")
    yield
    (folder.parent / "elsewhere.db").rename(folder / "motcua.db")


FAULTS = {
    "Ổ đĩa đã đầy": full_disk,
    "Ổ đĩa báo lỗi": failing_disk,
    "đang bị chương trình khác giữ": locked_database,
    "bị dời, xóa hoặc thay": moved_database,
}


def test_form_survives_machine_faults_and_saves_afterwards(
    mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    """One window through all of them, never closed."""
    folder = Path(shutil.copytree(office_templates[True], mount_disk("16m") / "office"))
    with open_window(folder) as window:
        for number, (said, trouble) in enumerate(FAULTS.items(), 1):
            window.type(f"{NAME} {number}")
            before = window.command("look")["taken"]
            with trouble(folder, window):
                for _ in range(2):
                    window.command("save")
                    seen = window.wait_until(lambda seen, said=said: said in seen["banner"])
                    assert (seen["name"], seen["taken"]) == (f"{NAME} {number}", before)
            window.command("save")
            taken = window.wait_until(lambda seen, before=before: seen["taken"] != before)["taken"]
            assert taken.endswith(f"-000{number}")
    with desk_session(folder) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(len(FAULTS),)] and desk.check().ok


def window_error(server: ForkServer, folder: Path, *words: str) -> str:
    """What a window that does not open says on the terminal it was started from."""
    child = server.run(("--data", folder, *words, "window"))
    assert child.status == 3 and "Lỗi của chương trình" not in child.err.decode(), child.err.decode()
    return " ".join(child.err.decode().split())


def test_window_reports_why_it_cannot_open(
    server: ForkServer, mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    place = mount_disk("16m")
    folder = Path(shutil.copytree(office_templates[True], place / "office"))
    file = folder / "motcua.db"
    with desk_session(folder) as desk:
        desk.take_in()
    remount(place, "ro")
    assert "Không có quyền ghi" in window_error(server, folder)
    remount(place, "rw")
    whole = file.read_bytes()
    file.rename(place / "elsewhere.db")
    assert "Đừng lập mới" in window_error(server, folder)
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert "bị hỏng" in window_error(server, folder)
    shutil.copy(office_templates[True] / "motcua.db", file)
    assert "cũ hơn lần dùng trước" in window_error(server, folder)
    file.write_bytes(whole)
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "phiên bản mới hơn" in window_error(server, folder)
    file.write_bytes(whole)
    with open_window(folder) as window:
        window.type(NAME)
        assert window.save().endswith("-0002")


def test_second_window_is_refused_while_the_cli_works(server: ForkServer, training_folder: Path) -> None:
    with open_window(training_folder) as window:
        window.type(NAME)
        assert "một cửa sổ Một Cửa khác mở" in window_error(server, training_folder)
        one = json.dumps(intake_line()).encode() + b"\n"
        beside = server.run(("--data", training_folder, "--now", "2026-02-09T08:00", "--json", "intake", "-"), one)
        assert beside.told[0]["code"].endswith("-0001")
        assert window.save().endswith("-0002")
