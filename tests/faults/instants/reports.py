"""Reports of past instants at full size.

Usage: `python -m tests.faults.instants.reports [SEEDS]`.
Random works go on at a desk. Each report and its lists are kept at some instants, and made again later as of them.
The counts are printed as a line of JSON; exit status 1 for a difference.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_office
from app.models.enums import FigureGroup
from app.models.law.rule import read_rule
from app.printing.documents.report import Report
from app.services.reporting.export import report_json
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.tables import make_report
from tests.faults.instants.figure_lists import listed_figures
from tests.faults.instants.random_lives import RandomLives
from tests.services.law.test_rules import write_rules
from tests.support.offices import CREATED_AT, HASH_COST, MORNING, OFFICE, PASSWORD, Desk, desk_session

PERIODS = ((date(2026, 2, 15), date(2026, 4, 14)), (date(2026, 1, 1), date(2026, 12, 31)))
_SEEDS, _WORKS, _INSTANTS = 40, 80, 3
Groups = Sequence[FigureGroup | None]
Case = tuple[str, FigureGroup | None, bool]


def compare(desk: Desk, seed: int, works: int, instants: int, groups: int) -> tuple[int, list[Case]]:
    """Return the number of compared answers and the differences."""
    write_retention(desk, MORNING)
    lives = RandomLives(desk, MORNING, Random(seed))
    chosen = (None, *lives.chance.sample(tuple(FigureGroup), groups))
    answers = {}
    for _ in range(instants):
        lives.work(works)
        answers[lives.now] = dict(all_reports(desk, lives.now, None, chosen))
    lives.work(works)
    again = [(case, now) for now in answers for case in all_reports(desk, lives.now, now, chosen)]
    return len(again), [case for (case, answer), now in again if answer != answers[now][case]]


def all_reports(
    desk: Desk, now: datetime, as_of: datetime | None, groups: Groups
) -> Iterator[tuple[Case, tuple[Any, Any]]]:
    """Yield every report by group, in words and figures; lists of groups."""
    for name in REPORTS:
        for place, group in enumerate(groups):
            query = ReportQuery(name, *PERIODS[place % 2], group=group, compare=place == 1, as_of=as_of)
            report = desk.office.read(make_report, query, now)
            yield (name, group, query.compare), (shown(report), lists(desk, report, now, as_of) if place else None)


def shown(report: Report) -> Any:
    """Return all figures and words of a report but its notes and day."""
    return report_json(report) | {"notes": None}, report.sections, report.facts, report.ratios, report.checks


def lists(desk: Desk, report: Report, now: datetime, as_of: datetime | None) -> Any:
    """Return the dossiers of one figure of each column."""
    queries: dict[str, ListFigure] = {}
    for query, _count in listed_figures(report):
        queries.setdefault(query.column, query)
    return {name: desk.office.read(list_figure, replace(each, as_of=as_of), now) for name, each in queries.items()}


def write_retention(desk: Desk, now: datetime) -> None:
    """Enter a rule under which a dossier is kept until its end."""
    value = {"name": "Hồ sơ", "years": 0}
    line = {"kind": "retention", "key": "dossier", "value": value, "valid_from": "2026-01-01", "decision": "9/QĐ"}
    desk.office.write(write_rules, (read_rule(line),), now)


def main(words: list[str]) -> int:
    """Compare, print; return the exit status."""
    seeds, compared = int(words[0]) if words else _SEEDS, 0
    differences: list[str] = []
    for seed in range(seeds):
        with TemporaryDirectory() as scratch:
            folder = Path(scratch) / "office"
            create_office(folder, OFFICE, True, CREATED_AT, PASSWORD, HASH_COST)
            with desk_session(folder) as desk:
                count, differing = compare(desk, seed, _WORKS, _INSTANTS, groups=2)
        compared += count
        differences += [f"{seed}: {name} {group}" for name, group, _ in differing]
    print(json.dumps({"seeds": seeds, "reports": compared, "differences": differences}, ensure_ascii=False))
    return int(bool(differences))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
