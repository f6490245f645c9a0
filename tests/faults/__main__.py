"""The full sizes: `python -m tests.faults [NAME…] [--real] [--part N]`; each prints its count as a line of JSON, and
the exit status tells whether all came out as promised."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_office
from tests.faults.errors import all_points, fail_at
from tests.faults.images import Losses, check_images, record_run
from tests.faults.kills import kill_many
from tests.faults.office_kinds import REAL, TRAINING, OfficeKind
from tests.faults.processes import ForkServer, nursery
from tests.faults.window.kills import kill_windows
from tests.support.offices import CREATED_AT, HASH_COST, OFFICE, PASSWORD

_SEED = 20260209
_KILLS, _IMAGES, _LINES, _WINDOWS = 500, 4000, 60, 100
RunResult = tuple[bool, Mapping[str, Any]]


def kills(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Five hundred kills."""
    toll = kill_many(server, kind, template, scratch, _KILLS // part, seed=_SEED)
    return toll.clean, asdict(toll)


def images(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """Four thousand disks after a power cut."""
    run = record_run(server, kind, template, scratch, _LINES)
    losses = check_images(run, _IMAGES // part, _SEED)
    return not (losses.lost or losses.corrupt), _summary(losses)


def images_less_synced(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """A tenth as many with synchronous=NORMAL: here losses must be found."""
    run = record_run(server, kind, template, scratch, _LINES, "NORMAL")
    losses = check_images(run, _IMAGES // part // 10, _SEED)
    return bool(losses.lost), _summary(losses)


def errors(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """A failing disk at every write, cut and sync of one intake."""
    outcome = fail_at(server, kind, template, scratch, all_points(server, kind, template, scratch)[::part])
    return outcome.clean, asdict(outcome)


def window(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, part: int) -> RunResult:
    """A hundred windows killed while they save, in offices for training."""
    own = scratch / "own"
    create_office(own, OFFICE, True, CREATED_AT)
    restarts = kill_windows(own, scratch, _WINDOWS // part, seed=_SEED)
    return not (restarts.lost or restarts.unsound), asdict(restarts)


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
    "window": window,
}


def main() -> int:
    """Run what is named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *RUNS], metavar="NAME")
    parser.add_argument("--real", action="store_true", help="on a real, encrypted office instead of one for training")
    parser.add_argument("--part", type=int, default=1, help="only one in so many")
    asked = parser.parse_args()
    sound, kind = True, REAL if asked.real else TRAINING
    with TemporaryDirectory() as scratch, nursery() as server:
        template = Path(scratch) / "template"
        create_office(template, OFFICE, kind.training, CREATED_AT if kind.training else None, PASSWORD, HASH_COST)
        for name in asked.names or RUNS:
            place = Path(scratch) / name
            place.mkdir()
            began = time.perf_counter()
            good, counts = RUNS[name](server, kind, template, place, asked.part)
            sound &= good
            told = {"name": name, "real": asked.real, "as_promised": good, **counts}
            print(json.dumps({**told, "seconds": round(time.perf_counter() - began)}), flush=True)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
