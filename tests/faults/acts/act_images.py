"""Disk images that a power cut may leave at any moment of an act.

The whole scene is a disk: folders, and files that move between them. Names become durable in their order when a folder
is synced, as a journaling file system keeps them.
"""

import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.models.errors import Fault
from tests.faults.acts.scenes import Act, Scene
from tests.faults.images import Losses, TrackedFile, surviving
from tests.faults.processes import ForkServer, trace_process
from tests.faults.recording import TRACED_CALLS, Step, steps_of

_NOTHING = re.compile(r"(?!)")
_IGNORED = re.compile(r"(-shm|\.lock|trace)$")
_MANNERS = ("nothing", "all", "some", "beginning", "sectors")


@dataclass(frozen=True)
class ActRun:
    """Recorded act: its scene before, and the steps in a copy at `root`."""

    act: Act
    before: Scene
    root: Path
    steps: tuple[Step, ...]


def record_act(server: ForkServer, act: Act, template: Scene, place: Path, without_sync: bool = False) -> ActRun:
    """Record an act in a copy of the template, below `place`.

    With `without_sync` the syncs of one file are left out, which proves that the check can fail.

    Raises TracingUnavailable.
    """
    before = act.copy(template, place / "before")
    scene = act.copy(template, place / "scene")
    child, trace = act.fork(server, scene), place / "trace"
    with trace_process(child, ["-y", "-xx", "-s", str(1 << 20), "-o", str(trace), "-e", f"trace={TRACED_CALLS}"]):
        child.start()
        status = child.wait()
    assert status == 0, child.err.decode()
    steps = steps_of(trace.read_text(encoding="utf-8").splitlines())
    omitted = re.compile(act.vital_file) if without_sync else _NOTHING
    synced = (step for step in steps if not (step.kind == "sync" and omitted.search(step.path)))
    return ActRun(act, before, scene.root, tuple(synced))


@dataclass
class _Names:
    """Names of all files, with the folders that the latest changes touched."""

    current: dict[str, TrackedFile]
    durable: dict[str, TrackedFile]
    changes: list[tuple[frozenset[str], dict[str, TrackedFile]]] = field(default_factory=list)

    def change(self, *paths: str) -> None:
        """Record the present names after a change of these paths."""
        folders = frozenset(path.rpartition("/")[0] for path in paths)
        self.changes.append((folders, dict(self.current)))

    def sync(self, folder: str) -> None:
        """Make the changes up to the last one in a folder durable."""
        touched = [number for number, (folders, _) in enumerate(self.changes) if folder in folders]
        if touched:
            self.durable = self.changes[touched[-1]][1]
            del self.changes[: touched[-1] + 1]


class SceneDisk:
    """The disk of a scene as its steps are applied."""

    def __init__(self, before: Path, root: Path) -> None:
        self._root = str(root)
        files = {
            str(root / path.relative_to(before)): TrackedFile(path.read_bytes())
            for path in before.rglob("*")
            if path.is_file() and not _IGNORED.search(path.name)
        }
        self._names = _Names(files, dict(files))
        self.answered = False

    def apply(self, step: Step) -> None:
        """Apply the next step."""
        if step.kind == "output":
            self.answered |= b"{" in step.data and b"refused" not in step.data
        elif step.kind == "rename":
            self._rename(step)
        elif step.path.startswith(self._root) and not _IGNORED.search(step.path):
            self._change(step)

    def _rename(self, step: Step) -> None:
        file = self._names.current.pop(step.path, None)
        if file is not None:
            self._names.current[step.other] = file
            self._names.change(step.path, step.other)

    def _change(self, step: Step) -> None:
        names = self._names
        if step.kind == "sync" and step.path not in names.current:
            names.sync(step.path)
            return
        if step.kind == "delete":
            if names.current.pop(step.path, None) is not None:
                names.change(step.path)
            return
        if step.kind == "open" and not step.data and step.path not in names.current:
            return  # a folder
        file = names.current.get(step.path)
        if file is None:
            file = names.current[step.path] = TrackedFile()
            names.change(step.path)
        file.apply(step)

    def power_cut(self, rng: random.Random) -> dict[str, bytes]:
        """Return the files that may remain, by their path below the root.

        The unsynced writes of each file survive in a manner of its own.
        """
        names = rng.choice([self._names.durable, *(after for _, after in self._names.changes)])
        return {path[len(self._root) + 1 :]: surviving(file, rng.choice(_MANNERS), rng) for path, file in names.items()}

    def current_files(self) -> dict[str, bytes]:
        """Return the files as running programs read them."""
        rng = random.Random(0)
        return {path[len(self._root) + 1 :]: surviving(file, "all", rng) for path, file in self._names.current.items()}


def check_act_images(run: ActRun, scratch: Path, images: int, seed: int) -> Losses:
    """Check images from the moments of an act."""
    disk, rng, losses = SceneDisk(run.before.root, run.root), random.Random(seed), Losses()
    applied = 0
    for number, moment in enumerate(_moments(len(run.steps), images, rng)):
        for step in run.steps[applied:moment]:
            disk.apply(step)
        losses.moments += applied != moment
        applied = moment
        losses.images += 1
        scene = _write_image(disk.power_cut(rng), run, scratch / f"image-{number:05d}")
        losses.lost += [f"step {moment}: {defect}" for defect in _defects(run.act, scene, disk.answered)]
        shutil.rmtree(scene.root)
    return losses


def _defects(act: Act, scene: Scene, answered: bool) -> list[str]:
    """Return the defects of an image; damage may show after the opening only."""
    try:
        return list(act.defects(scene, answered))
    except Fault as fault:
        return [f"damaged: {fault.code}"]


def _moments(steps: int, images: int, rng: random.Random) -> list[int]:
    """Return the numbers of steps after which the power is cut, ascending.

    Half of them are spread evenly over the act. A quarter is of the last quarter of the steps and a quarter of the last
    forty, where the files change their places.
    """
    even = [steps * number // max(1, images // 2) for number in range(images // 2)]
    first = (3 * steps // 4, max(0, steps - 40))
    late = [rng.randrange(first[number % 2], steps + 1) for number in range(images - len(even))]
    return sorted((*even, *late))


def _write_image(files: dict[str, bytes], run: ActRun, root: Path) -> Scene:
    scene = run.before.at(root)
    for folder in ("office", "usb", "out"):
        (root / folder).mkdir(parents=True)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return scene


def applied_disk(run: ActRun, steps: Sequence[Step]) -> SceneDisk:
    """Return the disk after the given steps."""
    disk = SceneDisk(run.before.root, run.root)
    for step in steps:
        disk.apply(step)
    return disk
