"""Fields for a day, with a calendar to pick from, and for a small number."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QToolTip,
    QWidgetAction,
)

from app.models.values.days import parse_day
from app.ui.kit.dates import format_day
from app.ui.kit.icons import SIZE, set_icon
from app.ui.kit.style import GRID
from app.ui.kit.widgets import tooltip_text

DAY_EXAMPLE = "20/03/2026"
_NO_DAY = "Ngày «{text}» không đúng, đã để lại ngày cũ. Ghi như {example}, 20/3/26 hoặc 20032026."
_OUT_OF_RANGE = "Ghi ngày từ {first} đến {last}."
_PICK = "Chọn ngày trong lịch (Alt+↓)"
_LONGEST_SHOWN = 20
_CALENDAR_SIZE = (480, 264)
_FIRST_OF_ALL, _LAST_OF_ALL = date(1880, 1, 1), date(2100, 12, 31)


class DayEdit(QLineEdit):
    """Line for a day, typed in any spelling or picked from a calendar.

    Signals: `day_changed(day)` once the user has typed or picked another day. Text that is no day is replaced by the
    last day, and an example is shown.
    """

    day_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._day, self._range = _FIRST_OF_ALL, (_FIRST_OF_ALL, _LAST_OF_ALL)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        add_calendar(self, lambda: self.day, self.choose_day)
        self.editingFinished.connect(self._read)

    @property
    def day(self) -> date:
        """The day typed or shown."""
        return self._typed_day() or self._day

    def set_day_range(self, first: date, last: date) -> None:
        """Accept the days from `first` to `last` only."""
        self._range = first, last

    def show_day(self, day: date) -> None:
        """Show a day without emitting signals."""
        self._day = day
        self.setText(format_day(day))

    def choose_day(self, day: date) -> None:
        """Show a day that the user picked."""
        self.setText(format_day(day))
        self._read()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance("00/00/0000") + SIZE + 5 * GRID
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _typed_day(self) -> date | None:
        day = parse_day(self.text())
        return day if day is not None and self._range[0] <= day <= self._range[1] else None

    def _read(self) -> None:
        day, text = self._typed_day(), self.text().strip()
        if day is None:
            self._explain(text)
        before = self._day
        self.show_day(day or before)
        if self._day != before:
            self.day_changed.emit(self._day)

    def _explain(self, text: str) -> None:
        message = _NO_DAY.format(text=text[:_LONGEST_SHOWN], example=DAY_EXAMPLE)
        if parse_day(text) is not None:
            message = _OUT_OF_RANGE.format(first=format_day(self._range[0]), last=format_day(self._range[1]))
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), message, self)


def add_calendar(
    field: QLineEdit, start: Callable[[], date | None] | None = None, pick: Callable[[date], None] | None = None
) -> None:
    """Add a calendar to the end of a field.

    It opens at the day of `start`, which is the typed day by default, or at today for None. A picked day goes to
    `pick`, otherwise into the field as if it were typed.
    """
    begin = start or (lambda: parse_day(field.text()))
    action = QAction(_PICK, field)
    action.setToolTip(tooltip_text(_PICK))
    action.setShortcut(QKeySequence("Alt+Down"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: _open_calendar(field, begin(), pick or (lambda day: _type(field, day))))
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    set_icon(action, "calendar")


def _type(field: QLineEdit, day: date) -> None:
    field.setText(format_day(day))
    field.textEdited.emit(field.text())


def _calendar() -> QCalendarWidget:
    calendar = QCalendarWidget()
    calendar.setObjectName("calendar")
    calendar.setLocale(QLocale("vi_VN"))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setMinimumSize(*_CALENDAR_SIZE)
    working_day = calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekend, working_day)
    for name, arrow in (("prev", Qt.ArrowType.LeftArrow), ("next", Qt.ArrowType.RightArrow)):
        step = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        if step is not None:
            step.setIcon(QIcon())
            step.setArrowType(arrow)
    return calendar


def _open_calendar(field: QLineEdit, start: date | None, pick: Callable[[date], None]) -> None:
    menu, calendar = QMenu(field), _calendar()
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if start is not None:
        calendar.setSelectedDate(QDate(start.year, start.month, start.day))

    def choose(day: QDate) -> None:
        menu.close()
        field.setFocus()
        pick(date(day.year(), day.month(), day.day()))

    calendar.clicked.connect(choose)
    calendar.activated.connect(choose)
    holder = QWidgetAction(menu)
    holder.setDefaultWidget(calendar)
    menu.addAction(holder)
    menu.popup(field.mapToGlobal(QPoint(0, field.height())))
    calendar.setFocus()


class NumberEdit(QSpinBox):
    """Edit field of an integer within bounds."""

    def __init__(self, minimum: int, maximum: int) -> None:
        super().__init__()
        self.setRange(minimum, maximum)
        self.setFixedWidth(72)
        add_text_margin(self)


def add_text_margin(edit: QAbstractSpinBox) -> None:
    """Keep the digits of a field of numbers from its edge."""
    inner = edit.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(GRID - 2, 0, 0, 0)
