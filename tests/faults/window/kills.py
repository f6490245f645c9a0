"""Kill windows during «Lưu và in» (SCENARIOS S1).

The dossier must be stored once, or the next window must offer its draft.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tests.faults.processes import ROOT
from tests.support.offices import desk_session

_Process = subprocess.Popen[str]
_DEADLINE = 120.0  # seconds; a window without progress is killed


@dataclass
class RestartResult:
    """Counts and defects; `lost` and `unsound` must stay empty."""

    kills: int = 0
    saved: int = 0
    offered: int = 0
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)


def kill_windows(template: Path, scratch: Path, kills: int, seed: int) -> RestartResult:
    """Kill windows, each at a random moment while it saves a dossier."""
    rng, result = random.Random(seed), RestartResult()
    for number in range(kills):
        folder = Path(shutil.copytree(template, scratch / f"{number:04d}"))
        _kill_one(folder, rng, result)
    return result


def _kill_one(folder: Path, rng: random.Random, result: RestartResult) -> None:
    codes, request = _save_until_killed(folder, rng.randrange(1, 6), rng.random() * 0.03)
    with desk_session(folder) as desk:
        stored = dict(desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id"))
        result.unsound += [finding.message for finding in desk.check().findings]
    result.lost += [code for code in codes if code not in stored.values()]
    with _window_process(folder, "look") as window:
        offered = window.communicate()[0].split("\t")
    result.kills += 1
    result.saved += request in stored
    result.offered += offered[0] == "offered"
    if request not in stored and offered[-1].strip() != request:
        result.lost.append(f"{request}: {offered}")


def _save_until_killed(folder: Path, drafts: int, delay: float) -> tuple[Sequence[str], str]:
    """Kill a window while it saves the draft with number `drafts`.

    Returns the codes of saved dossiers and the request that was being saved.
    """
    codes, request = [], ""
    with _window_process(folder, "save") as window:
        assert window.stdout is not None
        for text in window.stdout:
            word, *rest = text.rstrip("\n").split("\t")
            codes += rest if word == "saved" else []
            if word == "draft":
                request, drafts = rest[0], drafts - 1
            if not drafts:
                break
        assert not drafts, "the window ended before the draft to be killed"
        try:
            window.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            window.kill()
        codes += [
            line.split("\t")[1].strip() for line in window.stdout if line.startswith("saved") and line[-1] == "\n"
        ]
    return codes, request


@contextmanager
def _window_process(folder: Path, mode: str) -> Iterator[_Process]:
    command = [sys.executable, "-m", "tests.faults.window.saving_process", str(folder), mode]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        deadline = Timer(_DEADLINE, process.kill)
        deadline.start()
        try:
            yield process
        finally:
            deadline.cancel()
            process.kill()
