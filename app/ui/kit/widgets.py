"""Small widgets of pages: labels, buttons, fields, choices, the banner."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit.error_line import ErrorLine
from app.ui.kit.flow_layout import FlowLayout, LimitedLabel, SelectableLabel, WrappedLabel
from app.ui.kit.icons import set_icon
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.style import FIELD_HEIGHT, GRID, set_style_property

_Box = TypeVar("_Box", QVBoxLayout, QHBoxLayout)


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Return a label in a role of the stylesheet.

    Its text is never interpreted as markup.
    """
    widget = WrappedLabel(text) if wrap else QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        widget.setProperty("role", role)
    return widget


def selectable_label(role: str = "") -> QLabel:
    """Return a wrapped label whose text can be selected and copied."""
    widget = SelectableLabel("")
    widget.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        widget.setProperty("role", role)
    return widget


def tooltip_text(text: str) -> str:
    """Return `text` as a tool tip, escaped if needed.

    Qt would otherwise render markup in typed text and load the images it names.
    """
    if "<" not in text:
        return text
    from html import escape  # its table of entities would slow every start

    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'


def button(text: str, main: bool = False, link: bool = False) -> QPushButton:
    """Return a button.

    `main` marks the primary action of a page, `link` a navigation.
    """
    widget = QPushButton(text)
    widget.setProperty("main", main)
    widget.setProperty("link", link)
    widget.setAutoDefault(True)
    return widget


def command_button(text: str, name: str, on_click: Callable[[], None]) -> QPushButton:
    """Return a button with an object name that calls a function."""
    widget = button(text)
    widget.setObjectName(name)
    widget.clicked.connect(lambda _checked: on_click())
    return widget


def add_key(widget: QPushButton, keys: str) -> QPushButton:
    """Give a button a key and show it behind its text."""
    widget.setText(f"{widget.text()}  {keys}")
    widget.setShortcut(QKeySequence(keys))  # after the text, which would reset it
    return widget


def password_field() -> QLineEdit:
    """Return a field that hides the typed characters."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return field


def column(*parts: QWidget | QLayout, gap: int = GRID, margin: int = 0) -> QVBoxLayout:
    """Return a vertical layout of the parts."""
    box = QVBoxLayout()
    return _add_parts(box, parts, gap, margin)


def row(*parts: QWidget | QLayout, gap: int = GRID, margin: int = 0) -> QHBoxLayout:
    """Return a horizontal layout of the parts."""
    box = QHBoxLayout()
    return _add_parts(box, parts, gap, margin)


def _add_parts(box: _Box, parts: Sequence[QWidget | QLayout], gap: int, margin: int) -> _Box:
    box.setSpacing(gap)
    box.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


class ElidedLabel(QLabel):
    """Label of one line that elides its text.

    The tool tip shows the text in full.
    """

    def __init__(self, text: str = "", role: str = "caption") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.full_text = ""
        self.set_full_text(text)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        margins = hint.width() - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self.fontMetrics().horizontalAdvance(self.full_text) + margins + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 8 * GRID), hint.height())

    def set_full_text(self, text: str) -> None:
        """Set the text."""
        self.full_text = text
        self.setToolTip(tooltip_text(text))
        self._elide()
        self.updateGeometry()  # the elided text may be the same as before

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        width = max(0, self.contentsRect().width() - 2)
        self.setText(self.fontMetrics().elidedText(self.full_text, Qt.TextElideMode.ElideRight, width))


_FIELD_STRETCH = 1000
_CAPTION_WIDTH = 176
"""Width above which a caption wraps."""


class Caption(WrappedLabel):
    """Caption beside a field, as wide as its text or its column."""

    _column_width = 0
    least_height = FIELD_HEIGHT

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "caption")
        self.setContentsMargins(0, 0, GRID, 0)
        self.set_column_width(0)

    @property
    def natural_width(self) -> int:
        """Width of the text in one line, at most that of a caption, and the gap."""
        return min(self.fontMetrics().horizontalAdvance(self.text()) + 2, _CAPTION_WIDTH) + GRID

    def set_column_width(self, width: int) -> None:
        """Take the width of a column, or the own width for 0."""
        self._column_width = width
        self.setFixedWidth(width or self.natural_width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.set_column_width(self._column_width)


class FieldBox(QWidget):
    """Field with a caption beside it, and an error below it.

    A `shared` error line belongs to several fields.
    """

    def __init__(self, caption: str, inner: QWidget, name: str = "", shared: ErrorLine | None = None) -> None:
        super().__init__()
        self.inner = inner
        self._error = shared or ErrorLine()
        self.caption = Caption(caption) if caption else None
        inner.setAccessibleName(name or caption)
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)  # the caption has the gap, so that fields without one end at the same edge
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, _FIELD_STRETCH)
        grid.setColumnStretch(2, 1)  # what a field of limited width leaves
        grid.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum), 0, 2)
        is_line = isinstance(inner, QLineEdit | QComboBox)
        grid.addWidget(inner, 0, 1, Qt.AlignmentFlag.AlignTop if is_line else Qt.AlignmentFlag(0))
        if self.caption is not None:
            self.caption.setBuddy(inner)
            grid.addWidget(self.caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(grid)
        if isinstance(inner, QLineEdit):
            inner.textEdited.connect(self.clear_error)

    def add_below(self, part: QWidget) -> None:
        """Add a widget below the field."""
        self._grid.addWidget(part, self._grid.rowCount(), 1, 1, 2)

    def set_caption(self, caption: str) -> None:
        """Replace the caption."""
        if self.caption is not None:
            self.caption.setText(caption)
            self.caption.set_column_width(0)
        self.inner.setAccessibleName(caption)

    def show_error(self, text: str) -> None:
        """Show an error under the field, focus the field and clear the banner."""
        for banner in self.window().findChildren(Banner):
            banner.clear()
        self._error.show_error(text, self, self.inner)
        self.inner.setAccessibleDescription(text)
        set_style_property(self.inner, "wrong", "true")
        self.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.inner, QLineEdit):
            self.inner.selectAll()

    def clear_error(self) -> None:
        """Hide the error; typing does so too."""
        if self._error.field is self:
            self._error.clear_error(self)
            self.inner.setAccessibleDescription("")
            set_style_property(self.inner, "wrong", "false")

    @property
    def error(self) -> str:
        """The error shown, empty for none."""
        return self._error.text() if self._error.field is self else ""


def align_captions(boxes: Iterable[FieldBox]) -> None:
    """Let single fields, one below the other, begin at one edge."""
    captions = [box.caption for box in boxes if box.caption is not None]
    for caption in captions:
        caption.set_column_width(max(each.natural_width for each in captions))


class Choice(QFrame):
    """Choice between a few words; one stop in the tab order.

    The user chooses by arrow keys, digits or clicks.

    Signals: `chosen(value)` after each change.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", wraps: bool = False) -> None:
        super().__init__()
        self._wraps = wraps
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._values = [code for code, _word in options]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setMinimumHeight(FIELD_HEIGHT)
        self._flow = FlowLayout(gap=2 * GRID, line_gap=2)
        self._flow.setContentsMargins(2, 2, 2, 2)
        for place, (_code, word) in enumerate(options):
            radio = QRadioButton(word)
            radio.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(radio, place)
            self._flow.addWidget(radio)
        self.setLayout(self._flow)
        self.set_value(value)
        self._group.idToggled.connect(self._toggled)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self._wraps else self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wraps:
            self.setMinimumHeight(max(FIELD_HEIGHT, self._flow.height_at_width(self.contentsRect().width()) + 4))

    @property
    def value(self) -> str:
        """The chosen value, empty for none."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose a value; an unknown one clears the choice."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for radio in self._group.buttons():
            radio.setChecked(False)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by arrows and Space in order, or by a digit."""
        place, last = self._group.checkedId(), len(self._values) - 1
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
            self.set_value(self._values[0 if place >= last else place + 1])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.set_value(self._values[last if place <= 0 else place - 1])
        elif event.text().isdecimal() and 1 <= int(event.text()) <= last + 1:
            self.set_value(self._values[int(event.text()) - 1])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        set_style_property(self, "ringed", "true")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        set_style_property(self, "ringed", "false")
        super().focusOutEvent(event)

    def _toggled(self, _place: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.value)


