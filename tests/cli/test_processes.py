"""Intake by real processes: killed during work (S1), two at once."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import server
from tests.faults.processes import Child, ForkServer
from tests.support.offices import ADMIN, PASSWORD, at, desk_session, intake_line, machine_now

__all__ = ["server"]
REPOSITORY = Path(__file__).resolve().parent.parent.parent
KILLS = 6
LINES = 40
Process = subprocess.Popen[bytes]


def start_intake(folder: Path, *words: str) -> Process:
    command = [sys.executable, str(REPOSITORY / "main.py"), "--data", str(folder), *words, "intake", "-"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MOTCUA_PASSWORD": PASSWORD}
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def intake_lines(names: Sequence[str]) -> bytes:
    return b"".join(json.dumps(intake_line(request_id=name)).encode() + b"\n" for name in names)


def kill_after(child: Child, names: Sequence[str], answers: int) -> list[Any]:
    """Feed all lines, kill the process after some answers, return them."""
    child.feed(intake_lines(names))
    child.start()
    assert child.wait_for_lines(answers), child.err
    child.kill()
    assert child.wait() == -signal.SIGKILL
    return child.answers


@pytest.mark.posix
def test_answered_dossiers_survive_kill(server: ForkServer, training_folder: Path) -> None:
    """Answered codes survive a kill at any moment, each once.

    Repeating the same requests makes no second dossier.
    """
    rng = random.Random(20260209)
    codes: dict[str, str] = {}
    for n in range(KILLS):
        names = [f"{n}-{each}" for each in range(LINES)]
        child = server.fork(("--data", training_folder, "--now", "2026-02-09T08:00", "intake", "-"))
        answers = kill_after(child, names, rng.randrange(0, 12))
        for name, answer in zip(names, answers, strict=False):
            assert answer["code"] not in codes.values()
            codes[name] = answer["code"]
        with desk_session(training_folder) as desk:
            recorded = dict(
                desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id")
            )
            assert {name: recorded[name] for name in codes} == codes
            assert desk.check().ok
            for name in names[: len(answers) + 3]:  # the sender repeats requests without an answer
                code = desk.take_in(at("2026-02-09T09:00"), request_id=name).code
                assert codes.setdefault(name, code) == code == recorded.get(name, code)
    assert len(set(codes.values())) == len(codes) > KILLS
    with desk_session(training_folder) as desk:
        serials = sorted(int(code[-4:]) for (code,) in desk.rows("SELECT code FROM dossier"))
        assert serials == list(range(1, len(serials) + 1)) and desk.check().ok


def test_two_processes_accept_dossiers_at_once(real_folder: Path) -> None:
    """In a real office, no request waits or fails because of the clock."""
    processes = [start_intake(real_folder, "--user", ADMIN) for _ in range(2)]
    lines = [intake_lines([f"{n}-{each}" for each in range(40)]) for n in range(2)]
    with ThreadPoolExecutor() as threads:  # a pipe of Windows holds 4 KB: answers are read while lines are written
        outputs = list(threads.map(Process.communicate, processes, lines))
    assert [err for _, err in outputs] == [b"", b""]
    assert [process.returncode for process in processes] == [0, 0]
    answers = [json.loads(text) for out, _ in outputs for text in out.splitlines()]
    assert len({answer.get("code") for answer in answers}) == 80, [a for a in answers if "refused" in a][:3]
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok
