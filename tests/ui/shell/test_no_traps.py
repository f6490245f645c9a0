"""Esc, F9 and messages do one thing at a time and lose nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.enums import Action
from app.models.errors import Refusal
from app.services.dossier_actions import ActOnDossier
from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.chrome import NAV_ITEMS
from app.ui.shell.leave_dialog import LeaveDialog
from app.ui.shell.window import MainWindow
from app.usecases.intake.check_form import FormDoubt
from tests.support.recording_desk import CODE, RecordingDesk, sheet
from tests.ui.intake.test_page import pick_procedure

WaitUntilIdle = Callable[[Any], None]
ESCAPE, F9 = Qt.Key.Key_Escape, Qt.Key.Key_F9


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def begin_form(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    window.go_to_page("intake")
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText("Lò Thị Ban")
    window.intake.edited()


def save_form(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    begin_form(window, wait_until_idle, qtbot)
    press(window, F9)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    wait_until_idle(window.runner)


def escape_through(window: MainWindow, states: Callable[[], tuple[object, ...]]) -> list[int]:
    """Press Esc until nothing is open; return the open parts after each."""
    left = [sum(map(bool, states()))]
    while left[-1]:
        press(window, ESCAPE)
        left.append(sum(map(bool, states())))
        assert left[-1] < left[-2]
    return left


def test_esc_closes_one_part_of_intake_at_a_time(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    window.go_to_page("worklist")
    begin_form(window, wait_until_idle, qtbot)
    page = window.intake
    page.doubt_bar.ask([FormDoubt("applicant.id_number", "Số khác năm sinh.", True)])
    window.banner.show_message(BannerMessage(Level.WARNING, "Chưa thấy máy in."))
    page.form.procedure.setFocus()
    QTest.keyClicks(page.form.procedure, "k")
    qtbot.waitUntil(lambda: page.form.procedure.is_list_open)
    page.doubt_bar.ask([FormDoubt("applicant.id_number", "Số khác năm sinh.", True)])

    def parts() -> tuple[object, ...]:
        return (page.form.procedure.is_list_open, page.doubt_bar.isVisible(), window.banner.isVisible())

    assert escape_through(window, parts) == [3, 2, 1, 0]
    assert window.current_page_name == "intake" and page.form.submitter.name.text() == "Lò Thị Ban"
    press(window, ESCAPE)
    assert window.current_page_name == "worklist" and page.form.submitter.name.text() == "Lò Thị Ban"


def test_esc_closes_one_part_of_the_dossier_at_a_time(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    window.go_to_page("worklist")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.show_detail(sheet(CODE, (Action.SEND,)))
    window.dossier.begin_action(Action.SEND)
    window.banner.show_message(BannerMessage(Level.WARNING, "Chưa thấy máy in."))
    form = window.dossier.action_form
    assert form is not None
    holder: Any = form.boxes["to"].inner
    holder.setFocus()
    QTest.keyClicks(holder, "tp")
    qtbot.waitUntil(lambda: holder.is_list_open)

    def parts() -> tuple[object, ...]:
        return (
            window.dossier.action_form is not None and holder.is_list_open,
            window.dossier.action_form is not None,
            window.banner.isVisible(),
        )

    assert escape_through(window, parts) == [3, 2, 1, 0]
    assert window.current_page_name == "dossier"


def test_esc_takes_back_one_limit_of_the_worklist_at_a_time(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("worklist")
    wait_until_idle(window.runner)
    page = window.worklist
    page.show_holder("Địa chính")
    wait_until_idle(window.runner)
    page._mark(page._all[0])
    page.filter.setText("h")
    page.table.setFocus()
    window.banner.show_message(BannerMessage(Level.WARNING, "Chưa thấy máy in."))

    def parts() -> tuple[object, ...]:
        return (page.filter.text(), page.model.marked, page._holder, window.banner.isVisible())

    assert escape_through(window, parts) == [4, 3, 2, 1, 0]
    assert window.current_page_name == "worklist"


@pytest.mark.parametrize("times", [1, 3])
def test_f9_on_a_form_just_saved_does_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any, times: int
) -> None:
    save_form(window, wait_until_idle, qtbot)
    checks = len(desk.queries_of("CheckForm"))  # a slow machine checks the form while it is typed too
    for _time in range(times):
        press(window, F9)
        wait_until_idle(window.runner)
    assert (len(desk.queries_of("AcceptDossier")), len(desk.queries_of("CheckForm"))) == (1, checks)
    assert window.intake.saved_banner.isVisible()
    assert not [box for box in window.intake.form.boxes.values() if box.error]


def test_f9_on_a_form_just_discarded_does_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    begin_form(window, wait_until_idle, qtbot)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(window, F9)
    wait_until_idle(window.runner)
    assert not desk.queries_of("AcceptDossier")
    assert not [box for box in window.intake.form.boxes.values() if box.error]
    message = window.banner.message
    assert message is not None and message.action == "Hoàn lại"


def test_f9_names_what_is_missing_once_something_is_typed(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    save_form(window, wait_until_idle, qtbot)
    QTest.keyClicks(window.intake.form.submitter.name, "Lo")
    press(window, F9)
    wait_until_idle(window.runner)
    assert window.intake.form.boxes["procedure"].error
    assert not window.intake.saved_banner.isVisible(), "an error stays beside the dossier before"


def test_refusal_of_the_office_closes_the_good_news(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    save_form(window, wait_until_idle, qtbot)
    desk.answers["AcceptDossier"] = Refusal("not_supported", "text")
    begin_form(window, wait_until_idle, qtbot)
    press(window, F9)
    wait_until_idle(window.runner)
    assert not window.intake.saved_banner.isVisible()
    message = window.banner.message
    assert message is not None and message.level is Level.ERROR


def test_saved_dossier_closes_the_error_before(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    window.banner.show_message(BannerMessage(Level.ERROR, "Ổ đĩa đầy nên chưa ghi được."))
    save_form(window, wait_until_idle, qtbot)
    message = window.banner.message
    assert window.intake.saved_banner.isVisible()
    assert message is None or message.level is not Level.ERROR


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_no_single_key_closes_the_window_over_a_half_form(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, key: Qt.Key
) -> None:
    window.asks_before_leaving = True
    begin_form(window, wait_until_idle, qtbot)
    window.close()
    (dialog,) = window.findChildren(LeaveDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.focusWidget() or dialog, key)
    assert window.isVisible() and window.intake.form.submitter.name.text() == "Lò Thị Ban"
    for letter in "QW":
        QTest.keyClick(window, Qt.Key[f"Key_{letter}"], Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible()
    window.asks_before_leaving = False


@pytest.mark.parametrize(
    ("message", "stays"),
    [
        (BannerMessage(Level.DONE, "Đã gửi in sổ."), False),
        (BannerMessage(Level.WARNING, "Mã vừa quét không phải của hồ sơ nào ở đây."), False),
        (BannerMessage(Level.WARNING, "Chưa thấy máy in.", "Xem giấy chờ", lambda: None), True),
        (BannerMessage(Level.ERROR, "Ổ đĩa đầy nên chưa ghi được."), True),
    ],
)
def test_message_of_no_page_goes_with_the_page_unless_it_must_be_seen(
    window: MainWindow, message: BannerMessage, stays: bool
) -> None:
    window.go_to_page("worklist")
    window.banner.show_message(message)
    window.go_to_page("intake")
    assert window.banner.isVisible() is stays


def test_message_of_a_page_goes_when_another_is_shown(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    stayed = []
    for name in window.pages:
        window.go_to_page(name)
        wait_until_idle(window.runner)
        window.pages[name].post_message(Level.ERROR, "Chưa ghi được.", "Làm lại", lambda: None)
        window.go_to_page("help" if name != "help" else "intake")
        stayed += [name] if window.banner.isVisible() else []
    assert stayed == []


def test_esc_closes_the_message_before_it_leaves_a_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    wrong = []
    for name in window.pages:
        window.banner.clear()
        window.go_to_page("help" if name != "help" else "intake")
        before = window.current_page_name
        window.go_to_page(name)
        wait_until_idle(window.runner)
        while window.pages[name].back():
            pass
        window.banner.show_message(BannerMessage(Level.WARNING, "Lưu ý."))
        seen = []
        for _time in range(2):
            press(window, ESCAPE)
            seen.append((window.banner.isVisible(), window.current_page_name))
        wrong += [(name, seen)] if seen != [(False, name), (False, before)] else []
    assert wrong == []


def test_function_key_at_once_after_esc_or_another_page_is_never_lost(
    window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    keys = {
        item.page: Qt.Key[f"Key_{item.key}"]
        for item in NAV_ITEMS
        if item.page in window.pages and item.page != "lookup"
    }
    for page, key in keys.items():
        for other, then in keys.items():
            if other == page:
                continue
            press(window, key)
            press(window, ESCAPE)
            press(window, then)
            assert window.current_page_name == other, (page, other)
            press(window, key)
            assert window.current_page_name == page, (page, other)
    wait_until_idle(window.runner)


def test_undone_return_takes_the_question_of_the_rating_back(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.rating.ask_about(CODE)
    desk.answers["ActOnDossier"] = sheet(CODE, (Action.RETURN,))
    window.dossier._submit_action(ActOnDossier(CODE, Action.UNDO, note="bấm nhầm"))
    wait_until_idle(window.runner)
    assert window.dossier.rating.isHidden()
