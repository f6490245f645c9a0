"""Every table: order, widths, row menu, keys, export and print."""

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog

from app.models.enums import PaperForm, PaperSize
from app.services.documents.print_queue import WaitingPaper
from app.ui.admin.national_dialog import NationalDialog
from app.ui.admin.package_dialog import PackageDialog
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.intake.drafts_dialog import DraftsDialog
from app.ui.kit.columns import sorted_rows
from app.ui.kit.row_menu import RowMenu
from app.ui.kit.table_memory import remembered_widths
from app.ui.kit.tables import RowsModel, RowsTable
from app.ui.law.dialog import LawDialog
from app.ui.reports.frozen_dialog import FrozenDialog
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.bulk import TrayCount
from app.usecases.intake.draft import DraftLine
from tests.support.recording_desk import CODE, NOW, RecordingDesk

WaitUntilIdle = Callable[[Any], None]
UI = Path(__file__).resolve().parents[3] / "app" / "ui"
OTHER_VIEWS = {
    "admin/month_table.py": "days of a month in a grid",
    "guide/fields_page.py": "ticks of a form",
    "guide/register_page.py": "first rows of a file, before there is an office",
    "intake/papers_table.py": "ticks of a form",
    "kit/finder.py": "suggestions below a field",
    "kit/row_editor.py": "cells of a form",
    "kit/tables.py": "the table itself",
    "shell/clock_dialog.py": "a few codes beside a question",
}
"""Modules with another view of rows, and what it is."""
VIEWS = ("QTableView", "QTableWidget", "QListWidget", "QListView", "QTreeWidget", "QTreeView")
FILLED_BY_ACTS = {
    "Hồ sơ có ngày hẹn tính lại khác",
    "Hồ sơ của số liệu",
    "Hồ sơ không xuất được",
    "Giấy phải xem lại",
    "Mười dòng đầu của sổ",
    "Đối chiếu số liệu",
    "Giải trình quá hạn",
    "Nhập sổ cũ",
    "Các bản đã giữ",
    "Chỗ khác với bản đã giao",
}
"""Tables that have no rows here; what needs no row is checked."""
LEFT = WaitingPaper(CODE, PaperForm.RECEIPT, PaperSize.A5, 2, NOW, (11, 12), name="Huỳnh Thị Ẫm Ỷ")
SLIP = replace(LEFT, form=PaperForm.CONTROL, print_ids=(13,))


def named_tables() -> set[str]:
    """Return the constant names of tables in the source."""
    names: set[str] = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_table = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("RowsTable", "GroupedTable")
            if isinstance(node, ast.Call) and is_table and isinstance(node.args[1], ast.Constant):
                names.add(str(node.args[1].value))
    return names


def test_other_views_of_rows_are_named() -> None:
    users = {
        file.relative_to(UI).as_posix()
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") in VIEWS)
        or (isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in VIEWS for base in node.bases))
    }
    assert users == set(OTHER_VIEWS)


