"""Edit fields for a day and for a small number, without step buttons."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QLineEdit, QSpinBox

from app.ui.kit.style import GRID


class DayEdit(QDateEdit):
    """Edit field of a day as dd/MM/yyyy.

    `userDateChanged` is emitted for a complete day only.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setDisplayFormat("dd/MM/yyyy")
        self.setKeyboardTracking(False)
        self.setMinimumWidth(120)
        _add_text_margin(self)

    @property
    def day(self) -> date:
        """The day shown."""
        value = self.date()
        return date(value.year(), value.month(), value.day())

    def show_day(self, day: date) -> None:
        """Show a day without emitting signals."""
        self.blockSignals(True)
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(False)


class NumberEdit(QSpinBox):
    """Edit field of an integer within bounds."""

    def __init__(self, minimum: int, maximum: int) -> None:
        super().__init__()
        self.setRange(minimum, maximum)
        self.setFixedWidth(72)
        _add_text_margin(self)


def _add_text_margin(edit: QAbstractSpinBox) -> None:
    inner = edit.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(GRID - 2, 0, 0, 0)
