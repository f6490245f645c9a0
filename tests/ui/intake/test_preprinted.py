"""Preprinted receipts in the window: scans, handwritten hour, printing."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bootstrap import open_office
from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.models.instants import iso
from app.office.session import OfficeSession
from app.services.dossier_detail import ShowDossier
from app.ui.printing.preprinted_dialog import PreprintedDialog
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.intake.preprinted import (
    DiscardPreprinted,
    ListPreprinted,
    PrintPreprinted,
    list_preprinted,
    print_preprinted,
)
from tests.support.offices import SAME_DAY, at, show_dossier
from tests.support.recording_desk import BLANKS, RecordingDesk

WaitUntilIdle = Callable[[Any], None]
FIRST, SECOND = BLANKS[0].code, BLANKS[1].code


def scan(window: MainWindow, code: str, wait_until_idle: WaitUntilIdle) -> Any:
    window.handle_scan(code)
    wait_until_idle(window.runner)
    return window.intake.form.preprinted


def type_hour(blank: Any, day: str, hour: str) -> None:
    QTest.keyClicks(blank.day, day)
    QTest.keyClick(blank.day, Qt.Key.Key_Return)
    blank.hour.insert(hour)  # QTest cannot type Vietnamese characters
    blank.hour.textEdited.emit(hour)
    QTest.keyClick(blank.hour, Qt.Key.Key_Return)


def fill(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    form = window.intake.form
    QTest.keyClicks(form.procedure, "ks")
    wait_until_idle(window.runner)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    form.submitter.name.setText("Đào Thị Ẫm")


@pytest.mark.parametrize("page", ["worklist", "registers", "intake", "dossier"])
def test_scan_on_any_page_binds_receipt(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    blank = scan(window, FIRST, wait_until_idle)
    assert (
        window.current_page_name == "intake"
        and blank.isVisible()
        and blank._caption.text() == f"Biên nhận in sẵn {FIRST}"
    )
    assert blank.day.hasFocus() and blank.day.text() == blank.hour.text() == ""


def test_typed_number_binds_receipt(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, FIRST)
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "intake" and window.intake.form.preprinted.code == FIRST


@pytest.mark.parametrize("hour", ["08:05", "8h05", "0805", "8 giờ 5 phút", "8.05"])
def test_handwritten_hour_is_saved(
    window: MainWindow, desk: RecordingDesk, hour: str, wait_until_idle: WaitUntilIdle
) -> None:
    blank = scan(window, FIRST, wait_until_idle)
    type_hour(blank, "11/03/2026", hour)
    assert window.intake.form.procedure.hasFocus(), "Enter moves to the form"
    fill(window, wait_until_idle)
    window.intake.live_preview.read()
    wait_until_idle(window.runner)
    assert iso(desk.queries_of("PreviewPromise")[-1].at) == "2026-03-11T08:05:00+07:00", (
        "promised from the handwritten hour"
    )
    QTest.keyClick(window, Qt.Key.Key_F9)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("AcceptDossier")
    assert (command.blank, iso(command.received_at)) == (FIRST, "2026-03-11T08:05:00+07:00")
    assert window.intake.form.preprinted.code == "" and blank.isHidden()


@pytest.mark.parametrize(
    ("day", "hour", "field"), [("", "", "day"), ("11/03/2026", "", "hour"), ("", "08:05", "day"), ("11/3", "9", "day")]
)
def test_unreadable_hour_prevents_saving(
    window: MainWindow, desk: RecordingDesk, day: str, hour: str, field: str, wait_until_idle: WaitUntilIdle
) -> None:
    blank = scan(window, FIRST, wait_until_idle)
    type_hour(blank, day, hour)
    fill(window, wait_until_idle)
    window.intake.save()
    wait_until_idle(window.runner)
    assert not desk.queries_of("AcceptDossier")
    assert blank.boxes[field].error and getattr(blank, field).hasFocus()
    assert (blank.day.text(), blank.hour.text()) == (day, hour)
    QTest.keyClicks(getattr(blank, field), "1")
    assert not any(box.error for box in blank.boxes.values())


def test_refused_hour_is_shown_under_day(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["AcceptDossier"] = Refusal("blank_hour_future", "received_at", now="09:12 11/03/2026")
    blank = scan(window, FIRST, wait_until_idle)
    type_hour(blank, "11/03/2026", "23:00")
    fill(window, wait_until_idle)
    window.intake.save()
    wait_until_idle(window.runner)
    assert "muộn hơn bây giờ" in blank.boxes["day"].error and blank.code == FIRST


def test_esc_releases_receipt_and_undo_restores_it(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    blank = scan(window, FIRST, wait_until_idle)
    type_hour(blank, "11/03/2026", "08:05")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert blank.code == "" and blank.isHidden() and "lấy số mới" in window.banner.text
    assert "blank" not in window.intake.form.read()
    window.banner._run_action()
    assert window.intake.form.read()["received_at"] == "2026-03-11T08:05:00+07:00"
    assert window.current_page_name == "intake"


def test_other_receipt_is_rejected_while_form_is_filled(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    blank = scan(window, FIRST, wait_until_idle)
    scan(window, SECOND, wait_until_idle)
    assert blank.code == SECOND, "the form was still empty"
    window.intake.form.submitter.name.setText("Đào Thị Ẫm")
    scan(window, FIRST, wait_until_idle)
    assert blank.code == SECOND and SECOND in window.banner.text
    blank.day.setText("11/03/2026")
    scan(window, SECOND, wait_until_idle)
    assert blank.day.text() == "11/03/2026" and blank.hour.hasFocus(), "the same receipt changes nothing"


def test_filled_form_can_be_bound(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.intake.form.submitter.name.setText("Đào Thị Ẫm")
    assert scan(window, FIRST, wait_until_idle).code == FIRST
    assert window.intake.form.submitter.name.text() == "Đào Thị Ẫm"


@pytest.mark.parametrize("hour", ["08:05", "tám giờ", ""])
def test_draft_keeps_receipt_and_hour(window: MainWindow, hour: str, wait_until_idle: WaitUntilIdle) -> None:
    blank = scan(window, FIRST, wait_until_idle)
    type_hour(blank, "11/03/2026", hour)
    draft = window.intake.form.read()
    window.intake.start_new_form()
    assert blank.code == ""
    window.intake.open_draft(draft)
    wait_until_idle(window.runner)
    assert (blank.code, blank.day.text(), blank.hour.text()) == (FIRST, "11/03/2026", hour)


def blanks_dialog(window: MainWindow, wait_until_idle: WaitUntilIdle) -> PreprintedDialog:
    window.go_to_page("registers")
    window.registers.preprinted_requested.emit()
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(PreprintedDialog)
    return dialog


def test_receipts_are_printed_once_for_a_day(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    dialog = blanks_dialog(window, wait_until_idle)
    assert [line.code for line in dialog.model.rows] == [blank.code for blank in BLANKS]
    dialog.count.setValue(2)
    dialog.day.show_day(date(2026, 3, 13))
    dialog.print_button.click()
    dialog.print_button.click()
    wait_until_idle(window.runner)
    assert desk.queries_of("PrintPreprinted") == [PrintPreprinted(2, date(2026, 3, 13), PaperSize.A5)], (
        "two clicks print once"
    )
    assert FIRST in dialog.message.text()
    (preview,) = window.findChildren(PreviewDialog)
    assert "in sẵn" in preview.windowTitle() and preview.job.unrecorded
    scan(window, FIRST, wait_until_idle)
    assert not window.findChildren(PreprintedDialog) and window.current_page_name == "intake"


def test_spoilt_receipts_need_reason(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    dialog = blanks_dialog(window, wait_until_idle)
    desk.answers["DiscardPreprinted"] = Refusal("blank_reason_missing", "note")
    dialog.discard_button.click()
    wait_until_idle(window.runner)
    assert "lý do" in dialog.reason_box.error
    desk.answers["DiscardPreprinted"] = BLANKS[1:]
    dialog.reason.setText("Kẹt giấy")
    dialog.discard_button.click()
    wait_until_idle(window.runner)
    assert desk.queries_of("DiscardPreprinted")[-1] == DiscardPreprinted((FIRST,), "Kẹt giấy")
    assert [line.code for line in dialog.model.rows] == [blank.code for blank in BLANKS[1:]]


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office on the day after a power cut."""
    session = open_office(training_folder, "", at("2026-02-10T08:00"))
    yield session
    session.close()


def test_preprinted_dossier_keeps_number_and_hour(
    office: OfficeSession, open_window: Callable[..., MainWindow], wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    yesterday = at("2026-02-09T08:00")
    (blank,) = office.write(print_preprinted, PrintPreprinted(1), yesterday).receipts
    window = open_window(office)
    part = scan(window, blank.key, wait_until_idle)
    type_hour(part, "09/02/2026", "14:10")
    form = window.intake.form
    QTest.keyClicks(form.procedure, SAME_DAY)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.chosen is not None)
    form.submitter.name.setText("Đào Thị Ẫm")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code == blank.code)
    wait_until_idle(window.runner)
    detail = office.read(show_dossier, ShowDossier(blank.code))
    assert detail.received_at == yesterday + timedelta(hours=6, minutes=10)
    assert detail.due_at is not None and detail.due_at.date() == date(2026, 2, 9)
    assert office.read(list_preprinted, ListPreprinted()) == ()
    window.close()
