"""Intake by keyboard: fields, errors, drafts, look-up of people."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.models.errors import Fault, Refusal
from app.ui.kit.fonts import body_font
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.style import LIGHT, stylesheet
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.earlier_visits import Visits
from tests.support.recording_desk import AID, CODE, PERSON, RecordingDesk, accepted, line, paper

ENTER = Qt.Key.Key_Return
WaitUntilIdle = Callable[[Any], None]


def focused_widget() -> QWidget:
    """Return the widget with the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_text(text: str) -> None:
    """Type text into the focused widget."""
    QTest.keyClicks(focused_widget(), text)


def press(key: Qt.Key, times: int = 1) -> None:
    """Press a key in the focused widget."""
    for _ in range(times):
        QTest.keyClick(focused_widget(), key)


def pick_procedure(window: MainWindow, words: str, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    """Choose a procedure by typing, the list of suggestions, and Enter."""
    window.intake.form.procedure.setFocus()
    type_text(words)
    qtbot.waitUntil(lambda: window.intake.form.procedure.is_list_open)
    press(ENTER)
    wait_until_idle(window.runner)


def test_intake_of_known_citizen_by_keyboard(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    window.intake.focus_start()
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    assert focused_widget() is window.intake.form.channel
    press(ENTER)
    type_text("048199004217")
    qtbot.waitUntil(lambda: window.intake.form.submitter.name.text() != "")
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    (command,) = desk.queries_of("AcceptDossier")
    assert command.procedure == "1.001193"
    assert command.applicant.name == "Huỳnh Thị Ẫm Ỷ"
    assert command.applicant.birth == "1999-03-08"
    assert command.papers[0].name.startswith("Tờ khai")
    assert window.intake.form.empty
    assert focused_widget() is window.intake.form.procedure


def test_enter_visits_fields_in_order(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form, visited = window.intake.form, []
    for _ in range(16):
        visited.append(focused_widget())
        press(ENTER)
    person = form.submitter
    assert visited == [
        form.channel, person.id_number, person.name, person.birth_date, person.gender, person.phone, person.address,
        person.email, form.other_owner, form.co_applicants.tick, form.has_principal, form.other_codes.tick,
        form.terms.exempt_tick, form.papers, form.quantity, form.return_by,
    ]  # fmt: skip
    assert focused_widget() is form.note
    press(ENTER)
    assert focused_widget() is window.intake.side_panel.save


def test_object_names_exist(window: MainWindow) -> None:
    names = ["intake.procedure", "intake.channel", "intake.idNumber", "intake.name", "intake.birthDate", "intake.phone",
             "intake.address", "intake.save", "lookup.field", "worklist.table", "banner"]  # fmt: skip
    assert len([*window.pages.values()]) == len(window.pages), "every page can be created"
    assert [name for name in names if window.findChild(QWidget, name) is None] == []


def test_refusal_is_shown_under_focused_field(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.intake.form.submitter.birth_date.setText("31/02/1999")
    window.intake.save()
    box = window.intake.form.submitter.boxes["birth_date"]
    assert "31/02/1999" in box.error
    assert focused_widget() is window.intake.form.submitter.birth_date
    assert [b.error for b in window.intake.form.submitter.boxes.values() if b is not box and b.error] == []
    type_text("0")
    assert box.error == ""


@pytest.mark.parametrize(
    ("field", "box"),
    [
        ("procedure", "procedure"), ("quantity", "quantity"), ("note", "note"), ("papers", "papers"),
        ("papers.2.reason", "papers"), ("channel", "channel"), ("return_by", "return_by"),
    ],
)  # fmt: skip
def test_field_path_maps_to_its_box(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, field: str, box: str
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    assert window.intake.form.box_for_field(field) is window.intake.form.boxes[box]


def test_person_field_path_maps_to_its_box(window: MainWindow) -> None:
    form = window.intake.form
    assert form.box_for_field("applicant.name") is form.submitter.boxes["name"]
    form.other_owner.setChecked(True)
    assert form.box_for_field("applicant.name") is form.owner.boxes["name"]
    assert form.box_for_field("submitter.phone") is form.submitter.boxes["phone"]
    assert form.box_for_field("principal.authority") is form.principal.boxes["authority"]


def test_form_keeps_values_after_errors(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    for error in (Refusal("alias_taken", "alias", alias="X"), Fault("disk_full"), ValueError("secret name")):
        desk.answers["AcceptDossier"] = error
        window.intake.save()
        wait_until_idle(window.runner)
        assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
        assert window.intake.side_panel.save.isEnabled()
        assert window.banner.isVisible()
        assert "secret" not in window.banner.text


def test_second_f9_does_not_accept_again(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    gate = Event()

    def slow(command: Any) -> Any:
        gate.wait(60)
        return accepted(command)

    desk.answers["AcceptDossier"] = slow
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window, Qt.Key.Key_F9)
    gate.set()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("AcceptDossier")) == 1
    assert len(desk.queries_of("PreparePapers")) == 1


def test_form_takes_no_input_while_saving_and_greys_late(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    gate, form = Event(), window.intake.form

    def slow(_command: Any) -> Any:
        gate.wait(60)
        raise Refusal("alias_taken", "alias", alias="X")

    desk.answers["AcceptDossier"] = slow
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.submitter.name.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window, Qt.Key.Key_X)
    type_text("x")
    clicked = window.childAt(form.note.mapTo(window, form.note.rect().center()))
    assert clicked is None or not form.isAncestorOf(clicked)
    assert form.isEnabled()
    qtbot.waitUntil(lambda: not form.isEnabled())
    gate.set()
    wait_until_idle(window.runner)
    assert form.isEnabled() and form.submitter.name.text() == "Phùng Văn Đạt"
    assert focused_widget() in (form.submitter.name, form.alias)
    type_text("x")
    assert "x" in form.submitter.name.text() + form.alias.text()


class PaintedWidgets(QObject):
    """Names of the widgets that are painted, as an event filter sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.names.append(type(watched).__name__)
        return False


def test_page_that_takes_the_focus_paints_no_other_part(window: MainWindow) -> None:
    form, painted = window.intake.form, PaintedWidgets()
    form.submitter.name.setFocus()
    QApplication.processEvents()
    for part in (window.intake.side_panel, form.submitter.name, form.note):
        part.installEventFilter(painted)
    window.intake.setFocus()
    QApplication.processEvents()
    form.submitter.name.setFocus()
    QApplication.processEvents()
    assert set(painted.names) == {type(form.submitter.name).__name__}


def test_term_fields_follow_note(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "bt", wait_until_idle, qtbot)
    assert focused_widget() is window.intake.form.channel
    window.intake.form.note.setFocus()
    press(ENTER)
    assert focused_widget() is window.intake.form.terms.boxes["term"].inner


def test_papers_are_ticked_by_space_and_digits(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    papers = window.intake.form.papers
    papers.setFocus()
    assert [row.ticked for row in papers.papers.rows] == [True, True, True, False, True]
    press(Qt.Key.Key_Space)
    type_text("4")
    assert [row.ticked for row in papers.papers.rows] == [False, True, True, True, True]
    assert papers.missing == ["Tờ khai đăng ký khai sinh theo mẫu"]
    type_text("+")
    assert papers.papers.rows[3].originals == 2
    assert papers.papers.rows[3].counts == "2 bản chính"


def test_extra_paper_is_added_with_reason(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form = window.intake.form
    form.papers.setFocus()
    type_text("t")
    assert focused_widget() is form.papers_part.extra_name
    form.papers_part.extra_name.setText("Giấy xác nhận của thôn")
    form.papers_part.extra_reason.setText("Trẻ sinh tại nhà")
    form.papers_part.add_extra.click()
    assert form.read()["papers"][-1]["reason"] == "Trẻ sinh tại nhà"


def test_form_fits_1366x768_screen(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    """1366×768 without title and task bar, with all fields and a banner."""
    papers = tuple(paper(f"{place} – Giấy tờ chứng minh nơi cư trú, quan hệ và thu nhập " * 2) for place in range(8))
    desk.answers["FindProcedures"] = (replace(AID, papers=papers),)
    window.setStyleSheet(stylesheet(LIGHT, Path("resources")))
    window.setFont(body_font())
    window.resize(1366, 718)
    pick_procedure(window, "bt", wait_until_idle, qtbot)
    window.banner.show_message(BannerMessage(Level.DONE, "Đã điền theo lần trước."))
    QTest.qWait(1)
    form, page = window.intake.form, window.intake
    assert page._scroll.verticalScrollBar().maximum() == 0
    page_rect = QRect(page.mapToGlobal(QPoint(0, 0)), page.size())
    term_fields = [form.terms.boxes[name].inner for name in ("term", "unit", "fee")]
    for part in (*term_fields, form.quantity, form.return_by, form.note, page.side_panel.save):
        assert part.isVisible()
        assert page_rect.contains(QRect(part.mapToGlobal(QPoint(0, 0)), part.size()))
    fourth = form.papers.visualRect(form.papers.papers.index(3, 1))
    assert form.papers.viewport().rect().contains(fourth)


def test_deadline_proof_is_shown_on_request(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    qtbot.waitUntil(window.intake.side_panel._proof_toggle.isVisible)
    panel = window.intake.side_panel
    assert (panel._reason.text(), panel._proof.isVisible()) == ("Thời hạn: ngay trong ngày.", False)
    QTest.keyClick(panel._proof_toggle, Qt.Key.Key_Space)
    assert panel._proof.isVisible() and "trước 15 giờ" in panel._proof.text()
    assert panel.save.isVisible()


def write(window: MainWindow, name: str, text: str) -> None:
    """Replace the text of a term field by typing."""
    edit = window.intake.form.terms.boxes[name].inner
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    type_text(text)


def test_missing_term_and_fee_are_requested(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    form = window.intake.form
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    assert form.terms.visible_fields == () and form.terms.isHidden()
    form.clear()
    pick_procedure(window, "bt", wait_until_idle, qtbot)
    assert form.terms.visible_fields == ("term", "unit", "fee")
    write(window, "term", "0,5")
    write(window, "fee", "8.000")
    form.quantity.setValue(3)
    assert form.read()["term"] == {"limit": "0.5", "unit": "working_day"}
    assert form.read()["fee"] == 8000
    qtbot.waitUntil(lambda: any(query.quantity == 3 for query in desk.queries_of("PreviewPromise")))
    query = desk.queries_of("PreviewPromise")[-1]
    assert (query.term, query.fee) == (("0.5", "working_day"), 8000)
    write(window, "fee", " ")
    assert "fee" not in form.read()


def test_portal_code_is_shown_only_for_online_channel(window: MainWindow) -> None:
    form = window.intake.form
    assert not form.alias.isVisible()
    form.channel.set_value("online")
    assert form.alias.isVisible()
    form.alias.setText("G22.99-260311-0012")
    assert form.read()["alias"] == "G22.99-260311-0012"
    form.channel.set_value("post")
    assert "alias" not in form.read()


def test_side_panel_follows_form(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["EarlierVisits"] = Visits((line(2, "Huỳnh Thị Ẫm Ỷ", "Đăng ký khai sinh", "received", 0),))
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.id_number.setFocus()
    type_text("048199004217")

    def panel_text() -> str:
        return " ".join(w.text() for w in window.intake.side_panel.findChildren(QWidget) if hasattr(w, "text"))

    qtbot.waitUntil(lambda: "Đã đến" in panel_text())
    assert "17:00 thứ Tư\n11/03/2026" in panel_text()
    assert "8.000 đ" in panel_text()
    window.intake.form.papers.tick(0)
    qtbot.waitUntil(lambda: "Tờ khai" in panel_text())


def test_same_name_is_only_suggested(window: MainWindow, qtbot: Any) -> None:
    name = window.intake.form.submitter.name
    name.setFocus()
    type_text("huynh")
    qtbot.waitUntil(lambda: name.is_list_open)
    press(ENTER)
    assert name.text() == "huynh"
    assert window.intake.form.submitter.id_number.text() == ""


def test_chosen_suggestion_fills_person(window: MainWindow, qtbot: Any) -> None:
    name = window.intake.form.submitter.name
    name.setFocus()
    type_text("huynh")
    qtbot.waitUntil(lambda: name.is_list_open)
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert name.text() == "Huỳnh Thị Ẫm Ỷ"
    assert window.intake.form.submitter.birth_date.text() == "08/03/1999"


@pytest.mark.parametrize(("field", "typed"), [("phone", "0905123456"), ("id_number", "048199004217")])
def test_whole_number_of_one_person_fills_form(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, field: str, typed: str
) -> None:
    person = window.intake.form.submitter
    getattr(person, field).setFocus()
    type_text(typed)
    qtbot.waitUntil(lambda: person.name.text() == "Huỳnh Thị Ẫm Ỷ")
    assert (person.birth_date.text(), person.phone.text()) == ("08/03/1999", "0905 123 456")
    assert not getattr(person, field).is_list_open


def test_shared_phone_suggests_people_with_masked_numbers(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    other = replace(PERSON, name="Huỳnh Văn Ưởng", id_number="048197000888")
    desk.answers["FindPeople"] = (PERSON, other)
    person = window.intake.form.submitter
    person.phone.setFocus()
    type_text("0905123456")
    qtbot.waitUntil(lambda: person.phone.is_list_open)
    assert person.name.text() == ""
    assert "048*****0888" in person.phone._model.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    press(Qt.Key.Key_Down, 2)
    press(ENTER)
    assert person.id_number.text() == "048197000888"


def test_phone_of_named_person_is_not_looked_up(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    person = window.intake.form.submitter
    person.name.setText("Phùng Văn Đạt")
    person.phone.setFocus()
    type_text("0905123456")
    person.name.setFocus()
    type_text(" x")
    qtbot.waitUntil(lambda: bool(desk.queries_of("FindPeople")))
    assert [query.words for query in desk.queries_of("FindPeople")] == ["Phùng Văn Đạt x"]


def test_draft_is_saved_and_restored(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setFocus()
    type_text("Phung")
    window.intake.form.papers.tick(1)
    window.intake.save_draft_now()
    wait_until_idle(window.runner)
    draft = desk.queries_of("SaveDraft")[-1].form
    assert draft["applicant"]["name"] == "Phung"
    request_id = window.intake.form.request_id
    window.intake.form.clear()
    window.intake.open_draft(draft)
    wait_until_idle(window.runner)
    form = window.intake.form
    assert (form.request_id, form.submitter.name.text()) == (request_id, "Phung")
    assert [row.ticked for row in form.papers.papers.rows] == [True, False, True, False, True]


def test_saving_deletes_draft_and_f10_opens_dossier(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.intake.save()
    wait_until_idle(window.runner)
    assert desk.queries_of("SaveDraft")[-1].form is None
    QTest.keyClick(window, Qt.Key.Key_F10)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    assert window.dossier.code == CODE


def test_birth_date_without_separators_is_formatted(window: MainWindow) -> None:
    birth = window.intake.form.submitter.birth_date
    birth.setFocus()
    type_text("08031999")
    press(ENTER)
    assert birth.text() == "08/03/1999"
    assert isinstance(birth, QLineEdit)
