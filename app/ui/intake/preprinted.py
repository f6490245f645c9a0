"""Line of the intake form for a preprinted receipt.

It has the code and the handwritten day and time.

Its fields are created with the first such receipt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.instants import iso, local, office_instant
from app.models.values.days import parse_day
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.dates import format_day, format_time
from app.ui.kit.error_line import ErrorLine
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, button, column, label, row

_SEPARATOR = " – "
"""Separates an unreadable day and time in a draft, so that both are restored as typed."""
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|[:.hg ])\s*(\d{1,2})?\s*(?:phút|p)?|(\d{2})(\d{2})", re.ASCII)


class PreprintedPart(EnterAdvances):
    """Code, day and time of a preprinted receipt; hidden while none is bound.

    Signals: `edited()` after a change of day or time; `unbind_requested()`.
    """

    edited = Signal()
    unbind_requested = Signal()

    def __init__(self, next_field: QWidget, today: Callable[[], date]) -> None:
        super().__init__()
        self._next_field, self._today = next_field, today
        self.code = ""
        self.day: QLineEdit | None = None
        self.hour: QLineEdit | None = None
        self.boxes: dict[str, FieldBox] = {}
        self.hide()

    def bind(self, code: str) -> None:
        """Bind the receipt `code` and clear day and time.

        An empty code releases the receipt.
        """
        if code and self.day is None:
            self._build()
        self.code = code
        if self.day is not None and self.hour is not None:
            self._caption.setText(f"Biên nhận in sẵn {code}")
            self.day.clear()
            self.hour.clear()
            self.clear_errors()
        self.setVisible(bool(code))

    def _build(self) -> None:
        self._caption = label(role="warning")
        self.day, self.hour = QLineEdit(), QLineEdit()
        release = button("Bỏ  Esc", link=True)
        release.setAccessibleName("Bỏ biên nhận in sẵn, lấy số mới")
        release.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc is its shortcut; Tab and Enter lead to the procedure
        release.clicked.connect(self.unbind_requested)
        error = ErrorLine()
        fields = (
            ("day", "Ngày ghi trên giấy", self.day, "dd/mm/yyyy", 144),
            ("hour", "Giờ", self.hour, "hh:mm", 80),
        )
        parts: list[QWidget] = [self._caption]
        for name, caption, edit, shape, width in fields:
            edit.setObjectName(f"intake.blank.{name}")
            edit.setPlaceholderText(shape)
            edit.setFixedWidth(width)
            edit.textEdited.connect(self._typed)
            box = FieldBox("", edit, f"{caption} trên biên nhận in sẵn", shared=error)
            parts.append(QWidget())
            parts[-1].setLayout(row(label(caption, "caption"), box))
            self.boxes[name] = box
        day = self.day
        add_calendar(day, lambda: parse_day(day.text()) or self._today())
        self.setLayout(column(FlowWidget(*parts, expanding_spacer(), release, gap=2 * GRID)))
        self.advance_on_enter(self.day, self.hour)
        self._set_tab_order(self.day, self.hour)

    def _set_tab_order(self, day: QLineEdit, hour: QLineEdit) -> None:
        """Put the fields before the procedure in tab order.

        Otherwise fields created late come last.
        """
        for first, second in ((self._next_field, day), (day, hour), (hour, self._next_field)):
            QWidget.setTabOrder(first, second)

    def _typed(self, _text: str) -> None:
        self.clear_errors()
        self.edited.emit()

    def clear_errors(self) -> None:
        """Hide the error line that day and time share."""
        for box in self.boxes.values():
            box.clear_error()

    @property
    def box_with_error(self) -> FieldBox | None:
        """The field for a refusal of the handwritten time."""
        day_read = self.day is not None and parse_day(self.day.text()) is not None
        hour_read = self.hour is not None and _parse_hour(self.hour.text()) is not None
        return self.boxes.get("hour" if day_read and not hour_read else "day")

    def focus_first_missing(self) -> None:
        """Focus the first empty field."""
        if self.day is not None and self.hour is not None:
            (self.hour if self.day.text().strip() else self.day).setFocus()

    @property
    def received_at(self) -> datetime | None:
        """The handwritten instant, None while it cannot be parsed."""
        if not self.code or self.day is None or self.hour is None:
            return None
        day, hour = parse_day(self.day.text()), _parse_hour(self.hour.text())
        if day is None or hour is None:
            return None
        return office_instant(f"{day.isoformat()}T{hour:%H:%M}")

    def read(self) -> dict[str, Any]:
        """Return `blank` and `received_at` of the intake line.

        Text that cannot be parsed is kept as typed, so that the command refuses it.
        """
        if not self.code or self.day is None or self.hour is None:
            return {}
        at, typed = self.received_at, (self.day.text().strip(), self.hour.text().strip())
        text = iso(at) if at is not None else _SEPARATOR.join(typed)[:40] if any(typed) else None
        return {"blank": self.code} | ({} if text is None else {"received_at": text})

    def fill(self, line: Mapping[str, Any]) -> None:
        """Restore the values of a draft."""
        self.bind(str(line.get("blank") or ""))
        if self.code and self.day is not None and self.hour is not None:
            day, hour = _draft_texts(str(line.get("received_at") or ""))
            self.day.setText(day)
            self.hour.setText(hour)


def _parse_hour(text: str) -> time | None:
    """Parse a time such as `09:30`, `9h30`, `9 giờ` or `0930`, else None."""
    match = _HOUR.fullmatch(text.strip().lower())
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _draft_texts(text: str) -> tuple[str, str]:
    try:
        at = office_instant(text)
    except ValueError:
        day, _, hour = text.partition(_SEPARATOR)
        return day, hour
    return format_day(local(at).date()), format_time(at)
