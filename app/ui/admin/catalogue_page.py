"""Catalogue page: list of procedures, their gaps and their versions."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.models.errors import Refusal
from app.services.versions import FIRST_DAY
from app.ui.admin.catalogue_form import ProcedureForm
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day
from app.ui.kit.layouts import PageStack
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import current_colours
from app.ui.kit.tables import Index, RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import ElidedLabel, button, column, label, row
from app.ui.printing.posted_menu import PostedMenu
from app.usecases.catalogue.editing import (
    CatalogueLine,
    ListCatalogue,
    ProcedureHistory,
    SaveVersion,
    ShowProcedure,
    VersionLine,
    VersionStatus,
    list_catalogue,
    save_version,
    show_procedure,
)
from app.usecases.catalogue.publishing import PublishProcedures, publish_procedures
from app.wording.catalogue import version_state_name
from app.wording.numbers import money
from app.wording.refusals import error_sentence

_EMPTY = "Chưa có thủ tục nào. Bấm «Thêm thủ tục»; cả một bảng thì nhờ người quản trị nạp."
_NOT_FOUND = "Không có thủ tục nào như đã gõ. Gõ mã, chữ không dấu, hoặc chữ cái đầu: ks = khai sinh."
_LIST_HINT = "Enter: mở thủ tục để xem các phiên bản và sửa · Phím cách: công khai hay thôi công khai · Gõ chữ để lọc"
_SAVE = "Lưu thành phiên bản mới"


def _notes(line: CatalogueLine) -> str:
    if line.withdrawn:
        return f"Đã thay bằng {line.superseded_by}" if line.superseded_by else "Đã bãi bỏ"
    coming = f"Phiên bản mới từ {format_day(line.coming)}" if line.coming else ""
    missing = f"Cần hoàn chỉnh: {', '.join(line.missing)}" if line.missing else ""
    return " · ".join(part for part in (coming, missing) if part)


def _fee(line: CatalogueLine) -> str:
    if line.priced_per_page:
        return "theo trang"
    return "chưa rõ" if line.fee is None else money(line.fee)


def _valid_from_text(version: VersionLine) -> str:
    return "từ đầu" if version.valid_from == FIRST_DAY else format_day(version.valid_from)


_LINES = (
    Column("Mã", lambda line: line.code, 96, never_cut=True),
    Column("Thủ tục", lambda line: line.name),
    Column("Lĩnh vực", lambda line: line.field, 128, drop_order=1),
    Column("Thời hạn", lambda line: line.term_text, 136),
    Column("Phí", _fee, 96, never_cut=True),
    Column("Phiên bản", lambda line: str(line.version), 88, numeric=True),
    Column("Công khai", lambda line: "có" if line.published else "không", 88, drop_order=2),
    Column("Ghi chú", _notes, 272),
)
_VERSIONS = (
    Column("Phiên bản", lambda version: str(version.version), 88),
    Column("Hiệu lực từ", _valid_from_text, 104, never_cut=True),
    Column("Tình trạng", lambda version: version_state_name(version.standing)),
    Column("Đang giải quyết", lambda version: str(version.running), 128, numeric=True),
    Column("Tất cả hồ sơ", lambda version: str(version.dossiers), 112, numeric=True),
)


class CatalogueModel(RowsModel):
    """Model of procedures that colours incomplete and withdrawn ones."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return warning colour for gaps and muted colour if withdrawn."""
        line: CatalogueLine = self.rows[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == len(_LINES) - 1 and line.missing:
            return QColor(current_colours().warning)
        if role == Qt.ItemDataRole.ForegroundRole and line.withdrawn:
            return QColor(current_colours().quiet)
        return super().data(index, role)


class CataloguePage(Page):
    """Page of the catalogue (Danh mục thủ tục).

    Signal: `sheet_print_requested(PDF of posted papers, its name)`.
    """

    sheet_print_requested = Signal(object, str)
    title = "Danh mục thủ tục"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.history: ProcedureHistory | None = None
        self._all: tuple[CatalogueLine, ...] = ()
        self._keep_running = self._altered = self._discard_warned = False
        self._layers = PageStack()
        self._layers.addWidget(self._list_part())
        self._layers.addWidget(self._form_part())
        self.setLayout(column(self._layers))

    def _list_part(self) -> QWidget:
        self.filter = QLineEdit()
        self.filter.setObjectName("catalogue.filter")
        self.filter.setPlaceholderText("Mã, tên hoặc chữ đầu: ks")
        self.filter.setAccessibleName("Lọc danh mục thủ tục")
        self.only_missing = QCheckBox("Chỉ thủ tục cần hoàn chỉnh")
        self._count = label(role="caption")
        self.table = RowsTable(CatalogueModel(_LINES), "Danh mục thủ tục")
        self.table.setObjectName("catalogue.table")
        self._table_area = TableOrHint(self.table, _EMPTY)
        new = button("Thêm thủ tục")
        new.setObjectName("catalogue.new")
        new.clicked.connect(self.begin_new)
        self.posted = PostedMenu(self, self._chosen, self.sheet_print_requested.emit)
        head = row(self.filter, self.only_missing, self.posted.button, new)
        head.setStretch(0, 1)
        part = QWidget()
        part.setLayout(column(head, self._count, self._table_area, label(_LIST_HINT, "caption")))
        self.filter.textChanged.connect(lambda _text: self.reload())
        self.filter.returnPressed.connect(self.table.setFocus)
        self.only_missing.toggled.connect(lambda _on: self._show_lines())
        self.table.opened.connect(lambda line: self.open_code(line.code))
        self.table.marked.connect(self.toggle_published)
        return part

    def _form_part(self) -> QWidget:
        self.versions = RowsTable(RowsModel(_VERSIONS), "Các phiên bản")
        self.versions.setObjectName("catalogue.versions")
        self.versions.opened.connect(self._edit_from_version)
        versions = QWidget()
        versions.setLayout(column(label("Các phiên bản · Enter: lấy làm gốc để sửa", "strong"), self.versions))
        self.form = ProcedureForm(versions)
        self._summary = ElidedLabel()
        self.save = button(_SAVE, main=True)
        self.save.setObjectName("catalogue.save")
        self.save.clicked.connect(self.save_form)
        back_button = button("Về danh mục")
        back_button.clicked.connect(self.close_form)
        head = row(self._summary, back_button, self.save)
        head.setStretch(0, 1)
        self.form.altered.connect(self._on_edited)
        part = QWidget()
        box = column(head, self.form)
        box.setStretch(1, 1)
        part.setLayout(box)
        return part

    def reload(self) -> None:
        """Read the procedures that match the filter."""
        query = ListCatalogue(self.filter.text())
        self.runner.read(
            list_catalogue,
            query,
            self._on_loaded,
            key="catalogue",
            activity="Đang đọc danh mục",
            loads=self.table.rows_model,
        )

    def focus_start(self) -> None:
        """Focus the filter of the list."""
        if self._layers.currentIndex() == 0:
            self.filter.setFocus()

    def begin_filter(self) -> bool:
        if self._layers.currentIndex() == 0:
            self.filter.setFocus()
            self.filter.selectAll()
        return True

    def back(self) -> bool:
        """Close the form, or clear the filter of the list."""
        if self._layers.currentIndex() == 1:
            self.close_form()
            return True
        was_filtered = bool(self.filter.text())
        self.filter.clear()
        return was_filtered

    def close_form(self) -> None:
        """Return to the list; unsaved changes cause one warning first."""
        if self._altered and not self._discard_warned:
            self._discard_warned = True
            self.post_message(
                Level.WARNING, "Có sửa đổi chưa lưu. Bấm Esc lần nữa để bỏ, hoặc bấm «Lưu thành phiên bản mới»."
            )
            return
        self._layers.setCurrentIndex(0)
        self._altered = False
        self.table.setFocus()
        self.reload()

    def open_code(self, code: str) -> None:
        """Open a procedure with its versions."""
        self.runner.read(
            show_procedure, ShowProcedure(code), self._show_history, key="procedure", loads=self.versions.rows_model
        )

    def begin_new(self) -> None:
        """Open an empty form for a new procedure."""
        self._show_history(ProcedureHistory("", (), ()))
        self.form.code.setFocus()

    def _on_loaded(self, lines: Sequence[CatalogueLine]) -> None:
        self._all = tuple(lines)
        self._show_lines()

    def _show_lines(self) -> None:
        only = self.only_missing.isChecked()
        shown = [line for line in self._all if line.missing or not only]
        missing = sum(bool(line.missing) for line in shown)
        self._table_area.hint.setText(_NOT_FOUND if self.filter.text().strip() or only else _EMPTY)
        selected = self.table.current
        self.table.rows_model.show_rows(shown)
        place = next(
            (n for n, line in enumerate(self.table.rows_model.rows) if selected and line.code == selected.code), 0
        )
        if shown:
            self.table.selectRow(place)
        self._count.setText(f"{len(shown)} thủ tục, {missing} cần hoàn chỉnh")

    def _chosen(self) -> tuple[str, str]:
        """Return code and field of the selected procedure."""
        line = self.table.current
        return ("", "") if line is None else (line.code, line.field)

    def toggle_published(self, line: CatalogueLine) -> None:
        """Publish a procedure, or withdraw it from publication."""
        self.runner.write(
            publish_procedures,
            PublishProcedures((line.code,), withdraw=line.published),
            lambda _publication: self._on_published(line),
            activity="Đang ghi việc công khai",
        )

    def _on_published(self, line: CatalogueLine) -> None:
        action = "Thôi công khai và tiếp nhận" if line.published else "Đã công khai và tiếp nhận"
        back = replace(line, published=not line.published)
        self.post_message(
            Level.DONE,
            f"{action} {line.code}. Thủ tục vẫn ở trong danh mục.",
            "Công khai lại" if line.published else "Thôi công khai lại",
            partial(self.toggle_published, back),
        )
        self.reload()

    def _show_history(self, history: ProcedureHistory) -> None:
        self.history = history
        shown = history.shown
        self.form.show_cells(shown.cells if shown else {"code": history.code})
        self.form.code.setEnabled(not history.versions)
        self.versions.rows_model.show_rows(tuple(reversed(history.versions)))
        self.versions.go_to_first()
        self._summary.set_full_text(_history_summary(history))
        self._reset_edit_state()
        self._layers.setCurrentIndex(1)
        if history.versions:
            self.form.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reset_edit_state(self) -> None:
        self._altered = self._discard_warned = self._keep_running = False
        self.save.setText(_SAVE)
        self.save.setEnabled(True)

    def _edit_from_version(self, version: VersionLine) -> None:
        self.form.show_cells(version.cells)
        self._altered = True
        self.post_message(Level.WARNING, f"Đang sửa tiếp từ phiên bản {version.version}. Ghi ngày hiệu lực rồi lưu.")

    def _on_edited(self) -> None:
        self._altered, self._discard_warned = True, False
        if self._keep_running:
            self._keep_running = False
            self.save.setText(_SAVE)

    def save_form(self) -> None:
        """Save the form as a new version."""
        if self.history is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        command = SaveVersion(self.form.cells(), self.history.latest, self._keep_running)
        self.runner.write(save_version, command, self._saved, on_error=self._refused, activity="Đang ghi phiên bản")

    def _saved(self, history: ProcedureHistory) -> None:
        new = next(version for version in history.versions if version.version == history.latest)
        self._show_history(history)
        running = sum(version.running for version in history.versions if version is not new)
        note = f" {running} hồ sơ đang giải quyết giữ phiên bản cũ." if running else ""
        when = "từ" if new.standing == VersionStatus.CURRENT else "cho hồ sơ tiếp nhận từ"
        self.post_message(
            Level.DONE, f"Đã lưu phiên bản {new.version}, áp dụng {when} {format_day(new.valid_from)}.{note}"
        )

    def _refused(self, error: Exception) -> bool:
        self.save.setEnabled(True)
        if not isinstance(error, Refusal):
            return False
        if error.code == "procedure_has_open":
            self._keep_running = True
            self.save.setText("Vẫn bãi bỏ")
        if error.code == "version_meanwhile" and self.history is not None:
            reopen = partial(self.open_code, self.history.code or self.form.code.text())
            self.post_message(Level.ERROR, error_sentence(error), "Mở lại thủ tục", reopen)
            return True
        return self.form.show_error(error.field or "", error_sentence(error))


def _history_summary(history: ProcedureHistory) -> str:
    if not history.versions:
        return "Thủ tục mới: ghi mã, tên, lĩnh vực; mục nào chưa biết thì để trống."
    running = sum(version.running for version in history.versions)
    instead = f" · thay cho {', '.join(history.replaces)}" if history.replaces else ""
    return f"{history.code}{instead} · {running} hồ sơ đang giải quyết"
