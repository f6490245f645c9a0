"""The real window on a training office, for pages of reports."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.ui.shell.window import MainWindow, build_window
from tests.support.offices import Desk, desk_session


@pytest.fixture
def counter(training_folder: Path) -> Iterator[Desk]:
    """Yield the office of the window."""
    with desk_session(training_folder) as counter:
        yield counter


@pytest.fixture
def office_window(counter: Desk, qtbot: Any) -> Iterator[MainWindow]:
    """Yield the window of an office; it is closed at the end."""
    window = build_window(counter.office)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()
