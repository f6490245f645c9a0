"""Picture of a Code 128 from its modules."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_MODULE, _QUIET, _HEIGHT = 2, 10, 56


class BarcodeView(QWidget):
    """Bars in whole pixels on white, in both palettes, as on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = ""
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("Mã vạch của số ví dụ")

    def show_bars(self, bars: str) -> None:
        """Show the modules of a code; an empty text hides it."""
        self._bars = bars
        self.setFixedWidth((len(bars) + 2 * _QUIET) * _MODULE)
        self.setVisible(bool(bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        for place, module in enumerate(self._bars):
            if module == "1":
                left = (_QUIET + place) * _MODULE
                painter.fillRect(left, _MODULE * 2, _MODULE, self.height() - _MODULE * 4, QColor("black"))
        painter.end()
