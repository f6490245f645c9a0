"""Windows of the first hour for the screenshots of the clerk's guide."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.office.guide.answers import GuidePage
from app.office.guide.guide import Guide
from app.ui.guide.founding_page import FoundingPage
from app.ui.guide.window import GuideWindow
from tests.office.guide.guide_places import TYPED, guide_at_founding, places_in, tools

OFFICE = replace(TYPED, name="UBND xã Kiểm Thử", parent="UBND tỉnh Mẫu", province="Tỉnh Mẫu", agency_code="H29.12")
Wait = Callable[[Callable[[], bool]], None]


class FirstHour:
    """Guides below a folder, and their windows until the end."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now
        self._locks = ExitStack()

    def window_at(self, page: GuidePage) -> GuideWindow:
        """Return the window of a guide on a page, with the answers of an office."""
        places = places_in(self._folder / page)
        guide = Guide(places, replace(tools(self._locks), now=lambda: self._now), page)
        guide.answers = OFFICE
        return self._shown(guide)

    def founded(self, wait: Wait) -> QWidget:
        """Return the window that asks for two groups of the recovery page."""
        guide = guide_at_founding(places_in(self._folder / "founded"), self._locks, OFFICE)
        window = self._shown(guide)
        window.go_on()
        wait(lambda: guide.founded is not None and window.runner.idle)
        view = window.view
        assert isinstance(view, FoundingPage) and guide.founded is not None
        view.save_sheet(self._folder / "khoa-phuc-hoi.pdf")
        wait(view.type_part.isVisible)
        self._locks.callback(guide.founded.session.close)
        return window

    def _shown(self, guide: Guide) -> GuideWindow:
        window = GuideWindow(guide, lambda _parent: False)
        window.resize(1366, 768)
        window.show()
        self._locks.callback(guide.close)
        self._locks.callback(window.close)
        return window

    def close(self) -> None:
        """Close all windows and offices."""
        self._locks.close()
