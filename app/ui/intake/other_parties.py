"""Further applicants of a dossier, and its codes of other systems.

The fields are created when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.intake.person_fields import PersonFields
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, button, column, row, tooltip_text

CreateGroup = Callable[[], tuple[QWidget, Sequence[QWidget]]]
"""Returns a new group and its fields in tab order."""
_MOST = 9
_CODE_WIDTH, _SYSTEM_WIDTH = 176, 216


class _Repeated(EnterAdvances):
    """Groups of fields of which the user adds as many as needed.

    A checkbox, placed by the form, shows the part and its first group. The fields follow those of the group before, or
    `previous_field()`, in tab order. `create_group` makes one more group.

    Signals: `edited()` after any change.
    """

    edited = Signal()

    def __init__(
        self, caption: str, more: str, name: str, previous_field: Callable[[], QWidget], create_group: CreateGroup
    ) -> None:
        super().__init__()
        self._create_group = create_group
        self._previous_field = previous_field
        self.tick = QCheckBox(caption)
        self.tick.setObjectName(f"intake.{name}Tick")
        self.tick.setToolTip(tooltip_text(more))
        self.more: QPushButton = button(more, link=True)
        self.more.setObjectName(f"intake.{name}More")
        self.more.clicked.connect(self._add_more)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(GRID)
        line = row(self.more)
        line.addStretch(1)
        self.setLayout(column(self._groups, line, gap=2))
        self.tick.toggled.connect(self._on_ticked)
        self.hide()

    @property
    def number(self) -> int:
        """Number of groups."""
        return self._groups.count()

    def ensure_size(self, size: int) -> None:
        """Create groups up to a number."""
        while self.number < min(size, _MOST):
            self._add_group()
        self.more.setVisible(self.number < _MOST)

    def _add_group(self) -> Sequence[QWidget]:
        previous = self.more if self.number else self._previous_field()
        group, fields = self._create_group()
        self._groups.addWidget(group)
        for before, after in zip([previous, *fields], fields, strict=False):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(fields[-1], self.more)
        self.advance_on_enter(*(field for field in fields if isinstance(field, QLineEdit)))
        return fields

    def _add_more(self) -> None:
        fields = self._add_group()
        self.more.setVisible(self.number < _MOST)
        fields[0].setFocus()
        self.edited.emit()

    def _on_ticked(self, ticked: bool) -> None:
        if ticked:
            self.ensure_size(1)
        self.setVisible(ticked)
        self.edited.emit()


class CoApplicantsPart(_Repeated):
    """People who apply together with the applicant, as in a marriage.

    Signals: `person_added(PersonFields)`.
    """

    person_added = Signal(object)

    def __init__(self, today: Callable[[], date], previous_field: Callable[[], QWidget]) -> None:
        super().__init__("Cùng yêu cầu", "Thêm người cùng yêu cầu", "coApplicants", previous_field, self._new_person)
        self._today = today
        self.people: list[PersonFields] = []

    def _new_person(self) -> tuple[QWidget, Sequence[QWidget]]:
        place = len(self.people) + 1
        person = PersonFields(f"intake.coApplicant{place}", f"người cùng yêu cầu {place}", self._today, False)
        person.edited.connect(self.edited)
        self.people.append(person)
        self.person_added.emit(person)
        return person, [box.inner for box in person.boxes.values() if not box.isHidden()]

    def read(self) -> list[dict[str, Any]]:
        """Return the people without those of empty fields.

        One person is required while the box is ticked.
        """
        if not self.tick.isChecked():
            return []
        filled = [person.read() for person in self.people if not person.empty]
        return filled or [self.people[0].read()]

    def fill(self, people: object) -> None:
        """Restore the people of a draft."""
        lines = [each for each in people if isinstance(each, Mapping)] if isinstance(people, Sequence) else []
        self.tick.setChecked(bool(lines))
        self.ensure_size(len(lines))
        for place, person in enumerate(self.people):
            person.fill(lines[place] if place < len(lines) else {})

    def box(self, place: str, name: str) -> FieldBox | None:
        """Return the box of a field of the filled person at a place."""
        filled = [person for person in self.people if not person.empty] or self.people[:1]
        if not place.isdecimal() or int(place) >= len(filled):
            return None
        return filled[int(place)].boxes.get(name or "name")

    def clear_errors(self) -> None:
        """Hide every error line."""
        for person in self.people:
            for box in person.boxes.values():
                box.clear_error()


class OtherCodesPart(_Repeated):
    """Codes that other systems gave the dossier, each with its system."""

    def __init__(self, previous_field: Callable[[], QWidget]) -> None:
        super().__init__("Mã nơi khác", "Thêm mã nơi khác cấp", "otherCodes", previous_field, self._new_row)
        self.rows: list[tuple[FieldBox, FieldBox]] = []

    def _new_row(self) -> tuple[QWidget, Sequence[QWidget]]:
        number = len(self.rows) + 1
        code, system = QLineEdit(), QLineEdit()
        code.setMinimumWidth(_CODE_WIDTH)
        system.setMinimumWidth(_SYSTEM_WIDTH)
        system.setPlaceholderText("Tên hệ thống, như Hộ tịch điện tử")
        for name, edit in (("code", code), ("system", system)):
            edit.setObjectName(f"intake.otherCode{number}.{name}")
            edit.textEdited.connect(self.edited)
        boxes = (
            FieldBox("Mã", code, f"Mã nơi khác cấp {number}"),
            FieldBox("của", system, f"Hệ thống cấp mã {number}"),
        )
        self.rows.append(boxes)
        return FlowWidget(*boxes, gap=2 * GRID), (code, system)

    def _filled(self) -> list[tuple[FieldBox, FieldBox]]:
        return [boxes for boxes in self.rows if any(_text(box) for box in boxes)]

    def read(self) -> list[dict[str, str]]:
        """Return the codes with their systems, without empty rows."""
        if not self.tick.isChecked():
            return []
        lines = [{"code": _text(code), "system": _text(system)} for code, system in self._filled()]
        return [{name: text for name, text in line.items() if text or name == "code"} for line in lines]

    def fill(self, codes: object) -> None:
        """Restore the codes of a draft."""
        lines = [each for each in codes if isinstance(each, Mapping)] if isinstance(codes, Sequence) else []
        self.tick.setChecked(bool(lines))
        self.ensure_size(len(lines))
        for place, boxes in enumerate(self.rows):
            line = lines[place] if place < len(lines) else {}
            for name, box in zip(("code", "system"), boxes, strict=True):
                _edit(box).setText(str(line.get(name) or ""))

    def box(self, place: str, name: str) -> FieldBox | None:
        """Return the box of a field of the filled row at a place."""
        filled = self._filled()
        if not place.isdecimal() or int(place) >= len(filled):
            return None
        return filled[int(place)][1 if name == "system" else 0]

    def clear_errors(self) -> None:
        """Hide every error line."""
        for boxes in self.rows:
            for box in boxes:
                box.clear_error()


def _edit(box: FieldBox) -> QLineEdit:
    assert isinstance(box.inner, QLineEdit)
    return box.inner


def _text(box: FieldBox) -> str:
    return _edit(box).text().strip()
