"""Fields of the people of an intake: submitter, owner and principal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.enums import Gender, PersonKind
from app.models.text import mask_number
from app.models.values.days import birth_to_iso, parse_day
from app.models.values.numbers import comparable_number, is_lettered_number, searched_number
from app.models.values.phones import phone_numbers
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.dates import format_birth
from app.ui.kit.error_line import ErrorLine
from app.ui.kit.finder import SearchField, Suggestion
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, column, row
from app.wording.status import kind_name

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import EarlierApplicant

_GENDERS = ((Gender.FEMALE.value, "Nữ"), (Gender.MALE.value, "Nam"))
_LINES = {
    0: (("id_number",), ("name",), ("birth_date",), ("gender",), ("phone",), ("address",), ("email",)),
    336: (("id_number",), ("name",), ("birth_date", "gender"), ("phone",), ("address",), ("email",)),
    520: (("id_number", "name"), ("birth_date", "gender", "phone"), ("address", "email")),
    880: (("id_number", "name", "birth_date", "gender"), ("phone", "address", "email")),
}
"""Fields of each line of a form from a width on."""
_STRETCHES = {"name": 2, "address": 2, "email": 1, "id_number": 1, "phone": 1}
_NARROWEST = 304
_SEARCH_FIELDS = ("id_number", "name", "phone")
_MIN_SEARCH_LENGTH = 4
_WHOLE_NUMBERS = (9, 10, 12, 13)
"""Digits of an old identity card, a tax code, a personal number and a branch's tax code."""
_USUAL_AGE = 35
_TEXTS = ("id_number", "name", "birth_date", "phone", "address", "email")


_FULL_NAMES = {"kind": "Loại đối tượng", "id_number": "Số định danh, CMND, mã số", "birth_date": "Ngày hoặc năm sinh"}


