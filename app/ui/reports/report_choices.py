"""Choices of a report: its name, period, groups and point in time."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.models.enums import FigureGroup, ReportName
from app.models.instants import OFFICE_TIME, local_day
from app.services.reporting.export import Report, ReportSection
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_day
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.runner import Runner
from app.ui.kit.widgets import FieldBox
from app.usecases.reporting.periods import FindPeriod, find_period

_SECTION_LENGTH = 18
_END_OF_DAY = time(23, 59, 59)
_CUSTOM_DAYS = ""
_PRESETS = (
    ("month", "Tháng"),
    ("quarter", "Quý"),
    ("half", "Sáu tháng"),
    ("year", "Năm"),
    ("week", "Tuần"),
    (_CUSTOM_DAYS, "Ngày tự chọn"),
)
_USUAL_PRESETS = {ReportName.QUARTER: "quarter", ReportName.WEEKLY: "week"}
_GROUPS = (
    (None, "Như biểu mẫu"),
    (FigureGroup.FIELD, "Lĩnh vực"),
    (FigureGroup.PROCEDURE, "Thủ tục"),
    (FigureGroup.HOLDER, "Người giải quyết"),
    (FigureGroup.CHANNEL, "Kênh nộp"),
    (FigureGroup.MONTH, "Tháng"),
)
_VARIANTS = (("office", "Tách rút, trả lại"), ("", "Như biểu mẫu in"))


class ReportChoices(FlowWidget):
    """Fields that choose a report.

    Signals: `changed`, when another report must be read; `section_chosen`, when another table of the same report is
    to be shown.
    """

    changed = Signal()
    section_chosen = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.name = _combo([(name, kind.caption) for name, kind in REPORTS.items()], "reports.name")
        self.preset = _combo(_PRESETS, "reports.preset")
        self.group = _combo(_GROUPS)
        self.variant = _combo(_VARIANTS)
        self.section = _combo(())
        self.section.setMinimumContentsLength(_SECTION_LENGTH)
        self.compare = _combo((("", "Không so"), ("compare", "Kỳ trước, năm trước")))
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.known = _combo((("", "Mọi việc đã nhập"), ("then", "Đến hết một ngày")), "reports.known")
        self.known_day = DayEdit()
        self.known_day.show_day(local_day(runner.desk.now()))
        self.boxes = {
            "group": FieldBox("Xếp theo", self.group),
            "variant": FieldBox("Cột", self.variant),
            "compare": FieldBox("So sánh", self.compare),
            "section": FieldBox("Bảng", self.section, "Bảng của báo cáo"),
            "known": FieldBox("Tính đến", self.known, "Số liệu tính đến"),
            "known_day": FieldBox("Đã nhập đến hết", self.known_day),
        }
        days = FieldBox("Từ ngày", self.from_day), FieldBox("Đến hết ngày", self.to_day)
        report = FieldBox("Báo cáo", self.name), FieldBox("Kỳ", self.preset, "Kỳ báo cáo")
        self.set_parts(*report, *days, *self.boxes.values())
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.name.currentIndexChanged.connect(self._choose_report)
        self.preset.currentIndexChanged.connect(self.find_period)
        for edit in (self.from_day, self.to_day):
            edit.day_changed.connect(self._use_custom_days)
        self.known_day.day_changed.connect(self.changed)
        for choice in (self.group, self.variant, self.compare, self.known):
            choice.currentIndexChanged.connect(self.changed)
        self.section.currentIndexChanged.connect(self.section_chosen)

    @property
    def report_name(self) -> str:
        """The name of the chosen report."""
        return str(self.name.currentData())

    @property
    def query(self) -> ReportQuery:
        """The query for the chosen report."""
        kind = REPORTS[self.report_name]
        chosen = self.group.currentData()
        group = FigureGroup(chosen) if chosen else None  # Qt returns a plain text
        return ReportQuery(
            name=self.report_name,
            first=self.from_day.day,
            last=self.to_day.day,
            variant=str(self.variant.currentData()) if kind.variants else "",
            group=group if group in kind.groups else None,
            compare=bool(self.compare.currentData()),
            as_of=self.known_until,
        )

    @property
    def known_until(self) -> datetime | None:
        """The end of the chosen day of entry, None for all that is entered."""
        return datetime.combine(self.known_day.day, _END_OF_DAY, OFFICE_TIME) if self.known.currentData() else None

    @property
    def summary(self) -> str:
        """The report and its period in one line."""
        return f"{self.name.currentText()} · {format_day(self.from_day.day)} – {format_day(self.to_day.day)}"

    def find_period(self) -> None:
        """Read the days of the chosen period, unless the user sets them."""
        code = str(self.preset.currentData())
        if code != _CUSTOM_DAYS:
            query = FindPeriod(code, local_day(self._runner.desk.now()))
            self._runner.read(find_period, query, self._show_period, key="figures.period")

    def show_report(self, report: Report, sections: Sequence[ReportSection]) -> None:
        """Show the choices that the report has, and its tables."""
        kind = REPORTS[self.report_name]
        self.boxes["group"].setVisible(bool(kind.groups))
        self.boxes["variant"].setVisible(bool(kind.variants))
        self.boxes["section"].setVisible(len(sections) > 1)
        self.boxes["known_day"].setVisible(bool(self.known.currentData()))
        self.section.blockSignals(True)
        self.section.clear()
        for section in sections:
            self.section.addItem(section.title or section.tab or report.title.capitalize(), section.key)
        self.section.blockSignals(False)

    def _choose_report(self) -> None:
        preset = _USUAL_PRESETS.get(ReportName(self.report_name))
        if preset is not None:
            self.preset.setCurrentIndex(self.preset.findData(preset))
        self.changed.emit()

    def _show_period(self, period: tuple[date, date]) -> None:
        self.from_day.show_day(period[0])
        self.to_day.show_day(period[1])
        self.changed.emit()

    def _use_custom_days(self) -> None:
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(self.preset.findData(_CUSTOM_DAYS))
        self.preset.blockSignals(False)
        self.changed.emit()


def _combo(choices: Sequence[tuple[Any, str]], name: str = "") -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for data, caption in choices:
        box.addItem(caption, data)
    return box
