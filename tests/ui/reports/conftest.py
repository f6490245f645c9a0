"""The real window on a training office, for pages of reports."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.ui.shell.window import MainWindow
from tests.support.offices import Desk, desk_session


@pytest.fixture
def counter(training_folder: Path) -> Iterator[Desk]:
    """Yield the office of the window."""
    with desk_session(training_folder) as counter:
        yield counter


@pytest.fixture
def office_window(counter: Desk, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Return the window of an office."""
    return open_window(counter.office)