MESSAGE_HEIGHT = 54
"""Height of a place for messages of three lines."""
_LEVEL_WORDS = {Level.DONE: "Đã xong", Level.WARNING: "Lưu ý", Level.ERROR: "Cần sửa"}


class Banner(QFrame):
    """Message with an optional action, in a place above the page.

    The level is shown as a word, an icon and a colour. What is in its place otherwise is hidden by the window.

    Signal: `toggled(bool)` when it is shown or hidden.
    """

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.message: BannerMessage | None = None
        self._icon = label()
        self._word = label(role="strong")
        self._text = LimitedLabel(MESSAGE_HEIGHT - 3)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action_button = button("", link=True)
        self._action_button.clicked.connect(self._run_action)
        self._action_button.hide()
        close_button = button("Đóng", link=True)
        close_button.clicked.connect(self.clear)
        line = row(self._icon, self._word, self._text, self._action_button, close_button)
        line.setContentsMargins(2 * GRID, 0, GRID, 0)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty for none."""
        return self.message.text if self.message else ""

    def show_message(self, message: BannerMessage) -> None:
        """Replace the message."""
        self.message = message
        set_icon(self._icon, message.level.value, message.level.value)
        self._word.setText(_LEVEL_WORDS[message.level])
        set_style_property(self._word, "role", message.level.value)
        self._text.set_full_text(message.text)
        self._text.setToolTip(tooltip_text(message.text))
        self._action_button.setText(message.action)
        self._action_button.setVisible(bool(message.action))
        self.setAccessibleName(f"{_LEVEL_WORDS[message.level]}: {message.text}")
        set_style_property(self, "level", message.level.value)
        self.show()
        self.toggled.emit(True)

    def clear(self) -> None:
        """Hide the message."""
        self.message = None
        self.hide()
        self.toggled.emit(False)

    def leave_page(self, shown: object) -> None:
        """Hide the message of another page than the one shown now.

        A message of no page stays if it is an error or offers an action.
        """
        message = self.message
        if message is None or message.page is shown:
            return
        if message.page is not None or not (message.action or message.level is Level.ERROR):
            self.clear()

    def leave_person(self, page: object) -> None:
        """Hide the message of a page that is about another person now.

        What restores the work of the former person stays.
        """
        if self.message is not None and self.message.page is page and not self.message.restores:
            self.clear()

    def _run_action(self) -> None:
        message = self.message
        self.clear()
        if message is not None and message.on_action is not None:
            message.on_action()


class EnterAdvances(QWidget):
    """Form in which Enter moves to the next field as Tab does.

    On a button Enter clicks.
    """

    def advance_on_enter(self, *fields: QWidget) -> None:
        """Let Enter move on from these fields."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.focusNextPrevChild(True)
                return True
        return super().eventFilter(watched, event)
