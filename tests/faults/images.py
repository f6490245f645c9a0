"""What could be on the disk after a power cut at any moment of a run: what was synced is there, of the rest any part,
torn at 512 bytes; each such disk is opened with the program and judged by its own check."""

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
    """What the images came to."""

    images: int = 0
    moments: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    def add(self, other: "Losses") -> None:
        """These and others together."""
        self.images += other.images
        self.moments += other.moments
        self.lost += other.lost
        self.corrupt += other.corrupt


@dataclass
class _TrackedFile:
    """One file: what is on the disk for certain, and what was written since its last sync."""

    synced: bytes = b""
    unsynced: list[Step] = field(default_factory=list)


class Disk:
    """The disk as steps go by. A name made, changed or taken away is certain once its folder is synced."""

    def __init__(self, before: Path, folder: Path) -> None:
        """`before` is a copy of the folder as it was when the run began."""
        self._folder = str(folder)
        self._names = {path.name: _TrackedFile(path.read_bytes()) for path in before.iterdir() if path.is_file()}
        self._synced_names = dict(self._names)
        self._changes: list[dict[str, _TrackedFile]] = []
        self.codes: set[str] = set()
        self.papers: set[str] = set()

    def apply(self, step: Step) -> None:
        """One step further."""
        if step.kind == "said":
            self.codes |= {each.split(b'"')[0].decode() for each in step.data.split(_CODE)[1:]}
        elif step.kind == "named" and step.other.endswith(".pdf"):
            self.papers.add(Path(step.other).stem)
        elif step.path == self._folder:
            if step.kind == "sync":
                self._synced_names, self._changes = dict(self._names), []
        elif step.path.rpartition("/")[0] == self._folder and not step.path.endswith("-shm"):
            self._change(step, step.path.rpartition("/")[2])

    def _change(self, step: Step, name: str) -> None:
        file = self._names.get(name)
        if file is None:
            file = self._names[name] = _TrackedFile()
            self._changes.append(dict(self._names))
        if step.kind == "sync":
            file.synced, file.unsynced = _apply_steps(file.synced, file.unsynced), []
        elif step.kind in ("gone", "named"):
            del self._names[name]
            if step.kind == "named":
                self._names[step.other.rpartition("/")[2]] = file
            self._changes.append(dict(self._names))
        elif step.kind == "open" and step.data:
            file.unsynced.append(Step("cut", name))
        elif step.kind in ("write", "cut"):
            file.unsynced.append(step)

    def whole(self) -> dict[str, bytes]:
        """Every file as the programs see it that run now."""
        return {name: _apply_steps(file.synced, file.unsynced) for name, file in self._names.items()}

    def power_cut(self, rng: random.Random) -> dict[str, bytes]:
        """One disk that may be found after a power cut now: names as they were at some moment since they were last
        certain, of each file's writes none, all, some, the beginning, or some of the sectors."""
        names = rng.choice([self._synced_names, *self._changes])
        manner = rng.choice(("nothing", "all", "some", "beginning", "sectors"))
        return {
            name: _apply_steps(file.synced, _surviving_steps(file.unsynced, manner, rng))
            for name, file in names.items()
        }


def _surviving_steps(unsynced: Sequence[Step], manner: str, rng: random.Random) -> list[Step]:
    if manner == "nothing":
        return []
    if manner == "all":
        return list(unsynced)
    if manner == "some":
        return [step for step in unsynced if rng.random() < 0.5]
    if manner == "beginning":
        whole = list(unsynced[: rng.randrange(len(unsynced) + 1)])
        return whole[:-1] + [part for step in whole[-1:] for part in _torn_writes(step, rng)]
    return [part for step in unsynced for part in _torn_writes(step, rng)]


def _torn_writes(step: Step, rng: random.Random) -> list[Step]:
    if step.kind != "write":
        return [step] if rng.random() < 0.5 else []
    pieces = range(0, len(step.data), _SECTOR)
    return [Step("write", step.path, step.data[at : at + _SECTOR], step.at + at) for at in pieces if rng.random() < 0.5]


def _apply_steps(synced: bytes, steps: Sequence[Step]) -> bytes:
    content = bytearray(synced)
    for step in steps:
        if step.kind == "cut":
            del content[step.at :]
            content.extend(bytes(step.at - len(content)))
        else:
            content.extend(bytes(max(0, step.at - len(content))))
            content[step.at : step.at + len(step.data)] = step.data
    return bytes(content)


@dataclass(frozen=True)
class Run:
    """A run that was watched: in an office of which sort and where, a copy of it from before, every step."""

    kind: OfficeKind
    folder: Path
    before: Path
    steps: tuple[Step, ...]


def record_run(
    server: ForkServer, kind: OfficeKind, template: Path, place: Path, lines: int, synchronous: str = "FULL"
) -> Run:
    """A run in a copy of an office, below `place`, repeated where midnight passed. Raises Unwatchable."""
    before, folder, papers = (place / name for name in ("before", "office", "papers"))
    for copy in (before, folder):
        shutil.copytree(template, copy)
    papers.mkdir()
    try:
        return Run(kind, folder, before, record(server, kind, folder, papers, lines, synchronous))
    except NextDay:
        return record_run(server, kind, template, place / "next-day", lines, synchronous)


def check_images(run: Run, images: int, seed: int) -> Losses:
    """So many disks from moments all over a run: what an office opened on each has lost."""
    losses, share = Losses(), -(-images // _WORKERS)
    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:
        asked = [pool.submit(check_share, run, share, seed + each) for each in range(_WORKERS)]
        for each in asked:
            losses.add(each.result())
    return losses


def check_share(run: Run, images: int, seed: int) -> Losses:
    """The same in this process alone."""
    disk, steps = Disk(run.before, run.folder), run.steps
    rng, losses = random.Random(seed), Losses()
    moments = sorted(rng.randrange(len(steps) + 1) for _ in range(images))
    with TemporaryDirectory(dir=_RAM_DISK if _RAM_DISK.is_dir() else None) as scratch:
        done = 0
        for moment in moments:
            for step in steps[done:moment]:
                disk.apply(step)
            losses.moments += done != moment
            done = moment
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
    with kind.opened(place) as desk:
        kept = {code for (code,) in desk.rows("SELECT code FROM dossier")}
        printed = {code for (code,) in desk.rows("SELECT d.code FROM print p JOIN dossier d ON d.id = p.dossier_id")}
        losses.corrupt += [finding.message for finding in desk.check(kind.now).findings]
    yield from disk.codes - kept
    yield from (f"paper of {code}" for code in disk.papers - printed)
