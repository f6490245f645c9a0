"""Rules of the counter with their days, reached from the office page (F8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QWidget

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.text import fold_text
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_day
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.section import GroupedModel, GroupedTable, group_rows
from app.ui.kit.style import GRID
from app.ui.kit.tables import TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label
from app.usecases.law.counter_rules import (
    CounterRuleLine,
    ListCounterRules,
    SaveCounterRule,
    list_counter_rules,
    save_counter_rule,
)
from app.wording.refusals import error_sentence
from app.wording.rules import counter as words

_COLUMNS = (
    Column("Cho", lambda line: words.key_name(line.kind, line.key), 216),
    Column("Nội dung", lambda line: words.value_text(line.kind, line.value)),
    Column("Từ ngày", lambda line: format_day(line.valid_from), 104, never_cut=True),
    Column("Trạng thái", lambda line: words.STATES[line.state], 104, never_cut=True),
    Column("Căn cứ", lambda line: line.decision, 216),
)
_SAVED = "Đã ghi quy định, dùng từ ngày {day}. Việc đã làm trước ngày ấy không đổi."
_WIDE, _NARROW = 480, 168
_NUMBER = "Ghi một số nguyên."
_HIDDEN_PARTS = {"notice": ("actions",), "retention": ("from", "procedures", "fields")}
"""Parts of a rule that the form does not show, by kind."""


class RulesPage(Page):
    """Page of notices, questions, reasons, terms and periods as dated rules."""

    title = "Quy định của quầy"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.rules = GroupedTable(GroupedModel(_COLUMNS), "Các quy định của quầy, mới nhất trước")
        self.rules.setObjectName("rules.table")
        self.rules.opened.connect(self._show_line)
        self._lines: tuple[CounterRuleLine, ...] = ()
        self.kind, self.key = QComboBox(), QComboBox()
        self.text, self.number, self.answers = QLineEdit(), QLineEdit(), QLineEdit()
        self.from_day, self.decision, self.active = DayEdit(), QLineEdit(), QCheckBox("Còn dùng")
        self.boxes = {
            "kind": FieldBox("Loại quy định", self.kind),
            "key": FieldBox("Cho trường hợp", self.key),
            "text": FieldBox("Nội dung", self.text),
            "number": FieldBox("Số", self.number),
            "answers": FieldBox(words.ANSWERS_CAPTION, self.answers),
            "valid_from": FieldBox("Từ ngày", self.from_day),
            "decision": FieldBox("Căn cứ: số văn bản", self.decision),
        }
        self.save = button("Ghi quy định", main=True)
        self.save.setObjectName("rules.save")
        self.save.clicked.connect(self._save)
        self._card = self._form_card()
        list_or_hint = TableOrHint(self.rules, "Chưa có quy định nào.")
        box = column(list_or_hint, self._card)
        box.setStretch(0, 1)
        self.setLayout(box)
        self._card.setVisible(Right.EDIT_OFFICE in runner.desk.facts.rights)
        self.kind.currentIndexChanged.connect(self._show_fields)
        for kind, name in words.KINDS.items():
            self.kind.addItem(name, kind)
        self.from_day.show_day(local_day(runner.desk.now()))
        self.advance_on_enter(self.text, self.number, self.answers, self.from_day, self.decision)

    def _form_card(self) -> QWidget:
        for name, box in self.boxes.items():
            box.inner.setObjectName(f"rules.{name}")
        self.active.setChecked(True)
        boxes = list(self.boxes.values())
        card = QFrame()
        card.setObjectName("card")
        title = label("Thêm hoặc thay một quy định", "strong")
        for wide in (self.text, self.answers):
            wide.setMinimumWidth(_WIDE)
        for narrow in (self.number, self.decision):
            narrow.setMinimumWidth(_NARROW)
        fields = FlowWidget(*boxes[:5], gap=2 * GRID)
        foot = FlowWidget(self.active, *boxes[5:], self.save, gap=2 * GRID, align_bottom=True)
        card.setLayout(column(title, fields, foot, margin=2 * GRID))
        return card

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

    def _show_fields(self) -> None:
        """Show the fields of the chosen kind."""
        kind = str(self.kind.currentData())
        self.key.clear()
        for key, name in words.KEYS.get(kind, {}).items():
            self.key.addItem(name, key)
        self.boxes["key"].setVisible(kind in words.KEYS)
        self.boxes["text"].setVisible(kind in words.TEXT_CAPTIONS)
        self.boxes["text"].set_caption(words.TEXT_CAPTIONS.get(kind, ""))
        self.boxes["number"].setVisible(kind in words.NUMBER_CAPTIONS)
        self.boxes["number"].set_caption(words.NUMBER_CAPTIONS.get(kind, ""))
        self.boxes["answers"].setVisible(kind == "satisfaction_question")
        self.active.setVisible(kind in ("notice", "late_reason", "satisfaction_question"))

    def _show_line(self, line: CounterRuleLine) -> None:
        """Fill the form with a rule, to begin again from a day on."""
        value = line.value
        self.kind.setCurrentIndex(self.kind.findData(line.kind))
        self.key.setCurrentIndex(max(0, self.key.findData(line.key), self.key.findData("")))
        self.text.setText(str(value.get("text") or value.get("name") or ""))
        number = next((value[name] for name in ("working_days", "days", "day", "years") if value.get(name)), "")
        self.number.setText(str(number))
        answers = value.get("answers", {})
        self.answers.setText(" ; ".join(answers[points] for points in sorted(answers, reverse=True)))
        self.active.setChecked(bool(value.get("active", True)))
        self.text.setFocus()

    def _value(self, kind: str) -> dict[str, Any]:
        """Return the value of the form.

        Raises Refusal `rule_shape` for a number that is none.
        """
        text = self.text.text().strip()
        value: dict[str, Any] = {"name" if kind in ("late_reason", "retention") else "text": text}
        if kind in words.NUMBER_CAPTIONS:
            typed = self.number.text().strip()
            if not typed.isdecimal() and not (kind == "retention" and not typed):
                raise Refusal("rule_shape", "number")
            name = {"feedback_term": "working_days", "report_period": "day"}.get(kind, "years")
            value = {**(value if kind == "retention" else {}), name: int(typed) if typed else None}
        if kind == "satisfaction_question" and self.answers.text().strip():
            parts = [part.strip() for part in self.answers.text().split(";")]
            value["answers"] = {str(2 - place): part for place, part in enumerate(parts)}
        if not self.active.isHidden() and not self.active.isChecked():
            value["active"] = False
        return value

    def _save(self) -> None:
        day = self.from_day.day
        kind = str(self.kind.currentData())
        try:
            value = self._value(kind)
        except Refusal:
            self.boxes["number"].show_error(_NUMBER)
            return
        key = str(self.key.currentData() or "") or self._free_key()
        value = {**self._hidden_parts(kind, key), **value}
        command = SaveCounterRule(kind, key, value, day, self.decision.text().strip())
        self.save.setEnabled(False)
        self.runner.write(
            save_counter_rule, command, lambda lines: self._saved(day, lines), on_error=self._refused, source=self
        )

    def _free_key(self) -> str:
        words_of_text = "".join(c if c.isalnum() else " " for c in fold_text(self.text.text()))
        return "-".join(words_of_text.split())[:60]

    def _hidden_parts(self, kind: str, key: str) -> dict[str, Any]:
        """Return the parts of the replaced rule that the form does not show."""
        value = next((line.value for line in self._lines if (line.kind, line.key) == (kind, key)), {})
        return {name: value[name] for name in _HIDDEN_PARTS.get(kind, ()) if name in value}

    def _saved(self, day: date, lines: Sequence[CounterRuleLine]) -> None:
        self.save.setEnabled(True)
        self._on_loaded(lines)
        self.post_message(Level.DONE, _SAVED.format(day=format_day(day)))

    def _refused(self, error: Exception) -> bool:
        self.save.setEnabled(True)
        if not isinstance(error, Refusal):
            return False
        field = {"name": "text", "working_days": "number", "day": "number", "years": "number"}.get(
            error.field or "", error.field or ""
        )
        box = self.boxes.get(field)
        if box is None or box.isHidden():
            return False
        box.show_error(error_sentence(error))
        return True
