"""A card beside what was typed: every field that differs is shown with both answers, and nothing is written over until
somebody says so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from app.models.text import fold_text
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
    """One field that was typed otherwise than the card has it; `value` is the card's own."""

    field: str
    typed: str
    on_card: str
    value: str


def differences(typed: Mapping[str, Any], card: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The fields that both tell, and tell otherwise; case, blanks and the marks of punctuation are no difference."""
    found = []
    for name in _CAPTIONS:
        one, other = str(typed.get(name) or ""), str(card.get(name) or "")
        if one and other and _comparable(name, one) != _comparable(name, other):
            found.append(Difference(name, _shown(name, one), _shown(name, other), other))
    return tuple(found)


def _comparable(name: str, text: str) -> str:
    if name == "id_number":
        return re.sub(r"[^0-9A-Za-z]", "", text)
    return re.sub(r"[\W_]+", " ", text.lower() if name != "gender" else fold_text(text)).strip()


def _shown(name: str, text: str) -> str:
    return format_birth(text) if name == "birth_date" else _GENDERS.get(text, text)


class CardCompareDialog(QDialog):
    """The differences, each with a box to take the card's answer; all are ticked. Enter takes them, Esc keeps what was
    typed."""

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
        for line, each in enumerate(differences, 1):
            box = QCheckBox(_CAPTIONS[each.field])
            box.setChecked(True)
            box.setAccessibleName(f"{_CAPTIONS[each.field]}: đang nhập {each.typed}, trên thẻ {each.on_card}")
            self.boxes[each.field] = box
            grid.addWidget(box, line, 0)
            grid.addWidget(label(each.typed, wrap=True), line, 1)
            grid.addWidget(label(each.on_card, "strong", wrap=True), line, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        taken, kept = button("Lấy mục đã đánh dấu", main=True), button("Giữ như đang nhập")
        taken.setObjectName("card.take")
        kept.setObjectName("card.keep")
        taken.setDefault(True)
        taken.clicked.connect(self._accept_chosen)
        kept.clicked.connect(self.reject)
        foot = row(taken, kept)
        foot.addStretch(1)
        self.setLayout(column(grid, foot, gap=2 * GRID, margin=2 * GRID))
        self.setMinimumWidth(720)
        taken.setFocus()

    def _accept_chosen(self) -> None:
        self._on_accept({each.field: each.value for each in self._differences if self.boxes[each.field].isChecked()})
        self.accept()
