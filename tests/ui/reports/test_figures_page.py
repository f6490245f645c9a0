"""Reports page: choices, figures with their dossiers, files, print."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.enums import FigureGroup
from app.printing.documents.report import ReportCheck
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk, report

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("reports")
    wait_until_idle(window.runner)


def choose(box: Any, data: Any) -> None:
    box.setCurrentIndex(box.findData(data))


def test_report_of_period_shows_checks(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    query = desk.queries_of("ReportQuery")[-1]
    assert (query.name, query.first, query.last) == ("06a", date(2026, 2, 15), date(2026, 3, 14))
    assert [row["field"] for row in window.reports.model.rows][-1] == "Cộng"
    assert "đều khớp" in window.reports.checks.text() and "99,67 %" in window.reports.facts.text()
    wrong = (ReportCheck("received", "Hộ tịch", 207, 206),)
    desk.answers["ReportQuery"] = lambda q: report(q).__class__(**{**vars(report(q)), "checks": wrong})
    choose(window.reports.preset, "quarter")
    wait_until_idle(window.runner)
    assert "Hộ tịch" in window.reports.checks.text() and "207" in window.reports.checks.text()


def test_choices_become_the_query(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    choose(page.group, FigureGroup.HOLDER)
    choose(page.variant, "")
    choose(page.compare, "compare")
    wait_until_idle(window.runner)
    query = desk.queries_of("ReportQuery")[-1]
    assert (query.group, query.variant, query.compare) == (FigureGroup.HOLDER, "", True)
    choose(page.name, "quarter")
    wait_until_idle(window.runner)
    query = desk.queries_of("ReportQuery")[-1]
    assert (query.name, query.first, query.last) == ("quarter", date(2025, 12, 15), date(2026, 3, 14))
    assert (query.group, query.variant, query.compare) == (None, "", True)
    assert page.texts_button.isVisible() and not page.boxes["group"].isVisible()


def test_figure_opens_its_dossiers(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]  # type: ignore[union-attr]
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(3, keys.index("pending_in_time")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    (query,) = desk.queries_of("ListFigure")
    assert (query.column, query.group, query.value) == ("pending_in_time", FigureGroup.FIELD, "Hộ tịch")
    assert len(page.dossiers.model.rows) == 2 and "Hộ tịch" in page.dossiers.title.text()
    QTest.keyClick(page.dossiers.table, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    page.table.setCurrentIndex(page.model.index(4, keys.index("received")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    total = desk.queries_of("ListFigure")[-1]
    assert (total.column, total.group, total.value) == ("received", None, "")
    QTest.keyClick(page.dossiers.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.dossier.isVisible()


def test_zero_and_labels_open_nothing(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]  # type: ignore[union-attr]
    for column in (0, keys.index("resolved_late")):
        page.table.setCurrentIndex(page.model.index(1, column))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert desk.queries_of("ListFigure") == []


def test_report_is_written_to_file(window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path) -> None:
    open_page(window, wait_until_idle)
    for ending in ("xlsx", "docx", "pdf"):
        window.reports.write(tmp_path / f"bieu.{ending}")
        wait_until_idle(window.runner)
        assert (tmp_path / f"bieu.{ending}").read_bytes()[:2] in (b"PK", b"%P")
    window.reports.write(tmp_path / "không có" / "bieu.xlsx")
    wait_until_idle(window.runner)
    assert "chọn thư mục khác" in window.banner.text


def test_table_in_view_prints(window: MainWindow, wait_until_idle: WaitUntilIdle, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.ui.printing.printer.printer_names", list)
    open_page(window, wait_until_idle)
    window.reports.print_button.click()
    wait_until_idle(window.runner)
    assert window.banner.text == "Chưa in được báo cáo. Bật máy in rồi in lại, hoặc lưu PDF."


def test_texts_of_the_quarter_are_saved(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: Any
) -> None:
    from app.ui.reports import figures_page

    def typed(dialog: Any) -> bool:
        dialog.block.setCurrentIndex(dialog.block.findData("one_stop"))
        dialog.text.setPlainText("Đã kiện toàn.")
        return True

    monkeypatch.setattr(figures_page.TextsDialog, "exec", typed)
    open_page(window, wait_until_idle)
    choose(window.reports.name, "quarter")
    wait_until_idle(window.runner)
    window.reports.texts_button.click()
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("SaveReportTexts")
    assert command.texts == {"one_stop": "Đã kiện toàn."}
