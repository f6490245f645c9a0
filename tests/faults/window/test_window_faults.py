"""Faults of the machine in an open window (SCENARIOS S2).

Each fault is reported in Vietnamese with its remedy. The typed form remains, and nothing is partly written. The same F9
succeeds once the cause is gone, without a restart.
"""

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
from tests.faults.processes import ROOT, ForkServer, trace_process
from tests.support.offices import desk_session, intake_line

pytestmark = pytest.mark.posix
NAME = "Phùng Thị Ẫm"
WORDS = ["Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"]
OFFSCREEN_ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


class Window:
    """Window in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.pid = process, process.pid

    def command(self, words: str) -> dict[str, Any]:
        """Send a command and return the state of the screen after it."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        state: dict[str, Any] = json.loads(self.process.stdout.readline())
        return state

    def wait_until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for an idle window with a condition and return its state."""
        while not ((state := self.command("look"))["idle"] and condition(state)):
            continue
        return state

    def type(self, name: str) -> None:
        """Type the required fields of a dossier."""
        self.command(f"type {name}")
        self.wait_until(lambda state: state["name"] == name and state["procedure"] != "")

    def save(self) -> str:
        """Press F9 and return the code of the dossier."""
        self.command("save")
        return str(self.wait_until(lambda state: state["last_code"] != "")["last_code"])

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> None:
        self.process.wait()


@contextmanager
def open_window(folder: Path) -> Iterator[Window]:
    """Open a window on a training office."""
    command = [sys.executable, "-m", "tests.faults.window.driven_process", str(folder)]
    with subprocess.Popen(
        command, env=OFFSCREEN_ENVIRONMENT, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
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
    paths = [part for name in ("motcua.db", "motcua.db-wal") for part in ("-P", str(folder / name))]
    with trace_process(
        window, [*paths, "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"]
    ) as strace:
        yield
        strace.terminate()


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
    """The same window stays open during all faults."""
    folder = Path(shutil.copytree(office_templates[True], mount_disk("16m") / "office"))
    with open_window(folder) as window:
        for number, (text, fault) in enumerate(FAULTS.items(), 1):
            window.type(f"{NAME} {WORDS[number]}")
            before = window.command("look")["last_code"]
            with fault(folder, window):
                for _ in range(2):
                    window.command("save")
                    state = window.wait_until(lambda state, text=text: text in state["banner"])
                    assert (state["name"], state["last_code"]) == (f"{NAME} {WORDS[number]}", before)
            window.command("save")
            code = window.wait_until(lambda state, before=before: state["last_code"] != before)["last_code"]
            assert code.endswith(f"-000{number}")
    with desk_session(folder) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(len(FAULTS),)] and desk.check().ok


def window_error(server: ForkServer, folder: Path, *words: str) -> str:
    """Return the error output of a window that does not open."""
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
    assert "chỉ cho đọc" in window_error(server, folder)
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
        line = json.dumps(intake_line()).encode() + b"\n"
        child = server.run(("--data", training_folder, "--now", "2026-02-09T08:00", "--json", "intake", "-"), line)
        assert child.answers[0]["code"].endswith("-0001")
        assert window.save().endswith("-0002")
