"""Labels that set their own height, and texts that can be selected."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFont
from PySide6.QtWidgets import QLabel

from app.ui.kit.fonts import body_font, load_fonts
from app.ui.kit.widgets import label, selectable_label
from tests.ui.conftest import RESOURCES

_PAPERS = "\n".join(
    f"{place}. Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất (bản sao)"
    for place in range(1, 16)
)
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


def shown(part: QLabel, qtbot: Any) -> QLabel:
    qtbot.addWidget(part)
    part.resize(242, 700)
    part.show()
    return part


def let_in_mouse(part: QLabel) -> None:
    """Deliver the event of a mouse that comes over a label."""
    part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    place = QPointF(1, 1)
    part.event(QEnterEvent(place, place, QPointF(part.mapToGlobal(QPoint(1, 1)))))


def test_label_takes_the_height_of_a_new_text_width_and_font(translated_app: Any, qtbot: Any) -> None:
    part = shown(label("Một dòng", wrap=True), qtbot)
    one = part.sizeHint().height()
    part.setText(_PAPERS)
    narrow = part.sizeHint().height()
    assert narrow > 20 * one
    part.resize(800, part.height())
    assert one < part.sizeHint().height() < narrow
    before, large = part.sizeHint().height(), QFont(part.font())
    large.setPointSize(2 * large.pointSize())
    part.setFont(large)
    assert part.sizeHint().height() > before


def test_text_can_be_selected_under_the_mouse_until_it_changes(translated_app: Any, qtbot: Any) -> None:
    part = shown(selectable_label(), qtbot)
    part.setText(_PAPERS)
    assert part.textFormat() == Qt.TextFormat.PlainText
    let_in_mouse(part)
    assert part.textInteractionFlags() == _SELECTABLE
    part.setSelection(0, 8)
    part.setText(_PAPERS)
    assert part.selectedText() == "1. Giấy "
    part.setText("Không ghi giấy tờ nào.")
    assert part.textInteractionFlags() == _SELECTABLE, "the mouse is still there"
    part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    part.event(QEvent(QEvent.Type.Leave))
    assert part.textInteractionFlags() == _SELECTABLE, "a selected text is copied from its menu"
    part.setText(_PAPERS)
    assert part.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction


def test_text_looks_the_same_while_it_can_be_selected(translated_app: Any, qtbot: Any) -> None:
    assert load_fonts(RESOURCES)  # a character from another font makes the lines of a document higher
    part = shown(selectable_label(), qtbot)
    part.setFont(body_font())
    part.setText(_PAPERS)
    widths = range(90, 900, 37)
    part.resize(242, part.heightForWidth(242))
    heights, picture = [part.heightForWidth(width) for width in widths], part.grab().toImage()
    let_in_mouse(part)
    assert [part.heightForWidth(width) for width in widths] == heights
    assert part.grab().toImage() == picture
