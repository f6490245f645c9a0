"""Fixtures of UI tests: application, recording desk, runner, window."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_office
from app.office.desk import Desk
from app.office.session import OfficeSession
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.runner import Runner
from app.ui.kit.style import LIGHT, apply_palette, apply_stylesheet
from app.ui.shell.window import MainWindow, build_window
from tests.support.fullest_desk import HOLDER, long_text_answers
from tests.support.offices import MORNING
from tests.support.recording_desk import RecordingDesk

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_TIMEOUT_MS = 60_000
_NEW_OBJECTS = 150_000
"""New containers of some tests, before unused cycles are freed."""
OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def plain_application() -> Iterator[None]:
    """Give the application back its style and font after each test.

    Closed windows are deleted, so that no later style is computed for them.

    Unused cycles are freed between tests, in this thread: a widget that another thread deletes, or that goes while Qt
    walks through all widgets, ends the process.
    """
    gc.disable()
    application = QApplication.instance()
    font = QApplication.font() if isinstance(application, QApplication) else None
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application = QApplication.instance()
    if isinstance(application, QApplication) and application.styleSheet():
        application.setStyleSheet("")
    if font is not None and QApplication.font() != font:
        QApplication.setFont(font)
    gc.unfreeze()
    if gc.get_count()[0] > _NEW_OBJECTS:
        gc.collect()


class PatientBot(QtBot):
    """Variant of pytest-qt's bot with a timeout of one minute.

    The default of five seconds is too short for busy machines.
    """

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = _TIMEOUT_MS) -> None:
        """Run the event loop until a condition holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _TIMEOUT_MS, **options: Any) -> Any:
        """Run the event loop until a signal is emitted."""
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> QtBot:
    """The robot above in place of pytest-qt's own."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def translated_app(qapp: Any) -> Any:
    """Application with Vietnamese texts of Qt.

    It has no stylesheet, because that would slow every window.
    """
    qapp.words = install_vietnamese(qapp)
    return qapp


@pytest.fixture
def desk(tmp_path: Path) -> RecordingDesk:
    """Recording desk with its usual answers."""
    return RecordingDesk(tmp_path)


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office on a Monday morning."""
    session = open_office(training_folder, "", MORNING)
    yield session
    session.close()


@pytest.fixture
def runner(translated_app: Any, desk: RecordingDesk) -> Iterator[Runner]:
    """Runner of a recording desk."""
    runner = Runner(desk)
    yield runner
    runner.close()


@pytest.fixture
def wait_until_idle(qtbot: Any) -> Callable[[Runner], None]:
    """Function that waits until all tasks have ended.

    Deferred deletions are then done, too.
    """

    def wait(runner: Runner) -> None:
        qtbot.waitUntil(lambda: runner.idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait


@pytest.fixture
def open_window(translated_app: Any, qtbot: Any) -> Iterator[OpenWindow]:
    """Function that opens the active window of a desk on a page.

    It is for a screen of 1366x768 pixels, does its deferred work if `started`, and is closed at the end. A fixture
    names its office before this one, so that the office is closed after its window.
    """
    windows: list[MainWindow] = []

    def open_on(desk: Desk, page: str = "", started: bool = False) -> MainWindow:
        window = build_window(desk)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        if page:
            window.go_to_page(page)
        if started:
            window.start_deferred_work()
        qtbot.waitUntil(lambda: window.runner.idle and window.isActiveWindow())
        return window

    yield open_on
    for window in windows:
        if window.isVisible():
            window.close()


@pytest.fixture
def window(desk: RecordingDesk, open_window: OpenWindow) -> MainWindow:
    """Main window of a recording desk."""
    return open_window(desk)


@pytest.fixture
def fullest_window(translated_app: Any, qapp: Any, tmp_path: Path, open_window: OpenWindow) -> MainWindow:
    """Styled window with the longest texts everywhere."""
    apply_palette(qapp, LIGHT)
    apply_stylesheet(qapp, LIGHT, RESOURCES)
    desk = RecordingDesk(tmp_path, long_text_answers())
    desk.facts = replace(desk.facts, office_name=f"UBND {HOLDER}", training=True)
    return open_window(desk, started=True)
