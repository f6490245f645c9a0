"""F12, those who come: numbers called, how content somebody was, feedback entered and answered."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QWidget

from app.models.values import Face, FeedbackAbout, FeedbackWay, Refusal, Right, local_day
from app.ui.dates import shown_day, shown_time
from app.ui.flow import FlowBox
from app.ui.page import Page
from app.ui.rating import Rater, face_buttons
from app.ui.room import Beside
from app.ui.runner import Level, Runner
from app.ui.style import GRID
from app.ui.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.widgets import FieldBox, button, column, label, row
from app.usecases.feedback import (
    AddFeedback,
    AnswerFeedback,
    FeedbackLine,
    FeedbackTable,
    ListFeedback,
    add_feedback,
    answer_feedback,
    report_feedback,
)
from app.usecases.queue import AskQueue, CallAgain, CallNext, Queue, ask_queue, call_again, call_next
from app.wording import citizens as words
from app.wording.refusals import sentence

_NOBODY = "Chưa có ai chờ. Người dân lấy số ở trang dành cho người dân."
_NONE = "Chưa có phản ánh nào đang mở. Ghi phản ánh mới ở các ô phía trên."
_QUEUE = (
    Column("Số", lambda line: f"{line.number:03d}", 64, whole=True),
    Column("Việc", lambda line: words.service_name(line.service)),
    Column("Lấy lúc", lambda line: shown_time(line.taken_at), 80, whole=True),
)


def _stands(line: FeedbackLine) -> str:
    return "Đã trả lời" if line.answered_on else "Quá hạn trả lời" if line.late else "Chờ trả lời"


_FEEDBACK = (
    Column("Số", lambda line: f"{line.number}/{line.year}", 80, whole=True),
    Column("Ngày", lambda line: shown_day(line.received_on), 104, whole=True),
    Column("Nội dung", lambda line: line.content),
    Column("Tình trạng", _stands, 128),
)


class CitizensPage(Page):
    """The page of numbers, judgements and feedback. Signals: `kiosk_asked()`, `display_asked()`."""

    kiosk_asked = Signal()
    display_asked = Signal()
    title = "Người dân: số thứ tự, đánh giá, phản ánh"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        left = column(self._queue(), self._judgement(), gap=2 * GRID)
        left.setStretch(0, 1)
        held = QWidget()
        held.setLayout(left)
        self.register = self._register()
        self.setLayout(column(Beside(held, self.register, shares=(2, 3))))
        self._leave_out()

    def _leave_out(self) -> None:
        """What the person at work may not do or see is absent, as at the screen for citizens."""
        rights = self.runner.desk.facts.rights
        calls, writes = (self.next, self.again), (*self.enters, *self.answers)
        parts = {Right.TAKE_IN: calls, Right.READ_LISTS: (self.register,), Right.FEEDBACK: writes}
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

    def _register(self) -> QFrame:
        self.content, self.sent_by, self.about_code = QLineEdit(), QLineEdit(), QLineEdit()
        self.content_box = FieldBox("Nội dung phản ánh, kiến nghị", self.content)
        self.code_of_feedback = FieldBox("Hồ sơ liên quan", self.about_code)
        self.way = _choice([(way, words.way_name(way)) for way in FeedbackWay], "Cách gửi")
        self.about = _choice([(about, words.about_name(about)) for about in FeedbackAbout], "Về việc")
        enter = button("Ghi phản ánh")
        enter.setObjectName("citizens.enter")
        enter.clicked.connect(self._enter)
        self.feedback = RowsModel(_FEEDBACK)
        self.table = RowsTable(self.feedback, "Phản ánh, kiến nghị")
        self.answer = QPlainTextEdit()
        self.answer.setFixedHeight(64)
        self.answer.setTabChangesFocus(True)
        self.answer_box = FieldBox("Trả lời phản ánh đang chọn", self.answer)
        give = button("Ghi trả lời")
        give.setObjectName("citizens.answer")
        give.clicked.connect(self._give_answer)
        sent = FieldBox("Người gửi (nếu có)", self.sent_by)
        told = (FieldBox("Cách gửi", self.way), FieldBox("Về việc", self.about), sent, self.code_of_feedback)
        self.enters, self.answers = (self.content_box, *told, enter), (self.answer_box, give)
        ways = FlowBox(*told)
        foot = row(give)
        foot.addStretch(1)
        enters = row(enter)
        enters.addStretch(1)
        inner = column(self.content_box, ways, enters)
        inner.addWidget(TableOrWords(self.table, _NONE), 1)
        inner.addWidget(self.answer_box)
        inner.addLayout(foot)
        return _card("Phản ánh, kiến nghị", inner)

    def reload(self) -> None:
        """Reads the queue and the year's feedback."""
        self.runner.ask(ask_queue, AskQueue(), self._show_queue, key="queue")
        today = local_day(self.runner.desk.now())
        period = ListFeedback(date(today.year, 1, 1), today)
        if Right.READ_LISTS in self.runner.desk.facts.rights:
            self.runner.ask(report_feedback, period, self._show_feedback, key="feedback")

    def arrive(self) -> None:
        """The caret stands where the next number is called."""
        self.next.setFocus()

    def _show_queue(self, queue: Queue) -> None:
        called = queue.called[0] if queue.called else None
        self.called.setText(f"{called.number:03d} → quầy {called.desk}" if called else "Chưa gọi số")
        self.waiting.show_rows(queue.waiting)

    def _show_feedback(self, table: FeedbackTable) -> None:
        open_first = sorted(table.rows, key=lambda line: (line.answered_on is not None, -line.number))
        self.feedback.show_rows(tuple(open_first))
        self.table.go_to_first()

    def _call(self, fn: Any, command: Any) -> None:
        self.runner.do(fn, command, self._show_queue, source=self, what="Đang gọi số")

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

    def _enter(self) -> None:
        command = AddFeedback(
            self.content.text(),
            FeedbackWay(self.way.currentData()),
            FeedbackAbout(self.about.currentData()),
            self.sent_by.text(),
            code=self.about_code.text().strip(),
        )
        self.runner.do(add_feedback, command, self._entered, otherwise=self._not_entered)

    def _not_entered(self, error: Exception) -> bool:
        in_code = isinstance(error, Refusal) and error.field == "code"
        return self._wrong(self.code_of_feedback if in_code else self.content_box, error)

    def _entered(self, line: FeedbackLine) -> None:
        for field in (self.content, self.sent_by, self.about_code):
            field.clear()
        self.say(Level.DONE, f"Đã ghi phản ánh số {line.number}/{line.year}.")
        self.reload()

    def _give_answer(self) -> None:
        line = self.table.current
        if line is not None:
            command = AnswerFeedback(line.year, line.number, self.answer.toPlainText())
            otherwise = partial(self._wrong, self.answer_box)
            self.runner.do(answer_feedback, command, self._answered, otherwise=otherwise)

    def _answered(self, line: FeedbackLine) -> None:
        self.answer.clear()
        self.answer_box.right()
        self.say(Level.DONE, f"Đã ghi trả lời phản ánh số {line.number}/{line.year}.")
        self.reload()

    def _wrong(self, box: FieldBox, error: Exception) -> bool:
        if not isinstance(error, Refusal):
            return False
        box.wrong(sentence(error))
        return True


def _choice(options: list[tuple[Any, str]], name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, said in options:
        made.addItem(said, str(value))
    return made


def _card(title: str, inner: Any) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label(title, "strong"), margin=2 * GRID)
    box.addLayout(inner, 1)
    frame.setLayout(box)
    return frame
