"""Tests of the SMS page, on recorded answers and with a modem on a pty."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bootstrap import OfficeSession, open_office
from app.models.enums import Right, SmsStatus
from app.models.errors import Refusal
from app.services.intake.command import AcceptDossier
from app.ui.shell.window import MainWindow
from app.usecases.intake.accept import accept_dossier
from app.usecases.sms.outbox import ListSms, SetSmsEnabled, SmsOutbox, list_sms, set_sms_enabled
from tests.support.offices import MORNING, PERSON, intake_line
from tests.support.pty_modem import PtyModem
from tests.support.recording_desk import NOTICES, RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> Any:
    """Return the SMS page, opened from the office page."""
    window.go_to_page("office")
    window.office.page_requested.emit("notices")
    wait_until_idle(window.runner)
    assert window.current_page_name == "notices"
    return window.notices


def test_page_lists_waiting_and_all_messages(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    page = open_page(window, wait_until_idle)
    assert window.current_page_name == "notices" and page.table.hasFocus()
    assert [row.id for row in page.model.rows] == [1, 2]
    page.view.set_value("all")
    wait_until_idle(window.runner)
    statuses = [page.model.data(page.model.index(place, 4)) for place in range(5)]
    assert statuses[0] == "Chờ gửi" and statuses[1] == "Chờ gửi; số này bị từ chối 1 lần"
    assert statuses[2].startswith("Đã gửi 06:12") and statuses[2].endswith("qua modem")
    assert statuses[4] == "Không gửi được, 3 lần: gọi điện báo"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current_page_name == "dossier" and window.dossier.code == NOTICES[0].code


def test_status_line_links_to_page_while_messages_wait(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    window.start_deferred_work()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert window.status.text("notices") == "2 tin nhắn chờ gửi"
    window.status.fact_clicked.emit("notices")
    assert window.current_page_name == "notices"
    desk.answers["CountWaitingSms"] = 0
    window.prints.reload_queue()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert window.status.text("notices") == ""


def test_toggle_requires_edit_office_right(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    desk.answers["ListSms"] = SmsOutbox(False, (), ("0905123456",))
    page = open_page(window, wait_until_idle)
    assert page.toggle.isVisible() and page.toggle.text() == "Dùng tin nhắn từ nay"
    assert "0905123456" in page._opted_out.text()
    assert not page.send_card.send.isEnabled() and not page.send_card.export.isEnabled() and not page.table.isVisible()
    page.toggle.click()
    wait_until_idle(window.runner)
    assert [command.enabled for command in desk.queries_of("SetSmsEnabled")] == [True]
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.EDIT_OFFICE})
    page.reload()
    wait_until_idle(window.runner)
    assert not page.toggle.isVisible()


def test_link_requires_take_in_right(window: MainWindow, desk: RecordingDesk) -> None:
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.TAKE_IN})
    window.go_to_page("office")
    assert window.office.findChild(type(window.office._first_link), "office.notices") is None


def test_opt_out_is_saved_and_invalid_number_shows_error(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    page = open_page(window, wait_until_idle)
    page.phone.setFocus()
    QTest.keyClicks(page.phone, "0905 123 456")
    QTest.keyClick(page.phone, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    page.phone.setText("0905123456")
    page.allow.click()
    wait_until_idle(window.runner)
    assert [(command.phone, command.opted_out) for command in desk.queries_of("SetOptOut")] == [
        ("0905 123 456", True),
        ("0905123456", False),
    ]
    desk.answers["SetOptOut"] = Refusal("not_a_mobile", "phone", text="12")
    page.phone.setText("12")
    page.stop.click()
    wait_until_idle(window.runner)
    assert page.phone_box.error != "" and page.phone.text() == "12"


def test_send_without_port_shows_error_below_field(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    page = open_page(window, wait_until_idle)
    page.send_card.port.setEditText("")
    page.send_card.send.click()
    assert page.send_card.port_box.error != "" and not page.send_card.sending


def test_unwritable_export_leaves_messages_waiting(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk, tmp_path: Path
) -> None:
    page = open_page(window, wait_until_idle)
    page.send_card.write(tmp_path / "no" / "tin.csv")
    wait_until_idle(window.runner)
    assert "chưa ghi được gì vào đó" in window.banner.text and desk.queries_of("MarkExported") == []


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Yield a training office with three waiting messages."""
    session = open_office(training_folder, "", MORNING)
    session.write(set_sms_enabled, SetSmsEnabled(True))
    for number in range(3):
        line = intake_line(applicant={**PERSON, "phone": f"090512345{number}"})
        session.write(accept_dossier, AcceptDossier.read(line, MORNING.date()))
    yield session
    session.close()


