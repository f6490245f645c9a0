"""The full sizes: `python -m tests.faults [NAME…] [--part N]`; each prints its count as a line of JSON, and the exit
status tells whether all came out as promised."""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import found
from tests.faults.errors import every_point, fail_at
from tests.faults.images import Losses, judge_images
from tests.faults.kills import kill_many
from tests.faults.processes import Nursery, nursery
from tests.faults.recording import record
from tests.faults.window_kills import kill_windows
from tests.offices import FOUNDED_AT, OFFICE

_KILLS, _IMAGES, _LINES, _WINDOWS = 500, 4000, 60, 100
Told = tuple[bool, Mapping[str, Any]]


def kills(warm: Nursery, template: Path, scratch: Path, part: int) -> Told:
    """Five hundred kills."""
    toll = kill_many(warm, template, scratch, _KILLS // part, seed=20260209)
    return toll.clean, asdict(toll)


def images(warm: Nursery, template: Path, scratch: Path, part: int) -> Told:
    """Four thousand disks after a power cut."""
    losses = _cut(warm, template, scratch, _IMAGES // part, "FULL")
    return not (losses.lost or losses.corrupt), _counted(losses)


def images_less_synced(warm: Nursery, template: Path, scratch: Path, part: int) -> Told:
    """A tenth as many with synchronous=NORMAL: here losses must be found."""
    losses = _cut(warm, template, scratch, _IMAGES // part // 10, "NORMAL")
    return bool(losses.lost), _counted(losses)


def errors(warm: Nursery, template: Path, scratch: Path, part: int) -> Told:
    """A failing disk at every write, cut and sync of one intake."""
    outcome = fail_at(warm, template, scratch, every_point(warm, template, scratch)[::part])
    return outcome.clean, asdict(outcome)


def window(warm: Nursery, template: Path, scratch: Path, part: int) -> Told:
    """A hundred windows killed while they save."""
    restarts = kill_windows(template, scratch, _WINDOWS // part, seed=20260209)
    return not (restarts.lost or restarts.unsound), asdict(restarts)


def _cut(warm: Nursery, template: Path, scratch: Path, count: int, synchronous: str) -> Losses:
    before, folder, papers = (scratch / name for name in ("before", "office", "papers"))
    for copy in (before, folder):
        shutil.copytree(template, copy)
    papers.mkdir()
    steps = record(warm, folder, papers, _LINES, synchronous)
    return judge_images(before, folder, steps, count, seed=20260209)


def _counted(losses: Losses) -> Mapping[str, Any]:
    return {
        "images": losses.images,
        "moments": losses.moments,
        "with_losses": len(losses.lost),
        "corrupt": len(losses.corrupt),
        "first": (losses.lost + losses.corrupt)[:5],
    }


RUNS: Mapping[str, Callable[[Nursery, Path, Path, int], Told]] = {
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
    parser.add_argument("--part", type=int, default=1, help="only one in so many")
    asked = parser.parse_args()
    sound = True
    with TemporaryDirectory() as scratch, nursery() as warm:
        template = Path(scratch) / "template"
        found(template, OFFICE, True, FOUNDED_AT)
        for name in asked.names or RUNS:
            place = Path(scratch) / name
            place.mkdir()
            began = time.perf_counter()
            good, counts = RUNS[name](warm, template, place, asked.part)
            sound &= good
            print(
                json.dumps({"name": name, "as_promised": good, **counts, "seconds": round(time.perf_counter() - began)})
            )
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
