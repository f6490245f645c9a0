"""What only the clerk can say of term and money: a term or a fee the catalogue does not know, why nothing is paid, and
which other agency settles the dossier. The fields are made when a procedure first needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.models.enums import TermUnit
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, column

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine

_UNITS = (
    (TermUnit.WORKING_DAY, "ngày làm việc"),
    (TermUnit.DAY, "ngày"),
    (TermUnit.HOUR, "giờ làm việc"),
    (TermUnit.SAME_DAY, "trong ngày"),
)


class TermsLine(EnterAdvances):
    """The line below the note, and two boxes to tick that stand elsewhere in the form. Its fields come `after` one for
    the keyboard.

    Signal: `edited()` after any change."""

    edited = Signal()

    def __init__(self, after: QWidget) -> None:
        super().__init__()
        self._previous_field = after
        self.exempt_tick = QCheckBox("Được miễn phí")
        self.elsewhere_tick = QCheckBox("Cơ quan khác giải quyết")
        self.exempt_tick.setObjectName("intake.exemptTick")
        self.elsewhere_tick.setObjectName("intake.elsewhereTick")
        self.boxes: dict[str, FieldBox] = {}
        self._line: ProcedureLine | None = None
        for tick in (self.exempt_tick, self.elsewhere_tick):
            tick.hide()
            tick.toggled.connect(self._on_ticked)
        self.hide()

    def show_line(self, line: ProcedureLine | None) -> None:
        """Asks what this procedure leaves open; nothing without one."""
        self._line = line
        self.exempt_tick.setVisible(line is not None and line.fee != 0)
        self.elsewhere_tick.setVisible(line is not None and line.boundary_free)
        for tick in (self.exempt_tick, self.elsewhere_tick):
            if tick.isHidden():
                tick.setChecked(False)
        self._show_boxes()

    @property
    def visible_fields(self) -> tuple[str, ...]:
        """Names of the fields in sight, in the order of the keyboard."""
        line = self._line
        if line is None:
            return ()
        no_term, exempt = line.unit == TermUnit.UNKNOWN, self.exempt_tick.isChecked()
        wanted = {
            "term": no_term,
            "unit": no_term,
            "fee": line.fee is None and not exempt,
            "exempt": exempt,
            "settled_by": self.elsewhere_tick.isChecked(),
        }
        return tuple(name for name, on in wanted.items() if on)

    def _show_boxes(self) -> None:
        asked = self.visible_fields
        if asked and not self.boxes:
            self._build()
        for name, box in self.boxes.items():
            box.setVisible(name in asked)
        self.setVisible(bool(asked))

    def _on_ticked(self) -> None:
        self._show_boxes()
        self.edited.emit()

    def _build(self) -> None:
        term, fee, exempt, settled_by = (QLineEdit() for _ in range(4))
        unit = QComboBox()
        for code, word in _UNITS:
            unit.addItem(word, code.value)
        self._box("term", "Thời hạn (chưa có trong danh mục)", term)
        self._box("unit", "", unit, "Đơn vị thời hạn")
        self._box("fee", "Phí một bộ, đồng", fee, "Phí một bộ, đồng; để trống nếu chưa rõ")
        self._box("exempt", "Lý do miễn", exempt, "Lý do miễn phí, lệ phí")
        self._box("settled_by", "Cơ quan giải quyết", settled_by)
        term.setMaximumWidth(72)
        fee.setMinimumWidth(128)
        fee.setMaximumWidth(144)
        fee.setPlaceholderText("trống: chưa rõ")
        exempt.setPlaceholderText("Hộ nghèo, người có công…")
        settled_by.setPlaceholderText("UBND xã …")
        upper = FlowWidget(*(self.boxes[name] for name in ("term", "unit", "fee")))
        lower = FlowWidget(self.boxes["exempt"], self.boxes["settled_by"], gap=2 * GRID)
        self.setLayout(column(upper, lower))
        for edit in (term, fee, exempt, settled_by):
            edit.textEdited.connect(self.edited)
        unit.currentIndexChanged.connect(self.edited)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Fields made late would stand last for the keyboard."""
        fields = [box.inner for box in self.boxes.values()]
        for before, after in zip([self._previous_field, *fields], fields, strict=False):
            QWidget.setTabOrder(before, after)
        self.advance_on_enter(*fields)

    def _box(self, name: str, caption: str, inner: QWidget, said: str = "") -> None:
        inner.setObjectName(f"intake.{name}")
        self.boxes[name] = FieldBox(caption, inner, said or caption, beside=bool(caption))

    def _text(self, name: str) -> str:
        inner = self.boxes[name].inner if name in self.visible_fields else None
        return inner.text().strip() if isinstance(inner, QLineEdit) else ""

    @property
    def entered_term(self) -> tuple[str, str] | None:
        """The term typed because the catalogue knows none, as (limit, unit)."""
        inner = self.boxes["unit"].inner if "unit" in self.visible_fields else None
        if not isinstance(inner, QComboBox):
            return None
        limit, unit = self._text("term").replace(",", "."), str(inner.currentData())
        return (limit, unit) if limit or unit == TermUnit.SAME_DAY else None

    def read(self) -> dict[str, Any]:
        """The answers as an intake line has them; one ticked and not told stays empty, to be refused."""
        told: dict[str, Any] = {}
        if (given := self.entered_term) is not None:
            limit, unit = given
            told["term"] = {"unit": unit} if unit == TermUnit.SAME_DAY else {"limit": limit, "unit": unit}
        if fee := self._text("fee"):
            told["fee"] = parse_amount(fee)
        for name in ("exempt", "settled_by"):
            if name in self.visible_fields:
                told[name] = self._text(name)
        return told

    def fill(self, line: Mapping[str, Any]) -> None:
        """Brings back the answers of a draft."""
        self.exempt_tick.setChecked(line.get("exempt") is not None and not self.exempt_tick.isHidden())
        self.elsewhere_tick.setChecked(line.get("settled_by") is not None and not self.elsewhere_tick.isHidden())
        term = line.get("term")
        told = dict(term) if isinstance(term, Mapping) else {}
        words = {"term": told.get("limit"), **{name: line.get(name) for name in ("fee", "exempt", "settled_by")}}
        for name, box in self.boxes.items():
            if isinstance(box.inner, QLineEdit):
                box.inner.setText("" if words[name] is None else str(words[name]))
            elif isinstance(box.inner, QComboBox):
                box.inner.setCurrentIndex(max(0, box.inner.findData(told.get("unit"))))


def parse_amount(text: str) -> int | str | None:
    """An amount typed with dots or blanks between its digits; anything else stays as typed, to be refused."""
    digits = text.strip().replace(".", "").replace(" ", "")
    return int(digits) if digits.isdecimal() else text.strip() or None
