"""Fields of a rule's value: text, number, choice, several choices, list."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QWidget

from app.models.errors import Refusal
from app.models.values.days import parse_day
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.dates import format_day
from app.wording.rules.editing import FieldKind, FieldWords

_WIDTHS = {FieldKind.NUMBER: 96, FieldKind.LIMIT: 96, FieldKind.DAY: 144, FieldKind.CODES: 224, FieldKind.LIST: 224}
_WIDE, _USUAL = 360, 224
_MAX_DIGITS = 9


@dataclass(frozen=True)
class RuleField:
    """A field with its widget; `show` and `read` take and give the value.

    `read` gives None for a field that is left empty, and raises Refusal `rule_shape` or `day_shape` on the field.
    """

    words: FieldWords
    inner: QWidget
    show: Callable[[Any], None]
    read: Callable[[], Any]


class SeveralChoice(QPushButton):
    """Button with a menu in which several entries are ticked."""

    def __init__(self, options: Sequence[tuple[str, str]], none: str) -> None:
        super().__init__(none)
        self._none = none
        self._menu = _StayingMenu(self)
        self.setMenu(self._menu)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer entries; ticked ones stay ticked."""
        ticked = self.keys
        self._menu.clear()
        for key, name in options:
            action = self._menu.addAction(name)
            action.setCheckable(True)
            action.setData(key)
            action.toggled.connect(lambda _ticked: self._show_names())
        self.set_keys(ticked)

    @property
    def keys(self) -> list[str]:
        """Keys of the ticked entries."""
        return [str(action.data()) for action in self._menu.actions() if action.isChecked()]

    def set_keys(self, keys: Sequence[str]) -> None:
        """Tick entries; one that is not offered is added by its key."""
        known = {str(action.data()) for action in self._menu.actions()}
        for key in keys:
            if key not in known:
                action = self._menu.addAction(key)
                action.setCheckable(True)
                action.setData(key)
                action.toggled.connect(lambda _ticked: self._show_names())
        for action in self._menu.actions():
            action.setChecked(str(action.data()) in keys)
        self._show_names()

    def _show_names(self) -> None:
        names = [action.text() for action in self._menu.actions() if action.isChecked()]
        shown = ", ".join(names[:2]) + (f" và {len(names) - 2} mục nữa" if len(names) > 2 else "")
        self.setText(shown or self._none)
        self.setAccessibleDescription(", ".join(names))


class _StayingMenu(QMenu):
    """Menu that stays open while entries are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        action = next((each for each in self.actions() if self.actionGeometry(each).contains(position)), None)
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if action is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            action.toggle()
        else:
            super().keyPressEvent(event)


def create_field(words: FieldWords) -> RuleField:
    """Return the field of a part of a rule."""
    if words.kind == FieldKind.CHOICE:
        return _choice(words)
    if words.kind == FieldKind.SEVERAL:
        several = SeveralChoice(words.options, words.none)
        return RuleField(words, several, lambda value: several.set_keys(value or ()), lambda: several.keys or None)
    edit = QLineEdit()
    edit.setMinimumWidth(_WIDE if words.wide else _WIDTHS.get(words.kind, _USUAL))
    edit.setPlaceholderText(words.none)
    if words.kind == FieldKind.DAY:
        add_calendar(edit)
    show, parse = _SHOWN.get(words.kind, str), _PARSED.get(words.kind, str)
    return RuleField(
        words,
        edit,
        lambda value: edit.setText("" if value is None else show(value)),
        lambda: _read(words, edit.text().strip(), parse),
    )


def _choice(words: FieldWords) -> RuleField:
    box = QComboBox()
    for code, name in words.options:
        box.addItem(name, code)
    by_word = {str(code): code for code, _name in words.options}

    def show(value: Any) -> None:
        box.setCurrentIndex(max(0, box.findText(dict(words.options).get(value, ""))))

    return RuleField(words, box, show, lambda: by_word[str(box.currentData())] if box.currentData() != "" else None)


def _read(words: FieldWords, text: str, parse: Callable[[str], Any]) -> Any:
    if not text:
        return None
    try:
        return parse(text)
    except (ValueError, ArithmeticError, Refusal):
        if words.kind == FieldKind.DAY:
            raise Refusal("day_shape", words.name, text=text[:40]) from None
        raise Refusal("rule_shape", words.name) from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > _MAX_DIGITS:
        raise ValueError(text)
    return int(text)


def _limit(text: str) -> int | float:
    if not re.fullmatch(r"[0-9]{1,4}([.,][0-9]{1,4})?", text):
        raise ValueError(text)
    number = Decimal(text.replace(",", "."))
    return int(number) if number == number.to_integral_value() else float(number)


def _day(text: str) -> str:
    day = parse_day(text)
    if day is None:
        raise ValueError(text)
    return day.isoformat()


def _parts(text: str) -> list[str]:
    return [part for part in (each.strip() for each in text.split(";")) if part]


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()


def _answers(text: str) -> dict[str, str]:
    parts = _parts(text)
    if len(parts) > 3:
        raise ValueError(text)
    return {str(2 - place): part for place, part in enumerate(parts)}


def _shown_day(value: str) -> str:
    return format_day(date.fromisoformat(value))


def _shown_answers(value: Mapping[str, str]) -> str:
    return " ; ".join(value[points] for points in sorted(value, reverse=True))


_SHOWN: Mapping[FieldKind, Callable[[Any], str]] = {
    FieldKind.LIMIT: lambda value: str(value).replace(".", ","),
    FieldKind.DAY: _shown_day,
    FieldKind.LIST: " ; ".join,
    FieldKind.CODES: " ; ".join,
    FieldKind.ANSWERS: _shown_answers,
}
_PARSED: Mapping[FieldKind, Callable[[str], Any]] = {
    FieldKind.NUMBER: _whole,
    FieldKind.LIMIT: _limit,
    FieldKind.DAY: _day,
    FieldKind.LIST: _parts,
    FieldKind.CODES: _codes,
    FieldKind.ANSWERS: _answers,
}
