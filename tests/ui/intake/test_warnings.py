"""What the intake page warns of while one types: an old code, somebody who has come before, a banner that is over."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.earlier_visits import Visits
from tests.support.recording_desk import BIRTH, RecordingDesk, line
from tests.ui.intake.test_page import ENTER, WaitUntilIdle, pick_procedure, press, type_text


def test_an_old_code_says_which_one_holds_now(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    desk.answers["FindProcedures"] = (replace(BIRTH, superseded_code="1.000123"),)
    form = window.intake.form
    form.procedure.setFocus()
    type_text("1.000123")
    qtbot.waitUntil(lambda: form.procedure.is_list_open)
    offered = form.procedure._model.item(0).data(Qt.ItemDataRole.UserRole).detail
    assert offered.startswith("mã cũ 1.000123, nay là 1.001193")
    press(ENTER)
    assert form.summary.full_text.startswith("mã cũ 1.000123, nay là 1.001193")
    assert form.read()["procedure"] == "1.001193"


def test_who_may_be_the_same_is_told_without_a_number(
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


def test_a_wrong_field_takes_an_old_banner_away(window: MainWindow) -> None:
    window.banner.show_message(BannerMessage(Level.ERROR, "Chưa in được, bật máy in."))
    window.intake.save()
    assert window.intake.form.boxes["procedure"].error != ""
    assert not window.banner.isVisible()
