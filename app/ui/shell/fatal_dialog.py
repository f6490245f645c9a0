"""Error dialog for a program that cannot open its office."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese


def show_fatal_error(sentence: str, resources: Path, *, offers_restore: bool = False) -> bool:
    """Show the sentence in a dialog, because the user may have no terminal.

    Return whether the user chose to restore a backup, where that is offered.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(application, QApplication):
        load_fonts(resources)
        install_vietnamese(application)
    box = QMessageBox(QMessageBox.Icon.Warning, "Một Cửa", sentence, QMessageBox.StandardButton.Close)
    restore = box.addButton("Phục hồi bản sao lưu…", QMessageBox.ButtonRole.ActionRole) if offers_restore else None
    box.exec()
    return restore is not None and box.clickedButton() is restore
