"""Dialog of documents that were not printed, or not confirmed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import add_key, button, column, label
from app.ui.printing.preferences import paper_label
from app.ui.printing.print_desk import short_name

if TYPE_CHECKING:
    from app.services.documents.print_queue import WaitingPaper

_EMPTY = "Không còn giấy nào chờ in."
_HINT = "Giấy của hai ngày gần đây chưa ra máy in. Enter: in giấy đang chọn."
_UNCONFIRMED = "Đã gửi máy in, chưa rõ đã ra giấy"
_QUESTION = "Giấy này đã được gửi tới máy in. Xem ở máy in: giấy đã ra chưa?"
_AT_PRINTER = (
    "Giấy này đang nằm ở máy in {printer}. Bật máy in là giấy ra, in nữa sẽ thành hai bản. Không cần nữa thì bấm «Bỏ»."
)


class PrintQueueDialog(QDialog):
    """List of waiting documents.

    `stuck_printer` returns the printer that holds up a document.

    Signals: `print_requested(tuple of WaitingPaper)`, `view_requested(WaitingPaper)`,
    `discard_requested(WaitingPaper)`, `printed_confirmed(WaitingPaper)`.
    """

    print_requested = Signal(object)
    view_requested = Signal(object)
    discard_requested = Signal(object)
    printed_confirmed = Signal(object)

    def __init__(
        self,
        waiting: tuple["WaitingPaper", ...],
        stuck_printer: Callable[["WaitingPaper"], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stuck_printer = stuck_printer
        self.setWindowTitle("Giấy chưa in")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowsModel(self._columns())
        self.table = RowsTable(self.model, "Giấy chưa in")
        self.table.setObjectName("waiting.table")
        self.table.opened.connect(self._print_one)
        self.print_button = add_key(button("In giấy đang chọn", main=True), "Ctrl+P")
        self.printed_button = add_key(button("Đã ra giấy rồi"), "Ctrl+R")
        self.print_all_button = add_key(button("In tất cả"), "Ctrl+T")
        self.view_button = add_key(button("Xem"), "Ctrl+O")
        self.discard_button, close_button = add_key(button("Bỏ"), "Delete"), button("Đóng  Esc")
        for action_button, action in (
            (self.print_button, self._print_one),
            (self.printed_button, self.printed_confirmed.emit),
            (self.view_button, self.view_requested.emit),
            (self.discard_button, self.discard_requested.emit),
        ):
            action_button.clicked.connect(partial(self._with_current, action))
        self.print_all_button.clicked.connect(lambda: self.print_requested.emit(self._never_handed()))
        close_button.clicked.connect(self.reject)
        actions = (self.print_button, self.printed_button, self.print_all_button, self.view_button, self.discard_button)
        footer = FlowWidget(*actions, expanding_spacer(), close_button)
        table_area = TableOrHint(self.table, _EMPTY)
        self.setLayout(column(label(_HINT, "caption"), table_area, footer, margin=2 * GRID))
        resize_on_screen(self, 1000, 460)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._update_buttons())
        self.show_queue(waiting)
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Lập lúc", lambda paper: format_instant(paper.prepared_at), 144, never_cut=True),
            Column("Mã hồ sơ", lambda paper: paper.code, 184, never_cut=True),
            Column("Của ai", lambda paper: paper.name, 176),
            Column("Giấy", lambda paper: short_name(paper.form, paper.title).capitalize(), 230),
            Column("Khổ", lambda paper: paper_label(paper.paper), 80, never_cut=True, drop_order=1),
            Column("Số liên", lambda paper: str(paper.copies), 72, numeric=True, drop_order=2),
            Column("Tình trạng", self.state_text),
        )

    def state_text(self, paper: "WaitingPaper") -> str:
        """Return the state of a waiting document in words."""
        printer = self._stuck_printer(paper)
        if printer:
            return f"Đang chờ ở máy in {printer}"
        return _UNCONFIRMED if paper.handed else "Chưa gửi máy in"

    def show_queue(self, waiting: tuple["WaitingPaper", ...]) -> None:
        """Show the waiting documents."""
        self.model.show_rows(waiting)
        self.table.go_to_first()
        self._update_buttons()

    def _never_handed(self) -> tuple["WaitingPaper", ...]:
        return tuple(paper for paper in self.model.rows if not paper.handed)

    def _update_buttons(self) -> None:
        paper = self.table.current
        for each in (self.print_button, self.view_button, self.discard_button):
            each.setEnabled(paper is not None)
        self.printed_button.setEnabled(paper is not None and paper.handed and not self._stuck_printer(paper))
        self.print_all_button.setEnabled(bool(self._never_handed()))

    def _print_one(self, paper: "WaitingPaper") -> None:
        printer = self._stuck_printer(paper)
        if printer:
            box = QMessageBox(
                QMessageBox.Icon.Information, self.windowTitle(), _AT_PRINTER.format(printer=printer), parent=self
            )
            box.addButton("Đóng", QMessageBox.ButtonRole.RejectRole)
            box.open()
        elif paper.handed:
            self._ask_whether_printed(paper)
        else:
            self.print_requested.emit((paper,))

    def _ask_whether_printed(self, paper: "WaitingPaper") -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), _QUESTION, parent=self)
        printed = box.addButton("Đã ra giấy", QMessageBox.ButtonRole.YesRole)
        reprint = box.addButton("Chưa ra, in lại", QMessageBox.ButtonRole.NoRole)
        later = box.addButton("Để sau", QMessageBox.ButtonRole.RejectRole)
        printed.clicked.connect(lambda: self.printed_confirmed.emit(paper))
        reprint.clicked.connect(lambda: self.print_requested.emit((paper,)))
        box.setEscapeButton(later)
        box.setDefaultButton(later)
        box.open()

    def _with_current(self, action: Callable[["WaitingPaper"], None], _checked: bool = False) -> None:
        if self.table.current is not None:
            action(self.table.current)
