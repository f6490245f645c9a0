"""Benchmarks of the counter: scan, intake, search, year report, growth."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from random import Random
from statistics import median
from typing import Any

from app.models.figures import preset_period
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, ShowDossier, dossier_detail, find_row
from app.services.intake.command import AcceptDossier
from app.services.reporting.query import ReportQuery
from app.storage.search import search_forms
from app.storage.uow import Reading
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.intake.accept import accept_dossier
from app.usecases.reporting.tables import make_report
from benchmarks.generator import NOW, common_procedures
from benchmarks.measurement import Measurement, Work, measure_interleaved, milliseconds, percentile_99
from benchmarks.offices import Desk, Offices, current_versions
from benchmarks.people import invent_person, to_intake_line
from benchmarks.statements import RowReplay, Statement, record_statements, replay

_CALLS = 20
"""Calls in one round, because a single scan or search is too short to time."""
_SEARCH = "SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT 50"
_SCAN_OF_TABLE = "SELECT count(*), sum(paid) FROM dossier NOT INDEXED"
_SCAN_OF_INDEX = "SELECT count(*), count(closed_day) FROM dossier INDEXED BY ix_dossier_figures"
_BLOCK = b"\0" * 4096


def scan(offices: Offices) -> Measurement:
    """Measure a scan up to the dossier, against the same statements alone."""
    desk = offices.read(offices.large)
    keys = keys_of(desk, offices.large)

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(offices.rounds):
            shows = [_show_call(desk, next(keys)) for _ in range(_CALLS)]
            replays = [partial(replay, desk, _record_call(desk, show)) for show in shows]
            yield partial(_run_all, replays), partial(_run_all, shows)

    pairs = measure_interleaved(rounds(), _CALLS)
    p99 = percentile_99(_show_call(desk, next(keys)) for _ in range(offices.rounds * _CALLS))
    return Measurement("scan", pairs.value, pairs.limit, pairs.ratio, 2.5, offices.large, p99=p99, p99_budget=10)


def accept(offices: Offices) -> Measurement:
    """Measure a committed intake, against the same rows written through Core."""
    desk = offices.writable(offices.large)
    commands = commands_of(desk)

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(offices.rounds):
            with record_statements(desk.database.write_engine) as statements:
                desk.office.write(accept_dossier, next(commands))
            same = RowReplay(statements)
            yield partial(same.write, desk), partial(desk.office.write, accept_dossier, next(commands))

    pairs = measure_interleaved(rounds())
    bare = f"accept: một fdatasync 4 KiB trên cùng đĩa mất {_raw_fdatasync(desk):.2f} ms"
    return Measurement("accept", pairs.value, pairs.limit, pairs.ratio, 3, offices.large, notes=(bare,))


def search(offices: Offices) -> Measurement:
    """Measure a search of two words for fifty lines, against the bare query."""
    desk = offices.read(offices.large)
    words = _name_words(desk, offices.large)

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(offices.rounds):
            queries = [next(words) for _ in range(_CALLS)]
            bare = [partial(_raw_search, desk, each) for each in queries]
            ours = partial(_run_all, [_search_call(desk, each) for each in queries])
            ours()  # warms both sides because otherwise only `ours` reads rows from the disk; the p99 has first reads
            yield partial(_run_all, bare), ours

    pairs = measure_interleaved(rounds(), _CALLS)
    p99 = percentile_99(_search_call(desk, next(words)) for _ in range(offices.rounds * 10))
    return Measurement("search", pairs.value, pairs.limit, pairs.ratio, 2, offices.large, p99=p99, p99_budget=50)


def report_year(offices: Offices) -> Measurement:
    """Measure Biểu 06a of a reporting year, against a scan of the table."""
    desk = offices.read(offices.large)
    first, last = preset_period("year", date(NOW.year - 1, 6, 1))
    ours = partial(desk.office.read, make_report, ReportQuery("06a", first, last))
    table = measure_interleaved(
        (partial(_raw_query, desk, _SCAN_OF_TABLE), ours) for _ in range(offices.rounds // 3 + 3)
    )
    index = measure_interleaved(
        (partial(_raw_query, desk, _SCAN_OF_INDEX), ours) for _ in range(offices.rounds // 6 + 3)
    )
    note = f"report_year: bằng {index.ratio:.2f} lần một lượt đọc riêng chỉ mục của bảng ({index.limit:.1f} ms)"
    return Measurement("report_year", table.value, table.limit, table.ratio, 0.8, offices.large, notes=(note,))


def growth(offices: Offices) -> Measurement:
    """Measure scan and intake in the large against the small office.

    The result is the worse of the two; the small office has a twentieth of the dossiers.
    """
    sizes = (offices.small, offices.large)
    scans = measure_interleaved(
        _pair_up(offices.rounds, [_scan_calls(offices.writable(size), size) for size in sizes]), _CALLS
    )
    intakes = measure_interleaved(_pair_up(offices.rounds, [_intake_calls(offices.writable(size)) for size in sizes]))
    worse = max(scans, intakes, key=lambda pairs: pairs.ratio)
    note = f"growth: quét {scans.ratio:.2f}, tiếp nhận {intakes.ratio:.2f} ({offices.small} → {offices.large} hồ sơ)"
    return Measurement("growth", worse.value, worse.limit, worse.ratio, 1.5, offices.large, notes=(note,))


def _pair_up(rounds: int, works: Sequence[Iterator[Work]]) -> Iterator[tuple[Work, Work]]:
    small, large = works
    return ((next(small), next(large)) for _ in range(rounds))


def _scan_calls(desk: Desk, size: int) -> Iterator[Work]:
    keys = keys_of(desk, size)
    while True:
        yield partial(_run_all, [_show_call(desk, next(keys)) for _ in range(_CALLS)])


def _intake_calls(desk: Desk) -> Iterator[Work]:
    return (partial(desk.office.write, accept_dossier, command) for command in commands_of(desk))


def show_dossier(query: ShowDossier, context: Context, work: Reading) -> DossierDetail:
    """Return a dossier without a record in the access log."""
    return dossier_detail(work, find_row(work, query.code), context.today)


def _show_call(desk: Desk, key: str) -> Work:
    return partial(desk.office.read, show_dossier, ShowDossier(key))


def _search_call(desk: Desk, words: str) -> Work:
    return partial(desk.office.read, search_dossiers, SearchDossiers(words))


def _run_all(works: Sequence[Work]) -> None:
    for work in works:
        work()


def _record_call(desk: Desk, show: Work) -> list[Statement]:
    with record_statements(desk.database.read_engine) as statements:
        show()
    return statements


def keys_of(desk: Desk, size: int) -> Iterator[str]:
    """Yield keys of random dossiers of an office with `size` dossiers."""
    rng = Random(7)
    while True:
        yield _raw_query(desk, "SELECT key FROM dossier WHERE id = ?", rng.randint(1, size))[0][0]


def _name_words(desk: Desk, size: int) -> Iterator[str]:
    """Yield surname and given name of random people, without diacritics."""
    rng = Random(8)
    while True:
        name = _raw_query(desk, "SELECT applicant_name FROM dossier WHERE id = ?", rng.randint(1, size))[0][0]
        words = search_forms(name)[0]
        yield f"{words[0]} {words[-1]}"


def commands_of(desk: Desk) -> Iterator[AcceptDossier]:
    """Yield intake commands for invented citizens."""
    rng = Random(9)
    versions = common_procedures(desk.office.read(current_versions, None))
    while True:
        line = {
            "procedure": rng.choice(versions).procedure.code,
            "channel": "direct",
            "applicant": to_intake_line(invent_person(rng)),
        }
        yield AcceptDossier.read(line, NOW.date())


def _raw_search(desk: Desk, words: str) -> None:
    _raw_query(desk, _SEARCH, " ".join(f'"{word}"*' for word in search_forms(words)[0]))


def _raw_query(desk: Desk, sql: str, *values: object) -> Sequence[Any]:
    with desk.database.read_engine.connect() as connection:
        return connection.exec_driver_sql(sql, values or None).fetchall()


def _raw_fdatasync(desk: Desk) -> float:
    """Return how long the disk takes to sync one block, in milliseconds."""
    sync = getattr(os, "fdatasync", os.fsync)
    with (desk.folder / "block").open("wb", buffering=0) as file:

        def write_block() -> None:
            file.write(_BLOCK)
            sync(file.fileno())

        return median(milliseconds(write_block) for _ in range(100))
