"""Signatures of a report: on one page, and never alone on it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportIssuer, ReportSection
from app.printing.reports.pdf import report_pdf
from app.printing.reports.sheet_pages import sheet_pages
from app.printing.reports.workbook import report_workbook
from tests.printing.sheet_reading import PrintedSheet, printed_sheets
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


def sheet(content: Report) -> PrintedSheet:
    return printed_sheets(report_workbook(content))[0]


@pytest.mark.parametrize(("rows", "fitted"), [(5, True), (300, False)])
def test_a_sheet_of_few_lines_is_printed_on_one_page(rows: int, fitted: bool) -> None:
    assert sheet(report(rows)).fitted is fitted


@pytest.mark.parametrize("notes", [0, 2, 70])
def test_signatures_of_a_sheet_are_never_alone(notes: int) -> None:
    counts = set()
    for rows in range(1, 130, 3):
        printed = sheet(report(rows, notes=tuple(f"Ghi chú {number}." for number in range(notes))))
        first, last = (0, printed.last) if printed.fitted else list(printed.pages())[-1]
        texts = printed.texts(first, last)
        assert "Phạm Văn Mẫu" in texts and "THỦ TRƯỞNG ĐƠN VỊ" in texts
        assert f"Dòng số {rows}" in texts or f"Ghi chú {notes - 1}." in texts, rows
        counts.add(len(printed.breaks))
    assert len(counts) > 2 and (notes > 2 or 0 in counts)


def test_a_sheet_of_long_rows_is_not_reduced_to_one_page() -> None:
    content = report(22)
    section = content.sections[0]
    rows = tuple({**row, "name": "Chứng thực bản sao từ bản chính giấy tờ " * 16} for row in section.rows)
    printed = sheet(replace(content, sections=(replace(section, rows=rows),)))
    assert not printed.fitted and printed.breaks


def test_both_halves_of_a_heading_have_room_over_narrow_columns() -> None:
    for columns in (COLUMNS, COLUMNS[::-1], tuple(replace(COLUMNS[1], key=str(number)) for number in range(3))):
        printed = sheet(report(3, columns=columns))
        (nation,) = (cell for cell in printed.cells if cell.text.startswith("CỘNG HÒA"))
        assert printed.width(nation.left, nation.right) >= 235 and printed.width(0, nation.left - 1) >= 140


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    content = report(1, columns=(ReportColumn("name", "Mã", ColumnKind.TEXT, width=5), *COLUMNS[1:]))
    section = replace(content.sections[0], rows=({"name": "H29.12-251203-0001", "value": 1},))
    cells = sheet(replace(content, sections=(section,))).cells
    (code,) = (cell for cell in cells if cell.text.startswith("H29"))
    assert code.bottom == code.top and sheet(replace(content, sections=(section,))).heights[code.top] < 20


def test_the_page_breaks_of_a_long_sheet_stay_within_what_excel_reads() -> None:
    pages_of = sheet_pages([15.0] * 90_000, 500, landscape=False, heads=(9, 10), blocks=[(89_990, 89_999)])
    assert len(pages_of.breaks) == 1_000 and 89_950 < pages_of.breaks[-1] <= 89_990
