"""Pages in an application dressed as the clerk sees it, before a desk that answers from a table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.ui.qt_words import speak_vietnamese
from app.ui.runner import Runner
from app.ui.style import LIGHT, dress
from app.ui.window import MainWindow, build_window
from tests.ui.recording import RecordingDesk

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def dressed(qapp: Any) -> Any:
    """The application in its light palette, speaking Vietnamese."""
    speak_vietnamese(qapp)
    dress(qapp, LIGHT, RESOURCES)
    return qapp


@pytest.fixture
def desk(tmp_path: Path) -> RecordingDesk:
    """A desk of an ordinary morning."""
    return RecordingDesk(tmp_path)


@pytest.fixture
def runner(dressed: Any, desk: RecordingDesk) -> Iterator[Runner]:
    """Lanes of their own for one page."""
    made = Runner(desk)
    yield made
    made.close()


@pytest.fixture
def settled(qtbot: Any) -> Callable[[Runner], None]:
    """Waits until every lane is empty and everything was told."""

    def wait(runner: Runner) -> None:
        qtbot.waitUntil(lambda: runner.idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait


@pytest.fixture
def window(dressed: Any, desk: RecordingDesk, qtbot: Any) -> Iterator[MainWindow]:
    """The whole window at the size of an old desk screen."""
    made = build_window(desk)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.runner.idle)
    yield made
    made.close()
