"""Files dropped on a page."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.ui.kit.page import Page


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
