"""Command line of the benchmarks: selection, offices, output."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from benchmarks.beside import beside
from benchmarks.desk import accept, growth, report_year, scan, search
from benchmarks.encryption import encryption
from benchmarks.hub import again, hub_06a, ingest, ingest_http
from benchmarks.measurement import Measurement
from benchmarks.offices import Offices
from benchmarks.old_pc import card_to_paper, cli_start, idle, leak, memory, save_and_print, scan_screen
from benchmarks.papers import papers
from benchmarks.reports import figure_list, quarter_files, report_month, report_procedure
from benchmarks.start import start
from benchmarks.sync import export, export_beside
from benchmarks.tables import import_rows, reconcile, report_as_of

PROMISES: Mapping[str, Callable[[Offices], Measurement]] = {
    "scan": scan,
    "accept": accept,
    "papers": papers,
    "search": search,
    "report_year": report_year,
    "report_month": report_month,
    "report_procedure": report_procedure,
    "figure_list": figure_list,
    "quarter_files": quarter_files,
    "report_as_of": report_as_of,
    "import": import_rows,
    "reconcile": reconcile,
    "start": start,
    "memory": memory,
    "cli_start": cli_start,
    "save_and_print": save_and_print,
    "card_to_paper": card_to_paper,
    "scan_screen": scan_screen,
    "leak": leak,
    "idle": idle,
    "growth": growth,
    "encryption": encryption,
    "beside": beside,
    "export": export,
    "export_beside": export_beside,
    "ingest": ingest,
    "ingest_http": ingest_http,
    "again": again,
    "hub_06a": hub_06a,
}
"""Benchmarks by promise (CONTRIBUTING.md), in order of measurement."""
FULL, QUICK = (1_000_000, 50_000), (50_000, 2_500)
_ROUNDS = 60
_TABLE_HEAD = (
    f"{'Lời hứa':<16} {'đo được':>10} {'giới hạn':>10} {'':<3} {'tỷ số':>6} {'mức':>5} {'p99':>9} {'hồ sơ':>10}"
)
_OK, _FAILED = 0, 1


def main(
    arguments: Sequence[str] | None = None,
    sizes: tuple[int, int] | None = None,
    rounds: int = _ROUNDS,
    promises: Mapping[str, Callable[[Offices], Measurement]] = PROMISES,
) -> int:
    """Measure and print; return the exit status.

    The status is 0 if all promises are met, 1 if one is missed, 2 for wrong usage.
    `sizes` are the dossiers of the large and the small office, in place of the defaults.
    """
    options = _parser(promises).parse_args(arguments)
    large, small = sizes or (QUICK if options.quick else FULL)
    missed = []
    if not options.json:
        print(_TABLE_HEAD, flush=True)
    with ExitStack() as stack:
        offices = Offices(large, small, rounds, stack)
        for name in options.names or promises:
            measured = promises[name](offices)
            _print_result(measured, options.json)
            missed += [] if measured.is_met else [measured]
    for measured in missed:
        _warn(f"Quá mức: {_missed_text(measured)}")
    return _FAILED if missed else _OK


def _parser(promises: Mapping[str, object]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Đo từng lời hứa về tốc độ.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(promises), type=_name_checker(promises))
    parser.add_argument("--quick", action="store_true", help="50.000 hồ sơ thay vì 1.000.000")
    parser.add_argument("--json", action="store_true", help="mỗi lời hứa một dòng JSON")
    return parser


def _name_checker(promises: Mapping[str, object]) -> Callable[[str], str]:
    def check(name: str) -> str:
        if name not in promises:
            raise argparse.ArgumentTypeError(f"không có «{name}»; có: {', '.join(promises)}")
        return name

    return check


def _print_result(measured: Measurement, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_to_json(measured)), flush=True)
    else:
        p99 = "" if measured.p99 is None else f"{measured.p99:.2f}"
        print(
            f"{measured.name:<12} {measured.value:>10.3f} {measured.limit:>10.3f} {measured.unit:<3} "
            f"{measured.ratio:>6.2f} {measured.budget:>5.1f} {p99:>9} {measured.size:>10}",
            flush=True,
        )
    for note in measured.notes:
        _warn(note)


def _to_json(measured: Measurement) -> dict[str, object]:
    return {
        "name": measured.name,
        "value": round(measured.value, 4),
        "unit": measured.unit,
        "limit": round(measured.limit, 4),
        "ratio": round(measured.ratio, 3),
        "budget": measured.budget,
        "p99": None if measured.p99 is None else round(measured.p99, 4),
        "size": measured.size,
    }


def _missed_text(measured: Measurement) -> str:
    text = f"{measured.name} tỷ số {measured.ratio:.2f}, được {measured.budget:.1f}"
    if measured.p99 is None or measured.p99_budget is None:
        return text
    return f"{text}; p99 {measured.p99:.1f} {measured.unit}, được {measured.p99_budget:.0f}"


def _warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
