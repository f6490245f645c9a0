"""F12, those who come: numbers called, how content somebody was, feedback entered and answered."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.models.enums import Face, Right
from app.models.errors import Refusal
from app.ui.citizens.feedback import FeedbackCard
from app.ui.kit.dates import shown_time
from app.ui.kit.flow_layout import FlowBox
from app.ui.kit.layouts import Beside
from app.ui.kit.page import Page
from app.ui.kit.rating import Rater, face_buttons
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import FieldBox, button, column, label
from app.usecases.citizens.queue import AskQueue, CallAgain, CallNext, Queue, ask_queue, call_again, call_next
from app.wording import citizens as words
from app.wording.refusals import sentence

LOOK_MS = 5000
"""How old the queue in sight may grow: another desk, another machine's screen tell nobody that they changed it."""
_NOBODY = "Chưa có ai chờ. Người dân lấy số ở trang dành cho người dân."
_QUEUE = (
    Column("Số", lambda line: f"{line.number:03d}", 64, whole=True),
    Column("Việc", lambda line: words.service_name(line.service)),
    Column("Lấy lúc", lambda line: shown_time(line.taken_at), 80, whole=True),
)


class CitizensPage(Page):
    """The page of numbers, judgements and feedback. Signals: `kiosk_asked()`, `display_asked()`, `open_asked(code)` for
    the dossier a feedback is about."""

    kiosk_asked = Signal()
    display_asked = Signal()
    open_asked = Signal(str)
    cares = frozenset({Changed.QUEUE})
    title = "Người dân: số thứ tự, đánh giá, phản ánh"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        left = column(self._queue(), self._judgement(), gap=2 * GRID)
        left.setStretch(0, 1)
        held = QWidget()
        held.setLayout(left)
        self.register = FeedbackCard(self)
        self.register.open_asked.connect(self.open_asked)
        self.setLayout(column(Beside(held, self.register, shares=(2, 3))))
        self._leave_out()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._ask_queue)

    def _leave_out(self) -> None:
        """What the person at work may not do or see is absent, as at the screen for citizens."""
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
        kiosk.clicked.connect(self.kiosk_asked)
        display.clicked.connect(self.display_asked)
        self.waiting = RowsModel(_QUEUE)
        table = TableOrWords(RowsTable(self.waiting, "Số đang chờ"), _NOBODY)
        calls, screens = FlowBox(self.next, self.again), FlowBox(kiosk, display)
        return _card("Số thứ tự", column(self.called, calls, table, screens))

    def _judgement(self) -> QFrame:
        self.code = QLineEdit()
        self.code.setObjectName("citizens.code")
        self.code.setPlaceholderText("Mã hồ sơ vừa trả kết quả")
        self.code_box = FieldBox("Mã hồ sơ", self.code)
        self.rater = Rater(self, lambda _rated: self.code.clear(), partial(self._wrong, self.code_box))
        more = button("Theo từng chỉ số…", link=True)
        more.setObjectName("citizens.more")
        more.clicked.connect(self._rate_more)
        line = FlowBox(*face_buttons(self._rate, keys=False), more)
        return _card("Đánh giá khi trả kết quả", column(self.code_box, line))

    def showEvent(self, event: QShowEvent) -> None:
        """While the page is in sight it follows what other desks call and what is drawn at another screen."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight nothing is asked."""
        super().hideEvent(event)
        self._look.stop()

    def _ask_queue(self) -> None:
        self.runner.ask(ask_queue, AskQueue(), self._show_queue, key="queue", otherwise=lambda _error: True, what="")

    def reload(self) -> None:
        """Reads the queue and the year's feedback."""
        self.runner.ask(ask_queue, AskQueue(), self._show_queue, key="queue")
        self.register.reload()

    def arrive(self) -> None:
        """The caret stands where the next number is called."""
        self.next.setFocus()

    def _show_queue(self, queue: Queue) -> None:
        called = queue.called[0] if queue.called else None
        self.called.setText(f"{called.number:03d} → quầy {called.desk}" if called else "Chưa gọi số")
        if self.waiting.rows != queue.waiting:
            self.waiting.show_rows(queue.waiting)

    def _call(self, fn: Any, command: Any) -> None:
        changes = frozenset({Changed.QUEUE})
        self.runner.do(fn, command, self._show_queue, changes=changes, source=self, what="Đang gọi số")

    def _rate(self, face: Face) -> None:
        self.code_box.right()
        self.rater.keep(self.code.text().strip(), face)

    def _rate_more(self) -> None:
        code = self.code.text().strip()
        if code:
            self.code_box.right()
            self.rater.ask_more(code)
        else:
            self.code_box.wrong("Quét hoặc gõ mã hồ sơ vừa trả kết quả, rồi bấm lại.")

    def _wrong(self, box: FieldBox, error: Exception) -> bool:
        if not isinstance(error, Refusal):
            return False
        box.wrong(sentence(error))
        return True


def _card(title: str, inner: Any) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label(title, "strong"), margin=2 * GRID)
    box.addLayout(inner, 1)
    frame.setLayout(box)
    return frame
