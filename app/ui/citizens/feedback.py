"""Card of the feedback register (phản ánh, kiến nghị)."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.models.enums import FeedbackChannel, FeedbackTopic, Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.values.days import parse_day
from app.services.reporting.feedback import FeedbackLine, FeedbackTable
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.dates import format_day
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
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
from app.wording.refusals import error_sentence

_NONE = "Năm nay chưa có phản ánh, kiến nghị nào. Ghi phản ánh mới ở các ô phía trên."
_DUE_FORMAT = "Ghi hạn trả lời như 20/03/2026, hoặc để trống."
_TEXTS = ("content", "sender", "contact", "code", "due")
_SATISFACTION_TEXTS = {True: ", người gửi hài lòng", False: ", người gửi chưa hài lòng"}
_SATISFACTION_VALUES = {"yes": True, "no": False}


class FeedbackCard(QFrame):
    """Card that enters, lists and answers feedback."""

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
        self.detail = label(role="caption", wrap=True)
        entry_parts, self.answers = self._entry_parts(), self._answer_parts()
        table_area = TableOrHint(self.table, _NONE)
        title = label("Phản ánh, kiến nghị", "strong")
        box = column(title, *entry_parts, table_area, self.detail, *self.answers, margin=2 * GRID)
        box.setStretchFactor(table_area, 1)
        self.setLayout(box)
        self._may_write = Right.FEEDBACK in page.runner.desk.facts.rights
        for part in () if self._may_write else entry_parts:
            part.hide()
        self._show_current()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Số", lambda line: f"{line.number}/{line.year}", 80, never_cut=True),
            Column("Ngày", lambda line: format_day(line.received_on), 96, never_cut=True),
            Column("Nội dung", lambda line: line.content),
            Column("Tình trạng", self.status_text, 200, never_cut=True),
        )

    def status_text(self, line: FeedbackLine) -> str:
        """Return the status of a feedback in words."""
        return words.feedback_status(line.due_on, line.answered_on, self._today)

    @property
    def _today(self) -> date:
        return local_day(self._page.runner.desk.now())

    def _box(self, name: str, caption: str) -> FieldBox:
        edit = QLineEdit()
        edit.setObjectName(f"feedback.{name}")
        self.boxes[name] = FieldBox(caption, edit)
        edit.returnPressed.connect(self.enter)
        return self.boxes[name]

    def _entry_parts(self) -> tuple[QWidget, ...]:
        self.way = _choice([(way, words.feedback_channel_name(way)) for way in FeedbackChannel])
        self.about = _choice([(about, words.feedback_topic_name(about)) for about in FeedbackTopic])
        content = self._box("content", "Nội dung phản ánh, kiến nghị")
        kinds = (FieldBox("Cách gửi", self.way), FieldBox("Về việc", self.about))
        captions = {"sender": "Người gửi", "contact": "Liên hệ", "code": "Hồ sơ liên quan", "due": "Hạn trả lời"}
        other_boxes = [self._box(name, caption) for name, caption in captions.items()]
        self._line("due").setPlaceholderText("20/03/2026")
        self._line("due").setMaximumWidth(144)
        add_calendar(self._line("due"), lambda: parse_day(self._line("due").text()) or self._today)
        enter_button = button("Ghi phản ánh  Enter")
        enter_button.setObjectName("citizens.enter")
        enter_button.clicked.connect(self.enter)
        return FieldGrid(content, *kinds, *other_boxes, wide=(content,)), FlowWidget(enter_button)

    def _answer_parts(self) -> tuple[QWidget, ...]:
        self.answer = QPlainTextEdit()
        self.answer.setFixedHeight(56)
        self.answer.setTabChangesFocus(True)
        self.answer.setObjectName("feedback.answer")
        self.answer_box = FieldBox("Trả lời phản ánh đang chọn", self.answer)
        self.content_after = Choice([("", "chưa hỏi"), ("yes", "hài lòng"), ("no", "chưa hài lòng")], "")
        self.content_after.setAccessibleName("Người gửi với câu trả lời")
        self.save_answer: QPushButton = button("Ghi trả lời")
        self.save_answer.setObjectName("citizens.answer")
        self.save_answer.clicked.connect(self._save_answer)
        question = label("Người gửi với câu trả lời:")
        question.setMinimumHeight(FIELD_HEIGHT)
        return self.answer_box, FlowWidget(self.save_answer, question, self.content_after)

    def _line(self, name: str) -> QLineEdit:
        inner = self.boxes[name].inner
        assert isinstance(inner, QLineEdit)
        return inner

    def reload(self) -> None:
        """Read feedback of this year and open feedback of earlier years."""
        today = self._today
        if Right.READ_LISTS in self._page.runner.desk.facts.rights:
            period = ListFeedback(date(today.year, 1, 1), today)
            self._page.runner.read(report_feedback, period, self._show, key="feedback", loads=self.model)

    def _show(self, table: FeedbackTable) -> None:
        selected = self.table.current
        lines = sorted(table.rows, key=_sort_key)
        self.model.show_rows(lines)
        self.table.go_to_first()
        for place, line in enumerate(self.model.rows):
            if selected is not None and (line.year, line.number) == (selected.year, selected.number):
                self.table.selectRow(place)
        self._show_current()

    def _show_current(self) -> None:
        line: FeedbackLine | None = self.table.current
        self.detail.setText("" if line is None else "\n".join(_detail_lines(line)))
        self.detail.setVisible(line is not None)
        for part in self.answers:
            part.setVisible(self._may_write and line is not None and line.answered_on is None)
        self.updateGeometry()  # the detail takes more lines on a narrow page

    def _open(self, line: FeedbackLine) -> None:
        if line.code:
            self._page.open_requested.emit(line.code)

    def enter(self) -> None:
        """Add the typed feedback under the next number of the year."""
        for box in self.boxes.values():
            box.clear_error()
        typed = {name: self._line(name).text().strip() for name in _TEXTS}
        due = parse_day(typed["due"])
        if typed["due"] and due is None:
            self.boxes["due"].show_error(_DUE_FORMAT)
            return
        kinds = (FeedbackChannel(self.way.currentData()), FeedbackTopic(self.about.currentData()))
        command = AddFeedback(typed["content"], *kinds, typed["sender"], typed["contact"], typed["code"], due)
        self._page.runner.write(add_feedback, command, self._entered, on_error=partial(self._show_error, self.boxes))

    def _entered(self, line: FeedbackLine) -> None:
        for name in _TEXTS:
            self._line(name).clear()
        self._page.post_message(Level.DONE, f"Đã ghi phản ánh số {line.number}/{line.year}.")
        self._line("content").setFocus()
        self.reload()

    def _save_answer(self) -> None:
        self.answer_box.clear_error()
        line = self.table.current
        if line is not None:
            after = _SATISFACTION_VALUES.get(self.content_after.value)
            command = AnswerFeedback(line.year, line.number, self.answer.toPlainText(), after)
            on_error = partial(self._show_error, {"content": self.answer_box})
            self._page.runner.write(answer_feedback, command, self._answered, on_error=on_error)

    def _answered(self, line: FeedbackLine) -> None:
        self.answer.clear()
        self.content_after.set_value("")
        self._page.post_message(Level.DONE, f"Đã ghi trả lời phản ánh số {line.number}/{line.year}.")
        self.reload()

    def _show_error(self, boxes: Mapping[str, FieldBox], error: Exception) -> bool:
        """Show a refusal below its field, or below the content field."""
        if not isinstance(error, Refusal):
            return False
        boxes.get(error.field or "", boxes["content"]).show_error(error_sentence(error))
        return True


def _sort_key(line: FeedbackLine) -> tuple[bool, bool, date, int]:
    """Return the key that sorts open feedback before answered feedback.

    Open feedback is sorted by due date, without a due date last. Answered feedback is sorted newest first.
    """
    done = line.answered_on is not None
    return done, line.due_on is None, line.due_on if line.due_on and not done else date.max, -line.number


def _detail_lines(line: FeedbackLine) -> list[str]:
    """Return the facts of a feedback that its table row omits."""
    about = (
        line.sender or "Không ghi tên",
        line.contact,
        words.feedback_channel_name(line.way),
        words.feedback_topic_name(line.about),
    )
    due = f"hạn trả lời {format_day(line.due_on)}" if line.due_on else "không ghi hạn"
    lines = [" · ".join(part for part in (*about, f"hồ sơ {line.code} (Enter: mở)" if line.code else "", due) if part)]
    if line.answered_on is not None:
        after = "" if line.content_after is None else _SATISFACTION_TEXTS[line.content_after]
        lines.append(f"Trả lời {format_day(line.answered_on)}{after}: {line.answer}")
    return lines


def _choice(options: Sequence[tuple[str, str]]) -> QComboBox:
    combo_box = QComboBox()
    for value, text in options:
        combo_box.addItem(text, str(value))
    return combo_box
