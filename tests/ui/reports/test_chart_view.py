"""Tests of the charts on the reports page: view, print, export."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.errors import Refusal
from app.ui.printing.printer import raster
from app.ui.shell.window import MainWindow
from tests.support.page_answers import CHARTS
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_charts(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("reports")
    wait_until_idle(window.runner)
    window.reports.view.set_value("picture")
    wait_until_idle(window.runner)


def test_view_shows_sheet_in_colour(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    open_charts(window, wait_until_idle)
    page = window.reports
    assert page.picture.isVisible() and not page.table.isVisible()
    assert page.picture.text == "" and "99,67 %" in page.picture.accessibleDescription()
    picture, _second = raster(CHARTS.pdf, 72, colour=True)
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 4) for y in range(0, 500, 4)}
    assert {"#b3261e", "#0b5cad"} <= colours
    before = page.picture.verticalScrollBar().value()
    qtbot.waitUntil(lambda: page.picture.verticalScrollBar().maximum() > before)
    page.picture.setFocus()
    QTest.keyClick(page.picture, Qt.Key.Key_Space)
    assert page.picture.verticalScrollBar().value() > before


def test_new_period_redraws_charts(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_charts(window, wait_until_idle)
    window.reports.choices.preset.setCurrentIndex(3)
    wait_until_idle(window.runner)
    chart_queries = desk.queries_of("ChartReport")
    assert len(chart_queries) == 2 and chart_queries[0].from_day != chart_queries[1].from_day
    assert chart_queries[1].from_day == desk.queries_of("ReportQuery")[-1].first


def test_sheet_is_exported_as_pdf(window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path) -> None:
    open_charts(window, wait_until_idle)
    window.reports.write(tmp_path / "bieu-do.pdf")
    wait_until_idle(window.runner)
    assert (tmp_path / "bieu-do.pdf").read_bytes() == CHARTS.pdf
    assert "bieu-do.pdf" in window.banner.text


def test_print_without_printer_suggests_pdf(
    window: MainWindow, wait_until_idle: WaitUntilIdle, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.ui.printing.printer.printer_names", list)
    open_charts(window, wait_until_idle)
    window.reports.print_button.click()
    wait_until_idle(window.runner)
    assert window.banner.text == "Chưa in được biểu đồ. Bật máy in rồi in lại, hoặc lưu PDF."


def test_refused_period_shows_text_instead_of_charts(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ChartReport"] = Refusal("period_reversed", "from", first="2026-03-14", last="2026-03-01")
    open_charts(window, wait_until_idle)
    assert window.reports.picture.text.startswith("Chưa vẽ được")
    window.reports.print_button.click()
    assert window.reports.charts is None
