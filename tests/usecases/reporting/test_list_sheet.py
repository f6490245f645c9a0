"""Lists as files."""

import io
import zipfile
from dataclasses import replace

from app.usecases.reporting.list_sheet import ExportList, ListSheet, export_list_sheet
from tests.support.offices import MORNING, Desk
from tests.support.pdf_reading import lines, pages

SHEET = ListSheet(
    "Sổ theo dõi hồ sơ",
    ("Mã hồ sơ", "Điện thoại", "Số lượng"),
    (False, False, True),
    (("Quá hạn",), ("H29.12-260209-0001", "0905123456", "1.200"), ("H29.12-260209-0002", "=1+1", "–")),
)


def test_workbook_keeps_phones_as_text(desk: Desk) -> None:
    content = desk.office.read(export_list_sheet, ExportList(SHEET, ".xlsx"), MORNING)
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        texts = workbook.read("xl/sharedStrings.xml").decode()
        assert "0905123456" in texts and "=1+1" in texts and "Quá hạn" in texts
        assert not any("<f>" in workbook.read(name).decode() for name in workbook.namelist() if "sheet1" in name)


def test_pdf_has_every_row_and_how_they_were_chosen(desk: Desk) -> None:
    sheet = replace(SHEET, note="Chỉ hiện hồ sơ: kênh bưu chính.")
    content = desk.office.read(export_list_sheet, ExportList(sheet, ".pdf"), MORNING)
    text = "\n".join(line for page in pages(content) for line in lines(page))
    assert all(cell in text for row in SHEET.rows for cell in row if cell != "–")
    assert "Chỉ hiện hồ sơ: kênh bưu chính." in text
    assert f"{desk.office.facts.office.place}, ngày 09 tháng 02 năm 2026" in text
