"""Benchmarks of tables: figures of a past instant, import, reconciliation."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from statistics import median
from time import process_time

from app.models.figures import COLUMNS, preset_period
from app.services.reporting.query import ReportQuery
from app.usecases.intake.import_register import ImportBatch, ReadRegister, import_batch, read_register
from app.usecases.reporting.reconcile import ReconcileTable, reconcile_table
from app.usecases.reporting.tables import make_report
from benchmarks.generator import NOW
from benchmarks.measurement import Measurement, Work, measure_interleaved, milliseconds
from benchmarks.offices import Desk, Offices

_SCAN_OF_EVENTS = "SELECT count(*), sum(occurred_day), sum(entered_at) FROM event NOT INDEXED"
_KNOWN_DAYS_AGO = 45
_IMPORTED_ROWS, _ROWS_PER_SECOND = 4_000, 2_000
_COMMUNES, _RECONCILE_MS = 3_321, 1_000
_HEAD = "TT;Số hồ sơ;Họ và tên;Số CCCD;Địa chỉ;Tên thủ tục;Ngày nhận;Ngày hẹn trả;Ngày trả kết quả;Ghi chú"


def report_as_of(offices: Offices) -> Measurement:
    """Measure Biểu 06a as of a past day, against a scan of the events."""
    desk = offices.read(offices.large)
    first, last = preset_period("quarter", date(NOW.year, 4, 20))
    query = ReportQuery("06a", first, last, as_of=NOW - timedelta(days=_KNOWN_DAYS_AGO))
    ours = partial(desk.office.read, make_report, query)
    pairs = measure_interleaved((partial(_scan, desk), ours) for _ in range(offices.rounds // 6 + 3))
    return Measurement("report_as_of", pairs.value, pairs.limit, pairs.ratio, 5, offices.large)


def _scan(desk: Desk) -> None:
    with desk.database.read_engine.connect() as connection:
        connection.exec_driver_sql(_SCAN_OF_EVENTS).fetchall()


def import_rows(offices: Offices) -> Measurement:
    """Measure the rows a second of an import with its search index."""
    desk = offices.writable(offices.small)
    rows = min(_IMPORTED_ROWS, 10 * offices.small)
    files = (_register(number, rows) for number in count())
    rates, by_processor = [], []
    for _ in range(offices.rounds // 20 + 2):
        work, begin = partial(_import, desk, next(files)), process_time()
        rates.append(rows / milliseconds(work) * 1000)
        by_processor.append(rows / (process_time() - begin))
    rate = median(rates)
    note = f"import: {median(by_processor):.0f} dòng mỗi giây của bộ xử lý"
    return Measurement(
        "import", rate, _ROWS_PER_SECOND, _ROWS_PER_SECOND / rate, 1, offices.small, unit="/s", notes=(note,)
    )


def _register(number: int, rows: int) -> bytes:
    lines = [
        f"{row};SO-{number}-{row:06d};Nguyễn Văn An {row};048{number:03d}{row:06d};Thôn {row % 9};Đăng ký khai sinh;"
        f"{day:%d/%m/%Y};{day + timedelta(days=5):%d/%m/%Y};{day + timedelta(days=3):%d/%m/%Y};"
        for row in range(rows)
        for day in (date(2025, 1, 2) + timedelta(days=row % 300),)
    ]
    return "\n".join((_HEAD, *lines)).encode()


def _import(desk: Desk, content: bytes) -> None:
    plan = desk.office.read(read_register, ReadRegister(content, "so.csv"))
    for entries in plan.batches():
        desk.office.write(import_batch, ImportBatch(entries, plan.name))


def reconcile(offices: Offices) -> Measurement:
    """Measure the reconciliation of a table of all communes."""
    desk = offices.read(offices.small)
    query = ReconcileTable(_communes(), "cac-xa.csv")

    def rounds() -> Iterator[Work]:
        for _ in range(offices.rounds // 6 + 3):
            yield partial(desk.office.read, reconcile_table, query)

    times = sorted(milliseconds(work) for work in rounds())
    value = times[len(times) // 2]
    return Measurement("reconcile", value, _RECONCILE_MS, value / _RECONCILE_MS, 1, offices.small)


def _communes() -> bytes:
    rows = [",".join(("field", *COLUMNS))]
    for number in range(_COMMUNES):
        values = {"received": number, "received_direct_post": number, "resolved": number, "resolved_on_time": number}
        rows.append(",".join((f"Xã {number}", *(str(values.get(column, 0)) for column in COLUMNS))))
    return "\n".join(rows).encode()
