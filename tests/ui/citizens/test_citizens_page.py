"""Tests of the kiosk, the call display and the citizens page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from app.models.enums import PaperSize, PrintStatus, SatisfactionFace, Service
from app.models.errors import Refusal
from app.models.text import mask_name
from app.services.queue.view import Queue
from app.settings import MachineSettings
from app.ui.citizens import ticket_print
from app.ui.citizens.call_display import CallDisplay
from app.ui.citizens.kiosk import KioskWindow
from app.ui.citizens.queue_card import QueueCard
from app.ui.citizens.transfer_dialog import TransferDialog
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.public_status import PublicStatus
from tests.support.fullest_desk import PROCEDURE
from tests.support.recording_desk import KIOSK, QUEUE, RecordingDesk

KEY = "6303260311000078"


@pytest.fixture
def kiosk(window: MainWindow, qtbot: Any) -> Iterator[KioskWindow]:
    window.scan_router.open_kiosk()
    kiosk_window = window.scan_router.kiosk
    assert kiosk_window is not None
    yield kiosk_window
    kiosk_window.force_close()


def test_kiosk_shows_steps_and_masked_name(window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any) -> None:
    window.handle_scan(KEY)
    wait_until_idle(window.runner)
    assert kiosk.pages.currentWidget() is kiosk.dossier_view
    assert kiosk.applicant.text() == "H… T… Ỷ · Đăng ký khai sinh"
    assert [step.text()[0] for step in kiosk.steps] == ["✓", "✓", "✓", "○"]
    assert window.current_page_name == "intake"


@pytest.mark.parametrize("sheet", [replace(KIOSK, stage=1, may_rate=False), KIOSK])
def test_kiosk_fits_1366x768_screen(
    window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk, wait_until_idle: Any, sheet: PublicStatus
) -> None:
    """A procedure name of 200 characters fits too."""
    desk.answers["GetPublicStatus"] = replace(sheet, procedure=PROCEDURE)
    kiosk.showNormal()
    kiosk.resize(1366, 768)
    window.handle_scan(KEY)
    wait_until_idle(window.runner)
    QTest.qWait(1)
    assert kiosk.applicant.isVisible() and kiosk.size() == QSize(1366, 768)
    assert kiosk.applicant.heightForWidth(kiosk.applicant.width()) <= kiosk.applicant.height()


def test_kiosk_returns_to_start_after_30_seconds(window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any) -> None:
    window.handle_scan(KEY)
    wait_until_idle(window.runner)
    assert kiosk.return_timer.isActive() and kiosk.return_timer.interval() == 30_000
    kiosk.return_timer.timeout.emit()
    assert kiosk.pages.currentWidget() is kiosk.start
    assert kiosk.code == ""


def test_kiosk_unknown_code_clears_dossier(window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any) -> None:
    for text in (KEY, "893456789012"):
        window.handle_scan(text)
        wait_until_idle(window.runner)
    assert kiosk.pages.currentWidget() is kiosk.message
    assert kiosk.message_title.text() == "Không thấy hồ sơ"
    assert kiosk.code == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_Escape, Qt.Key.Key_F9])
def test_kiosk_ignores_keys_of_main_window(window: MainWindow, kiosk: KioskWindow, key: Qt.Key) -> None:
    QTest.keyClick(kiosk, key)
    assert window.current_page_name == "intake"
    assert kiosk.isVisible() and kiosk.isModal()
    assert not kiosk.close()


def _ask_to_leave(kiosk: KioskWindow) -> None:
    QTest.keyClick(kiosk, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert kiosk.pages.currentWidget() is kiosk.leaving


def test_kiosk_closing_locks_desk_before_window_is_visible(
    window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    desk.sign_out = lambda: desk.queries.append("out")
    seen: list[bool] = []
    kiosk.closed.connect(lambda: seen.append(window.centralWidget().isVisible()))
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert kiosk.isVisible(), "Enter alone does not close the kiosk"
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert kiosk.isVisible(), "Esc cancels the request to close"
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert not kiosk.isVisible() and window.desk_lock.locked and seen == [False]
    wait_until_idle(window.runner)
    assert "out" in desk.queries and window.desk_lock.dialog.isVisible()
    assert window.scan_router.exclusive_handler is None


def test_kiosk_closing_keeps_training_unlocked(window: MainWindow, kiosk: KioskWindow, desk: RecordingDesk) -> None:
    object.__setattr__(desk.facts, "training", True)
    _ask_to_leave(kiosk)
    QTest.keyClick(kiosk, Qt.Key.Key_Return)
    assert not kiosk.isVisible() and window.centralWidget().isVisible() and not window.desk_lock.locked


def test_kiosk_is_not_locked_when_idle(
    window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any, desk: RecordingDesk
) -> None:
    QTest.keyClick(kiosk, Qt.Key.Key_F2)
    window.desk_lock._idle_timer.timeout.emit()
    window.handle_scan(KEY)
    wait_until_idle(window.runner)
    assert not window.desk_lock.locked and kiosk.pages.currentWidget() is kiosk.dossier_view


def test_kiosk_issues_and_prints_ticket(
    window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any, desk: RecordingDesk, monkeypatch: Any
) -> None:
    printed = []
    monkeypatch.setattr(
        ticket_print,
        "print_pdf",
        lambda *args: printed.append(args[1]) or PrintHandoff(PrintOutcome.NO_PRINTER),
    )
    kiosk.services[Service.PRIORITY].click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert desk.queries_of("TakeTicket")[0].service is Service.PRIORITY
    assert kiosk.message_title.text() == "Số 008"
    assert printed == ["80mm"]
    assert "Xin nhớ số này" in kiosk.message_detail.text()


def test_kiosk_rates_with_one_touch(
    window: MainWindow, kiosk: KioskWindow, wait_until_idle: Any, desk: RecordingDesk
) -> None:
    window.handle_scan(KEY)
    wait_until_idle(window.runner)
    kiosk.faces[SatisfactionFace.SATISFIED].click()
    wait_until_idle(window.runner)
    assert [(query.code, query.face) for query in desk.queries_of("RateDossier")] == [
        ("H29.12-260311-0007", SatisfactionFace.SATISFIED)
    ]
    assert kiosk.message_title.text() == "Cảm ơn ông/bà"


def test_call_display_shows_five_calls(window: MainWindow, wait_until_idle: Any, qtbot: Any) -> None:
    window.scan_router.open_display()
    display = window.scan_router.display
    assert isinstance(display, CallDisplay)
    wait_until_idle(window.runner)
    assert (display.number.text(), display.desk.text()) == ("006", "Mời đến quầy 1")
    assert [each.text() for each in display.earlier] == [
        "005 → 3", "004 → 2", "003 → 1", "002 → 3"
    ]  # fmt: skip
    QTest.keyClick(display, Qt.Key.Key_Escape)
    assert not display.isVisible()


def test_page_calls_next_number(window: MainWindow, wait_until_idle: Any, desk: RecordingDesk) -> None:
    QTest.keyClick(window, Qt.Key.Key_F12)
    page = window.citizens
    wait_until_idle(window.runner)
    assert window.current_page_name == "citizens" and page.queue.next.hasFocus()
    page.queue.next.click()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("CallNext")) == 1
    assert page.queue.current.text() == "005 → quầy 3"


def test_page_shows_unknown_code_below_field(window: MainWindow, wait_until_idle: Any, desk: RecordingDesk) -> None:
    desk.answers["RateDossier"] = Refusal("dossier_unknown", "code", code="x")
    window.go_to_page("citizens")
    page = window.citizens
    page.show_part("ratings")
    page._rate(SatisfactionFace.SATISFIED)
    wait_until_idle(window.runner)
    assert page.code_box.error != ""


def test_mask_name_shows_initials() -> None:
    assert mask_name("Huỳnh Thị Ẫm Ỷ") == "H… T… Ẫ… Ỷ"


def test_visible_queue_polls_other_desks(window: MainWindow, wait_until_idle: Any, desk: RecordingDesk) -> None:
    window.go_to_page("citizens")
    wait_until_idle(window.runner)
    page = window.citizens
    assert page._poll_timer.isActive() and page._poll_timer.interval() >= 5000
    desk.answers["GetQueue"] = Queue(QUEUE.waiting[:1], QUEUE.called)
    before = len(desk.queries_of("ListFeedback"))
    page._poll_timer.timeout.emit()
    wait_until_idle(window.runner)
    assert [line.number for line in page.queue.model.rows][:1] == [9] and len(desk.queries_of("ListFeedback")) == before
    window.go_to_page("intake")
    assert not page._poll_timer.isActive()


def test_page_reloads_queue_after_kiosk_ticket_on_same_machine(
    window: MainWindow, wait_until_idle: Any, desk: RecordingDesk, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ticket_print, "print_pdf", lambda *_args: PrintHandoff(PrintOutcome.NO_PRINTER))
    window.go_to_page("citizens")
    wait_until_idle(window.runner)
    window.scan_router.open_kiosk()
    kiosk_window = window.scan_router.kiosk
    assert kiosk_window is not None
    before = len(desk.queries_of("GetQueue"))
    kiosk_window.take_number(Service.INTAKE)
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert len(desk.queries_of("GetQueue")) == before + 1
    kiosk_window.force_close()


def test_kiosk_shows_office_and_clock(kiosk: KioskWindow) -> None:
    assert kiosk.office.full_text == "UBND xã Kiểm Thử"
    assert kiosk.clock.text() == "09:12  11/03/2026"


def test_display_shows_office_and_clock(window: MainWindow, wait_until_idle: Any) -> None:
    window.scan_router.open_display()
    display = window.scan_router.display
    assert isinstance(display, CallDisplay)
    wait_until_idle(window.runner)
    assert (display.office.full_text, display.clock.text()) == ("UBND xã Kiểm Thử", "09:12  11/03/2026")
    display.close()


@pytest.fixture
def queue(window: MainWindow, desk: RecordingDesk, wait_until_idle: Any, monkeypatch: Any) -> QueueCard:
    """The queue of a desk that serves number 6."""
    monkeypatch.setattr(ticket_print, "print_pdf", lambda *_args: PrintHandoff(PrintOutcome.NO_PRINTER))
    QTest.keyClick(window, Qt.Key.Key_F12)
    wait_until_idle(window.runner)
    card: QueueCard = window.citizens.queue
    card.desk.setValue(1)
    return card


def test_queue_page_sets_aside_and_calls_again(
    window: MainWindow, queue: QueueCard, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    for command in (queue.hold, queue.absent, queue.again):
        QTest.keyClick(command, Qt.Key.Key_Space)
    queue.table.selectRow(1)
    QTest.keyClick(queue.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert [(query.absent, query.desk) for query in desk.queries_of("SetAside")] == [(False, 1), (True, 1)]
    assert [query.desk for query in desk.queries_of("CallAgain")] == [1]
    assert [(query.number, query.desk) for query in desk.queries_of("Recall")] == [(7, 1)]


def test_queue_page_gives_a_number_and_prints_it(
    window: MainWindow, queue: QueueCard, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    queue.paper.setCurrentText("A5")
    queue.given_service.setCurrentText("Nhận kết quả")
    QTest.keyClick(queue.give, Qt.Key.Key_Space)
    for _ in range(3):
        wait_until_idle(window.runner)
    (taken,) = desk.queries_of("TakeTicket")
    assert (taken.service, taken.paper) == (Service.RESULT, PaperSize.A5)
    assert [query.status for query in desk.queries_of("RecordTicketPrint")] == [PrintStatus.FAILED]
    assert "008 chưa in được" in window.banner.text
    window.banner._run_action()
    for _ in range(3):
        wait_until_idle(window.runner)
    assert [(query.number, query.paper) for query in desk.queries_of("PrintTicket")] == [(8, PaperSize.A5)]


def test_queue_page_transfers_with_a_reason(
    window: MainWindow, queue: QueueCard, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    queue.transfer.click()
    dialog = window.findChild(TransferDialog)
    assert dialog is not None
    desk.answers["TransferTicket"] = Refusal("transfer_reason", "note")
    QTest.keyClicks(dialog.to_desk, "2")
    dialog.submit()
    wait_until_idle(window.runner)
    assert dialog.isVisible() and "quá ngắn" in dialog.reason_box.error
    desk.answers["TransferTicket"] = QUEUE
    QTest.keyClicks(dialog.reason, "hoi dat dai")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    command = desk.queries_of("TransferTicket")[-1]
    assert (command.number, command.to_desk, command.reason, command.desk) == (6, 2, "hoi dat dai", 1)
    assert window.banner.text == "Đã chuyển số 006."


def test_part_of_the_page_is_chosen_by_arrows(window: MainWindow, queue: QueueCard) -> None:
    page = window.citizens
    page.part.setFocus()
    shown = []
    for _ in range(3):
        QTest.keyClick(page.part, Qt.Key.Key_Right)
        shown.append(page.stack.currentWidget())
    assert shown == [page.parts["ratings"], page.register, queue]


@pytest.fixture
def heard(window: MainWindow, desk: RecordingDesk, tmp_path: Path, monkeypatch: Any) -> Path:
    """File with the names of the sounds that the machine's player got."""
    player, file = tmp_path / "bin" / "pw-play", tmp_path / "heard"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\nbasename "$1" >> {file}\n', encoding="utf-8")
    player.chmod(0o755)
    file.touch()
    monkeypatch.setenv("PATH", f"{player.parent}:/usr/bin:/bin")
    desk.machine = MachineSettings()
    return file


