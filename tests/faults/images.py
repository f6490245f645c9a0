"""Disk images that a power cut may leave at any moment of a run.

Synced data is present. Of the other writes any part may be present, torn at 512 bytes. Each image is opened with the
program, and its `check` is run.
"""

import random
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from app.models.errors import Fault
from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import ForkServer
from tests.faults.recording import NextDay, Step, record

_SECTOR = 512
_WORKERS = 2
_RAM_DISK = Path("/dev/shm")
_CODE = b'"code": "'


@dataclass
class Losses:
    """Counts of images and moments, and what the images lost."""

    images: int = 0
    moments: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    def add(self, other: "Losses") -> None:
        """Add the losses of another process."""
        self.images += other.images
        self.moments += other.moments
        self.lost += other.lost
        self.corrupt += other.corrupt


@dataclass
class TrackedFile:
    """Synced content of a file, and the steps since its last sync."""

    synced: bytes = b""
    unsynced: list[Step] = field(default_factory=list)

    def apply(self, step: Step) -> None:
        """Apply a step that changes or syncs the content."""
        if step.kind == "sync":
            self.synced, self.unsynced = _apply_steps(self.synced, self.unsynced), []
        elif step.kind == "open" and step.data:
            self.unsynced.append(Step("truncate", step.path))
        elif step.kind in ("write", "truncate"):
            self.unsynced.append(step)


class Disk:
    """Folder on a disk as its steps are applied.

    A created, renamed or deleted name is durable once the folder is synced.
    """

    def __init__(self, before: Path, folder: Path) -> None:
        """Start with `before`, a copy of the folder from before the run."""
        self._folder = str(folder)
        self._names = {path.name: TrackedFile(path.read_bytes()) for path in before.iterdir() if path.is_file()}
        self._synced_names = dict(self._names)
        self._changes: list[dict[str, TrackedFile]] = []
        self.codes: set[str] = set()
        self.papers: set[str] = set()

    def apply(self, step: Step) -> None:
        """Apply the next step."""
        if step.kind == "output":
            self.codes |= {part.split(b'"')[0].decode() for part in step.data.split(_CODE)[1:]}
        elif step.kind == "rename" and step.other.endswith(".pdf"):
            self.papers.add(Path(step.other).stem)
        elif step.path == self._folder:
            if step.kind == "sync":
                self._synced_names, self._changes = dict(self._names), []
        elif step.path.rpartition("/")[0] == self._folder and not step.path.endswith("-shm"):
            self._change(step, step.path.rpartition("/")[2])

    def _change(self, step: Step, name: str) -> None:
        file = self._names.get(name)
        if file is None:
            file = self._names[name] = TrackedFile()
            self._changes.append(dict(self._names))
        if step.kind in ("delete", "rename"):
            del self._names[name]
            if step.kind == "rename":
                self._names[step.other.rpartition("/")[2]] = file
            self._changes.append(dict(self._names))
        else:
            file.apply(step)

    def current_files(self) -> dict[str, bytes]:
        """Return the files as running programs read them."""
        return {name: _apply_steps(file.synced, file.unsynced) for name, file in self._names.items()}

    def power_cut(self, rng: random.Random) -> dict[str, bytes]:
        """Return the files that may remain after a power cut now.

        The names are from any moment since the last sync of the folder. Of the unsynced writes none, all, some, the
        first ones or some sectors remain.
        """
        names = rng.choice([self._synced_names, *self._changes])
        manner = rng.choice(("nothing", "all", "some", "beginning", "sectors"))
        return {name: surviving(file, manner, rng) for name, file in names.items()}


def surviving(file: TrackedFile, manner: str, rng: random.Random) -> bytes:
    """Return the content that may remain of a file after a power cut."""
    return _apply_steps(file.synced, _surviving_steps(file.unsynced, manner, rng))


