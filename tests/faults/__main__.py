"""Fault tests at full size.

Usage: `python -m tests.faults [NAME…] [--real] [--part N]`. Each run prints its counts as a line of JSON. The exit
status is 0 if every run has the expected result.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_office
from tests.faults.acts.act_errors import act_points, fail_act
from tests.faults.acts.act_images import check_act_images, record_act
from tests.faults.acts.scenes import ACTS, make_template
from tests.faults.errors import all_points, fail_at
from tests.faults.images import Losses, check_images, record_run
from tests.faults.kills import kill_many
from tests.faults.office_kinds import REAL, TRAINING, OfficeKind
from tests.faults.processes import ForkServer, running_fork_server
from tests.faults.queue.kills import kill_desks
from tests.faults.restore_errors import fail_restores, make_source, restore_points
from tests.faults.sending.bad_line import kill_senders, send_over_bad_line
from tests.faults.window.kills import kill_windows
from tests.support.offices import CREATED_AT, HASH_COST, OFFICE, PASSWORD

_SEED = 20260209
_KILLS, _IMAGES, _LINES, _WINDOWS, _FILES, _ACT_IMAGES, _DESKS = 500, 4000, 60, 100, 1000, 800, 200
RunResult = tuple[bool, Mapping[str, Any]]


def kills(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Kill 500 processes."""
    result = kill_many(server, kind, template, scratch, _KILLS // part, seed=_SEED)
    return result.clean, asdict(result)


def images(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Check 4,000 disk images after a power cut."""
    run = record_run(server, kind, template, scratch, _LINES)
    losses = check_images(run, _IMAGES // part, _SEED)
    return not (losses.lost or losses.corrupt), _summary(losses)


def images_less_synced(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Check 400 disk images with synchronous=NORMAL.

    The expected result is a loss, which proves that the test can fail.
    """
    run = record_run(server, kind, template, scratch, _LINES, "NORMAL")
    losses = check_images(run, _IMAGES // part // 10, _SEED)
    return bool(losses.lost), _summary(losses)


def errors(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Fail every write, truncation and sync of one intake."""
    outcome = fail_at(server, kind, template, scratch, all_points(server, kind, template, scratch)[::part])
    return outcome.clean, asdict(outcome)


def restore(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Fail every write, truncation, sync and rename of a restore.

    A real office is restored on a new machine and over itself, whatever `kind` is.
    """
    source = make_source(scratch / "source")
    counts: dict[str, Any] = {"points": 0, "completed": 0, "refused": 0, "wrong": []}
    for machine in (replace(source, replaced=None), source):
        points = restore_points(server, machine, scratch)[::part]
        outcome = fail_restores(server, machine, scratch, points)
        counts["points"] += len(points)
        counts["completed"] += outcome.completed
        counts["refused"] += outcome.refused
        counts["wrong"] += outcome.wrong
    return not counts["wrong"], counts


def acts(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Check 800 disk images of each act over several files.

    A real office is used, whatever `kind` is.
    """
    return _act_images(server, scratch, _ACT_IMAGES // part, without_sync=False)


def acts_less_synced(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Check 800 disk images of each act without the sync of one file.

    The expected result is a loss in each act, which proves that the test can fail.
    """
    return _act_images(server, scratch, _ACT_IMAGES // part, without_sync=True)


def _act_images(server: ForkServer, scratch: Path, images: int, without_sync: bool) -> RunResult:
    scene, counts = make_template(scratch / "template"), {}
    for name, act in ACTS.items():
        run = record_act(server, act, scene, scratch / name, without_sync)
        losses = check_act_images(run, scratch / f"{name}-images", images, _SEED)
        counts[name] = _summary(losses)
        print(json.dumps({name: counts[name]}), file=sys.stderr, flush=True)
    return all(bool(count["with_losses"]) == without_sync for count in counts.values()), counts


def act_errors(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Fail every write, truncation, sync and rename of each act.

    The restores have a run of their own.
    """
    scene, counts, as_expected = make_template(scratch / "template"), {}, True
    for name, act in ACTS.items():
        if act.name.startswith("restore"):
            continue
        (scratch / name).mkdir()
        points = act_points(server, act, scene, scratch / name)[::part]
        outcome = fail_act(server, act, scene, scratch / name, points)
        as_expected &= not outcome.wrong
        counts[name] = asdict(outcome)
        print(json.dumps({name: counts[name]}), file=sys.stderr, flush=True)
    return as_expected, counts


def window(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Kill 100 windows of training offices while they save."""
    training_template = scratch / "template"
    create_office(training_template, OFFICE, True, CREATED_AT)
    result = kill_windows(training_template, scratch, _WINDOWS // part, seed=_SEED)
    return not (result.lost or result.unsound), asdict(result)


def wire(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Send 1,000 files of a training office over a line that breaks."""
    create_office(scratch / "office", OFFICE, True, CREATED_AT)
    result = send_over_bad_line(scratch / "office", _FILES // part, _SEED)
    return result.clean, asdict(result)


def senders(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Kill 200 pairs of senders of a training office."""
    create_office(scratch / "office", OFFICE, True, CREATED_AT)
    result = kill_senders(server, TRAINING, scratch / "office", 200 // part, _SEED)
    return result.clean, asdict(result)


def queue(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Kill 200 desks of a training office while they work on the queue."""
    create_office(scratch / "office", OFFICE, True, CREATED_AT)
    result = kill_desks(scratch / "office", _DESKS // part, _SEED)
    return result.clean, asdict(result)


def _summary(losses: Losses) -> Mapping[str, Any]:
    return {
        "images": losses.images,
        "moments": losses.moments,
        "with_losses": len(losses.lost),
        "corrupt": len(losses.corrupt),
        "first": (losses.lost + losses.corrupt)[:5],
    }


RUNS: Mapping[str, Callable[[ForkServer, OfficeKind, Path, Path, int], RunResult]] = {
    "kills": kills,
    "images": images,
    "images-less-synced": images_less_synced,
    "errors": errors,
    "restore": restore,
    "acts": acts,
    "acts-less-synced": acts_less_synced,
    "act-errors": act_errors,
    "window": window,
    "wire": wire,
    "senders": senders,
    "queue": queue,
}


def main() -> int:
    """Run the named tests, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *RUNS], metavar="NAME")
    parser.add_argument("--real", action="store_true", help="use a real, encrypted office instead of a training office")
    parser.add_argument("--part", type=int, default=1, help="run only one Nth of each test")
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        os.environ["XDG_STATE_HOME"] = f"{scratch}/state"
        all_as_expected = _run_all(arguments, Path(scratch))
    return 0 if all_as_expected else 1


def _run_all(arguments: argparse.Namespace, scratch: Path) -> bool:
    all_as_expected, kind = True, REAL if arguments.real else TRAINING
    with running_fork_server() as server:
        template = scratch / "template"
        create_office(template, OFFICE, kind.training, CREATED_AT if kind.training else None, PASSWORD, HASH_COST)
        for name in arguments.names or RUNS:
            folder = scratch / name
            folder.mkdir()
            start = time.perf_counter()
            as_expected, counts = RUNS[name](server, kind, template, folder, arguments.part)
            all_as_expected &= as_expected
            row = {"name": name, "real": arguments.real, "as_promised": as_expected, **counts}
            print(json.dumps({**row, "seconds": round(time.perf_counter() - start)}), flush=True)
    return all_as_expected


if __name__ == "__main__":
    sys.exit(main())
