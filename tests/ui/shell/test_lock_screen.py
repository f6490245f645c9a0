"""Screen lock: hidden window, ignored scans, change of user."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from shiboken6 import isValid

from app.models.errors import Fault, Refusal
from app.ui.intake.card_compare import CardCompareDialog, Difference
from app.ui.kit.runner import Level
from app.ui.shell.window import MainWindow, build_window
from app.usecases.accounts.signin import SignInName
from app.usecases.intake.check_form import FormDoubt
from tests.support.recording_desk import CODE, RecordingDesk, accepted
from tests.support.xvfb import MISSING_TOOLS, x_server

ROOT = Path(__file__).resolve().parents[3]


class SignInStub:
    """Sign-in and sign-out of a recording desk."""

    def __init__(self, desk: RecordingDesk) -> None:
        self.desk, self.signed_out = desk, 0

    def sign_out(self) -> None:
        self.signed_out += 1

    def sign_in(self, credentials: Any) -> None:
        if credentials.secret != "480217":
            raise Refusal("sign_in_wrong", "secret", name=credentials.name)
        object.__setattr__(self.desk.facts, "actor", credentials.name)


@pytest.fixture
def sign_in_stub(desk: RecordingDesk) -> SignInStub:
    stub = SignInStub(desk)
    desk.sign_in, desk.sign_out = stub.sign_in, stub.sign_out
    return stub


def test_locked_window_is_hidden_and_ignores_scans(
    window: MainWindow, desk: RecordingDesk, sign_in_stub: SignInStub, wait_until_idle: Any, qtbot: Any
) -> None:
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.desk_lock.lock()
    wait_until_idle(window.runner)
    scans = len(desk.queries_of("ReadScan"))
    window.handle_scan("6303260311000078")
    window.scanners.scanned.emit("6303260311000078")
    wait_until_idle(window.runner)
    assert len(desk.queries_of("ReadScan")) == scans and sign_in_stub.signed_out == 1
    assert not window.centralWidget().isVisible()
    dialog = window.desk_lock.dialog
    dialog.secret.setText("000111")
    dialog.submit()
    assert "Sai mật khẩu" in dialog.secret_box.error and window.desk_lock.locked
    dialog.reject()
    assert dialog.isVisible(), "Esc does not unlock"
    dialog.name.setCurrentText("Lê Hoàng Phúc")
    dialog.secret.setText("480217")
    dialog.submit()
    wait_until_idle(window.runner)
    assert not window.desk_lock.locked and window.centralWidget().isVisible()
    assert window.header.actor.text().startswith("Lê Hoàng Phúc")
    assert "dossier" not in window.pages.created and window.current_page_name == "intake"
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_another_user_sees_no_person_of_the_former_one(
    window: MainWindow, desk: RecordingDesk, sign_in_stub: SignInStub, wait_until_idle: Any
) -> None:
    """Only the half-filled form stays, which the desk hands over."""
    intake = window.intake
    intake.saved_banner.show_dossier(accepted(), "Đào Thị Ẫm")
    intake.last_people, intake.person_codes = {"applicant": {"name": "Đào Thị Ẫm"}}, (CODE,)
    intake.doubt_bar.ask((FormDoubt("applicant.name", "Họ tên «Đào Thị Ẫm» …", True),))
    intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.desk_lock.lock()
    wait_until_idle(window.runner)
    intake.post_message(Level.WARNING, "Lời về Đào Thị Ẫm, đến sau khi khóa.")
    dialog = window.desk_lock.dialog
    dialog.name.setCurrentText("Lê Hoàng Phúc")
    dialog.secret.setText("480217")
    dialog.submit()
    wait_until_idle(window.runner)
    window.go_to_page("intake")
    labels = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert not [text for text in labels if "Đào Thị Ẫm" in text]
    window.intake.continue_with_person()
    assert intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_training_office_is_not_locked(window: MainWindow, desk: RecordingDesk, sign_in_stub: SignInStub) -> None:
    object.__setattr__(desk.facts, "training", True)
    window.desk_lock.lock()
    assert not window.desk_lock.locked and sign_in_stub.signed_out == 0


def test_disabled_idle_lock_stays_disabled_after_sign_in(
    translated_app: Any, desk: RecordingDesk, sign_in_stub: SignInStub, wait_until_idle: Any, qtbot: Any
) -> None:
    object.__setattr__(desk.facts, "office", replace(desk.facts.office, lock_after=0))
    window = build_window(desk)
    qtbot.addWidget(window)
    window.show()
    window.desk_lock.lock()
    wait_until_idle(window.runner)
    window.desk_lock.dialog.secret.setText("480217")
    window.desk_lock.dialog.submit()
    wait_until_idle(window.runner)
    assert not window.desk_lock.locked and not window.desk_lock._idle_timer.isActive()
    window.close()


def test_scan_restarts_idle_timer(window: MainWindow, desk: RecordingDesk, wait_until_idle: Any) -> None:
    window.desk_lock._idle_timer.stop()
    window.handle_scan("6303260311000078")
    wait_until_idle(window.runner)
    assert window.desk_lock._idle_timer.isActive()


@pytest.mark.parametrize("user", ["Trần Thị Bình · Cán bộ tiếp nhận", "Lê Hoàng Phúc"])
def test_lock_hides_dialogs_and_popups(
    window: MainWindow, desk: RecordingDesk, sign_in_stub: SignInStub, wait_until_idle: Any, user: str
) -> None:
    """The same user continues with the dialog; for another user it is closed."""
    window.go_to_page("intake")
    card = CardCompareDialog((Difference("name", "Dao", "ĐÀO THỊ ẪM", "Đào Thị Ẫm"),), lambda _taken: None, window)
    card.open()
    menu = QMenu("Đào Thị Ẫm", window)
    menu.addAction("Đào Thị Ẫm")
    menu.popup(QPoint(5, 5))
    desk.answers["ListSignInNames"] = (
        SignInName("Trần Thị Bình · Cán bộ tiếp nhận", False),
        SignInName("Lê Hoàng Phúc", False),
    )
    window.desk_lock.lock()
    wait_until_idle(window.runner)
    dialog = window.desk_lock.dialog
    visible = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert [widget for widget in visible if widget not in (window, dialog)] == [] and dialog.isVisible()
    dialog.name.setCurrentText(user)
    dialog.secret.setText("480217")
    dialog.submit()
    wait_until_idle(window.runner)
    assert (isValid(card) and card.isVisible()) == (user != "Lê Hoàng Phúc")
    if isValid(card):
        card.reject()


def test_sign_in_without_readable_names(
    window: MainWindow, desk: RecordingDesk, sign_in_stub: SignInStub, wait_until_idle: Any
) -> None:
    desk.answers["ListSignInNames"] = Fault("file_locked")
    window.desk_lock.lock()
    wait_until_idle(window.runner)
    assert window.desk_lock.dialog.isVisible() and window.desk_lock.dialog.name.isEditable()
    window.desk_lock.dialog.name.setEditText("Lê Hoàng Phúc")
    window.desk_lock.dialog.secret.setText("480217")
    window.desk_lock.dialog.submit()
    wait_until_idle(window.runner)
    assert not window.desk_lock.locked


_CLIPBOARD_PROGRAM = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from app.ui.shell.lock_screen import clear_own_clipboard
application = QApplication([])
clipboard = QGuiApplication.clipboard()
clipboard.setText("Phung Van Dat")
print(clipboard.text(), clipboard.ownsClipboard())
clear_own_clipboard()
print(repr(clipboard.text()))
"""


@pytest.mark.posix
@pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}")
def test_own_clipboard_is_cleared() -> None:
    with x_server() as name:
        environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", _CLIPBOARD_PROGRAM]
        result = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert result.stdout.split("\n")[:2] == ["Phung Van Dat True", "''"]