@pytest.fixture
def real(office: OfficeSession, open_window: Callable[..., MainWindow], qtbot: Any) -> MainWindow:
    """Window of the training office."""
    return open_window(office, started=True)


def states(office: OfficeSession) -> list[str]:
    return [each.status for each in reversed(office.read(list_sms, ListSms()).lines)]


@pytest.mark.posix
def test_modem_sends_waiting_messages(
    real: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    modem = PtyModem("OK", "+CMS ERROR: 28")
    page = open_page(real, wait_until_idle)
    qtbot.waitUntil(lambda: real.status.text("notices") == "3 tin nhắn chờ gửi")
    page.send_card.port.setEditText(modem.port)
    page.send_card.send.click()
    assert page.send_card.sending and not page.send_card.send.isEnabled()
    qtbot.waitUntil(lambda: not page.send_card.sending)
    wait_until_idle(real.runner)
    assert [number for number, _text in modem.sent] == ["0905123450", "0905123452"]
    assert states(office) == [SmsStatus.SENT, SmsStatus.WAITING, SmsStatus.SENT]
    assert "Đã gửi 2 tin, mạng không nhận 1" in real.banner.text
    assert [row.phone for row in page.model.rows] == ["0905123451"]
    qtbot.waitUntil(lambda: real.status.text("notices") == "1 tin nhắn chờ gửi")
    modem.close()


@pytest.mark.posix
def test_escape_stops_after_current_message(
    real: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    modem, first, resume = PtyModem(), Event(), Event()

    def hold() -> None:
        first.set()
        resume.wait(60)

    modem.on_message = hold
    page = open_page(real, wait_until_idle)
    page.send_card.port.setEditText(modem.port)
    page.send_card.send.click()
    qtbot.waitUntil(first.is_set)
    qtbot.waitUntil(real.progress_line.isVisible)
    QTest.keyClick(real, Qt.Key.Key_Escape)
    resume.set()
    qtbot.waitUntil(lambda: not page.send_card.sending)
    wait_until_idle(real.runner)
    assert len(modem.sent) == 1
    assert states(office) == [SmsStatus.SENT, SmsStatus.WAITING, SmsStatus.WAITING]
    assert real.banner.text.startswith("Đã dừng theo yêu cầu. Đã gửi 1 tin, còn chờ 2.")
    modem.close()


def test_port_without_modem_reports_error(
    real: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    page = open_page(real, wait_until_idle)
    page.send_card.port.setEditText("/dev/no-such-modem")
    page.send_card.send.click()
    qtbot.waitUntil(lambda: not page.send_card.sending)
    wait_until_idle(real.runner)
    assert "Không mở được cổng" in real.banner.text and "còn chờ 3" in real.banner.text
    assert page.send_card.send.isEnabled() and states(office) == [SmsStatus.WAITING] * 3


def test_export_marks_messages_as_sent(
    real: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    page = open_page(real, wait_until_idle)
    file = tmp_path / "tin.csv"
    page.send_card.write(file)
    wait_until_idle(real.runner)
    wait_until_idle(real.runner)
    wait_until_idle(real.runner)
    with file.open(encoding="utf-8-sig", newline="") as table:
        assert [row["Số điện thoại"] for row in csv.DictReader(table)] == [f"090512345{n}" for n in range(3)]
    assert states(office) == [SmsStatus.SENT] * 3
    assert page.model.rows == () and not page.send_card.export.isEnabled()
    page.view.set_value("all")
    wait_until_idle(real.runner)
    wait_until_idle(real.runner)
    assert {row.way for row in page.model.rows} == {"file"}
