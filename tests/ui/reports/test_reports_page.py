"""Reports page: choices, figures with their dossiers, files, print."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from app.models.enums import FigureGroup
from app.models.instants import office_instant
from app.printing.documents.report import (
    UNLISTED,
    ColumnKind,
    ReportCheck,
    ReportColumn,
    ReportFact,
    ReportPeriod,
    ReportSection,
)
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
    assert [row["field"] for row in window.reports.model.rows][-1] == "Tổng số"
    assert "đều khớp" in window.reports.checks.text() and "99,67 %" in window.reports.facts.text()
    wrong = (ReportCheck("received", "Hộ tịch", 207, 206),)
    desk.answers["ReportQuery"] = lambda q: report(q).__class__(**{**vars(report(q)), "checks": wrong})
    choose(window.reports.choices.preset, "quarter")
    wait_until_idle(window.runner)
    assert "Hộ tịch" in window.reports.checks.text() and "207" in window.reports.checks.text()


def test_choices_become_the_query(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    choose(page.choices.group, FigureGroup.HOLDER)
    choose(page.choices.variant, "")
    choose(page.choices.compare, "compare")
    wait_until_idle(window.runner)
    query = desk.queries_of("ReportQuery")[-1]
    assert (query.group, query.variant, query.compare) == (FigureGroup.HOLDER, "", True)
    choose(page.choices.name, "quarter")
    wait_until_idle(window.runner)
    query = desk.queries_of("ReportQuery")[-1]
    assert (query.name, query.first, query.last) == ("quarter", date(2025, 12, 15), date(2026, 3, 14))
    assert (query.group, query.variant, query.compare) == (FigureGroup.HOLDER, "", True)
    assert page.texts_button.isVisible() and not page.choices.boxes["variant"].isVisible()


def test_figure_opens_its_dossiers(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]
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


def test_single_figures_and_other_periods_open_their_own_dossiers(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    def compared(query: Any) -> Any:
        own = report(query)
        before = ReportPeriod(date(2025, 12, 15), date(2026, 1, 14), (), {**(own.table.total or {}), "received": 7})
        facts = (ReportFact("late", "Quá hạn", 3, listed=True), ReportFact("days", "Trình sau", 5))
        return replace(own, facts=facts, previous=before)

    desk.answers["ReportQuery"] = compared
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]
    page.table.setCurrentIndex(page.model.index(len(page.model.rows) - 1, keys.index("received")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    previous = desk.queries_of("ListFigure")[-1]
    assert (previous.first, previous.last) == (date(2025, 12, 15), date(2026, 1, 14))
    QTest.keyClick(page.dossiers.table, Qt.Key.Key_Escape)
    choose(page.choices.section, "facts")
    for row in (0, 1):
        page.table.setCurrentIndex(page.model.index(row, 1))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        wait_until_idle(window.runner)
        page.back()
    assert [query.column for query in desk.queries_of("ListFigure")] == ["received", "late"]
    assert desk.queries_of("ListFigure")[-1].first == date(2026, 2, 15)


def test_a_long_list_is_exported_whole(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: Any
) -> None:
    written: list[int] = []
    monkeypatch.setattr("app.ui.kit.tables.export_list", lambda _table, view: written.append(len(view.rows)))
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]
    page.table.setCurrentIndex(page.model.index(3, keys.index("pending_in_time")))
    answer = desk.answers["ListFigure"]
    desk.answers["ListFigure"] = lambda query: answer(query)[:1] * min(1_234, query.limit)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert len(page.dossiers.model.rows) == 1000 and "có đủ" in page.dossiers.title.text()
    QTest.keyClick(page.dossiers.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(window.runner)
    assert written == [1_234] and len(page.dossiers.model.rows) == 1_234


def test_zero_and_labels_open_nothing(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    keys = [column.key for column in page.model.section.columns]
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
    assert "chọn nơi khác" in window.banner.text


def test_table_in_view_prints(window: MainWindow, wait_until_idle: WaitUntilIdle, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.ui.printing.printer.printer_names", list)
    open_page(window, wait_until_idle)
    window.reports.print_button.click()
    wait_until_idle(window.runner)
    assert window.banner.text == "Chưa in được báo cáo. Bật máy in rồi in lại, hoặc lưu PDF."


def test_texts_of_the_quarter_are_saved(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: Any
) -> None:
    from app.ui.reports import reports_page

    def typed(dialog: Any) -> bool:
        dialog.block.setCurrentIndex(dialog.block.findData("one_stop"))
        dialog.text.setPlainText("Đã kiện toàn.")
        return True

    monkeypatch.setattr(reports_page.TextsDialog, "exec", typed)
    open_page(window, wait_until_idle)
    choose(window.reports.choices.name, "quarter")
    wait_until_idle(window.runner)
    window.reports.texts_button.click()
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("SaveReportTexts")
    assert command.texts == {"one_stop": "Đã kiện toàn."}


def test_report_of_a_past_day_and_its_figures(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_page(window, wait_until_idle)
    page = window.reports
    assert not page.choices.boxes["known_day"].isVisible()
    choose(page.choices.known, "then")
    wait_until_idle(window.runner)
    assert page.choices.boxes["known_day"].isVisible()
    page.choices.known_day.show_day(date(2026, 3, 2))
    page.choices.known_day.day_changed.emit(page.choices.known_day.day)
    wait_until_idle(window.runner)
    end_of_day = office_instant("2026-03-02T23:59:59")
    assert desk.queries_of("ReportQuery")[-1].as_of == end_of_day
    keys = [column.key for column in page.model.section.columns]
    page.table.setCurrentIndex(page.model.index(3, keys.index("pending_in_time")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert desk.queries_of("ListFigure")[-1].as_of == end_of_day
    choose(page.choices.name, "register")
    wait_until_idle(window.runner)
    assert desk.queries_of("ReportQuery")[-1].as_of == end_of_day and page.choices.boxes["known"].isVisible()


def test_a_quarters_report_from_f5_takes_at_most_twelve_keys(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: Any, tmp_path: Path
) -> None:
    from app.ui.reports import reports_page

    pressed: list[str] = []

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        pressed.append(key.name)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        wait_until_idle(window.runner)

    def accepted(_page: Any, _title: str, proposed: str, _filter: str) -> Path:
        pressed.append("Key_Return")
        return tmp_path / proposed

    monkeypatch.setattr(reports_page, "choose_save_file", accepted)
    press(Qt.Key.Key_F5)
    while window.reports.choices.report_name != "quarter":
        press(Qt.Key.Key_Down)
    clicked = QSignalSpy(window.reports.to_word.clicked)
    press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert clicked.count() or clicked.wait(5000)  # the button of a mnemonic is pressed for some moments
    wait_until_idle(window.runner)
    (file,) = tmp_path.glob("*.docx")
    assert file.name == "bao-cao-quarter-20251215-20260314.docx" and file.read_bytes()[:2] == b"PK"
    assert desk.queries_of("ReportQuery")[-1].name == "quarter"
    assert len(pressed) <= 12


def test_code_of_a_dossier_opens_it_and_a_sum_of_others_opens_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    columns = (ReportColumn("code", "Mã hồ sơ", ColumnKind.TEXT), ReportColumn("late", "Quá hạn", listed=True))
    rows = ({"code": "H29.12-260212-0001", "late": 1}, {"code": "", "late": 2, UNLISTED: True})
    desk.answers["ReportQuery"] = lambda q: replace(report(q), sections=(ReportSection("rows", columns, rows),))
    open_page(window, wait_until_idle)
    page = window.reports
    for row, column in ((1, 0), (1, 1)):
        page.table.setCurrentIndex(page.model.index(row, column))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert desk.queries_of("ListFigure") == [] and page.isVisible()
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.dossier.isVisible()
