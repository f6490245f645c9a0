"""Screen parts of the self-check: fonts and one window, shown off screen."""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.office.desk import Desk
from app.ui.kit.fonts import load_fonts
from app.ui.kit.icons import load_icon_font
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.style import apply_palette, apply_stylesheet, system_colours

_applications: list[QApplication] = []
"""Keeps the application of the check alive between its parts."""


class ScreenCheckError(Exception):
    """Fonts or a window that are not as they must be."""


def check_fonts(resources: Path) -> None:
    """Load the fonts of the window and the icons.

    The process then has a Qt application without a screen.

    Raises ScreenCheckError if a font is missing.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if QApplication.instance() is None:
        _applications.append(QApplication([*sys.argv[:1], "-style", "Fusion"]))
    if not load_fonts(resources):
        raise ScreenCheckError("the screen font cannot be loaded")
    if not load_icon_font().file.stat().st_size:
        raise ScreenCheckError("the icon font is empty")


def check_window(desk: Desk, resources: Path) -> None:
    """Open the main window off screen, draw it and close it.

    Raises ScreenCheckError if nothing was drawn, and what the window raises.
    """
    from app.ui.shell.window import build_window

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise ScreenCheckError("no application")
    install_vietnamese(application)
    colours = system_colours()
    apply_palette(application, colours)
    window = build_window(desk)
    apply_stylesheet(application, colours, resources)
    window.show()
    application.processEvents()
    image = window.screen().grabWindow(window.winId()).toImage()
    window.close()
    step = max(image.width() // 64, 1)
    seen = {image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)}
    if len(seen) < 3:  # background, text and a frame at least
        raise ScreenCheckError("the window is empty")
