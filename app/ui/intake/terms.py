"""Fields for terms that the catalogue lacks.

These are term, fee, exemption and settling agency.

They are created when a procedure first needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.models.enums import TermUnit
from app.models.values.amounts import parse_amount
from app.ui.intake.group_tick import GroupTick
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, column, label

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine
    from app.usecases.intake.preview import FeeGroupLine

_UNITS = (
    (TermUnit.WORKING_DAY, "ngày làm việc"),
    (TermUnit.DAY, "ngày"),
    (TermUnit.HOUR, "giờ làm việc"),
    (TermUnit.SAME_DAY, "trong ngày"),
)


class TermsLine(EnterAdvances):
    """Line of term fields, and two checkboxes that the form places elsewhere.

    A person is exempt as one of the offered groups, or for a reason that is typed.

    The fields follow `previous_field` in tab order.

    Signals: `edited()` after any change.
    """

    edited = Signal()

    def __init__(self, previous_field: QWidget) -> None:
        super().__init__()
        self._previous_field = previous_field
        self.exempt_tick = QCheckBox("Được miễn phí")
        self.elsewhere_tick = QCheckBox("Cơ quan khác giải quyết")
        self.exempt_tick.setObjectName("intake.exemptTick")
        self.elsewhere_tick.setObjectName("intake.elsewhereTick")
        self.groups: dict[str, GroupTick] = {}
        self._group_line, self._basis = FlowWidget(gap=2 * GRID), label(role="caption", wrap=True)
        self.boxes: dict[str, FieldBox] = {}
        self._line: ProcedureLine | None = None
        for tick in (self.exempt_tick, self.elsewhere_tick):
            tick.hide()
            tick.toggled.connect(self._on_ticked)
        self.hide()

    def show_line(self, line: ProcedureLine | None) -> None:
        """Show the fields that the procedure `line` needs, none for None."""
        self._line = line
        self.exempt_tick.setVisible(line is not None and line.fee != 0)
        self.elsewhere_tick.setVisible(line is not None and line.boundary_free)
        for tick in (self.exempt_tick, self.elsewhere_tick):
            if tick.isHidden():
                tick.setChecked(False)
        self._show_boxes()

    def show_groups(self, groups: Sequence[FeeGroupLine]) -> None:
        """Offer the groups of people whose fee is waived or reduced."""
        shown = [(key, tick.name, tick.decision) for key, tick in self.groups.items()]
        if [(group.key, group.name, group.decision) for group in groups] == shown:
            return
        ticked = self.ticked_groups
        self.groups = {group.key: self._group_tick(group) for group in groups}
        self._group_line.set_parts(*self.groups.values())
        self._tick_groups(ticked)
        self._set_tab_order()
        self._show_boxes()

    def _group_tick(self, group: FeeGroupLine) -> GroupTick:
        tick = GroupTick(group.name, group.decision)
        tick.setObjectName(f"intake.exempt.{group.key}")
        tick.toggled.connect(self._on_ticked)
        self.advance_on_enter(tick)
        return tick

    @property
    def ticked_groups(self) -> list[str]:
        """Keys of the ticked groups."""
        return [key for key, tick in self.groups.items() if tick.isChecked()]

    @property
    def basis(self) -> str:
        """The decisions of the ticked groups, as shown."""
        return self._basis.text()

    def _tick_groups(self, keys: Sequence[str]) -> None:
        for key, tick in self.groups.items():
            tick.setChecked(key in keys)

    @property
    def visible_fields(self) -> tuple[str, ...]:
        """Names of the visible fields in tab order."""
        line = self._line
        if line is None:
            return ()
        no_term, exempt = line.unit == TermUnit.UNKNOWN, self.exempt_tick.isChecked()
        visible = {
            "term": no_term,
            "unit": no_term,
            "fee": line.fee is None and not exempt,
            "exempt": exempt and not self.ticked_groups,
            "settled_by": self.elsewhere_tick.isChecked(),
        }
        return tuple(name for name, needed in visible.items() if needed)

    def _show_boxes(self) -> None:
        visible = self.visible_fields
        if (visible or self.exempt_tick.isChecked()) and not self.boxes:
            self._build()
        for name, box in self.boxes.items():
            box.setVisible(name in visible)
        exempt = self._line is not None and self.exempt_tick.isChecked()
        self._group_line.setVisible(exempt and bool(self.groups))
        basis = [f"{self.groups[key].name}: {self.groups[key].decision}" for key in self.ticked_groups]
        self._basis.setText("Căn cứ: " + "; ".join(basis) if exempt and basis else "")
        self._basis.setVisible(bool(self._basis.text()))
        self.setVisible(bool(visible) or exempt)

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
        self._box("exempt", "Lý do miễn khác", exempt, "Lý do miễn phí, lệ phí khác")
        self._box("settled_by", "Cơ quan giải quyết", settled_by)
        term.setMaximumWidth(72)
        fee.setMinimumWidth(128)
        fee.setMaximumWidth(144)
        fee.setPlaceholderText("trống: chưa rõ")
        exempt.setPlaceholderText("người có công…")
        settled_by.setPlaceholderText("UBND xã …")
        upper = FlowWidget(*(self.boxes[name] for name in ("term", "unit", "fee")))
        lower = FlowWidget(self.boxes["exempt"], self.boxes["settled_by"], gap=2 * GRID)
        self.setLayout(column(upper, self._group_line, self._basis, lower))
        for edit in (term, fee, exempt, settled_by):
            edit.textEdited.connect(self.edited)
        unit.currentIndexChanged.connect(self.edited)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Put the fields behind the previous one in tab order.

        Otherwise fields created late come last.
        """
        if not self.boxes:
            return
        fields = [box.inner for box in self.boxes.values()]
        fields[3:3] = list(self.groups.values())
        for before, after in zip([self._previous_field, *fields], fields, strict=False):
            QWidget.setTabOrder(before, after)
        self.advance_on_enter(*fields)

    def _box(self, name: str, caption: str, inner: QWidget, accessible_name: str = "") -> None:
        inner.setObjectName(f"intake.{name}")
        self.boxes[name] = FieldBox(caption, inner, accessible_name or caption)

    def _text(self, name: str) -> str:
        inner = self.boxes[name].inner if name in self.visible_fields else None
        return inner.text().strip() if isinstance(inner, QLineEdit) else ""

    @property
    def entered_term(self) -> tuple[str, str] | None:
        """The typed term as (limit, unit), None where none is typed."""
        inner = self.boxes["unit"].inner if "unit" in self.visible_fields else None
        if not isinstance(inner, QComboBox):
            return None
        limit, unit = self._text("term").replace(",", "."), str(inner.currentData())
        return (limit, unit) if limit or unit == TermUnit.SAME_DAY else None

    def read(self) -> dict[str, Any]:
        """Return the values for the intake line.

        A ticked field left empty is returned as an empty text, so that it is refused.
        """
        line: dict[str, Any] = {}
        if (term := self.entered_term) is not None:
            limit, unit = term
            line["term"] = {"unit": unit} if unit == TermUnit.SAME_DAY else {"limit": limit, "unit": unit}
        if fee := self._text("fee"):
            line["fee"] = _fee(fee)
        for name in ("exempt", "settled_by"):
            if name in self.visible_fields:
                line[name] = self._text(name)
        if self.exempt_tick.isChecked() and self.ticked_groups:
            line["exempt"] = self.ticked_groups
        return line

    def fill(self, line: Mapping[str, Any]) -> None:
        """Restore the values of a draft."""
        self.exempt_tick.setChecked(line.get("exempt") is not None and not self.exempt_tick.isHidden())
        self.elsewhere_tick.setChecked(line.get("settled_by") is not None and not self.elsewhere_tick.isHidden())
        value = line.get("term")
        term = dict(value) if isinstance(value, Mapping) else {}
        exempt = line.get("exempt")
        self._tick_groups(exempt if isinstance(exempt, list) else ())
        line = {**line, "exempt": None if isinstance(exempt, list) else exempt}
        texts = {"term": term.get("limit"), **{name: line.get(name) for name in ("fee", "exempt", "settled_by")}}
        for name, box in self.boxes.items():
            if isinstance(box.inner, QLineEdit):
                box.inner.setText("" if texts[name] is None else str(texts[name]))
            elif isinstance(box.inner, QComboBox):
                box.inner.setCurrentIndex(max(0, box.inner.findData(term.get("unit"))))


def _fee(text: str) -> int | str:
    """Return a typed fee; other text as it is, so that it is refused."""
    amount = parse_amount(text)
    return text.strip() if amount is None else amount
