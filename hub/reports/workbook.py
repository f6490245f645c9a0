"""Biểu II.06a as an Excel workbook."""

import io
from collections.abc import Mapping

import xlsxwriter

from app.models.figures import FigureRow
from hub.reports.figures_06a import AGENCY, Table06a

TITLES = (
    ("received", "Tổng số tiếp nhận"),
    ("received_online", "Trực tuyến"),
    ("received_direct_post", "Trực tiếp, bưu chính"),
    ("carried_over", "Từ kỳ trước"),
    ("resolved", "Tổng số đã giải quyết"),
    ("resolved_early", "Trước hạn"),
    ("resolved_on_time", "Đúng hạn"),
    ("resolved_late", "Quá hạn"),
    ("pending", "Tổng số đang giải quyết"),
    ("pending_in_time", "Trong hạn"),
    ("pending_late", "Quá hạn (đang)"),
    ("withdrawn", "Dừng, rút"),
    ("returned_unresolved", "Trả lại, từ chối"),
)
FOLDED = "Hồ sơ dừng, rút, trả lại ở hai cột cuối; biểu in của cơ quan tính vào cột (7) và (9)."


def workbook_06a(table: Table06a, heading: str, names: Mapping[str, str]) -> bytes:
    """Return the table as XLSX; the same table gives the same bytes.

    `names` are those of the agencies by code.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": table.last_midnight, "title": heading})
        sheet = book.add_worksheet("06a")
        cell = book.add_format({"text_wrap": True, "border": 1})
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        shown = names if table.by == AGENCY else {}
        sheet.write(0, 0, heading, book.add_format({"bold": True}))
        sheet.write(1, 0, f"Từ {table.first:%d/%m/%Y} đến {table.last:%d/%m/%Y}")
        sheet.write(2, 0, FOLDED, book.add_format({"italic": True}))
        sheet.write_row(3, 0, ["Cơ quan" if table.by == AGENCY else "Lĩnh vực", *(title for _, title in TITLES)], bold)
        for at, row in enumerate((*table.rows, table.total), 4):
            sheet.write_row(at, 0, _cells(row, shown), bold if row is table.total else cell)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(TITLES), 11)
        sheet.freeze_panes(4, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
    return buffer.getvalue()


def _cells(row: FigureRow, names: Mapping[str, str]) -> list[str | int]:
    name = names.get(row.field)
    return [f"{row.field} · {name}" if name else row.field, *(getattr(row, name) for name, _ in TITLES)]
