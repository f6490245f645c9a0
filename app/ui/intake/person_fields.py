"""The people of an intake: who stands at the desk, whose dossier it is, who gave authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.models.enums import Gender, PersonKind
from app.models.text import mask_number
from app.ui.kit.dates import birth_to_iso, format_birth
from app.ui.kit.finder import SearchField, Suggestion
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, ErrorLine, FieldBox
from app.wording.status import kind_name

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import EarlierApplicant

_GENDERS = ((Gender.FEMALE.value, "Nữ"), (Gender.MALE.value, "Nam"))
_ROWS = {"phone": 1, "address": 1, "email": 1}
_WIDE = {
    "id_number": (1, 0, 3),
    "name": (1, 3, 5),
    "birth_date": (1, 8, 2),
    "gender": (1, 10, 2),
    "phone": (4, 0, 3),
    "address": (4, 3, 5),
    "email": (4, 8, 4),
}
_NARROW = {
    "id_number": (1, 0, 7),
    "name": (1, 7, 5),
    "birth_date": (2, 0, 6),
    "gender": (2, 6, 6),
    "phone": (4, 0, 6),
    "email": (4, 6, 6),
    "address": (5, 0, 12),
}
"""Line, first of twelve columns and how many, of each field; in a narrow form two stand beside each other."""
_NARROWEST, _NARROW_BELOW = 304, 560
_SEARCH_FIELDS = ("id_number", "name", "phone")
_MIN_SEARCH_LENGTH = 4
_TEXTS = ("id_number", "name", "birth_date", "phone", "address", "email")


class PersonFields(QWidget):
    """What is asked about one person, in the order of the keyboard.

    Signals: `people_requested(field, words)` when an earlier visitor may be found; `edited()` after any change."""

    people_requested = Signal(str, str)
    edited = Signal()

    def __init__(self, prefix: str, who: str, with_kind: bool) -> None:
        super().__init__()
        self.id_number, self.name, self.phone = (SearchField(eager=False) for _ in range(3))
        self.birth_date, self.address, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.gender = Choice(_GENDERS)
        self.kind = Choice([(kind.value, kind_name(kind)) for kind in PersonKind], PersonKind.CITIZEN.value, wraps=True)
        self._errors = (ErrorLine(), ErrorLine())
        self.boxes: dict[str, FieldBox] = {}
        for name, caption in self._captions():
            inner: QWidget = getattr(self, name)
            inner.setObjectName(f"{prefix}.{_camel(name)}")
            shared = self._errors[_ROWS.get(name, 0)]
            self.boxes[name] = FieldBox(caption, inner, f"{caption} {who}", shared)
        if not with_kind:
            self.boxes["kind"].hide()
        self._lay_out()
        self._connect_signals()

    @staticmethod
    def _captions() -> Sequence[tuple[str, str]]:
        return (
            ("kind", "Loại đối tượng"),
            ("id_number", "Số định danh, CMND, mã số"),
            ("name", "Họ và tên"),
            ("birth_date", "Ngày hoặc năm sinh"),
            ("gender", "Giới tính"),
            ("phone", "Điện thoại"),
            ("address", "Địa chỉ"),
            ("email", "Thư điện tử"),
        )

    def _lay_out(self) -> None:
        self._grid = _grid()
        self._grid.addWidget(self.boxes["kind"], 0, 0, 1, 12)
        self._grid.addWidget(self._errors[0], 3, 0, 1, 12)
        self._grid.addWidget(self._errors[1], 6, 0, 1, 12)
        for place in range(12):
            self._grid.setColumnStretch(place, 1)
        self._places: Mapping[str, tuple[int, int, int]] = {}
        self._place_boxes(_WIDE)
        self.setLayout(self._grid)

    def _place_boxes(self, places: Mapping[str, tuple[int, int, int]]) -> None:
        if places is self._places:
            return
        self._places = places
        for name, (line, left, span) in places.items():
            self._grid.removeWidget(self.boxes[name])
            self._grid.addWidget(self.boxes[name], line, left, 1, span, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """Two fields beside each other."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow form has more lines."""
        super().resizeEvent(event)
        self._place_boxes(_WIDE if self.width() >= _NARROW_BELOW else _NARROW)

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

    def _number_typed(self, text: str) -> None:
        if len(text.strip()) in (9, 10, 12):
            self.people_requested.emit("id_number", text.strip())

    def _request_people(self, field: str, words: str) -> None:
        """Asks for earlier visitors: by a name at once, by a number once it tells people apart and nobody is named."""
        if field == "name" or (len(words) >= _MIN_SEARCH_LENGTH and not self.name.text().strip()):
            self.people_requested.emit(field, words)

    def _normalise_birth(self) -> None:
        self.birth_date.setText(format_birth(birth_to_iso(self.birth_date.text())))

    def _picked(self, person: EarlierApplicant) -> None:
        self.fill(_known(person))
        self.edited.emit()

    def show_matches(self, field_name: str, found: Sequence[EarlierApplicant]) -> str:
        """Takes what was found. A whole number or phone that one person has fills the fields while nobody is named;
        anything else is only offered. Answers the name filled in, empty if none was."""
        finder: SearchField = getattr(self, field_name)
        if field_name == "name":
            finder.show_suggestions([Suggestion(p.name, _distinguishing_text(p), p) for p in found])
            return ""
        typed = _digits(finder.text())
        same = [p for p in found if _digits(getattr(p, field_name) or "") == typed]
        if self.name.text().strip():
            finder.close_list()
        elif len(same) == 1 and (field_name == "id_number" or len(found) == 1):
            self.fill(_known(same[0]))
            return same[0].name
        else:
            finder.show_suggestions([Suggestion(p.name, _distinguishing_text(p), p) for p in found])
        return ""

    def read(self) -> dict[str, Any]:
        """The person as an intake line has it; what was left empty is left out."""
        typed = {name: getattr(self, name).text().strip() for name in _TEXTS}
        typed["birth_date"] = birth_to_iso(typed["birth_date"])
        person = {"kind": self.kind.value, "gender": self.gender.value, **typed}
        return {key: value for key, value in person.items() if value}

    def fill(self, person: Mapping[str, Any]) -> None:
        """Writes a person into the fields; what is not known is emptied."""
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
        """Writes what is told into fields that are empty still."""
        for name, told in person.items():
            field: QLineEdit = getattr(self, name)
            if told and not field.text().strip():
                field.setText(str(told))
                field.setCursorPosition(0)

    def clear(self) -> None:
        """Ready for the next citizen."""
        for name in _SEARCH_FIELDS:
            getattr(self, name).reset()
        self.fill({})

    @property
    def empty(self) -> bool:
        """True while nothing was typed."""
        return not any(getattr(self, name).text().strip() for name in _TEXTS)


