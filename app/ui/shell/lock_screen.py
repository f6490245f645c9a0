"""Screen lock: hide everything until a user signs in again.

The half-filled intake form stays for the next user, because it belongs to the workstation. Pages and dialogs that the
previous user opened close when another user signs in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputEvent
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from app.models.enums import Right
from app.models.errors import Fault

if TYPE_CHECKING:
    from app.ui.shell.frame import WindowFrame

_MINUTE_MS = 60_000
_ACTIVITY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)


class DeskLock(QObject):
    """Lock of the window of a real office.

    It is locked by hand or after idle `minutes` (0 for never).

    A training office has no passwords and is never locked. Signal: `unlocked()`.
    """

    unlocked = Signal()

    def __init__(self, window: WindowFrame, minutes: int) -> None:
        super().__init__(window)
        self._runner, self._window = window.runner, window
        self.locked = False
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.setInterval(minutes * _MINUTE_MS)
        self._idle_timer.timeout.connect(self._lock_when_idle)
        self._idle_lock_suspended = False
        application = QApplication.instance()
        self._idle_lock_enabled = bool(minutes) and not self._runner.desk.facts.training
        if self._idle_lock_enabled and application is not None:
            application.installEventFilter(self)
            self.restart_idle_timer()

    def stop(self) -> None:
        """Leave the application, as the window closes."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._idle_timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent) and event.type() in _ACTIVITY_EVENTS:
            self.restart_idle_timer()
        return False

    def restart_idle_timer(self) -> None:
        """Start the idle minutes again after a key, a click or a scan."""
        if self._idle_lock_enabled and not self.locked:
            self._idle_timer.start()

    def show_signed_in_user(self) -> None:
        """Show the signed-in user in the frame, and only what they may use."""
        facts, window = self._runner.desk.facts, self._window
        window.header.show_actor(facts)
        window.rail.show_rights(facts.rights)
        window.lookup_field.setVisible(Right.READ_LISTS in facts.rights)

    def suspend_idle_lock(self) -> None:
        """Suspend the idle lock while the citizens' screen covers the window.

        Closing that screen locks the window.
        """
        self._idle_lock_suspended = True

    def _lock_when_idle(self) -> None:
        if not self._idle_lock_suspended:
            self.lock()

    def lock(self) -> None:
        """Save the draft, hide everything and sign the user out."""
        desk = self._runner.desk
        self._idle_lock_suspended = False
        if self.locked or desk.facts.training:
            return
        self.locked = True
        self._idle_timer.stop()
        previous_user = desk.facts.actor
        if "intake" in self._window.pages.created:
            self._window.intake.save_draft_now()
        self._window.paper_dialogs.close_all()
        self._window.banner.clear()
        clear_own_clipboard()
        self._hidden_dialogs = _hide_dialogs()
        self._window.ground.hide()
        self._runner.run_serial(desk.sign_out, partial(self._open_sign_in, previous_user), activity="Đang khóa")

    def _open_sign_in(self, previous_user: str, _none: object) -> None:
        from app.services.credentials import Credentials
        from app.ui.shell.signin_dialog import SignInDialog
        from app.usecases.accounts.signin import ListSignInNames, list_sign_in_names

        desk = self._runner.desk
        try:
            names = [line.name for line in desk.read(list_sign_in_names, ListSignInNames())]
        except Fault:  # a disk error must not prevent sign-in: without names the user types theirs
            names = []

        def attempt(name: str, secret: str) -> None:
            desk.sign_in(Credentials(name, secret))

        self.dialog = SignInDialog(desk.facts.office_name, names, previous_user, attempt, self._window)
        self.dialog.accepted.connect(partial(self._on_signed_in, previous_user))
        self.dialog.open()

    def _on_signed_in(self, previous_user: str) -> None:
        self.locked = False
        self.restart_idle_timer()
        user_changed = self._runner.desk.facts.actor != previous_user
        if user_changed:
            self._close_other_users_pages()
        self.show_signed_in_user()
        self._window.ground.show()
        for dialog in filter(isValid, self._hidden_dialogs):
            dialog.reject() if user_changed else dialog.show()
        self._hidden_dialogs = []
        self._window.pages[self._window.current_page_name].focus_start()
        self.unlocked.emit()

    def _close_other_users_pages(self) -> None:
        """Delete every page of the previous user except intake and help.

        The banner spoke to the previous user.
        """
        self._window.banner.clear()
        self._window.go_to_page("help")
        created = self._window.pages.created
        if "intake" in created:
            self._window.intake.leave_user()
        for name in [name for name in created if name not in ("intake", "help")]:
            page = created.pop(name)
            self._window.stack.removeWidget(page)
            page.deleteLater()
        self._window.go_to_page(self._window.home_page_name)


def _hide_dialogs() -> list[QDialog]:
    """Close popups, hide visible dialogs and return those dialogs."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    dialogs = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
    visible = [dialog for dialog in dialogs if dialog.isVisible()]
    for dialog in visible:
        dialog.hide()
    return visible


def clear_own_clipboard() -> None:
    """Clear the clipboard if this program filled it.

    No name is left to paste.
    """
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None and clipboard.ownsClipboard():
        clipboard.clear()
