"""Fail one system call of an act: each call that writes, in turn.

A failed act reports one clear fault, leaves no unfinished file, and its office is opened at the next start.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.acts.scenes import Act, Scene
from tests.faults.errors import Point
from tests.faults.processes import Child, ForkServer, trace_process
from tests.faults.restore_errors import CALLS

_CALL = re.compile(r"^(?:\[pid\s+\d+\]\s*|\d+\s+)?(\w+)\(")
_CLEAR_FAULTS = ("disk_error", "disk_full", "keys_unfinished", "out_unwritable")


@dataclass
class ActOutcome:
    """Counts of acts, and descriptions of wrong ones."""

    points: int = 0
    completed: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def act_points(server: ForkServer, act: Act, template: Scene, scratch: Path) -> list[Point]:
    """Return every call of an act that can fail, by kind of call.

    Raises TracingUnavailable.
    """
    scene, calls = act.copy(template, scratch / "counted"), scratch / "calls"
    child = act.fork(server, scene)
    with trace_process(child, ["-o", str(calls), "-e", f"trace={','.join(CALLS)}"]):
        child.start()
        assert child.wait() == 0, child.err
    counts = Counter(match[1] for match in map(_CALL.match, calls.read_text(encoding="utf-8").splitlines()) if match)
    return [Point(call, "EIO", at) for call in CALLS for at in range(1, counts[call] + 1)]


def fail_act(server: ForkServer, act: Act, template: Scene, scratch: Path, points: list[Point]) -> ActOutcome:
    """Run an act once for each point and check what it leaves."""
    outcome = ActOutcome()
    for number, point in enumerate(points):
        scene = act.copy(template, scratch / f"{act.name}-{number:04d}")
        child = act.fork(server, scene)
        inject = f"inject={point.call}:error={point.error}:when={point.at}"
        with trace_process(child, ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject]):
            child.start()
            child.wait()
        outcome.points += 1
        outcome.completed += child.status == 0
        outcome.refused += child.status != 0
        wrong = [*_unclear(child), *_unfinished(scene), *act.defects(scene, child.status == 0)]
        outcome.wrong += [f"{act.name} {point}: {text}" for text in wrong]
        shutil.rmtree(scene.root)
    return outcome


def _unclear(child: Child) -> list[str]:
    codes = [answer["refused"]["code"] for answer in child.answers if "refused" in answer]
    if child.status == 0 or (child.status in (1, 3) and len(codes) == 1 and codes[0] in _CLEAR_FAULTS):
        return []
    return [f"unclear failure {child.status}: {child.out!r} {child.err.decode()}"]


def _unfinished(scene: Scene) -> list[str]:
    return [f"left: {file.name}" for file in scene.root.rglob("*.part")]
