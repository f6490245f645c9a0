"""Worklist page (F4): dossiers grouped by urgency and by next step."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedLayout, QWidget

from app.models.instants import local_day
from app.models.text import fold_text
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.fonts import semibold
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.section import GroupedTable, group_rows
from app.ui.kit.style import LOW_WINDOW, current_colours
from app.ui.kit.tables import Index, TableOrHint
from app.ui.kit.widgets import Choice, ElidedLabel, button, column, label, row
from app.ui.lists.due_board import HolderBoard
from app.ui.lists.late_reasons import LateReasons
from app.ui.lists.send_bar import MarkedModel, SendBar, sent_sentence
from app.usecases.dossiers.queries import ListWork, WorkLine, list_work
from app.wording.status import status_name

GROUPS = {
    "late": "Quá hạn",
    "today": "Đến hạn hôm nay",
    "unpaid": "Quá hạn nộp phí, lệ phí",
    "soon": "Sắp đến hạn",
    "supplement": "Chờ bổ sung",
    "to_return": "Chờ trả kết quả",
    "later": "Còn thời gian",
}
_COLOURS = {"late": "error", "today": "warning", "unpaid": "error", "soon": "warning", "to_return": "done"}
_EMPTY = (
    "Chưa có việc nào phải làm. Hồ sơ đang giải quyết, chờ bổ sung và chờ trả sẽ hiện ở đây.\n"
    "Bấm F2 để tiếp nhận hồ sơ."
)
_NOT_FOUND = "Không có việc nào như đã gõ. Xóa ô lọc để thấy tất cả."
_COLUMNS = (
    Column("Mã hồ sơ", lambda work: work.code, 172, never_cut=True),
    Column("Người nộp", lambda work: work.name, 176),
    Column("Thủ tục", lambda work: work.procedure),
    Column("Đang ở", lambda work: work.holder or "", 160, drop_order=2),
    Column("Trạng thái", lambda work: status_name(work.status), 148, drop_order=1),
    Column("Hẹn trả", lambda work: format_day(local_day(work.due_at)) if work.due_at else "–", 104, never_cut=True),
    Column("Còn lại, đã chờ", lambda work: work.due_words, 176, never_cut=True),
)
_DUE = 7


class WorkModel(MarkedModel):
    """Model of the worklist under headings."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the colour and bold font of due texts."""
        if self.heading(index.row()) or index.column() != _DUE:
            return super().data(index, role)
        work: WorkLine = self.rows[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(current_colours(), _COLOURS.get(work.group, "ink")))
        return semibold() if role == Qt.ItemDataRole.FontRole else super().data(index, role)


