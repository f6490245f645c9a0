"""Reports page (F5): every report as a table, charts, files and print."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.models.enums import ReportName
from app.services.reporting.export import Report, ReportColumn, ReportSection, report_file, report_json
from app.ui.kit.dates import format_day
from app.ui.kit.file_dialogs import AcceptsFiles, choose_save_file
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.layouts import PartSwitch
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.style import set_style_property
from app.ui.kit.tables import TableOrHint
from app.ui.kit.widgets import Choice, button, column, label
from app.ui.printing.printer import raster
from app.ui.reports.chart_view import ChartView, stacked
from app.ui.reports.figure_list import ALL, FigureList
from app.ui.reports.figure_query import figure_query, other_periods, shown_sections
from app.ui.reports.more_actions import MoreActions
from app.ui.reports.report_choices import ReportChoices
from app.ui.reports.section_table import SectionModel, SectionTable
from app.ui.reports.texts_dialog import TextsDialog
from app.usecases.reporting.charts import ChartReport, Charts, chart_report
from app.usecases.reporting.dossier_lists import list_figure
from app.usecases.reporting.records import SaveReportTexts, save_report_texts
from app.usecases.reporting.tables import make_report
from app.wording.reports.papers import check_line, ratio_line
from app.wording.reports.values import cell_text

_SCREEN_DPI, _SECTION_LENGTH = 130, 18
_FILES = {
    "xlsx": "Bảng Excel (*.xlsx)",
    "docx": "Văn bản Word (*.docx)",
    "pdf": "Tệp PDF (*.pdf)",
}
_EMPTY = "Kỳ này chưa có số liệu. Chọn kỳ khác, hoặc tiếp nhận hồ sơ ở F2; số liệu tự cộng từ sổ."
_BALANCED = "Các đẳng thức đều khớp: nhận = đã giải quyết + đang giải quyết + rút, dừng + trả lại, từ chối."
_UNBALANCED = "Có đẳng thức không khớp, báo quản trị trước khi gửi:\n"


class ReportsPage(AcceptsFiles):
    """Page of the reports.

    Signals: `sheet_print_requested(PDF of A4 sheets, its name)`, `tables_requested(dropped file or None)`.
    """

    sheet_print_requested = Signal(object, str)
    tables_requested = Signal(object)
    title = "Báo cáo"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.report: Report | None = None
        self.sections: Sequence[ReportSection] = ()
        self.charts: Charts | None = None
        self.choices = ReportChoices(runner)
        self.view = Choice((("table", "Bảng số"), ("picture", "Biểu đồ")), "table")
        self.view.setAccessibleName("Xem bảng số hay biểu đồ")
        self._make_buttons()
        self.model = SectionModel()
        self.table = SectionTable(self.model, "Báo cáo")
        self.table.setObjectName("reports.table")
        self.checks = label(wrap=True)
        self.facts = label(role="caption", wrap=True)
        self.picture = ChartView("Biểu đồ kết quả giải quyết hồ sơ")
        self.picture.setObjectName("reports.picture")
        self.dossiers = FigureList()
        body = QWidget()
        self._views = QStackedLayout(body)
        table = QWidget()
        content = column(TableOrHint(self.table, _EMPTY), self.checks)
        content.setStretch(0, 1)
        table.setLayout(content)
        for view in (table, self.picture, self.dossiers):
            self._views.addWidget(view)
        shown, rates = QWidget(), QWidget()
        rates.setLayout(column(self.facts))
        self.part_switch = PartSwitch(
            self, {"Số liệu": (shown,), "Tỷ lệ": (rates,), "Chọn báo cáo, kỳ": (self.choices,)}
        )
        results = column(self._button_line(), body)
        results.setStretch(1, 1)
        shown.setLayout(results)
        page = column(self.part_switch, self.choices, rates, shown)
        page.setStretch(3, 1)
        self.setLayout(page)
        self._show_view(self.view.value)
        self._connect_signals()
        self.choices.find_period()
        self.setAcceptDrops(True)

    def _make_buttons(self) -> None:
        self.to_excel, self.to_word = button("&Excel…"), button("&Word…")
        self.to_pdf, self.print_button = button("&PDF…"), button("&In")
        self.texts_button = button("&Lời báo cáo…")
        self.print_button.setObjectName("reports.print")
        self.more = MoreActions(self, self.runner, lambda: self.choices.query)
        self.tables_button = button("&Bảng của nơi khác…")
        self.tables_button.setObjectName("reports.tables")

    def _button_line(self) -> QWidget:
        files = self.to_excel, self.to_word, self.to_pdf, self.print_button
        buttons = self.tables_button, self.more.button, self.texts_button, *files
        return FlowWidget(self.view, expanding_spacer(), *buttons)

    def _connect_signals(self) -> None:
        self.choices.changed.connect(self._ask_again)
        self.choices.section_chosen.connect(self._show_section)
        self.tables_button.clicked.connect(self._request_tables)
        self.to_excel.clicked.connect(partial(self._export, "xlsx"))
        self.to_word.clicked.connect(partial(self._export, "docx"))
        self.to_pdf.clicked.connect(partial(self._export, "pdf"))
        self.print_button.clicked.connect(self._print)
        self.texts_button.clicked.connect(self._edit_texts)
        self.view.chosen.connect(self._show_view)
        self.table.figure_opened.connect(self._open_figure)
        self.table.dossier_opened.connect(self.open_requested)
        self.dossiers.closed.connect(self._close_figure)
        self.dossiers.rest_needed.connect(self._read_rest)
        self.dossiers.open_requested.connect(self.open_requested)

    def take_file(self, file: Path) -> None:
        """Open a dropped file on the page for tables of other programs."""
        self.tables_requested.emit(file)

    def _request_tables(self) -> None:
        self.tables_requested.emit(None)

    def focus_start(self) -> None:
        """Focus the choice of the report."""
        self.choices.name.setFocus()

    def back(self) -> bool:
        """Close the list of a figure."""
        if self._views.currentWidget() is self.dossiers:
            self._close_figure()
            return True
        return False

    def reload(self) -> None:
        """Read the report of the period."""
        self.runner.read(
            make_report, self.choices.query, self._show, key="report", activity="Đang cộng báo cáo", loads=self.model
        )
        if self.view.value == "picture":
            self._draw()

    def _ask_again(self) -> None:
        self._close_figure()
        self.mark_stale()
        self._reload_if_stale()

    def _show(self, report: Report) -> None:
        self.report = report
        self.sections = shown_sections(report)
        self.choices.show_report(report, self.sections)
        self.texts_button.setVisible(self.choices.report_name == ReportName.QUARTER)
        lines = [f"{fact.name}: {cell_text(fact.value, fact.kind)}" for fact in report.facts]
        ratios = [ratio_line(each.name, cell_text(each.percent, "percent"), each.definition) for each in report.ratios]
        self.facts.setText("\n".join([*([" · ".join(lines)] if lines else []), *ratios]))
        self.facts.setVisible(bool(self.facts.text()))
        self.part_switch.summary.set_full_text(self.choices.summary)
        self._show_section()
        self._show_checks(report)

    @property
    def _section(self) -> ReportSection:
        return self.sections[max(0, self.choices.section.currentIndex())]

    def _show_section(self) -> None:
        if self.report is None or not self.sections:
            return
        self.table.show_section(self._section, [row for row, _period in other_periods(self.report, self._section)])

    def _show_checks(self, report: Report) -> None:
        problems = [check_line(each.row, each.identity, each.expected, each.actual) for each in report.checks]
        warnings = list(report.warnings)
        good = _BALANCED if report.name.startswith(ReportName.FORM_06A) and report.table.rows else ""
        text = _UNBALANCED + "\n".join(problems) if problems else "\n".join(warnings) or good
        self.checks.setText(text)
        role = "error" if problems else "warning" if warnings else "done"
        set_style_property(self.checks, "role", role)

    def _open_figure(self, figure: ReportColumn, row: Any) -> None:
        """List the dossiers of a figure."""
        if self.report is None:
            return
        section = self._section
        query = figure_query(self.report, section, figure, row, self.choices.known_until)
        title = f"{row.get(section.columns[0].key) or ''} – {figure.heading}"
        self._figure = query, title
        self.runner.read(list_figure, query, partial(self._show_dossiers, title), key="figure")

    def _read_rest(self, step: Callable[[], None]) -> None:
        """Read all dossiers of the figure in view, then export or print."""
        query, title = self._figure

        def go_on(lines: Sequence[Any]) -> None:
            self._show_dossiers(title, lines)
            step()

        activity = "Đang đọc cả danh sách"
        self.runner.read(list_figure, replace(query, limit=ALL), go_on, key="figure", activity=activity)

    def _show_dossiers(self, title: str, lines: Sequence[Any]) -> None:
        self._views.setCurrentWidget(self.dossiers)
        self.dossiers.show_lines(title, lines)

    def _close_figure(self) -> None:
        if self._views.currentWidget() is self.dossiers:
            self._views.setCurrentIndex(int(self.view.value == "picture"))
            self.table.setFocus()

    def _show_view(self, view: str) -> None:
        self._views.setCurrentIndex(int(view == "picture"))
        for each in (self.to_excel, self.to_word):
            each.setVisible(view == "table")
        if view == "picture" and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self.charts = None
        self.picture.show_text("Đang vẽ biểu đồ…")
        query = ChartReport(self.choices.from_day.day, self.choices.to_day.day)
        self.runner.read(
            chart_report, query, self._raster, key="charts", activity="Đang vẽ biểu đồ", on_error=self._drawing_failed
        )

    def _raster(self, charts: Charts) -> None:
        self.charts = charts
        pdf = charts.pdf
        self.runner.run_background(
            lambda _ticket: stacked(raster(pdf, _SCREEN_DPI, colour=True)),
            partial(self._show_picture, charts),
            activity="Đang vẽ biểu đồ",
            pictures=True,
        )

    def _show_picture(self, charts: Charts, picture: QImage) -> None:
        if charts is self.charts:
            ratios = "; ".join(f"{ratio.value}: {ratio.definition}" for ratio in charts.sheet.ratios)
            self.picture.show_picture(picture, f"{charts.sheet.title}. {ratios}")

    def _drawing_failed(self, _error: Exception) -> bool:
        self.picture.show_text("Chưa vẽ được biểu đồ của kỳ này. Xem lại hai ngày của kỳ.")
        return False

    def _print(self) -> None:
        """Print the charts, or the report in view."""
        if self.view.value == "picture":
            if self.charts is not None:
                self.sheet_print_requested.emit(self.charts.pdf, "biểu đồ")
        elif self.report is not None:
            report = self.report
            self.runner.run_background(
                lambda _ticket: report_file(report, ".pdf"),
                lambda pdf: self.sheet_print_requested.emit(pdf, "báo cáo"),
                activity="Đang dàn trang báo cáo",
            )

    def _export(self, ending: str) -> None:
        picture = self.view.value == "picture"
        if self.report is None or (picture and self.charts is None):
            return
        first, last = self.choices.from_day.day, self.choices.to_day.day
        name = "bieu-do" if picture else f"bao-cao-{self.choices.report_name}"
        proposed = f"{name}-{first:%Y%m%d}-{last:%Y%m%d}.{ending}"
        file = choose_save_file(self, "Xuất báo cáo", proposed, _FILES[ending])
        if file is not None:
            self.write(file)

    def write(self, file: Path) -> None:
        """Write the report or the charts in view to a file."""
        report, charts, picture = self.report, self.charts, self.view.value == "picture"
        assert report is not None

        def content() -> bytes:
            return charts.pdf if picture and charts is not None else report_file(report, file.suffix.lower())

        text = f"Đã xuất báo cáo {format_day(report.first)} – {format_day(report.last)} vào {file.name}."
        self.export_file(file, content, text, "Đang xuất báo cáo")

    def _edit_texts(self) -> None:
        if self.report is None:
            return
        blocks = report_json(self.report).get("blocks") or {}
        dialog = TextsDialog({key: text or "" for key, text in blocks.items()}, self)
        if dialog.exec() and dialog.changed:
            command = SaveReportTexts(self.report.first, self.report.last, dialog.changed)
            self.runner.write(save_report_texts, command, lambda _count: self._ask_again())
