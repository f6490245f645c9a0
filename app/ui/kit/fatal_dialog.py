"""The one thing the program can show when it cannot open an office: what is wrong, and what to do."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese


def show_fatal_error(sentence: str, resources: Path) -> None:
    """Show the sentence until it is read; whoever started the program by a click sees no terminal."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(application, QApplication):
        load_fonts(resources)
        install_vietnamese(application)
    box = QMessageBox(QMessageBox.Icon.Warning, "Một Cửa", sentence, QMessageBox.StandardButton.Close)
    box.exec()
