"""The intake page before a real office: what it asks is answered by the use cases, what it saves lies in the
database."""

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
from app.office.session import OpenOffice
from app.services.dossier_detail import ShowDossier
from app.services.intake.command import AcceptDossier
from app.ui.shell.window import MainWindow, build_window
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.dossiers.queries import show_dossier
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import ADMIN, MORNING, PASSWORD, SAME_DAY, line, real_hour

Settle = Callable[[Any], None]
TABLE = (
    "code\tname\tfield\tlimit\tunit\tfee_vnd\tpapers\tchannel_limits\tboundary_free\n"
    "9.000001\tXác nhận việc thử nghiệm\tThử\t5\tworking_day\t12000\tsubmit|1|0|Đơn\tonline:2\ttrue\n"
)


def shown(office: OpenOffice, qtbot: Any) -> MainWindow:
    """A window on an office, with the keyboard."""
    made = build_window(office)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: made.runner.idle and made.isActiveWindow())
    return made


@pytest.fixture
def office(training_folder: Path) -> Iterator[OpenOffice]:
    """A training office on a Monday morning, with a procedure that leaves everything open."""
    opened = open_office(training_folder, "", MORNING)
    opened.write(import_catalogue, ImportCatalogue(TABLE))
    yield opened
    opened.close()


@pytest.fixture
def window(speaking: Any, office: OpenOffice, qtbot: Any) -> Iterator[MainWindow]:
    """Its window."""
    made = shown(office, qtbot)
    yield made
    made.close()


def choose(window: MainWindow, code: str, qtbot: Any) -> None:
    """Types a procedure's code and Enter."""
    form = window.intake.form
    form.procedure.setFocus()
    QTest.keyClicks(form.procedure, code)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.chosen is not None and form.chosen.code == code)


def take_in(window: MainWindow, code: str, name: str, settled: Settle, qtbot: Any) -> str:
    """Takes a dossier in and answers its code."""
    before = window.intake.last_code
    choose(window, code, qtbot)
    window.intake.form.submitter.name.setText(name)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != before)
    settled(window.runner)
    return window.intake.last_code


def test_date_and_fee_follow_channel_pages_exemption_and_agency(
    window: MainWindow, settled: Settle, qtbot: Any
) -> None:
    aside, form = window.intake.aside, window.intake.form
    choose(window, "9.000001", qtbot)
    qtbot.waitUntil(lambda: "23/02/2026" in aside._due.text())
    form.channel.set_value("online")
    qtbot.waitUntil(lambda: "11/02/2026" in aside._due.text())
    form.quantity.setValue(2)
    qtbot.waitUntil(lambda: aside._fee.text() == "24.000 đ")
    form.terms.exempt_tick.setChecked(True)
    qtbot.waitUntil(lambda: aside._fee.text() == "Được miễn")
    form.terms.elsewhere_tick.setChecked(True)
    QTest.keyClicks(form.terms.boxes["settled_by"].inner, "UBND xa Ben Kia")
    qtbot.waitUntil(lambda: aside._due.text() == "Chưa hẹn được ngày")


def test_certified_copies_cost_by_the_page(window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any) -> None:
    form = window.intake.form
    choose(window, SAME_DAY, qtbot)
    assert form.pages is not None
    form.pages.setValue(5)
    form.quantity.setValue(3)
    qtbot.waitUntil(lambda: window.intake.aside._fee.text() == "21.000 đ")
    form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    settled(window.runner)
    assert office.read(show_dossier, ShowDossier(window.intake.last_code)).fee.amount == 21000


def test_what_was_taken_in_most_is_offered_next(window: MainWindow, settled: Settle, qtbot: Any) -> None:
    usual = window.intake.form.paper_part.usual
    assert usual.lines == ()
    take_in(window, "9.000001", "Phùng Văn Đạt", settled, qtbot)
    qtbot.waitUntil(lambda: [line.code for line in usual.lines] == ["9.000001"])
    for name in ("Đặng Thị Hồng Nhạn", "Lâm Thị Bích Ngà"):
        take_in(window, SAME_DAY, name, settled, qtbot)
    qtbot.waitUntil(lambda: [line.code for line in usual.lines] == [SAME_DAY, "9.000001"])


