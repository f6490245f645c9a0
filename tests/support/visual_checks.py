"""Measure layout faults: cut, overlapping, clipped, unreachable widgets."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
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
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE

_TOLERANCE = 2
_LEAST_CONTRAST = 4.5
_PASSES_AT_REST = 4


def visible_widgets(window: QWidget) -> list[QWidget]:
    """Return the window and its visible widgets.

    Widgets that are scrolled out of view are included.
    """
    if not window.isVisible():
        return []
    inner = (part for part in window.children() if isinstance(part, QWidget))
    return [window, *chain.from_iterable(map(visible_widgets, inner))]


def wait_for_layout(window: QWidget) -> None:
    """Process events until no visible widget moves any more.

    A request for a new layout may take a pass of the event loop in which nothing moves.
    """
    passes: list[list[QRect]] = []
    while len(passes) < _PASSES_AT_REST or any(each != passes[-1] for each in passes[-_PASSES_AT_REST:]):
        QTest.qWait(1)
        passes.append([part.geometry() for part in visible_widgets(window)])


def show_each_page(window: MainWindow, qtbot: Any) -> Iterator[str]:
    """Show the pages in turn with their data; yield the name of each."""
    for name in window.pages:
        window.go_to_page(name)
        if name == "dossier":
            window.open_dossier(CODE)
        qtbot.waitUntil(lambda: window.runner.idle)
        wait_for_layout(window)
        yield name


def describe(part: QWidget) -> str:
    """Return a description of a widget for a message."""
    text = getattr(part, "text", None) or getattr(part, "currentText", None)
    return f"{type(part).__name__} {part.objectName() or part.accessibleName()} «{text() if text else ''}»"


def cut_texts(window: QWidget) -> list[str]:
    """Describe widgets whose text exceeds their size.

    A text elided on purpose ends in an ellipsis and is the tool tip in full.
    """
    faults = [describe(part) for part in visible_widgets(window) if _is_cut(part)]
    for table in visible_widgets(window):
        if isinstance(table, QTableView):
            faults += [f"{describe(table)}: {title}" for title in _cut_titles(table)]
    return faults


def _is_cut(part: QWidget) -> bool:
    if isinstance(part, QLabel):
        return _is_label_cut(part)
    if isinstance(part, QPushButton | QCheckBox | QRadioButton):
        elided = part.text().endswith("…") and part.toolTip() and not part.toolTip().endswith("…")
        return part.width() < part.sizeHint().width() - _TOLERANCE and not elided
    if isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        field = part.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, part
        )
        return part.fontMetrics().horizontalAdvance(part.currentText()) > field.width() + _TOLERANCE
    return isinstance(part, QLineEdit) and not part.text() and _is_hint_cut(part)


def _is_label_cut(part: QLabel) -> bool:
    if (part.pixmap() and not part.pixmap().isNull()) or not part.text():
        return False
    if isinstance(part, ElidedLabel):
        return part.text() != part.full_text and part.toolTip() != part.full_text
    if part.wordWrap():
        return part.heightForWidth(part.width()) > part.height() + _TOLERANCE
    width = max(part.fontMetrics().horizontalAdvance(line) for line in part.text().splitlines())
    elided = part.text().endswith("…") and bool(part.toolTip())
    too_wide = width > part.contentsRect().width() + _TOLERANCE
    return (too_wide or part.sizeHint().height() > part.height() + _TOLERANCE) and not elided


def _is_hint_cut(part: QLineEdit) -> bool:
    margins = part.width() - part.contentsRect().width() + 20
    return part.fontMetrics().horizontalAdvance(part.placeholderText()) > part.width() - margins + _TOLERANCE


def _cut_titles(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    for place in range(header.count() if header.isVisible() else 0):
        if not table.isColumnHidden(place) and header.sectionSizeHint(place) > header.sectionSize(place) + _TOLERANCE:
            yield str(table.model().headerData(place, Qt.Orientation.Horizontal))


def horizontal_scrolls(window: QWidget) -> list[str]:
    """Describe widgets that need horizontal scrolling."""
    bars = (bar for bar in visible_widgets(window) if isinstance(bar, QScrollBar))
    faults = [describe(_owner(bar)) for bar in bars if bar.orientation() == Qt.Orientation.Horizontal and bar.maximum()]
    areas = [area for area in visible_widgets(window) if isinstance(area, QScrollArea)]
    return faults + [describe(area) for area in areas if area.widget().width() > area.viewport().width()]


def nested_scrolls(window: QWidget) -> list[str]:
    """Describe areas that scroll vertically inside another one that does."""
    areas = [area for area in visible_widgets(window) if isinstance(area, QAbstractScrollArea) and _scrolls(area)]
    outer = [area for area in areas if isinstance(area, QScrollArea)]
    return [
        describe(area) for area in areas if any(around is not area and around.isAncestorOf(area) for around in outer)
    ]


def _scrolls(area: QAbstractScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def main_buttons_out_of_view(window: QWidget) -> list[str]:
    """Describe buttons of the main act that are not wholly in view."""
    buttons = [part for part in visible_widgets(window) if isinstance(part, QPushButton) and part.property("main")]
    return [describe(part) for part in buttons if part.visibleRegion().boundingRect() != part.rect()]


def without_focus_ring(stops: list[QWidget]) -> list[str]:
    """Describe widgets whose edge looks the same with the focus."""
    faults = []
    for stop in stops:
        stop.clearFocus()
        plain = stop.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        focused = stop.grab().toImage()
        edge = [(x, y) for x in range(stop.width()) for y in (0, 1, stop.height() - 2, stop.height() - 1)]
        changed = sum(plain.pixel(x, y) != focused.pixel(x, y) for x, y in edge)
        faults += [describe(stop)] if changed < stop.width() else []
    return faults


def faint_texts(window: QWidget) -> list[str]:
    """Describe texts that are painted with a contrast below 4.5:1 (WCAG 2)."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    faults = []
    for part in visible_widgets(window):
        whole = part.visibleRegion().boundingRect() == part.rect()
        if isinstance(part, QLabel | QPushButton | QCheckBox | QRadioButton) and part.text() and whole:
            crop = picture.copy(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
            faults += [f"{describe(part)} {ratio:.1f}"] if (ratio := _text_contrast(crop)) < _LEAST_CONTRAST else []
    return faults


def _text_contrast(crop: QImage) -> float:
    """Return the greatest contrast of a pixel with the most frequent one."""
    size = (crop.width(), crop.height())
    pixels = Image.frombuffer("RGB", size, bytes(crop.constBits()), "raw", "RGB", crop.bytesPerLine())
    counts = pixels.getcolors(crop.width() * crop.height()) or []
    colours = [f"#{bytes(colour).hex()}" for _count, colour in counts]
    ground = f"#{bytes(max(counts)[1]).hex()}"
    return max(contrast(end(colours, key=_luminance), ground) for end in (min, max))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _owner(bar: QScrollBar) -> QWidget:
    part: QWidget | None = bar
    while part is not None and not isinstance(part, QAbstractScrollArea):
        part = part.parentWidget()
    return part or bar


def clipped_widgets(window: QWidget) -> list[str]:
    """Describe widgets that extend beyond their parent."""
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
    """Describe pairs of sibling widgets that overlap."""
    faults = []
    for holder in visible_widgets(window):
        if isinstance(holder, QAbstractScrollArea | QAbstractButton | QComboBox | QLineEdit):
            continue
        parts = [p for p in holder.children() if isinstance(p, QWidget) and p.isVisible() and not p.isWindow()]
        parts = [part for part in parts if part.objectName() != "popup" and not part.geometry().isEmpty()]
        for place, one in enumerate(parts):
            over = [other for other in parts[place + 1 :] if one.geometry().intersects(other.geometry())]
            faults += [f"{describe(one)} / {describe(other)}" for other in over]
    return faults


def unnamed_widgets(window: QWidget) -> list[str]:
    """Describe focusable widgets without a name for screen readers."""
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
    """Return the widgets that the Tab key reaches, in order."""
    start = QApplication.focusWidget()
    stops: list[QWidget] = []
    for _turn in range(max_stops):
        window.focusNextChild()
        focused = QApplication.focusWidget()
        if focused is None or focused in stops:
            break
        stops.append(focused)
    if start is not None:
        start.setFocus()
    return stops


def missing_from_tab_order(page: QWidget, stops: list[QWidget]) -> list[str]:
    """Describe focusable widgets of a page that are missing from `stops`."""
    focusable = (
        part
        for part in visible_widgets(page)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.focusProxy() is None
    )
    inner = {"qt_spinbox_lineedit", "qt_scrollarea_viewport"}
    return [describe(part) for part in focusable if part not in stops and part.objectName() not in inner]


def is_scrolled_away(part: QWidget) -> bool:
    """True if most of a widget is scrolled out of view."""
    rect, holder = QRect(QPoint(0, 0), part.size()), part.parentWidget()
    while holder is not None:
        visible = QRect(part.mapTo(holder, QPoint(0, 0)), rect.size()).intersected(holder.rect())
        if visible.height() < min(part.height(), 24) or visible.width() < min(part.width(), 24):
            return True
        holder = None if holder.isWindow() else holder.parentWidget()
    return False
