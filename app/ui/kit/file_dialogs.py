"""File dialogs, and files dropped on a page."""

import os
import re
import unicodedata
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.ui.kit.page import Page


def choose_save_file(parent: QWidget, title: str, proposed: str, file_types: str) -> Path | None:
    """Return the file chosen for saving, None if cancelled.

    The name gets the ending of the chosen type, and is NFC. A file of the whole name is replaced only after a question;
    Qt would ask before the ending is there. Qt's own dialog is used, because the scan guard does not see keys of the
    system's dialog.
    """
    options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.DontConfirmOverwrite
    start = Path.home() / proposed
    while True:
        chosen, kind = QFileDialog.getSaveFileName(parent, title, str(start), file_types, options=options)
        if not chosen:
            return None
        file = _complete_name(Path(chosen), _endings(file_types), _endings(kind))
        if not os.path.lexists(file) or _may_replace(parent, file):
            return file
        start = file


def _endings(file_types: str) -> list[str]:
    """Return the endings that a text of file types names."""
    return re.findall(r"\*(\.\w+)", file_types)


def _complete_name(file: Path, endings: list[str], chosen: list[str]) -> Path:
    """Return a file with one of the endings; dots of a day stay in its name."""
    if os.path.lexists(file) and file.suffix.lower() in endings:
        return file
    name = unicodedata.normalize("NFC", file.name)
    if file.suffix.lower() not in endings:
        name = name.rstrip(" .") + (chosen or endings)[0]
    return file.with_name(name)


def _may_replace(parent: QWidget, file: Path) -> bool:
    """Ask whether a file may be replaced; Enter and Esc keep it."""
    box = QMessageBox(parent)
    box.setObjectName("replace")
    box.setWindowTitle("Tệp đã có")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"«{file.name}» đã có trong thư mục «{file.parent}». Ghi đè lên tệp này?")
    replace = box.addButton("Ghi đè", QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton("Đặt tên khác  Esc", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is replace


def choose_open_file(parent: QWidget, title: str, file_types: str) -> Path | None:
    """Return the file chosen for reading, None if cancelled.

    Qt's own dialog is used, because the scan guard does not see keys of the system's dialog.
    """
    options = QFileDialog.Option.DontUseNativeDialog
    file, _type = QFileDialog.getOpenFileName(parent, title, str(Path.home()), file_types, options=options)
    return Path(file) if file else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Return the folder chosen, None if cancelled.

    Qt's own dialog is used, because the scan guard does not see keys of the system's dialog.
    """
    options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
    folder = QFileDialog.getExistingDirectory(parent, title, str(Path.home()), options)
    return Path(folder) if folder else None


class AcceptsFiles(Page):
    """Page that takes the first dropped file."""

    def take_file(self, file: Path) -> None:
        """Handle a dropped file."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take_file(files[0])