def test_a_known_citizen_without_a_card_takes_fourteen_keys(
    window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    """Ctrl+1, twelve digits, F9 pressed before the office could say who that is."""
    window.intake.form.submitter.fill({"id_number": "048199004217", "phone": "0905 000 111"})
    first = take_in(window, "9.000001", "Huỳnh Thị Ẫm Ỷ", settled, qtbot)
    qtbot.waitUntil(lambda: bool(window.intake.form.paper_part.usual.lines))
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    typed = QApplication.focusWidget()
    assert typed is window.intake.form.submitter.id_number
    QTest.keyClicks(typed, "048199004217")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != first)
    settled(window.runner)
    taken = office.read(show_dossier, ShowDossier(window.intake.last_code))
    assert (taken.applicant["name"], taken.applicant["phone"]) == ("Huỳnh Thị Ẫm Ỷ", "0905 000 111")


def test_f9_after_a_strangers_number_asks_for_the_name(
    window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    choose(window, SAME_DAY, qtbot)
    form = window.intake.form
    form.submitter.id_number.setFocus()
    QTest.keyClicks(form.submitter.id_number, "048199004217")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: form.submitter.boxes["name"].error != "")
    assert QApplication.focusWidget() is form.submitter.name
    assert window.intake.last_code == ""


