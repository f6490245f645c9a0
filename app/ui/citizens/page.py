"""Citizens page (F12): queue numbers, satisfaction ratings, feedback."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.models.enums import Right, SatisfactionFace
from app.models.errors import Refusal
from app.ui.citizens.feedback import FeedbackCard
from app.ui.citizens.queue_card import QueueCard
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import PageStack
from app.ui.kit.page import Page
from app.ui.kit.rating import RatingRecorder, face_buttons
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, button, column, command_button, label
from app.wording.refusals import error_sentence

POLL_MS = 5000
"""Time between readings of the queue, because other machines send no notice of changes."""


class CitizensPage(Page):
    """Page of three parts: queue numbers, ratings, feedback.

    Signals: `kiosk_requested()`; `display_requested()`.
    """

    kiosk_requested = Signal()
    display_requested = Signal()
    reloads_on = frozenset({Changed.QUEUE})
    title = "Người dân: số thứ tự, đánh giá, phản ánh"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.queue, self.register = QueueCard(self), FeedbackCard(self)
        reads = Right.READ_LISTS in runner.desk.facts.rights
        parts = [("queue", "Số thứ tự", self.queue), ("ratings", "Đánh giá", self._rating_part())]
        parts += [("feedback", "Phản ánh", self.register)] if reads else []
        self.part = Choice([(name, title) for name, title, _part in parts], "queue")
        self.part.setObjectName("citizens.part")
        self.part.setAccessibleName("Phần của trang")
        self.parts = {name: part for name, _title, part in parts}
        self.stack = PageStack()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.part.chosen.connect(self.show_part)
        screens = (
            command_button("Trang cho người dân", "citizens.kiosk", self.kiosk_requested.emit),
            command_button("Bảng gọi số", "citizens.display", self.display_requested.emit),
        )
        box = column(FlowWidget(self.part, *screens), self.stack)
        box.setStretchFactor(self.stack, 1)
        self.setLayout(box)
        self._poll_timer = QTimer(self)
        self._poll_timer.setInterval(POLL_MS)
        self._poll_timer.timeout.connect(self.queue.poll)

    def _rating_part(self) -> QWidget:
        self.code = QLineEdit()
        self.code.setObjectName("citizens.code")
        self.code.setPlaceholderText("Mã hồ sơ vừa trả kết quả")
        self.code_box = FieldBox("Mã hồ sơ", self.code)
        self.rater = RatingRecorder(self, lambda _rated: self.code.clear(), partial(self._show_error, self.code_box))
        more = button("Theo từng chỉ số…", link=True)
        more.setObjectName("citizens.more")
        more.clicked.connect(self._open_rating_details)
        line = FlowWidget(*face_buttons(self._rate, keys=False), more)
        card = QFrame()
        card.setObjectName("card")
        box = column(label("Đánh giá khi trả kết quả", "strong"), self.code_box, line, margin=2 * GRID)
        box.addStretch(1)
        card.setLayout(box)
        return card

    def show_part(self, name: str) -> None:
        """Show a part of the page: `queue`, `ratings` or `feedback`."""
        self.part.set_value(name)
        self.stack.setCurrentWidget(self.parts[name])
        self.stack.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._poll_timer.start()  # other desks call numbers and the kiosk issues them

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._poll_timer.stop()

    def reload(self) -> None:
        """Read the queue and the feedback of the year."""
        self.queue.reload()
        self.register.reload()

    def focus_start(self) -> None:
        """Focus the button that calls the next number."""
        self.show_part("queue")
        self.queue.focus_start()

    def _rate(self, face: SatisfactionFace) -> None:
        self.code_box.clear_error()
        self.rater.record(self.code.text().strip(), face)

    def _open_rating_details(self) -> None:
        code = self.code.text().strip()
        if code:
            self.code_box.clear_error()
            self.rater.open_details(code)
        else:
            self.code_box.show_error("Quét hoặc gõ mã hồ sơ vừa trả kết quả, rồi bấm lại.")

    def _show_error(self, box: FieldBox, error: Exception) -> bool:
        if not isinstance(error, Refusal):
            return False
        box.show_error(error_sentence(error))
        return True
