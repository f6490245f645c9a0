"""Error dialog for a program that cannot open its office."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese


def show_fatal_error(sentence: str, resources: Path) -> None:
    """Show the sentence in a dialog, because the user may have no terminal."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(application, QApplication):
        load_fonts(resources)
        install_vietnamese(application)
    box = QMessageBox(QMessageBox.Icon.Warning, "Một Cửa", sentence, QMessageBox.StandardButton.Close)
    box.exec()
