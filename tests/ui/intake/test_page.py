"""Taking a dossier in with the keyboard alone; what is refused, what is kept."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
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
    """Where the next key goes."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_text(text: str) -> None:
    """Types where the caret is."""
    QTest.keyClicks(focused_widget(), text)


def press(key: Qt.Key, times: int = 1) -> None:
    """Presses a key where the caret is."""
    for _ in range(times):
        QTest.keyClick(focused_widget(), key)


def pick_procedure(window: MainWindow, words: str, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    """Picks a procedure as a clerk does: letters, the list, Enter."""
    window.intake.form.procedure.setFocus()
    type_text(words)
    qtbot.waitUntil(lambda: window.intake.form.procedure.is_list_open)
    press(ENTER)
    wait_until_idle(window.runner)


def test_a_known_citizen_is_taken_in_by_keyboard_alone(
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


def test_enter_walks_the_fields_in_the_promised_order(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form, walked = window.intake.form, []
    for _ in range(14):
        walked.append(focused_widget())
        press(ENTER)
    person = form.submitter
    assert walked == [
        form.channel, person.id_number, person.name, person.birth_date, person.gender, person.phone, person.address,
        person.email, form.other_owner, form.has_principal, form.terms.exempt_tick, form.papers, form.quantity,
        form.return_by,
    ]  # fmt: skip
    assert focused_widget() is form.note
    press(ENTER)
    assert focused_widget() is window.intake.side_panel.save


def test_promised_object_names_are_there(window: MainWindow) -> None:
    names = ["intake.procedure", "intake.channel", "intake.idNumber", "intake.name", "intake.birthDate", "intake.phone",
             "intake.address", "intake.save", "lookup.field", "worklist.table", "banner"]  # fmt: skip
    assert len([*window.pages.values()]) == len(window.pages), "every page can be made"
    assert [name for name in names if window.findChild(QWidget, name) is None] == []


def test_a_refusal_lands_under_its_field_with_the_caret(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
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
def test_each_refused_answer_has_its_field(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, field: str, box: str
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    assert window.intake.form.box_for_field(field) is window.intake.form.boxes[box]


def test_the_owner_when_another_is_asked_for_his_own_answers(window: MainWindow) -> None:
    form = window.intake.form
    assert form.box_for_field("applicant.name") is form.submitter.boxes["name"]
    form.other_owner.setChecked(True)
    assert form.box_for_field("applicant.name") is form.owner.boxes["name"]
    assert form.box_for_field("submitter.phone") is form.submitter.boxes["phone"]
    assert form.box_for_field("principal.authority") is form.principal.boxes["authority"]


def test_what_was_typed_survives_a_refusal_and_a_fault(
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


def test_f9_twice_takes_in_once(
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


def test_what_is_asked_besides_comes_after_the_note(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "bt", wait_until_idle, qtbot)
    assert focused_widget() is window.intake.form.channel
    window.intake.form.note.setFocus()
    press(ENTER)
    assert focused_widget() is window.intake.form.terms.boxes["term"].inner


def test_papers_are_ticked_by_space_and_number(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
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


def test_a_paper_outside_the_list_goes_in_with_its_reason(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form = window.intake.form
    form.papers.setFocus()
    type_text("t")
    assert focused_widget() is form.papers_part.extra_name
    form.papers_part.extra_name.setText("Giấy xác nhận của thôn")
    form.papers_part.extra_reason.setText("Trẻ sinh tại nhà")
    form.papers_part.add_extra.click()
    assert form.read()["papers"][-1]["reason"] == "Trẻ sinh tại nhà"


def test_the_whole_form_is_in_sight_on_an_old_screen(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    """1366×768 less a title bar and a task bar, term and fee asked, many papers with long names, a banner above."""
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
    sight = QRect(page.mapToGlobal(QPoint(0, 0)), page.size())
    asked = [form.terms.boxes[name].inner for name in ("term", "unit", "fee")]
    for part in (*asked, form.quantity, form.return_by, form.note, page.side_panel.save):
        assert part.isVisible()
        assert sight.contains(QRect(part.mapToGlobal(QPoint(0, 0)), part.size()))
    fourth = form.papers.visualRect(form.papers.papers.index(3, 1))
    assert form.papers.viewport().rect().contains(fourth)


def test_the_proof_unfolds_when_asked_for(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    qtbot.waitUntil(window.intake.side_panel._proof_toggle.isVisible)
    aside = window.intake.side_panel
    assert (aside._reason.text(), aside._proof.isVisible()) == ("Thời hạn: ngay trong ngày.", False)
    QTest.keyClick(aside._proof_toggle, Qt.Key.Key_Space)
    assert aside._proof.isVisible() and "trước 15 giờ" in aside._proof.text()
    assert aside.save.isVisible()


def write(window: MainWindow, name: str, text: str) -> None:
    """Types into one of the fields about term and money, in place of what stands there."""
    edit = window.intake.form.terms.boxes[name].inner
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    type_text(text)


def test_what_the_catalogue_does_not_know_is_asked(
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
    qtbot.waitUntil(lambda: any(asked.quantity == 3 for asked in desk.queries_of("PreviewPromise")))
    asked = desk.queries_of("PreviewPromise")[-1]
    assert (asked.term, asked.fee) == (("0.5", "working_day"), 8000)
    write(window, "fee", " ")
    assert "fee" not in form.read()


def test_the_online_code_is_asked_only_online(window: MainWindow) -> None:
    form = window.intake.form
    assert not form.alias.isVisible()
    form.channel.set_value("online")
    assert form.alias.isVisible()
    form.alias.setText("G22.99-260311-0012")
    assert form.read()["alias"] == "G22.99-260311-0012"
    form.channel.set_value("post")
    assert "alias" not in form.read()


def test_the_right_column_lives(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["EarlierVisits"] = Visits((line(2, "Huỳnh Thị Ẫm Ỷ", "Đăng ký khai sinh", "received", 0),))
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.id_number.setFocus()
    type_text("048199004217")
    said = lambda: " ".join(w.text() for w in window.intake.side_panel.findChildren(QWidget) if hasattr(w, "text"))  # noqa: E731
    qtbot.waitUntil(lambda: "Đã đến" in said())
    assert "17:00 thứ Tư\n11/03/2026" in said()
    assert "8.000 đ" in said()
    window.intake.form.papers.tick(0)
    qtbot.waitUntil(lambda: "Tờ khai" in said())


def test_a_stranger_of_the_same_name_is_only_offered(window: MainWindow, qtbot: Any) -> None:
    name = window.intake.form.submitter.name
    name.setFocus()
    type_text("huynh")
    qtbot.waitUntil(lambda: name.is_list_open)
    press(ENTER)
    assert name.text() == "huynh"
    assert window.intake.form.submitter.id_number.text() == ""


def test_an_offered_person_fills_the_form_when_chosen(window: MainWindow, qtbot: Any) -> None:
    name = window.intake.form.submitter.name
    name.setFocus()
    type_text("huynh")
    qtbot.waitUntil(lambda: name.is_list_open)
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert name.text() == "Huỳnh Thị Ẫm Ỷ"
    assert window.intake.form.submitter.birth_date.text() == "08/03/1999"


@pytest.mark.parametrize(("field", "typed"), [("phone", "0905123456"), ("id_number", "048199004217")])
def test_a_whole_number_of_one_person_fills_everything(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, field: str, typed: str
) -> None:
    person = window.intake.form.submitter
    getattr(person, field).setFocus()
    type_text(typed)
    qtbot.waitUntil(lambda: person.name.text() == "Huỳnh Thị Ẫm Ỷ")
    assert (person.birth_date.text(), person.phone.text()) == ("08/03/1999", "0905 123 456")
    assert not getattr(person, field).is_list_open


def test_a_phone_of_a_family_offers_its_people_with_masked_numbers(
    window: MainWindow, desk: RecordingDesk, qtbot: Any
) -> None:
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


def test_a_new_phone_of_a_named_person_finds_nobody(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    person = window.intake.form.submitter
    person.name.setText("Phùng Văn Đạt")
    person.phone.setFocus()
    type_text("0905123456")
    person.name.setFocus()
    type_text(" x")
    qtbot.waitUntil(lambda: bool(desk.queries_of("FindPeople")))
    assert [query.words for query in desk.queries_of("FindPeople")] == ["Phùng Văn Đạt x"]


def test_a_draft_is_kept_and_offered_again(
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


def test_after_saving_the_draft_is_gone_and_the_last_dossier_a_key_away(
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


def test_a_birth_date_typed_in_one_run_is_set_out(window: MainWindow) -> None:
    birth = window.intake.form.submitter.birth_date
    birth.setFocus()
    type_text("08031999")
    press(ENTER)
    assert birth.text() == "08/03/1999"
    assert isinstance(birth, QLineEdit)
