"""Tests of the tray count: missing, extra, late, unknown papers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.models.enums import Status
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.bulk import TrayCount, TrayLine
from tests.support.recording_desk import DUE, RecordingDesk

WaitUntilIdle = Callable[[Any], None]
SEVENTH, EIGHTH = "6303260311000078", "6303260311000086"
HERE = TrayLine("H29.12-260311-0001", "Lò Thị Én", Status.RECEIVED, "Bộ phận Một cửa", DUE)
LATE = TrayLine("H29.12-260311-0007", "Nguyễn Hữu Ưởng", Status.RECEIVED, "Bộ phận Một cửa", DUE)
AWAY = TrayLine("H29.12-260311-0008", "Nguyễn Hữu Ưởng", Status.PROCESSING, "Tư pháp – hộ tịch", DUE)


def open_count(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    """Open the tray count from the worklist."""
    window.go_to_page("worklist")
    (link,) = window.worklist.findChildren(QPushButton, "worklist.count")
    link.click()
    wait_until_idle(window.runner)
    assert window.current_page_name == "count"


def test_scans_are_collected_without_opening_dossiers(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_count(window, wait_until_idle)
    for text in (SEVENTH, EIGHTH, SEVENTH, "893456789012"):
        window.handle_scan(text)
    wait_until_idle(window.runner)
    assert window.current_page_name == "count"
    assert window.dossier.code == ""
    assert desk.queries_of("CountTray")[-1].scans == ("H29.12-260311-0007", "H29.12-260311-0008", "893456789012")


def test_table_shows_result_of_each_finding(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["CountTray"] = TrayCount(1, (HERE,), (AWAY,), (LATE,), ("893456789012",))
    open_count(window, wait_until_idle)
    window.handle_scan(SEVENTH)
    wait_until_idle(window.runner)
    results = [(finding.result.partition(":")[0], finding.line.code if finding.line else finding.text)
               for finding in window.count.model.rows]  # fmt: skip
    assert results == [
        ("Thừa", AWAY.code), ("Mã lạ", "893456789012"), ("Quá hạn, đang ở khay", LATE.code), ("Thiếu", HERE.code),
    ]  # fmt: skip
    assert window.count._summary.text() == "Đã quét 1 hồ sơ: 1 khớp, 3 chưa khớp, 1 quá hạn"
    QTest.keyClick(window.count.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert (window.current_page_name, window.dossier.code) == ("dossier", AWAY.code)


def test_typed_code_is_added_and_citizen_card_is_rejected(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_count(window, wait_until_idle)
    QTest.keyClicks(window.count.typed, EIGHTH)
    QTest.keyClick(window.count.typed, Qt.Key.Key_Return)
    window.handle_scan("048199004217|…|HUỲNH THỊ ẪM Ỷ")
    wait_until_idle(window.runner)
    assert list(window.count.scans) == [AWAY.code]
    assert "thẻ căn cước" in window.banner.text
    window.count.restart_count()
    wait_until_idle(window.runner)
    assert desk.queries_of("CountTray")[-1].scans == ()
