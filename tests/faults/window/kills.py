"""The window killed during «Lưu và in» (S1): the dossier is there, or what was typed is offered when it is opened
again, and saved once."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.processes import REPOSITORY
from tests.support.offices import desk_session

_Process = subprocess.Popen[str]


@dataclass
class RestartResult:
    """What the killing came to; `lost` and `unsound` must stay empty."""

    kills: int = 0
    saved: int = 0
    offered: int = 0
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)


def kill_windows(template: Path, scratch: Path, kills: int, seed: int) -> RestartResult:
    """Kill so many windows, each at a moment of its own while a dossier is being saved."""
    rng, restarts = random.Random(seed), RestartResult()
    for number in range(kills):
        folder = Path(shutil.copytree(template, scratch / f"{number:04d}"))
        _kill_one(folder, rng, restarts)
    return restarts


def _kill_one(folder: Path, rng: random.Random, restarts: RestartResult) -> None:
    codes, request = _save_until_killed(folder, rng.randrange(1, 6), rng.random() * 0.03)
    with desk_session(folder) as desk:
        kept = dict(desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id"))
        restarts.unsound += [finding.message for finding in desk.check().findings]
    restarts.lost += [code for code in codes if code not in kept.values()]
    with _window_process(folder, "look") as window:
        offered = window.communicate()[0].split("\t")
    restarts.kills += 1
    restarts.saved += request in kept
    restarts.offered += offered[0] == "offered"
    if request not in kept and offered[-1].strip() != request:
        restarts.lost.append(f"{request}: {offered}")


def _save_until_killed(folder: Path, wanted: int, delay: float) -> tuple[Sequence[str], str]:
    """Codes that were shown as saved, and the request on its way when the window was killed."""
    codes, kept = [], ""
    with _window_process(folder, "save") as window:
        assert window.stdout is not None
        for text in window.stdout:
            word, *rest = text.rstrip("\n").split("\t")
            codes += rest if word == "saved" else []
            if word == "kept":
                kept, wanted = rest[0], wanted - 1
            if not wanted:
                break
        try:
            window.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            window.kill()
        codes += [
            line.split("\t")[1].strip() for line in window.stdout if line.startswith("saved") and line[-1] == "\n"
        ]
    return codes, kept


@contextmanager
def _window_process(folder: Path, what: str) -> Iterator[_Process]:
    command = [sys.executable, "-m", "tests.faults.window.saving_process", str(folder), what]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, env=surroundings, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