def test_several_dossiers_of_one_person_end_in_one_receipt(
    window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    first = take_in(window, "9.000001", "Phùng Văn Đạt", settled, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert window.runner.idle, "one dossier alone has its own receipt"
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    choose(window, SAME_DAY, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != first)
    settled(window.runner)
    second = window.intake.last_code
    QTest.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    settled(window.runner)
    for code in (first, second):
        forms = [line.form for line in office.read(show_dossier, ShowDossier(code)).prints]
        assert forms.count(PaperForm.BATCH) == 2
    third = take_in(window, SAME_DAY, "Lâm Thị Bích Ngà", settled, qtbot)
    assert window.intake.of_person == (third,)


def test_a_wrong_dossier_is_voided_and_issued_again(
    window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    choose(window, "9.000001", qtbot)
    form = window.intake.form
    form.terms.exempt_tick.setChecked(True)
    QTest.keyClicks(form.terms.boxes["exempt"].inner, "ho ngheo")
    form.quantity.setValue(2)
    form.submitter.name.setText("Phung Van Dat")
    window.intake.save()
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    old = window.intake.last_code
    settled(window.runner)
    window.open_dossier(old)
    settled(window.runner)
    window.findChild(QPushButton, "act.void").click()
    act = window.dossier.act_form
    assert act is not None
    QTest.keyClicks(act.boxes["note"].inner, "ghi sai ten")
    window.findChild(QPushButton, "act.again").click()
    settled(window.runner)
    qtbot.waitUntil(lambda: form.replaces == old and form.chosen is not None)
    assert window.here == "intake"
    assert (form.submitter.name.text(), form.quantity.value(), form.read()["exempt"]) == (
        "Phung Van Dat",
        2,
        "ho ngheo",
    )
    form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.last_code != old)
    settled(window.runner)
    new = window.intake.last_code
    before, after = (office.read(show_dossier, ShowDossier(code)) for code in (old, new))
    assert (before.status, before.replaced_by, after.replaces) == (Status.VOID, new, old)
    assert (after.applicant["name"], after.fee.amount) == ("Phùng Văn Đạt", 0)
    window.read_scan(before.key)
    settled(window.runner)
    qtbot.waitUntil(lambda: window.here == "dossier" and window.dossier.sheet is not None)
    assert window.dossier.code == new
    assert old in window.banner.text and "hủy" in window.banner.text
    assert f"Cấp thay cho: {old}" in window.dossier._facts.text()


def test_a_void_dossier_may_be_issued_again_later_that_day(
    window: MainWindow, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    old = take_in(window, "9.000001", "Phùng Văn Đạt", settled, qtbot)
    window.open_dossier(old)
    settled(window.runner)
    window.findChild(QPushButton, "act.void").click()
    act = window.dossier.act_form
    assert act is not None
    act.do_it.click()
    assert act.boxes["note"].error
    QTest.keyClicks(act.boxes["note"].inner, "nham")
    act.do_it.click()
    settled(window.runner)
    assert window.here == "dossier"
    window.intake.form.submitter.name.setText("Lâm Thị Bích Ngà")
    again = window.findChild(QPushButton, "act.issueAgain")
    again.click()
    settled(window.runner)
    assert window.intake.form.submitter.name.text() == "Lâm Thị Bích Ngà", "nothing typed is written over"
    window.intake.form.clear()
    window.go("dossier")
    again.click()
    qtbot.waitUntil(lambda: window.intake.form.replaces == old)


def test_a_clock_that_jumped_stops_numbers_until_two_vouch(
    speaking: Any, real_folder: Path, settled: Settle, qtbot: Any
) -> None:
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    office.write(add_user, AddUser("Lê Hoàng Phúc", Role.HEAD, secret="480217"))
    window = shown(office, qtbot)
    assert window.status.text("clock") == ""
    office._opened_at -= timedelta(minutes=15, seconds=30)  # as if the wall clock had leapt since the window stands
    window.clock.timer.timeout.emit()
    settled(window.runner)
    assert "15 phút" in window.banner.text
    choose(window, SAME_DAY, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.clock.dialog is not None and window.clock.dialog.second.name.count() == 1)
    assert window.intake.last_code == ""
    window.clock.dialog.do_it.click()
    qtbot.waitUntil(lambda: window.clock.dialog.second.secret_box.error != "")
    window.clock.dialog.second.secret.setText("480217")
    window.clock.dialog.do_it.click()
    qtbot.waitUntil(lambda: window.intake.last_code != "")
    settled(window.runner)
    window.clock.settle()
    qtbot.waitUntil(lambda: window.clock.dialog is not None)
    assert window.clock.dialog.marked.item(0).text() == window.intake.last_code
    window.clock.dialog.reject()
    window.close()
    office.close()


def test_a_real_office_voids_with_a_second_persons_password(
    speaking: Any, real_folder: Path, settled: Settle, qtbot: Any
) -> None:
    office = open_office(real_folder, ADMIN, None, PASSWORD)
    office.write(add_user, AddUser("Lê Hoàng Phúc", Role.HEAD, secret="480217"))
    office.write(add_user, AddUser("Phan Văn Xét", Role.AUDITOR, secret="480217"))
    office.write(add_user, AddUser("Vũ Thị Mới", Role.CLERK))
    code = office.write(accept_dossier, AcceptDossier.read(line(), real_hour().date())).code
    window = shown(office, qtbot)
    window.open_dossier(code)
    qtbot.waitUntil(lambda: window.dossier.sheet is not None)
    window.dossier.begin_act(Action.VOID)
    form = window.dossier.act_form
    qtbot.waitUntil(lambda: form.second.name.count() > 0)
    assert [form.second.name.itemText(n) for n in range(form.second.name.count())] == ["Lê Hoàng Phúc"]
    form.boxes["note"].inner.setText("Nhận nhầm thủ tục")
    form.do_it.click()
    qtbot.waitUntil(lambda: form.second.secret_box.error != "")
    form.second.secret.setText("000111")
    form.do_it.click()
    qtbot.waitUntil(lambda: "Sai" in form.second.secret_box.error)
    form.second.secret.setText("480217")
    form.do_it.click()
    qtbot.waitUntil(lambda: window.dossier.sheet.status == Status.VOID)
    settled(window.runner)
    window.close()
    office.close()
