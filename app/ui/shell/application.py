"""Create the Qt application, open the window and run the event loop."""

import os
import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.office.desk import Desk
from app.services.office_file import ignored_lines
from app.settings import MACHINE_FILE, MachineSettings, read_machine_settings
from app.ui.devices.composition import commit_before_commands
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.runner import BannerMessage, Level, bug_message
from app.ui.kit.style import Colours, apply_palette, apply_stylesheet, theme_colours
from app.ui.shell.window import MainWindow, build_window
from app.wording.office_proof import note_sentence

if TYPE_CHECKING:
    from app.ui.admin.restore_dialog import Restore
    from app.ui.shell.second_start import StartListener
    from app.ui.shell.signin_dialog import Recover

RESTORE_REQUESTED = -1
"""Exit status of a window that was closed in order to restore a backup."""
_VISIBLE_WITHIN_MS = 2000
"""Wait before the deferred start of a window that never gets the focus."""


_DEFAULTS = MachineSettings()
START_REAL = 90
"""Exit status of the window of the demonstration after «Bắt đầu thật»."""


def open_window(desk: Desk, resources: Path, file: Path | None = None, *, demo: bool = False) -> int:
    """Open the window, run it until it closes and return the exit status.

    `file` is shown once the window is open. The window of the `demo` offers to begin with a real office.
    """
    application, colours = create_application(resources, desk.machine)
    window = build_window(desk)
    window.asks_before_leaving = True
    _watch_session(application, window)
    if demo:
        window.header.offer_real_office(partial(_start_real, application, window))
    apply_stylesheet(application, colours, resources)
    _show_bugs_in_banner(window)
    _start_when_visible(application, window, file)
    window.showMaximized()
    window.activateWindow()  # the sign-in dialog before it had the focus
    status = application.exec()
    return RESTORE_REQUESTED if window.restore_requested else status


def _watch_session(application: QApplication, window: MainWindow) -> None:
    """Let nothing hold up the end of the system's session.

    Windows asks every program first (`commitDataRequest`); `aboutToQuit` comes before it closes the windows.
    """
    application.commitDataRequest.connect(window.expect_session_end)
    application.aboutToQuit.connect(window.expect_session_end)


def restore_backup(restore: "Restore", known_office: bool, reason: str, resources: Path) -> bool:
    """Show the dialog of a restore; return whether the office was restored."""
    from app.ui.admin.restore_dialog import RestoreDialog

    application, colours = create_application(resources)
    apply_stylesheet(application, colours, resources)
    return RestoreDialog(restore, known_office, reason).exec() == RestoreDialog.DialogCode.Accepted


def _start_real(application: QApplication, window: MainWindow) -> None:
    """Close the window of the demonstration with its own status."""
    window.leave()
    application.exit(START_REAL)


class SignInPrompt(NamedTuple):
    """Office, selectable names and preselected name of the sign-in dialog.

    `names` is empty while the database is locked.
    """

    office: str
    names: tuple[str, ...]
    name: str
    folder: Path


def sign_in(prompt: SignInPrompt, attempt: "Recover", resources: Path) -> None:
    """Show the sign-in dialog until the user signs in or cancels."""
    from app.ui.shell.signin_dialog import SignInDialog

    application, colours = create_application(resources, read_machine_settings(prompt.folder / MACHINE_FILE))
    QTimer.singleShot(0, application, partial(_listener, application, prompt.folder))
    apply_stylesheet(application, colours, resources)
    SignInDialog(prompt.office, prompt.names, prompt.name, attempt, recover=attempt).exec()


def create_application(resources: Path, machine: MachineSettings = _DEFAULTS) -> tuple[QApplication, Colours]:
    """Return the application with fonts, translation and palette set.

    The text size of the machine enlarges everything; Qt reads it once, so it applies from the next start.
    """
    existing = QApplication.instance()
    if existing is None and machine.text_size != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", str(machine.text_size / 100))
    # The style is an argument, so that Qt does not first create another one.
    application = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("Một Cửa")
    load_fonts(resources)
    install_vietnamese(application)
    commit_before_commands(application)
    colours = theme_colours(machine.theme)
    apply_palette(application, colours)
    return application, colours


def _listener(application: QApplication, folder: Path) -> "StartListener":
    """Return the listener for further starts on a folder.

    It is made once a window is shown, because its library takes a while to load.
    """
    from app.ui.shell.second_start import StartListener

    for listener in application.findChildren(StartListener):
        if listener.folder == folder:
            return listener
        listener.deleteLater()
    return StartListener(folder, application)


def _start_when_visible(application: QApplication, window: MainWindow, file: Path | None) -> None:
    """Start scan guard and deferred work when the window has the focus.

    Background imports would otherwise delay the window. The guard starts before the first key, but after the many
    events of the first paint.
    """

    def begin() -> None:
        if window.guard is None and not window.closing:
            window.connect_scan_guard(ScanGuard(application))
            window.start_deferred_work()
            _show_notes(window)
            _take_files(application, window, file)
            window.runner.run_background(
                lambda _task: window.runner.desk.confirm_opening(), lambda _done: None, activity=""
            )

    application.focusWindowChanged.connect(lambda _window: QTimer.singleShot(0, window, begin))
    QTimer.singleShot(_VISIBLE_WITHIN_MS, window, begin)


def _take_files(application: QApplication, window: MainWindow, file: Path | None) -> None:
    """Open the file of this start, and those of further ones."""
    from app.ui.shell.handed_files import HandedFiles

    listener = _listener(application, window.runner.desk.facts.folder)
    if file is not None:
        listener.hand_in(file)
    HandedFiles(window, listener)


def _show_notes(window: MainWindow) -> None:
    """Show the findings of the opening, and unused lines of the office file."""
    desk = window.runner.desk

    def form_sets() -> frozenset[str]:
        from app.usecases.office.form_sets import ListFormSets, list_form_sets  # few offices have a set of their own

        return frozenset(desk.read(list_form_sets, ListFormSets()))

    lines = [*map(note_sentence, desk.notes), *ignored_lines(desk.facts.office, form_sets)]
    if lines:
        window.banner.show_message(BannerMessage(Level.WARNING, " ".join(lines)))


def _show_bugs_in_banner(window: MainWindow) -> None:
    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        window.banner.show_message(bug_message(error))

    sys.excepthook = hook
