"""Benchmarks of the reports: month, procedures, figure lists, the quarter."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import cycle, islice, product
from time import process_time

from app.models.enums import FigureColumn, FigureGroup
from app.models.figures import preset_period
from app.services.reporting.export import report_file
from app.services.reporting.query import ReportQuery
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.tables import make_report
from benchmarks.generator import NOW
from benchmarks.measurement import Measurement, Work, measure_interleaved, milliseconds, percentile_99
from benchmarks.offices import Desk, Offices

_SCAN_OF_TABLE = "SELECT count(*), sum(paid) FROM dossier NOT INDEXED"
_COLUMNS = tuple(FigureColumn)[:13]
"""The columns of Biểu II.06a."""
_FIRST_LINES, _LIST_LIMIT = 50, 50.0
_QUARTER_LIMIT = 1500.0


def report_month(offices: Offices) -> Measurement:
    """Measure Biểu 06a of the latest month, against a scan of the table."""
    desk = offices.read(offices.large)
    first, last = preset_period("month", NOW.date())
    ours = partial(desk.office.read, make_report, ReportQuery("06a", first, last))
    return _against_scan("report_month", desk, ours, 0.5, offices)


def report_procedure(offices: Offices) -> Measurement:
    """Measure Biểu 06a of a year by procedure, against a scan of the table."""
    desk = offices.read(offices.large)
    query = ReportQuery("06a-procedure", *_year())
    return _against_scan("report_procedure", desk, partial(desk.office.read, make_report, query), 2, offices)


def figure_list(offices: Offices) -> Measurement:
    """Measure the first fifty dossiers of each figure of a year."""
    desk = offices.read(offices.large)
    fields = [str(row["field"]) for row in desk.office.read(make_report, ReportQuery("06a", *_year())).table.rows]
    places = [(None, ""), *((FigureGroup.FIELD, field) for field in fields)]
    queries = [
        ListFigure(column.value, *_year(), group=group, value=value, limit=_FIRST_LINES)
        for column, (group, value) in product(_COLUMNS, places)
    ]
    calls: list[Work] = [partial(desk.office.read, list_figure, query) for query in queries]
    taken = [milliseconds(call) for call in calls]
    p99 = percentile_99(islice(cycle(calls), max(len(calls), offices.rounds * 10)))
    slowest = queries[taken.index(max(taken))]
    note = f"figure_list: chậm nhất là cột {slowest.column}, {slowest.value or 'mọi lĩnh vực'}: {max(taken):.1f} ms"
    middle = sorted(taken)[len(taken) // 2]
    return Measurement(
        "figure_list",
        middle,
        _LIST_LIMIT,
        middle / _LIST_LIMIT,
        1.0,
        offices.large,
        p99=p99,
        p99_budget=_LIST_LIMIT,
        notes=(note,),
    )


def quarter_files(offices: Offices) -> Measurement:
    """Measure the narrative quarter report as Word and PDF, the first time."""
    desk = offices.read(offices.large)
    query = ReportQuery("quarter", *preset_period("quarter", date(NOW.year - 1, 6, 1)))

    def write(ending: str) -> None:
        report_file(desk.office.read(make_report, query), ending)

    begin = process_time()
    taken = {ending: milliseconds(partial(write, ending)) for ending in (".docx", ".pdf")}
    processor, worse = (process_time() - begin) * 1000, max(taken.values())
    note = "quarter_files: " + ", ".join(f"{ending} {value:.0f} ms" for ending, value in taken.items())
    note += f"; bộ xử lý {processor:.0f} ms cho cả hai"
    return Measurement(
        "quarter_files", worse, _QUARTER_LIMIT, worse / _QUARTER_LIMIT, 1.0, offices.large, notes=(note,)
    )


def _scan(desk: Desk) -> None:
    with desk.database.read_engine.connect() as connection:
        connection.exec_driver_sql(_SCAN_OF_TABLE).fetchall()


def _year() -> tuple[date, date]:
    return preset_period("year", date(NOW.year - 1, 6, 1))


def _against_scan(name: str, desk: Desk, ours: Work, budget: float, offices: Offices) -> Measurement:
    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(offices.rounds // 3 + 3):
            yield partial(_scan, desk), ours

    pairs = measure_interleaved(rounds())
    return Measurement(name, pairs.value, pairs.limit, pairs.ratio, budget, offices.large)
