"""Intake and dossier pages with real use cases and databases."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.bootstrap import open_office
from app.models.enums import Action, PaperForm, Role, Status
from app.office.session import OfficeSession
from app.services.dossier_detail import ShowDossier
from app.services.intake.command import AcceptDossier
from app.ui.shell.window import MainWindow
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import ADMIN, MORNING, PASSWORD, SAME_DAY, intake_line, machine_now, show_dossier

WaitUntilIdle = Callable[[Any], None]
OpenWindow = Callable[..., MainWindow]
TABLE = (
    "code\tname\tfield\tlimit\tunit\tfee_vnd\tpapers\tchannel_limits\tboundary_free\n"
    "9.000001\tXác nhận việc thử nghiệm\tThử\t5\tworking_day\t12000\tsubmit|1|0|Đơn\tonline:2\ttrue\n"
)


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office with a procedure whose term and fee vary."""
    session = open_office(training_folder, "", MORNING)
    session.write(import_catalogue, ImportCatalogue(TABLE))
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: OpenWindow) -> MainWindow:
    """Window of the office."""
    return open_window(office, started=True)


def choose_procedure(window: MainWindow, code: str, qtbot: Any) -> None:
    """Choose a procedure by its code and Enter."""
    form = window.intake.form
    form.procedure.setFocus()
    QTest.keyClicks(form.procedure, code)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.chosen is not None and form.chosen.code == code)


def accept_dossier_by_keys(window: MainWindow, code: str, name: str, wait_until_idle: WaitUntilIdle, qtbot: Any) -> str:
    """Accept a dossier by F9 and return its code."""
    before = window.intake.last_code
    choose_procedure(window, code, qtbot)
    window.intake.form.submitter.name.setText(name)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != before)
    wait_until_idle(window.runner)
    return window.intake.last_code


