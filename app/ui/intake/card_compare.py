"""Compare a citizen card with the typed values.

The dialog lets the clerk accept values of the card.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from app.models.text import fold_text
from app.models.values.numbers import comparable_number
from app.ui.kit.dates import format_birth
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row

_CAPTIONS = {
    "id_number": "Số định danh",
    "name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "address": "Địa chỉ",
}
_GENDERS = {"male": "Nam", "female": "Nữ"}


@dataclass(frozen=True)
class Difference:
    """One differing field: its texts, and the card's `value` for the form."""

    field: str
    typed: str
    on_card: str
    value: str


def differences(typed: Mapping[str, Any], card: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the fields filled in both that differ.

    Case, spaces and punctuation are ignored.
    """
    result = []
    for name in _CAPTIONS:
        entered, on_card = str(typed.get(name) or ""), str(card.get(name) or "")
        if entered and on_card and _comparable(name, entered) != _comparable(name, on_card):
            result.append(Difference(name, _display_text(name, entered), _display_text(name, on_card), on_card))
    return tuple(result)


def _comparable(name: str, text: str) -> str:
    if name == "id_number":
        return comparable_number(text)
    return re.sub(r"[\W_]+", " ", text.lower() if name != "gender" else fold_text(text)).strip()


def _display_text(name: str, text: str) -> str:
    return format_birth(text) if name == "birth_date" else _GENDERS.get(text, text)


class CardCompareDialog(QDialog):
    """Dialog with a checked box for each difference.

    Enter accepts the checked values, Esc keeps the typed values.
    """

    def __init__(
        self, differences: tuple[Difference, ...], on_accept: Callable[[Mapping[str, str]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thẻ khác với điều đang nhập")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._differences, self._on_accept = differences, on_accept
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        for place, head in enumerate(("Lấy theo thẻ", "Đang nhập", "Trên thẻ")):
            grid.addWidget(label(head, "caption"), 0, place)
        self.boxes: dict[str, QCheckBox] = {}
        for line, difference in enumerate(differences, 1):
            caption = _CAPTIONS[difference.field]
            box = QCheckBox(caption)
            box.setChecked(True)
            box.setAccessibleName(f"{caption}: đang nhập {difference.typed}, trên thẻ {difference.on_card}")
            self.boxes[difference.field] = box
            grid.addWidget(box, line, 0)
            grid.addWidget(label(difference.typed, wrap=True), line, 1)
            grid.addWidget(label(difference.on_card, "strong", wrap=True), line, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        accept, keep = button("Lấy mục đã đánh dấu", main=True), button("Giữ như đang nhập")
        accept.setObjectName("card.take")
        keep.setObjectName("card.keep")
        accept.setDefault(True)
        accept.clicked.connect(self._accept_checked)
        keep.clicked.connect(self.reject)
        foot = row(accept, keep)
        foot.addStretch(1)
        self.setLayout(column(grid, foot, gap=2 * GRID, margin=2 * GRID))
        self.setMinimumWidth(720)
        accept.setFocus()

    def _accept_checked(self) -> None:
        checked = [difference for difference in self._differences if self.boxes[difference.field].isChecked()]
        self._on_accept({difference.field: difference.value for difference in checked})
        self.accept()
