"""Values of Excel reports: numbers and instants are not text."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest

from app.models.enums import SatisfactionFace
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Value
from app.printing.reports.sheet_columns import sheet_columns
from app.printing.reports.times_widths import times_width
from app.printing.reports.workbook import report_workbook
from app.services.reporting.export import report_file
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.reporting.tables import make_report
from app.wording.reports.values import cell_text
from tests.printing.sheet_reading import printed_sheets
from tests.support.offices import SAME_DAY, Desk, at

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
LATER = at("2026-02-11T09:00")
INSTANT = re.compile(r"\d\d:\d\d \d\d/\d\d/\d{4}")
FIGURE = re.compile(r"\d{1,3}(\.\d{3})*(,\d+)?")


def sheets(content: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the name of each sheet and its cells: reference and text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ["".join(each.itertext()) for each in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [
            str(each.get("name")) for each in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_NS}sheet")
        ]
        for number, name in enumerate(names, 1):
            tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            cells = [
                (str(cell.get("r")), shared[int(cell.findtext(f"{_NS}v") or 0)])
                for cell in tree.iter(f"{_NS}c")
                if cell.get("t") == "s"
            ]
            yield name, cells


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """An office with a returned and a paid dossier, and a rating."""
    code = desk.take_in(fee=8_000, procedure="1.001193").code
    desk.act(code, "pay", at("2026-02-09T09:00"), amount=8_000, receipt="05/0000009")
    desk.act(code, "finish", at("2026-02-09T10:00"))
    desk.act(code, "return", at("2026-02-09T10:05"), received_by="Đỗ Đình Đường")
    desk.office.write(rate_dossier, RateDossier(code, SatisfactionFace.SATISFIED), at("2026-02-09T10:06"))
    desk.take_in(procedure=SAME_DAY)
    return desk


@pytest.mark.parametrize("name", list(REPORTS))
def test_instants_and_compared_figures_are_no_texts(worked: Desk, name: str) -> None:
    report = worked.office.read(make_report, ReportQuery(name, FIRST, LAST, compare=True), LATER)
    for tab, cells in sheets(report_file(report, ".xlsx")):
        assert [cell for cell in cells if INSTANT.fullmatch(cell[1])] == [], tab
        if tab == "So sánh":
            assert [cell for cell in cells if FIGURE.fullmatch(cell[1])] == []


def test_a_refused_dossier_keeps_its_end_beside_the_return(worked: Desk) -> None:
    code = worked.take_in(procedure="1.001193").code
    worked.act(code, "refuse", at("2026-02-09T10:00"), note="Không thuộc thẩm quyền")
    worked.act(code, "return", at("2026-02-09T10:05"), received_by="Ý")
    report = worked.office.read(make_report, ReportQuery("register", FIRST, LAST), LATER)
    returned = {str(row["code"]): row["returned"] for row in report.table.rows}
    assert returned[code] == "10:05 09/02/2026 · Từ chối giải quyết"
    assert at("2026-02-09T10:05") in returned.values()


def test_a_text_among_instants_is_wrapped_and_whole() -> None:
    columns = (
        ReportColumn("name", "Tên", ColumnKind.TEXT, width=60),
        ReportColumn("at", "Trả", ColumnKind.INSTANT, width=14),
        ReportColumn("rest", "Khác", ColumnKind.TEXT, width=60),
    )
    rows = ({"at": LATER}, {"at": "10:05 09/02/2026 · Từ chối giải quyết"})
    content = Report("x", "SỔ", FIRST, LAST, (ReportSection("rows", columns, rows, numbered=False),))
    (sheet,) = printed_sheets(report_workbook(content))
    (text,) = (cell for cell in sheet.cells if "Từ chối" in cell.text)
    assert sheet.heights[text.top] > 2 * sheet.heights[text.top - 1] - 2
    assert text.indent == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [(ColumnKind.MONEY, 1_250_000_000_000), (ColumnKind.COUNT, 12_345_678), (ColumnKind.INSTANT, LATER)],
)
def test_a_number_or_an_instant_fits_its_column(kind: ColumnKind, value: Value) -> None:
    column = ReportColumn("value", "Số", kind, width=4)
    row = {"value": value}
    before, after = (ReportColumn(key, "Tên", ColumnKind.TEXT, width=60) for key in ("before", "after"))
    shown = sheet_columns(ReportSection("rows", (before, column, after), (row,), row, numbered=False))[1]
    assert (shown.width * 7 + 5) * 0.75 - 5 >= times_width(cell_text(value, kind), 11, bold=True)
