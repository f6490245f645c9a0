"""Base class of the pages of the guide."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.errors import Refusal
from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, column, label, password_field, row
from app.wording.refusals import error_sentence

FIELD_WIDTH = 640
_LEAST_WIDTH = 320


class GuideView(EnterAdvances):
    """One page of the guide.

    Enter moves to the next field and, on the last one, asks to go on.

    Signals: `going_on()`; `message(level, sentence)` for the banner; `readiness_changed()` when the button that goes on
    may change; `answered()` when that button is the next to press.
    """

    going_on = Signal()
    message = Signal(str, str)
    readiness_changed = Signal()
    answered = Signal()
    title = ""
    question = ""
    next_text = "Tiếp tục  Enter"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__()
        self.guide, self.runner = guide, runner
        self.fields: list[QWidget] = []
        self.boxes: dict[str, FieldBox] = {}

    @property
    def is_ready(self) -> bool:
        """Whether the page may be left forward."""
        return True

    def show_answers(self, answers: Answers) -> None:
        """Show the answers when the page is entered."""

    def read_answers(self, answers: Answers) -> Answers:
        """Return the answers with those of this page."""
        return answers

    def submit(self) -> bool:
        """Do what the page does before the guide goes on; False to stay."""
        return True

    def leave(self) -> None:
        """Stop what the page does while it is shown."""

    def focus_start(self) -> None:
        """Focus the first field that is empty, else the first."""
        shown = [each for each in self.fields if each.isVisibleTo(self)]
        empty = [each for each in shown if isinstance(each, QLineEdit) and not each.text()]
        for first in (empty or shown)[:1]:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, refusal: Refusal) -> bool:
        """Show a refusal under its field; False if the page has no such field."""
        box = self.boxes.get(refusal.field or "")
        if box is None:
            return False
        box.show_error(error_sentence(refusal))
        return True

    def set_fields(self, *fields: QWidget) -> None:
        """Let Enter walk through the fields in this order."""
        self.fields = list(fields)
        self.advance_on_enter(*fields)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self.fields:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._advance(self.fields.index(watched))
                return True
        return QWidget.eventFilter(self, watched, event)

    def _advance(self, place: int) -> None:
        following = [each for each in self.fields[place + 1 :] if each.isVisible() and each.isEnabled()]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.going_on.emit()


def line_field(name: str, width: int = FIELD_WIDTH, placeholder: str = "") -> QLineEdit:
    """Return a field of the guide with an object name."""
    field = QLineEdit()
    field.setObjectName(f"guide.{name}")
    field.setMaximumWidth(width)
    if width < FIELD_WIDTH:
        field.setMinimumWidth(min(width, _LEAST_WIDTH))
    field.setPlaceholderText(placeholder)
    return field


def secret_field(name: str) -> QLineEdit:
    """Return a password field of the guide with an object name."""
    field = password_field()
    field.setObjectName(f"guide.{name}")
    field.setFixedWidth(_LEAST_WIDTH)
    return field


def field_row(*boxes: FieldBox) -> QHBoxLayout:
    """Return fields side by side, their tops in one line."""
    line = row(gap=2 * GRID)
    for box in boxes:
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    line.addStretch(1)
    return line


def stacked(parts: Sequence[QWidget | QLayout], gap: int = 2 * GRID) -> QVBoxLayout:
    """Return a column with its parts at the top."""
    box = column(*parts, gap=gap)
    box.addStretch(1)
    return box


def note(text: str) -> QWidget:
    """Return an explanation below or above a field."""
    return label(text, "caption", wrap=True)