class PrincipalFields(QWidget):
    """Người ủy quyền: six answers, the paper of authority among them.

    Signal: `edited()` after any change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        captions = {
            "name": "Họ và tên người ủy quyền",
            "id_number": "Số định danh",
            "authority": "Giấy tờ ủy quyền (số, ngày)",
            "phone": "Điện thoại",
            "address": "Địa chỉ",
            "email": "Thư điện tử",
        }
        self._grid, self._columns = _grid(), 0
        for name, caption in captions.items():
            edit = QLineEdit()
            edit.setObjectName(f"intake.principal.{_camel(name)}")
            edit.textEdited.connect(self.edited)
            self.boxes[name] = FieldBox(caption, edit, f"{caption}, người ủy quyền")
        self._place_boxes(3)
        self.setLayout(self._grid)

    def _place_boxes(self, beside: int) -> None:
        if beside != self._columns:
            self._columns = beside
            for place, box in enumerate(self.boxes.values()):
                self._grid.removeWidget(box)
                self._grid.addWidget(box, place // beside, place % beside, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """One field to a line at least."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow form has more lines."""
        super().resizeEvent(event)
        self._place_boxes(3 if self.width() >= _NARROW_BELOW else 2 if self.width() >= _NARROWEST + 8 * GRID else 1)

    def read(self) -> dict[str, Any]:
        """The principal as an intake line has him."""
        typed = {name: _text(box) for name, box in self.boxes.items()}
        return {name: text for name, text in typed.items() if text}

    def fill(self, principal: Mapping[str, Any]) -> None:
        """Writes a principal into the fields."""
        for name, box in self.boxes.items():
            box.clear_error()
            if isinstance(box.inner, QLineEdit):
                box.inner.setText(str(principal.get(name) or ""))


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(GRID)
    made.setVerticalSpacing(GRID // 2)
    return made


def _text(box: FieldBox) -> str:
    return box.inner.text().strip() if isinstance(box.inner, QLineEdit) else ""


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _digits(text: str) -> str:
    """A number as typed, without what stands between its digits; letters of a passport stay."""
    return "".join(c for c in text if c.isalnum()).upper()


def _known(person: EarlierApplicant) -> dict[str, Any]:
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
