"""Base class of pages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent

from app.office.chosen_places import save_chosen_file
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from app.ui.kit.widgets import EnterAdvances


class Page(EnterAdvances):
    """One page of the window.

    It reloads when it is shown stale, or at once when a change in `reloads_on` is announced while it is visible.
    Pages do not use each other; they request other pages from the window by signals.

    Signals: `open_requested(code)` for a dossier, `page_requested(name)` for another page;
    `list_print_requested(title, pdf)` for the rows of a table in view; `person_changed()` once the page is about
    another person or dossier.
    """

    open_requested = Signal(str)
    page_requested = Signal(str)
    list_print_requested = Signal(str, bytes)
    person_changed = Signal()
    title = ""
    reloads_on: frozenset[Changed] = frozenset()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self._stale = True

    def reload(self) -> None:
        """Read the data of the page."""

    def focus_start(self) -> None:
        """Focus the first field of the page."""
        self.setFocus()

    def back(self) -> bool:
        """Handle Esc by closing an open part.

        False if there is none, so that the window goes back.
        """
        return False

    def begin_filter(self) -> bool:
        """Move the focus to the filter of the page (Ctrl+F).

        False where it has none.
        """
        return False

    def open_handed(self, file: Path) -> bool:
        """Show a file that was handed to the window.

        False where the page takes none of its kind.
        """
        return False

    def on_changed(self, changes: frozenset[Changed], source: object) -> None:
        """Reload after a change elsewhere, if the page depends on it."""
        if self.reloads_on & changes and source is not self:
            self._stale = True
            self._reload_if_stale()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Show no focus; Qt would paint the whole page again."""

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Show no focus, as in `focusInEvent`."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        """Mark the page stale.

        Other workstations and commands may change the data while it is hidden.
        """
        super().hideEvent(event)
        self._stale = True

    def mark_stale(self) -> None:
        """Reload when the page is next shown."""
        self._stale = True

    def _reload_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def post_message(
        self,
        level: Level,
        text: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        restores: bool = False,
    ) -> None:
        """Show one sentence in the banner, with an optional action.

        The action `restores` the work of a person who has left the page.
        """
        self.runner.message_posted.emit(BannerMessage(level, text, action, on_action, self, restores))

    def export_file(self, file: Path, content: Callable[[], bytes], text: str, activity: str) -> None:
        """Make and write a file in the background, then show `text`.

        A file that cannot be written is reported in the banner.
        """
        self.runner.run_background(
            lambda _ticket: save_chosen_file(file, content()),
            lambda _none: self.post_message(Level.DONE, text),
            activity=activity,
        )


CLOSES_FOR_NEXT_CITIZEN = "gives_way"
"""Property of dialogs that close when a scan opens a dossier."""

STAYS_OPEN = "stays_open"
"""Property of dialogs that must be answered: a function key does not close them."""
