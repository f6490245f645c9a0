"""The second screen: the number called last and its desk, readable at six metres, and the four before it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import label
from app.usecases.citizens.queue import GetQueue, Queue, get_queue

_POLL_MS = 2000
_LARGE, _SMALL = 0.36, 0.06
"""Heights of the number and of the line below, in parts of the screen: on a 24-inch screen the figures are nearly 8 cm
high, read at more than six metres (a letter 1 cm high is read at 2 to 3 m)."""


class CallDisplay(QWidget):
    """One screen that nobody touches; Esc closes it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Bảng gọi số")
        self.runner = runner
        self.number, self.desk = self._centred_label(), self._centred_label()
        self.earlier = [self._centred_label() for _ in range(4)]
        before = QHBoxLayout()
        before.setSpacing(4 * GRID)
        for each in self.earlier:
            before.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        box.addStretch(1)
        box.addWidget(self.number)
        box.addWidget(self.desk)
        box.addStretch(1)
        box.addLayout(before)
        self._poll_timer = QTimer(self)
        self._poll_timer.setInterval(_POLL_MS)
        self._poll_timer.timeout.connect(self.reload)
        self.show_queue(Queue((), ()))

    @staticmethod
    def _centred_label() -> QLabel:
        made = label()
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def open_on_second_screen(self) -> None:
        """Fills the second screen; on a machine with one screen it is a window."""
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            self.setGeometry(screens[1].geometry())
            self.showFullScreen()
        else:
            self.resize(960, 600)
            self.show()
        self._poll_timer.start()
        self.reload()

    def reload(self) -> None:
        """Reads what other desks called meanwhile."""
        self.runner.read(get_queue, GetQueue(), self.show_queue, key="call.display", on_error=lambda _error: True)

    def show_queue(self, queue: Queue) -> None:
        """The last called large, the four before it small."""
        called = queue.called
        self.number.setText(f"{called[0].number:03d}" if called else "–")
        self.desk.setText(f"Mời đến quầy {called[0].desk}" if called else "Chưa gọi số nào")
        for place, each in enumerate(self.earlier, 1):
            each.setText(f"{called[place].number:03d} → {called[place].desk}" if len(called) > place else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters grow with the screen."""
        super().resizeEvent(event)
        for part, share in ((self.number, _LARGE), (self.desk, 0.13), *((each, _SMALL) for each in self.earlier)):
            size = min(share * self.height(), share * self.width() * 0.62)
            part.setStyleSheet(f"font-size: {max(12, round(size))}px; font-weight: 600;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self._poll_timer.stop()
            self.close()
