"""View of the chart sheet, the same picture that is printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

_MAX_WIDTH = 1500


def stacked(pages: Sequence[QImage]) -> QImage:
    """Return the pages below each other as one picture."""
    width, height = max(page.width() for page in pages), sum(page.height() for page in pages)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    top = 0
    for page in pages:
        painter.drawImage(0, top, page)
        top += page.height()
    painter.end()
    return picture


class ChartView(QScrollArea):
    """View of one page, scaled to its width.

    Arrow keys, PgUp, PgDn and Space scroll.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def show_picture(self, picture: QImage, description: str) -> None:
        """Show a page; screen readers read `description`."""
        self._picture = picture
        self.setAccessibleDescription(description)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text instead of a picture."""
        self._picture = None
        self._sheet.setText(text)

    @property
    def text(self) -> str:
        """Return the shown text, empty while a picture is shown."""
        return self._sheet.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        if self._picture is None:
            return
        width = min(_MAX_WIDTH, self.viewport().width())
        smooth = Qt.TransformationMode.SmoothTransformation
        self._sheet.setPixmap(QPixmap.fromImage(self._picture.scaledToWidth(max(1, width), smooth)))