class WorklistPage(Page):
    """Page of the worklist.

    Signal: `handover_list_requested(codes)` for the hand-over list of sent dossiers.
    """

    handover_list_requested = Signal(object)
    title = "Việc phải làm"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._all: tuple[WorkLine, ...] = ()
        self._holder = ""
        self.model = WorkModel()
        self.table = GroupedTable(self.model, "Việc phải làm")
        self.table.setObjectName("worklist.table")
        self.send_bar = SendBar(self, "worklist", self.model, self._marked_codes)
        self.holder = self.send_bar.holder
        self.reasons = LateReasons(self, lambda work: work.group == "late")
        self.table.row_entries = self.reasons.entries
        self.board = HolderBoard(runner)
        self.board.table.row_entries = self.reasons.holder_entries
        self.view = Choice((("work", "Theo việc"), ("people", "Theo người giữ")), "work")
        self.view.setAccessibleName("Xem theo việc hay theo người giữ")
        self.filter = QLineEdit()
        self.filter.setObjectName("worklist.filter")
        self.filter.setPlaceholderText("Gõ để lọc: tên, mã…")
        self.filter.setAccessibleName("Lọc việc phải làm")
        self._count = ElidedLabel()
        self._table_area = TableOrHint(self.table, _EMPTY)
        self._hint = label(
            "Enter: mở hồ sơ · Phím cách: đánh dấu để chuyển · Phím Menu: nguyên nhân quá hạn · Ctrl+F: lọc",
            "caption",
        )
        count_button = button("Đếm khay cuối ngày")
        count_button.setObjectName("worklist.count")
        count_button.clicked.connect(lambda: self.page_requested.emit("count"))
        self._show_all_link = button("Xem của mọi người", link=True)
        self._show_all_link.clicked.connect(partial(self.show_holder, ""))
        self._show_all_link.hide()
        seek, rest = QWidget(), QWidget()
        seek.setLayout(row(self.view, self.filter))
        seek.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        rest.setLayout(row(self._count, self._show_all_link, count_button))
        head = FlowWidget(seek, rest)
        body = QWidget()
        self._views = QStackedLayout(body)
        part = QWidget()
        part.setLayout(column(self.send_bar, self._table_area, self._hint))
        self._views.addWidget(part)
        self._views.addWidget(self.board)
        box = column(head, body)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._connect_signals()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(self.window().height() >= LOW_WINDOW)

    def _connect_signals(self) -> None:
        self.view.chosen.connect(self._show_view)
        self.board.opened.connect(self.show_holder)
        self.board.sent.connect(self._show_sent)
        self.send_bar.sent.connect(self._on_sent)
        self.send_bar.unmarked.connect(self._show)
        self.filter.textChanged.connect(self._show)
        self.filter.returnPressed.connect(self._focus_table)
        self.table.typed.connect(self._type_into_filter)
        self.table.opened.connect(lambda work: self.open_requested.emit(work.code))
        self.table.marked.connect(self._mark)

    def _marked_codes(self) -> tuple[str, ...]:
        return tuple(work.code for work in self._all if work.code in self.model.marked)

    def reload(self) -> None:
        """Read the list, and the board if it is visible."""
        self.runner.read(list_work, ListWork(self._holder), self._on_loaded, key="worklist", loads=self.model)
        self.reasons.reload()
        if self.view.value == "people":
            self.board.reload()

    def show_holder(self, holder: str) -> None:
        """Show the dossiers of one holder, or of all if the name is empty."""
        self._holder = holder
        self._show_all_link.setVisible(bool(holder))
        self.view.set_value("work")
        self.reload()
        self.table.setFocus()

    def _show_view(self, view: str) -> None:
        self._views.setCurrentIndex(int(view == "people"))
        self.filter.setEnabled(view == "work")
        if view == "people":
            self.board.reload()

    def focus_start(self) -> None:
        """Focus the worklist or the board."""
        (self.table if self.view.value == "work" else self.board.table).setFocus()

    def back(self) -> bool:
        """Leave the board, then clear the filter, the marks and the holder."""
        if self.view.value == "people":
            if not self.board.close_takeover():
                self.view.set_value("work")
                self.table.setFocus()
            return True
        if self.filter.text():
            self.filter.clear()
            self.table.setFocus()
            return True
        if self.model.marked:
            self._unmark()
            return True
        if self._holder:
            self.show_holder("")
            return True
        return False

    def begin_filter(self) -> bool:
        self.filter.setFocus()
        self.filter.selectAll()
        return True

    def _on_loaded(self, lines: Sequence[WorkLine]) -> None:
        self._all = tuple(lines)
        self.model.marked &= {line.code for line in lines}
        self._show()

    def _show(self) -> None:
        selected = self.table.current
        code = selected.code if isinstance(selected, WorkLine) else ""
        words = fold_text(self.filter.text()).split()
        matches = [work for work in self._all if _matches(work, words)]
        self._table_area.hint.setText(_NOT_FOUND if words else _EMPTY)
        self.table.show_rows(group_rows(matches, list(GROUPS.items()), lambda work: work.group))
        self.table.select_first(lambda work: work.code == code)
        holder_note = f" của {self._holder}" if self._holder else ""
        count = f"{len(matches)}" if len(matches) == len(self._all) else f"{len(matches)}/{len(self._all)}"
        self._count.set_full_text(f"{count} hồ sơ{holder_note}")
        self.send_bar.show_marks()

    def _focus_table(self) -> None:
        self.table.setFocus()

    def _type_into_filter(self, text: str) -> None:
        """Filter by a typed key; 1 goes to the holder of marked dossiers."""
        if self.send_bar.take_key(text):
            return
        self.filter.setFocus()
        self.filter.end(False)
        self.filter.insert(text)

    def _mark(self, work: WorkLine) -> None:
        self.model.toggle_mark(work.code)
        self.send_bar.show_marks()

    def _unmark(self) -> None:
        self.model.marked.clear()
        self._show()

    def _on_sent(self, codes: tuple[str, ...], holder: str) -> None:
        self._show_sent(codes, holder)
        self.reload()
        self.table.setFocus()

    def _show_sent(self, codes: tuple[str, ...], holder: str) -> None:
        on_print = partial(self.handover_list_requested.emit, codes)
        self.post_message(Level.DONE, sent_sentence(codes, holder), "In phiếu bàn giao", on_print)


def _matches(work: WorkLine, words: Sequence[str]) -> bool:
    text = fold_text(f"{work.code} {work.name} {work.procedure} {work.holder or ''} {work.due_words}")
    return all(word in text for word in words)
