"""Questions about the clock in the window of a real office."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bootstrap import open_office
from app.models.enums import Role
from app.models.instants import local
from app.office.session import OfficeSession
from app.services.intake.command import AcceptDossier
from app.ui.shell.clock_dialog import ClockDialog
from app.ui.shell.window import MainWindow
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.intake.accept import accept_dossier
from app.wording.proof import WEEKDAYS
from tests.support.offices import ADMIN, PASSWORD, SAME_DAY, at, intake_line, machine_now
from tests.ui.intake.test_real_office import choose_procedure

HAI, HAI_PIN = "Lê Hoàng Phúc", "480217"
PICTURES = os.environ.get("TEST_PICTURES", "")
"""Folder for pictures of the dialogs, to be looked at."""


@pytest.fixture
def office(real_folder: Path) -> Iterator[OfficeSession]:
    """Real office of two people with one dossier of today."""
    session = open_office(real_folder, ADMIN, None, PASSWORD)
    session.write(add_user, AddUser(HAI, Role.HEAD, secret=HAI_PIN))
    session.write(accept_dossier, AcceptDossier.read(intake_line(), session.entry_day()))
    yield session
    session.close()


def move_clock(office: OfficeSession, shown: Callable[[], datetime], hours: float = 7) -> None:
    """Let the machine show another time and offset, as after a restart."""
    office._clock = office._clock._replace(now=shown, offset=lambda: timedelta(hours=hours))
    office._opened_at, office._uptime_at_open = shown(), office._clock.uptime()


def type_dossier(window: MainWindow, qtbot: Any) -> None:
    choose_procedure(window, SAME_DAY, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")


def press_f9_and_see_the_question(window: MainWindow, qtbot: Any, picture: str) -> ClockDialog:
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.clock_watch.dialog is not None and window.runner.idle)
    dialog: ClockDialog = window.clock_watch.dialog
    assert window.intake.last_code == "", "no number is issued before the answer"
    if PICTURES:
        dialog.grab().save(f"{PICTURES}/clock-{picture}.png")
    return dialog


def noon_in(days: int) -> Callable[[], datetime]:
    """Return a clock that shows noon, `days` after today."""
    noon = machine_now().replace(hour=12, minute=0, second=0) + timedelta(days=days)
    return lambda: noon


@pytest.mark.parametrize(("picture", "days", "hours"), [("leap", 20, 7), ("offset", 1, -8), ("offset-east", 1, 8)])
def test_one_person_answers_a_leap_or_an_offset(
    office: OfficeSession,
    open_window: Callable[..., MainWindow],
    qtbot: Any,
    picture: str,
    days: int,
    hours: float,
) -> None:
    shown = noon_in(days)
    move_clock(office, shown, hours)
    window = open_window(office, started=True)
    window.clock_watch.check()
    qtbot.waitUntil(lambda: window.status.text("clock") == "Đồng hồ máy: cần xác nhận ngày")
    assert "ngừng cấp số" in window.banner.text
    type_dossier(window, qtbot)
    dialog = press_f9_and_see_the_question(window, qtbot, picture)
    day = local(shown()).date()
    assert f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}" in dialog.doubt.text()
    assert dialog.day.text().endswith(f"{day:%d/%m/%Y}, 12:00")
    assert not dialog.second.isVisible() and dialog.submit_button.text() == "Đúng ngày này"
    assert picture == "leap" or f"{'-' if hours < 0 else '+'}08:00" in dialog.doubt.text()
    dialog.submit_button.click()
    qtbot.waitUntil(lambda: window.intake.last_code != "" and window.runner.idle)
    assert window.intake.last_code.startswith(f"H29.12-{day:%y%m%d}-")
    assert "cần xác nhận" not in window.status.text("clock")
    remembered = office.facts.folder / "machine.toml"
    assert remembered.exists() == (picture != "leap")
    window.close()


@pytest.mark.parametrize(
    ("picture", "shown", "words"),
    [
        ("far", noon_in(60), "quá 35 ngày"),
        ("back", noon_in(-3), "Đồng hồ máy"),
    ],
)
def test_two_people_answer_a_far_or_backward_clock(
    office: OfficeSession,
    open_window: Callable[..., MainWindow],
    qtbot: Any,
    picture: str,
    shown: Callable[[], datetime],
    words: str,
) -> None:
    move_clock(office, shown)
    window = open_window(office, started=True)
    type_dossier(window, qtbot)
    dialog = press_f9_and_see_the_question(window, qtbot, picture)
    qtbot.waitUntil(lambda: dialog.second.name.count() == 1)
    assert words in dialog.doubt.text() and dialog.second.isVisible()
    assert dialog.submit_button.text() == "Hai người xác nhận ngày này"
    dialog.submit_button.click()
    qtbot.waitUntil(lambda: dialog.second.secret_box.error != "")
    assert window.intake.last_code == "", "one person alone confirms nothing"
    dialog.reject()
    qtbot.waitUntil(lambda: window.runner.idle)
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    window.close()


def test_two_people_confirm_a_far_clock(
    office: OfficeSession, open_window: Callable[..., MainWindow], qtbot: Any
) -> None:
    move_clock(office, noon_in(60))
    window = open_window(office, started=True)
    type_dossier(window, qtbot)
    dialog = press_f9_and_see_the_question(window, qtbot, "far-confirmed")
    qtbot.waitUntil(lambda: dialog.second.name.count() == 1)
    dialog.second.secret.setText(HAI_PIN)
    dialog.submit_button.click()
    qtbot.waitUntil(lambda: window.intake.last_code != "" and window.runner.idle)
    assert "cần xác nhận" not in window.status.text("clock")
    window.close()


@pytest.mark.parametrize("moved", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=-6000)])
def test_clock_that_moves_during_the_day_stops_numbers_until_it_is_right(
    office: OfficeSession, open_window: Callable[..., MainWindow], qtbot: Any, moved: timedelta
) -> None:
    window = open_window(office, started=True)
    type_dossier(window, qtbot)
    right = office._clock
    office._clock = right._replace(now=lambda: right.now() + moved)
    window.clock_watch.check()
    qtbot.waitUntil(lambda: window.status.text("clock") == "Đồng hồ máy: cần xác nhận ngày")
    assert "ngừng cấp số" in window.banner.text
    press_f9_and_see_the_question(window, qtbot, "moved").reject()
    office._clock = right
    qtbot.waitUntil(lambda: window.clock_watch.dialog is None and window.runner.idle)
    window.clock_watch.check()
    qtbot.waitUntil(lambda: window.status.text("clock") == "")
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != "" and window.runner.idle)
    assert window.intake.last_code.startswith(f"H29.12-{local(right.now()):%y%m%d}-")
    window.close()


def test_year_1970_is_the_fault_of_the_clock(
    office: OfficeSession, open_window: Callable[..., MainWindow], qtbot: Any
) -> None:
    """The banner gives the reason, because no procedure is valid then."""
    move_clock(office, lambda: at("1970-01-01T07:05"))
    window = open_window(office, started=True)
    qtbot.waitUntil(lambda: "01/01/1970" in window.banner.text and window.runner.idle)
    assert "Đồng hồ máy" in window.banner.text and "ngừng cấp số" in window.banner.text
    window.clock_watch.resolve()
    qtbot.waitUntil(lambda: window.clock_watch.dialog is not None and window.runner.idle)
    dialog = window.clock_watch.dialog
    if PICTURES:
        window.grab().save(f"{PICTURES}/clock-1970.png")
    assert dialog.second.isVisible() and "01/01/1970" in dialog.doubt.text()
    dialog.reject()
    window.close()
