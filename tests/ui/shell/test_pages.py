"""Lists, the dossier's acts, reports and sync, each before a desk that answers from a table."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.models.enums import Action, PaperForm, Status
from app.models.errors import Refusal
from app.models.figures import Mismatch
from app.services.dossier_actions import ActOnDossier
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.dates import parse_day
from app.ui.printing.preview import PreviewDialog
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.queries import WorkLine
from tests.support.recording_desk import CODE, RecordingDesk, figures, sheet

WaitUntilIdle = Callable[[Any], None]


def opened(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    wait_until_idle(window.runner)


def test_the_worklist_stands_under_headings_of_what_to_do(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    opened(window, "worklist", wait_until_idle)
    model = window.worklist.model
    headings = [model.heading(place) for place in range(len(model.rows)) if model.heading(place)]
    assert headings == [
        "Quá hạn (2)",
        "Đến hạn hôm nay (2)",
        "Sắp đến hạn (2)",
        "Chờ bổ sung (1)",
        "Chờ trả kết quả (2)",
        "Còn thời gian (1)",
    ]
    assert isinstance(window.worklist.table.current, WorkLine)
    assert window.worklist.table.rowHeight(0) == 28


def test_the_worklist_by_keyboard(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    opened(window, "worklist", wait_until_idle)
    table = window.worklist.table
    table.setFocus()
    first = table.current
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current.group == "today"  # the heading between was passed over
    assert window.worklist.model.marked == {first.code}
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"


def test_typing_on_the_worklist_filters_without_marks(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    opened(window, "worklist", wait_until_idle)
    window.worklist.table.setFocus()
    QTest.keyClick(window.worklist.table, "p")
    QTest.keyClicks(QApplication.focusWidget(), "hung")
    found = [row for row in window.worklist.model.rows if isinstance(row, WorkLine)]
    assert {row.name for row in found} == {"Phùng Văn Đạt"}
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert len([row for row in window.worklist.model.rows if isinstance(row, WorkLine)]) == 10


def marked(window: MainWindow, wait_until_idle: WaitUntilIdle) -> tuple[str, ...]:
    opened(window, "worklist", wait_until_idle)
    lines = [row for row in window.worklist.model.rows if isinstance(row, WorkLine)][:3]
    for work in lines:
        window.worklist._mark(work)
    return tuple(work.code for work in lines)


def test_a_batch_goes_to_one_holder_at_once_with_its_list(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    codes = marked(window, wait_until_idle)
    window.worklist._send_marked()
    assert desk.queries_of("BulkSend") == [] and window.banner.text
    window.worklist.holder.setText("Địa chính")
    window.worklist._send_marked()
    window.worklist._send_marked()
    wait_until_idle(window.runner)
    assert [(c.codes, c.to) for c in desk.queries_of("BulkSend")] == [(codes, "Địa chính")]
    assert window.worklist.model.marked == set()
    notice = window.banner.message
    assert notice is not None and notice.on_action is not None and "Đã chuyển 3 hồ sơ" in notice.text
    notice.on_action()
    wait_until_idle(window.runner)
    assert [query.codes for query in desk.queries_of("PrepareHandoverList")] == [codes]
    assert window.findChildren(PreviewDialog)


def test_a_batch_that_is_refused_stays_marked_but_for_the_one_left_out(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    codes = marked(window, wait_until_idle)
    desk.answers["BulkSend"] = Refusal("one_of_many", "to", dossier=codes[1], reason="act_not_allowed")
    window.worklist.holder.setText("Địa chính")
    window.worklist._send_marked()
    wait_until_idle(window.runner)
    assert codes[1] in window.banner.text
    assert window.worklist.model.marked == set(codes)
    notice = window.banner.message
    assert notice is not None and notice.on_action is not None
    notice.on_action()
    assert window.worklist.model.marked == {codes[0], codes[2]}
    assert window.worklist.holder.text() == "Địa chính"


def test_empty_lists_say_how_to_begin(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    desk.answers |= {"ListWork": (), "ListReceived": (), "SearchDossiers": ()}
    opened(window, "worklist", wait_until_idle)
    assert "F2" in window.worklist._table_area.hint.text()
    assert window.worklist._table_area.hint.isVisible()
    opened(window, "registers", wait_until_idle)
    assert not window.registers.table.isVisible()
    window.lookup_field.setText("khong co ai")
    window.lookup_field.submit()
    wait_until_idle(window.runner)
    assert "khong co ai" in window.lookup._table_area.hint.text()


def test_only_allowed_acts_are_there(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    for allowed in ((Action.RETURN, Action.TAKE_BACK), (), tuple(QUESTIONS)):
        desk.answers["ShowDossier"] = lambda query, allowed=allowed: sheet(query.code, allowed)
        window.dossier.clear()
        window.open_dossier(CODE)
        wait_until_idle(window.runner)
        shown = {b.objectName().removeprefix("act.") for b in window.dossier.action_bar.findChildren(QPushButton)}
        assert shown == {action.value for action in allowed}
        assert all(b.isEnabled() for b in window.dossier.action_bar.findChildren(QPushButton))


@pytest.mark.parametrize("width", [1366, 1024])
def test_no_act_is_ever_cut_and_the_usual_one_comes_first(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, width: int
) -> None:
    desk.answers["ShowDossier"] = lambda query: sheet(query.code, tuple(QUESTIONS))
    window.resize(width, 640)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.qWait(1)
    shown = window.dossier.action_bar.findChildren(QPushButton)
    assert all(b.width() >= b.sizeHint().width() and b.height() >= b.sizeHint().height() for b in shown)
    frames = [QRect(b.mapTo(window.dossier.action_bar, QPoint(0, 0)), b.size()) for b in shown]
    assert not any(a.intersects(b) for place, a in enumerate(frames) for b in frames[:place])
    assert all(window.dossier.action_bar.rect().contains(frame) for frame in frames)
    assert window.dossier.action_bar.allowed[0] == Action.RECEIVE
    assert window.dossier.action_bar.press(0)
    assert (
        window.dossier.action_form is not None
        and window.dossier.action_form.action == window.dossier.action_bar.allowed[9]
    )


def test_an_act_by_number_key_asks_and_does(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QTest.keyClick(window.dossier, "1")
    form = window.dossier.action_form
    assert form is not None and form.action == Action.SEND
    form.submit_button.click()
    assert form.boxes["to"].error
    assert desk.queries_of("ActOnDossier") == []
    QTest.keyClicks(form.boxes["to"].inner, "Dia chinh")
    form.submit_button.click()
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert [(c.code, c.action, c.to) for c in desk.queries_of("ActOnDossier")] == [(CODE, Action.SEND, "Dia chinh")]
    assert window.dossier.action_form is None


@pytest.mark.parametrize(("action", "typed", "expected"), [
    (Action.APOLOGISE, {"until": "20/03/2026", "note": "Chờ"}, {"until": date(2026, 3, 20), "note": "Chờ"}),
    (Action.PAY, {"amount": "8.000", "receipt": "AB/26-17"}, {"amount": 8000, "receipt": "AB/26-17"}),
    (Action.AMEND, {"value": "Huỳnh Thị Ẩm Ỷ", "note": "Sai dấu"}, {"sets": (("name", "Huỳnh Thị Ẩm Ỷ"),)}),
    (Action.RETURN, {}, {"received_by": "Huỳnh Thị Ẫm Ỷ"}),
])  # fmt: skip
def test_each_act_asks_what_it_needs(
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
        form.boxes[name].inner.setText(text)  # type: ignore[attr-defined]
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
def test_after_an_act_its_paper_is_offered_and_stays_offered(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, action: Action, form: PaperForm, words: str
) -> None:
    asked: list[tuple[str, PaperForm]] = []
    window.dossier.print_requested.disconnect(window.prints.print_one)
    window.dossier.print_requested.connect(lambda code, paper: asked.append((code, paper)))
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    before = {each.objectName() for each in print_buttons(window)}
    usual = {"print.receipt", "print.control", "print.handover"}
    assert before == usual
    acted = sheet()
    step = replace(acted.steps[-1], action=action)
    fee = replace(acted.fee, paid=8000) if action == Action.PAY else acted.fee
    window.dossier._on_action_done(
        ActOnDossier(CODE, action), False, replace(acted, steps=(*acted.steps, step), fee=fee)
    )
    notice = window.banner.message
    assert notice is not None and notice.on_action is not None
    assert notice.action == words
    notice.on_action()
    offered = {each.objectName(): each for each in print_buttons(window)}
    assert set(offered) == usual | {f"print.{form.value}"}
    offered[f"print.{form.value}"].click()
    assert asked == [(CODE, form)] * 2


def print_buttons(window: MainWindow) -> list[QPushButton]:
    shown = window.dossier._print_buttons.findChildren(QPushButton)
    return [each for each in shown if each.objectName() and not each.isHidden()]


def test_a_refused_act_stays_open_with_its_reason(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ActOnDossier"] = Refusal("until_not_later", "until", due="2026-03-11")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.APOLOGISE)
    form = window.dossier.action_form
    assert form is not None
    form.boxes["until"].inner.setText("10/03/2026")  # type: ignore[attr-defined]
    form.boxes["note"].inner.setText("Lý do")  # type: ignore[attr-defined]
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert window.dossier.action_form is form
    assert form.boxes["until"].error


def test_esc_leaves_an_act_then_the_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("worklist")
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.FINISH)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.dossier.action_form is None and window.current_page_name == "dossier"
    window.banner.clear()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.current_page_name == "worklist"


def test_the_dossier_before_is_gone_at_once_when_another_is_opened(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    desk.answers["ShowDossier"] = Refusal("dossier_unknown", "code", code="X")
    window.open_dossier("H29.12-260311-0099")
    assert window.dossier.detail is None
    wait_until_idle(window.runner)
    assert window.dossier.detail is None


def test_a_timeline_is_a_picture_with_words_for_a_reader(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    picture = window.dossier.timeline.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}) > 4
    assert "Chuyển → Chủ tịch ký" in window.dossier.timeline.accessibleDescription()


def test_the_report_of_a_period_with_its_identities(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    opened(window, "reports", wait_until_idle)
    (query,) = desk.queries_of("Report06a")
    assert (query.from_day, query.to_day) == (date(2026, 2, 15), date(2026, 3, 14))
    assert [row.field for row in window.reports.model.rows][-1] == "Cộng"
    assert "đều khớp" in window.reports.checks.text()
    desk.answers["Report06a"] = lambda q: figures(q).__class__(
        q.from_day, q.to_day, figures(q).rows, figures(q).total, (Mismatch("received", "Hộ tịch", 207, 206),)
    )
    window.reports.preset.setCurrentIndex(1)
    wait_until_idle(window.runner)
    assert "Hộ tịch" in window.reports.checks.text() and "207" in window.reports.checks.text()


def test_the_report_is_written_beside_the_window(
    window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    opened(window, "reports", wait_until_idle)
    window.reports.write(tmp_path / "bieu.json")
    wait_until_idle(window.runner)
    assert json.loads((tmp_path / "bieu.json").read_text("utf-8"))["total"]["received"] == 1560
    window.reports.write(tmp_path / "không có" / "bieu.json")
    wait_until_idle(window.runner)
    assert "chọn thư mục khác" in window.banner.text


def test_the_sync_file_reaches_the_disk_or_says_why_not(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    opened(window, "sync", wait_until_idle)
    exported = desk.answers["StoreBundle"]
    window.sync.write(exported, tmp_path / exported.file_name)
    wait_until_idle(window.runner)
    assert (tmp_path / exported.file_name).read_bytes() == b"bundle"
    window.sync.write(exported, tmp_path / "không có" / "tep")
    wait_until_idle(window.runner)
    assert window.banner.message is not None and window.banner.message.action == "Chọn nơi khác"


def test_a_change_reloads_what_is_seen_and_marks_the_rest(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    opened(window, "worklist", wait_until_idle)
    opened(window, "sync", wait_until_idle)
    before = len(desk.queries_of("ListWork"))
    window.runner.changed.emit(frozenset(window.worklist.reloads_on), None)
    wait_until_idle(window.runner)
    assert len(desk.queries_of("ListWork")) == before
    opened(window, "worklist", wait_until_idle)
    assert len(desk.queries_of("ListWork")) == before + 1


class WindowsShown(QObject):
    """Which widgets were shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_no_part_of_a_page_is_a_window_of_its_own(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    """A part shown before it has a place takes the keyboard away from the window."""
    watching = WindowsShown()
    QApplication.instance().installEventFilter(watching)
    window.start_deferred_work()
    wait_until_idle(window.runner)
    for page in window.pages:
        opened(window, page, wait_until_idle)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QApplication.instance().removeEventFilter(watching)
    assert watching.shown == []


def test_keys_lead_to_their_pages(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    keys = {
        "F1": "help",
        "F4": "worklist",
        "F5": "reports",
        "F6": "registers",
        "F7": "sync",
        "F8": "office",
        "F2": "intake",
    }
    for key, page in keys.items():
        QTest.keyClick(window, Qt.Key[f"Key_{key}"])
        wait_until_idle(window.runner)
        assert window.current_page_name == page
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert QApplication.focusWidget() is window.lookup_field


def test_a_typed_code_opens_and_words_search(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.lookup_field.setText("6303260311000078")
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, "huynh")
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "lookup"
    assert len(window.lookup.model.rows) == 6
    assert QApplication.focusWidget() is window.lookup.table


def test_the_status_line_speaks_only_of_what_there_is(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.status_facts.refresh()
    wait_until_idle(window.runner)
    assert window.status.text("sync") == "12 chờ gửi"
    assert window.status.text("unprinted") == ""


@pytest.mark.parametrize(("typed", "day"), [
    ("8/3/1999", date(1999, 3, 8)), ("08.03.1999", date(1999, 3, 8)), ("08031999", date(1999, 3, 8)),
    ("31/02/1999", None), ("1999", None), ("08/03/99", None),
])  # fmt: skip
def test_days_as_clerks_type_them(typed: str, day: date | None) -> None:
    assert parse_day(typed) == day


def test_every_state_of_the_registers_lines_is_said(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    opened(window, "registers", wait_until_idle)
    states = [window.registers.model.data(window.registers.model.index(row, 5)) for row in range(6)]
    assert "Đang xử lý · quá hạn" in states and "Đã hủy" in states
    assert all(states) and Status.VOID.value not in states
