"""The register of feedback (phản ánh, kiến nghị): entered as it comes, due as the law or the office says, answered."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.models.enums import FeedbackAbout, FeedbackWay, Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.reporting.feedback import FeedbackLine, FeedbackTable
from app.ui.kit.dates import shown_day, typed_day
from app.ui.kit.flow_layout import FlowBox
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import Choice, FieldBox, button, column, label
from app.usecases.citizens.feedback import (
    AddFeedback,
    AnswerFeedback,
    ListFeedback,
    add_feedback,
    answer_feedback,
    report_feedback,
)
from app.wording import citizens as words
from app.wording.refusals import sentence

_NONE = "Năm nay chưa có phản ánh, kiến nghị nào. Ghi phản ánh mới ở các ô phía trên."
_DUE_SHAPE = "Ghi hạn trả lời như 20/03/2026, hoặc để trống."
_TEXTS = ("content", "sender", "contact", "code", "due")
_AFTER = {True: ", người gửi hài lòng", False: ", người gửi chưa hài lòng"}
_CONTENT = {"yes": True, "no": False}


class FeedbackCard(QFrame):
    """Enters, lists, answers. Signal: `open_asked(code)` for the dossier a feedback is about."""

    open_asked = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page = page
        self.boxes: dict[str, FieldBox] = {}
        self.model = RowsModel(self._columns())
        self.table = RowsTable(self.model, "Phản ánh, kiến nghị")
        self.table.setObjectName("citizens.feedback")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_current())
        self.table.opened.connect(self._open)
        self.told = label(role="caption", wrap=True)
        enters, self.answers = self._enter_parts(), self._answer_parts()
        list_or_words = TableOrWords(self.table, _NONE)
        title = label("Phản ánh, kiến nghị", "strong")
        box = column(title, *enters, list_or_words, self.told, *self.answers, margin=2 * GRID)
        box.setStretchFactor(list_or_words, 1)
        self.setLayout(box)
        self._may_write = Right.FEEDBACK in page.runner.desk.facts.rights
        for part in () if self._may_write else enters:
            part.hide()
        self._show_current()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Số", lambda line: f"{line.number}/{line.year}", 80, whole=True),
            Column("Ngày", lambda line: shown_day(line.received_on), 96, whole=True),
            Column("Nội dung", lambda line: line.content),
            Column("Tình trạng", self.stands, 200, whole=True),
        )

    def stands(self, line: FeedbackLine) -> str:
        """How a feedback stands, in words."""
        return words.feedback_stands(line.due_on, line.answered_on, self._today)

    @property
    def _today(self) -> date:
        return local_day(self._page.runner.desk.now())

    def _box(self, name: str, caption: str) -> FieldBox:
        edit = QLineEdit()
        edit.setObjectName(f"feedback.{name}")
        self.boxes[name] = FieldBox(caption, edit)
        edit.returnPressed.connect(self.enter)
        return self.boxes[name]

    def _enter_parts(self) -> tuple[QWidget, ...]:
        self.way = _choice([(way, words.way_name(way)) for way in FeedbackWay])
        self.about = _choice([(about, words.about_name(about)) for about in FeedbackAbout])
        content = self._box("content", "Nội dung phản ánh, kiến nghị")
        kinds = (FieldBox("Cách gửi", self.way), FieldBox("Về việc", self.about))
        captions = {"sender": "Người gửi", "contact": "Liên hệ", "code": "Hồ sơ liên quan", "due": "Hạn trả lời"}
        rest = [self._box(name, caption) for name, caption in captions.items()]
        for name in ("contact", "code"):
            self.boxes[name].inner.setMinimumWidth(136)
        self._line("due").setPlaceholderText("20/03/2026")
        self._line("due").setMaximumWidth(120)
        made = button("Ghi phản ánh  Enter")
        made.setObjectName("citizens.enter")
        made.clicked.connect(self.enter)
        return content, FlowBox(*kinds, *rest), FlowBox(made)

    def _answer_parts(self) -> tuple[QWidget, ...]:
        self.answer = QPlainTextEdit()
        self.answer.setFixedHeight(56)
        self.answer.setTabChangesFocus(True)
        self.answer.setObjectName("feedback.answer")
        self.answer_box = FieldBox("Trả lời phản ánh đang chọn", self.answer)
        self.content_after = Choice([("", "chưa hỏi"), ("yes", "hài lòng"), ("no", "chưa hài lòng")], "")
        self.content_after.setAccessibleName("Người gửi với câu trả lời")
        self.give: QPushButton = button("Ghi trả lời")
        self.give.setObjectName("citizens.answer")
        self.give.clicked.connect(self._give_answer)
        asks = label("Người gửi với câu trả lời:")
        asks.setMinimumHeight(FIELD_HEIGHT)
        return self.answer_box, FlowBox(self.give, asks, self.content_after)

    def _line(self, name: str) -> QLineEdit:
        inner = self.boxes[name].inner
        assert isinstance(inner, QLineEdit)
        return inner

    def reload(self) -> None:
        """Reads the year's register, and what is still open of earlier years."""
        today = self._today
        if Right.READ_LISTS in self._page.runner.desk.facts.rights:
            period = ListFeedback(date(today.year, 1, 1), today)
            self._page.runner.ask(report_feedback, period, self._show, key="feedback")

    def _show(self, table: FeedbackTable) -> None:
        standing = self.table.current
        lines = sorted(table.rows, key=_urgent)
        self.model.show_rows(lines)
        self.table.go_to_first()
        for place, line in enumerate(lines):
            if standing is not None and (line.year, line.number) == (standing.year, standing.number):
                self.table.selectRow(place)
        self._show_current()

    def _show_current(self) -> None:
        line: FeedbackLine | None = self.table.current
        self.told.setText("" if line is None else "\n".join(_told(line)))
        self.told.setVisible(line is not None)
        for part in self.answers:
            part.setVisible(self._may_write and line is not None and line.answered_on is None)
        self.updateGeometry()  # what is told takes more lines on a narrow page

    def _open(self, line: FeedbackLine) -> None:
        if line.code:
            self.open_asked.emit(line.code)

    def enter(self) -> None:
        """Enters what was typed under the next number of the year."""
        for box in self.boxes.values():
            box.right()
        typed = {name: self._line(name).text().strip() for name in _TEXTS}
        due = typed_day(typed["due"])
        if typed["due"] and due is None:
            self.boxes["due"].wrong(_DUE_SHAPE)
            return
        kinds = (FeedbackWay(self.way.currentData()), FeedbackAbout(self.about.currentData()))
        command = AddFeedback(typed["content"], *kinds, typed["sender"], typed["contact"], typed["code"], due)
        self._page.runner.do(add_feedback, command, self._entered, otherwise=partial(self._wrong, self.boxes))

    def _entered(self, line: FeedbackLine) -> None:
        for name in _TEXTS:
            self._line(name).clear()
        self._page.say(Level.DONE, f"Đã ghi phản ánh số {line.number}/{line.year}.")
        self._line("content").setFocus()
        self.reload()

    def _give_answer(self) -> None:
        self.answer_box.right()
        line = self.table.current
        if line is not None:
            after = _CONTENT.get(self.content_after.value)
            command = AnswerFeedback(line.year, line.number, self.answer.toPlainText(), after)
            wrong = partial(self._wrong, {"content": self.answer_box})
            self._page.runner.do(answer_feedback, command, self._answered, otherwise=wrong)

    def _answered(self, line: FeedbackLine) -> None:
        self.answer.clear()
        self.content_after.set_value("")
        self._page.say(Level.DONE, f"Đã ghi trả lời phản ánh số {line.number}/{line.year}.")
        self.reload()

    def _wrong(self, boxes: Mapping[str, FieldBox], error: Exception) -> bool:
        """A refusal stands under the field it names, else under the first."""
        if not isinstance(error, Refusal):
            return False
        boxes.get(error.field or "", boxes["content"]).wrong(sentence(error))
        return True


def _urgent(line: FeedbackLine) -> tuple[bool, bool, date, int]:
    """Open ones first, those with a date before those without, the soonest first; then the latest answered."""
    done = line.answered_on is not None
    return done, line.due_on is None, line.due_on if line.due_on and not done else date.max, -line.number


def _told(line: FeedbackLine) -> list[str]:
    """What the register knows of one feedback beside its line."""
    about = (line.sender or "Không ghi tên", line.contact, words.way_name(line.way), words.about_name(line.about))
    due = f"hạn trả lời {shown_day(line.due_on)}" if line.due_on else "không ghi hạn"
    lines = [" · ".join(part for part in (*about, f"hồ sơ {line.code} (Enter: mở)" if line.code else "", due) if part)]
    if line.answered_on is not None:
        after = "" if line.content_after is None else _AFTER[line.content_after]
        lines.append(f"Trả lời {shown_day(line.answered_on)}{after}: {line.answer}")
    return lines


def _choice(options: list[tuple[Any, str]]) -> QComboBox:
    made = QComboBox()
    for value, said in options:
        made.addItem(said, str(value))
    return made
