"""Small parts that pages are built of: a field with its error under it, a choice between few words, the banner."""

from collections.abc import Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit.flow_layout import FlowLayout
from app.ui.kit.icons import set_icon
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.style import FIELD_HEIGHT, GRID, set_style_property

_Box = TypeVar("_Box", QVBoxLayout, QHBoxLayout)


class WrappedLabel(QLabel):
    """Words that go on in a new line. It takes its height from its width by itself: a layout that reckons height by
    width gives every part beside it all that it asks for, and squeezes others below their least."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text_height = 0
        self.setWordWrap(True)

    def hasHeightForWidth(self) -> bool:
        """Never said, see above."""
        return False

    def sizeHint(self) -> QSize:
        """As tall as it is at its width."""
        return QSize(super().sizeHint().width(), self._text_height)

    def minimumSizeHint(self) -> QSize:
        """Any width will do that the longest word fits in."""
        return QSize(super().minimumSizeHint().width(), self._text_height)

    def setText(self, text: str) -> None:
        """Other words take other room."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or role takes other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        tall = max(0, self.heightForWidth(self.width()))
        if tall != self._text_height:
            self._text_height = tall
            self.updateGeometry()
            QTimer.singleShot(0, self, self.updateGeometry)  # asked while its holder is laying out, it may go unheard


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A line of text in one of the roles of the stylesheet; what was typed is never read as markup."""
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def tooltip_text(text: str) -> str:
    """A tool tip that says a text as it is. Qt would draw what looks like markup, and fetch the pictures it names."""
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if "<" in text else text


def button(text: str, main: bool = False, link: bool = False) -> QPushButton:
    """A verb to press; `main` for the one act of a page, `link` for what leads elsewhere."""
    made = QPushButton(text)
    made.setProperty("main", main)
    made.setProperty("link", link)
    made.setAutoDefault(True)
    return made


def password_field() -> QLineEdit:
    """A line whose letters nobody sees."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return made


def column(*parts: QWidget | QLayout, gap: int = GRID, margin: int = 0) -> QVBoxLayout:
    """Parts under each other."""
    box = QVBoxLayout()
    return _add_parts(box, parts, gap, margin)


def row(*parts: QWidget | QLayout, gap: int = GRID, margin: int = 0) -> QHBoxLayout:
    """Parts beside each other."""
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
    """Words on one line that end in an ellipsis where there is no room; the whole of them is the tool tip."""

    def __init__(self, text: str = "", role: str = "caption") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.full_text = ""
        self.set_full_text(text)

    def sizeHint(self) -> QSize:
        """Room for the whole of it."""
        hint = super().sizeHint()
        around = hint.width() - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self.fontMetrics().horizontalAdvance(self.full_text) + around + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a word of it."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), 8 * GRID), hint.height())

    def set_full_text(self, text: str) -> None:
        """Says a caption."""
        self.full_text = text
        self.setToolTip(tooltip_text(text))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Says as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.contentsRect().width() - 2)
        self.setText(self.fontMetrics().elidedText(self.full_text, Qt.TextElideMode.ElideRight, room))