class PersonFields(QWidget):
    """Fields of one person in tab order.

    Signals: `people_requested(field, words)` to look up earlier visitors; `edited()` after any change.
    """

    people_requested = Signal(str, str)
    edited = Signal()

    def __init__(self, prefix: str, who: str, today: Callable[[], date], with_kind: bool) -> None:
        super().__init__()
        self._today = today
        self.id_number, self.name, self.phone = (SearchField(eager=False) for _ in range(3))
        self.birth_date, self.address, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.gender = Choice(_GENDERS)
        self.kind = Choice([(kind.value, kind_name(kind)) for kind in PersonKind], PersonKind.CITIZEN.value, wraps=True)
        self._error = ErrorLine()
        self.boxes: dict[str, FieldBox] = {}
        for name, caption in self._captions():
            inner: QWidget = getattr(self, name)
            inner.setObjectName(f"{prefix}.{_camel(name)}")
            self.boxes[name] = FieldBox(caption, inner, f"{_FULL_NAMES.get(name, caption)} {who}", self._error)
        if not with_kind:
            self.boxes["kind"].hide()
        self._lay_out()
        self._connect_signals()

    @staticmethod
    def _captions() -> Sequence[tuple[str, str]]:
        return (
            ("kind", "Đối tượng"),
            ("id_number", "Số định danh"),
            ("name", "Họ và tên"),
            ("birth_date", "Ngày sinh"),
            ("gender", "Giới tính"),
            ("phone", "Điện thoại"),
            ("address", "Địa chỉ"),
            ("email", "Thư điện tử"),
        )

    def _lay_out(self) -> None:
        self.id_number.setPlaceholderText("CMND, mã số")
        self.birth_date.setPlaceholderText("hoặc năm")
        self._lines: tuple[tuple[str, ...], ...] = ()
        self._rows = [row(gap=GRID + 4) for _place in range(len(_LINES[0]) + 1)]
        self._column = column(*self._rows, gap=GRID // 2)
        self.setLayout(self._column)
        self._place_boxes(_LINES[520])

    def _place_boxes(self, lines: tuple[tuple[str, ...], ...]) -> None:
        if lines is self._lines:
            return
        self._lines = lines
        for line in self._rows:
            while line.takeAt(0) is not None:
                pass
        for line, names in zip(self._rows, (("kind",), *lines), strict=False):
            for name in names:
                line.addWidget(self.boxes[name], _STRETCHES.get(name, 0), Qt.AlignmentFlag.AlignTop)
        self._align_captions()

    def _align_captions(self) -> None:
        """Give the captions at the left one width.

        The choice of the gender needs none beside the birth.
        """
        leading = [names[0] for names in (("kind",), *self._lines)]
        captions = {name: box.caption for name, box in self.boxes.items() if box.caption is not None}
        width = max(captions[name].natural_width for name in leading if name != "kind")
        for name, caption in captions.items():
            caption.set_column_width(width if name in leading else 0)
            caption.setVisible(name != "gender" or name in leading)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_boxes(_LINES[max(width for width in _LINES if width <= max(0, self.width()))])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._align_captions()

    def _connect_signals(self) -> None:
        for name in _TEXTS:
            getattr(self, name).textEdited.connect(self.edited)
        self.gender.chosen.connect(self.edited)
        self.kind.chosen.connect(self.edited)
        self.id_number.textEdited.connect(self._number_typed)
        for name in _SEARCH_FIELDS:
            finder: SearchField = getattr(self, name)
            finder.search_requested.connect(partial(self._request_people, name))
            finder.picked.connect(self._picked)
        self.birth_date.editingFinished.connect(self._normalise_birth)
        add_calendar(self.birth_date, self._calendar_start)

    def _number_typed(self, text: str) -> None:
        if len(comparable_number(text)) in _WHOLE_NUMBERS or is_lettered_number(text):
            self.people_requested.emit("id_number", text.strip())

    def _request_people(self, field: str, words: str) -> None:
        """Look up earlier visitors.

        A name is always looked up, a number only if it is long enough and the name is empty.
        """
        if field == "name" or (len(words) >= _MIN_SEARCH_LENGTH and not self.name.text().strip()):
            self.people_requested.emit(field, words)

    def _calendar_start(self) -> date:
        """Return the typed day, else that of a grown person."""
        today = self._today()
        return parse_day(self.birth_date.text(), latest=today) or date(today.year - _USUAL_AGE, 1, 1)

    def _normalise_birth(self) -> None:
        self.birth_date.setText(format_birth(birth_to_iso(self.birth_date.text(), self._today())))

    def _picked(self, person: EarlierApplicant) -> None:
        self.fill(_person_line(person))
        self.edited.emit()

    def show_matches(self, field_name: str, matches: Sequence[EarlierApplicant]) -> str:
        """Fill the fields from a unique match, or suggest the matches.

        A match is unique if one person has the whole id number or phone.

        Fields are filled only while the name is empty. Returns the name filled in, or an empty text.
        """
        finder: SearchField = getattr(self, field_name)
        suggestions = [Suggestion(person.name, _distinguishing_text(person), person) for person in matches]
        if field_name == "name":
            finder.show_suggestions(suggestions)
            return ""
        typed = _comparable(field_name, finder.text())
        same = [person for person in matches if typed & _comparable(field_name, getattr(person, field_name) or "")]
        if self.name.text().strip():
            finder.close_list()
        elif len(same) == 1 and (field_name == "id_number" or len(matches) == 1):
            self.fill(_person_line(same[0]))
            return same[0].name
        else:
            finder.show_suggestions(suggestions)
        return ""

    def read(self) -> dict[str, Any]:
        """Return the person for the intake line, without empty fields."""
        typed = {name: getattr(self, name).text().strip() for name in _TEXTS}
        typed["birth_date"] = birth_to_iso(typed["birth_date"], self._today())
        person = {"kind": self.kind.value, "gender": self.gender.value, **typed}
        return {key: value for key, value in person.items() if value}

    def fill(self, person: Mapping[str, Any]) -> None:
        """Fill the fields from a person and clear fields without a value."""
        for name in _TEXTS:
            text = str(person.get(name) or "")
            field: QLineEdit = getattr(self, name)
            field.setText(format_birth(text) if name == "birth_date" else text)
            field.setCursorPosition(0)
            self.boxes[name].clear_error()
        for name in _SEARCH_FIELDS:
            getattr(self, name).close_list()
        self.gender.set_value(str(person.get("gender") or ""))
        self.kind.set_value(str(person.get("kind") or PersonKind.CITIZEN.value))

    def fill_empty(self, person: Mapping[str, Any]) -> None:
        """Fill only the empty fields from a person."""
        for name, value in person.items():
            field: QLineEdit = getattr(self, name)
            if value and not field.text().strip():
                field.setText(str(value))
                field.setCursorPosition(0)

    def clear(self) -> None:
        """Clear all fields."""
        for name in _SEARCH_FIELDS:
            getattr(self, name).reset()
        self.fill({})

    @property
    def empty(self) -> bool:
        """True while all text fields are empty."""
        return not any(getattr(self, name).text().strip() for name in _TEXTS)


class PrincipalFields(QWidget):
    """Fields of the principal (người ủy quyền), with the paper of authority.

    Signals: `edited()` after any change.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        captions = {
            "name": "Họ và tên",
            "id_number": "Số định danh",
            "authority": "Giấy ủy quyền",
            "phone": "Điện thoại",
            "address": "Địa chỉ",
            "email": "Thư điện tử",
        }
        for name, caption in captions.items():
            edit = QLineEdit()
            edit.setObjectName(f"intake.principal.{_camel(name)}")
            edit.textEdited.connect(self.edited)
            self.boxes[name] = FieldBox(caption, edit, f"{caption}, người ủy quyền")
            if name == "authority":
                edit.setPlaceholderText("số, ngày")
        self.setLayout(column(FieldGrid(*self.boxes.values())))

    def read(self) -> dict[str, Any]:
        """Return the principal for the intake line."""
        typed = {name: _text(box) for name, box in self.boxes.items()}
        return {name: text for name, text in typed.items() if text}

    def fill(self, principal: Mapping[str, Any]) -> None:
        """Fill the fields from a principal."""
        for name, box in self.boxes.items():
            box.clear_error()
            if isinstance(box.inner, QLineEdit):
                box.inner.setText(str(principal.get(name) or ""))


def _text(box: FieldBox) -> str:
    return box.inner.text().strip() if isinstance(box.inner, QLineEdit) else ""


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _comparable(field: str, text: str) -> frozenset[str]:
    """Return the number, or the phones, of a field in comparable form."""
    numbers = phone_numbers(text) if field == "phone" else (searched_number(text),)
    return frozenset(number for number in numbers if number)


def _person_line(person: EarlierApplicant) -> dict[str, Any]:
    return {
        "name": person.name,
        "id_number": person.id_number,
        "birth_date": person.birth_date,
        "gender": person.gender,
        "phone": person.phone,
        "address": person.address,
        "email": person.email,
    }


def _distinguishing_text(person: EarlierApplicant) -> str:
    number = mask_number(person.id_number) if person.id_number else ""
    parts = (format_birth(person.birth_date or ""), number, person.phone, person.address)
    return " · ".join(part for part in parts if part)
