"""What every page has in common: a title, what it cares for, and when it reads anew."""

from PySide6.QtGui import QHideEvent, QShowEvent

from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from app.ui.kit.widgets import EnterAdvances


class Page(EnterAdvances):
    """One page of the window. It reads when it is shown and stale, or at once when something it cares for changed
    while it is in sight. It knows no other page: it asks the window by signals."""

    title = ""
    reloads_on: frozenset[Changed] = frozenset()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self._stale = True

    def reload(self) -> None:
        """Reads what the page shows. Pages that show nothing read leave this empty."""

    def focus_start(self) -> None:
        """Puts the caret where work begins on this page."""
        self.setFocus()

    def back(self) -> bool:
        """Esc: closes what is open on the page. False when there was nothing, and the window goes back."""
        return False

    def begin_filter(self) -> bool:
        """Move the focus to the filter of the page (Ctrl+F). False where it has none."""
        return False

    def on_changed(self, changes: frozenset[Changed], source: object) -> None:
        """One announcement after a success anywhere in the window."""
        if self.reloads_on & changes and source is not self:
            self._stale = True
            self._reload_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight shows what is true now."""
        super().showEvent(event)
        self._reload_if_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        """What another desk or a command does meanwhile is seen at the next visit."""
        super().hideEvent(event)
        self._stale = True

    def mark_stale(self) -> None:
        """Marks the page as out of date, without reading before it is seen."""
        self._stale = True

    def _reload_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def post_message(self, level: Level, text: str, action: str = "", on_action: object = None) -> None:
        """One sentence into the banner."""
        self.runner.message_posted.emit(BannerMessage(level, text, action, on_action))  # type: ignore[arg-type]


CLOSES_FOR_NEXT_CITIZEN = "gives_way"
"""A property of dialogs that close when a scan opens a dossier."""