def _surviving_steps(unsynced: Sequence[Step], manner: str, rng: random.Random) -> list[Step]:
    if manner == "nothing":
        return []
    if manner == "all":
        return list(unsynced)
    if manner == "some":
        return [step for step in unsynced if rng.random() < 0.5]
    if manner == "beginning":
        first = list(unsynced[: rng.randrange(len(unsynced) + 1)])
        return first[:-1] + [part for step in first[-1:] for part in _torn_writes(step, rng)]
    return [part for step in unsynced for part in _torn_writes(step, rng)]


def _torn_writes(step: Step, rng: random.Random) -> list[Step]:
    if step.kind != "write":
        return [step] if rng.random() < 0.5 else []
    sectors = range(0, len(step.data), _SECTOR)
    return [
        Step("write", step.path, step.data[at : at + _SECTOR], step.at + at) for at in sectors if rng.random() < 0.5
    ]


def _apply_steps(synced: bytes, steps: Sequence[Step]) -> bytes:
    content = bytearray(synced)
    for step in steps:
        if step.kind == "truncate":
            del content[step.at :]
            content.extend(bytes(step.at - len(content)))
        else:
            content.extend(bytes(max(0, step.at - len(content))))
            content[step.at : step.at + len(step.data)] = step.data
    return bytes(content)


@dataclass(frozen=True)
class Run:
    """Recorded run: its office, a copy from before the run, its steps."""

    kind: OfficeKind
    folder: Path
    before: Path
    steps: tuple[Step, ...]


def record_run(
    server: ForkServer, kind: OfficeKind, template: Path, place: Path, lines: int, synchronous: str = "FULL"
) -> Run:
    """Record a run in a copy of an office, below `place`.

    It is repeated if midnight has passed. Raises TracingUnavailable.
    """
    before, folder, papers = (place / name for name in ("before", "office", "papers"))
    for copy in (before, folder):
        shutil.copytree(template, copy)
    papers.mkdir()
    try:
        return Run(kind, folder, before, record(server, kind, folder, papers, lines, synchronous))
    except NextDay:
        return record_run(server, kind, template, place / "next-day", lines, synchronous)


def check_images(run: Run, images: int, seed: int) -> Losses:
    """Check images from random moments of a run, in two processes."""
    losses, share = Losses(), -(-images // _WORKERS)
    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:
        futures = [pool.submit(check_share, run, share, seed + worker) for worker in range(_WORKERS)]
        for future in futures:
            losses.add(future.result())
    return losses


def check_share(run: Run, images: int, seed: int) -> Losses:
    """Check images from random moments of a run, in this process."""
    disk, steps = Disk(run.before, run.folder), run.steps
    rng, losses = random.Random(seed), Losses()
    moments = sorted(rng.randrange(len(steps) + 1) for _ in range(images))
    with TemporaryDirectory(dir=_RAM_DISK if _RAM_DISK.is_dir() else None) as scratch:
        applied = 0
        for moment in moments:
            for step in steps[applied:moment]:
                disk.apply(step)
            losses.moments += applied != moment
            applied = moment
            _check_image(disk.power_cut(rng), disk, run.kind, Path(scratch) / "office", losses)
    return losses


def _check_image(image: dict[str, bytes], disk: Disk, kind: OfficeKind, place: Path, losses: Losses) -> None:
    losses.images += 1
    place.mkdir()
    for name, content in image.items():
        (place / name).write_bytes(content)
    try:
        losses.lost += list(_missing(place, disk, kind, losses))
    except Fault as fault:
        losses.corrupt.append(fault.code)
    shutil.rmtree(place)


def _missing(place: Path, disk: Disk, kind: OfficeKind, losses: Losses) -> Iterator[str]:
    with kind.open_desk(place) as desk:
        stored = {code for (code,) in desk.rows("SELECT code FROM dossier")}
        printed = {code for (code,) in desk.rows("SELECT d.code FROM print p JOIN dossier d ON d.id = p.dossier_id")}
        losses.corrupt += [finding.message for finding in desk.check(kind.now).findings]
    yield from disk.codes - stored
    yield from (f"paper of {code}" for code in disk.papers - printed)
