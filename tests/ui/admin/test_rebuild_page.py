"""The register rebuilt at the window: two people open it, papers are scanned, each is told taken or not."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import found, open_office
from app.keys.recovery import new_recovery_key
from app.models.enums import PaperForm, Role
from app.models.errors import Fault
from app.ui.admin.rebuild_page import RebuildPage
from app.ui.shell.window import MainWindow, build_window
from app.usecases.accounts.signin import Vouchers
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.rebuild import Rebuilding, Rebuilt, page_code
from tests.support.offices import ADMIN, OFFICE, PASSWORD, opened, real_hour
from tests.support.pdf_reading import codes
from tests.support.recording_desk import NOW, RecordingDesk

HAI, HAI_PIN = "Lê Văn Hai", "480217"
OPEN = Rebuilding(NOW + timedelta(hours=12), HAI, 3)


def told(page: RebuildPage) -> tuple[int, ...]:
    """Rebuilt, known, half scanned, refused."""
    return tuple(int(each.text()) for each in page.figures.values())


@pytest.fixture
def lost(real_folder: Path) -> Iterator[tuple[Any, list[str], str, str]]:
    """The window of an office founded anew after its disk was lost; what its two papers and its recovery page say."""
    recovery = new_recovery_key()
    with opened(real_folder, ADMIN) as desk:
        page = desk.office.read(page_code, recovery)
        texts = []
        for name in ("Đào Thị Ẫm", "Hờ A Ký"):
            code = desk.take_in(real_hour(), applicant={"kind": "citizen", "name": name}).code
            pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), real_hour()).pdf
            texts += sorted((text for kind, text in codes(pdf)[0] if kind == "QR Code"), reverse=True)
    shutil.rmtree(real_folder)
    found(real_folder, OFFICE, False, None, PASSWORD)
    with opened(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN), HAI, HAI_PIN)
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    yield office, texts, page, recovery
    office.close()


def test_a_lost_register_comes_back_scan_by_scan(speaking: Any, lost: Any, qtbot: Any, settled: Any) -> None:
    office, (first, first_kept, second, second_kept), page_text, recovery = lost
    window = build_window(office)
    qtbot.addWidget(window)
    window.show()
    window.go("office")
    window.findChild(QPushButton, "office.rebuild").click()
    settled(window.runner)
    page = window.rebuild
    assert window.here == "rebuild" and page.shut.isVisible()
    window.read_scan(first_kept)
    settled(window.runner)
    assert "Hai người mở" in window.banner.text
    page.second.secret.setText("000000")
    page.begin.click()
    settled(window.runner)
    assert page.second.secret_box.error != "" and page.shut.isVisible()
    page.second.secret.setText(HAI_PIN)
    page.begin.click()
    settled(window.runner)
    settled(window.runner)
    assert page.open.isVisible() and HAI in page.until.text() and not page.end.hasFocus()
    for text in (first, first_kept, "048190004217|x", page_text):
        window.read_scan(text)
    settled(window.runner)
    assert told(page) == (0, 0, 0, 3)
    assert not any("0481900" in each.paper for each in page.model.rows), "nobody's number in the list"
    page.recovery.setText(new_recovery_key())
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    settled(window.runner)
    assert "khóa" in page.recovery_box.error.lower()
    page.recovery.setText(recovery.lower())
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    settled(window.runner)
    assert page.recovery_box.isHidden() and page.recovery.text() == ""
    for text in (first, second, first_kept, first_kept):
        window.read_scan(text)
    settled(window.runner)
    assert told(page) == (1, 0, 1, 1)
    assert "Đ… T… Ẫ…" in page.last.text() and "quét lại" in page.last.text()
    window.read_scan(second_kept)
    settled(window.runner)
    assert told(page) == (2, 0, 0, 1) and "đã dựng lại" in page.last.text()
    window.close()


def test_left_and_taken_up_again_then_closed(window: MainWindow, desk: RecordingDesk, settled: Any) -> None:
    desk.answers |= {"AskRebuilding": OPEN, "CloseRebuilding": OPEN}
    desk.answers["RebuildDossier"] = Rebuilt("H29.12-260311-0007", "known", "L… T… É…")
    window.go("rebuild")
    settled(window.runner)
    page = window.rebuild
    assert told(page) == (3, 0, 0, 0) and not page.shut.isVisible()
    window.read_scan("MC1:ABC")
    settled(window.runner)
    window.go("worklist")
    window.read_scan("6303260311000078")
    settled(window.runner)
    assert len(desk.of("RebuildDossier")) == 1, "elsewhere a scan is a scan"
    window.go("rebuild")
    settled(window.runner)
    assert told(page) == (3, 1, 0, 0)
    page.end.click()
    settled(window.runner)
    assert "dựng lại 3 hồ sơ" in window.banner.text and page.shut.isVisible()


def test_what_the_disk_did_not_take_is_scanned_again(window: MainWindow, desk: RecordingDesk, settled: Any) -> None:
    desk.answers |= {"AskRebuilding": OPEN, "RebuildDossier": Fault("disk_full")}
    window.go("rebuild")
    settled(window.runner)
    window.read_scan("MC1:ABC")
    settled(window.runner)
    assert "Quét lại" in window.rebuild.last.text() and "đĩa" in window.banner.text.lower()
    assert told(window.rebuild) == (3, 0, 0, 0)


def test_nobody_else_to_open_it_with(window: MainWindow, desk: RecordingDesk, settled: Any) -> None:
    desk.answers |= {"AskRebuilding": Rebuilding(None, None, 0), "AskVouchers": Vouchers(True, True, ())}
    window.go("rebuild")
    settled(window.runner)
    assert not window.rebuild.begin.isEnabled() and window.rebuild.second.nobody.isVisible()


def test_only_who_may_restore_sees_the_way(window: MainWindow, desk: RecordingDesk) -> None:
    object.__setattr__(desk.facts, "rights", frozenset())
    assert window.pages["office"].findChild(QPushButton, "office.rebuild") is None
