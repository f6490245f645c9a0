"""Intake page: terms, frequent procedures, next dossier, doubted clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.enums import Channel, TermUnit
from app.models.errors import Refusal
from app.ui.kit.fonts import body_font
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.style import LIGHT, stylesheet
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.scans import CardFields, ScanResult
from app.usecases.intake.preview import Preview
from app.usecases.office.clock import ClockState
from tests.support.recording_desk import BIRTH, CODE, COPY, DUE, NOW, PERSON, RecordingDesk
from tests.ui.intake.test_page import ENTER, focused_widget, press, type_text

WaitUntilIdle = Callable[[Any], None]
BY_PAGE = replace(COPY, priced_per_page=True)
BOUNDARY_FREE = replace(BIRTH, boundary_free=True)
CARD = CardFields("048199004217", None, "Huỳnh Thị Ẫm Ỷ", "1999-03-08", "female", "Thôn Đoài", None, ())


def text_of(window: MainWindow, name: str) -> QLineEdit:
    """Return a term field."""
    inner = window.intake.form.terms.boxes[name].inner
    assert isinstance(inner, QLineEdit)
    return inner


def side_panel_texts(window: MainWindow) -> str:
    """Return all texts of the side panel."""
    return " ".join(w.text() for w in window.intake.side_panel.findChildren(QWidget) if hasattr(w, "text"))


def test_pages_are_requested_only_for_fee_per_page(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    desk.answers["PreviewPromise"] = lambda q: Preview(DUE, ("Trong ngày.",), (), 1000 * (q.pages or 0) * q.quantity)
    form = window.intake.form
    form.choose_procedure(BIRTH)
    assert form.pages is None and "pages" not in form.read()
    form.choose_procedure(BY_PAGE)
    form.quantity.setFocus()
    press(ENTER)
    assert focused_widget() is form.pages
    type_text("5")
    form.quantity.setValue(3)
    press(ENTER)
    assert focused_widget() is form.return_by
    qtbot.waitUntil(lambda: "15.000 đ" in side_panel_texts(window))
    assert (form.read()["pages"], form.read()["quantity"]) == (5, 3)
    form.choose_procedure(BIRTH)
    assert not form.boxes["pages"].isVisible() and "pages" not in form.read()


def test_side_panel_follows_channel(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    online = Preview(DUE, ("Thời hạn qua mạng: 2 ngày làm việc.",), (), 0)
    direct = Preview(DUE, ("Thời hạn: 5 ngày làm việc.",), (), 8000)
    desk.answers["PreviewPromise"] = lambda q: online if q.channel == Channel.ONLINE else direct
    window.intake.form.choose_procedure(BIRTH)
    qtbot.waitUntil(lambda: "5 ngày" in side_panel_texts(window))
    window.intake.form.channel.setFocus()
    type_text("2")
    qtbot.waitUntil(lambda: "qua mạng" in side_panel_texts(window) and "Không thu" in side_panel_texts(window))


def test_exemption_requires_reason(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.terms.exempt_tick.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(q.exempt for q in desk.queries_of("PreviewPromise")))
    window.intake.save()
    assert focused_widget() is text_of(window, "exempt")
    assert "lý do miễn" in form.terms.boxes["exempt"].error
    type_text("Ho ngheo")
    window.intake.save()
    wait_until_idle(window.runner)
    assert desk.queries_of("AcceptDossier")[-1].exempt == "Ho ngheo"
    assert not form.terms.exempt_tick.isChecked()


def test_free_procedure_has_no_exemption(window: MainWindow) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    assert form.terms.exempt_tick.isVisible()
    form.terms.exempt_tick.setChecked(True)
    form.choose_procedure(replace(BIRTH, fee=0))
    assert not form.terms.exempt_tick.isVisible()
    assert "exempt" not in form.read()


def test_settling_agency_is_required_when_ticked(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    assert not form.terms.elsewhere_tick.isVisible()
    form.choose_procedure(BOUNDARY_FREE)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.terms.elsewhere_tick.setChecked(True)
    window.intake.save()
    assert focused_widget() is text_of(window, "settled_by")
    type_text("UBND xa Ben Kia")
    window.intake.save()
    wait_until_idle(window.runner)
    assert desk.queries_of("AcceptDossier")[-1].settled_by == "UBND xa Ben Kia"


def test_draft_restores_every_value(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    procedure = replace(BY_PAGE, boundary_free=True)
    desk.answers["FindProcedures"] = (procedure,)
    form = window.intake.form
    form.choose_procedure(procedure)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.terms.exempt_tick.setChecked(True)
    form.terms.elsewhere_tick.setChecked(True)
    text_of(window, "exempt").setText("Người có công")
    text_of(window, "settled_by").setText("UBND xã Bên Kia")
    assert form.pages is not None
    form.pages.setValue(7)
    form.set_replaced_code("H29.12-260311-0003")
    before = form.read()
    form.clear()
    assert not form.replaces and not form.terms.visible_fields
    window.intake.open_draft(before)
    wait_until_idle(window.runner)
    assert form.read() == before


def test_shortcut_chooses_frequent_procedure(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    window.start_deferred_work()
    qtbot.waitUntil(lambda: len(window.intake.form.papers_part.frequent.lines) == 2)
    form = window.intake.form
    form.submitter.phone.setFocus()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert form.chosen == COPY
    assert focused_widget() is form.submitter.phone
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert form.chosen == COPY, "the shortcut does not replace a chosen procedure"


def test_known_card_needs_two_keys(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["ReadScan"] = lambda q: ScanResult("citizen_card", q.text, card=CARD)
    window.start_deferred_work()
    qtbot.waitUntil(lambda: bool(window.intake.form.papers_part.frequent.lines))
    window.handle_scan("048199004217|…")
    wait_until_idle(window.runner)
    form = window.intake.form
    assert focused_widget() is form.procedure
    assert form.submitter.phone.text() == PERSON.phone, "values that are not on the card come from the last visit"
    keys = [(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)]
    for key, modifier in keys:
        QTest.keyClick(window, key, modifier)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    (command,) = desk.queries_of("AcceptDossier")
    assert (command.procedure, command.applicant.id_number) == (BIRTH.code, CARD.id_number)


def test_next_dossier_reuses_person(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    form.submitter.fill({"name": "Phùng Văn Đạt", "phone": "0905 000 111"})
    form.other_owner.setChecked(True)
    form.owner.fill({"name": "Đặng Thị Hồng Nhạn"})
    window.intake.save()
    wait_until_idle(window.runner)
    assert form.empty
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert (form.submitter.name.text(), form.owner.name.text()) == ("Phùng Văn Đạt", "Đặng Thị Hồng Nhạn")
    assert focused_widget() is form.procedure and form.chosen is None
    form.choose_procedure(COPY)
    window.intake.save()
    wait_until_idle(window.runner)
    first, second = desk.queries_of("AcceptDossier")
    assert (first.applicant, first.submitter) == (second.applicant, second.submitter)
    assert first.request_id != second.request_id


def test_next_dossier_does_not_overwrite_form(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    form.submitter.name.setText("Phùng Văn Đạt")
    window.intake.save()
    wait_until_idle(window.runner)
    form.submitter.name.setText("Lâm Thị Bích Ngà")
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert form.submitter.name.text() == "Lâm Thị Bích Ngà"
    assert "Đang nhập" in window.banner.text


def test_cleared_form_can_be_restored(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    form = window.intake.form
    form.choose_procedure(BIRTH)
    form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert form.empty and focused_widget() is form.procedure
    window.banner._run_action()
    wait_until_idle(window.runner)
    assert (form.submitter.name.text(), form.chosen) == ("Phùng Văn Đạt", BIRTH)


def test_page_after_saving_fits_1366x768_screen(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    """With both banners and nine frequent procedures with long names."""
    desk.answers["FrequentProcedures"] = (COPY,) * 9
    window.setStyleSheet(stylesheet(LIGHT, Path("resources")))
    window.setFont(body_font())
    window.resize(1366, 718)
    for _ in range(2):
        window.intake.form.choose_procedure(BIRTH)
        window.intake.form.submitter.name.setText("Phùng Văn Đạt")
        window.intake.save()
        wait_until_idle(window.runner)
    window.banner.show_message(BannerMessage(Level.WARNING, "Chưa thấy máy in nào, 2 bản đang chờ."))
    QTest.qWait(1)
    assert window.intake.saved_banner._batch.isVisible()
    assert window.intake.form.papers_part.frequent._buttons[8].isVisible()
    assert window.intake._scroll.verticalScrollBar().maximum() == 0
    assert window.intake._scroll.horizontalScrollBar().maximum() == 0


def test_term_fields_fit_1366x768_screen(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    window.setStyleSheet(stylesheet(LIGHT, Path("resources")))
    window.setFont(body_font())
    window.resize(1366, 718)
    form = window.intake.form
    form.choose_procedure(replace(BY_PAGE, boundary_free=True, fee=None, unit=TermUnit.UNKNOWN))
    for tick in (form.terms.exempt_tick, form.terms.elsewhere_tick):
        tick.setChecked(True)
    QTest.qWait(1)
    assert window.intake._scroll.verticalScrollBar().maximum() == 0
    assert window.intake._scroll.horizontalScrollBar().maximum() == 0


DOUBT = "Đồng hồ máy (11/03/2026 09:12) cách lần dùng trước (02/01/2026) quá 35 ngày."


@pytest.fixture
def doubted_window(window: MainWindow, desk: RecordingDesk) -> MainWindow:
    """Window with a doubted clock until two users confirm the day."""
    accepted = desk.answers["AcceptDossier"]
    desk.answers["AcceptDossier"] = Refusal("clock_far_ahead", None, now="11/03/2026 09:12", last="02/01/2026")
    desk.answers["GetClockState"] = ClockState(DOUBT, False, ("H29.12-260102-0004",))

    def confirm(_command: Any) -> ClockState:
        desk.answers["AcceptDossier"] = accepted
        desk.answers["GetClockState"] = ClockState(DOUBT, True, ())
        return ClockState(DOUBT, True, ())

    desk.answers["ConfirmDay"] = confirm
    window.intake.form.choose_procedure(BIRTH)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    return window


def test_confirmed_clock_saves_dossier(
    doubted_window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    doubted_window.intake.save()
    wait_until_idle(doubted_window.runner)
    dialog = doubted_window.clock_watch.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.second.name.count() > 0)
    assert dialog.doubt.text() == DOUBT
    assert dialog.day.text() == "Thứ Tư 11/03/2026, 09:12"
    assert [dialog.accepted_codes.item(0).text()] == ["H29.12-260102-0004"]
    dialog.second.name.setCurrentText("Lê Hoàng Phúc")
    dialog.second.secret.setText("480217")
    dialog.submit_button.click()
    wait_until_idle(doubted_window.runner)
    (command,) = desk.queries_of("ConfirmDay")
    assert (command.day.isoformat(), command.second.name) == ("2026-03-11", "Lê Hoàng Phúc")
    assert command.second.secret == "480217"
    assert doubted_window.intake.saved_banner.code == CODE
    assert doubted_window.status.text("clock") == "Đồng hồ máy: đã xác nhận ngày"


def test_cancelled_clock_dialog_keeps_form(
    doubted_window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    doubted_window.intake.save()
    wait_until_idle(doubted_window.runner)
    dialog = doubted_window.clock_watch.dialog
    assert dialog is not None
    dialog.reject()
    wait_until_idle(doubted_window.runner)
    assert doubted_window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    assert doubted_window.clock_watch.dialog is None
    assert desk.queries_of("ConfirmDay") == []
    assert doubted_window.status.text("clock") == "Đồng hồ máy: cần xác nhận ngày"


def test_clock_jump_is_reported_once(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    wait_until_idle(window.runner)
    desk.answers["GetClockState"] = ClockState("Đồng hồ máy vừa nhảy 12 phút.", False, ())
    window.clock_watch.timer.timeout.emit()
    wait_until_idle(window.runner)
    assert "ngừng cấp số" in window.banner.text
    window.banner.clear()
    window.clock_watch.timer.timeout.emit()
    wait_until_idle(window.runner)
    assert not window.banner.isVisible()
    assert desk.queries_of("GetClockState")[-1].marked is False, "the minute check does not list affected dossiers"
    desk.answers["GetClockState"] = ClockState(None, False, ())
    window.clock_watch.timer.timeout.emit()
    wait_until_idle(window.runner)
    assert window.status.text("clock") == ""


def test_promise_and_clock_follow_midnight(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    days = timedelta(0)
    desk.now = lambda: NOW + days
    desk.answers["PreviewPromise"] = lambda q: Preview(DUE + days, ("Trong ngày.",), (), 8000)
    window.intake.form.choose_procedure(BIRTH)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    qtbot.waitUntil(lambda: "11/03/2026" in side_panel_texts(window))
    days = timedelta(days=1)
    window.intake.live_preview.refresh_timer.timeout.emit()
    window._clock_timer.timeout.emit()
    qtbot.waitUntil(lambda: "12/03/2026" in side_panel_texts(window))
    assert "Thứ Năm 12/03/2026" in window.header._clock.text()
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
