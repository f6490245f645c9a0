"""Citizens page (F12): queue numbers, satisfaction ratings, feedback."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QWidget

from app.models.enums import Right, SatisfactionFace
from app.models.errors import Refusal
from app.ui.citizens.feedback import FeedbackCard
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_time
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.rating import RatingRecorder, face_buttons
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label
from app.usecases.citizens.queue import CallAgain, CallNext, GetQueue, Queue, call_again, call_next, get_queue
from app.wording import citizens as words
from app.wording.refusals import error_sentence

POLL_MS = 5000
"""Time between readings of the queue, because other machines send no notice of changes."""
_EMPTY_QUEUE = "Chưa có ai chờ. Người dân lấy số ở trang dành cho người dân."
_QUEUE = (
    Column("Số", lambda line: f"{line.number:03d}", 64, never_cut=True),
    Column("Việc", lambda line: words.service_name(line.service)),
    Column("Lấy lúc", lambda line: format_time(line.taken_at), 80, never_cut=True),
)


class CitizensPage(Page):
    """Page of queue numbers, ratings and feedback.

    Signals: `kiosk_requested()`; `display_requested()`; `open_requested(code)` for the dossier of a feedback.
    """

    kiosk_requested = Signal()
    display_requested = Signal()
    open_requested = Signal(str)
    reloads_on = frozenset({Changed.QUEUE})
    title = "Người dân: số thứ tự, đánh giá, phản ánh"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        left = column(self._queue(), self._rating_card(), gap=2 * GRID)
        left.setStretch(0, 1)
        left_side = QWidget()
        left_side.setLayout(left)
        self.register = FeedbackCard(self)
        self.register.open_requested.connect(self.open_requested)
        self.setLayout(column(ResponsiveRow(left_side, self.register, stretches=(2, 3))))
        self._hide_forbidden_parts()
        self._poll_timer = QTimer(self)
        self._poll_timer.setInterval(POLL_MS)
        self._poll_timer.timeout.connect(self._poll_queue)

    def _hide_forbidden_parts(self) -> None:
        """Hide the parts for which the user lacks the right."""
        rights = self.runner.desk.facts.rights
        parts = {Right.TAKE_IN: (self.next, self.again), Right.READ_LISTS: (self.register,)}
        for right, guarded in parts.items():
            for part in guarded if right not in rights else ():
                part.hide()

    def _queue(self) -> QFrame:
        self.called = label(role="code")
        self.next = button("Mời số tiếp", main=True)
        self.next.setObjectName("citizens.next")
        self.again = button("Mời lại")
        kiosk, display = button("Mở trang cho người dân"), button("Mở bảng gọi số")
        self.next.clicked.connect(lambda: self._call(call_next, CallNext()))
        self.again.clicked.connect(lambda: self._call(call_again, CallAgain()))
        kiosk.clicked.connect(self.kiosk_requested)
        display.clicked.connect(self.display_requested)
        self.queue_model = RowsModel(_QUEUE)
        table = TableOrHint(RowsTable(self.queue_model, "Số đang chờ"), _EMPTY_QUEUE)
        calls, screens = FlowWidget(self.next, self.again), FlowWidget(kiosk, display)
        return _card("Số thứ tự", column(self.called, calls, table, screens))

    def _rating_card(self) -> QFrame:
        self.code = QLineEdit()
        self.code.setObjectName("citizens.code")
        self.code.setPlaceholderText("Mã hồ sơ vừa trả kết quả")
        self.code_box = FieldBox("Mã hồ sơ", self.code)
        self.rater = RatingRecorder(self, lambda _rated: self.code.clear(), partial(self._show_error, self.code_box))
        more = button("Theo từng chỉ số…", link=True)
        more.setObjectName("citizens.more")
        more.clicked.connect(self._open_rating_details)
        line = FlowWidget(*face_buttons(self._rate, keys=False), more)
        return _card("Đánh giá khi trả kết quả", column(self.code_box, line))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._poll_timer.start()  # other desks call numbers and the kiosk issues them

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._poll_timer.stop()

    def _poll_queue(self) -> None:
        self.runner.read(
            get_queue, GetQueue(), self._show_queue, key="queue", on_error=lambda _error: True, activity=""
        )

    def reload(self) -> None:
        """Read the queue and the feedback of the year."""
        self.runner.read(get_queue, GetQueue(), self._show_queue, key="queue", loads=self.queue_model)
        self.register.reload()

    def focus_start(self) -> None:
        """Focus the button that calls the next number."""
        self.next.setFocus()

    def _show_queue(self, queue: Queue) -> None:
        called = queue.called[0] if queue.called else None
        self.called.setText(f"{called.number:03d} → quầy {called.desk}" if called else "Chưa gọi số")
        if self.queue_model.rows != queue.waiting or self.queue_model.failed:
            self.queue_model.show_rows(queue.waiting)

    def _call(self, use_case: Callable[..., Queue], command: CallNext | CallAgain) -> None:
        changes = frozenset({Changed.QUEUE})
        self.runner.write(use_case, command, self._show_queue, changes=changes, source=self, activity="Đang gọi số")

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


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label(title, "strong"), margin=2 * GRID)
    box.addLayout(inner, 1)
    frame.setLayout(box)
    return frame
