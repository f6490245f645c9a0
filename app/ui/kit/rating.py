"""Citizen satisfaction: rating band, dialog of indices, recording.

A rating is requested after a result was returned.

The rating does not block the next citizen.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from app.models.enums import SatisfactionFace
from app.models.errors import Refusal
from app.services.law.counter import Question
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN, Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.widgets import Choice, FieldBox, button, column, label, row
from app.usecases.citizens.ratings import ListQuestions, RateDossier, SavedRating, list_questions, rate_dossier
from app.wording import citizens as words
from app.wording.refusals import error_sentence

_QUESTION = "Công dân có hài lòng không?"
_RECORDED = "Đã ghi đánh giá của hồ sơ {code}: {face}."


def face_buttons(on_face: Callable[[SatisfactionFace], None], keys: bool) -> list[QPushButton]:
    """Return the buttons of the three faces; a press calls `on_face`.

    With `keys` each button has a shortcut.
    """
    buttons = []
    for place, face in enumerate(SatisfactionFace, 1):
        face_button = button(f"{words.face_name(face)}  Ctrl+{place}" if keys else words.face_name(face))
        face_button.setObjectName(f"rate.{face.value}")
        face_button.clicked.connect(partial(_press, on_face, face))
        if keys:
            QShortcut(QKeySequence(f"Ctrl+{place}"), face_button, partial(_press, on_face, face))
        buttons.append(face_button)
    return buttons


def _press(on_face: Callable[[SatisfactionFace], None], face: SatisfactionFace, _checked: bool = False) -> None:
    on_face(face)


class RatingBand(QFrame):
    """Band that asks for a rating after a result was returned.

    Signals: `submitted(code, SatisfactionFace)`; `details_requested(code)` for the dialog of indices; `toggled()` when
    it is shown or hidden.
    """

    toggled = Signal()
    submitted = Signal(str, object)
    details_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("saved")
        self.code = ""
        more, later = button("Theo từng chỉ số…  Ctrl+4", link=True), button("Để sau  Esc", link=True)
        more.setObjectName("rate.more")
        QShortcut(QKeySequence("Ctrl+4"), more, self._request_details)
        more.clicked.connect(self._request_details)
        later.clicked.connect(self.dismiss)
        faces = face_buttons(lambda face: self.submitted.emit(self.code, face), keys=True)
        question = label(_QUESTION, "strong")
        for part in (question, more, later):
            part.setMinimumHeight(FIELD_HEIGHT)
        self.setLayout(column(FlowWidget(question, *faces, more, later), margin=GRID))
        self.hide()

    def _request_details(self) -> None:
        self.details_requested.emit(self.code)

    def ask_about(self, code: str) -> None:
        """Ask for the rating of a dossier."""
        self.code = code
        self.show()
        self.toggled.emit()

    def dismiss(self) -> bool:
        """Hide the band. False if it was hidden already."""
        shown = not self.isHidden()
        self.code = ""
        self.hide()
        self.toggled.emit()
        return shown


class RatingDialog(QDialog):
    """Dialog of the indices that citizens answer.

    The other indices are calculated from dates and registers (TT 01/2018/TT-VPCP Điều 14).

    Signals: `submitted(RateDossier)`.
    """

    submitted = Signal(object)

    def __init__(self, code: str, questions: Sequence[Question], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Đánh giá hồ sơ {code}")
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = code
        self.choices: dict[int, Choice] = {}
        self.comment = QLineEdit()
        self.comment.setObjectName("rate.comment")
        self.comment_box = FieldBox("Ý kiến thêm (nếu có)", self.comment)
        cancel = button("Thôi  Esc")
        cancel.clicked.connect(self.reject)
        foot = row(label("Chọn mức hài lòng để lưu:", "strong"), gap=2 * GRID)
        for face_button in face_buttons(self._submit, keys=True):
            foot.addWidget(face_button)
        foot.addStretch(1)
        foot.addWidget(cancel)
        note = label(words.CALCULATED_INDICES, "caption", wrap=True)
        self.setLayout(column(self._index_grid(questions), note, self.comment_box, foot, gap=2 * GRID, margin=2 * GRID))
        self.setMinimumWidth(900)
        next(iter([*self.choices.values(), self.comment])).setFocus()
        for keys, step in (("Down", 1), ("Up", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._move_focus, step))

    def _index_grid(self, questions: Sequence[Question]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for place, question in enumerate(each for each in questions if each.answers):
            choice = Choice([(str(points), word) for points, word in question.answers])
            choice.setAccessibleName(question.text)
            choice.setObjectName(f"rate.index{question.index}")
            self.choices[question.index] = choice
            grid.addWidget(label(f"{question.index}. {question.text}"), place, 0)
            grid.addWidget(choice, place, 1)
        return grid

    def _move_focus(self, step: int) -> None:
        fields: list[QWidget] = [*self.choices.values(), self.comment]
        current = next((place for place, field in enumerate(fields) if field.hasFocus()), 0)
        fields[max(0, min(len(fields) - 1, current + step))].setFocus()

    @property
    def points(self) -> dict[int, int]:
        """Points of the answered indices."""
        return {index: int(choice.value) for index, choice in self.choices.items() if choice.value}

    def _submit(self, face: SatisfactionFace) -> None:
        self.comment_box.clear_error()
        self.submitted.emit(RateDossier(self.code, face, self.points, self.comment.text()))

    def show_error(self, error: Exception) -> bool:
        """Show a refusal under the comment. False for another error."""
        if isinstance(error, Refusal):
            self.comment_box.show_error(error_sentence(error))
        return isinstance(error, Refusal)


class RatingRecorder:
    """Record ratings for a page.

    `on_rated` receives each saved rating, `on_error` the error of a rating from the band.
    """

    def __init__(
        self, page: Page, on_rated: Callable[[SavedRating], None], on_error: Callable[[Exception], bool]
    ) -> None:
        self._page, self._on_rated, self._on_error = page, on_rated, on_error

    def record(self, code: str, face: SatisfactionFace) -> None:
        """Save the rating of a dossier."""
        self._save(RateDossier(code, face), self._on_error)

    def open_details(self, code: str) -> None:
        """Open the dialog of indices of a dossier."""
        show = partial(self._show_details, code)
        self._page.runner.read(list_questions, ListQuestions(), show, key="rate.questions")

    def _show_details(self, code: str, questions: Sequence[Question]) -> None:
        dialog = RatingDialog(code, questions, self._page)
        dialog.submitted.connect(lambda command: self._save(command, dialog.show_error, dialog))
        dialog.open()

    def _save(
        self, command: RateDossier, on_error: Callable[[Exception], bool], dialog: RatingDialog | None = None
    ) -> None:
        on_result = partial(self._on_saved, dialog)
        self._page.runner.write(rate_dossier, command, on_result, source=self._page, on_error=on_error)

    def _on_saved(self, dialog: RatingDialog | None, rated: SavedRating) -> None:
        if dialog is not None and isValid(dialog):  # it may have been closed while the rating was saved
            dialog.accept()
        self._page.post_message(Level.DONE, _RECORDED.format(code=rated.code, face=words.face_name(rated.face)))
        self._on_rated(rated)
