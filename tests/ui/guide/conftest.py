"""Fixtures of the guide: its places, and its window."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.office.guide.answers import GuidePage
from app.office.guide.guide import Guide
from app.office.guide.places import GuidePlaces
from app.ui.guide.window import GuideWindow
from tests.office.guide.guide_places import places_in, tools

Open = Callable[..., GuideWindow]


@pytest.fixture
def places(tmp_path: Path) -> GuidePlaces:
    return places_in(tmp_path)


@pytest.fixture
def open_guide(translated_app: Any, qtbot: Any, places: GuidePlaces) -> Iterator[Open]:
    """Function that opens the guide's window as at a start of the program."""
    opened: list[tuple[GuideWindow, ExitStack]] = []

    def open_(start: GuidePage | None = None) -> GuideWindow:
        close_all()
        locks = ExitStack()
        window = GuideWindow(Guide(places, tools(locks), start), lambda _parent: False)
        opened.append((window, locks))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.runner.idle)
        return window

    def close_all() -> None:
        for window, locks in opened:
            assert window.close()
            if window.guide.founded is not None:
                window.guide.founded.session.close()
            window.guide.close()
            locks.close()
        opened.clear()

    yield open_
    close_all()
