"""The screen lock: nobody works, nothing shows, nothing is read, until somebody signs in again. What was half typed
stays for whoever does; what was open of other people's dossiers goes when another person comes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from shiboken6 import isValid

from app.models.enums import Right
from app.models.errors import Fault
from app.ui.kit.runner import Runner

_MINUTE_MS = 60_000
_ACTIVITY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)


class DeskLock(QObject):
    """Locks the window of a real office by hand or after idle minutes; a training office has no password and stays
    open."""

    def __init__(self, runner: Runner, window: QMainWindow, minutes: int) -> None:
        super().__init__(window)
        self._runner = runner
        self._window: Any = window
        self._central_widget: Any = window.centralWidget()
        self.locked = False
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.setInterval(minutes * _MINUTE_MS)
        self._idle_timer.timeout.connect(self._lock_when_idle)
        self._idle_lock_suspended = False
        application = QApplication.instance()
        self._idle_lock_enabled = bool(minutes) and not runner.desk.facts.training
        if self._idle_lock_enabled and application is not None:
            application.installEventFilter(self)
            self.restart_idle_timer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or a click tells that somebody is there."""
        if event.type() in _ACTIVITY_EVENTS:
            self.restart_idle_timer()
        return False

    def restart_idle_timer(self) -> None:
        """The idle minutes begin anew: a key, a click, a scan."""
        if self._idle_lock_enabled and not self.locked:
            self._idle_timer.start()

    def show_signed_in_user(self) -> None:
        """The frame offers what the person at work may use."""
        facts, window = self._runner.desk.facts, self._window
        window.header.show_actor(facts)
        window.rail.show_rights(facts.rights)
        window.lookup_field.setVisible(Right.READ_LISTS in facts.rights)

    def suspend_idle_lock(self) -> None:
        """The citizens' screen covers the desk: want of keys does not lock it, leaving that screen does."""
        self._idle_lock_suspended = True

    def _lock_when_idle(self) -> None:
        if not self._idle_lock_suspended:
            self.lock()

    def lock(self) -> None:
        """Hides everything; what was being written is written first."""
        desk: Any = self._runner.desk
        self._idle_lock_suspended = False
        if self.locked or desk.facts.training:
            return
        self.locked = True
        self._idle_timer.stop()
        before = desk.facts.actor
        if "intake" in self._window.pages.created:
            self._window.intake.save_draft_now()
        self._window.paper_dialogs.close_all()
        self._window.banner.clear()
        clear_own_clipboard()
        self._hidden_dialogs = _hide_dialogs()
        self._central_widget.hide()
        self._runner.run_serial(desk.sign_out, partial(self._open_sign_in, before), activity="Đang khóa")

    def _open_sign_in(self, before: str, _none: object) -> None:
        from app.services.credentials import Credentials
        from app.ui.shell.signin_dialog import SignInDialog
        from app.usecases.accounts.signin import ListSignInNames, list_sign_in_names

        desk: Any = self._runner.desk
        try:
            names = [each.name for each in desk.read(list_sign_in_names, ListSignInNames())]
        except Fault:  # whoever comes types his name: no trouble of the disk may leave a window without a door
            names = []

        def attempt(name: str, secret: str) -> None:
            desk.sign_in(Credentials(name, secret))

        self.dialog = SignInDialog(desk.facts.office_name, names, before, attempt, self._window)
        self.dialog.accepted.connect(partial(self._on_signed_in, before))
        self.dialog.open()

    def _on_signed_in(self, before: str) -> None:
        self.locked = False
        self.restart_idle_timer()
        another = self._runner.desk.facts.actor != before
        if another:
            self._close_other_users_pages()
        self.show_signed_in_user()
        self._central_widget.show()
        for dialog in filter(isValid, self._hidden_dialogs):
            dialog.reject() if another else dialog.show()
        self._hidden_dialogs = []
        self._window.pages[self._window.current_page_name].focus_start()

    def _close_other_users_pages(self) -> None:
        """What one person had open is not the next one's to see; the half-filled form is the desk's."""
        self._window.go_to_page("help")
        made = self._window.pages.created
        for name in [name for name in made if name not in ("intake", "help")]:
            page = made.pop(name)
            self._window.stack.removeWidget(page)
            page.deleteLater()
        self._window.go_to_page(self._window.home_page_name)


def _hide_dialogs() -> list[QDialog]:
    """Takes what stands over the window out of sight; the dialogs, that whoever locked may go on with them."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    for each in shown:
        each.hide()
    return shown


def clear_own_clipboard() -> None:
    """A name copied out of a dossier is not left for whoever pastes next; what another program copied is not ours."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None and clipboard.ownsClipboard():
        clipboard.clear()
