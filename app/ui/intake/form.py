"""Intake form: all fields of one dossier.

Enter moves to the next field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.models.enums import Channel, ReturnBy
from app.ui.intake.authority import AuthorityTick
from app.ui.intake.other_parties import CoApplicantsPart, OtherCodesPart
from app.ui.intake.papers_part import PapersPart
from app.ui.intake.person_fields import PersonFields, PrincipalFields
from app.ui.intake.place_field import PlaceField
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
_LEVELS = (("", "chưa rõ mức"), ("1", "mức 1"), ("2", "mức 2"))
_OTHER_FIELDS = {"procedure", "channel", "quantity", "note", "alias", "return_by", "pages", "level", "place"}
_TERMS = {"fee", "exempt", "settled_by"}
_PEOPLE = ("applicant", "submitter", "principal", "co_applicants")


class IntakeForm(EnterAdvances):
    """Fields of one dossier.

    Signals: `edited()` after any change; `procedure_changed()` when a procedure was chosen or cleared.
    """

    edited = Signal()
    procedure_changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
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
        self.preprinted = PreprintedPart(self.procedure, self._today)
        channels = [(channel.value, channel_name(channel)) for channel in Channel]
        self.channel = Choice(channels, Channel.DIRECT.value, wraps=True)
        self.submitter = PersonFields("intake", "người nộp", self._today, with_kind=False)
        self.owner = PersonFields("intake.owner", "chủ hồ sơ", self._today, with_kind=True)
        self.principal = PrincipalFields()
        self.co_applicants = CoApplicantsPart(self._today, lambda: self.owner.boxes["email"].inner)
        self.other_codes = OtherCodesPart(lambda: self.principal.boxes["email"].inner)
        self.level = Choice(_LEVELS, "", wraps=True)
        self.level.setToolTip("Mức tài khoản định danh của người nộp")
        self.place = self.boxes["place"] = PlaceField()
        self.other_owner = QCheckBox("Chủ hồ sơ là người khác")
        self.has_principal = QCheckBox("Có người ủy quyền")
        self.note, self.alias = QLineEdit(), QLineEdit()
        self.terms, self.papers_part = TermsLine(self.note), PapersPart(self)
        self.papers = self.papers_part.list
        self.quantity = NumberEdit(1, 999)
        self.pages: NumberEdit | None = None
        ways = ((ReturnBy.COUNTER, "Tại quầy"), (ReturnBy.POST, "Bưu chính"), (ReturnBy.ONLINE, "Trực tuyến"))
        self.return_by = Choice([(way.value, word) for way, word in ways], ReturnBy.COUNTER.value, wraps=True)
        for name in ("procedure", "channel", "quantity", "note", "alias", "level"):
            getattr(self, name).setObjectName(f"intake.{name}")
        self.return_by.setAccessibleName("Nhận kết quả")

    def _add_box(self, name: str, caption: str, accessible_name: str = "") -> FieldBox:
        inner: QWidget = getattr(self, name)
        self.boxes[name] = FieldBox(caption, inner, accessible_name or caption)
        return self.boxes[name]

    def _lay_out(self) -> None:
        self.summary = ElidedLabel()
        self._replacing = label(role="warning")
        self._replacing.hide()
        self._alias_box = self._add_box("alias", "Mã cổng cấp", "Mã hồ sơ do cổng trực tuyến cấp")
        self._level_box = self._add_box("level", "", "Mức tài khoản định danh")
        self.alias.setMinimumWidth(176)
        self.boxes["papers"] = self.papers_part.box
        people = (self.other_owner, self.co_applicants.tick, self.has_principal)
        ticks = (*people, self.other_codes.tick, self.terms.exempt_tick, self.terms.elsewhere_tick)
        lines: list[tuple[str, QWidget]] = [
            ("", self._replacing),
            ("", self.preprinted),
            ("Thủ tục", self._add_box("procedure", "", "Thủ tục")),
            ("Kênh", self._channel_line()),
            ("Người nộp", self.submitter),
            ("", FlowWidget(*ticks)),
            ("Chủ hồ sơ", self.owner),
            ("Người cùng", self.co_applicants),
            ("Ủy quyền", self.principal),
            ("Mã khác", self.other_codes),
            ("Giấy tờ", self.papers_part.box),
            ("", self.papers_part.extra),
            ("", self._last_line()),
            ("", self.terms),
        ]
        self.setLayout(self._grid(lines))

    def _grid(self, lines: Sequence[tuple[str, QWidget]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID - 3)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for place, (word, part) in enumerate(lines):
            self._add_line(grid, place, word, part)
            if part is self.papers_part.box:
                grid.setRowStretch(place, 100)
        grid.setRowStretch(len(lines), 1)
        return grid

    def _add_line(self, grid: QGridLayout, place: int, word: str, part: QWidget) -> None:
        grid.addWidget(part, place, 1)
        if word:
            heading: QWidget = self.papers_part.heading if part is self.papers_part.box else label(word, "strong")
            top = 6 if word == "Kênh" else 7
            heading.setContentsMargins(0, top, 0, 0)
            grid.addWidget(heading, place, 0, Qt.AlignmentFlag.AlignTop)
            self._show_with_checkbox(part, heading)

    def _show_with_checkbox(self, part: QWidget, heading: QWidget) -> None:
        ticks: dict[QWidget, QCheckBox] = {
            self.owner: self.other_owner,
            self.principal: self.has_principal,
            self.co_applicants: self.co_applicants.tick,
            self.other_codes: self.other_codes.tick,
        }
        if part in ticks:
            for widget in (part, heading):
                widget.hide()
                ticks[part].toggled.connect(widget.setVisible)

    def _channel_line(self) -> FlowWidget:
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.summary.setMinimumHeight(FIELD_HEIGHT)
        channel = self._add_box("channel", "", "Kênh thực hiện")
        return FlowWidget(channel, self._alias_box, self._level_box, self.place, self.summary, gap=2 * GRID)

    def _last_line(self) -> FlowWidget:
        boxes = (
            self._add_box("quantity", "Số bộ hồ sơ"),
            self._add_box("return_by", "Nhận kết quả"),
            self._add_box("note", "Ghi chú"),
        )
        self._last_line_box = FlowWidget(*boxes, gap=2 * GRID)
        return self._last_line_box

    def _create_pages_field(self) -> None:
        """Create the field for the pages of one original, for fees by the page."""
        self.pages = NumberEdit(1, _MAX_PAGES)
        self.pages.setObjectName("intake.pages")
        box = self._add_box("pages", "Số trang bản chính")
        self._last_line_box.flow.insert_widget(1, box)
        QWidget.setTabOrder(self.quantity, self.pages)
        QWidget.setTabOrder(self.pages, self.return_by)
        self.advance_on_enter(self.pages)
        self.pages.valueChanged.connect(self.edited)

    def _connect_signals(self) -> None:
        for edit in (self.note, self.alias):
            edit.textEdited.connect(self.edited)
        people = (self.submitter, self.owner, self.principal, self.co_applicants)
        for part in (self.preprinted, *people, self.other_codes, self.papers, self.terms):
            part.edited.connect(self.edited)
        for choice in (self.channel, self.return_by, self.level):
            choice.chosen.connect(self.edited)
        for tick in (self.other_owner, self.has_principal):
            tick.toggled.connect(self.edited)
        self.place.chosen.connect(self.edited)
        self.quantity.valueChanged.connect(self.edited)
        self.channel.chosen.connect(lambda _value: self._update_visible_fields())
        self.procedure.picked.connect(self.choose_procedure)
        self.procedure.value_cleared.connect(self._clear_procedure)
        AuthorityTick(self, self)  # after the connection that shows the papers of a procedure

    def _set_enter_fields(self) -> None:
        fields = [*self.submitter.boxes.values(), *self.owner.boxes.values(), *self.principal.boxes.values()]
        inner = [box.inner for box in fields]
        inner += [box.inner for box in self.boxes.values()]
        inner += [self.other_owner, self.co_applicants.tick, self.has_principal, self.other_codes.tick]
        inner += [self.terms.exempt_tick, self.terms.elsewhere_tick]
        inner += [self.papers_part.extra_name, self.papers_part.extra_reason]
        self.advance_on_enter(*(field for field in inner if not isinstance(field, SearchField | QPushButton)))

    @property
    def chosen(self) -> ProcedureLine | None:
        """The chosen procedure, None while it is only typed."""
        line: ProcedureLine | None = self.procedure.value
        return line

    def choose_procedure(self, line: ProcedureLine) -> None:
        """Choose a procedure.

        Its papers are shown, and fields for what the catalogue lacks.
        """
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
            self._create_pages_field()
        if self.pages is not None:
            self.boxes["pages"].setVisible(priced_per_page)
        self.boxes["quantity"].set_caption("Số bản sao" if priced_per_page else "Số bộ hồ sơ")
        self.summary.setVisible(line is not None)
        if line is None:
            self.place.hide()
        for box in (self._alias_box, self._level_box):
            box.setVisible(self.channel.value == Channel.ONLINE)

    @property
    def entered_pages(self) -> int | None:
        """Pages of one original where the fee depends on them, else None."""
        line = self.chosen
        return self.pages.value() if self.pages is not None and line is not None and line.priced_per_page else None

    def promise_query(self) -> PreviewPromise | None:
        """Return the query for date and fee of the form, None without a procedure."""
        if self.chosen is None:
            return None
        from app.usecases.intake.preview import PreviewPromise

        terms, line = self.terms.read(), self.read()
        fee, exempt, settled_by = terms.get("fee"), terms.get("exempt"), terms.get("settled_by")
        return PreviewPromise(
            procedure=self.chosen.code,
            at=self.preprinted.received_at,
            term=self.terms.entered_term,
            channel=Channel(self.channel.value),
            fee=fee if isinstance(fee, int) else None,
            pages=self.entered_pages,
            exempt=exempt or (None if exempt is None else "…"),
            level=line.get("level"),
            birth=line["applicant"].get("birth_date"),
            settled_by=settled_by or None,
            quantity=self.quantity.value(),
            place=self.place.value or None,
        )

    def read(self) -> dict[str, Any]:
        """Return the form as an intake line (docs/formats.md)."""
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
        optional = {
            "submitter": person if other else None,
            "principal": self.principal.read() if self.has_principal.isChecked() else None,
            "pages": self.entered_pages,
            **(self._online_facts() if self.channel.value == Channel.ONLINE else {}),
            "co_applicants": self.co_applicants.read(),
            "aliases": self.other_codes.read(),
            "place": self.place.value,
            "note": self.note.text().strip(),
            "replaces": self.replaces,
        }
        filled = {key: value for key, value in optional.items() if value not in (None, "", [])}
        papers = {"papers": self.papers.read()} if self.papers.papers.rows else {}
        return line | filled | papers | self.terms.read() | self.preprinted.read()

    def _online_facts(self) -> dict[str, Any]:
        """Return what only an online dossier has."""
        return {"alias": self.alias.text().strip(), "level": int(self.level.value) if self.level.value else None}

    def fill(self, line: Mapping[str, Any], procedure: ProcedureLine | None) -> None:
        """Restore a draft with its request id.

        Because of the id, saving it twice gives one dossier.
        """
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
        self.co_applicants.fill(line.get("co_applicants"))
        self.other_codes.fill(line.get("aliases"))
        self.level.set_value(str(line.get("level") or ""))
        self.place.set_value(str(line.get("place") or ""))
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
        """Set the code of the void dossier that this one replaces; empty for none."""
        self.replaces = code
        self._replacing.setText(f"Cấp thay hồ sơ {code} đã hủy: mã cũ vẫn mở được hồ sơ mới." if code else "")
        self._replacing.setVisible(bool(code))

    def clear(self) -> None:
        """Clear the form and give it a new request id."""
        self.request_id = uuid4().hex
        self.procedure.reset()
        self._clear_procedure()
        self.channel.set_value(Channel.DIRECT.value)
        for tick in (self.other_owner, self.has_principal):
            tick.setChecked(False)
        self.submitter.clear()
        self.owner.clear()
        self.principal.fill({})
        self.co_applicants.fill([])
        self.other_codes.fill([])
        self.level.set_value("")
        for edit in (self.note, self.alias, self.papers_part.extra_name, self.papers_part.extra_reason):
            edit.clear()
        self._fill_rest({})
        self.clear_errors()

    def clear_errors(self) -> None:
        """Hide every error line."""
        for part in (self, self.submitter, self.owner, self.principal, self.terms, self.preprinted):
            for box in part.boxes.values():
                box.clear_error()
        self.co_applicants.clear_errors()
        self.other_codes.clear_errors()

    @property
    def empty(self) -> bool:
        """True while there is nothing worth saving as a draft."""
        return not self.preprinted.code and self.nothing_typed

    @property
    def nothing_typed(self) -> bool:
        """True while nothing except a preprinted receipt is filled in."""
        return not self.procedure.text().strip() and self.submitter.empty and not self.note.text().strip()

    def box_for_field(self, field: str) -> FieldBox | None:
        """Return the box of a field path.

        Examples are `applicant.name`, `papers.2.reason` and `term.limit`.
        """
        head, _, rest = field.partition(".")
        if head in (*_PEOPLE, "aliases"):
            return self._party_box(head, rest)
        if head == "papers":
            return self.boxes["papers"] if self.papers.isVisibleTo(self) else self.boxes["procedure"]
        if head == "received_at":
            return self.preprinted.box_with_error
        if head == "term":
            return self.terms.boxes.get("unit" if rest == "unit" else "term")
        return self.terms.boxes.get(head) if head in _TERMS else self.boxes.get(head) if head in _OTHER_FIELDS else None

    def _party_box(self, head: str, rest: str) -> FieldBox | None:
        """Return the box of a person's field, or of a code given elsewhere."""
        if head in ("co_applicants", "aliases"):
            place, _, name = rest.partition(".")
            return (self.co_applicants if head == "co_applicants" else self.other_codes).box(place, name)
        if head == "principal":
            return self.principal.boxes.get(rest or "name")
        in_owner = head == "applicant" and self.other_owner.isChecked()
        return (self.owner if in_owner else self.submitter).boxes.get(rest or "name")


def _person(line: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    person = line.get(key)
    return person if isinstance(person, Mapping) else {}


def people_of(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the people of an intake line."""
    return {key: value for key, value in line.items() if key in _PEOPLE}


def procedure_summary(line: ProcedureLine) -> str:
    """Return code, field and term of a procedure.

    A superseded code that was typed is named first.
    """
    code = f"mã cũ {line.superseded_code}, nay là {line.code}" if line.superseded_code else line.code
    return f"{code} · {line.field} · {line.term_text}"
