"""Tests of the page that rebuilds the register from papers."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import create_office, open_office
from app.keys.recovery import new_recovery_key
from app.models.enums import PaperForm, Role
from app.models.errors import Fault
from app.ui.admin.rebuild_page import RebuildPage
from app.ui.shell.window import MainWindow, build_window
from app.usecases.accounts.signin import Approvers
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.rebuild import Rebuilding, RebuildResult, page_code
from tests.support.offices import ADMIN, OFFICE, PASSWORD, desk_session, machine_now
from tests.support.pdf_reading import scan_codes
from tests.support.recording_desk import NOW, RecordingDesk

HAI, HAI_PIN = "Lê Văn Hai", "480217"
OPEN = Rebuilding(NOW + timedelta(hours=12), HAI, 3)


def figures(page: RebuildPage) -> tuple[int, ...]:
    """Return the counts: rebuilt, known, half scanned, refused."""
    return tuple(int(each.text()) for each in page.figures.values())


@pytest.fixture
def lost_office(real_folder: Path) -> Iterator[tuple[Any, list[str], str, str]]:
    """Yield an office created again after the loss of its disk.

    The other values are the codes of two papers, the code of the recovery page and the recovery key.
    """
    recovery = new_recovery_key()
    with desk_session(real_folder, ADMIN) as desk:
        page = desk.office.read(page_code, recovery)
        texts = []
        for name in ("Đào Thị Ẫm", "Hờ A Ký"):
            code = desk.take_in(machine_now(), applicant={"kind": "citizen", "name": name}).code
            pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), machine_now()).pdf
            texts += sorted((text for kind, text in scan_codes(pdf)[0] if kind == "QR Code"), reverse=True)
    shutil.rmtree(real_folder)
    create_office(real_folder, OFFICE, False, None, PASSWORD)
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN), HAI, HAI_PIN)
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    yield office, texts, page, recovery
    office.close()


def test_lost_register_is_rebuilt_by_scans(
    translated_app: Any, lost_office: Any, qtbot: Any, wait_until_idle: Any
) -> None:
    office, (first, first_copy, second, second_copy), page_text, recovery = lost_office
    window = build_window(office)
    qtbot.addWidget(window)
    window.show()
    window.go_to_page("office")
    window.findChild(QPushButton, "office.rebuild").click()
    wait_until_idle(window.runner)
    page = window.rebuild
    assert window.current_page_name == "rebuild" and page.closed_card.isVisible()
    window.handle_scan(first_copy)
    wait_until_idle(window.runner)
    assert "Hai người mở" in window.banner.text
    page.second.secret.setText("000000")
    page.begin_button.click()
    wait_until_idle(window.runner)
    assert page.second.secret_box.error != "" and page.closed_card.isVisible()
    page.second.secret.setText(HAI_PIN)
    page.begin_button.click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert page.open_card.isVisible() and HAI in page.until.text() and not page.end_button.hasFocus()
    for text in (first, first_copy, "048190004217|x", page_text):
        window.handle_scan(text)
    wait_until_idle(window.runner)
    assert figures(page) == (0, 0, 0, 3)
    assert not any("0481900" in each.paper for each in page.model.rows), "no personal number in the list"
    page.recovery.setText(new_recovery_key())
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert "khóa" in page.recovery_box.error.lower()
    page.recovery.setText(recovery.lower())
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert page.recovery_box.isHidden() and page.recovery.text() == ""
    for text in (first, second, first_copy, first_copy):
        window.handle_scan(text)
    wait_until_idle(window.runner)
    assert figures(page) == (1, 0, 1, 1)
    assert "Đ… T… Ẫ…" in page.last.text() and "quét lại" in page.last.text()
    window.handle_scan(second_copy)
    wait_until_idle(window.runner)
    assert figures(page) == (2, 0, 0, 1) and "đã dựng lại" in page.last.text()
    window.close()


def test_rebuilding_continues_after_leaving_page_and_ends(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    desk.answers |= {"GetRebuilding": OPEN, "CloseRebuilding": OPEN}
    desk.answers["RebuildDossier"] = RebuildResult("H29.12-260311-0007", "known", "L… T… É…")
    window.go_to_page("rebuild")
    wait_until_idle(window.runner)
    page = window.rebuild
    assert figures(page) == (3, 0, 0, 0) and not page.closed_card.isVisible()
    window.handle_scan("MC1:ABC")
    wait_until_idle(window.runner)
    window.go_to_page("worklist")
    window.handle_scan("6303260311000078")
    wait_until_idle(window.runner)
    assert len(desk.queries_of("RebuildDossier")) == 1, "other pages submit no scan to the rebuilding"
    window.go_to_page("rebuild")
    wait_until_idle(window.runner)
    assert figures(page) == (3, 1, 0, 0)
    page.end_button.click()
    wait_until_idle(window.runner)
    assert "dựng lại 3 hồ sơ" in window.banner.text and page.closed_card.isVisible()


def test_scan_refused_by_disk_is_to_be_repeated(window: MainWindow, desk: RecordingDesk, wait_until_idle: Any) -> None:
    desk.answers |= {"GetRebuilding": OPEN, "RebuildDossier": Fault("disk_full")}
    window.go_to_page("rebuild")
    wait_until_idle(window.runner)
    window.handle_scan("MC1:ABC")
    wait_until_idle(window.runner)
    assert "Quét lại" in window.rebuild.last.text() and "đĩa" in window.banner.text.lower()
    assert figures(window.rebuild) == (3, 0, 0, 0)


def test_begin_is_disabled_without_second_person(window: MainWindow, desk: RecordingDesk, wait_until_idle: Any) -> None:
    desk.answers |= {"GetRebuilding": Rebuilding(None, None, 0), "ListApprovers": Approvers(True, True, ())}
    window.go_to_page("rebuild")
    wait_until_idle(window.runner)
    assert not window.rebuild.begin_button.isEnabled() and window.rebuild.second.no_approver.isVisible()


def test_rebuild_link_requires_restore_right(window: MainWindow, desk: RecordingDesk) -> None:
    object.__setattr__(desk.facts, "rights", frozenset())
    assert window.pages["office"].findChild(QPushButton, "office.rebuild") is None