@pytest.mark.posix
def test_call_sounds_once_with_and_without_display(
    window: MainWindow, queue: QueueCard, heard: Path, qtbot: Any, wait_until_idle: Any
) -> None:
    queue.next.click()
    qtbot.waitUntil(lambda: heard.read_text(encoding="utf-8").split() == ["call.wav"])
    window.scan_router.open_display()
    display = window.scan_router.display
    assert display is not None
    wait_until_idle(window.runner)
    for shown in (Queue((), QUEUE.called[1:]), QUEUE, QUEUE):
        display.show_queue(shown)
    queue.next.click()
    wait_until_idle(window.runner)
    qtbot.waitUntil(lambda: heard.read_text(encoding="utf-8").split() == 2 * ["call.wav"])
    display.close()


@pytest.mark.posix
def test_scans_sound_by_their_outcome(window: MainWindow, heard: Path, qtbot: Any, desk: RecordingDesk) -> None:
    window.handle_scan(KEY)
    qtbot.waitUntil(lambda: heard.read_text(encoding="utf-8").split() == ["found.wav"])
    window.handle_scan("893456789012")
    qtbot.waitUntil(lambda: heard.read_text(encoding="utf-8").split() == ["found.wav", "unknown.wav"])
    desk.machine = MachineSettings(sounds=False)
    window.handle_scan(KEY)
    qtbot.waitUntil(lambda: window.runner.idle and window.current_page_name == "dossier")
    assert len(heard.read_text(encoding="utf-8").split()) == 2