class ErrorLine(QLabel):
    """One line that says what is wrong with a field above it; a row of narrow fields shares one."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "wrong")
        self.field: QWidget | None = None
        self.hide()

    def show_error(self, text: str, field: QWidget) -> None:
        """Says a sentence, starting under the field where there is room for it."""
        self.field = field
        row_of_fields = field.parentWidget()
        left = field.x() if row_of_fields is self.parentWidget() else 0
        room = row_of_fields.width() if row_of_fields else 0
        fits = left + self.fontMetrics().horizontalAdvance(text) * 1.1 < max(self.width(), room)
        self.setWordWrap(not left)
        self.setIndent(left if fits else 0)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft if fits or not left else Qt.AlignmentFlag.AlignRight)
        self.setText(text)
        self.show()

    def clear_error(self, field: QWidget) -> None:
        """Falls silent if it spoke of this field."""
        if self.field is field:
            self.field = None
            self.hide()


class FieldBox(QWidget):
    """A caption above or `beside` what is typed into, and one line that says what is wrong with it: its own, or one
    that a row of fields shares."""

    def __init__(
        self, caption: str, inner: QWidget, name: str = "", shared: ErrorLine | None = None, beside: bool = False
    ) -> None:
        super().__init__()
        self.inner = inner
        self._error = shared or ErrorLine()
        self._caption = label(caption, "caption")
        parts: list[QWidget | QLayout] = [inner] if shared else [inner, self._error]
        if caption:
            self._caption.setBuddy(inner)
            parts[:1] = [row(self._caption, inner)] if beside else [self._caption, inner]
        inner.setAccessibleName(name or caption)
        self.setLayout(column(*parts, gap=2))
        if isinstance(inner, QLineEdit):
            inner.textEdited.connect(self.clear_error)

    def set_caption(self, caption: str) -> None:
        """Gives the field another caption."""
        self._caption.setText(caption)
        self.inner.setAccessibleName(caption)

    def show_error(self, text: str) -> None:
        """Says what is wrong under the field and brings the caret there; what a banner said before is over."""
        for banner in self.window().findChildren(Banner):
            banner.clear()
        self._error.show_error(text, self)
        self.inner.setAccessibleDescription(text)
        set_style_property(self.inner, "wrong", "true")
        self.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.inner, QLineEdit):
            self.inner.selectAll()

    def clear_error(self) -> None:
        """Takes the sentence away; typing does so too."""
        if self._error.field is self:
            self._error.clear_error(self)
            self.inner.setAccessibleDescription("")
            set_style_property(self.inner, "wrong", "false")

    @property
    def error(self) -> str:
        """What is said under the field now."""
        return self._error.text() if self._error.field is self else ""


class Choice(QFrame):
    """One of a few words beside each other: one stop of the Tab key; arrows, a number or a click choose.

    Signal: `chosen(value)` whenever the value alters."""

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
            made = QRadioButton(word)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(made, place)
            self._flow.addWidget(made)
        self.setLayout(self._flow)
        self.set_value(value)
        self._group.idToggled.connect(self._toggled)

    def minimumSizeHint(self) -> QSize:
        """All words on one line, unless it `wraps`."""
        return super().minimumSizeHint() if self._wraps else self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap take more height."""
        super().resizeEvent(event)
        if self._wraps:
            self.setMinimumHeight(max(FIELD_HEIGHT, self._flow.height_at_width(self.contentsRect().width()) + 4))

    @property
    def value(self) -> str:
        """Code of the chosen word, empty while none is."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Chooses a code; an empty one leaves nothing chosen."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(False)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along, Space takes the next, a digit takes its place in the row."""
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
        """Draws the ring."""
        set_style_property(self, "ringed", "true")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the ring away."""
        set_style_property(self, "ringed", "false")
        super().focusOutEvent(event)

    def _toggled(self, _place: int, on: bool) -> None:
        if on:
            self.chosen.emit(self.value)


_LEVEL_WORDS = {Level.DONE: "Đã xong", Level.WARNING: "Lưu ý", Level.ERROR: "Cần sửa"}
_LEVEL_ICONS = {Level.DONE: "done", Level.WARNING: "look", Level.ERROR: "mend"}


class Banner(QFrame):
    """One sentence and one thing to do about it, above the page. Its meaning stands in a word, a mark and a colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.message: BannerMessage | None = None
        self._mark = label()
        self._word = label(role="strong")
        self._text = label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action_button = button("", link=True)
        self._action_button.clicked.connect(self._run_action)
        self._action_button.hide()
        away = button("Đóng", link=True)
        away.clicked.connect(self.clear)
        self.setLayout(row(self._mark, self._word, self._text, self._action_button, away))
        self.layout().setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)  # type: ignore[union-attr]
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty when there is none."""
        return self._text.text() if self.message else ""

    def show_message(self, notice: BannerMessage) -> None:
        """Puts a sentence in the place of the one before."""
        self.message = notice
        set_icon(self._mark, _LEVEL_ICONS[notice.level], notice.level.value)
        self._word.setText(_LEVEL_WORDS[notice.level])
        set_style_property(self._word, "role", notice.level.value)
        self._text.setText(notice.text)
        self._action_button.setText(notice.action)
        self._action_button.setVisible(bool(notice.action))
        self.setAccessibleName(f"{_LEVEL_WORDS[notice.level]}: {notice.text}")
        set_style_property(self, "level", notice.level.value)
        self.show()

    def clear(self) -> None:
        """Takes the sentence away."""
        self.message = None
        self.hide()

    def _run_action(self) -> None:
        notice = self.message
        self.clear()
        if notice is not None and notice.on_action is not None:
            notice.on_action()


class EnterAdvances(QWidget):
    """A form in which Enter goes to the next field, as Tab does; on a button it presses."""

    def advance_on_enter(self, *fields: QWidget) -> None:
        """Names the fields in which Enter goes on."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turns Enter into a step forward."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.focusNextPrevChild(True)
                return True
        return super().eventFilter(watched, event)