def open_everything(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> list[RowsTable]:
    """Open every page and every dialog with a table; return the tables."""
    desk.answers |= {
        "ListUnprinted": (LEFT, SLIP),
        "ListFrozen": (),
        "CountTray": TrayCount(0, (), (), (), ("893456789012", "893456789029")),
    }
    for name in window.pages:
        window.go_to_page(name)
        wait_until_idle(window.runner)
    window.worklist.view.set_value("people")
    window.worklist.board.reload()
    window.catalogue.open_code("2.000815")
    window.count.reload()
    window.go_to_page("lookup")
    window.lookup.search("huynh", immediately=False)
    window.lookup.reload()
    wait_until_idle(window.runner)
    window.paper_dialogs.show_print_queue()
    window.paper_dialogs.show_preprinted()
    window.paper_dialogs.show_counter_refusals()
    window.paper_dialogs.show_handover_lists(NOW.date(), NOW.date())
    package, law = PackageDialog(window.runner, b"calendar", window), LawDialog(window.runner, b"law", window.law)
    drafts = [DraftLine({"applicant": {"name": name}}, "Đăng ký khai sinh", NOW) for name in ("Bưởi", "Ân")]
    dialogs: list[QDialog] = [
        package,
        law,
        SyncFilesDialog(window.runner, window.sync),
        NationalDialog(window.runner, window.sync),
        FrozenDialog(window.reports),
        DraftsDialog(drafts, window.intake),
    ]
    for dialog in dialogs:
        dialog.show()
    package.load()
    law.load()
    wait_until_idle(window.runner)
    return window.findChildren(RowsTable)


@pytest.fixture
def tables(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> list[RowsTable]:
    """Every table of the window and its dialogs."""
    return open_everything(window, desk, wait_until_idle)


def lines_of(table: RowsTable) -> list[Any]:
    return [row for row in table.rows_model.rows if not isinstance(row, str)]


def test_every_table_is_as_people_expect(
    tables: list[RowsTable], window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    assert named_tables() <= {table.accessibleName() for table in tables}
    empty = {table.accessibleName() for table in tables if not lines_of(table)}
    assert empty == FILLED_BY_ACTS
    desk.answers["ExportList"] = b"%PDF-1.4"
    for table in tables:
        check_order(table)
        check_menu(table)
        check_selection(table)
        check_widths(table)
        check_print(table, desk, lambda: wait_until_idle(window.runner))


def check_order(table: RowsTable) -> None:
    """Each column sorts in Vietnamese order, back, and as before."""
    assert table.horizontalHeader().sectionsClickable()
    model, before = table.rows_model, table.rows_model.rows
    for place, column in enumerate(model.columns):
        table.sort_by(place)
        totals = getattr(model, "totals", 0)
        rows = before[: len(before) - totals]
        assert list(model.rows[: len(rows)]) == sorted_rows(rows, column.text, False), (table.accessibleName(), place)
        assert model.rows[len(rows) :] == before[len(rows) :]
        table.sort_by(place)
        assert list(model.rows[: len(rows)]) == sorted_rows(rows, column.text, True)
        table.sort_by(place)
        assert model.rows == before


def check_menu(table: RowsTable) -> None:
    """The Menu key opens the row menu with what the row can do."""
    select_first(table)
    QApplication.sendEvent(table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0)))
    menu = table.findChildren(RowMenu)[-1]
    texts = [action.text() for action in menu.actions()]
    expected = ["Độ rộng cột như ban đầu", *(["Sắp theo"] if table.rows_model.columns else [])]
    if lines_of(table):
        expected += ["Chép dòng", "Xuất danh sách…", "In danh sách"]
        expected += ["Mở"] if table.opens_rows else []
        expected += ["Chép mã"] if getattr(table.current, "code", "") else []
    assert set(expected) <= set(texts), (table.accessibleName(), texts)
    menu.close()


def check_selection(table: RowsTable) -> None:
    """Shift and Ctrl select more rows; Ctrl+Space takes one back."""
    assert table.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    if len(lines_of(table)) < 2 or table.selectionBehavior() != QAbstractItemView.SelectionBehavior.SelectRows:
        return
    control = Qt.KeyboardModifier.ControlModifier
    select_first(table)
    QTest.keyClick(table, Qt.Key.Key_A, control)
    assert table.selected == lines_of(table)
    QTest.keyClick(table, Qt.Key.Key_Space, control)
    assert len(table.selected) == len(lines_of(table)) - 1
    table.copy_rows()
    assert len(QApplication.clipboard().text().splitlines()) == len(table.selected)


def check_widths(table: RowsTable) -> None:
    """A dragged width is remembered on this machine, until it is reset."""
    place = next((n for n, width in enumerate(table._applied) if width), None)
    if place is None:
        assert not table.rows_model.columns  # before a file is read
        return
    header, title = table.horizontalHeader(), table.rows_model.columns[place].title
    header.resizeSection(place, 217)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton)
    assert remembered_widths(table).get(title) == 217, table.accessibleName()
    table.reset_widths()
    assert remembered_widths(table) == {}


def check_print(table: RowsTable, desk: RecordingDesk, wait: Callable[[], None]) -> None:
    """The rows in view go to the sheet that is printed or written."""
    earlier = len(desk.queries_of("ExportList"))
    QTest.keyClick(table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    wait()
    queries = desk.queries_of("ExportList")[earlier:]
    if table.rows_model.rows:
        assert [len(query.sheet.rows) for query in queries] == [len(table.rows_model.rows)], table.accessibleName()
        assert queries[0].ending == ".pdf"


def select_first(table: RowsTable) -> None:
    rows = table.rows_model.rows
    place = next((n for n, row in enumerate(rows) if not isinstance(row, str)), None)
    if place is not None:
        table.setCurrentIndex(table.rows_model.index(place, next(n for n, w in enumerate(table._applied) if w)))


def test_model_of_every_table_sorts(tables: list[RowsTable]) -> None:
    assert all(isinstance(table.rows_model, RowsModel) for table in tables)
