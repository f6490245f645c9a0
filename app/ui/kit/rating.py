"""How content a citizen was, asked once as he takes his result: one key for a face, more only where it is wanted. It
stands beside the work, never in the way of the next citizen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from app.models.enums import SatisfactionFace
from app.models.errors import Refusal
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN, Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.widgets import Choice, FieldBox, button, column, label, row
from app.usecases.citizens.ratings import RateDossier, SavedRating, rate_dossier
from app.wording import citizens as words
from app.wording.refusals import error_sentence

_QUESTION = "Công dân có hài lòng không?"
_RECORDED = "Đã ghi đánh giá của hồ sơ {code}: {face}."


def face_buttons(on_face: Callable[[SatisfactionFace], None], keys: bool) -> list[QPushButton]:
    """The three faces; `given` is called with the one pressed. With `keys` each has its own."""
    made_all = []
    for place, face in enumerate(SatisfactionFace, 1):
        made = button(f"{words.face_name(face)}  Ctrl+{place}" if keys else words.face_name(face))
        made.setObjectName(f"rate.{face.value}")
        made.clicked.connect(partial(_press, on_face, face))
        if keys:
            QShortcut(QKeySequence(f"Ctrl+{place}"), made, partial(_press, on_face, face))
        made_all.append(made)
    return made_all


def _press(given: Callable[[SatisfactionFace], None], face: SatisfactionFace, _checked: bool = False) -> None:
    given(face)


class RatingBand(QFrame):
    """Offered once a result was given back. Signals: `given(code, Face)`, `details_requested(code)` for the indices."""

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
        asks = label(_QUESTION, "strong")
        for each in (asks, more, later):
            each.setMinimumHeight(FIELD_HEIGHT)
        self.setLayout(column(FlowWidget(asks, *faces, more, later), margin=GRID))
        self.hide()

    def _request_details(self) -> None:
        self.details_requested.emit(self.code)

    def ask_about(self, code: str) -> None:
        """Asks about a dossier whose result was just given back."""
        self.code = code
        self.show()

    def dismiss(self) -> bool:
        """Asks no more; false where nothing was asked."""
        asked = not self.isHidden()
        self.code = ""
        self.hide()
        return asked


class RatingDialog(QDialog):
    """The indices that are asked of a citizen, a word each; what the dates and the registers tell is reckoned by the
    program (TT 01/2018/TT-VPCP Điều 14). Signal: `given(Rate)`."""

    submitted = Signal(object)

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Đánh giá hồ sơ {code}")
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = code
        self.choices: dict[int, Choice] = {}
        self.comment = QLineEdit()
        self.comment.setObjectName("rate.comment")
        self.comment_box = FieldBox("Ý kiến thêm (nếu có)", self.comment)
        leave = button("Thôi  Esc")
        leave.clicked.connect(self.reject)
        foot = row(label("Chọn mức hài lòng để lưu:", "strong"), gap=2 * GRID)
        for each in face_buttons(self._submit, keys=True):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(leave)
        reckoned = label(words.CALCULATED_INDICES, "caption", wrap=True)
        self.setLayout(column(self._index_grid(), reckoned, self.comment_box, foot, gap=2 * GRID, margin=2 * GRID))
        self.setMinimumWidth(900)
        next(iter(self.choices.values())).setFocus()
        for keys, step in (("Down", 1), ("Up", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._move_focus, step))

    def _index_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for place, (index, said) in enumerate(words.ANSWERS.items()):
            choice = Choice([(str(points), word) for points, word in said.items()])
            choice.setAccessibleName(words.INDICES[index])
            choice.setObjectName(f"rate.index{index}")
            self.choices[index] = choice
            grid.addWidget(label(f"{index}. {words.INDICES[index]}"), place, 0)
            grid.addWidget(choice, place, 1)
        return grid

    def _move_focus(self, step: int) -> None:
        fields: list[QWidget] = [*self.choices.values(), self.comment]
        here = next((place for place, each in enumerate(fields) if each.hasFocus()), 0)
        fields[max(0, min(len(fields) - 1, here + step))].setFocus()

    @property
    def points(self) -> dict[int, int]:
        """The points of the indices that were answered."""
        return {index: int(choice.value) for index, choice in self.choices.items() if choice.value}

    def _submit(self, face: SatisfactionFace) -> None:
        self.comment_box.clear_error()
        self.submitted.emit(RateDossier(self.code, face, self.points, self.comment.text()))

    def show_error(self, error: Exception) -> bool:
        """Says a refusal under the last field."""
        if isinstance(error, Refusal):
            self.comment_box.show_error(error_sentence(error))
        return isinstance(error, Refusal)


class RatingRecorder:
    """Keeps judgements for a page: `then` hears what was kept, `wrong` why a plain face was not."""

    def __init__(
        self, page: Page, on_rated: Callable[[SavedRating], None], on_error: Callable[[Exception], bool]
    ) -> None:
        self._page, self._on_rated, self._on_error = page, on_rated, on_error

    def record(self, code: str, face: SatisfactionFace) -> None:
        """Keeps a face."""
        self._save(RateDossier(code, face), self._on_error)

    def open_details(self, code: str) -> None:
        """Opens the indices of a dossier."""
        dialog = RatingDialog(code, self._page)
        dialog.submitted.connect(lambda command: self._save(command, dialog.show_error, dialog))
        dialog.open()

    def _save(
        self, command: RateDossier, wrong: Callable[[Exception], bool], dialog: RatingDialog | None = None
    ) -> None:
        then = partial(self._on_saved, dialog)
        self._page.runner.write(rate_dossier, command, then, source=self._page, on_error=wrong)

    def _on_saved(self, dialog: RatingDialog | None, rated: SavedRating) -> None:
        if dialog is not None:
            dialog.accept()
        self._page.post_message(Level.DONE, _RECORDED.format(code=rated.code, face=words.face_name(rated.face)))
        self._on_rated(rated)
