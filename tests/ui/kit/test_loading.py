"""Lists that are read, or were not read, are not shown as empty."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.models.errors import Fault
from app.ui.kit.tables import _LOADING, _NOT_READ, TableOrHint
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

LIST_PAGES = (
    *("worklist", "start", "calendar", "catalogue", "count", "registers", "sync", "citizens"),
    *("people", "notices", "law", "rules", "reports"),
)
"""Pages whose lists are read when the page is shown.

Look-up begins without a search; the pages of tables and of the rebuilding fill their lists by acts.
"""


def hints(shown: QWidget) -> list[str]:
    areas = [area for area in shown.findChildren(TableOrHint) if area.isVisible()]
    return [next((text.text() for text in (area.hint, area.state) if text.isVisible()), "") for area in areas]


@pytest.fixture
def held(desk: RecordingDesk, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Every answer of the desk waits for this event."""
    released, answer = Event(), desk.read
    released.set()

    def wait(*arguments: Any, **named: Any) -> Any:
        released.wait(60)
        return answer(*arguments, **named)

    monkeypatch.setattr(desk, "read", wait)
    monkeypatch.setattr(desk, "write", wait)
    return released


def test_every_page_with_a_list_is_named(window: MainWindow) -> None:
    named = {name for name in window.pages if window.pages[name].findChildren(TableOrHint)}
    assert named == {*LIST_PAGES, "lookup", "rebuild", "tables"}


def test_lists_are_loading_while_they_are_read(
    held: Event, window: MainWindow, wait_until_idle: Callable[[Any], None]
) -> None:
    held.clear()
    for name in LIST_PAGES:
        window.go_to_page(name)
        assert set(hints(window.pages[name])) == {_LOADING}, name
    held.set()
    wait_until_idle(window.runner)
    for name in LIST_PAGES:
        window.go_to_page(name)
        wait_until_idle(window.runner)
        assert _LOADING not in hints(window.pages[name]), name


def test_searched_list_is_loading_while_it_is_read(
    held: Event, window: MainWindow, wait_until_idle: Callable[[Any], None]
) -> None:
    window.go_to_page("lookup")
    wait_until_idle(window.runner)
    held.clear()
    window.lookup.search("huynh", immediately=True)
    assert hints(window.lookup) == [_LOADING]
    held.set()
    wait_until_idle(window.runner)


def test_waiting_papers_are_loading_while_they_are_read(
    held: Event, window: MainWindow, wait_until_idle: Callable[[Any], None]
) -> None:
    held.clear()
    window.paper_dialogs.show_print_queue()
    (dialog,) = window.findChildren(PrintQueueDialog)
    assert hints(dialog) == [_LOADING]
    held.set()
    wait_until_idle(window.runner)
    assert hints(dialog) == ["Không còn giấy nào chờ in."]
    dialog.reject()


def test_list_that_cannot_be_read_is_not_shown_as_empty(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Callable[[Any], None]
) -> None:
    answer = desk.answers["ListWork"]
    desk.answers["ListWork"] = Fault("disk_full")
    window.go_to_page("worklist")
    wait_until_idle(window.runner)
    assert hints(window.worklist) == [_NOT_READ]
    desk.answers["ListWork"] = answer
    window.worklist.reload()
    wait_until_idle(window.runner)
    assert hints(window.worklist) == [""]
