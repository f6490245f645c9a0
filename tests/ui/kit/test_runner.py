"""Two lanes: order, answers on the GUI thread, the newest question only, bugs without a name in the log."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from app.models.errors import Fault, Refusal
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Runner], None]


def use_case(*_arguments: Any) -> None:
    """Stands for any; the recording desk looks at the query alone."""


class NumberQuery:
    """A question with a number."""

    def __init__(self, number: int) -> None:
        self.number = number


@pytest.fixture
def echo_desk(desk: RecordingDesk) -> RecordingDesk:
    """A desk that answers a number with itself and the thread it ran in."""
    desk.answers["NumberQuery"] = lambda query: (query.number, threading.current_thread())
    return desk


def test_answers_come_in_order_and_on_the_gui_thread(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    heard: list[tuple[int, bool, bool]] = []
    here = threading.current_thread()

    def hear(answer: Any) -> None:
        heard.append((answer[0], answer[1] is here, threading.current_thread() is here))

    for number in range(20):
        (runner.write if number % 3 else runner.read)(use_case, NumberQuery(number), hear)
    wait_until_idle(runner)
    assert heard == [(number, False, True) for number in range(20)]


def test_only_the_newest_of_like_questions_is_answered(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    heard: list[int] = []
    for number in range(5):
        runner.read(use_case, NumberQuery(number), lambda answer: heard.append(answer[0]), key="typing")
    wait_until_idle(runner)
    assert heard == [4]


def test_a_forgotten_question_is_not_answered(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    heard: list[Any] = []
    runner.read(use_case, NumberQuery(1), heard.append, key="dossier")
    runner.cancel("dossier")
    wait_until_idle(runner)
    assert heard == []


def test_slow_network_does_not_hold_the_counter_up(runner: Runner, echo_desk: RecordingDesk, qtbot: Any) -> None:
    gate = threading.Event()
    heard: list[Any] = []
    runner.run_background(lambda _ticket: gate.wait(60), lambda _done: heard.append("network"), activity="Đang gửi")
    runner.read(use_case, NumberQuery(7), lambda answer: heard.append(answer[0]))
    qtbot.waitUntil(lambda: heard == [7])
    gate.set()
    qtbot.waitUntil(lambda: heard == [7, "network"])


def test_one_announcement_after_a_success_none_after_a_refusal(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    told: list[Any] = []
    runner.changed.connect(lambda changes, source: told.append((changes, source)))
    changes = frozenset({Changed.DOSSIER})
    runner.write(use_case, NumberQuery(1), lambda _answer: None, changes=changes, source="page")
    wait_until_idle(runner)
    echo_desk.answers["NumberQuery"] = Refusal("alias_taken")
    runner.write(use_case, NumberQuery(2), lambda _answer: None, changes=changes)
    wait_until_idle(runner)
    assert told == [(changes, "page")]


@pytest.mark.parametrize("error", [Refusal("dossier_unknown", code="X"), Fault("disk_full")])
def test_what_the_clerk_can_mend_is_said_in_vietnamese(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle, error: Exception
) -> None:
    said: list[BannerMessage] = []
    runner.message_posted.connect(said.append)
    echo_desk.answers["NumberQuery"] = error
    runner.read(use_case, NumberQuery(1), lambda _answer: None)
    wait_until_idle(runner)
    assert [notice.level for notice in said] == [Level.ERROR]
    assert said[0].text and error.args[0] not in said[0].text


def test_a_bug_is_logged_by_place_without_what_was_typed(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle, caplog: Any
) -> None:
    def break_down(_query: Any) -> None:
        raise KeyError("Huỳnh Thị Ẫm Ỷ 048199004217")

    said: list[BannerMessage] = []
    runner.message_posted.connect(said.append)
    echo_desk.answers["NumberQuery"] = break_down
    with caplog.at_level(logging.ERROR):
        runner.read(use_case, NumberQuery(1), lambda _answer: None)
        wait_until_idle(runner)
    assert "KeyError" in caplog.text and "test_runner.py" in caplog.text
    assert "Huỳnh" not in caplog.text and "048199004217" not in caplog.text
    assert "Huỳnh" not in said[0].text


def test_slow_work_says_so_and_esc_stops_it(runner: Runner, qtbot: Any) -> None:
    gate, heard, waiting = threading.Event(), [], []
    runner.slow_work_started.connect(lambda what, can_stop: waiting.append((what, can_stop)))
    runner.run_background(lambda _ticket: gate.wait(60), heard.append, activity="Đang gửi")
    qtbot.waitUntil(lambda: waiting == [("Đang gửi", True)])
    assert runner.stop()
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert heard == []


def test_progress_is_told(runner: Runner, qtbot: Any) -> None:
    told: list[Any] = []
    runner.progressed.connect(lambda done, total, text: told.append((done, total, text)))
    gate = threading.Event()

    def job(ticket: Any) -> None:
        ticket.report(1, 3, "Đang gửi")
        gate.wait(60)

    runner.run_background(job, lambda _none: None, activity="Đang gửi")
    qtbot.waitUntil(lambda: told == [(1, 3, "Đang gửi")])
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)


def test_closing_lets_a_write_end(desk: RecordingDesk, translated_app: Any) -> None:
    gate, written = threading.Event(), []

    def write(query: Any) -> None:
        gate.wait(60)
        written.append(query.number)

    desk.answers["NumberQuery"] = write
    runner = Runner(desk)
    runner.write(use_case, NumberQuery(1), lambda _none: None)
    runner.write(use_case, NumberQuery(2), lambda _none: None)
    threading.Timer(0.05, gate.set).start()
    runner.close()
    assert written == [1, 2]


def test_closing_still_records_what_the_printer_answered_last(desk: RecordingDesk, translated_app: Any) -> None:
    desk.answers["NumberQuery"] = None
    runner = Runner(desk)
    printed = threading.Event()
    runner.run_background(
        lambda _ticket: printed.wait(60),
        lambda _answer: runner.write(
            use_case, NumberQuery(1), lambda _none: runner.read(use_case, NumberQuery(2), lambda _none: None)
        ),
        activity="Đang in",
        pictures=True,
    )
    printed.set()
    runner.close()
    runner.run_background(lambda _ticket: desk.queries.append("late"), lambda _none: None, activity="Đang in")
    assert [query.number for query in desk.queries_of("NumberQuery")] == [1]
    QCoreApplication.processEvents()
    assert [query.number for query in desk.queries_of("NumberQuery")] == [1]
    assert runner.idle
