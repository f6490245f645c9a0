"""Reports page (F5): table of Biểu II.06a with checks, charts, export."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLayout, QStackedLayout, QWidget

from app.disk import save_file
from app.models.instants import local_day
from app.services.reporting.export import ReportIssuer, report_file
from app.services.reporting.figures_06a import Figures06a, Report06a
from app.services.reporting.report_06a import form_report
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_day
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.fonts import semibold
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import set_style_property
from app.ui.kit.tables import Index, RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import Choice, FieldBox, button, column, label
from app.ui.printing.printer import raster
from app.ui.reports.chart_view import ChartView
from app.usecases.reporting.charts import ChartReport, Charts, chart_report
from app.usecases.reporting.figures_06a import preset_period, report_06a

_SCREEN_DPI = 130
_PRESETS = (
    ("month", "Tháng"),
    ("quarter", "Quý"),
    ("half", "Sáu tháng"),
    ("year", "Năm"),
    ("week", "Tuần"),
    ("", "Ngày tự chọn"),
)
_FIGURES = (
    ("received", "Nhận:\ntổng số", 76),
    ("received_online", "Trực\ntuyến", 68),
    ("received_direct_post", "Trực tiếp,\nbưu chính", 92),
    ("carried_over", "Kỳ trước\nchuyển", 86),
    ("resolved", "Đã giải\nquyết", 76),
    ("resolved_early", "Trước\nhạn", 66),
    ("resolved_on_time", "Đúng\nhạn", 66),
    ("resolved_late", "Quá\nhạn", 60),
    ("pending", "Đang giải\nquyết", 90),
    ("pending_in_time", "Trong\nhạn", 66),
    ("pending_late", "Nay quá\nhạn", 80),
    ("withdrawn", "Rút,\ndừng", 64),
    ("returned_unresolved", "Trả lại,\ntừ chối", 80),
)
_EMPTY = "Kỳ này chưa có hồ sơ nào. Chọn kỳ khác, hoặc tiếp nhận hồ sơ ở F2; số liệu tự cộng từ sổ."
_BALANCED = "Các đẳng thức đều khớp: nhận = đã giải quyết + đang giải quyết + rút, dừng + trả lại, từ chối."


def _number(key: str, line: Any) -> str:
    return f"{getattr(line, key):,}".replace(",", ".")


_COLUMNS = (
    Column("Lĩnh vực", lambda line: line.field),
    *(Column(title, partial(_number, key), width, numeric=True) for key, title, width in _FIGURES),
)


def _container(layout: QLayout) -> QWidget:
    container = QWidget()
    container.setLayout(layout)
    return container


class FiguresModel(RowsModel):
    """Model of the figures; its last row is the total."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.row() == len(self.rows) - 1:
            return semibold()
        return super().data(index, role)


