"""Biểu II.06a as an Excel workbook."""

import io

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


def workbook_06a(table: Table06a, heading: str) -> bytes:
    """Return the table as XLSX; the same table gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": table.last_midnight, "title": heading})
        sheet = book.add_worksheet("06a")
        bold, cell = book.add_format({"bold": True, "text_wrap": True, "border": 1}), book.add_format({"border": 1})
        sheet.write(0, 0, heading, book.add_format({"bold": True}))
        sheet.write(1, 0, f"Từ {table.first:%d/%m/%Y} đến {table.last:%d/%m/%Y}")
        sheet.write_row(3, 0, ["Cơ quan" if table.by == AGENCY else "Lĩnh vực", *(title for _, title in TITLES)], bold)
        for at, row in enumerate((*table.rows, table.total), 4):
            sheet.write_row(at, 0, _cells(row), bold if row is table.total else cell)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(TITLES), 11)
        sheet.freeze_panes(4, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
    return buffer.getvalue()


def _cells(row: FigureRow) -> list[str | int]:
    return [row.field, *(getattr(row, name) for name, _ in TITLES)]
