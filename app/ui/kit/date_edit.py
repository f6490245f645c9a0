"""Fields for a day and for a small number, typed rather than stepped."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QLineEdit, QSpinBox

from app.ui.kit.style import GRID


class DayEdit(QDateEdit):
    """A day as dd/MM/yyyy. Its `userDateChanged` comes once the day is whole, not after each digit."""

    def __init__(self) -> None:
        super().__init__()
        self.setDisplayFormat("dd/MM/yyyy")
        self.setKeyboardTracking(False)
        self.setMinimumWidth(120)
        _add_text_margin(self)

    @property
    def day(self) -> date:
        """The day shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        """Shows a day without telling anybody."""
        self.blockSignals(True)
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(False)


class NumberEdit(QSpinBox):
    """A whole number within bounds."""

    def __init__(self, minimum: int, maximum: int) -> None:
        super().__init__()
        self.setRange(minimum, maximum)
        self.setFixedWidth(72)
        _add_text_margin(self)


def _add_text_margin(edit: QAbstractSpinBox) -> None:
    inner = edit.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(GRID - 2, 0, 0, 0)
