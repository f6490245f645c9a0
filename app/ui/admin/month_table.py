"""Table of one month.

Each day shows its number. A day other than an ordinary working day also has a text and a colour.
"""

from calendar import Calendar, monthrange
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.enums import DayKind
from app.ui.kit.dates import format_day, weekday
from app.ui.kit.fonts import caption_font, semibold
from app.ui.kit.style import current_colours
from app.ui.kit.widgets import tooltip_text
from app.wording.status import day_kind_name

if TYPE_CHECKING:
    from app.usecases.catalogue.calendar import CalendarLine

Index = QModelIndex | QPersistentModelIndex
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_COLOURS = {
    DayKind.OFF: ("error_ground", "error"),
    DayKind.WORK: ("done_ground", "done"),
    DayKind.RECEPTION: ("warning_ground", "warning"),
    DayKind.HALF: ("warning_ground", "warning"),
}
_WEEKS, _ROW_HEIGHT = 6, 44


class MonthModel(QAbstractTableModel):
    """Model of the six weeks around a month."""

    def __init__(self) -> None:
        super().__init__()
        self.month = date.min
        self.open_weekdays: Collection[int] = range(5)
        self.special: Mapping[date, CalendarLine] = {}
        self._days: list[date] = []

    def show_month(self, month: date, special: Mapping[date, "CalendarLine"]) -> None:
        """Show the month of a day and its special days."""
        self.beginResetModel()
        self.month, self.special = month.replace(day=1), special
        self._days = list(Calendar().itermonthdates(month.year, month.month))
        self.endResetModel()

    def day(self, index: Index) -> date | None:
        """Return the day of a cell."""
        place = index.row() * 7 + index.column()
        return self._days[place] if index.isValid() and place < len(self._days) else None

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day, invalid if the day is not shown."""
        return self.index(*divmod(self._days.index(day), 7)) if day in self._days else QModelIndex()

    def colours(self, day: date) -> tuple[str, str]:
        """Return background and text colour of a day.

        A decision sets the colours. Other days are muted if the office is closed on that weekday.
        """
        if day.month != self.month.month:
            return "paper", "quiet"
        if day in self.special:
            return _COLOURS[DayKind(self.special[day].kind)]
        return ("paper", "ink") if day.weekday() in self.open_weekdays else ("ground", "quiet")

    def day_text(self, day: date) -> str:
        """Return the kind of a day, empty for an ordinary working day."""
        if day in self.special:
            return day_kind_name(self.special[day].kind)
        return "" if day.weekday() in self.open_weekdays else "Nghỉ tuần"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day(index)
        if day is None:
            return None
        text = f"{weekday(day)} {format_day(day)}: {self.day_text(day) or 'ngày làm việc'}"
        if day in self.special and self.special[day].decision:
            text += f" – {self.special[day].decision}"
        texts = {
            Qt.ItemDataRole.ToolTipRole: tooltip_text(text),
            Qt.ItemDataRole.AccessibleTextRole: text,
            Qt.ItemDataRole.DisplayRole: str(day.day),
        }
        return texts.get(Qt.ItemDataRole(role))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _DAYS[section]
        return None


class MonthTable(QTableView):
    """Table of the days of a month.

    Arrow keys move by days across the edges of the month. PgUp and PgDn move by months.
    Signals: `chosen(day)` when the selected day changes; `month_requested(day)` if the day is in another month.
    """

    chosen = Signal(object)
    month_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calendar.month")
        self.setAccessibleName("Lịch tháng")
        self.days = MonthModel()
        self.setModel(self.days)
        self.setItemDelegate(_DayDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_WEEKS * _ROW_HEIGHT + 36)

    @property
    def day(self) -> date | None:
        """Return the selected day."""
        return self.days.day(self.currentIndex())

    def select_day(self, day: date) -> None:
        """Select a day of the shown month."""
        self.setCurrentIndex(self.days.index_of(day))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        day = self.days.day(current)
        if day is not None:
            self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key, day = Qt.Key(event.key()), self.day
        if day is not None and key in steps:
            self._step_to(day + timedelta(days=steps[key]))
        elif day is not None and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_requested.emit(add_months(day, 1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def _step_to(self, day: date) -> None:
        if self.days.index_of(day).isValid() and day.month == self.days.month.month:
            self.select_day(day)
        else:
            self.month_requested.emit(day)


def add_months(day: date, months: int) -> date:
    """Return the same day in another month, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class _DayDelegate(QStyledItemDelegate):
    """Delegate that draws a day: number above, kind below."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        day = model.day(index) if isinstance(model, MonthModel) else None
        if not isinstance(model, MonthModel) or day is None:
            return
        colours, in_month = current_colours(), day.month == model.month.month
        ground, ink = model.colours(day)
        painter.save()
        painter.fillRect(option.rect, QColor(getattr(colours, ground)))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(colours.accent))
            for inset in (0, 1, 2):
                painter.drawRect(option.rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.setPen(QColor(getattr(colours, ink)))
        inner = option.rect.adjusted(6, 3, -2, -3)
        painter.setFont(semibold())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(day.day))
        painter.setFont(caption_font())
        text = painter.fontMetrics().elidedText(model.day_text(day), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text if in_month else "")
        painter.restore()
