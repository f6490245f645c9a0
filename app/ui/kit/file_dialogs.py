"""File dialogs, and files dropped on a page."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.kit.page import Page


def choose_save_file(parent: QWidget, title: str, proposed: str, file_types: str) -> Path | None:
    """Return the file chosen for saving, None if cancelled.

    Qt's own dialog is used, because the scan guard does not see keys of the system's dialog.
    """
    options = QFileDialog.Option.DontUseNativeDialog
    file, _type = QFileDialog.getSaveFileName(parent, title, str(Path.home() / proposed), file_types, options=options)
    return Path(file) if file else None


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
