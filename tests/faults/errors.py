"""Fail one disk call of an intake: each call that writes, in turn.

Each write, truncation and sync is tried. The error is «no space» or «I/O error». The intake reports a clear fault with
exit status 3, or it completes as answered. Nothing is partly written, and the next intake works.
"""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import Child, ForkServer, trace_process
from tests.support.offices import intake_line

WRITES = ("pwrite64", "write", "ftruncate")
SYNCS = ("fsync", "fdatasync")
_CALL = re.compile(r"^(?:\[pid\s+\d+\]\s*|\d+\s+)?(\w+)\(")


@dataclass(frozen=True)
class Point:
    """Failure of a call: its kind, its error and its number."""

    call: str
    error: str
    at: int


@dataclass
class Outcome:
    """Counts and defects; the lists must stay empty."""

    points: int = 0
    stopped: int = 0
    done: int = 0
    unclear: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Return whether there are no defects."""
        return not (self.unclear or self.lost or self.unsound or self.stuck)


class _TargetOffice(NamedTuple):
    server: ForkServer
    kind: OfficeKind
    folder: Path


def all_points(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path) -> list[Point]:
    """Return each write, truncation and sync of one intake.

    A call appears once for each error that it can have.
    """
    folder = Path(shutil.copytree(template, scratch / "counted"))
    calls = scratch / "calls"
    child = _start_intake(server, kind, folder, "counted")
    with trace_process(child, [*_trace_paths(folder), "-o", str(calls), "-e", f"trace={','.join((*WRITES, *SYNCS))}"]):
        child.start()
        assert child.wait() == 0, child.err
    counts = Counter(match[1] for match in map(_CALL.match, calls.read_text(encoding="utf-8").splitlines()) if match)
    return [
        Point(call, error, at)
        for call in (*WRITES, *SYNCS)
        for error in (("ENOSPC", "EIO") if call in WRITES else ("EIO",))
        for at in range(1, counts[call] + 1)
    ]


def fail_at(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, points: list[Point]) -> Outcome:
    """Fail an intake at each point, then run one without failure.

    Each point has an office of its own.
    """
    outcome = Outcome()
    for number, point in enumerate(points):
        folder = Path(shutil.copytree(template, scratch / f"{number:04d}"))
        with kind.open_desk(folder) as desk:
            desk.take_in(kind.now, request_id="before")
        child = _start_intake(server, kind, folder, "hit")
        inject = f"inject={point.call}:error={point.error}:when={point.at}"
        with trace_process(
            child, [*_trace_paths(folder), "-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject]
        ):
            child.start()
            child.wait()
        outcome.points += 1
        _check(point, child, _TargetOffice(server, kind, folder), outcome)
        shutil.rmtree(folder)
    return outcome


def _trace_paths(folder: Path) -> list[str]:
    """Return strace options that limit it to the files of an office."""
    names = ("motcua.db", "motcua.db-wal", "motcua.db-shm", "motcua.seen")
    return [option for name in ("", *names) for option in ("-P", str(folder / name).rstrip("/"))]


def _start_intake(server: ForkServer, kind: OfficeKind, folder: Path, name: str) -> Child:
    child = server.fork((*kind.options(folder), "intake", "-"))
    child.feed(json.dumps(intake_line(request_id=name)).encode() + b"\n")
    return child


def _check(point: Point, child: Child, office: _TargetOffice, outcome: Outcome) -> None:
    server, kind, folder = office
    answered = [answer["code"] for answer in child.answers if "code" in answer]
    outcome.stopped += child.status == 3
    outcome.done += child.status == 0
    if child.status not in (0, 3) or (child.status == 0 and not answered) or not _is_clear_failure(child):
        outcome.unclear.append(f"{point}: {child.status} {child.out!r} {child.err.decode()}")
    after = _start_intake(server, kind, folder, "after")
    after.start()
    if after.wait() or "code" not in after.answers[0]:
        outcome.stuck.append(f"{point}: {after.err.decode()}")
        return
    with kind.open_desk(folder) as desk:
        stored = dict(desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id"))
        outcome.unsound += [f"{point}: {finding.message}" for finding in desk.check(kind.now).findings]
    if not _is_gapless(stored.values()) or not {"before", "after"} <= stored.keys():
        outcome.unsound.append(f"{point}: {stored}")
    outcome.lost += [f"{point}: {code}" for code in answered if code not in stored.values()]


def _is_gapless(codes: Iterable[str]) -> bool:
    """Return whether the numbers of each day are 1, 2, 3 and so on.

    Midnight may pass during a run.
    """
    days: dict[str, list[int]] = {}
    for code in codes:
        days.setdefault(code[:-4], []).append(int(code[-4:]))
    return all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in days.values())


def _is_clear_failure(child: Child) -> bool:
    """Return whether a failure is reported as one fault of the disk."""
    if child.status == 0:
        return not child.err
    codes = [answer["refused"]["code"] for answer in child.answers if "refused" in answer]
    return len(codes) == 1 and codes[0] in ("disk_full", "disk_error")
