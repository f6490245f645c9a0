"""Worklist and registers: grouping, keyboard, filter, bulk sending."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.enums import PaperForm, Status
from app.models.errors import Refusal
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.queries import WorkLine
from tests.support.recording_desk import RecordingDesk
from tests.support.visual_checks import wait_for_layout

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    wait_until_idle(window.runner)


def test_worklist_is_grouped_by_urgency(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, "worklist", wait_until_idle)
    model = window.worklist.model
    headings = [model.heading(place) for place in range(len(model.rows)) if model.heading(place)]
    assert headings == [
        "Quá hạn (2)",
        "Đến hạn hôm nay (2)",
        "Sắp đến hạn (2)",
        "Chờ bổ sung (1)",
        "Chờ trả kết quả (2)",
        "Còn thời gian (1)",
    ]
    assert isinstance(window.worklist.table.current, WorkLine)
    assert window.worklist.table.rowHeight(0) == 28


def test_worklist_by_keyboard(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, "worklist", wait_until_idle)
    table = window.worklist.table
    table.setFocus()
    first = table.current
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current.group == "today"  # the heading between is skipped
    assert window.worklist.model.marked == {first.code}
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"


def test_typing_on_worklist_filters_rows(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, "worklist", wait_until_idle)
    window.worklist.table.setFocus()
    QTest.keyClick(window.worklist.table, "p")
    QTest.keyClicks(QApplication.focusWidget(), "hung")
    rows = [row for row in window.worklist.model.rows if isinstance(row, WorkLine)]
    assert {row.name for row in rows} == {"Phùng Văn Đạt"}
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert len([row for row in window.worklist.model.rows if isinstance(row, WorkLine)]) == 10


def test_count_is_shown_in_full_at_150_percent(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.resize(911, 464)
    open_page(window, "worklist", wait_until_idle)
    for holder in ("", "Địa chính", ""):
        window.worklist.show_holder(holder)
        wait_until_idle(window.runner)
        wait_for_layout(window)
        count = window.worklist._count
        assert "hồ sơ" in count.text() and count.text() == count.full_text
        assert holder in count.text()


def mark_three(window: MainWindow, wait_until_idle: WaitUntilIdle) -> tuple[str, ...]:
    open_page(window, "worklist", wait_until_idle)
    lines = [row for row in window.worklist.model.rows if isinstance(row, WorkLine)][:3]
    for work in lines:
        window.worklist._mark(work)
    wait_until_idle(window.runner)
    return tuple(work.code for work in lines)


def test_marked_dossiers_are_sent_together(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    codes = mark_three(window, wait_until_idle)
    window.worklist.send_bar.send()
    assert desk.queries_of("BulkSend") == [] and window.worklist.send_bar.holder_box.error
    window.worklist.holder.setText("Địa chính")
    window.worklist.send_bar.send()
    window.worklist.send_bar.send()
    wait_until_idle(window.runner)
    assert [(c.codes, c.to) for c in desk.queries_of("BulkSend")] == [(codes, "Địa chính")]
    assert window.worklist.model.marked == set()
    message = window.banner.message
    assert message is not None and message.on_action is not None and "Đã chuyển 3 hồ sơ" in message.text
    message.on_action()
    wait_until_idle(window.runner)
    assert [(each.code, each.form) for each in desk.queries_of("PreviewPaper")] == [(codes[0], PaperForm.HANDOVER_LIST)]
    assert window.findChildren(PreviewDialog)


def test_refused_batch_stays_marked_except_excluded(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    codes = mark_three(window, wait_until_idle)
    desk.answers["BulkSend"] = Refusal("one_of_many", "to", dossier=codes[1], reason="act_not_allowed")
    window.worklist.holder.setText("Địa chính")
    window.worklist.send_bar.send()
    wait_until_idle(window.runner)
    assert codes[1] in window.banner.text
    assert window.worklist.model.marked == set(codes)
    message = window.banner.message
    assert message is not None and message.on_action is not None
    message.on_action()
    assert window.worklist.model.marked == {codes[0], codes[2]}
    assert window.worklist.holder.text() == "Địa chính"


def test_empty_lists_show_hints(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    desk.answers |= {"ListWork": (), "ListReceived": (), "SearchDossiers": ()}
    open_page(window, "worklist", wait_until_idle)
    assert "F2" in window.worklist._table_area.hint.text()
    assert window.worklist._table_area.hint.isVisible()
    open_page(window, "registers", wait_until_idle)
    assert not window.registers.table.isVisible()
    window.lookup_field.setText("khong co ai")
    window.lookup_field.submit()
    wait_until_idle(window.runner)
    assert "khong co ai" in window.lookup._table_area.hint.text()


def test_register_lines_show_status_names(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, "registers", wait_until_idle)
    states = [window.registers.model.data(window.registers.model.index(row, 5)) for row in range(6)]
    assert "Đang xử lý · quá hạn" in states and "Đã hủy" in states
    assert all(states) and Status.VOID.value not in states
