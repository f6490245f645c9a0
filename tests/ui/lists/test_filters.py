"""Filters of look-up and register, keys of the look-up box, groups."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.enums import Channel, Status
from app.ui.shell.window import MainWindow

WaitUntilIdle = Callable[[Any], None]


def test_look_up_filters_without_words(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("lookup")
    wait_until_idle(window.runner)
    bar = window.lookup.filter_bar
    bar.status.setCurrentIndex(bar.status.findData(Status.FINISHED))
    bar.status.activated.emit(bar.status.currentIndex())
    bar.holder.setCurrentIndex(bar.holder.findData("Địa chính"))
    bar.holder.activated.emit(1)
    wait_until_idle(window.runner)
    query = window.runner.desk.queries_of("SearchDossiers")[-1]
    assert (query.words, query.filter.status, query.filter.holder) == ("", Status.FINISHED, "Địa chính")
    assert "Địa chính đang giữ" in bar.words.text() and window.lookup.model.rows
    assert window.lookup.back() and bar.words.text() == ""
    assert not window.lookup.back()


def test_days_are_chosen_by_changing_one(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("lookup")
    bar = window.lookup.filter_bar
    bar.first.choose_day(bar.first.day - timedelta(days=1))
    assert bar.days.isChecked() and bar.filter.first == bar.first.day


def test_register_filters_by_channel(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    bar = window.registers.filter_bar
    bar.channel.setCurrentIndex(bar.channel.findData(Channel.POST))
    bar.channel.activated.emit(1)
    wait_until_idle(window.runner)
    query = window.runner.desk.queries_of("ListReceived")[-1]
    assert query.filter.channel == Channel.POST


def test_arrow_keys_and_one_enter_open_from_the_box(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.lookup_field.setFocus()
    QTest.keyClicks(window.lookup_field, "nguyen")
    QTest.qWait(300)
    wait_until_idle(window.runner)
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Down)
    code = window.lookup.model.rows[1].code
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    assert window.runner.desk.queries_of("ShowDossier")[-1].code == code


def test_group_is_marked_by_one_key(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("worklist")
    wait_until_idle(window.runner)
    table = window.worklist.table
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(table.selected) == 2
    marked: list[Any] = []
    table.marked.connect(marked.append)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert len(marked) == 2


def test_list_in_view_is_printed(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: QtBot) -> None:
    window.runner.desk.answers["ExportList"] = b"%PDF-1.4"
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    with qtbot.waitSignal(window.registers.list_print_requested) as printed:
        window.registers.table.print_list()
    assert printed.args == ["Sổ theo dõi hồ sơ", b"%PDF-1.4"]


def test_filtered_register_prints_what_is_in_view(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: QtBot
) -> None:
    window.runner.desk.answers["ExportList"] = b"%PDF-1.4"
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    bar = window.registers.filter_bar
    bar.channel.setCurrentIndex(bar.channel.findData(Channel.POST))
    bar.channel.activated.emit(1)
    wait_until_idle(window.runner)
    window.registers.filter.setText("huỳnh")
    with qtbot.waitSignal(window.registers.list_print_requested):
        window.registers._print()
    sheet = window.runner.desk.queries_of("ExportList")[0].sheet
    assert len(sheet.rows) == 1
    assert "Tiếp nhận từ" in sheet.note and "kênh bưu chính" in sheet.note and "«huỳnh»" in sheet.note


def test_empty_list_is_reported_in_place_of_a_print(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    window.registers.filter.setText("không có ai tên này")
    window.registers._print()
    assert "không in" in window.banner.text
    assert "đang lọc" in window.registers._table_area.hint.text()
    assert window.runner.desk.queries_of("ExportList") == []


def test_enter_opens_no_result_of_earlier_words(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("lookup")
    wait_until_idle(window.runner)
    opened: list[Any] = []
    window.lookup.table.opened.connect(opened.append)
    window.lookup.search("huynh", False)
    window.lookup.reload()
    window.lookup.search("huynh ten khac", False)
    window.lookup._pause_timer.stop()
    wait_until_idle(window.runner)
    assert window.lookup.model.rows
    window.lookup.search("huynh ten khac", True)
    assert opened == []
    wait_until_idle(window.runner)
    assert window.runner.desk.queries_of("SearchDossiers")[-1].words == "huynh ten khac"
