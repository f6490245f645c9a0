"""Dialogs of drafts: the list, and the question over a half-filled form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row

if TYPE_CHECKING:
    from app.usecases.intake.draft import DraftLine

_EMPTY = "Không có bản nháp nào khác. Phần nhập dở được giữ ở đây khi mở hồ sơ khác, mất điện hoặc thoát."


def draft_name(form: Mapping[str, Any]) -> str:
    """Return the submitter's or the applicant's name, empty for none."""
    people = (form.get("submitter"), form.get("applicant"))
    names = (str(person.get("name") or "") for person in people if isinstance(person, Mapping))
    return next((name for name in names if name), "")


_COLUMNS = (
    Column("Người nộp", lambda line: draft_name(line.form) or "(chưa ghi tên)", 240),
    Column("Thủ tục", lambda line: line.procedure or "(chưa chọn)"),
    Column("Nhập lúc", lambda line: format_instant(line.saved_at), 144, never_cut=True),
)


class DraftsDialog(QDialog):
    """The other drafts of the desk; Enter opens one.

    Signals: `open_requested(form)`, `delete_requested(request_id)`.
    """

    open_requested = Signal(object)
    delete_requested = Signal(str)

    def __init__(self, lines: Sequence[DraftLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bản nháp")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = tuple(lines)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Bản nháp")
        self.table.setObjectName("drafts.table")
        self.table.opened.connect(lambda _line: self._open())
        self.open_button, self.delete_button = button("Mở lại  Enter", main=True), button("Bỏ bản nháp này")
        self.open_button.clicked.connect(self._open)
        self.delete_button.clicked.connect(self._delete)
        close_button = button("Đóng  Esc")
        close_button.clicked.connect(self.reject)
        foot = row(self.open_button, self.delete_button, gap=GRID)
        foot.addStretch(1)
        foot.addWidget(close_button)
        self.setLayout(column(TableOrHint(self.table, _EMPTY), foot, margin=2 * GRID, gap=2 * GRID))
        resize_on_screen(self, 800, 360)
        self._show()

    def _show(self) -> None:
        self.model.show_rows(self._lines)
        self.table.go_to_first()
        self.table.setFocus()
        for each in (self.open_button, self.delete_button):
            each.setEnabled(bool(self._lines))

    def _open(self) -> None:
        line = self.table.current
        if line is not None:
            self.accept()
            self.open_requested.emit(line.form)

    def _delete(self) -> None:
        line = self.table.current
        if line is not None:
            self._lines = tuple(each for each in self._lines if each is not line)
            self.delete_requested.emit(str(line.form.get("request_id") or ""))
            self._show()


class OpenDraftDialog(QDialog):
    """Question before a draft is opened over a half-filled form.

    The form becomes a draft itself, so that both stay reachable. Esc opens nothing.
    """

    def __init__(self, typed: str, opened: str, on_open: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mở bản nháp")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        text = (
            f"Đang nhập dở hồ sơ{typed and f' của {typed}'}. Mở bản nháp{opened and f' của {opened}'} thì phần đang "
            "nhập được giữ trong danh sách bản nháp (Ctrl+D)."
        )
        self.open_button, self.stay_button = button("Mở, giữ phần đang nhập", main=True), button("Ở lại  Esc")
        self.open_button.clicked.connect(self.accept)
        self.open_button.clicked.connect(on_open)
        self.stay_button.clicked.connect(self.reject)
        foot = row(gap=GRID)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        foot.addWidget(self.stay_button)
        heading = label("Trang tiếp nhận đang có phần nhập dở", "title")
        self.setLayout(column(heading, label(text, wrap=True), foot, margin=2 * GRID, gap=2 * GRID))
        self.open_button.setFocus()
