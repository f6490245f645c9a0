"""Call display: the last called number, its desk, four earlier ones.

The text is readable at six metres.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.models.instants import local_day
from app.services.queue.view import Queue
from app.ui.kit.dates import format_day, format_time
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import ElidedLabel, label, row
from app.usecases.citizens.queue import GetQueue, get_queue

_POLL_MS = 2000
_LARGE, _SMALL = 0.36, 0.06
"""Heights of the number and of the earlier calls, as parts of the screen height.

On a 24-inch screen the digits are nearly 8 cm high. Text 1 cm high is readable at 2 to 3 m.
"""


class CallDisplay(QWidget):
    """Window of the call display, without controls; Esc closes it.

    Signal: `called(TicketLine)` for a call since the last reading.
    """

    called = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Bảng gọi số")
        self.runner = runner
        self._seen: Queue | None = None
        self.number, self.desk = self._centred_label(), self._centred_label()
        self.earlier = [self._centred_label() for _ in range(4)]
        earlier = QHBoxLayout()
        earlier.setSpacing(4 * GRID)
        for each in self.earlier:
            earlier.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        box.addLayout(self._head())
        box.addStretch(1)
        box.addWidget(self.number)
        box.addWidget(self.desk)
        box.addStretch(1)
        box.addLayout(earlier)
        self._poll_timer = QTimer(self)
        self._poll_timer.setInterval(_POLL_MS)
        self._poll_timer.timeout.connect(self.reload)
        self.show_time()
        self.show_queue(Queue((), ()))
        self._seen = None

    def _head(self) -> QHBoxLayout:
        """Return the line of the office's name and clock."""
        self.office, self.clock = ElidedLabel(self.runner.desk.facts.office_name, "strong"), label()
        head = row(self.office, self.clock)
        head.setStretch(0, 1)
        return head

    def show_time(self) -> None:
        """Show the time and the day of the office."""
        now = self.runner.desk.now()
        self.clock.setText(f"{format_time(now)}  {format_day(local_day(now))}")

    @staticmethod
    def _centred_label() -> QLabel:
        centred = label()
        centred.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return centred

    def open_on_second_screen(self) -> None:
        """Fill the second screen, or open a window if there is only one."""
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
        """Read the queue, because other desks call numbers too."""
        self.show_time()
        self.runner.read(get_queue, GetQueue(), self.show_queue, key="call.display", on_error=lambda _error: True)

    def show_queue(self, queue: Queue) -> None:
        """Show the last called number large and four earlier ones small."""
        called = queue.called
        if self._seen is not None and called and called[0] not in self._seen.called:
            self.called.emit(called[0])
        self._seen = queue
        self.number.setText(f"{called[0].number:03d}" if called else "–")
        self.desk.setText(f"Mời đến quầy {called[0].desk}" if called else "Chưa gọi số nào")
        for place, each in enumerate(self.earlier, 1):
            each.setText(f"{called[place].number:03d} → {called[place].desk}" if len(called) > place else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, share in (
            (self.number, _LARGE),
            (self.desk, 0.13),
            *((each, _SMALL) for each in (*self.earlier, self.office, self.clock)),
        ):
            size = min(share * self.height(), share * self.width() * 0.62)
            part.setStyleSheet(f"font-size: {max(12, round(size))}px; font-weight: 600;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._poll_timer.stop()
            self._seen = None
            self.close()
