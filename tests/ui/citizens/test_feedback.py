"""Tests of the card of the feedback register."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.models.enums import FeedbackChannel, FeedbackTopic, Right
from app.models.errors import Refusal
from app.services.reporting.feedback import FeedbackTable
from app.ui.citizens.feedback import FeedbackCard
from app.ui.shell.window import MainWindow
from app.wording.citizens import feedback_status
from tests.support.recording_desk import CODE, FEEDBACK, RecordingDesk

WaitUntilIdle = Callable[[Any], None]
TODAY = date(2026, 3, 11)


@pytest.fixture
def card(window: MainWindow, wait_until_idle: WaitUntilIdle) -> FeedbackCard:
    window.open_feedback()
    wait_until_idle(window.runner)
    return window.citizens.register


def write(card: FeedbackCard, **texts: str) -> None:
    for name, text in texts.items():
        inner = card.boxes[name].inner
        assert isinstance(inner, QLineEdit)
        inner.setText(text)


@pytest.mark.parametrize(
    ("due", "answered", "status"),
    [
        (None, None, "Chờ trả lời"),
        (date(2026, 3, 16), None, "Chờ trả lời, còn 5 ngày"),
        (TODAY, None, "Đến hạn trả lời hôm nay"),
        (date(2026, 3, 9), None, "Quá hạn trả lời 2 ngày"),
        (date(2026, 3, 9), date(2026, 3, 10), "Đã trả lời, trễ 1 ngày"),
        (date(2026, 3, 9), date(2026, 3, 9), "Đã trả lời"),
        (None, date(2026, 3, 9), "Đã trả lời"),
    ],
)
def test_feedback_status_counts_days(due: date | None, answered: date | None, status: str) -> None:
    assert feedback_status(due, answered, TODAY) == status


def test_most_urgent_feedback_is_first_with_all_details(card: FeedbackCard) -> None:
    assert [line.number for line in card.model.rows] == [3, 4, 2]
    assert card.status_text(card.model.rows[0]) == "Quá hạn trả lời 2 ngày"
    for fact in ("Lâm Thị Bích Ngà", "0905 765 432", "Điện thoại", "Quy định", CODE, "hạn trả lời 09/03/2026"):
        assert fact in card.detail.text()
    assert card.answer.isVisible()
    card.table.selectRow(2)
    assert "người gửi hài lòng: Đã kẻ vạch" in card.detail.text() and not card.answer.isVisible()


def test_add_sends_every_field_of_command(
    window: MainWindow, card: FeedbackCard, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    write(card, content="Chờ lâu", sender="Phùng Văn Đạt", contact="0905 111 222", code=CODE, due="20/3/2026")
    card.way.setCurrentIndex(card.way.findData(FeedbackChannel.POST))
    card.about.setCurrentIndex(card.about.findData(FeedbackTopic.OTHER))
    QTest.keyClick(card.boxes["due"].inner, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("AddFeedback")
    assert (command.content, command.sender, command.contact, command.code) == (
        "Chờ lâu",
        "Phùng Văn Đạt",
        "0905 111 222",
        CODE,
    )
    assert (command.way, command.about, command.due) == (FeedbackChannel.POST, FeedbackTopic.OTHER, date(2026, 3, 20))
    assert "4/2026" in window.banner.text
    assert [box.inner.text() for box in card.boxes.values()] == [""] * 5


@pytest.mark.parametrize("field", ["content", "sender", "contact", "code", "due"])
def test_refusal_is_below_its_field_and_texts_remain(
    window: MainWindow, card: FeedbackCard, wait_until_idle: WaitUntilIdle, desk: RecordingDesk, field: str
) -> None:
    write(card, content="Chờ lâu", due="20/03/2026")
    desk.answers["AddFeedback"] = Refusal("missing", field)
    card.enter()
    wait_until_idle(window.runner)
    assert [name for name, box in card.boxes.items() if box.error] == [field]
    assert card.boxes["content"].inner.text() == "Chờ lâu"


def test_invalid_due_date_is_not_sent(card: FeedbackCard, desk: RecordingDesk) -> None:
    write(card, content="Chờ lâu", due="31/02/2026")
    card.enter()
    assert card.boxes["due"].error != "" and desk.queries_of("AddFeedback") == []


def test_answer_records_satisfaction_of_sender(
    window: MainWindow, card: FeedbackCard, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    card.answer.setPlainText("Đã bổ sung bảng phí")
    card.content_after.set_value("no")
    desk.answers["AnswerFeedback"] = Refusal("feedback_answered", "number", number=3, year=2026)
    card.save_answer.click()
    wait_until_idle(window.runner)
    assert card.answer_box.error != "" and card.answer.toPlainText() == "Đã bổ sung bảng phí"
    (command,) = desk.queries_of("AnswerFeedback")
    assert (command.year, command.number, command.content_after) == (2026, 3, False)


def test_enter_opens_dossier_of_feedback(window: MainWindow, card: FeedbackCard) -> None:
    card.table.selectRow(1)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert window.current_page_name == "citizens", "this feedback has no dossier"
    card.table.selectRow(0)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert window.current_page_name == "dossier" and window.dossier.code == CODE


def test_entry_is_hidden_without_feedback_right(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.FEEDBACK})
    window.open_feedback()
    wait_until_idle(window.runner)
    card = window.citizens.register
    assert not card.answer.isVisible() and not card.boxes["content"].isVisible()
    assert not card.findChild(QPushButton, "citizens.enter").isVisible() and card.table.isVisible()


def test_empty_register_hides_table_and_answer(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    desk.answers["ListFeedback"] = replace(FEEDBACK, rows=())
    assert isinstance(desk.answers["ListFeedback"], FeedbackTable)
    window.open_feedback()
    wait_until_idle(window.runner)
    card = window.citizens.register
    assert not card.table.isVisible() and not card.answer.isVisible() and card.detail.text() == ""


def test_start_page_opens_feedback_to_answer(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("start")
    wait_until_idle(window.runner)
    assert "1 phản ánh phải trả lời" in window.start.summary.text()
    place = next(n for n, row in enumerate(window.start.model.rows) if getattr(row, "kind", "") == "feedback")
    window.start.table.setCurrentIndex(window.start.model.index(place, 1))
    QTest.keyClick(window.start.table, Qt.Key.Key_Return)
    assert window.current_page_name == "citizens"
