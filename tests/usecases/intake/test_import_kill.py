"""An import that is killed at a step of a batch, and brought again."""

import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.offices import Desk, at, desk_session

ROWS = 1200
"""One batch and a part of the next."""
HEAD = "Số hồ sơ;Họ và tên;Số CCCD;Tên thủ tục;Ngày nhận;Ngày trả kết quả\n"
KILLED_AT_A_CALL = """
import os, signal, sys
name, count = sys.argv.pop(1), int(sys.argv.pop(1))
calls = 0
def end(frame, event, _argument):
    global calls
    if event == "call" and frame.f_code.co_name == name:
        calls += 1
        if calls == count:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
sys.setprofile(end)
from app.bootstrap import main
sys.exit(main())
"""
"""Runs the program until a function is called for the n-th time.

Windows has no SIGKILL; its `os.kill` ends a process at once, with the number of the signal as its status.
"""
_KILLED = signal.SIGTERM if os.name == "nt" else -signal.SIGKILL


def register(with_codes: bool) -> str:
    lines = []
    for row in range(ROWS):
        code, day = f"SC-{row}" if with_codes else "", f"{date(2025, 3, 3) + timedelta(days=row % 200):%d/%m/%Y}"
        lines.append(f"{code};Nguyễn Thị {row};048{row:09d};Đăng ký khai sinh;{day};{day}")
    return HEAD + "\n".join(lines)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], capture_output=True, encoding="utf-8", check=False)


def imported(folder: Path, file: Path) -> dict[str, Any]:
    done = run("main.py", "--data", str(folder), "--json", "import", str(file))
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("function", "call", "before"),
    [
        ("save_head", 1, 0),
        ("add_many", 2, 1000),
        ("link", 1100, 1000),
        ("append_events", 2, 1000),
    ],
)
def test_nothing_is_lost_or_doubled_by_a_kill(
    training_folder: Path, tmp_path: Path, function: str, call: int, before: int
) -> None:
    file = tmp_path / "sổ.csv"
    file.write_text(register(with_codes=call % 2 == 0), encoding="utf-8")
    killed = run("-c", KILLED_AT_A_CALL, function, str(call), "--data", str(training_folder), "import", str(file))
    assert killed.returncode == _KILLED, killed.stderr
    assert imported(training_folder, file) == {"imported": ROWS - before, "already": before, "refused": []}
    assert imported(training_folder, file) == {"imported": 0, "already": ROWS, "refused": []}
    with desk_session(training_folder) as desk:
        check_whole(desk)


def check_whole(desk: Desk) -> None:
    ((count, codes),) = desk.rows("SELECT count(*), count(DISTINCT code) FROM dossier WHERE origin = 'imported'")
    assert (count, codes) == (ROWS, ROWS)
    result = desk.check(at("2026-12-01T08:00"))
    assert result.ok, result.findings
