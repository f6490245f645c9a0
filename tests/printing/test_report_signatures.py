"""Signatures of a report: on one page, and never alone on it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportIssuer, ReportSection
from app.printing.reports.pdf import report_pdf
from app.printing.reports.workbook import report_workbook
from tests.support.pdf_reading import lines, pages

ISSUER = ReportIssuer(
    parent="UBND TỈNH THỬ", unit="UBND xã Thử", place="Xã Thử", day=date(2026, 6, 15), signer="Phạm Văn Mẫu"
)
COLUMNS = (
    ReportColumn("name", "Chỉ tiêu", ColumnKind.TEXT, width=80),
    ReportColumn("value", "Số liệu", width=14),
)


def report(rows: int, *, notes: tuple[str, ...] = (), columns: tuple[ReportColumn, ...] = COLUMNS) -> Report:
    table = tuple({"name": f"Dòng số {number}", "value": number} for number in range(1, rows + 1))
    section = ReportSection("rows", columns, table)
    days = date(2026, 3, 15), date(2026, 6, 14)
    return Report("06a", "BÁO CÁO THỬ", *days, (section,), notes=notes, issuer=ISSUER)


@pytest.mark.parametrize("notes", [(), ("Ghi chú thứ nhất.", "Ghi chú thứ hai.")])
def test_signatures_share_their_page_with_rows_or_notes(notes: tuple[str, ...]) -> None:
    sheets = set()
    for rows in range(1, 60):
        *before, last = ["\n".join(lines(page)) for page in pages(report_pdf(report(rows, notes=notes)))]
        assert "Phạm Văn Mẫu" in last and "THỦ TRƯỞNG" in last
        assert f"Dòng số {rows}" in last or "Ghi chú thứ hai." in last, rows
        whole = "\n".join((*before, last))
        assert all(len(re.findall(rf"Dòng số {number}\b", whole)) == 1 for number in range(1, rows + 1))
        sheets.add(len(before))
    assert {0, 1} <= sheets


def test_headings_share_their_page_with_the_first_row() -> None:
    tall = ReportSection("late", COLUMNS, ({"name": "Dòng cao " * 150, "value": 1},), title="Bảng sau")
    for rows in range(1, 45):
        content = report(rows)
        text = [
            "\n".join(lines(page)) for page in pages(report_pdf(replace(content, sections=(*content.sections, tall))))
        ]
        (page,) = (each for each in text if "Bảng sau" in each)
        assert "Dòng cao" in page, rows


def sheet_xml(content: Report) -> str:
    with zipfile.ZipFile(io.BytesIO(report_workbook(content))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(("rows", "free"), [(5, False), (300, True)])
def test_a_sheet_of_few_lines_is_printed_on_one_page(rows: int, free: bool) -> None:
    assert ('fitToHeight="0"' in sheet_xml(report(rows))) is free


def test_a_sheet_of_long_rows_is_not_reduced_to_one_page() -> None:
    content = report(22)
    section = content.sections[0]
    rows = tuple({**row, "name": "Chứng thực bản sao từ bản chính giấy tờ " * 16} for row in section.rows)
    assert 'fitToHeight="0"' in sheet_xml(replace(content, sections=(replace(section, rows=rows),)))


def test_the_name_of_the_state_has_room_over_narrow_columns() -> None:
    xml = sheet_xml(report(3))
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', xml)]
    assert widths[-1] >= 34 and sum(widths) < 110
