"""Tables: order, widths, row menu, export."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.ui.kit.column_widths import distribute_widths
from app.ui.kit.columns import Column, sorted_rows
from app.ui.kit.list_export import list_sheet, write_list
from app.ui.kit.row_menu import RowMenu
from app.ui.kit.section import GroupedModel, GroupedTable
from app.ui.kit.table_memory import window_settings
from app.ui.kit.tables import RowsModel, RowsTable
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk


@dataclass(frozen=True)
class Line:
    code: str
    name: str
    count: int
    day: str = ""


LINES = (
    Line("H29.12-260311-0001", "Đỗ Ân", 10, "11/03/2026"),
    Line("H29.12-260311-0002", "Âu Thị Ba", 9, "02/12/2025"),
    Line("H29.12-260311-0003", "Dương Ý", 1_200, ""),
    Line("H29.12-260311-0004", "An Bình", 0, "09:30 11/03/2026"),
)
COLUMNS = (
    Column("Mã hồ sơ", lambda line: line.code, 180, never_cut=True),
    Column("Họ tên", lambda line: line.name),
    Column("Số lượng", lambda line: f"{line.count:,}".replace(",", ".") if line.count else "–", 96, numeric=True),
    Column("Ngày", lambda line: line.day, 120),
)


@pytest.fixture
def table(qtbot: Any) -> RowsTable:
    model = RowsModel(COLUMNS)
    rows_table = RowsTable(model, "Danh sách thử")
    qtbot.addWidget(rows_table)
    rows_table.resize(900, 300)
    model.show_rows(LINES)
    rows_table.show()
    return rows_table


def names(table: RowsTable) -> list[str]:
    return [row.name for row in table.rows_model.rows]


def click_title(table: RowsTable, place: int) -> None:
    header = table.horizontalHeader()
    position = QPoint(header.sectionViewportPosition(place) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=position)


def test_title_sorts_in_vietnamese_order(table: RowsTable) -> None:
    click_title(table, 1)
    assert names(table) == ["An Bình", "Âu Thị Ba", "Dương Ý", "Đỗ Ân"]
    click_title(table, 1)
    assert names(table) == ["Đỗ Ân", "Dương Ý", "Âu Thị Ba", "An Bình"]
    click_title(table, 1)
    assert names(table) == [line.name for line in LINES]


def test_numbers_and_days_sort_by_value_with_empty_cells_last(table: RowsTable) -> None:
    click_title(table, 2)
    assert [row.count for row in table.rows_model.rows] == [9, 10, 1_200, 0]
    click_title(table, 3)
    assert [row.day for row in table.rows_model.rows] == ["02/12/2025", "11/03/2026", "09:30 11/03/2026", ""]


def test_current_row_stays_current_and_new_rows_are_sorted(table: RowsTable) -> None:
    table.selectRow(0)
    table.sort_by(1)
    assert table.current == LINES[0]
    table.rows_model.show_rows((*LINES, Line("H29.12-260311-0005", "Bạch Cúc", 3)))
    assert names(table)[1:3] == ["Âu Thị Ba", "Bạch Cúc"]


def test_table_without_columns_can_be_resized(qtbot: Any) -> None:
    empty = RowsTable(RowsModel(()), "Bảng trống")
    qtbot.addWidget(empty)
    empty.resize(400, 200)
    assert not empty.grab().isNull()
    assert distribute_widths((), 400) == []


def test_headings_keep_their_place(qtbot: Any) -> None:
    grouped = GroupedTable(GroupedModel(COLUMNS), "Danh sách có nhóm")
    qtbot.addWidget(grouped)
    grouped.show_rows(("Quá hạn", *LINES[:2], "Còn hạn", *LINES[2:]))
    grouped.sort_by(1)
    assert [row if isinstance(row, str) else row.name for row in grouped.rows_model.rows] == [
        "Quá hạn", "Âu Thị Ba", "Đỗ Ân", "Còn hạn", "An Bình", "Dương Ý",
    ]  # fmt: skip
    assert (grouped.columnSpan(3, 0), grouped.columnSpan(1, 0)) == (len(COLUMNS), 1)


def test_sort_is_stable_for_equal_cells() -> None:
    rows = [Line(str(place), "An", 1) for place in range(5)]
    assert sorted_rows(rows, lambda line: line.name, False) == rows


def test_copy_takes_code_and_row(table: RowsTable) -> None:
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == LINES[1].code
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table, Qt.Key.Key_C, both)
    assert QApplication.clipboard().text() == "H29.12-260311-0002\tÂu Thị Ba\t9\t02/12/2025"
    QTest.keyClick(table, Qt.Key.Key_Escape)  # releases Ctrl and Shift for the next test


def test_menu_key_opens_the_row_menu(table: RowsTable) -> None:
    table.opened.connect(lambda _row: None)
    table.selectRow(0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(table, event)
    menu = table.findChild(RowMenu)
    assert isinstance(menu, QMenu) and menu.isVisible()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["Mở", "Chép mã", "Chép dòng"] and "Sắp theo" in texts
    menu.close()


def test_widths_are_remembered_on_this_machine(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any, qtbot: Any
) -> None:
    window.resize(1366, 768)
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    table = window.registers.table
    header = table.horizontalHeader()
    header.resizeSection(1, 333)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton)
    assert table.columnWidth(1) == 333
    table._widths = {}
    table._remembered = False
    window.go_to_page("intake")
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    assert table._widths[table.rows_model.columns[1].title] == 333
    table.reset_widths()
    assert table._widths == {}


def test_list_in_view_becomes_a_workbook(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any, qtbot: Any, tmp_path: Path
) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    page = window.registers
    desk.answers["ExportList"] = b"file"
    write_list(page, page.table.list_view, tmp_path / "ds.xlsx")
    qtbot.waitUntil((tmp_path / "ds.xlsx").exists)
    (query,) = desk.queries_of("ExportList")
    assert query.ending == ".xlsx" and query.sheet == list_sheet(page.table.list_view)
    assert len(query.sheet.rows) == len(page.table.rows_model.rows) > 0
    wait_until_idle(window.runner)


@pytest.mark.posix
@pytest.mark.parametrize("make", ["link", "pipe", "loop", "endless", "folder"])
@pytest.mark.parametrize("name", ["window.ini", "window.ini.lock"])
def test_strange_thing_in_place_of_the_settings(tmp_path: Path, make: str, name: str) -> None:
    precious, file = tmp_path / "precious", tmp_path / name
    precious.write_bytes(b"precious")
    if make == "pipe":
        os.mkfifo(file)
    elif make == "folder":
        (file / "x").mkdir(parents=True)
    else:
        file.symlink_to({"link": precious, "loop": file, "endless": Path("/dev/zero")}[make])
    settings = window_settings(tmp_path / "window.ini")
    settings.setValue("tables/width", 120)
    settings.sync()
    assert precious.read_bytes() == b"precious"
    assert "width=120" in (tmp_path / "window.ini").read_text(encoding="utf-8")
