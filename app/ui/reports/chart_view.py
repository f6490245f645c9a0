"""The sheet of charts on the screen: the picture the printer gets, as wide as the page, scrolled by keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

_MAX_WIDTH = 1500


class ChartView(QScrollArea):
    """One page, drawn as wide as there is room for. Arrows and Page keys scroll."""

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
        """Shows a page; `description` is what it says, for those who do not see it."""
        self._picture = picture
        self.setAccessibleDescription(description)
        self._fit()

    def show_text(self, words: str) -> None:
        """Says something in the picture's place."""
        self._picture = None
        self._sheet.setText(words)

    @property
    def text(self) -> str:
        """What is said in the picture's place; empty while a picture is shown."""
        return self._sheet.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page keeps to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pages as Page Down does."""
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
