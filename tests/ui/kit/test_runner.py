"""Runner: order, superseded queries, logging of bugs, closing."""

import gc
import logging
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel

from app.models.errors import Fault, Refusal
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Runner], None]


def use_case(*_arguments: Any) -> None:
    """Any use case; the recording desk uses only the query."""


class NumberQuery:
    """A query with a number."""

    def __init__(self, number: int) -> None:
        self.number = number


@pytest.fixture
def echo_desk(desk: RecordingDesk) -> RecordingDesk:
    """Recording desk that answers with the number and the current thread."""
    desk.answers["NumberQuery"] = lambda query: (query.number, threading.current_thread())
    return desk


def test_results_arrive_in_order_on_gui_thread(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    results: list[tuple[int, bool, bool]] = []
    gui_thread = threading.current_thread()

    def on_result(answer: Any) -> None:
        results.append((answer[0], answer[1] is gui_thread, threading.current_thread() is gui_thread))

    for number in range(20):
        (runner.write if number % 3 else runner.read)(use_case, NumberQuery(number), on_result)
    wait_until_idle(runner)
    assert results == [(number, False, True) for number in range(20)]


class PaintedLabel(QLabel):
    """A label that records each paint of its text."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__()
        self.steps = steps

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.steps.append(f"painted {self.text()}")


def test_query_after_the_paint_waits_for_what_is_shown(
    runner: Runner, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    steps: list[str] = []
    shown = PaintedLabel(steps)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: bool(steps))
    desk.answers["NumberQuery"] = lambda query: steps.append(f"read {query.number}")
    runner.became_idle.connect(lambda: steps.append("idle"))

    def show(_answer: None) -> None:
        shown.setText("Hồ sơ")
        runner.read(use_case, NumberQuery(2), lambda _answer: steps.append("shown 2"), after_paint=True)

    steps.clear()
    runner.read(use_case, NumberQuery(1), show)
    wait_until_idle(runner)
    assert steps == ["read 1", "painted Hồ sơ", "read 2", "shown 2", "idle"]


def test_call_after_the_paint_comes_after_it(runner: Runner, qtbot: Any) -> None:
    steps: list[str] = []
    shown = PaintedLabel(steps)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: bool(steps))
    steps.clear()
    runner.call_after_paint(lambda: steps.append("called"))
    shown.setText("Hồ sơ")
    qtbot.waitUntil(lambda: "called" in steps)
    assert steps == ["painted Hồ sơ", "called"]


def test_query_after_the_paint_is_dropped_by_a_newer_one(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    results: list[int] = []
    for number in range(3):
        runner.read(
            use_case, NumberQuery(number), lambda answer: results.append(answer[0]), key="forms", after_paint=True
        )
    wait_until_idle(runner)
    assert results == [2]


def test_only_newest_query_with_same_key_is_answered(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    results: list[int] = []
    for number in range(5):
        runner.read(use_case, NumberQuery(number), lambda answer: results.append(answer[0]), key="typing")
    wait_until_idle(runner)
    assert results == [4]


def test_cancelled_query_is_not_answered(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    results: list[Any] = []
    runner.read(use_case, NumberQuery(1), results.append, key="dossier")
    runner.cancel("dossier")
    wait_until_idle(runner)
    assert results == []


def test_background_work_does_not_block_queries(runner: Runner, echo_desk: RecordingDesk, qtbot: Any) -> None:
    gate = threading.Event()
    results: list[Any] = []
    runner.run_background(lambda _task: gate.wait(60), lambda _done: results.append("network"), activity="Đang gửi")
    runner.read(use_case, NumberQuery(7), lambda answer: results.append(answer[0]))
    qtbot.waitUntil(lambda: results == [7])
    gate.set()
    qtbot.waitUntil(lambda: results == [7, "network"])


def test_changes_are_announced_only_after_success(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    announced: list[Any] = []
    runner.changed.connect(lambda changes, source: announced.append((changes, source)))
    changes = frozenset({Changed.DOSSIER})
    runner.write(use_case, NumberQuery(1), lambda _answer: None, changes=changes, source="page")
    wait_until_idle(runner)
    echo_desk.answers["NumberQuery"] = Refusal("alias_taken")
    runner.write(use_case, NumberQuery(2), lambda _answer: None, changes=changes)
    wait_until_idle(runner)
    assert announced == [(changes, "page")]


@pytest.mark.parametrize("error", [Refusal("dossier_unknown", code="X"), Fault("disk_full")])
def test_known_errors_are_shown_in_vietnamese(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle, error: Exception
) -> None:
    messages: list[BannerMessage] = []
    runner.message_posted.connect(messages.append)
    echo_desk.answers["NumberQuery"] = error
    runner.read(use_case, NumberQuery(1), lambda _answer: None)
    wait_until_idle(runner)
    assert [message.level for message in messages] == [Level.ERROR]
    assert messages[0].text and error.args[0] not in messages[0].text


def test_bug_is_logged_without_typed_data(
    runner: Runner, echo_desk: RecordingDesk, wait_until_idle: WaitUntilIdle, caplog: Any
) -> None:
    def fail(_query: Any) -> None:
        raise KeyError("Huỳnh Thị Ẫm Ỷ 048199004217")

    messages: list[BannerMessage] = []
    runner.message_posted.connect(messages.append)
    echo_desk.answers["NumberQuery"] = fail
    with caplog.at_level(logging.ERROR):
        runner.read(use_case, NumberQuery(1), lambda _answer: None)
        wait_until_idle(runner)
    assert "KeyError" in caplog.text and "test_runner.py" in caplog.text
    assert "Huỳnh" not in caplog.text and "048199004217" not in caplog.text
    assert "Huỳnh" not in messages[0].text


def test_slow_work_is_announced_and_can_be_stopped(runner: Runner, qtbot: Any) -> None:
    gate, results, announced = threading.Event(), [], []
    runner.slow_work_started.connect(lambda activity, can_stop: announced.append((activity, can_stop)))
    runner.run_background(lambda _task: gate.wait(60), results.append, activity="Đang gửi")
    qtbot.waitUntil(lambda: announced == [("Đang gửi", True)])
    assert runner.stop()
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert results == []


def test_progress_is_reported(runner: Runner, qtbot: Any) -> None:
    reports: list[Any] = []
    runner.progressed.connect(lambda done, total, text: reports.append((done, total, text)))
    gate = threading.Event()

    def job(task: Any) -> None:
        task.report(1, 3, "Đang gửi")
        gate.wait(60)

    runner.run_background(job, lambda _none: None, activity="Đang gửi")
    qtbot.waitUntil(lambda: reports == [(1, 3, "Đang gửi")])
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)


def test_ended_work_is_freed_without_a_search_for_cycles(runner: Runner, qtbot: Any) -> None:
    """The work of a print holds its papers."""
    query = NumberQuery(1)
    paper = weakref.ref(query)
    assert not gc.isenabled()
    runner.run_background(lambda task: task.report(1, 1, ""), partial(use_case, query), activity="Đang in")
    del query
    qtbot.waitUntil(lambda: runner.idle and paper() is None)


def test_close_finishes_writes(desk: RecordingDesk, translated_app: Any) -> None:
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


def test_close_records_last_print_outcome(desk: RecordingDesk, translated_app: Any) -> None:
    desk.answers["NumberQuery"] = None
    runner = Runner(desk)
    printed = threading.Event()
    runner.run_background(
        lambda _task: printed.wait(60),
        lambda _answer: runner.write(
            use_case, NumberQuery(1), lambda _none: runner.read(use_case, NumberQuery(2), lambda _none: None)
        ),
        activity="Đang in",
        pictures=True,
    )
    printed.set()
    runner.close()
    runner.run_background(lambda _task: desk.queries.append("late"), lambda _none: None, activity="Đang in")
    assert [query.number for query in desk.queries_of("NumberQuery")] == [1]
    QCoreApplication.processEvents()
    assert [query.number for query in desk.queries_of("NumberQuery")] == [1]
    assert runner.idle


def test_lane_goes_on_once_an_urgent_result_is_delivered(
    runner: Runner, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.kit.runner._DELIVERY_S", 60)
    submitted, steps = threading.Event(), list[str]()

    def job(number: int) -> int:
        submitted.wait(60)
        steps.append(f"job {number}")
        return number

    for number in (1, 2):
        runner.run_serial(
            partial(job, number), lambda done: steps.append(f"result {done}"), activity="", urgent=number == 1
        )
    submitted.set()
    wait_until_idle(runner)
    assert steps == ["job 1", "result 1", "job 2", "result 2"]


def test_work_passed_on_by_a_lane_is_delivered_after_its_own_result(
    runner: Runner, wait_until_idle: WaitUntilIdle
) -> None:
    results: list[object] = []

    def failing() -> int:
        raise ValueError("printer")

    def show(passed_on: Sequence[Future[int]]) -> None:
        results.append("job")
        for each in passed_on:
            runner.follow(each, results.append, activity="", on_error=lambda error: bool(results.append(str(error))))

    runner.run_serial(lambda: (runner.pass_on(lambda: 7), runner.pass_on(failing)), show, activity="")
    wait_until_idle(runner)
    assert results == ["job", 7, "printer"]


def test_urgent_result_that_is_never_delivered_stops_no_lane(desk: RecordingDesk, translated_app: Any) -> None:
    runner = Runner(desk)
    desk.answers["NumberQuery"] = lambda _query: None
    runner.run_serial(lambda: desk.read(use_case, NumberQuery(1)), lambda _none: None, activity="", urgent=True)
    runner.write(use_case, NumberQuery(2), lambda _none: None)
    runner.close()
    assert len(desk.queries_of("NumberQuery")) == 2
