"""Keep input from the form while a dossier is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.ui.intake.live_preview import create_timer

if TYPE_CHECKING:
    from app.ui.kit.page import Page

_DISABLE_MS = 200


class SavingLock(QObject):
    """Lock of the form: neither keys nor clicks reach it.

    Its widgets are shown as disabled only if the save takes long, because that styles and paints all of them again.
    """

    def __init__(self, page: Page, form: QWidget, save_button: QWidget) -> None:
        super().__init__(page)
        self._page, self._form, self._widgets = page, form, (form, save_button)
        self._last_focus: QWidget | None = None
        self._disable_timer = create_timer(self, _DISABLE_MS, lambda: self._set_enabled(False))
        self.closed = False

    def close(self) -> None:
        """Take the focus from the form."""
        if self.closed:
            return
        self.closed, self._last_focus = True, self._page.focusWidget()
        self._form.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
        self._page.setFocus()
        self._disable_timer.start()

    def open(self, restore_focus: bool = True) -> None:
        """Let input through, and give the focus back unless it moves on."""
        self.closed = False
        self._disable_timer.stop()
        self._form.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self._set_enabled(True)
        if restore_focus and self._last_focus is not None:
            self._last_focus.setFocus()

    def _set_enabled(self, enabled: bool) -> None:
        for widget in self._widgets:
            widget.setEnabled(enabled)
