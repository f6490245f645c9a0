"""Opening the window: letters, colours, the scan guard, and the loop that runs until it is closed."""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.office.session import Desk
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.runner import bug_message
from app.ui.kit.style import Colours, apply_palette, apply_stylesheet, system_colours
from app.ui.shell.window import MainWindow, build_window

if TYPE_CHECKING:
    from app.ui.shell.signin_dialog import Recover

_VISIBLE_WITHIN_MS = 2000
"""How long a window that was opened behind others waits before it reads the rest all the same."""


def open_window(desk: Desk, resources: Path) -> int:
    """Opens the window and runs it until it is closed. Answers the exit status."""
    application, colours = _application(resources)
    window = build_window(desk)
    apply_stylesheet(application, colours, resources)
    _show_bugs_in_banner(window)
    _start_when_visible(application, window)
    window.showMaximized()
    window.activateWindow()  # the sign-in before it took the keys away with itself
    return application.exec()


@dataclass(frozen=True)
class SignInPrompt:
    """What stands above the password before anybody is in: the office, the names to choose from (none where the
    database is still locked), the one that is likely."""

    office: str
    names: tuple[str, ...]
    name: str


def sign_in(prompt: SignInPrompt, attempt: "Recover", resources: Path) -> None:
    """Asks, before the window, who works here, until somebody is in or gives up."""
    from app.ui.shell.signin_dialog import SignInDialog

    application, colours = _application(resources)
    apply_stylesheet(application, colours, resources)
    SignInDialog(prompt.office, prompt.names, prompt.name, attempt, recover=attempt).exec()


def _application(resources: Path) -> tuple[QApplication, Colours]:
    """The one application, with its letters, its language and its ground."""
    there = QApplication.instance()
    # Told at once, Qt makes no style that would be thrown away for Fusion.
    application = there if isinstance(there, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("Một Cửa")
    load_fonts(resources)
    install_vietnamese(application)
    colours = system_colours()
    apply_palette(application, colours)
    return application, colours


def _start_when_visible(application: QApplication, window: MainWindow) -> None:
    """The rest is read once the window has the keyboard: what is read aside would else delay its first key. The scan
    guard listens from then on, before the first key and past the thousand events of a window that is being drawn."""

    def begin() -> None:
        if window.guard is None:
            window.connect_scan_guard(ScanGuard(application))
            window.start_deferred_work()

    application.focusWindowChanged.connect(lambda _window: QTimer.singleShot(0, window, begin))
    QTimer.singleShot(_VISIBLE_WITHIN_MS, window, begin)


def _show_bugs_in_banner(window: MainWindow) -> None:
    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        window.banner.show_message(bug_message(error))

    sys.excepthook = hook
