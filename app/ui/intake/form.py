"""The form of an intake: one screen, the caret flows from the procedure to the note, Enter goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.models.enums import Channel, ReturnBy
from app.ui.intake.papers_part import PapersPart
from app.ui.intake.person_fields import PersonFields, PrincipalFields
from app.ui.intake.preprinted import PreprintedPart
from app.ui.intake.terms import TermsLine
from app.ui.kit.date_edit import NumberEdit
from app.ui.kit.finder import SearchField
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.widgets import Choice, ElidedLabel, EnterAdvances, FieldBox, label, tooltip_text
from app.wording.status import channel_name

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine
    from app.usecases.intake.preview import PreviewPromise

_LABEL_WIDTH = 88
_MAX_PAGES = 10_000
_OTHER_FIELDS = {"procedure", "channel", "quantity", "note", "alias", "return_by", "pages"}
_TERMS = {"fee", "exempt", "settled_by"}
_PEOPLE = ("applicant", "submitter", "principal")


class IntakeForm(EnterAdvances):
    """Everything that is typed or ticked for one dossier.

    Signals: `edited()` after any change; `procedure_changed()` when another procedure was taken or let go."""

    edited = Signal()
    procedure_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.request_id = uuid4().hex
        self.replaces = ""
        self.boxes: dict[str, FieldBox] = {}
        self._make_fields()
        self._lay_out()
        self._connect_signals()
        self._set_enter_fields()
        self._update_visible_fields()

    def _make_fields(self) -> None:
        self.procedure = SearchField(eager=True)
        self.procedure.setPlaceholderText("Gõ tên, mã hoặc chữ đầu (ks: khai sinh)")
        self.preprinted = PreprintedPart(self.procedure)
        self.channel = Choice([(each.value, channel_name(each)) for each in Channel], Channel.DIRECT.value)
        self.submitter = PersonFields("intake", "người nộp", with_kind=False)
        self.owner = PersonFields("intake.owner", "chủ hồ sơ", with_kind=True)
        self.principal = PrincipalFields()
        self.other_owner = QCheckBox("Chủ hồ sơ là người khác")
        self.has_principal = QCheckBox("Có người ủy quyền")
        self.note, self.alias = QLineEdit(), QLineEdit()
        self.terms, self.papers_part = TermsLine(self.note), PapersPart(self)
        self.papers = self.papers_part.list
        self.quantity = NumberEdit(1, 999)
        self.pages: NumberEdit | None = None
        words = ((ReturnBy.COUNTER, "Tại quầy"), (ReturnBy.POST, "Bưu chính"), (ReturnBy.ONLINE, "Trực tuyến"))
        self.return_by = Choice([(each.value, word) for each, word in words], ReturnBy.COUNTER.value)
        for name in ("procedure", "channel", "quantity", "note", "alias"):
            getattr(self, name).setObjectName(f"intake.{name}")
        self.return_by.setAccessibleName("Nhận kết quả")

    def _add_box(self, name: str, caption: str, said: str = "", beside: bool = False) -> FieldBox:
        inner: QWidget = getattr(self, name)
        self.boxes[name] = FieldBox(caption, inner, said or caption, beside=beside)
        return self.boxes[name]

    def _lay_out(self) -> None:
        self.summary = ElidedLabel()
        self._replacing = label(role="look")
        self._replacing.hide()
        self._alias_box = self._add_box("alias", "Mã cổng cấp", "Mã hồ sơ do cổng trực tuyến cấp", beside=True)
        self.alias.setMinimumWidth(176)
        self.boxes["papers"] = self.papers_part.box
        ticks = (self.other_owner, self.has_principal, self.terms.exempt_tick, self.terms.elsewhere_tick)
        lines: list[tuple[str, Any]] = [
            ("", self._replacing),
            ("", self.preprinted),
            ("Thủ tục", self._add_box("procedure", "", "Thủ tục")),
            ("Kênh", self._channel_line()),
            ("Người nộp", self.submitter),
            ("", FlowWidget(*ticks, gap=2 * GRID)),
            ("Chủ hồ sơ", self.owner),
            ("Ủy quyền", self.principal),
            ("Giấy tờ", self.papers_part.box),
            ("", self.papers_part.extra),
            ("", self._last_line()),
            ("", self.terms),
        ]
        self.setLayout(self._grid(lines))

    def _grid(self, lines: Sequence[tuple[str, Any]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID - 2)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for place, (word, part) in enumerate(lines):
            self._add_line(grid, place, word, part)
            if part is self.papers_part.box:
                grid.setRowStretch(place, 100)
        grid.setRowStretch(len(lines), 1)
        return grid

    def _add_line(self, grid: QGridLayout, place: int, word: str, part: Any) -> None:
        grid.addWidget(part, place, 1)
        if word:
            said = self.papers_part.heading if part is self.papers_part.box else label(word, "strong")
            lower = {"Người nộp": 26, "Chủ hồ sơ": 4, "Ủy quyền": 26, "Kênh": 6}.get(word, 7)
            said.setContentsMargins(0, lower, 0, 0)
            grid.addWidget(said, place, 0, Qt.AlignmentFlag.AlignTop)
            self._show_with_checkbox(part, said)

    def _show_with_checkbox(self, part: Any, said: QWidget) -> None:
        if part in (self.owner, self.principal):
            tick = self.other_owner if part is self.owner else self.has_principal
            for each in (part, said):
                each.hide()
                tick.toggled.connect(each.setVisible)

    def _channel_line(self) -> Any:
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.summary.setMinimumHeight(FIELD_HEIGHT)
        return FlowWidget(self._add_box("channel", "", "Kênh thực hiện"), self._alias_box, self.summary, gap=2 * GRID)

    def _last_line(self) -> Any:
        boxes = (
            self._add_box("quantity", "Số bộ hồ sơ"),
            self._add_box("return_by", "Nhận kết quả"),
            self._add_box("note", "Ghi chú"),
        )
        self._last_line_box = FlowWidget(*boxes, gap=2 * GRID)
        return self._last_line_box

    def _make_pages(self) -> NumberEdit:
        """The pages of one original, asked where the fee is reckoned by them."""
        self.pages = NumberEdit(1, _MAX_PAGES)
        self.pages.setObjectName("intake.pages")
        box = self._add_box("pages", "Số trang bản chính")
        self._last_line_box.flow.insert_widget(1, box)
        QWidget.setTabOrder(self.quantity, self.pages)
        QWidget.setTabOrder(self.pages, self.return_by)
        self.advance_on_enter(self.pages)
        self.pages.valueChanged.connect(self.edited)
        return self.pages

    def _connect_signals(self) -> None:
        for edit in (self.note, self.alias):
            edit.textEdited.connect(self.edited)
        for part in (self.preprinted, self.submitter, self.owner, self.principal, self.papers, self.terms):
            part.edited.connect(self.edited)
        for choice in (self.channel, self.return_by):
            choice.chosen.connect(self.edited)
        for tick in (self.other_owner, self.has_principal):
            tick.toggled.connect(self.edited)
        self.quantity.valueChanged.connect(self.edited)
        self.channel.chosen.connect(lambda _value: self._update_visible_fields())
        self.procedure.picked.connect(self.choose_procedure)
        self.procedure.value_cleared.connect(self._clear_procedure)

    def _set_enter_fields(self) -> None:
        fields = [*self.submitter.boxes.values(), *self.owner.boxes.values(), *self.principal.boxes.values()]
        inner = [box.inner for box in fields]
        inner += [box.inner for box in self.boxes.values()]
        inner += [self.other_owner, self.has_principal, self.terms.exempt_tick, self.terms.elsewhere_tick]
        inner += [self.papers_part.extra_name, self.papers_part.extra_reason]
        self.advance_on_enter(*(each for each in inner if not isinstance(each, SearchField | QPushButton)))

    @property
    def chosen(self) -> ProcedureLine | None:
        """The procedure taken, None while it is only typed."""
        line: ProcedureLine | None = self.procedure.value
        return line

    def choose_procedure(self, line: ProcedureLine) -> None:
        """Takes a procedure: its papers, and what must be asked because the catalogue does not know it."""
        self.procedure.set_choice(line.name, line)
        self.procedure.setToolTip(tooltip_text(line.name))
        self.boxes["procedure"].clear_error()
        self.summary.set_full_text(procedure_summary(line))
        self.papers_part.show_procedure(line)
        self._update_visible_fields()
        self.procedure_changed.emit()
        self.edited.emit()

    def _clear_procedure(self) -> None:
        self.summary.set_full_text("")
        self.papers_part.show_procedure(None)
        self._update_visible_fields()
        self.procedure_changed.emit()

    def _update_visible_fields(self) -> None:
        line = self.chosen
        priced_per_page = line is not None and line.priced_per_page
        self.terms.show_line(line)
        if priced_per_page and self.pages is None:
            self._make_pages()
        if self.pages is not None:
            self.boxes["pages"].setVisible(priced_per_page)
        self.boxes["quantity"].set_caption("Số bản sao" if priced_per_page else "Số bộ hồ sơ")
        self.summary.setVisible(line is not None)
        self._alias_box.setVisible(self.channel.value == Channel.ONLINE)

    @property
    def entered_pages(self) -> int | None:
        """Pages of one original, where the fee asks for them."""
        line = self.chosen
        return self.pages.value() if self.pages is not None and line is not None and line.priced_per_page else None

    def promise_query(self) -> PreviewPromise | None:
        """What the right column asks: the date and the fee of what is typed so far. None before a procedure."""
        if self.chosen is None:
            return None
        from app.usecases.intake.preview import PreviewPromise

        terms = self.terms.read()
        fee, exempt, settled_by = terms.get("fee"), terms.get("exempt"), terms.get("settled_by")
        return PreviewPromise(
            self.chosen.code,
            self.preprinted.received_at,
            self.terms.entered_term,
            Channel(self.channel.value),
            fee if isinstance(fee, int) else None,
            self.entered_pages,
            None if exempt is None else exempt or "…",
            settled_by or None,
            self.quantity.value(),
        )

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
            "pages": self.entered_pages,
            "alias": self.alias.text().strip() if self.channel.value == Channel.ONLINE else None,
            "note": self.note.text().strip(),
            "replaces": self.replaces,
        }
        return (
            line
            | {key: value for key, value in asked.items() if value not in (None, "")}
            | {
                **self.terms.read(),
                **self.preprinted.read(),
            }
        )

    def fill(self, line: Mapping[str, Any], procedure: ProcedureLine | None) -> None:
        """Brings a draft back, with its own request number, so that saving it twice is still one dossier."""
        self.clear()
        self.request_id = str(line.get("request_id") or self.request_id)
        if procedure is not None:
            self.choose_procedure(procedure)
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
            self.papers.restore_ticks(line["papers"])
        self._fill_rest(line)

    def _fill_rest(self, line: Mapping[str, Any]) -> None:
        self.quantity.setValue(int(line.get("quantity") or 1))
        if self.pages is not None:
            self.pages.setValue(int(line.get("pages") or 1))
        self.return_by.set_value(str(line.get("return_by") or ReturnBy.COUNTER))
        self.note.setText(str(line.get("note") or ""))
        self.alias.setText(str(line.get("alias") or ""))
        self.terms.fill(line)
        self.preprinted.fill(line)
        self.set_replaced_code(str(line.get("replaces") or ""))
        self._update_visible_fields()

    def set_replaced_code(self, code: str) -> None:
        """Names the void dossier in whose place this one is issued; empty for none."""
        self.replaces = code
        self._replacing.setText(f"Cấp thay hồ sơ {code} đã hủy: mã cũ vẫn mở được hồ sơ mới." if code else "")
        self._replacing.setVisible(bool(code))

    def people(self) -> dict[str, Any]:
        """Who stands at the desk and for whom, as an intake line has them."""
        return {key: value for key, value in self.read().items() if key in _PEOPLE}

    def clear(self) -> None:
        """An empty form with a request number of its own, ready for the next citizen."""
        self.request_id = uuid4().hex
        self.procedure.reset()
        self._clear_procedure()
        self.channel.set_value(Channel.DIRECT.value)
        for tick in (self.other_owner, self.has_principal):
            tick.setChecked(False)
        self.submitter.clear()
        self.owner.clear()
        self.principal.fill({})
        for edit in (self.note, self.alias, self.papers_part.extra_name, self.papers_part.extra_reason):
            edit.clear()
        self._fill_rest({})
        self.clear_errors()

    def clear_errors(self) -> None:
        """Takes every red sentence away."""
        for part in (self, self.submitter, self.owner, self.principal, self.terms, self.preprinted):
            for box in part.boxes.values():
                box.clear_error()

    @property
    def empty(self) -> bool:
        """True while there is nothing worth keeping as a draft."""
        return not self.preprinted.code and self.nothing_typed

    @property
    def nothing_typed(self) -> bool:
        """True while nothing but the number of a receipt printed beforehand is told."""
        return not self.procedure.text().strip() and self.submitter.empty and not self.note.text().strip()

    def box_for_field(self, field: str) -> FieldBox | None:
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
        if room == "received_at":
            return self.preprinted.box_with_error
        if room == "term":
            return self.terms.boxes.get("unit" if rest == "unit" else "term")
        return self.terms.boxes.get(room) if room in _TERMS else self.boxes.get(room) if room in _OTHER_FIELDS else None


def _person(line: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = line.get(key)
    return found if isinstance(found, Mapping) else {}


def procedure_summary(line: ProcedureLine) -> str:
    """What tells a procedure apart; one found by a code that is in force no more says which was typed."""
    code = f"mã cũ {line.superseded_code}, nay là {line.code}" if line.superseded_code else line.code
    return f"{code} · {line.field} · {line.term_text}"
