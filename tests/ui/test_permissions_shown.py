"""Rail items, actions and buttons that a role may not use are absent."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import open_office
from app.models.enums import Action, Role
from app.models.instants import local_day
from app.models.rights import rights_of
from app.services.intake.command import AcceptDossier
from app.services.permissions import DECLARED_RIGHT
from app.ui.shell.chrome import NAV_ITEMS, pages_for
from app.ui.shell.window import build_window
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.citizens.queue import take_ticket
from app.usecases.dossiers.day_start import get_day_start
from app.usecases.dossiers.queries import ListReceived, list_received, list_work, search_dossiers
from app.usecases.intake.accept import accept_dossier
from app.usecases.reporting.charts import chart_report
from app.usecases.sync.status import sync_status
from tests.support.offices import ADMIN, desk_session, intake_line, machine_now

PIN = "480217"
FIRST_USE_CASES = {
    "intake": accept_dossier,
    "worklist": list_work,
    "start": get_day_start,
    "lookup": search_dossiers,
    "reports": chart_report,
    "registers": list_received,
    "sync": sync_status,
    "citizens": take_ticket,
}


@pytest.mark.parametrize("page", FIRST_USE_CASES)
def test_rail_item_requires_right_of_its_use_case(page: str) -> None:
    item = next(item for item in NAV_ITEMS if item.page == page)
    assert item.requires == getattr(FIRST_USE_CASES[page], DECLARED_RIGHT)


def test_every_role_has_a_home_page() -> None:
    for role in Role:
        assert pages_for(rights_of([role]))[0] != "help", role


@pytest.mark.parametrize(
    ("role", "absent", "actions"),
    [
        (Role.AUDITOR, {"intake", "citizens"}, set()),
        (Role.CASHIER, {"intake"}, {Action.PAY}),
    ],
)
def test_forbidden_pages_and_actions_are_absent(
    translated_app: Any, real_folder: Path, qtbot: Any, role: Role, absent: set[str], actions: set[Action]
) -> None:
    name = "Phan Văn Xét"
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(name, role, secret=PIN), name, PIN)
        accepted = desk.office.write(accept_dossier, AcceptDossier.read(intake_line(), machine_now().date()))
    code, day = accepted.code, local_day(accepted.received_at)
    office = open_office(real_folder, name, None, PIN)
    window = build_window(office)
    qtbot.addWidget(window)
    window.show()
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.runner.idle and hasattr(window, "backups"))
    assert {page for page, button in window.rail._buttons.items() if not button.isVisible()} == absent
    assert window.current_page_name == "worklist" and window.banner.text == ""
    window.go_if_allowed("intake")
    assert window.current_page_name == "worklist"
    window.open_dossier(code)
    qtbot.waitUntil(lambda: window.dossier.detail is not None)
    assert set(window.dossier.action_bar.allowed) == actions
    window.go_to_page("office")
    backup = window.findChild(QPushButton, "backup.now")
    assert backup.isVisible() == (role != Role.AUDITOR)
    window.close()
    assert code in {line.code for line in office.read(list_received, ListReceived(day, day))}
    office.close()


def test_kiosk_user_sees_citizens_page_without_errors(translated_app: Any, real_folder: Path, qtbot: Any) -> None:
    name = "Máy Sảnh Một"
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(name, Role.KIOSK, secret=PIN), name, PIN)
        accepted = desk.office.write(accept_dossier, AcceptDossier.read(intake_line(), machine_now().date()))
    office = open_office(real_folder, name, None, PIN)
    window = build_window(office)
    qtbot.addWidget(window)
    window.show()
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.runner.idle and hasattr(window, "backups"))
    page = window.citizens
    assert window.current_page_name == "citizens" and window.banner.text == ""
    assert not page.queue.next.isVisible() and not page.register.isVisible()
    page.show_part("ratings")
    assert page.code.isVisible() and not window.lookup_field.isVisible()
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F10):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert window.current_page_name == "citizens" and window.banner.text == ""
    window.handle_scan(accepted.key)
    qtbot.waitUntil(lambda: window.runner.idle)
    kiosk = window.scan_router.kiosk
    assert window.banner.text == "" and kiosk is not None and kiosk.code == accepted.code
    kiosk.force_close()
    window.close()
    office.close()
