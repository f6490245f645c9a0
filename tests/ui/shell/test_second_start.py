"""A second start brings the first window forward and hands it its file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QLabel

from app import bootstrap
from app.ui.citizens.kiosk import KioskWindow
from app.ui.kit.runner import Runner
from app.ui.shell.second_start import StartListener, bring_forward, server_name
from app.window_start import window_lock
from tests.architecture.project import ROOT
from tests.support.recording_desk import RecordingDesk


@pytest.fixture
def listener(translated_app: Any, training_folder: Path, tmp_path: Path) -> Iterator[StartListener]:
    """The first window's listener, with the folder locked as the window does."""
    parent = QObject()
    with window_lock(training_folder):
        yield StartListener(training_folder, parent)
    parent.deleteLater()


def start_again(qtbot: Any, folder: Path, *words: str) -> int:
    """Start the program a second time; return its exit status."""
    command = [sys.executable, str(ROOT / "main.py"), "--data", str(folder), *words]
    with subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as process:
        qtbot.waitUntil(lambda: process.poll() is not None)
    return process.returncode


def test_second_start_shows_the_first_window(qtbot: Any, listener: StartListener, training_folder: Path) -> None:
    window = QLabel("Một Cửa")
    qtbot.addWidget(window)
    window.showMinimized()
    assert start_again(qtbot, training_folder) == 0
    assert not window.isMinimized() and window.isVisible()


def test_citizens_screen_stays_in_front(translated_app: Any, desk: RecordingDesk, qtbot: Any) -> None:
    """The main window behind it shows what citizens must not see."""
    window, kiosk = QLabel("Một Cửa"), KioskWindow(Runner(desk), lambda: "")
    for each in (window, kiosk):
        qtbot.addWidget(each)
        each.show()
    bring_forward()
    qtbot.waitUntil(kiosk.isActiveWindow)
    assert not window.isActiveWindow()
    kiosk.force_close()


@pytest.mark.parametrize("name", ["trả lời.mcack", "gói.MCDOWN", "luật.mclaw", "tệp.mcsync"])
def test_second_start_hands_its_file_over(
    qtbot: Any, listener: StartListener, training_folder: Path, tmp_path: Path, name: str
) -> None:
    files: list[Path] = []
    listener.file_received.connect(files.append)
    file = tmp_path / name
    file.touch()
    assert start_again(qtbot, training_folder, str(file)) == 0
    assert files == [], "kept until a window exists"
    listener.deliver()
    assert files == [file.resolve()]


@contextmanager
def opened_by(account: str, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Open the window as an account of this PC; kill it at the end."""
    command = [sys.executable, str(ROOT / "main.py"), "--data", str(folder)]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LOGNAME": account}
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answers(folder: Path) -> bool:
    """Return whether the window of this account answers."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    return socket.waitForConnected(100)


def test_folder_is_opened_by_one_account_at_a_time(
    translated_app: Any, qtbot: Any, training_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that was killed holds nothing."""
    for account, other in (("An", "Bình"), ("Bình", "An")):
        monkeypatch.setenv("LOGNAME", account)
        with opened_by(account, training_folder) as first:
            qtbot.waitUntil(lambda: answers(training_folder))
            with opened_by(other, training_folder) as second:
                printed, sentence = second.communicate()
            assert (second.returncode, printed) == (3, "") and first.poll() is None
            assert "tài khoản Windows khác của máy này đang mở" in " ".join(sentence.split())


def test_second_start_without_an_answer_reports_the_open_window(training_folder: Path) -> None:
    with window_lock(training_folder):
        command = [sys.executable, str(ROOT / "main.py"), "--data", str(training_folder)]
        process = subprocess.run(
            command,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert process.returncode == 3 and "cửa sổ" in process.stderr


@pytest.mark.parametrize("line", [b"rubbish\n", b"[]\n", b"{}\n", b'{"file": 7}\n', b"x" * 200_000])
def test_rubbish_from_a_local_program_opens_nothing(
    qtbot: Any, listener: StartListener, training_folder: Path, line: bytes
) -> None:
    files: list[Path] = []
    listener.file_received.connect(files.append)
    listener.deliver()
    socket = QLocalSocket()
    socket.connectToServer(server_name(training_folder))
    socket.write(line)
    qtbot.waitUntil(
        lambda: bool(socket.bytesAvailable()) or socket.state() != QLocalSocket.LocalSocketState.ConnectedState
    )
    assert files == []


@pytest.mark.parametrize("words", [("nonsense",), ("show",), ("a.mcack", "b.mcack"), ("--data",)])
def test_wrong_call_without_a_console_is_shown_in_a_box(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr(bootstrap, "show_error", boxes.append)
    monkeypatch.setattr(sys, "stderr", None)
    assert bootstrap.main(list(words)) == 2
    [sentence] = boxes
    assert sentence.startswith("Sai cách dùng: ")


def test_fault_without_a_console_is_shown_in_a_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    boxes: list[str] = []
    monkeypatch.setattr(bootstrap, "show_error", boxes.append)
    monkeypatch.setattr(sys, "stderr", None)
    assert bootstrap.main(["check", "--data", str(tmp_path), "--user", "A"]) == 3
    assert len(boxes) == 1
