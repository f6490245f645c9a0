"""Tests of the users page on a real office."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import open_office
from app.models.enums import Role
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.ui.admin.own_password import OwnPasswordDialog
from app.ui.shell.window import MainWindow
from app.usecases.accounts.users import AddUser, ListUsers, add_user, list_users
from tests.support.offices import ADMIN, PASSWORD

HAI, PIN, OTHER = "Lê Văn Hai", "480217", "Mưa rào 19 lần"


@pytest.fixture
def office(real_folder: Path) -> Iterator[OfficeSession]:
    """Yield a real office with its administrator signed in."""
    session = open_office(real_folder, ADMIN, None, PASSWORD)
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Return the window of the office on the users page."""
    return open_window(office, "people")


def sign_in_code(folder: Path, name: str, secret: str) -> str:
    """Return the code of the refusal, or an empty text."""
    try:
        open_office(folder, name, None, secret).close()
    except Refusal as refusal:
        return refusal.code
    return ""


def test_user_is_added_changed_and_disabled(
    window: MainWindow, office: OfficeSession, wait_until_idle: Callable[[Any], None], qtbot: Any
) -> None:
    page = window.people
    page.add.click()
    QTest.keyClicks(page.form.name, "X")
    page.form.name.setText(HAI)
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    page.form.main_role.setCurrentIndex(page.form.main_role.findData(Role.OFFICER))
    page.form.other_roles[Role.CASHIER].setChecked(True)
    page.form.submit()
    assert page.form.secret_box.error
    page.form.secret.setText("111111")
    page.form.again.setText("111111")
    page.form.submit()
    qtbot.waitUntil(lambda: "dễ đoán" in page.form.secret_box.error)
    page.form.secret.setText(PIN)
    page.form.again.setText(PIN)
    page.form.submit_button.click()
    qtbot.waitUntil(lambda: page.form is None)
    hai = next(each for each in office.read(list_users, ListUsers()) if each.name == HAI)
    assert (hai.role, hai.also) == (Role.OFFICER, (Role.CASHIER,))
    assert sign_in_code(office.folder, HAI, PIN) == ""
    page.begin_change(hai)
    page.form.main_role.setCurrentIndex(page.form.main_role.findData(Role.CLERK))
    page.form.submit_button.click()
    qtbot.waitUntil(lambda: page.form is None)
    hai = next(each for each in office.read(list_users, ListUsers()) if each.name == HAI)
    assert hai.role == Role.CLERK and sign_in_code(office.folder, HAI, PIN) == "", "other roles, the same PIN"
    page.begin_change(hai)
    page.form.secret.setText(OTHER)
    page.form.again.setText(OTHER)
    page.form.submit_button.click()
    qtbot.waitUntil(lambda: page.form is None)
    assert sign_in_code(office.folder, HAI, PIN) != "" and sign_in_code(office.folder, HAI, OTHER) == ""
    page.table.selectRow([line.name for line in page.model.rows].index(HAI))
    page.disable.click()
    qtbot.waitUntil(lambda: not next(each for each in page.model.rows if each.name == HAI).active)
    assert sign_in_code(office.folder, HAI, OTHER) != ""
    assert page.disable.text() == "Cho làm việc lại"
    page.disable.click()
    page.form.submit_button.click()
    assert page.form.secret_box.error, "a disabled user gets a new password"
    page.form.secret.setText(PIN)
    page.form.again.setText(PIN)
    page.form.submit_button.click()
    qtbot.waitUntil(lambda: page.form is None)
    hai = next(each for each in page.model.rows if each.name == HAI)
    assert hai.active and hai.role == Role.CLERK and sign_in_code(office.folder, HAI, PIN) == ""
    page.table.selectRow([line.name for line in page.model.rows].index(ADMIN))
    assert page.disable.text() == "Ngừng làm việc"
    page.disable.click()
    qtbot.waitUntil(lambda: "người quản trị cuối cùng" in window.banner.text)
    wait_until_idle(window.runner)


def test_own_password_change_requires_current_password(window: MainWindow, office: OfficeSession, qtbot: Any) -> None:
    window.go_to_page("office")
    window.findChild(QPushButton, "office.ownPassword").click()
    (dialog,) = window.findChildren(OwnPasswordDialog)
    for typed, box in ((("sai hẳn rồi", OTHER), "former_box"), ((PASSWORD, "ngắn"), "new_box")):
        dialog.former.setText(typed[0])
        for field in (dialog.new, dialog.again):
            field.setText(typed[1])
        dialog.submit_button.click()
        qtbot.waitUntil(lambda box=box: getattr(dialog, box).error != "")
        dialog.former_box.clear_error()
    dialog.former.setText(PASSWORD)
    for field in (dialog.new, dialog.again):
        field.setText(OTHER)
    with qtbot.waitSignal(dialog.changed):
        dialog.submit_button.click()
    assert sign_in_code(office.folder, ADMIN, PASSWORD) != "" and sign_in_code(office.folder, ADMIN, OTHER) == ""


def test_head_sees_list_without_commands(
    office: OfficeSession, real_folder: Path, open_window: Callable[..., MainWindow]
) -> None:
    head = "Đỗ Văn Trưởng"
    office.write_password(add_user, AddUser(head, Role.HEAD, secret=PIN), head, PIN)
    session = open_office(real_folder, head, None, PIN)
    window = open_window(session, "people")
    page = window.people
    assert not any(each.isVisible() for each in (page.add, page.change, page.disable))
    page.begin_change(page.table.current)
    assert page.form is None
    window.close()
    session.close()
