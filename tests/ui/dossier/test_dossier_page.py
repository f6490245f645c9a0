"""Dossier page: actions, their papers, timeline and navigation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.models.enums import Action, PaperFault, PaperForm, Status
from app.models.errors import Refusal
from app.services.dossier_actions import ActOnDossier
from app.services.records.supplement_papers import AskedPaper
from app.ui.dossier.actions import KEYS, QUESTIONS
from app.ui.dossier.supplement_papers import AskedPapersPart, GivenPapersPart
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk, sheet
from tests.support.visual_checks import wait_for_layout

WaitUntilIdle = Callable[[Any], None]


def test_only_allowed_actions_are_shown(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    for allowed in ((Action.RETURN, Action.TAKE_BACK), (), tuple(QUESTIONS)):
        desk.answers["ShowDossier"] = lambda query, allowed=allowed: sheet(query.code, allowed)
        window.dossier.clear()
        window.open_dossier(CODE)
        wait_until_idle(window.runner)
        buttons = action_buttons(window)
        assert {b.objectName().removeprefix("act.") for b in buttons} == {action.value for action in allowed}
        assert all(b.isEnabled() for b in buttons)


def test_opening_shows_the_code_of_the_dossier(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    hint = window.dossier._empty_hint
    assert "Chưa mở hồ sơ nào" in hint.text()
    window.open_dossier(CODE)
    assert (hint.text(), hint.isHidden()) == (f"Đang mở hồ sơ {CODE}…", False)
    wait_until_idle(window.runner)
    assert hint.isHidden()


def test_refused_opening_leaves_no_dossier_open(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ShowDossier"] = Refusal("not_found", code=CODE)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    hint = window.dossier._empty_hint
    assert "Chưa mở hồ sơ nào" in hint.text() and not hint.isHidden()
    assert window.banner.text


@pytest.mark.parametrize("way", ["scan", "page"])
def test_coming_back_to_an_open_form_keeps_its_field(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, way: str
) -> None:
    """A scan of the same paper, or another page and Esc."""
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.AMEND)
    form = window.dossier.action_form
    assert form is not None
    field = form.boxes["note"].inner
    field.setFocus()
    QTest.keyClicks(field, "sai chu")
    if way == "scan":
        window.open_dossier(CODE)
        wait_until_idle(window.runner)
    else:
        window.go_to_page("worklist")
        window.go_back()
    wait_until_idle(window.runner)
    assert window.dossier.action_form is form
    assert QApplication.focusWidget() is field
    assert field.text() == "sai chu"


def action_buttons(window: MainWindow) -> list[QPushButton]:
    buttons = window.dossier.action_bar.findChildren(QPushButton)
    return [button for button in buttons if not button.isHidden()]


@pytest.mark.parametrize("first", [Action.FINISH, Action.RETURN])
def test_usual_action_is_first_on_screen_and_in_tab_order(
    window: MainWindow, wait_until_idle: WaitUntilIdle, first: Action
) -> None:
    """The buttons of the dossier before stay in use."""
    page = window.dossier
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    status = Status.FINISHED if first == Action.RETURN else Status.PROCESSING
    shown = replace(
        sheet(CODE, (Action.SEND, Action.RETURN, Action.FINISH, Action.VOID)), status=status, leg_open=False
    )
    page.show_detail(shown)
    wait_for_layout(window)
    buttons = sorted(action_buttons(window), key=lambda button: (button.parentWidget().y(), button.x()))
    assert [button.objectName() for button in buttons] == [f"act.{action.value}" for action in page.action_bar.allowed]
    assert [button.property("main") for button in buttons] == [True, False, False, False]
    assert page.action_bar.allowed[0] == first
    following = buttons[0]
    for button in (*buttons[1:], *print_buttons(window)):
        while not isinstance(following := following.nextInFocusChain(), QPushButton) or not following.isVisible():
            pass
        assert following is button


def test_facts_of_the_dossier_before_are_gone(window: MainWindow) -> None:
    facts = window.dossier._facts
    facts.show_pairs([("Chủ hồ sơ", "Nguyễn Thị Sen"), ("Địa chỉ", "Xóm 4"), ("Ghi chú", "gấp")])
    facts.show_pairs([("Chủ hồ sơ", "Trần Văn Bảy"), ("Địa chỉ", "")])
    texts = [part for part in facts.findChildren(QLabel) if part.text() or not part.isHidden()]
    assert [part.text() for part in texts] == ["Chủ hồ sơ", "Trần Văn Bảy"]
    assert texts[1].accessibleName() == "Chủ hồ sơ: Trần Văn Bảy"
    facts.show_pairs([("Chủ hồ sơ", "Lê Văn Tám"), ("Liên hệ", "0905000111")])
    assert facts.text() == "Chủ hồ sơ: Lê Văn Tám\nLiên hệ: 0905000111"
    assert [part.text() for part in facts.findChildren(QLabel) if not part.isHidden()][-1] == "0905000111"


@pytest.mark.parametrize("width", [1366, 1024])
def test_action_buttons_fit_and_usual_action_is_first(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, width: int
) -> None:
    desk.answers["ShowDossier"] = lambda query: sheet(query.code, tuple(QUESTIONS))
    window.resize(width, 640)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.qWait(1)
    buttons = action_buttons(window)
    assert all(b.width() >= b.sizeHint().width() and b.height() >= b.sizeHint().height() for b in buttons)
    rects = [QRect(b.mapTo(window.dossier.action_bar, QPoint(0, 0)), b.size()) for b in buttons]
    assert not any(a.intersects(b) for place, a in enumerate(rects) for b in rects[:place])
    assert all(window.dossier.action_bar.rect().contains(rect) for rect in rects)
    assert window.dossier.action_bar.allowed[0] == Action.RECEIVE
    for action, key in KEYS.items():
        window.dossier.close_action()
        QTest.keyClick(window.dossier, key.lower())
        assert window.dossier.action_form is not None and window.dossier.action_form.action == action


def test_action_by_number_key(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.keyClick(window.dossier, "1")
    wait_until_idle(window.runner)
    form = window.dossier.action_form
    assert form is not None and form.action == Action.SEND
    form.submit_button.click()
    assert form.boxes["to"].error
    assert desk.queries_of("ActOnDossier") == []
    QTest.keyClicks(form.boxes["to"].inner, "dia  chinh")
    form.submit_button.click()
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert [(c.code, c.action, c.to) for c in desk.queries_of("ActOnDossier")] == [(CODE, Action.SEND, "Địa chính")]
    assert window.dossier.action_form is None


def test_new_holder_is_asked_about_once(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.SEND)
    wait_until_idle(window.runner)
    form = window.dossier.action_form
    assert form is not None
    QTest.keyClicks(form.boxes["to"].inner, "Trung tam Van hoa")
    form.submit_button.click()
    assert "chưa có trong danh sách" in form.error and not desk.queries_of("ActOnDossier")
    QTest.keyClicks(form.boxes["to"].inner, "Trung tam Van hoa xa")
    form.submit_button.click()
    assert "Trung tam Van hoa xa" in form.error and not desk.queries_of("ActOnDossier")
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert [c.to for c in desk.queries_of("ActOnDossier")] == ["Trung tam Van hoa xa"]


def test_supplement_is_asked_for_by_ticks(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.keyClick(window.dossier, "5")
    form = window.dossier.action_form
    assert form is not None and isinstance(form.papers, AskedPapersPart)
    part = form.papers
    assert part.names == tuple(paper["name"] for paper in sheet().papers)
    form.submit_button.click()
    assert form.error and not desk.queries_of("ActOnDossier")
    part.missing[0].setFocus()
    QTest.keyClick(part.missing[0], Qt.Key.Key_Space)
    QTest.keyClick(part.missing[0], Qt.Key.Key_Down)
    assert window.focusWidget() is part.missing[1]
    QTest.keyClick(part.wrong[1], Qt.Key.Key_Space)
    form.submit_button.click()
    assert window.focusWidget() is part.notes[1] and not desk.queries_of("ActOnDossier")
    QTest.keyClicks(part.notes[1], "chua ky")
    form.submit_button.click()
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("ActOnDossier")
    assert command.papers == (
        AskedPaper(part.names[0]),
        AskedPaper(part.names[1], PaperFault.WRONG, "chua ky"),
    )


def test_note_ticks_paper_as_wrong_and_ticks_exclude_each_other(qtbot: QtBot) -> None:
    part = AskedPapersPart(("Tờ khai", "Giấy chứng sinh"))
    qtbot.addWidget(part.widget)
    part.missing[0].setChecked(True)
    part.wrong[0].setChecked(True)
    QTest.keyClicks(part.notes[1], "mo")
    assert [paper.fault for paper in part.read()] == [PaperFault.WRONG, PaperFault.WRONG]
    part.missing[1].setChecked(True)
    QTest.keyClicks(part.notes[1], " qua")
    assert part.read()[1] == AskedPaper("Giấy chứng sinh", PaperFault.MISSING, "mo qua")


def test_supplement_shows_what_was_asked_for(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    requested = (AskedPaper("Tờ khai", PaperFault.WRONG, "chưa ký"), AskedPaper("Ảnh 3x4", None))
    desk.answers["ShowDossier"] = lambda query: replace(sheet(query.code, (Action.SUPPLEMENT,)), requested=requested)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.keyClick(window.dossier, "6")
    form = window.dossier.action_form
    assert form is not None and isinstance(form.papers, GivenPapersPart)
    assert [tick.text() for tick in form.papers.ticks] == ["Tờ khai: chưa đúng, chưa ký", "Ảnh 3x4"]
    assert window.focusWidget() is form.submit_button
    form.papers.ticks[1].setChecked(False)
    lacking = Refusal("supplement_lacking", "note", names="Ảnh 3x4")
    desk.answers["ActOnDossier"] = lacking
    QTest.keyClick(form.submit_button, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert "Ảnh 3x4" in form.boxes["note"].error
    assert desk.queries_of("ActOnDossier")[0].papers == requested[:1]


@pytest.mark.parametrize(("action", "typed", "expected"), [
    (Action.APOLOGISE, {"until": "20/03/2026", "note": "Chờ"}, {"until": date(2026, 3, 20), "note": "Chờ"}),
    (Action.PAY, {"amount": "8.000", "receipt": "AB/26-17"}, {"amount": 8000, "receipt": "AB/26-17"}),
    (Action.AMEND, {"name": "Huỳnh Thị Ẩm Ỷ", "note": "Sai dấu"}, {"sets": (("name", "Huỳnh Thị Ẩm Ỷ"),)}),
    (Action.AMEND, {"name": "Huỳnh Thị Ẩm Ỷ", "phone": "0905 123 457", "alias": "G12-7", "alias_system": "Hộ tịch",
     "note": "Sai dấu"},
     {"sets": (("name", "Huỳnh Thị Ẩm Ỷ"), ("phone", "0905 123 457"), ("alias", "G12-7@Hộ tịch")), "note": "Sai dấu"}),
    (Action.RETURN, {}, {"received_by": "Huỳnh Thị Ẫm Ỷ"}),
])  # fmt: skip
def test_action_form_fields(
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    action: Action,
    typed: dict[str, str],
    expected: dict[str, Any],
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(action)
    form = window.dossier.action_form
    assert form is not None
    for name, text in typed.items():
        form.boxes[name].inner.setText(text)
    form.submit_button.click()
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("ActOnDossier")
    assert {name: getattr(command, name) for name in expected} == expected


@pytest.mark.parametrize(("action", "form", "words"), [
    (Action.ASK_SUPPLEMENT, PaperForm.SUPPLEMENT, "In phiếu yêu cầu bổ sung"),
    (Action.REFUSE, PaperForm.REFUSAL, "In phiếu từ chối"),
    (Action.APOLOGISE, PaperForm.APOLOGY, "In văn bản xin lỗi"),
    (Action.STOP, PaperForm.STOP, "In thông báo dừng giải quyết"),
    (Action.WITHDRAW, PaperForm.STOP, "In thông báo dừng giải quyết"),
    (Action.RETURN, PaperForm.RETURN, "In giấy biên nhận trả kết quả"),
    (Action.PAY, PaperForm.FEE, "In biên lai thu phí"),
    (Action.AMEND, PaperForm.RECEIPT, "In lại giấy tiếp nhận"),
])  # fmt: skip
def test_paper_of_action_is_offered(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, action: Action, form: PaperForm, words: str
) -> None:
    requests: list[tuple[str, PaperForm]] = []
    window.dossier.print_requested.disconnect(window.prints.print_one)
    window.dossier.print_requested.connect(lambda code, paper: requests.append((code, paper)))
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    usual = {"print.receipt", "print.control", "print.handover"}
    assert {button.objectName() for button in print_buttons(window)} == usual
    detail = sheet()
    step = replace(detail.steps[-1], action=action)
    fee = replace(detail.fee, paid=8000) if action == Action.PAY else detail.fee
    window.dossier._on_action_done(
        ActOnDossier(CODE, action), False, replace(detail, steps=(*detail.steps, step), fee=fee)
    )
    message = window.banner.message
    assert message is not None and message.on_action is not None
    assert message.action == words
    message.on_action()
    buttons = {button.objectName(): button for button in print_buttons(window)}
    assert set(buttons) == usual | {f"print.{form.value}"}
    buttons[f"print.{form.value}"].click()
    assert requests == [(CODE, form)] * 2


def print_buttons(window: MainWindow) -> list[QPushButton]:
    buttons = window.dossier._print_buttons.findChildren(QPushButton)
    return [button for button in buttons if button.objectName() and not button.isHidden()]


def test_refused_action_keeps_form_open(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ActOnDossier"] = Refusal("until_not_later", "until", due="2026-03-11")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.APOLOGISE)
    form = window.dossier.action_form
    assert form is not None
    form.boxes["until"].inner.setText("10/03/2026")
    form.boxes["note"].inner.setText("Lý do")
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert window.dossier.action_form is form
    assert form.boxes["until"].error


def test_esc_closes_action_then_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("worklist")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.FINISH)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.dossier.action_form is None and window.current_page_name == "dossier"
    window.banner.clear()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.current_page_name == "worklist"


def test_opening_a_dossier_clears_previous_one(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    desk.answers["ShowDossier"] = Refusal("dossier_unknown", "code", code="X")
    window.open_dossier("H29.12-260311-0099")
    assert window.dossier.detail is None
    wait_until_idle(window.runner)
    assert window.dossier.detail is None


def test_keys_reach_no_papers_while_a_dossier_is_read(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.clear()
    for key in "ix":
        QTest.keyClick(window.dossier, key)
        assert QApplication.activePopupWidget() is None


def test_timeline_is_drawn_and_accessible(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    image = window.dossier.timeline.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}) > 4
    assert "Chuyển → Chủ tịch ký" in window.dossier.timeline.accessibleDescription()


@pytest.mark.parametrize(("key", "command"), [("i", "PreparePaper"), ("x", "PreviewPaper")])
def test_papers_are_chosen_by_key(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, key: str, command: str
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.keyClick(window.dossier, key)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and menu.actions()[1].text() == "&2  Phiếu kiểm soát"
    QTest.keyClick(menu, "2")
    wait_until_idle(window.runner)
    assert [each.form for each in desk.queries_of(command)] == [PaperForm.CONTROL]
