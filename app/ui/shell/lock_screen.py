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
_SIGNS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)


class DeskLock(QObject):
    """Locks the window of a real office by hand or after idle minutes; a training office has no password and stays
    open."""

    def __init__(self, runner: Runner, window: QMainWindow, minutes: int) -> None:
        super().__init__(window)
        self._runner = runner
        self._window: Any = window
        self._ground: Any = window.centralWidget()
        self.locked = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(minutes * _MINUTE_MS)
        self._idle.timeout.connect(self._lock_by_itself)
        self._others_stand_before = False
        application = QApplication.instance()
        self._counting = bool(minutes) and not runner.desk.facts.training
        if self._counting and application is not None:
            application.installEventFilter(self)
            self.somebody_is_there()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or a click tells that somebody is there."""
        if event.type() in _SIGNS:
            self.somebody_is_there()
        return False

    def somebody_is_there(self) -> None:
        """The idle minutes begin anew: a key, a click, a scan."""
        if self._counting and not self.locked:
            self._idle.start()

    def show_who(self) -> None:
        """The frame offers what the person at work may use."""
        facts, window = self._runner.desk.facts, self._window
        window.header.show_actor(facts)
        window.rail.show_rights(facts.rights)
        window.lookup_field.setVisible(Right.READ_LISTS in facts.rights)

    def stand_back(self) -> None:
        """The citizens' screen covers the desk: want of keys does not lock it, leaving that screen does."""
        self._others_stand_before = True

    def _lock_by_itself(self) -> None:
        if not self._others_stand_before:
            self.lock()

    def lock(self) -> None:
        """Hides everything; what was being written is written first."""
        desk: Any = self._runner.desk
        self._others_stand_before = False
        if self.locked or desk.facts.training:
            return
        self.locked = True
        self._idle.stop()
        before = desk.facts.actor
        if "intake" in self._window.pages.made:
            self._window.intake.keep_now()
        self._window.papers.close_all()
        self._window.banner.clear()
        forget_what_was_copied()
        self._covered = _covered()
        self._ground.hide()
        self._runner.in_turn(desk.sign_out, partial(self._ask, before), what="Đang khóa")

    def _ask(self, before: str, _none: object) -> None:
        from app.services.credentials import Credentials
        from app.ui.shell.signin_dialog import SignInDialog
        from app.usecases.accounts.signin import AskNames, ask_names

        desk: Any = self._runner.desk
        try:
            names = [each.name for each in desk.read(ask_names, AskNames())]
        except Fault:  # whoever comes types his name: no trouble of the disk may leave a window without a door
            names = []

        def attempt(name: str, secret: str) -> None:
            desk.sign_in(Credentials(name, secret))

        self.dialog = SignInDialog(desk.facts.office_name, names, before, attempt, self._window)
        self.dialog.accepted.connect(partial(self._in, before))
        self.dialog.open()

    def _in(self, before: str) -> None:
        self.locked = False
        self.somebody_is_there()
        another = self._runner.desk.facts.actor != before
        if another:
            self._forget_others()
        self.show_who()
        self._ground.show()
        for dialog in filter(isValid, self._covered):
            dialog.reject() if another else dialog.show()
        self._covered = []
        self._window.pages[self._window.here].arrive()

    def _forget_others(self) -> None:
        """What one person had open is not the next one's to see; the half-filled form is the desk's."""
        self._window.go("help")
        made = self._window.pages.made
        for name in [name for name in made if name not in ("intake", "help")]:
            page = made.pop(name)
            self._window.stack.removeWidget(page)
            page.deleteLater()
        self._window.go(self._window.home)


def _covered() -> list[QDialog]:
    """Takes what stands over the window out of sight; the dialogs, that whoever locked may go on with them."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    for each in shown:
        each.hide()
    return shown


def forget_what_was_copied() -> None:
    """A name copied out of a dossier is not left for whoever pastes next; what another program copied is not ours."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None and clipboard.ownsClipboard():
        clipboard.clear()
