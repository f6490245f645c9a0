"""Errors of fields move nothing, are whole and cover no field."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.error_line import ErrorLine
from app.ui.kit.widgets import FieldBox
from app.ui.shell.window import MainWindow
from tests.support.visual_checks import cut_texts, show_each_page, visible_widgets, wait_for_layout
from tests.ui.kit.window_dialogs import DIALOGS, open_dialog
from tests.ui.test_messages import SIZES, moved, places

_SENTENCE = (
    "Nội dung dài 512 ký tự, quá 500 ký tự cho phép. Rút ngắn lại, hoặc ghi phần còn lại vào ô ghi chú của hồ sơ."
)


def boxes_in(top: QWidget) -> list[FieldBox]:
    """Return the fields in view."""
    return [box for box in visible_widgets(top) if isinstance(box, FieldBox) and box.inner.isEnabled()]


def error_lines(top: QWidget) -> list[ErrorLine]:
    """Return the errors in view."""
    return [line for line in visible_widgets(top) if isinstance(line, ErrorLine)]


def rect(part: QWidget, top: QWidget) -> QRect:
    return QRect(part.mapTo(top, QPoint(0, 0)), part.size())


def faults_of_errors(top: QWidget) -> list[str]:
    """Show an error at each field in turn; return what is wrong."""
    faults: list[str] = []
    for box in boxes_in(top):
        before = places(top)
        box.show_error(_SENTENCE)
        wait_for_layout(top)
        shown = error_lines(top)
        name = box.inner.accessibleName()
        if _only_scrolled(before, places(top), top):
            faults += [f"{name}: {fault}" for fault in moved(top, before)]
        if len(shown) != 1 or shown[0].text() != _SENTENCE:
            faults.append(f"{name}: {len(shown)} errors in view")
        elif rect(shown[0], top).intersects(rect(box.inner, top)):
            faults.append(f"{name}: covered by its error")
        elif shown[0].visibleRegion().boundingRect().size() != shown[0].size():
            faults.append(f"{name}: error cut {shown[0].visibleRegion().boundingRect()} of {shown[0].size()}")
        faults += [f"{name}: cut {text}" for text in cut_texts(top) if _SENTENCE[:9] in str(text)]
        box.clear_error()
    return faults


def _only_scrolled(before: dict[QWidget, QRect], after: dict[QWidget, QRect], top: QWidget) -> bool:
    """Return whether nothing was scrolled, so that places can be compared."""
    areas = [part for part in before if part in after and before[part] != after[part]]
    shifts = {(after[part].topLeft() - before[part].topLeft()).toTuple() for part in areas}
    return len(shifts) != 1


@pytest.mark.parametrize("size", SIZES)
def test_error_moves_nothing_on_a_page(fullest_window: MainWindow, qtbot: Any, size: tuple[int, int]) -> None:
    window, faults = fullest_window, {}
    window.resize(*size)
    for name in show_each_page(window, qtbot):
        faults[name] = faults_of_errors(window)
    assert {key: parts for key, parts in faults.items() if parts} == {}


def test_error_moves_nothing_in_a_dialog(fullest_window: MainWindow, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    window.resize(911, 464)
    for name in (name for name in DIALOGS if name != "QFileDialog"):
        dialog = open_dialog(window, name, lambda: qtbot.waitUntil(lambda: window.runner.idle))
        wait_for_layout(dialog)
        faults[name] = faults_of_errors(dialog)
        dialog.reject()
    assert {name: parts for name, parts in faults.items() if parts} == {}


def test_all_errors_at_once_leave_the_catalogue_form_in_place(fullest_window: MainWindow, qtbot: Any) -> None:
    window = fullest_window
    window.resize(1280, 640)
    window.go_to_page("catalogue")
    window.catalogue.open_code("2.000815")
    qtbot.waitUntil(lambda: window.runner.idle)
    wait_for_layout(window)
    before = places(window)
    boxes = boxes_in(window.catalogue)
    assert len(boxes) > 12
    for box in boxes:
        box.show_error(_SENTENCE)
    wait_for_layout(window)
    assert not moved(window, before) or not _only_scrolled(before, places(window), window)
    assert len(error_lines(window)) == 1
    assert all(box.error == _SENTENCE for box in boxes)
    boxes[0].inner.setFocus()
    QApplication.processEvents()
    (line,) = error_lines(window)
    assert line.field is boxes[0]
