"""Pages in an application that speaks Vietnamese, before a desk that answers from a table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.runner import Runner
from app.ui.shell.window import MainWindow, build_window
from tests.support.recording_desk import RecordingDesk

_TIMEOUT_MS = 60_000


class PatientBot(QtBot):
    """pytest-qt's robot with a timeout of a minute instead of five seconds, for busy machines."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = _TIMEOUT_MS) -> None:
        """Run the event loop until a condition holds."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> QtBot:
    """The robot above in place of pytest-qt's own."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def translated_app(qapp: Any) -> Any:
    """The application with Vietnamese words on Qt's own buttons. It is left undressed: a stylesheet costs each window
    a third of a second and alters no behaviour."""
    qapp.words = install_vietnamese(qapp)
    return qapp


@pytest.fixture
def desk(tmp_path: Path) -> RecordingDesk:
    """A desk of an ordinary morning."""
    return RecordingDesk(tmp_path)


@pytest.fixture
def runner(translated_app: Any, desk: RecordingDesk) -> Iterator[Runner]:
    """Lanes of their own for one page."""
    made = Runner(desk)
    yield made
    made.close()


@pytest.fixture
def wait_until_idle(qtbot: Any) -> Callable[[Runner], None]:
    """Waits until every lane is empty and everything was told."""

    def wait(runner: Runner) -> None:
        qtbot.waitUntil(lambda: runner.idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait


@pytest.fixture
def window(translated_app: Any, desk: RecordingDesk, qtbot: Any) -> Iterator[MainWindow]:
    """The whole window at the size of an old desk screen."""
    made = build_window(desk)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.runner.idle and made.isActiveWindow())
    yield made
    made.close()
