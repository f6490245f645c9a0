"""The citizens' screen, the call display and the page of numbers, judgements and feedback."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from app.models.enums import Face, Service
from app.models.errors import Refusal
from app.ui.citizens import kiosk as kiosk_file
from app.ui.citizens.call_display import CallDisplay
from app.ui.citizens.kiosk import KioskWindow
from app.ui.kit.print_outcome import Handed, Sent
from app.ui.shell.window import MainWindow
from app.usecases.citizens.queue import Queue
from app.usecases.dossiers.public_status import KioskSheet
from app.wording.citizens import shown_name
from tests.support.fullest_desk import PROCEDURE
from tests.support.recording_desk import KIOSK, QUEUE, RecordingDesk

KEY = "6303260311000078"


@pytest.fixture
def kiosk(window: MainWindow, qtbot: Any) -> Iterator[KioskWindow]:
    window.ways.open_kiosk()
    made = window.ways.kiosk
    assert made is not None
    yield made
    made.close_for_good()


def test_a_receipt_shows_its_steps_and_no_name(window: MainWindow, kiosk: KioskWindow, settled: Any) -> None:
    window.read_scan(KEY)
    settled(window.runner)
    assert kiosk.pages.currentWidget() is kiosk.sheet
    assert kiosk.who.text() == "H… T… Ỷ · Đăng ký khai sinh"
    assert [step.text()[0] for step in kiosk.steps] == ["✓", "✓", "✓", "○"]
    assert window.here == "intake"


@pytest.mark.parametrize("sheet", [replace(KIOSK, where=1, may_rate=False), KIOSK])
def test_nothing_of_it_lies_below_an_old_screen(
    window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk, settled: Any, sheet: KioskSheet
) -> None:
    """A procedure of two hundred letters too."""
    desk.answers["KioskLook"] = replace(sheet, procedure=PROCEDURE)
    kiosk.showNormal()
    kiosk.resize(1366, 768)
    window.read_scan(KEY)
    settled(window.runner)
    QTest.qWait(1)
    assert kiosk.who.isVisible() and kiosk.size() == QSize(1366, 768)
    assert kiosk.who.heightForWidth(kiosk.who.width()) <= kiosk.who.height()


def test_it_goes_back_to_its_start_by_itself(window: MainWindow, kiosk: KioskWindow, settled: Any) -> None:
    window.read_scan(KEY)
    settled(window.runner)
    assert kiosk.back.isActive() and kiosk.back.interval() == 30_000
    kiosk.back.timeout.emit()
    assert kiosk.pages.currentWidget() is kiosk.start
    assert kiosk.code == ""


def test_a_stranger_clears_the_one_before(window: MainWindow, kiosk: KioskWindow, settled: Any) -> None:
    for text in (KEY, "893456789012"):
        window.read_scan(text)
        settled(window.runner)
    assert kiosk.pages.currentWidget() is kiosk.message
    assert kiosk.said.text() == "Không thấy hồ sơ"
    assert kiosk.code == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_Escape, Qt.Key.Key_F9])
def test_no_key_leads_anywhere(window: MainWindow, kiosk: KioskWindow, key: Qt.Key) -> None:
    QTest.keyClick(kiosk, key)
    assert window.here == "intake"
    assert kiosk.isVisible() and kiosk.isModal()
    assert not kiosk.close()


def _ask_to_leave(kiosk: KioskWindow) -> None:
    QTest.keyClick(kiosk, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert kiosk.pages.currentWidget() is kiosk.leaving


def test_leaving_locks_the_desk_before_anything_shows(
    window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk, settled: Any
) -> None:
    desk.sign_out = lambda: desk.asked.append("out")  # type: ignore[attr-defined]
    seen: list[bool] = []
    kiosk.left.connect(lambda: seen.append(window.centralWidget().isVisible()))
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert kiosk.isVisible(), "Enter alone leads nowhere"
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert kiosk.isVisible(), "nor does Enter after thinking better of it"
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert not kiosk.isVisible() and window.desk_lock.locked and seen == [False]
    settled(window.runner)
    assert "out" in desk.asked and window.desk_lock.dialog.isVisible()
    assert window.ways.diverted is None


def test_leaving_opens_an_office_for_training(window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk) -> None:
    object.__setattr__(desk.facts, "training", True)
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert not kiosk.isVisible() and window.centralWidget().isVisible() and not window.desk_lock.locked


def test_the_screen_for_citizens_is_not_locked_for_want_of_keys(
    window: MainWindow, kiosk: KioskWindow, settled: Any, desk: RecordingDesk
) -> None:
    QTest.keyClick(kiosk, Qt.Key.Key_F2)
    window.desk_lock._idle.timeout.emit()
    window.read_scan(KEY)
    settled(window.runner)
    assert not window.desk_lock.locked and kiosk.pages.currentWidget() is kiosk.sheet


def test_a_number_is_drawn_and_printed(
    window: MainWindow, kiosk: KioskWindow, settled: Any, desk: RecordingDesk, monkeypatch: Any
) -> None:
    printed = []
    monkeypatch.setattr(kiosk_file, "print_pdf", lambda *told: printed.append(told[1]) or Handed(Sent.NO_PRINTER))
    kiosk.services[Service.PRIORITY].click()
    settled(window.runner)
    settled(window.runner)
    assert desk.of("TakeTicket")[0].service is Service.PRIORITY
    assert kiosk.said.text() == "Số 008"
    assert printed == ["80mm"]
    assert "Xin nhớ số này" in kiosk.more.text()


def test_a_citizen_judges_with_one_touch(
    window: MainWindow, kiosk: KioskWindow, settled: Any, desk: RecordingDesk
) -> None:
    window.read_scan(KEY)
    settled(window.runner)
    kiosk.faces[Face.SATISFIED].click()
    settled(window.runner)
    assert [(query.code, query.face) for query in desk.of("Rate")] == [("H29.12-260311-0007", Face.SATISFIED)]
    assert kiosk.said.text() == "Cảm ơn ông/bà"


def test_the_display_shows_five_calls(window: MainWindow, settled: Any, qtbot: Any) -> None:
    window.ways.open_display()
    display = window.ways.display
    assert isinstance(display, CallDisplay)
    settled(window.runner)
    assert (display.number.text(), display.desk.text()) == ("006", "Mời đến quầy 1")
    assert [each.text() for each in display.earlier] == [
        "005 → 3", "004 → 2", "003 → 1", "002 → 3"
    ]  # fmt: skip
    QTest.keyClick(display, Qt.Key.Key_Escape)
    assert not display.isVisible()


def test_the_page_calls(window: MainWindow, settled: Any, desk: RecordingDesk) -> None:
    QTest.keyClick(window, Qt.Key.Key_F12)
    page = window.citizens
    settled(window.runner)
    assert window.here == "citizens" and page.next.hasFocus()
    page.next.click()
    settled(window.runner)
    assert len(desk.of("CallNext")) == 1
    assert page.called.text() == "006 → quầy 1"


def test_a_wrong_code_is_said_beside_it(window: MainWindow, settled: Any, desk: RecordingDesk) -> None:
    desk.answers["Rate"] = Refusal("dossier_unknown", "code", code="x")
    window.go("citizens")
    page = window.citizens
    page._rate(Face.SATISFIED)
    settled(window.runner)
    assert page.code_box.error != ""


def test_names_for_everybody() -> None:
    assert shown_name("Huỳnh Thị Ẫm Ỷ") == "H… T… Ẫ… Ỷ"


def test_the_queue_in_sight_follows_other_desks(window: MainWindow, settled: Any, desk: RecordingDesk) -> None:
    window.go("citizens")
    settled(window.runner)
    page = window.citizens
    assert page._look.isActive() and page._look.interval() >= 5000
    desk.answers["AskQueue"] = Queue(QUEUE.waiting[:1], QUEUE.called)
    before = len(desk.of("ListFeedback"))
    page._look.timeout.emit()
    settled(window.runner)
    assert [line.number for line in page.waiting.rows] == [9] and len(desk.of("ListFeedback")) == before
    window.go("intake")
    assert not page._look.isActive()


def test_a_number_drawn_at_this_machines_screen_is_seen_at_once(
    window: MainWindow, settled: Any, desk: RecordingDesk, monkeypatch: Any
) -> None:
    monkeypatch.setattr(kiosk_file, "print_pdf", lambda *_told: Handed(Sent.NO_PRINTER))
    window.go("citizens")
    settled(window.runner)
    window.ways.open_kiosk()
    screen = window.ways.kiosk
    assert screen is not None
    before = len(desk.of("AskQueue"))
    screen.draw_number(Service.INTAKE)
    settled(window.runner)
    settled(window.runner)
    assert len(desk.of("AskQueue")) == before + 1
    screen.close_for_good()
