"""The form of an intake: one screen, the caret flows from the procedure to the note, Enter goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.models.values import Channel, ReturnBy, TermUnit
from app.ui import asks
from app.ui.day_edit import NumberEdit
from app.ui.finder import Finder
from app.ui.intake_papers import PapersList, PapersWord, rows_of
from app.ui.intake_people import PersonFields, PrincipalFields
from app.ui.style import GRID
from app.ui.widgets import Choice, EnterGoesOn, FieldBox, OneLine, button, label, row
from app.wording.status import channel_name

if TYPE_CHECKING:
    from app.usecases.catalogue import ProcedureLine

_UNITS = (
    (TermUnit.WORKING_DAY, "ngày làm việc"),
    (TermUnit.DAY, "ngày"),
    (TermUnit.HOUR, "giờ làm việc"),
    (TermUnit.SAME_DAY, "trong ngày"),
)
_LABEL_WIDTH = 88
_NO_PROCEDURE = "Chọn thủ tục thì danh mục giấy tờ hiện ở đây."
_NO_LIST = "Danh mục chưa ghi giấy tờ cho thủ tục này; ghi giấy đã nhận ở dòng dưới."
_OTHER_ROOMS = {"procedure", "channel", "quantity", "note", "fee", "alias", "return_by"}


class IntakeForm(EnterGoesOn):
    """Everything that is typed or ticked for one dossier.

    Signals: `edited()` after any change; `procedure_changed()` when another procedure was taken or let go."""

    edited = Signal()
    procedure_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.request_id = uuid4().hex
        self.boxes: dict[str, FieldBox] = {}
        self._make_fields()
        self._lay_out()
        self._listen()
        self._name_enter_fields()
        self._show_asked()

    def _make_fields(self) -> None:
        self.procedure = Finder(eager=True)
        self.procedure.setPlaceholderText("Gõ tên, mã hoặc chữ đầu (ks: khai sinh) · mũi tên xuống: hay dùng nhất")
        self.channel = Choice([(each.value, channel_name(each)) for each in Channel], Channel.DIRECT.value)
        self.submitter = PersonFields("intake", "người nộp", with_kind=False)
        self.owner = PersonFields("intake.owner", "chủ hồ sơ", with_kind=True)
        self.principal = PrincipalFields()
        self.other_owner = QCheckBox("Chủ hồ sơ là người khác")
        self.has_principal = QCheckBox("Có người ủy quyền")
        self.papers, self._papers_word = PapersList(), PapersWord()
        self.quantity = NumberEdit(1, 999)
        words = ((ReturnBy.COUNTER, "Tại quầy"), (ReturnBy.POST, "Bưu chính"), (ReturnBy.ONLINE, "Trực tuyến"))
        self.return_by = Choice([(each.value, word) for each, word in words], ReturnBy.COUNTER.value)
        self.note, self.alias, self.term, self.fee = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.unit = QComboBox()
        for code, word in _UNITS:
            self.unit.addItem(word, code.value)
        self.extra_name, self.extra_reason = QLineEdit(), QLineEdit()
        self.extra_name.setPlaceholderText("Giấy tờ khác, ngoài danh mục")
        self.extra_reason.setPlaceholderText("Lý do nhận")
        self.add_extra = button("Thêm giấy")
        for name in ("procedure", "channel", "quantity", "note", "alias", "term", "fee"):
            getattr(self, name).setObjectName(f"intake.{name}")
        self.return_by.setAccessibleName("Nhận kết quả")

    def _boxed(self, name: str, caption: str, said: str = "", beside: bool = False) -> FieldBox:
        inner: QWidget = getattr(self, name)
        self.boxes[name] = FieldBox(caption, inner, said or caption, beside=beside)
        return self.boxes[name]

    def _lay_out(self) -> None:
        self.summary = OneLine()
        self._alias_box = self._boxed("alias", "Mã cổng cấp", "Mã hồ sơ do cổng trực tuyến cấp", beside=True)
        ticks = row(self.other_owner, self.has_principal, gap=3 * GRID)
        ticks.addStretch(1)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID - 2)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        papers = ("Giấy tờ", self._papers_box())
        lines: list[tuple[str, Any]] = [
            ("Thủ tục", self._boxed("procedure", "", "Thủ tục")),
            ("Kênh", self._channel_line()),
            ("Người nộp", self.submitter),
            ("", ticks),
            ("Chủ hồ sơ", self.owner),
            ("Ủy quyền", self.principal),
            papers,
            ("", self._extra_line()),
            ("", self._last_line()),
            ("", self._asked_line()),
        ]
        for place, (word, part) in enumerate(lines):
            self._add_line(grid, place, word, part)
        grid.setRowStretch(lines.index(papers), 100)
        grid.setRowStretch(len(lines), 1)
        self.setLayout(grid)

    def _add_line(self, grid: QGridLayout, place: int, word: str, part: Any) -> None:
        if isinstance(part, QWidget):
            grid.addWidget(part, place, 1)
        else:
            grid.addLayout(part, place, 1)
        if word:
            said = self._papers_word if part is self.boxes.get("papers") else label(word, "strong")
            lower = {"Người nộp": 26, "Chủ hồ sơ": 4, "Ủy quyền": 26, "Kênh": 6}.get(word, 7)
            said.setContentsMargins(0, lower, 0, 0)
            grid.addWidget(said, place, 0, Qt.AlignmentFlag.AlignTop)
            self._lead(part, said)

    def _lead(self, part: Any, said: QWidget) -> None:
        if part in (self.owner, self.principal):
            tick = self.other_owner if part is self.owner else self.has_principal
            for each in (part, said):
                each.hide()
                tick.toggled.connect(each.setVisible)

    def _channel_line(self) -> Any:
        line = row(self._boxed("channel", "", "Kênh thực hiện"), self._alias_box, self.summary, gap=2 * GRID)
        line.setStretch(2, 1)
        return line

    def _asked_line(self) -> QWidget:
        """What the catalogue does not know of this procedure."""
        self._asked = QWidget()
        line = row(
            self._boxed("term", "Thời hạn (chưa có trong danh mục)", beside=True),
            self._boxed("unit", "", "Đơn vị thời hạn"),
            self._boxed("fee", "Phí một bộ, đồng (trống: chưa rõ)", beside=True),
            gap=GRID,
        )
        line.addStretch(1)
        self.term.setMaximumWidth(72)
        self.fee.setMaximumWidth(144)
        self.alias.setMinimumWidth(176)
        self._asked.setLayout(line)
        return self._asked

    def _papers_box(self) -> QWidget:
        box = self._boxed("papers", "", "Giấy tờ trong hồ sơ")
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.papers_hint = label(_NO_PROCEDURE, "caption")
        box.layout().addWidget(self.papers_hint)  # type: ignore[union-attr]
        self.papers.hide()
        return box

    def _extra_line(self) -> QWidget:
        self._extra = QWidget()
        line = row(self.extra_name, self.extra_reason, self.add_extra)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        self._extra.setLayout(line)
        self._extra.hide()
        self.extra_name.setAccessibleName("Tên giấy tờ ngoài danh mục")
        self.extra_reason.setAccessibleName("Lý do nhận giấy tờ ngoài danh mục")
        return self._extra

    def _last_line(self) -> Any:
        boxes = (
            self._boxed("quantity", "Số bộ hồ sơ"),
            self._boxed("return_by", "Nhận kết quả"),
            self._boxed("note", "Ghi chú"),
        )
        line = row(gap=2 * GRID)
        for place, box in enumerate(boxes):
            line.addWidget(box, int(place == 2), Qt.AlignmentFlag.AlignTop)
        return line

    def _listen(self) -> None:
        for edit in (self.note, self.alias, self.term, self.fee):
            edit.textEdited.connect(self.edited)
        for part in (self.submitter, self.owner, self.principal, self.papers):
            part.edited.connect(self.edited)
        for choice in (self.channel, self.return_by):
            choice.chosen.connect(self.edited)
        for tick in (self.other_owner, self.has_principal):
            tick.toggled.connect(self.edited)
        self.quantity.valueChanged.connect(self.edited)
        self.unit.currentIndexChanged.connect(self.edited)
        self.channel.chosen.connect(lambda _value: self._show_asked())
        self.procedure.picked.connect(self.take_procedure)
        self.procedure.dropped.connect(self._drop_procedure)
        self.add_extra.clicked.connect(self._add_extra_paper)
        self.papers.extra_asked.connect(self._ask_extra)

    def _name_enter_fields(self) -> None:
        fields = [*self.submitter.boxes.values(), *self.owner.boxes.values(), *self.principal.boxes.values()]
        inner = [box.inner for box in fields]
        inner += [box.inner for box in self.boxes.values()]
        inner += [self.other_owner, self.has_principal, self.extra_name, self.extra_reason]
        self.enter_goes_on(*(each for each in inner if not isinstance(each, Finder | QPushButton)))

    @property
    def chosen(self) -> ProcedureLine | None:
        """The procedure taken, None while it is only typed."""
        value = self.procedure.value
        return None if value is None or not isinstance(value, asks.ProcedureLine) else value

    def take_procedure(self, line: ProcedureLine) -> None:
        """Takes a procedure: its papers, and what must be asked because the catalogue does not know it."""
        self.procedure.take(line.name, line)
        self.procedure.setToolTip(line.name)
        self.boxes["procedure"].right()
        self.summary.say(f"{line.code} · {line.field} · {line.term_text}")
        self.papers.show_papers(rows_of(line.papers))
        self._show_papers(True)
        self._show_asked()
        self.procedure_changed.emit()
        self.edited.emit()

    def _drop_procedure(self) -> None:
        self.summary.say("")
        self._show_papers(False)
        self.papers.show_papers([])
        self._show_asked()
        self.procedure_changed.emit()

    def _show_papers(self, known: bool) -> None:
        listed = known and bool(self.papers.papers.rows)
        self.papers.setVisible(listed)
        self._extra.setVisible(known and not listed)
        self._papers_word.show_keys(listed)
        self.papers_hint.setVisible(not listed)
        self.papers_hint.setText(_NO_LIST if known else _NO_PROCEDURE)

    def _show_asked(self) -> None:
        line = self.chosen
        no_term = line is not None and line.unit == TermUnit.UNKNOWN
        no_fee = line is not None and line.fee is None
        self.boxes["term"].setVisible(no_term)
        self.boxes["unit"].setVisible(no_term)
        self.boxes["fee"].setVisible(no_fee)
        self._asked.setVisible(no_term or no_fee)
        self.summary.setVisible(line is not None)
        self._alias_box.setVisible(self.channel.value == Channel.ONLINE)

    def _add_extra_paper(self) -> None:
        if name := self.extra_name.text().strip():
            self.papers.add(name, self.extra_reason.text().strip())
            self._show_papers(True)
            self.extra_name.clear()
            self.extra_reason.clear()
            self.papers.setFocus()
        else:
            self.extra_name.setFocus()

    def _ask_extra(self) -> None:
        self._extra.show()
        self.extra_name.setFocus()

    @property
    def fee_total(self) -> int | None:
        """The fee to collect in đồng, None while it is unknown."""
        line = self.chosen
        base = line.fee if line and line.fee is not None else _whole(self.fee.text())
        return base * self.quantity.value() if isinstance(base, int) else None

    @property
    def term_given(self) -> tuple[str, str] | None:
        """The term typed because the catalogue knows none."""
        limit = self.term.text().strip().replace(",", ".")
        unit = str(self.unit.currentData())
        asked = self.chosen is not None and self.chosen.unit == TermUnit.UNKNOWN
        return (limit, unit) if asked and (limit or unit == TermUnit.SAME_DAY) else None

    def read(self) -> dict[str, Any]:
        """The form as an intake line of INTERFACES §3."""
        person = self.submitter.read()
        other = self.other_owner.isChecked()
        line: dict[str, Any] = {
            "procedure": self.chosen.code if self.chosen else self.procedure.text().strip(),
            "channel": self.channel.value,
            "applicant": self.owner.read() if other else person,
            "quantity": self.quantity.value(),
            "return_by": self.return_by.value,
            "request_id": self.request_id,
        }
        asked = {
            "submitter": person if other else None,
            "principal": self.principal.read() if self.has_principal.isChecked() else None,
            "papers": self.papers.read() if self.papers.papers.rows else None,
            "term": self._term_line(),
            "fee": _whole(self.fee.text()) if self.boxes["fee"].isVisibleTo(self) else None,
            "alias": self.alias.text().strip() if self.channel.value == Channel.ONLINE else None,
            "note": self.note.text().strip(),
        }
        return line | {key: value for key, value in asked.items() if value not in (None, "")}

    def _term_line(self) -> dict[str, str] | None:
        given = self.term_given
        if given is None:
            return None
        return {"unit": given[1]} if given[1] == TermUnit.SAME_DAY else {"limit": given[0], "unit": given[1]}

    def fill(self, line: Mapping[str, Any], procedure: ProcedureLine | None) -> None:
        """Brings a draft back, with its own request number, so that saving it twice is still one dossier."""
        self.clear()
        self.request_id = str(line.get("request_id") or self.request_id)
        if procedure is not None:
            self.take_procedure(procedure)
        else:
            self.procedure.setText(str(line.get("procedure") or ""))
        self.channel.set_value(str(line.get("channel") or Channel.DIRECT))
        other = line.get("submitter")
        self.other_owner.setChecked(other is not None)
        self.submitter.fill(other if isinstance(other, Mapping) else _person(line, "applicant"))
        self.owner.fill(_person(line, "applicant") if other is not None else {})
        self.has_principal.setChecked(line.get("principal") is not None)
        self.principal.fill(_person(line, "principal"))
        if procedure is not None and "papers" in line:
            self.papers.mark_given(line["papers"])
        self._fill_rest(line)

    def _fill_rest(self, line: Mapping[str, Any]) -> None:
        self.quantity.setValue(int(line.get("quantity") or 1))
        self.return_by.set_value(str(line.get("return_by") or ReturnBy.COUNTER))
        self.note.setText(str(line.get("note") or ""))
        self.alias.setText(str(line.get("alias") or ""))
        term = _person(line, "term")
        self.term.setText(str(term.get("limit") or ""))
        if "unit" in term:
            self.unit.setCurrentIndex(self.unit.findData(term["unit"]))
        self.fee.setText(str(line.get("fee", "")))
        self._show_asked()

    def clear(self) -> None:
        """An empty form with a request number of its own, ready for the next citizen."""
        self.request_id = uuid4().hex
        self.procedure.let_go()
        self._drop_procedure()
        self.channel.set_value(Channel.DIRECT.value)
        for tick in (self.other_owner, self.has_principal):
            tick.setChecked(False)
        self.submitter.clear()
        self.owner.clear()
        self.principal.fill({})
        for edit in (self.note, self.alias, self.term, self.fee, self.extra_name, self.extra_reason):
            edit.clear()
        self.quantity.setValue(1)
        self.unit.setCurrentIndex(0)
        self.return_by.set_value(ReturnBy.COUNTER.value)
        self.all_right()

    def all_right(self) -> None:
        """Takes every red sentence away."""
        for group in (self.boxes, self.submitter.boxes, self.owner.boxes, self.principal.boxes):
            for box in group.values():
                box.right()

    @property
    def empty(self) -> bool:
        """True while there is nothing worth keeping as a draft."""
        return not self.procedure.text().strip() and self.submitter.empty and not self.note.text().strip()

    def box_of(self, field: str) -> FieldBox | None:
        """The field that a refusal names: `applicant.name`, `papers.2.reason`, `term.limit` …"""
        room, _, rest = field.partition(".")
        if room == "applicant":
            people = self.owner if self.other_owner.isChecked() else self.submitter
            return people.boxes.get(rest or "name")
        if room == "submitter":
            return self.submitter.boxes.get(rest or "name")
        if room == "principal":
            return self.principal.boxes.get(rest or "name")
        if room == "papers":
            return self.boxes["papers"] if self.papers.isVisibleTo(self) else self.boxes["procedure"]
        if room == "term":
            return self.boxes["unit" if rest == "unit" else "term"]
        return self.boxes[room] if room in _OTHER_ROOMS else None


def _whole(text: str) -> int | str | None:
    digits = text.strip().replace(".", "").replace(" ", "")
    return int(digits) if digits.isdecimal() else text.strip() or None


def _person(line: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = line.get(key)
    return found if isinstance(found, Mapping) else {}
