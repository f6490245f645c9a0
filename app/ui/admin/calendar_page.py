"""Calendar page of the office, reached from the office page (F8).

It shows a month and the decisions of its year. A decision is added or revoked here.
A change of a day lists the dossiers whose promised date it affects, so that the clerk calls the citizens.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.catalogue.calendar_changes import AddDecision, CalendarChange
from app.settings import WEEKDAYS
from app.ui.admin.month_table import MonthTable, add_months
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_day, format_instant, weekday
from app.ui.kit.layouts import FieldGrid, PartSwitch, ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.catalogue.calendar import (
    CalendarLine,
    DayDecision,
    ListCalendar,
    ListDecisions,
    RevokeDecision,
    add_decision,
    list_calendar,
    list_decisions,
    revoke_decision,
)
from app.wording.refusals import error_sentence
from app.wording.rules.counter import source_name
from app.wording.status import day_kind_name

_AFFECTED_NOTE = "Ngày đã hẹn với dân giữ nguyên cho đến khi hẹn lại; gọi cho từng người dưới đây. Enter: mở hồ sơ."
_DECISIONS = (
    Column("Ngày", lambda line: f"{weekday(_day_of(line))} {format_day(_day_of(line))}", 168, never_cut=True),
    Column("Loại", lambda line: _kind_name(line.kind), 120),
    Column("Giờ", lambda line: line.hours or "–", 184),
    Column("Căn cứ", lambda line: line.decision),
    Column("Tính từ", lambda line: format_day(line.known_from) if isinstance(line, DayDecision) else "", 104),
)
_AFFECTED = (
    Column("Mã hồ sơ", lambda line: line.code, 200, never_cut=True),
    Column("Điện thoại", lambda line: line.phone or "chưa ghi", 160, never_cut=True),
    Column("Đã hẹn", lambda line: format_instant(line.old_due_at), 160, never_cut=True),
    Column("Tính lại theo lịch mới", lambda line: format_instant(line.new_due_at) or "chưa xác định được"),
)


_MONTH_WIDTH, _WHOLE_WIDTH = 560, 1200
"""Width from which the name of every weekday is whole."""


class CalendarPage(Page):
    """Page of the calendar."""

    title = "Lịch làm việc"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.lines: Mapping[date, CalendarLine] = {}
        self.records: Sequence[DayDecision] = ()
        self._year = 0
        self._shown_date = local_day(runner.desk.now())
        self.month = MonthTable()
        hours = runner.desk.facts.office.hours
        self.month.days.open_weekdays = tuple(WEEKDAYS.index(name) for name, spans in hours.items() if spans)
        self.decisions = RowsTable(RowsModel(_DECISIONS), "Các ngày khác lịch tuần trong năm")
        self.affected = RowsTable(RowsModel(_AFFECTED), "Hồ sơ có ngày hẹn tính lại khác")
        self.affected.setObjectName("calendar.affected")
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        self._month_name = label(role="strong")
        previous, following, today = button("‹ Tháng trước"), button("Tháng sau ›"), button("Hôm nay")
        previous.clicked.connect(lambda: self.show_day(add_months(self._shown_date, -1)))
        following.clicked.connect(lambda: self.show_day(add_months(self._shown_date, 1)))
        today.clicked.connect(lambda: self.show_day(local_day(self.runner.desk.now())))
        head = row(self._month_name, previous, following, today)
        head.setStretch(0, 1)
        month = QWidget()
        box = column(head, self.month)
        box.addStretch(1)
        month.setLayout(box)
        month.setMinimumWidth(_MONTH_WIDTH)
        day = self._day_card()
        top = ResponsiveRow(month, day, stretches=(1, 0))
        self._list_title = label(role="strong")
        self._list_hint = label(_AFFECTED_NOTE, "caption")
        self._back_to_list = button("Xem lại các ngày trong năm", link=True)
        self._back_to_list.clicked.connect(self._show_decisions)
        self._year_list = TableOrHint(self.decisions, "Năm này chưa ghi ngày nào khác lịch tuần.")
        title = row(self._list_title, self._list_hint, self._back_to_list, gap=2 * GRID)
        title.setStretch(1, 1)
        lists = QWidget()
        lists.setLayout(column(title, self._year_list, self.affected))
        parts = {"Tháng": (top, month), "Ngày đang chọn": (top, day), "Cả năm": (lists,)}
        self.part_switch = PartSwitch(self, parts, least_width=_WHOLE_WIDTH)
        self.setLayout(column(self.part_switch, top, lists))
        self._show_decisions()

    def _day_card(self) -> QWidget:
        self._day, self._day_state = label(role="strong"), label(wrap=True)
        self.kind = QComboBox()
        for kind in DayKind:
            self.kind.addItem(day_kind_name(kind), kind.value)
        self.hours, self.decision, self.known_from = QLineEdit(), QLineEdit(), DayEdit()
        self.hours.setPlaceholderText("07:30-11:30")
        self.hours.setToolTip("Để trống: giờ thường lệ")
        self.boxes = {
            "kind": FieldBox("Ngày này là", self.kind),
            "hours": FieldBox("Giờ làm việc", self.hours),
            "decision": FieldBox("Căn cứ: số quyết định, lý do", self.decision),
            "known_from": FieldBox("Tính vào ngày hẹn từ ngày", self.known_from),
        }
        self.known_from.show_day(local_day(self.runner.desk.now()))
        self.add, self.remove = button("Ghi quyết định", main=True), button("Bỏ quyết định")
        self.add.clicked.connect(self._decide)
        self.remove.clicked.connect(self._remove_decision)
        card = QFrame()
        card.setObjectName("card")
        fields = FieldGrid(*self.boxes.values(), columns=1)
        inner = column(self._day, self._day_state, fields, row(self.add, self.remove), margin=2 * GRID)
        inner.addStretch(1)
        card.setLayout(inner)
        card.setMinimumWidth(384)
        return card

    def _connect_signals(self) -> None:
        self.month.chosen.connect(self._choose)
        self.month.month_requested.connect(self.show_day)
        self.decisions.opened.connect(lambda line: self.show_day(_day_of(line)))
        self.affected.opened.connect(lambda line: self.open_requested.emit(line.code))
        self.advance_on_enter(self.hours, self.decision, self.known_from)

    def reload(self) -> None:
        """Read the decisions of the year of the shown month."""
        year = self._shown_date.year
        self.runner.read(list_decisions, ListDecisions(year), self._on_records, key="decisions")
        self.runner.read(
            list_calendar,
            ListCalendar(year),
            lambda lines: self._on_loaded(year, lines),
            key="calendar",
            loads=self.decisions.rows_model,
        )

    def focus_start(self) -> None:
        """Focus the month."""
        self.month.setFocus()

    def back(self) -> bool:
        """Return from the affected dossiers to the decisions of the year."""
        if self.affected.isHidden():
            return False
        self._show_decisions()
        return True

    def show_day(self, day: date) -> None:
        """Select a day in its month."""
        self._shown_date = day
        if day.year == self._year:
            self._show_month()
        else:
            self.reload()

    def _on_loaded(self, year: int, lines: Sequence[CalendarLine]) -> None:
        self._year = year
        self.lines = {line.date: line for line in lines}
        self._show_year()
        self._show_month()

    def _on_records(self, records: Sequence[DayDecision]) -> None:
        self.records = records
        self._show_year()
        self._choose(self._shown_date)

    def _show_year(self) -> None:
        """Show the days of the year, and decisions that count later."""
        today = local_day(self.runner.desk.now())
        coming = [line for line in self.records if line.known_from > today and line.day.year == self._year]
        self.decisions.rows_model.show_rows(sorted((*self.lines.values(), *coming), key=_day_of))

    def _show_month(self) -> None:
        day = self._shown_date
        self._month_name.setText(f"Tháng {day.month} năm {day.year}")
        self.month.days.show_month(day, self.lines)
        self.month.select_day(day)
        if self.affected.isHidden():
            self._list_title.setText(f"Các ngày khác lịch tuần năm {day.year}")

    def _choose(self, day: date) -> None:
        self._shown_date = day
        name = weekday(day)
        self._day.setText(f"{name[0].upper()}{name[1:]} {format_day(day)}")
        line = self.lines.get(day)
        text = self.month.days.day_text(day) or "Ngày làm việc theo lịch tuần"
        hours, reason = (line.hours, line.decision) if line else ("", "")
        records = [record for record in self.records if record.day == day]
        self._day_state.setText("\n".join(part for part in (text, hours, reason, *map(record_text, records)) if part))
        coming = [record.known_from for record in records if record.kind is not None]
        self.remove.setVisible(line is not None or bool(coming))
        today = local_day(self.runner.desk.now())
        self.known_from.show_day(max(today, coming[-1]) if line is None and coming else today)
        for box in self.boxes.values():
            box.clear_error()

    def _decide(self) -> None:
        command = AddDecision(
            self._shown_date,
            DayKind(self.kind.currentData()),
            self.hours.text().strip(),
            self.decision.text().strip(),
            self._chosen_start,
        )
        self._change(add_decision, command)

    @property
    def _chosen_start(self) -> date | None:
        """The day from which promises follow a decision, None for today."""
        day = self.known_from.day
        return None if day == local_day(self.runner.desk.now()) else day

    def _remove_decision(self) -> None:
        self._change(revoke_decision, RevokeDecision(self._shown_date, self._chosen_start))

    def _change(self, use_case: Callable[..., CalendarChange], command: AddDecision | RevokeDecision) -> None:
        for each in (self.add, self.remove):
            each.setEnabled(False)
        self.runner.write(use_case, command, self._changed, on_error=self._refused, activity="Đang ghi lịch")

    def _changed(self, changed: CalendarChange) -> None:
        self._enable_buttons()
        self.hours.clear()
        self.decision.clear()
        count = len(changed.affected)
        if count:
            self._show_affected(changed)
            self.post_message(
                Level.WARNING, f"Đã ghi lịch. {count} hồ sơ có ngày hẹn tính lại khác ngày đã hẹn: xem danh sách dưới."
            )
        else:
            self._show_decisions()
            self.post_message(Level.DONE, "Đã ghi lịch. Không hồ sơ nào đang giải quyết phải đổi ngày hẹn.")
        self.reload()

    def _refused(self, error: Exception) -> bool:
        self._enable_buttons()
        box = self.boxes.get(error.field or "") if isinstance(error, Refusal) else None
        if box is not None and isinstance(error, Refusal):
            box.show_error(error_sentence(error))
        return box is not None

    def _enable_buttons(self) -> None:
        for each in (self.add, self.remove):
            each.setEnabled(True)

    def _show_affected(self, changed: CalendarChange) -> None:
        self.affected.rows_model.show_rows(changed.affected)
        self.affected.go_to_first()
        self._list_title.setText(f"{len(changed.affected)} hồ sơ cần gọi")
        self._show_lower(affected=True)

    def _show_decisions(self) -> None:
        self._list_title.setText(f"Các ngày khác lịch tuần năm {self._shown_date.year}")
        self._show_lower(affected=False)

    def _show_lower(self, affected: bool) -> None:
        self._year_list.setVisible(not affected)
        for each in (self.affected, self._list_hint, self._back_to_list):
            each.setVisible(affected)


def _day_of(line: CalendarLine | DayDecision) -> date:
    return line.day if isinstance(line, DayDecision) else line.date


def _kind_name(kind: DayKind | None) -> str:
    return "Theo lịch tuần" if kind is None else day_kind_name(kind)


def record_text(record: DayDecision) -> str:
    """Return a decision on record in one line, with the day it is known from."""
    parts = (
        _kind_name(record.kind).lower(),
        record.hours,
        record.decision,
        source_name(record.source) if record.source else "",
    )
    return f"Từ {format_day(record.known_from)}: {', '.join(filter(None, parts))}"
