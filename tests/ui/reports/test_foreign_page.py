"""Page for tables of other programs, with a real office and real files."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.ui.reports.foreign_page import ForeignTablesPage
from app.ui.shell.window import MainWindow
from tests.support.offices import Desk

REGISTER = "Số hồ sơ;Họ tên;Tên thủ tục;Vào ngày;Ghi chú\n" + "".join(
    f"SC-{n};Nguyễn Văn {name};Đăng ký khai sinh;0{n}/02/2026;\n" for n, name in enumerate(["An", "Bình", "Chi"], 1)
)
REGISTER += "SC-9;;Đăng ký khai sinh;01/02/2026;\n"
FIGURES = "field,received,resolved,pending\nTư pháp,3,1,1\nCộng,3,1,2\n"
LATE = "Mã hồ sơ;Ngày hẹn trả\nLẠ-1;05/01/2026\n"


@pytest.fixture
def window(office_window: MainWindow, qtbot: Any) -> MainWindow:
    office_window.go_to_page("tables")
    qtbot.waitUntil(lambda: office_window.runner.idle)
    return office_window


def write(folder: Path, text: str) -> Path:
    file = folder / "bang.csv"
    file.write_text(text, encoding="utf-8")
    return file


def opened(window: MainWindow, qtbot: Any, kind: str, file: Path) -> ForeignTablesPage:
    page = window.tables
    page.kind.set_value(kind)
    page.open_file(file)
    qtbot.waitUntil(lambda: window.runner.idle)
    return page


def test_columns_are_shown_corrected_and_imported(
    window: MainWindow, qtbot: Any, counter: Desk, tmp_path: Path
) -> None:
    page = opened(window, qtbot, "import", write(tmp_path, REGISTER))
    assert page.plan is not None and page.plan.entries == () and not page.begin.isEnabled()
    page._tables["import"].selectRow(3)
    assert page.meaning.currentData() == ""
    page.meaning.setCurrentIndex(page.meaning.findData("received"))
    page.meaning.activated.emit(page.meaning.currentIndex())
    qtbot.waitUntil(lambda: window.runner.idle and page.begin.isEnabled())
    assert "3 hồ sơ sẽ nhập" in page.summary.text() and page.save_refused.isEnabled()
    page.begin.click()
    qtbot.waitUntil(lambda: window.runner.idle and "xong" in page.summary.text())
    assert "3 hồ sơ mới" in page.summary.text() and counter.rows("SELECT count(*) FROM dossier") == [(3,)]
    assert counter.show("SC-1").imported


def test_figures_and_late_lists(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    page = opened(window, qtbot, "figures", write(tmp_path, FIGURES))
    assert "chỗ không khớp" in page.summary.text() and page._tables["figures"].model().rowCount() > 0
    page = opened(window, qtbot, "late", write(tmp_path, LATE))
    assert "1 không có tại đơn vị" in page.summary.text() and page.save_word.isEnabled()


def test_a_file_that_is_no_table_is_refused(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7")
    page = opened(window, qtbot, "import", file)
    assert page.plan is None and "không phải bảng" in window.banner.text


def test_a_file_dropped_on_the_reports_page_opens_here(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    window.go_to_page("reports")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, REGISTER)))])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.reports, QDragEnterEvent(QPoint(9, 9), copy, data, button, none))
    QApplication.sendEvent(window.reports, QDropEvent(QPoint(9, 9), copy, data, button, none))
    qtbot.waitUntil(lambda: window.runner.idle and window.tables.plan is not None)
    assert window.current_page_name == "tables"
