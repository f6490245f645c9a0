"""Fail one system call of a restore: each call that writes, in turn.

A completed restore must have started a new epoch and skipped the numbers that the lost disk may have issued. A failed
restore must report one clear fault, and the next attempt must succeed.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.bootstrap import create_office
from tests.faults.errors import Point
from tests.faults.office_kinds import REAL
from tests.faults.processes import Child, ForkServer, trace_process
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD

CALLS = ("pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink")
"""SQLite and `app.disk` write by these; `write` is left out because standard output uses it."""
_CALL = re.compile(r"^(?:\[pid\s+\d+\]\s*|\d+\s+)?(\w+)\(")
_FIRST_SKIPPED_NUMBER = 1000
_CLEAR_FAULTS = ("disk_error", "disk_full")


@dataclass(frozen=True)
class RestoreSource:
    """Backup to restore and the office that it replaces.

    `epoch` is the epoch of the backup. `replaced` is None on a new machine.
    """

    backup: Path
    recovery_key: Path
    epoch: str
    replaced: Path | None = None


@dataclass
class RestoreOutcome:
    """Counts of restores, and descriptions of wrong ones."""

    completed: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def make_source(place: Path) -> RestoreSource:
    """Create a real office with one dossier, and its backup."""
    recovery = create_office(place / "office", OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    with REAL.open_desk(place / "office") as desk:
        desk.take_in(REAL.now)
        ((epoch,),) = desk.rows("SELECT value FROM setting WHERE name = 'epoch'")
        backup, _ = desk.office.back_up(place / "usb")
    key = place / "recovery.txt"
    key.write_text(recovery, encoding="utf-8")
    return RestoreSource(backup, key, str(epoch).strip('"'), place / "office")


def restore_points(server: ForkServer, source: RestoreSource, scratch: Path) -> list[Point]:
    """Return every call of one restore that can fail, by kind of call."""
    folder, calls = scratch / "counted", scratch / "calls"
    child = _start_restore(server, source, folder)
    with trace_process(child, ["-o", str(calls), "-e", f"trace={','.join(CALLS)}"]):
        child.start()
        assert child.wait() == 0, child.err
    counts = Counter(match[1] for match in map(_CALL.match, calls.read_text(encoding="utf-8").splitlines()) if match)
    shutil.rmtree(folder)
    return [Point(call, "EIO", at) for call in CALLS for at in range(1, counts[call] + 1)]


def fail_restores(server: ForkServer, source: RestoreSource, scratch: Path, points: list[Point]) -> RestoreOutcome:
    """Restore once for each point and check the results.

    Each restore has a folder of its own.
    """
    outcome = RestoreOutcome()
    for number, point in enumerate(points):
        folder = scratch / f"restore-{number:04d}"
        child = _start_restore(server, source, folder)
        inject = f"inject={point.call}:error={point.error}:when={point.at}"
        with trace_process(child, ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject]):
            child.start()
            child.wait()
        if child.status == 0:
            outcome.completed += 1
        else:
            outcome.refused += 1
            outcome.wrong += [f"{point}: {text}" for text in _unclear(child)]
            again = _start_restore(server, source, folder)
            again.start()
            if again.wait() != 0:
                outcome.wrong.append(f"{point}: not restored by the next attempt: {again.err.decode()}")
                continue
        outcome.wrong += [f"{point}: {text}" for text in _defects(source, folder)]
        shutil.rmtree(folder)
    return outcome


def _start_restore(server: ForkServer, source: RestoreSource, folder: Path) -> Child:
    if source.replaced is not None and not folder.exists():
        shutil.copytree(source.replaced, folder)
    words = ("--data", folder, "--json", "--user", ADMIN, "restore", source.backup)
    child = server.fork((*words, "--recovery-key", source.recovery_key))
    child.feed(b"")
    return child


def _unclear(child: Child) -> list[str]:
    codes = [answer["refused"]["code"] for answer in child.answers if "refused" in answer]
    if child.status == 3 and len(codes) == 1 and codes[0] in _CLEAR_FAULTS:
        return []
    return [f"unclear failure {child.status}: {child.out!r} {child.err.decode()}"]


def _defects(source: RestoreSource, folder: Path) -> list[str]:
    """Return the defects of a restored office."""
    with REAL.open_desk(folder) as desk:
        ((epoch,),) = desk.rows("SELECT value FROM setting WHERE name = 'epoch'")
        number = int(desk.take_in(REAL.now).code[-4:])
        findings = [finding.message for finding in desk.check(REAL.now).findings]
    same_epoch = ["the epoch of the backup goes on"] if source.epoch in str(epoch) else []
    low_number = [f"number {number} may have been issued before"] if number < _FIRST_SKIPPED_NUMBER else []
    return [*findings, *same_epoch, *low_number]
