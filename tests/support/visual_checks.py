"""What an eye finds wrong with a window, measured: words that are cut, parts that lie over each other or outside their
room, places the Tab key never comes to."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from app.ui.kit.widgets import ElidedLabel

_TOLERANCE = 2


def visible_widgets(window: QWidget) -> list[QWidget]:
    """Every widget that is there to be seen, itself among them; one scrolled out of sight counts too."""
    return [each for each in [window, *window.findChildren(QWidget)] if each.isVisible()]


def wait_for_layout(window: QWidget) -> None:
    """Lets parts that take their height from their width find their places, until none moves any more."""
    before: list[QRect] = []
    now = [QRect()]
    while now != before:
        QTest.qWait(1)
        before, now = now, [part.geometry() for part in window.findChildren(QWidget)]


def describe(part: QWidget) -> str:
    """A name for a message."""
    text = getattr(part, "text", None) or getattr(part, "currentText", None)
    return f"{type(part).__name__} {part.objectName() or part.accessibleName()} «{text() if text else ''}»"


def cut_texts(window: QWidget) -> list[str]:
    """Labels, buttons, headings, choices and hints whose words are wider or taller than their place. Words cut on
    purpose end in an ellipsis and are whole in the tool tip."""
    found = [describe(part) for part in visible_widgets(window) if _is_cut(part)]
    for table in visible_widgets(window):
        if isinstance(table, QTableView):
            found += [f"{describe(table)}: {title}" for title in _cut_titles(table)]
    return found


def _is_cut(part: QWidget) -> bool:
    if isinstance(part, QLabel):
        return _is_label_cut(part)
    if isinstance(part, QPushButton | QCheckBox | QRadioButton):
        elided = part.text().endswith("…") and part.toolTip() and not part.toolTip().endswith("…")
        return part.width() < part.sizeHint().width() - _TOLERANCE and not elided
    if isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        room = part.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, part
        )
        return part.fontMetrics().horizontalAdvance(part.currentText()) > room.width() + _TOLERANCE
    return isinstance(part, QLineEdit) and not part.text() and _is_hint_cut(part)


def _is_label_cut(part: QLabel) -> bool:
    if (part.pixmap() and not part.pixmap().isNull()) or not part.text():
        return False
    if isinstance(part, ElidedLabel):
        return part.text() != part.full_text and part.toolTip() != part.full_text
    room = part.contentsRect()
    if part.wordWrap():
        return part.heightForWidth(part.width()) > part.height() + _TOLERANCE
    wide = max(part.fontMetrics().horizontalAdvance(line) for line in part.text().splitlines())
    elided = part.text().endswith("…") and bool(part.toolTip())
    return (wide > room.width() + _TOLERANCE or part.sizeHint().height() > part.height() + _TOLERANCE) and not elided


def _is_hint_cut(part: QLineEdit) -> bool:
    around = part.width() - part.contentsRect().width() + 20
    return part.fontMetrics().horizontalAdvance(part.placeholderText()) > part.width() - around + _TOLERANCE


def _cut_titles(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    for place in range(header.count() if header.isVisible() else 0):
        if not table.isColumnHidden(place) and header.sectionSizeHint(place) > header.sectionSize(place) + _TOLERANCE:
            yield str(table.model().headerData(place, Qt.Orientation.Horizontal))


def horizontal_scrolls(window: QWidget) -> list[str]:
    """What would have to be moved sideways to be seen."""
    bars = (bar for bar in visible_widgets(window) if isinstance(bar, QScrollBar))
    found = [describe(_owner(bar)) for bar in bars if bar.orientation() == Qt.Orientation.Horizontal and bar.maximum()]
    areas = [area for area in visible_widgets(window) if isinstance(area, QScrollArea)]
    return found + [describe(area) for area in areas if area.widget().width() > area.viewport().width()]


def _owner(bar: QScrollBar) -> QWidget:
    part: QWidget | None = bar
    while part is not None and not isinstance(part, QAbstractScrollArea):
        part = part.parentWidget()
    return part or bar


def clipped_widgets(window: QWidget) -> list[str]:
    """Parts that stick out of what holds them, so that some of them is never seen."""
    return [describe(part) for part in visible_widgets(window) if _is_clipped(part)]


def _is_clipped(part: QWidget) -> bool:
    holder = part.parentWidget()
    if part.isWindow() or holder is None or _is_scrolled(holder) or isinstance(holder, QAbstractItemView | QComboBox):
        return False
    return not holder.rect().adjusted(-1, -1, 1, 1).contains(part.geometry()) and not part.geometry().isEmpty()


def _is_scrolled(holder: QWidget) -> bool:
    area = holder.parentWidget()
    return (isinstance(area, QAbstractScrollArea) and area.viewport() is holder) or isinstance(
        holder, QAbstractScrollArea
    )


def overlapping_widgets(window: QWidget) -> list[str]:
    """Pairs of neighbours that lie over each other."""
    found = []
    for holder in visible_widgets(window):
        if isinstance(holder, QAbstractScrollArea | QAbstractButton | QComboBox | QLineEdit):
            continue
        parts = [p for p in holder.children() if isinstance(p, QWidget) and p.isVisible() and not p.isWindow()]
        parts = [part for part in parts if part.objectName() != "popup" and not part.geometry().isEmpty()]
        for place, one in enumerate(parts):
            over = [other for other in parts[place + 1 :] if one.geometry().intersects(other.geometry())]
            found += [f"{describe(one)} / {describe(other)}" for other in over]
    return found


def unnamed_widgets(window: QWidget) -> list[str]:
    """What the keyboard stands on without a screen reader being told what it is."""
    return [
        describe(part)
        for part in visible_widgets(window)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
        and part.objectName() != "qt_spinbox_lineedit"
        and part.focusProxy() is None
    ]


def tab_order(window: QWidget, max_stops: int = 200) -> list[QWidget]:
    """Where the Tab key goes, from where it stands until it comes there again."""
    begin = QApplication.focusWidget()
    stops: list[QWidget] = []
    for _turn in range(max_stops):
        window.focusNextChild()
        now = QApplication.focusWidget()
        if now is None or now in stops:
            break
        stops.append(now)
    if begin is not None:
        begin.setFocus()
    return stops


def missing_from_tab_order(page: QWidget, stops: list[QWidget]) -> list[str]:
    """What may be stood on and the Tab key passes by."""
    wanted = (
        part
        for part in visible_widgets(page)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.focusProxy() is None
    )
    inner = {"qt_spinbox_lineedit", "qt_scrollarea_viewport"}
    return [describe(part) for part in wanted if part not in stops and part.objectName() not in inner]


def is_scrolled_away(part: QWidget) -> bool:
    """True where a part that has the keyboard is scrolled away."""
    place, holder = QRect(QPoint(0, 0), part.size()), part.parentWidget()
    while holder is not None:
        seen = QRect(part.mapTo(holder, QPoint(0, 0)), place.size()).intersected(holder.rect())
        if seen.height() < min(part.height(), 24) or seen.width() < min(part.width(), 24):
            return True
        holder = None if holder.isWindow() else holder.parentWidget()
    return False
