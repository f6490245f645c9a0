"""Tests of the calendar page: decisions and affected dossiers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.models.enums import DayKind
from app.models.errors import Refusal
from app.services.catalogue.calendar_changes import AddDecision, AffectedDossier, CalendarChange
from app.ui.admin.month_table import add_months
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.calendar import DayDecision, RevokeDecision
from tests.support.recording_desk import CODE, DUE, RecordingDesk

WaitUntilIdle = Callable[[Any], None]
TODAY = date(2026, 3, 11)


@pytest.fixture
def open_calendar(window: MainWindow, wait_until_idle: WaitUntilIdle) -> MainWindow:
    """Return the window on its calendar page, opened from the office page."""
    window.go_to_page("office")
    wait_until_idle(window.runner)
    (link,) = window.office.findChildren(QPushButton, "office.calendar")
    link.click()
    wait_until_idle(window.runner)
    assert window.current_page_name == "calendar"
    return window


def test_month_describes_days_in_words(open_calendar: MainWindow) -> None:
    days = open_calendar.calendar.month.days
    assert open_calendar.calendar.month.day == TODAY
    assert days.data(days.index(0, 0)) == "23"  # February, since March 2026 begins on a Sunday
    texts = {day: days.day_text(date(2026, 3, day)) for day in (11, 13, 14, 15)}
    assert texts == {11: "", 13: "Làm nửa ngày", 14: "Làm bù", 15: "Nghỉ tuần"}
    accessible_text = days.data(days.index_of(date(2026, 3, 14)), Qt.ItemDataRole.AccessibleTextRole)
    assert accessible_text == "thứ Bảy 14/03/2026: Làm bù – QĐ 1/QĐ-TTg"
    assert len({days.colours(date(2026, 3, day)) for day in (11, 13, 14, 15)}) == 4


def test_arrow_keys_cross_month_and_year(
    open_calendar: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    month = open_calendar.calendar.month
    for key, day in (
        (Qt.Key.Key_Down, date(2026, 3, 18)),
        (Qt.Key.Key_Down, date(2026, 3, 25)),
        (Qt.Key.Key_Down, date(2026, 4, 1)),
        (Qt.Key.Key_Left, date(2026, 3, 31)),
        (Qt.Key.Key_PageUp, date(2026, 2, 28)),
    ):
        QTest.keyClick(month, key)
        assert month.day == day
    open_calendar.calendar.show_day(date(2026, 12, 31))
    QTest.keyClick(month, Qt.Key.Key_Right)
    wait_until_idle(open_calendar.runner)
    assert month.day == date(2027, 1, 1)
    assert [query.year for query in desk.queries_of("ListCalendar")] == [2026, 2027]
    assert month.days.day_text(date(2027, 1, 1)) == "Nghỉ"


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 12, 15), 1, date(2027, 1, 15)),
    (date(2026, 1, 1), -1, date(2025, 12, 1)), (date(2024, 3, 31), -1, date(2024, 2, 29)),
])  # fmt: skip
def test_add_months_clamps_day_to_shorter_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_added_decision_lists_affected_dossiers(
    open_calendar: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    page = open_calendar.calendar
    affected = AffectedDossier(CODE, DUE, DUE + timedelta(days=1), "0905 123 456")
    desk.answers["AddDecision"] = CalendarChange(1, (affected,))
    page.show_day(date(2026, 3, 12))
    page.kind.setCurrentIndex(page.kind.findData(DayKind.OFF.value))
    page.decision.setText("QĐ 12/QĐ-UBND")
    page.add.click()
    page.add.click()
    wait_until_idle(open_calendar.runner)
    assert desk.queries_of("AddDecision") == [AddDecision(date(2026, 3, 12), DayKind.OFF, "", "QĐ 12/QĐ-UBND")]
    assert "1 hồ sơ" in open_calendar.banner.text
    assert page.affected.isVisible() and not page.decisions.isVisible()
    texts = [column.text(page.affected.current) for column in page.affected.rows_model.columns]
    assert texts == [CODE, "0905 123 456", "17:00 11/03/2026", "17:00 12/03/2026"]
    open_calendar.go_back()
    assert page.decisions.isVisible() and not page.affected.isVisible()


def test_decision_is_entered_from_a_day_on_and_those_on_record_are_shown(
    open_calendar: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    page, day = open_calendar.calendar, date(2026, 3, 12)
    coming = DayDecision(day, DayKind.OFF, "", "5/TB", day, "vd-lich")
    desk.answers["ListDecisions"] = (DayDecision(day, DayKind.HALF, "07:30-11:30", "", date(2026, 3, 2)), coming)
    desk.answers["AddDecision"] = CalendarChange(1, ())
    page.reload()
    page.show_day(day)
    wait_until_idle(open_calendar.runner)
    lines = page._day_state.text().splitlines()[-2:]
    assert lines == ["Từ 02/03/2026: làm nửa ngày, 07:30-11:30", "Từ 12/03/2026: nghỉ, 5/TB, Gói vd-lich"]
    assert coming in page.decisions.rows_model.rows
    page.known_from.show_day(date(2026, 3, 20))
    page.add.click()
    wait_until_idle(open_calendar.runner)
    assert desk.queries_of("AddDecision")[0].known_from == date(2026, 3, 20)
    assert page._chosen_start == day


def test_affected_dossier_opens_on_enter(
    open_calendar: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["RevokeDecision"] = CalendarChange(1, (AffectedDossier(CODE, DUE, None, None),))
    open_calendar.calendar.show_day(date(2026, 3, 13))
    open_calendar.calendar.remove.click()
    wait_until_idle(open_calendar.runner)
    assert desk.queries_of("RevokeDecision") == [RevokeDecision(date(2026, 3, 13))]
    assert (
        open_calendar.calendar.affected.rows_model.columns[1].text(open_calendar.calendar.affected.current)
        == "chưa ghi"
    )
    QTest.keyClick(open_calendar.calendar.affected, Qt.Key.Key_Return)
    wait_until_idle(open_calendar.runner)
    assert (open_calendar.current_page_name, open_calendar.dossier.code) == ("dossier", CODE)


def test_revoke_is_visible_only_on_decided_day(open_calendar: MainWindow) -> None:
    for day, decided in ((11, False), (13, True), (15, False)):
        open_calendar.calendar.show_day(date(2026, 3, day))
        assert open_calendar.calendar.remove.isHidden() is not decided


def test_invalid_hours_show_error_below_field(
    open_calendar: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["AddDecision"] = Refusal("hours_invalid", "hours", text="9 giờ")
    open_calendar.calendar.hours.setText("9 giờ")
    open_calendar.calendar.add.click()
    wait_until_idle(open_calendar.runner)
    assert "9 giờ" in open_calendar.calendar.boxes["hours"].error
    assert open_calendar.calendar.add.isEnabled()
