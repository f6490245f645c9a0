"""Biểu số II.06a/VPCP/KSTT as an Excel file, laid out like the form."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

_FACE = "Times New Roman"
_TITLE_06A = (
    "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
)
_WIDTHS = (5, 34, 9, 10, 12, 9, 9, 9, 14, 9, 9, 15, 9)
_MERGED_HEADS = (
    ("A7:A10", "TT"),
    ("B7:B10", "Lĩnh vực, công việc giải quyết theo cấp"),
    ("C7:F7", "Số hồ sơ tiếp nhận"),
    ("C8:C10", "Tổng số"),
    ("D8:F8", "Trong đó"),
    ("D9:E9", "Trong kỳ"),
    ("F9:F10", "Từ kỳ trước"),
    ("G7:J7", "Số hồ sơ đã giải quyết"),
    ("G8:G10", "Tổng số"),
    ("H8:J8", "Trong đó"),
    ("H9:H10", "Trước hạn"),
    ("I9:I10", "Đúng hạn (bao gồm cả hồ sơ trả lại, xin rút)"),
    ("J9:J10", "Quá hạn"),
    ("K7:M7", "Số hồ sơ đang giải quyết"),
    ("K8:K10", "Tổng số"),
    ("L8:M8", "Trong đó"),
    ("L9:L10", "Trong hạn (bao gồm cả hồ sơ chờ bổ sung)"),
    ("M9:M10", "Quá hạn"),
)
_FOOTNOTE = (
    "Cột (7) và (9) gồm cả {withdrawn} hồ sơ công dân xin rút hoặc dừng và {returned} hồ sơ trả lại, không giải quyết "
    "(từ chối sau thẩm định, đóng vì quá hạn bổ sung)."
)


class Row06a(NamedTuple):
    """Dossiers of one field (lĩnh vực) in the period, by status."""

    field: str
    received: int
    received_online: int
    received_direct_post: int
    carried_over: int
    resolved: int
    resolved_early: int
    resolved_on_time: int
    resolved_late: int
    pending: int
    pending_in_time: int
    pending_late: int
    withdrawn: int
    returned_unresolved: int


def table_06a(
    rows: Sequence[Row06a],
    total: Row06a,
    period: tuple[date, date],
    office: str,
    parent: str,
) -> bytes:
    """Return the table as .xlsx: one row per field, the total last.

    The footnote explains what columns (7) and (9) include. Texts are never formulas.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(period[1].year, period[1].month, period[1].day)})  # noqa: DTZ001
    sheet = book.add_worksheet("II.06a")
    styles = {
        name: book.add_format({"font_name": _FACE, "font_size": 11, "text_wrap": True, **look})
        for name, look in _STYLES.items()
    }
    _page(sheet)
    _heading(sheet, styles, period, office, parent)
    last = _body(sheet, styles, rows, total)
    note = _FOOTNOTE.format(withdrawn=total.withdrawn, returned=total.returned_unresolved)
    sheet.merge_range(last + 1, 0, last + 1, 12, note, styles["note"])
    _signatures(sheet, styles, last + 3)
    book.close()
    return target.getvalue()


_BORDER = {"border": 1, "valign": "vcenter"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "left": {"valign": "top"},
    "form": {"bold": True, "valign": "top"},
    "title": {"bold": True, "font_size": 13, "align": "center", "valign": "vcenter"},
    "centre": {"align": "center"},
    "italic": {"italic": True, "align": "center"},
    "head": {"bold": True, "align": "center", **_BORDER},
    "index": {"italic": True, "align": "center", "font_size": 9, **_BORDER},
    "field": {**_BORDER},
    "number": {"align": "right", "num_format": "#,##0", **_BORDER},
    "total": {"bold": True, **_BORDER},
    "sum": {"bold": True, "align": "right", "num_format": "#,##0", **_BORDER},
    "note": {"italic": True, "font_size": 10, "valign": "top"},
    "sign": {"bold": True, "align": "center"},
}


def _page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.repeat_rows(6, 10)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)


def _heading(sheet: Any, styles: Mapping[str, Any], period: tuple[date, date], office: str, parent: str) -> None:
    first, last = period
    sheet.merge_range("A1:D1", "Biểu số II.06a/VPCP/KSTT", styles["form"])
    sheet.merge_range("J1:M1", f"Đơn vị báo cáo: {office}", styles["left"])
    sheet.merge_range("J2:M2", f"Đơn vị nhận báo cáo: {parent}", styles["left"])
    sheet.merge_range("A3:M3", _TITLE_06A, styles["title"])
    sheet.set_row(2, 34)
    sheet.merge_range("A4:M4", f"Kỳ báo cáo: từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}", styles["centre"])
    sheet.merge_range("J6:M6", "Đơn vị tính: Số hồ sơ TTHC", styles["italic"])
    for place, label in _MERGED_HEADS:
        sheet.merge_range(place, label, styles["head"])
    sheet.write_string("D10", "Trực tuyến", styles["head"])
    sheet.write_string("E10", "Trực tiếp, dịch vụ bưu chính", styles["head"])
    sheet.set_row(9, 46)
    for column in range(13):
        sheet.write_string(10, column, f"({column + 1})", styles["index"])


def _form_columns(row: Row06a) -> tuple[int, ...]:
    """Return columns 3 to 13 of the form.

    Withdrawn and returned dossiers count as resolved on time.
    """
    without_result = row.withdrawn + row.returned_unresolved
    return (
        row.received,
        row.received_online,
        row.received_direct_post,
        row.carried_over,
        row.resolved + without_result,
        row.resolved_early,
        row.resolved_on_time + without_result,
        row.resolved_late,
        row.pending,
        row.pending_in_time,
        row.pending_late,
    )


def _body(sheet: Any, styles: Mapping[str, Any], rows: Sequence[Row06a], total: Row06a) -> int:
    """Write the rows and the total; return the row number of the total."""
    line = 11
    for place, row in enumerate(rows, 1):
        sheet.write_number(line, 0, place, styles["number"])
        sheet.write_string(line, 1, row.field, styles["field"])
        for column, value in enumerate(_form_columns(row), 2):
            sheet.write_number(line, column, value, styles["number"])
        line += 1
    sheet.merge_range(line, 0, line, 1, total.field, styles["total"])
    for column, value in enumerate(_form_columns(total), 2):
        sheet.write_number(line, column, value, styles["sum"])
    return line


def _signatures(sheet: Any, styles: Mapping[str, Any], line: int) -> None:
    sheet.merge_range(line, 0, line, 4, "NGƯỜI LẬP BIỂU", styles["sign"])
    sheet.merge_range(line, 8, line, 12, "THỦ TRƯỞNG ĐƠN VỊ", styles["sign"])
    sheet.merge_range(line + 1, 0, line + 1, 4, "(Ký, ghi rõ họ tên)", styles["italic"])
    sheet.merge_range(line + 1, 8, line + 1, 12, "(Ký, ghi rõ họ tên, đóng dấu)", styles["italic"])
