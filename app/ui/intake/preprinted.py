"""The line that binds an intake to a receipt printed beforehand: its number, and the day and hour that were written
on it by hand while there was no power. Its fields are made with the first such receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.instants import iso, local, office_instant
from app.ui.kit.dates import format_day, format_time, parse_day
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.runner import Level
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, ErrorLine, FieldBox, button, column, label, row

_SEPARATOR = " – "
"""Parts a day from an hour that do not make an instant, so that a draft brings both back as they were typed."""
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|[:.hg ])\s*(\d{1,2})?\s*(?:phút|p)?|(\d{2})(\d{2})")
_OTHER_BOUND = "Đang nhập hồ sơ của biên nhận {bound}. Lưu (F9) hoặc bỏ (Ctrl+N), rồi quét lại {code}."
_UNBOUND = "Đã bỏ biên nhận in sẵn {code}: hồ sơ sẽ lấy số mới, tính từ giờ này."


class PreprintedPart(EnterAdvances):
    """Hidden while the intake is an ordinary one.

    Signals: `edited()` after any change of the hour; `unbind_requested()` from its own button."""

    edited = Signal()
    unbind_requested = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._next_field = before
        self.code = ""
        self.day: QLineEdit | None = None
        self.hour: QLineEdit | None = None
        self.boxes: dict[str, FieldBox] = {}
        self.hide()

    def bind(self, code: str) -> None:
        """Takes the number of a receipt printed beforehand; empty lets go of the one there is, and of its hour."""
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
        self._caption = label(role="look")
        self.day, self.hour = QLineEdit(), QLineEdit()
        away = button("Bỏ  Esc", link=True)
        away.setAccessibleName("Bỏ biên nhận in sẵn, lấy số mới")
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc is its key; Tab and Enter go on to the procedure
        away.clicked.connect(self.unbind_requested)
        error = ErrorLine()
        fields = (
            ("day", "Ngày ghi trên giấy", self.day, "dd/mm/yyyy", 120),
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
        self.setLayout(column(FlowWidget(*parts, expanding_spacer(), away, gap=2 * GRID), error, gap=2))
        self.advance_on_enter(self.day, self.hour)
        self._set_tab_order(self.day, self.hour)

    def _set_tab_order(self, day: QLineEdit, hour: QLineEdit) -> None:
        """Fields made late would stand last for the keyboard; these come before the form's first."""
        for first, second in ((self._next_field, day), (day, hour), (hour, self._next_field)):
            QWidget.setTabOrder(first, second)

    def _typed(self, _text: str) -> None:
        self.clear_errors()
        self.edited.emit()

    def clear_errors(self) -> None:
        """Takes the red sentence away: it speaks of day and hour together."""
        for box in self.boxes.values():
            box.clear_error()

    @property
    def box_with_error(self) -> FieldBox | None:
        """The field that a refusal of the hour on the paper means."""
        day_read = self.day is not None and parse_day(self.day.text()) is not None
        hour_read = self.hour is not None and _parse_hour(self.hour.text()) is not None
        return self.boxes.get("hour" if day_read and not hour_read else "day")

    def focus_first_missing(self) -> None:
        """The caret goes to the first answer still missing."""
        if self.day is not None and self.hour is not None:
            (self.hour if self.day.text().strip() else self.day).setFocus()

    @property
    def received_at(self) -> datetime | None:
        """The instant written on the paper; None while it cannot be read."""
        if not self.code or self.day is None or self.hour is None:
            return None
        day, hour = parse_day(self.day.text()), _parse_hour(self.hour.text())
        if day is None or hour is None:
            return None
        return office_instant(f"{day.isoformat()}T{hour:%H:%M}")

    def read(self) -> dict[str, Any]:
        """The answers as an intake line has them; what cannot be read stays as typed, to be refused."""
        if not self.code or self.day is None or self.hour is None:
            return {}
        at, typed = self.received_at, (self.day.text().strip(), self.hour.text().strip())
        told = iso(at) if at is not None else _SEPARATOR.join(typed)[:40] if any(typed) else None
        return {"blank": self.code} | ({} if told is None else {"received_at": told})

    def fill(self, line: Mapping[str, Any]) -> None:
        """Brings back the answers of a draft."""
        self.bind(str(line.get("blank") or ""))
        if self.code and self.day is not None and self.hour is not None:
            day, hour = _draft_texts(str(line.get("received_at") or ""))
            self.day.setText(day)
            self.hour.setText(hour)


def _parse_hour(text: str) -> time | None:
    """An hour as clerks write it: `09:30`, `9h30`, `9 giờ`, `0930`."""
    found = _HOUR.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _draft_texts(text: str) -> tuple[str, str]:
    try:
        at = office_instant(text)
    except ValueError:
        day, _, hour = text.partition(_SEPARATOR)
        return day, hour
    return format_day(local(at).date()), format_time(at)


class PreprintedBinder(QObject):
    """Binds the intake page to a receipt printed beforehand, and lets it go again."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._page = page

    def bind(self, code: str) -> None:
        """Binds the intake to a receipt, and asks for the hour written on it."""
        page, form = self._page, self._page.form
        bound = form.preprinted.code
        if page.saving:
            page.post_message(Level.WARNING, f"Đang lưu hồ sơ trước. Quét lại biên nhận in sẵn {code}.")
        elif bound not in ("", code) and not form.nothing_typed:
            page.post_message(Level.WARNING, _OTHER_BOUND.format(bound=bound, code=code))
        else:
            if bound != code:
                form.preprinted.bind(code)
                page.edited()
            form.preprinted.focus_first_missing()

    def unbind(self) -> bool:
        """False where the intake is an ordinary one. What is let go can be brought back."""
        page, form = self._page, self._page.form
        told = form.preprinted.read()
        if not told or page.saving:
            return False
        form.preprinted.bind("")
        page.edited()
        form.procedure.setFocus()
        page.post_message(Level.WARNING, _UNBOUND.format(code=told["blank"]), "Hoàn lại", partial(self._restore, told))
        return True

    def _restore(self, told: Mapping[str, Any]) -> None:
        self._page.form.preprinted.fill(told)
        self._page.form.preprinted.focus_first_missing()
        self._page.edited()
