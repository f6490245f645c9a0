"""Rules of the counter with their days, reached from the office page (F8)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.text import fold_text
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_day
from app.ui.kit.layouts import FieldGrid, PartSwitch
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.section import GroupedModel, GroupedTable, group_rows
from app.ui.kit.style import GRID
from app.ui.kit.tables import TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.ui.rules.fields import create_field
from app.ui.rules.form import RuleForm
from app.usecases.law.counter_rules import (
    CounterRuleLine,
    ListCounterRules,
    SaveCounterRule,
    list_counter_rules,
    save_counter_rule,
)
from app.wording.refusals import error_sentence
from app.wording.rules import counter as words
from app.wording.rules.changes import rule_words
from app.wording.rules.editing import CAN_END, FREE_KEYS, LAST_DAY

_COLUMNS = (
    Column("Cho", lambda line: words.subject(line.kind, line.key, line.value), 216),
    Column("Nội dung", lambda line: rule_words(line.kind, line.value)),
    Column("Từ ngày", lambda line: format_day(line.valid_from), 104, never_cut=True),
    Column("Trạng thái", lambda line: words.STATES[line.state], 104, never_cut=True),
    Column("Căn cứ", lambda line: line.decision, 184),
    Column("Nguồn", lambda line: words.source_name(line.source), 128),
)
_SAVED = "Đã ghi quy định, dùng từ ngày {day}. Việc đã làm trước ngày ấy không đổi."
_MAX_KEY, _MAX_SITUATION = 60, 24
_PLACE = "receiving_place"
_MANY_FIELDS, _HIGH_WINDOW = 6, 900
"""A form with more fields is shown without the list in a window that is not as high."""


class RulesPage(Page):
    """Page of the dated rules of the counter.

    A rule that is changed begins on a day; the earlier one stays in the list, also one that a package brought.
    """

    title = "Quy định của quầy"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.rules = GroupedTable(GroupedModel(_COLUMNS), "Các quy định của quầy, mới nhất trước")
        self.rules.setObjectName("rules.table")
        self.rules.opened.connect(self._show_line)
        self._lines: tuple[CounterRuleLine, ...] = ()
        self._base: Mapping[str, Any] = {}
        self.kind, self.key = QComboBox(), QComboBox()
        self._forms: dict[str, RuleForm] = {}
        self._form_area = QVBoxLayout()
        self.from_day, self.decision, self.active = DayEdit(), QLineEdit(), QCheckBox("Còn dùng")
        self._last_day = create_field(LAST_DAY)
        self.head_boxes = {
            "kind": FieldBox("Loại quy định", self.kind),
            "key": FieldBox("Cho trường hợp", self.key),
            "valid_from": FieldBox("Từ ngày", self.from_day),
            "valid_to": FieldBox(LAST_DAY.caption, self._last_day.inner),
            "decision": FieldBox("Căn cứ: số văn bản", self.decision),
        }
        self.save = button("Ghi quy định", main=True)
        self.save.setObjectName("rules.save")
        self.save.clicked.connect(self._save)
        self._card = self._form_card()
        listed, entry = TableOrHint(self.rules, "Chưa có quy định nào."), QWidget()
        entry.setLayout(column(self._card))
        self.part_switch = PartSwitch(self, {"Danh sách": (listed,), "Thêm, thay": (entry,)})
        box = column(self.part_switch, listed, entry)
        box.setStretch(1, 1)
        self.setLayout(box)
        may_edit = Right.EDIT_OFFICE in runner.desk.facts.rights
        self._card.setVisible(may_edit)
        self.part_switch.offer("Thêm, thay", may_edit)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.key.activated.connect(lambda _place: self._show_key())
        for kind, name in words.KINDS.items():
            self.kind.addItem(name, kind)
        self.from_day.show_day(local_day(runner.desk.now()))
        self.advance_on_enter(self.from_day, self._last_day.inner, self.decision)

    def _form_card(self) -> QWidget:
        for name, box in self.head_boxes.items():
            box.inner.setObjectName(f"rules.{name}")
        self.active.setChecked(True)
        self.key.setMinimumContentsLength(24)
        self.key.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        boxes = list(self.head_boxes.values())
        head = FieldGrid(*boxes[:2], columns=2)
        foot = FieldGrid(*boxes[2:], self.active)
        card = QFrame()
        card.setObjectName("card")
        title = row(label("Thêm hoặc thay một quy định", "strong"), self.save)
        title.setStretch(0, 1)
        card.setLayout(column(title, head, self._form_area, foot, margin=2 * GRID))
        return card

    @property
    def form(self) -> RuleForm:
        """The form of the chosen kind, created when it is first shown."""
        kind = self._kind
        if kind not in self._forms:
            form = self._forms[kind] = RuleForm(kind)
            self._form_area.addWidget(form)
            self.advance_on_enter(*form.edits)
        return self._forms[kind]

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """The boxes of the shown fields by their name in a rule."""
        return {**self.head_boxes, **self.form.boxes}

    @property
    def _kind(self) -> str:
        return str(self.kind.currentData())

    @property
    def _chosen_key(self) -> str:
        return str(self.key.currentData() or "")

    def reload(self) -> None:
        """Read the rules."""
        self.runner.read(
            list_counter_rules, ListCounterRules(), self._on_loaded, key="rules", loads=self.rules.rows_model
        )

    def focus_start(self) -> None:
        """Focus the list."""
        self.rules.setFocus()

    def _on_loaded(self, lines: Sequence[CounterRuleLine]) -> None:
        self._lines = tuple(lines)
        self.rules.show_rows(group_rows(lines, tuple(words.KINDS.items()), lambda line: line.kind))
        chosen = self._chosen_key
        self._offer_keys()
        self.key.setCurrentIndex(max(0, self.key.findData(chosen)))

    def _show_kind(self) -> None:
        """Show the fields of the chosen kind."""
        shown = self.form
        for form in self._forms.values():
            form.setVisible(form is shown)
        if len(shown.boxes) > _MANY_FIELDS:
            self.part_switch.need_height(_HIGH_WINDOW)
            self.part_switch.reveal(self.kind)
        else:
            self.part_switch.need_height(0)
        self._offer_keys()
        self.active.setVisible(self._kind in CAN_END)
        self._show_value(())

    def _offer_keys(self) -> None:
        """Offer the keys of the kind: usual ones, those of rules, a new one."""
        kind, known = self._kind, dict(words.KEYS.get(self._kind, {}))
        known |= {
            line.key: words.subject(kind, line.key, line.value)
            for line in self._lines
            if line.kind == kind and line.key not in known
        }
        self.key.clear()
        for key, name in known.items():
            self.key.addItem(name, key)
        if kind in FREE_KEYS:
            self.key.addItem(FREE_KEYS[kind], "")
        places = [line for line in self._lines if line.kind == _PLACE and line.state != "past"]
        self.form.offer_places([(line.key, str(line.value["name"])) for line in places])

    def _show_key(self) -> None:
        """Show the rule in force of the chosen key, to begin from it."""
        self._show_value([line for line in self._lines if (line.kind, line.key) == (self._kind, self._chosen_key)])

    def _show_value(self, lines: Sequence[CounterRuleLine]) -> None:
        value = next((line.value for line in lines if line.state == "in_force"), lines[0].value if lines else {})
        self._base = {name: part for name, part in value.items() if name not in ("active", "valid_to")}
        self.form.show_value(value)
        self._last_day.show(value.get("valid_to"))
        self.active.setChecked(bool(value.get("active", True)))
        for box in self.head_boxes.values():
            box.clear_error()

    def _show_line(self, line: CounterRuleLine) -> None:
        """Fill the form with a rule, to begin again from a day on."""
        self.kind.setCurrentIndex(self.kind.findData(line.kind))
        self.key.setCurrentIndex(self.key.findData(line.key))
        self._show_value((line,))
        self.part_switch.reveal(self._card)
        next(iter(self.form.boxes.values())).inner.setFocus()

    def _value(self) -> dict[str, Any]:
        """Return the value of the form.

        Raises Refusal `rule_shape` on a field.
        """
        value = self.form.read(self._base)
        if (last := self._last_day.read()) is not None:
            if date.fromisoformat(last) < self.from_day.day:
                raise Refusal("rule_shape", "valid_to")
            value["valid_to"] = last
        if self._kind in CAN_END and not self.active.isChecked():
            value["active"] = False
        return value

    def _save(self) -> None:
        for box in self.boxes.values():
            box.clear_error()
        day = self.from_day.day
        try:
            value = self._value()
        except Refusal as error:
            self._show_mistake(error)
            return
        key = self._chosen_key or self._free_key(str(value.get("name") or value.get("advice") or ""))
        command = SaveCounterRule(self._kind, key, value, day, self.decision.text().strip())
        self.save.setEnabled(False)
        self.runner.write(
            save_counter_rule, command, lambda lines: self._saved(command, lines), on_error=self._refused, source=self
        )

    def _free_key(self, name: str) -> str:
        """Return the key of a new rule from its name."""
        fits = str.isalpha if self._kind == "notice" else str.isalnum
        parts = "".join(c if c.isascii() and fits(c) else " " for c in fold_text(name)).split()
        if self._kind == "notice":
            return "_".join(parts)[:_MAX_SITUATION].strip("_")
        taken = {line.key for line in self._lines if line.kind == self._kind}
        usual = "-".join(parts)[:_MAX_KEY] or "quy-dinh"
        return next(key for key in (usual, *(f"{usual}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)

    def _saved(self, command: SaveCounterRule, lines: Sequence[CounterRuleLine]) -> None:
        self.save.setEnabled(True)
        self._on_loaded(lines)
        self.key.setCurrentIndex(max(0, self.key.findData(command.key)))
        self.post_message(Level.DONE, _SAVED.format(day=format_day(command.valid_from)))

    def _refused(self, error: Exception) -> bool:
        self.save.setEnabled(True)
        return isinstance(error, Refusal) and self._show_mistake(error)

    def _show_mistake(self, error: Refusal) -> bool:
        """Show a refusal at its field; False where no field has it."""
        field = error.field or ""
        if error.code == "rule_shape":
            if field == "valid_to":
                self.head_boxes[field].show_error(LAST_DAY.mistake)
                return True
            name = "name" if field == "key" and "name" in self.form.boxes else field
            if self.form.show_mistake(name):
                return True
        box = self.boxes.get(field)
        if box is not None:
            box.show_error(_MISTAKES.get((error.code, field)) or error_sentence(error))
        return box is not None


_MISTAKES = {("rule_shape", "decision"): "Ghi số văn bản làm căn cứ."}
