"""Form of the office file's lines: texts and hours by weekday."""

import re
from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QLineEdit

from app.models.errors import Refusal
from app.office.guide.checks import clean_span
from app.office.office_edit import EDITABLE
from app.services.office_file import OfficeValue
from app.settings import WEEKDAYS, Office, place_of
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, column, label
from app.wording.program.office_lines import LINE_NAMES, typed_example

_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_HOURS_NOTE = (
    "Ghi từng buổi, cách nhau bằng dấu phẩy: 07:30-11:30, 13:30-17:00. Để trống: không làm việc. Giờ của thứ Bảy, "
    "Chủ nhật: tiếp dân, không tính vào ngày hẹn. Ngày đã hẹn không đổi."
)
_EMPTY_MEANS = {"place": "tên của xã, phường", "signer": "thủ trưởng ký", "due_time": "hết giờ làm việc"}


class OfficeForm(EnterAdvances):
    """Fields of the office file; `boxes` by key, hours as `hours.mon`."""

    def __init__(self, office: Office, editable: bool) -> None:
        super().__init__()
        self.fields = {key: _field(f"settings.{key}") for key in EDITABLE}
        self.hours = {day: _field(f"settings.hours.{day}") for day in WEEKDAYS}
        self.boxes = {key: FieldBox(LINE_NAMES[key], field) for key, field in self.fields.items()}
        self.boxes |= {
            f"hours.{day}": FieldBox(name, self.hours[day]) for day, name in zip(WEEKDAYS, _DAYS, strict=True)
        }
        for key, field in self.fields.items():
            field.setPlaceholderText(_EMPTY_MEANS.get(key, typed_example(key)))
        texts = _card("Cơ quan", FieldGrid(*(self.boxes[key] for key in EDITABLE), columns=2))
        hours = _card("Giờ làm việc", FieldGrid(*(self.boxes[f"hours.{day}"] for day in WEEKDAYS)), _HOURS_NOTE)
        self.setLayout(column(texts, hours, gap=2 * GRID))
        every = (*self.fields.values(), *self.hours.values())
        for field in every:
            field.setReadOnly(not editable)
        self.advance_on_enter(*every)
        self.show_office(office)

    def show_office(self, office: Office) -> None:
        """Show the lines of an office."""
        for key, field in self.fields.items():
            field.setText(_shown(office, key))
        for day, field in self.hours.items():
            field.setText(", ".join(office.hours.get(day, ())))

    def changes(self, office: Office) -> Mapping[str, OfficeValue]:
        """Return the lines that differ from an office.

        Raises Refusal `hours_invalid` with the day as its field.
        """
        texts = {key: field.text().strip() for key, field in self.fields.items()}
        changed: dict[str, OfficeValue] = {key: text for key, text in texts.items() if text != _shown(office, key)}
        hours = {day: _spans(day, field.text()) for day, field in self.hours.items()}
        edited = {day: spans for day, spans in hours.items() if spans != tuple(office.hours.get(day, ()))}
        return changed | ({"hours": edited} if edited else {})

    def is_changed(self, office: Office) -> bool:
        """Return whether something typed is not saved."""
        hours = any(field.text() != ", ".join(office.hours.get(day, ())) for day, field in self.hours.items())
        return hours or any(field.text().strip() != _shown(office, key) for key, field in self.fields.items())


def _shown(office: Office, key: str) -> str:
    """Return the text of a line, empty where the office gives its default."""
    if key == "due_time":
        return f"{office.due_time:%H:%M}" if office.due_time else ""
    value = str(getattr(office, key))
    defaults = {"place": place_of(office.name), "signer": office.head}
    return "" if value == defaults.get(key) else value


def _spans(day: str, text: str) -> tuple[str, ...]:
    try:
        return tuple(span for span in map(clean_span, re.split(r"[,;]| và ", text)) if span)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"hours.{day}", **refusal.values) from refusal


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    return field


def _card(title: str, inner: FieldGrid, note: str = "") -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    parts = [label(title, "strong"), *([label(note, "caption", wrap=True)] if note else []), inner]
    frame.setLayout(column(*parts, margin=2 * GRID))
    return frame