def test_promise_follows_channel_quantity_exemption_and_agency(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    panel, form = window.intake.side_panel, window.intake.form
    choose_procedure(window, "9.000001", qtbot)
    qtbot.waitUntil(lambda: "23/02/2026" in panel._due.text())
    form.channel.set_value("online")
    qtbot.waitUntil(lambda: "11/02/2026" in panel._due.text())
    form.quantity.setValue(2)
    qtbot.waitUntil(lambda: panel._fee.text() == "24.000 đ")
    form.terms.exempt_tick.setChecked(True)
    qtbot.waitUntil(lambda: panel._fee.text() == "Được miễn")
    form.terms.elsewhere_tick.setChecked(True)
    QTest.keyClicks(form.terms.boxes["settled_by"].inner, "UBND xa Ben Kia")
    qtbot.waitUntil(lambda: panel._due.text() == "Chưa hẹn được ngày")


def test_certified_copies_are_priced_per_page(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    form = window.intake.form
    choose_procedure(window, SAME_DAY, qtbot)
    assert form.pages is not None
    form.pages.setValue(5)
    form.quantity.setValue(3)
    qtbot.waitUntil(lambda: window.intake.side_panel._fee.text() == "21.000 đ")
    form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    wait_until_idle(window.runner)
    assert office.read(show_dossier, ShowDossier(window.intake.last_code)).fee.amount == 21000


def test_frequent_procedures_keep_their_digits(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    frequent = window.intake.form.papers_part.frequent
    assert frequent.lines == ()
    accept_dossier_by_keys(window, "9.000001", "Phùng Văn Đạt", wait_until_idle, qtbot)
    qtbot.waitUntil(lambda: [line.code for line in frequent.lines] == ["9.000001"])
    for name in ("Đặng Thị Hồng Nhạn", "Lâm Thị Bích Ngà"):
        accept_dossier_by_keys(window, SAME_DAY, name, wait_until_idle, qtbot)
    qtbot.waitUntil(lambda: [line.code for line in frequent.lines] == ["9.000001", SAME_DAY])
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [line.code for line in frequent.lines] == [SAME_DAY, "9.000001"])


def test_known_citizen_needs_fourteen_keys(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    """Ctrl+1, twelve digits, and F9 before the look-up has ended."""
    window.intake.form.submitter.fill({"id_number": "048199004217", "phone": "0905 000 111"})
    first = accept_dossier_by_keys(window, "9.000001", "Huỳnh Thị Ẫm Ỷ", wait_until_idle, qtbot)
    qtbot.waitUntil(lambda: bool(window.intake.form.papers_part.frequent.lines))
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert field is window.intake.form.submitter.id_number
    QTest.keyClicks(field, "048199004217")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != first)
    wait_until_idle(window.runner)
    detail = office.read(show_dossier, ShowDossier(window.intake.last_code))
    assert (detail.applicant["name"], detail.applicant["phone"]) == ("Huỳnh Thị Ẫm Ỷ", "0905 000 111")


def test_f9_after_unknown_number_requires_name(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    choose_procedure(window, SAME_DAY, qtbot)
    form = window.intake.form
    form.submitter.id_number.setFocus()
    QTest.keyClicks(form.submitter.id_number, "048199004217")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: form.submitter.boxes["name"].error != "")
    assert QApplication.focusWidget() is form.submitter.name
    assert window.intake.last_code == ""


def test_dossiers_of_one_person_share_a_receipt(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    first = accept_dossier_by_keys(window, "9.000001", "Phùng Văn Đạt", wait_until_idle, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert window.runner.idle, "a single dossier has its own receipt"
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    choose_procedure(window, SAME_DAY, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != first)
    wait_until_idle(window.runner)
    second = window.intake.last_code
    QTest.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(window.runner)
    for code in (first, second):
        forms = [line.form for line in office.read(show_dossier, ShowDossier(code)).prints]
        assert forms.count(PaperForm.BATCH) == 2
    third = accept_dossier_by_keys(window, SAME_DAY, "Lâm Thị Bích Ngà", wait_until_idle, qtbot)
    assert window.intake.person_codes == (third,)


def test_dossier_is_voided_and_reissued(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    choose_procedure(window, "9.000001", qtbot)
    form = window.intake.form
    form.terms.exempt_tick.setChecked(True)
    QTest.keyClicks(form.terms.boxes["exempt"].inner, "ho ngheo")
    form.quantity.setValue(2)
    form.submitter.name.setText("Phung Van Dat")
    window.intake.save()
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    old = window.intake.last_code
    wait_until_idle(window.runner)
    window.open_dossier(old)
    wait_until_idle(window.runner)
    window.findChild(QPushButton, "act.void").click()
    action_form = window.dossier.action_form
    assert action_form is not None
    QTest.keyClicks(action_form.boxes["note"].inner, "ghi sai ten")
    window.findChild(QPushButton, "act.again").click()
    wait_until_idle(window.runner)
    qtbot.waitUntil(lambda: form.replaces == old and form.chosen is not None)
    assert window.current_page_name == "intake"
    assert (form.submitter.name.text(), form.quantity.value(), form.read()["exempt"]) == (
        "Phung Van Dat",
        2,
        "ho ngheo",
    )
    form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != old)
    wait_until_idle(window.runner)
    new = window.intake.last_code
    before, after = (office.read(show_dossier, ShowDossier(code)) for code in (old, new))
    assert (before.status, before.replaced_by, after.replaces) == (Status.VOID, new, old)
    assert (after.applicant["name"], after.fee.amount) == ("Phùng Văn Đạt", 0)
    window.handle_scan(before.key)
    wait_until_idle(window.runner)
    qtbot.waitUntil(lambda: window.current_page_name == "dossier" and window.dossier.detail is not None)
    assert window.dossier.code == new
    assert old in window.banner.text and "hủy" in window.banner.text
    assert f"Cấp thay cho: {old}" in window.dossier._facts.text()


def test_void_dossier_can_be_reissued_later(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    old = accept_dossier_by_keys(window, "9.000001", "Phùng Văn Đạt", wait_until_idle, qtbot)
    window.open_dossier(old)
    wait_until_idle(window.runner)
    window.findChild(QPushButton, "act.void").click()
    form = window.dossier.action_form
    assert form is not None
    form.submit_button.click()
    assert form.boxes["note"].error
    QTest.keyClicks(form.boxes["note"].inner, "nham")
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    window.intake.form.submitter.name.setText("Lâm Thị Bích Ngà")
    reissue_button = window.findChild(QPushButton, "act.issueAgain")
    reissue_button.click()
    wait_until_idle(window.runner)
    assert window.intake.form.submitter.name.text() == "Lâm Thị Bích Ngà", "typed values are not overwritten"
    window.intake.form.clear()
    window.go_to_page("dossier")
    reissue_button.click()
    qtbot.waitUntil(lambda: window.intake.form.replaces == old)


def set_to_noon(office: OfficeSession) -> None:
    """Set the session's wall clock to noon of the next day.

    Midnight would change the day that two people confirm.
    """
    clock, now = office._clock, machine_now()
    ahead = now.replace(hour=12, minute=0, second=0) + timedelta(days=1) - now
    office._clock = clock._replace(now=lambda: clock.now() + ahead)
    office._opened_at += ahead


def test_clock_jump_stops_numbering_until_confirmed(
    real_folder: Path, open_window: OpenWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    set_to_noon(office)
    office.write(add_user, AddUser("Lê Hoàng Phúc", Role.HEAD, secret="480217"))
    window = open_window(office, started=True)
    assert window.status.text("clock") == ""
    office._opened_at -= timedelta(minutes=15, seconds=30)  # as if the wall clock had jumped since the start
    window.clock_watch.timer.timeout.emit()
    wait_until_idle(window.runner)
    assert "15 phút" in window.banner.text
    choose_procedure(window, SAME_DAY, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(
        lambda: window.clock_watch.dialog is not None and window.clock_watch.dialog.second.name.count() == 1
    )
    assert window.intake.last_code == ""
    window.clock_watch.dialog.submit_button.click()
    qtbot.waitUntil(lambda: window.clock_watch.dialog.second.secret_box.error != "")
    window.clock_watch.dialog.second.secret.setText("480217")
    window.clock_watch.dialog.submit_button.click()
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    wait_until_idle(window.runner)
    window.clock_watch.resolve()
    qtbot.waitUntil(lambda: window.clock_watch.dialog is not None)
    assert window.clock_watch.dialog.accepted_codes.item(0).text() == window.intake.last_code
    window.clock_watch.dialog.reject()
    window.close()
    office.close()


def test_void_requires_password_of_second_user(
    real_folder: Path, open_window: OpenWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    office.write(add_user, AddUser("Lê Hoàng Phúc", Role.HEAD, secret="480217"))
    office.write(add_user, AddUser("Phan Văn Xét", Role.AUDITOR, secret="480217"))
    office.write(add_user, AddUser("Vũ Thị Mới", Role.CLERK))
    code = office.write(accept_dossier, AcceptDossier.read(intake_line(), machine_now().date())).code
    window = open_window(office, started=True)
    window.open_dossier(code)
    qtbot.waitUntil(lambda: window.dossier.detail is not None)
    window.dossier.begin_action(Action.VOID)
    form = window.dossier.action_form
    qtbot.waitUntil(lambda: form.second.name.count() > 0)
    assert [form.second.name.itemText(n) for n in range(form.second.name.count())] == ["Lê Hoàng Phúc"]
    form.boxes["note"].inner.setText("Nhận nhầm thủ tục")
    form.submit_button.click()
    qtbot.waitUntil(lambda: form.second.secret_box.error != "")
    form.second.secret.setText("000111")
    form.submit_button.click()
    qtbot.waitUntil(lambda: "Sai" in form.second.secret_box.error)
    form.second.secret.setText("480217")
    form.submit_button.click()
    qtbot.waitUntil(lambda: window.dossier.detail.status == Status.VOID)
    wait_until_idle(window.runner)
    window.close()
    office.close()
