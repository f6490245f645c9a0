"""Copy and export of the rows in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.columns import Column
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.page import Page
from app.ui.kit.runner import Level

if TYPE_CHECKING:
    from app.usecases.reporting.list_sheet import ListSheet

_FORMATS = "Bảng Excel (*.xlsx);;Tệp PDF để in (*.pdf)"
_NOTHING_TO_PRINT = "Danh sách đang trống nên không in. Bỏ bớt điều lọc rồi in lại."


@dataclass(frozen=True)
class ListView:
    """Rows in view, in their order; rows of type str are headings.

    `note` is how the rows were chosen.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    note: str = ""


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QApplication.clipboard().setText(text)


def row_text(columns: Sequence[Column], row: Any) -> str:
    """Return the cells of a row, separated by tabs."""
    return "\t".join(column.text(row) for column in columns if column.title)


def list_sheet(view: ListView) -> ListSheet:
    """Return the rows in view as texts."""
    from app.usecases.reporting.list_sheet import ListSheet

    columns = [column for column in view.columns if column.title]
    return ListSheet(
        title=view.title,
        headings=tuple(column.title for column in columns),
        numeric=tuple(column.numeric for column in columns),
        rows=tuple(
            (row,) if isinstance(row, str) else tuple(column.text(row) for column in columns) for row in view.rows
        ),
        note=view.note,
    )


def is_on_page(widget: QWidget) -> bool:
    """Return whether a widget has a page, which can export it."""
    return _page_of(widget) is not None


def export_list(parent: QWidget, view: ListView) -> None:
    """Ask for a file and write the rows in view to it."""
    page = _page_of(parent)
    if page is None:
        return
    file = choose_save_file(parent, "Xuất danh sách", f"{view.title}.xlsx", _FORMATS)
    if file is not None:
        write_list(page, view, file)


def print_list(parent: QWidget, view: ListView) -> None:
    """Ask the window to print the rows in view; an empty list is reported."""
    from app.usecases.reporting.list_sheet import ExportList, export_list_sheet

    page = _page_of(parent)
    if page is None:
        return
    if not view.rows:
        page.post_message(Level.WARNING, _NOTHING_TO_PRINT)
        return
    on_result = partial(page.list_print_requested.emit, view.title)
    query = ExportList(list_sheet(view), ".pdf")
    page.runner.read(export_list_sheet, query, on_result, activity="Đang dựng danh sách")


def write_list(page: Page, view: ListView, file: Path) -> None:
    """Write the rows in view to an Excel or PDF file."""
    from app.usecases.reporting.list_sheet import ExportList, export_list_sheet

    text = f"Đã xuất {len(view.rows)} dòng vào {file.name}."
    page.runner.read(
        export_list_sheet,
        ExportList(list_sheet(view), file.suffix.lower()),
        lambda content: page.export_file(file, lambda: content, text, "Đang xuất danh sách"),
        activity="Đang xuất danh sách",
    )


def _page_of(widget: QWidget | None) -> Page | None:
    """Return the page that a widget belongs to.

    For a dialog of the window it is the page below the dialog.
    """
    while widget is not None and not isinstance(widget, Page):
        below = getattr(widget, "current_page", None)
        widget = below if isinstance(below, Page) else widget.parentWidget()
    return widget
