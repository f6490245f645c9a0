"""Hints of the intake page: old codes, earlier visits, banners."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.earlier_visits import Visits
from tests.support.recording_desk import BIRTH, RecordingDesk, line
from tests.ui.intake.test_page import ENTER, WaitUntilIdle, pick_procedure, press, type_text


def test_superseded_code_names_current_code(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    desk.answers["FindProcedures"] = (replace(BIRTH, superseded_code="1.000123"),)
    form = window.intake.form
    form.procedure.setFocus()
    type_text("1.000123")
    qtbot.waitUntil(lambda: form.procedure.is_list_open)
    detail = form.procedure._model.item(0).data(Qt.ItemDataRole.UserRole).detail
    assert detail.startswith("mã cũ 1.000123, nay là 1.001193")
    press(ENTER)
    assert form.summary.full_text.startswith("mã cũ 1.000123, nay là 1.001193")
    assert form.read()["procedure"] == "1.001193"


def test_possible_visits_are_shown_by_phone(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["EarlierVisits"] = Visits((), (line(2, "Huỳnh Thị Ẫm Ỷ", "Đăng ký khai sinh", "received", 0),))
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.phone.setFocus()
    type_text("0905123456")
    qtbot.waitUntil(lambda: "Có thể đã đến" in window.intake.side_panel._visits.text())
    assert desk.queries_of("EarlierVisits")[-1].phone.replace(" ", "") == "0905123456"
    window.intake.start_new_form()
    assert not window.intake.side_panel._visits.isVisible()


def test_field_error_clears_banner(window: MainWindow) -> None:
    window.banner.show_message(BannerMessage(Level.ERROR, "Chưa in được, bật máy in."))
    window.intake.save()
    assert window.intake.form.boxes["procedure"].error != ""
    assert not window.banner.isVisible()
