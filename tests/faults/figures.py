"""Story S12 at full size: `python -m tests.faults.figures [DOSSIERS]`.

Dossiers with every kind of act are counted in several periods: identities hold, the cached state and the events give
the same figures, also as of past instants. The counts are printed as a line of JSON; exit status 1 for a difference.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_office
from app.models.instants import local_day
from app.services.reporting.figures_06a import Report06a
from tests.faults.histories import FIRST, LAST_ENTRY, PERIODS, generate, journal_rows, recount
from tests.support.offices import CREATED_AT, OFFICE, Desk, count_figures

_FULL_SIZE = 100_000
_INSTANTS = (None, *(FIRST + timedelta(days=days) for days in (45, 110, 200, 300)))


def check_figures(desk: Desk) -> dict[str, Any]:
    """Compare every period and instant with a plain recount."""
    events = journal_rows(desk)
    reports = differences = broken = 0
    for first, last, as_of in _cases():
        query = Report06a(first, last, as_of)
        table = desk.office.read(count_figures, query, LAST_ENTRY)
        judged = min(last, local_day(as_of or LAST_ENTRY))
        rows = {row.field: {k: v for k, v in asdict(row).items() if k != "field" and v} for row in table.rows}
        differences += rows != recount(events, first, last, judged, as_of)
        broken += len(table.checks)
        reports += 1
    return {"events": len(events), "reports": reports, "differences": differences, "broken_identities": broken}


def _cases() -> Iterator[tuple[date, date, datetime | None]]:
    for first, last in PERIODS:
        for as_of in _INSTANTS:
            yield first, last, as_of


def main(words: list[str]) -> int:
    """Generate, compare, print; return the exit status."""
    count = int(words[0]) if words else _FULL_SIZE
    with TemporaryDirectory() as scratch:
        folder, file = Path(scratch) / "office", Path(scratch) / "office.toml"
        file.write_text(OFFICE, encoding="utf-8")
        create_office(folder, file.read_text(encoding="utf-8"), training=True, now=CREATED_AT)
        desk = Desk(folder)
        started = time.monotonic()
        generate(desk, count)
        result = {"dossiers": count, "seconds": round(time.monotonic() - started), **check_figures(desk)}
        result["check"] = desk.check(LAST_ENTRY).ok
        desk.close()
    print(json.dumps(result))
    return int(bool(result["differences"] or result["broken_identities"] or not result["check"]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