class ReportsPage(Page):
    """Page of the reports.

    Signal: `sheet_print_requested(PDF of one A4 sheet, its name)`.
    """

    sheet_print_requested = Signal(object, str)
    title = "Báo cáo · Biểu II.06a"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.figures: Figures06a | None = None
        self.preset = QComboBox()
        for code, caption in _PRESETS:
            self.preset.addItem(caption, code)
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.to_excel, self.to_json = button("Xuất Excel…"), button("Xuất JSON…")
        self.print_button, self.to_pdf = button("In biểu đồ"), button("Lưu PDF…")
        self.print_button.setObjectName("reports.print")
        self.view = Choice((("table", "Bảng số"), ("picture", "Biểu đồ")), "table")
        self.view.setAccessibleName("Xem bảng số hay biểu đồ")
        self.model = FiguresModel(_COLUMNS)
        self.table = RowsTable(self.model, "Biểu II.06a")
        self.table.setObjectName("reports.table")
        self.table.horizontalHeader().setFixedHeight(44)
        self.checks = label(wrap=True)
        self.picture = ChartView("Biểu đồ kết quả giải quyết hồ sơ")
        self.picture.setObjectName("reports.picture")
        self.charts: Charts | None = None
        body = QWidget()
        self._views = QStackedLayout(body)
        self._views.addWidget(_container(column(TableOrHint(self.table, _EMPTY), self.checks)))
        self._views.addWidget(self.picture)
        content = column(self._period_line(), body)
        content.setStretch(1, 1)
        self.setLayout(content)
        self._show_view(self.view.value)
        self._apply_preset()
        self._connect_signals()

    def _period_line(self) -> QWidget:
        days = FieldBox("Từ ngày", self.from_day), FieldBox("Đến hết ngày", self.to_day)
        buttons = self.to_excel, self.to_json, self.print_button, self.to_pdf
        return FlowWidget(
            FieldBox("Kỳ", self.preset, "Kỳ báo cáo"), *days, self.view, expanding_spacer(), *buttons, align_bottom=True
        )

    def _connect_signals(self) -> None:
        self.preset.currentIndexChanged.connect(self._apply_preset)
        self.from_day.userDateChanged.connect(self._use_custom_days)
        self.to_day.userDateChanged.connect(self._use_custom_days)
        self.to_excel.clicked.connect(partial(self._export, "xlsx", "Bảng Excel (*.xlsx)"))
        self.to_json.clicked.connect(partial(self._export, "json", "Tệp JSON (*.json)"))
        self.to_pdf.clicked.connect(partial(self._export, "pdf", "Tệp PDF (*.pdf)"))
        self.print_button.clicked.connect(self._print)
        self.view.chosen.connect(self._show_view)

    def _show_view(self, view: str) -> None:
        self._views.setCurrentIndex(int(view == "picture"))
        for each in (self.to_excel, self.to_json):
            each.setVisible(view == "table")
        for each in (self.print_button, self.to_pdf):
            each.setVisible(view == "picture")
        if view == "picture" and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self.charts = None
        self.picture.show_text("Đang vẽ biểu đồ…")
        query = ChartReport(self.from_day.day, self.to_day.day)
        self.runner.read(
            chart_report, query, self._raster, key="charts", activity="Đang vẽ biểu đồ", on_error=self._drawing_failed
        )

    def _raster(self, charts: Charts) -> None:
        self.charts = charts
        pdf = charts.pdf
        self.runner.run_background(
            lambda _ticket: raster(pdf, _SCREEN_DPI, colour=True)[0],
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
        if self.charts is not None:
            self.sheet_print_requested.emit(self.charts.pdf, "biểu đồ")

    def _apply_preset(self) -> None:
        code = str(self.preset.currentData())
        if code:
            starts = self.runner.desk.facts.office.quarter_starts
            first, last = preset_period(code, local_day(self.runner.desk.now()), starts)
            self.from_day.show_day(first)
            self.to_day.show_day(last)
            self.mark_stale()
            self._reload_if_stale()

    def _use_custom_days(self) -> None:
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(len(_PRESETS) - 1)
        self.preset.blockSignals(False)
        self.mark_stale()
        self._reload_if_stale()

    def focus_start(self) -> None:
        """Focus the period."""
        self.preset.setFocus()

    def reload(self) -> None:
        """Read the report of the period."""
        query = Report06a(self.from_day.day, self.to_day.day)
        self.runner.read(report_06a, query, self._show, key="report", activity="Đang cộng báo cáo")
        if self.view.value == "picture":
            self._draw()

    def _show(self, figures: Figures06a) -> None:
        self.figures = figures
        self.model.show_rows([*figures.rows, figures.total] if figures.rows else [])
        if figures.checks:
            problems = [
                f"{check.row}: {check.identity}, phải là {check.expected}, đang là {check.actual}"
                for check in figures.checks
            ]
            self.checks.setText("Có đẳng thức không khớp, báo quản trị trước khi gửi:\n" + "\n".join(problems))
        else:
            self.checks.setText(_BALANCED if figures.rows else "")
        set_style_property(self.checks, "role", "error" if figures.checks else "done")

    def _export(self, ending: str, kinds: str) -> None:
        if self.figures is None or (ending == "pdf" and self.charts is None):
            return
        first, last = self.from_day.day, self.to_day.day
        name = "bieu-do" if ending == "pdf" else "bieu-06a"
        file = choose_save_file(self, "Xuất báo cáo", f"{name}-{first:%Y%m%d}-{last:%Y%m%d}.{ending}", kinds)
        if file is not None:
            self.write(file.with_suffix(f".{ending}"))

    def write(self, file: Path) -> None:
        """Write the shown report to a file in the background."""
        figures, facts, charts = self.figures, self.runner.desk.facts, self.charts
        assert figures is not None

        def write_report() -> None:
            if file.suffix == ".pdf" and charts is not None:
                save_file(file, charts.pdf)
            else:
                ending = file.suffix.lower() or file.name
                issuer = ReportIssuer(facts.parent, facts.office_name)
                save_file(file, report_file(form_report(figures, issuer), ending))

        text = f"Đã xuất báo cáo {format_day(self.from_day.day)} – {format_day(self.to_day.day)} vào {file.name}."
        self.runner.run_background(
            lambda _ticket: write_report(),
            lambda _none: self.post_message(Level.DONE, text),
            activity="Đang xuất báo cáo",
            on_error=self._write_failed,
        )

    def _write_failed(self, error: Exception) -> bool:
        if isinstance(error, OSError):
            self.post_message(
                Level.ERROR, "Không ghi được tệp vào nơi đã chọn. Đóng tệp nếu đang mở, hoặc chọn thư mục khác."
            )
        return isinstance(error, OSError)
