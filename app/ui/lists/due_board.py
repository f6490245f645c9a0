"""Due board: dossiers per holder by urgency, and take-over of work."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.fonts import semibold
from app.ui.kit.holder_field import HolderField
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from app.ui.kit.style import current_colours
from app.ui.kit.tables import Index, RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.dossiers.bulk import ReassignWork, SentDossiers, reassign_work
from app.usecases.dossiers.due_board import DueBoard, HolderLine, due_board
from app.wording.refusals import error_sentence

_EMPTY = "Chưa ai giữ hồ sơ nào đang giải quyết. Bấm F2 để tiếp nhận, rồi chuyển cho người giải quyết."
_HINT = "Enter: xem hồ sơ · Phím cách: chuyển hết việc của người vắng · Phím Menu: nguyên nhân quá hạn"
_COLUMNS = (
    Column("Ai đang giữ", lambda line: line.holder),
    Column("Quá hạn", lambda line: _count(line.late), 88, numeric=True),
    Column("Hôm nay", lambda line: _count(line.today), 88, numeric=True),
    Column("Trong 2 ngày", lambda line: _count(line.soon), 112, numeric=True, drop_order=3),
    Column("Còn thời gian", lambda line: _count(line.later), 120, numeric=True, drop_order=1),
    Column("Chờ dân", lambda line: _count(line.waiting), 88, numeric=True),
    Column("Chờ trả", lambda line: _count(line.to_return), 88, numeric=True),
    Column("Tất cả", lambda line: _count(line.total), 80, numeric=True, drop_order=2),
    Column("Gấp nhất", lambda line: line.worst, 184, never_cut=True),
)
_LATE, _WORST = 1, 8


def _count(number: int) -> str:
    return str(number) if number else "–"


class BoardModel(RowsModel):
    """Model of the holders that highlights overdue dossiers."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return error colour and bold font for overdue cells."""
        line: HolderLine = self.rows[index.row()]
        if index.column() in (_LATE, _WORST) and line.late:
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(current_colours().error)
            if role == Qt.ItemDataRole.FontRole:
                return semibold()
        return super().data(index, role)


class HolderBoard(QWidget):
    """Widget of the board.

    Signals: `opened(holder)`; `sent(codes, receiver)` after a take-over.
    """

    opened = Signal(str)
    sent = Signal(object, str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.table = RowsTable(BoardModel(_COLUMNS), "Ai đang giữ bao nhiêu hồ sơ")
        self.table.setObjectName("worklist.board")
        self.table.opened.connect(lambda line: self.opened.emit(line.holder))
        self.table.marked.connect(self.begin_takeover)
        hint = label(_HINT, "caption", wrap=True)
        self.setLayout(column(self._build_takeover(), TableOrHint(self.table, _EMPTY), hint))

    def _build_takeover(self) -> QWidget:
        self.takeover_form = QWidget()
        self._takeover_caption = label(role="strong")
        self.receiver = HolderField(self._runner, "board.holders")
        self.receiver.setObjectName("worklist.takeOver")
        self.box = FieldBox("", self.receiver, "Người nhận thay")
        self.takeover_button = button("Chuyển hết", main=True)
        cancel_button = button("Thôi")
        self.takeover_button.clicked.connect(self._submit_takeover)
        cancel_button.clicked.connect(self.close_takeover)
        line = row(self._takeover_caption, self.box, self.takeover_button, cancel_button)
        line.setStretch(1, 1)
        self.takeover_form.setLayout(line)
        self.takeover_form.hide()
        return self.takeover_form

    def reload(self) -> None:
        """Read the board."""
        self._runner.read(
            due_board,
            DueBoard(),
            self._on_loaded,
            key="board",
            activity="Đang xem ai giữ việc gì",
            loads=self.table.rows_model,
        )

    def _on_loaded(self, lines: Sequence[HolderLine]) -> None:
        selected = self.table.current.holder if self.table.current else ""
        self.table.rows_model.show_rows(lines)
        shown = self.table.rows_model.rows
        place = next((n for n, line in enumerate(shown) if line.holder == selected), 0)
        if lines:
            self.table.selectRow(place)

    def begin_takeover(self, line: HolderLine) -> None:
        """Show the form for the receiver of the work of an absent holder."""
        self._absent = line
        self._takeover_caption.setText(f"Chuyển {line.total} hồ sơ của {line.holder} cho")
        self.box.clear_error()
        self.takeover_form.show()
        self.receiver.reset()
        self.receiver.load()
        self.receiver.setFocus()

    def close_takeover(self) -> bool:
        """Close the form; return whether it was open."""
        was_open = not self.takeover_form.isHidden()
        self.takeover_form.hide()
        self.table.setFocus()
        return was_open

    def _submit_takeover(self) -> None:
        receiver = self.receiver.holder()
        if question := self.receiver.question():
            self.box.show_error(question)
            return
        if not self.takeover_button.isEnabled():
            return
        self.takeover_button.setEnabled(False)
        self._runner.write(
            reassign_work,
            ReassignWork(self._absent.holder, receiver),
            partial(self._on_taken_over, receiver),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self,
            on_error=self._refused,
            activity="Đang chuyển hồ sơ",
        )

    def _on_taken_over(self, receiver: str, sent: SentDossiers) -> None:
        self.takeover_button.setEnabled(True)
        self.close_takeover()
        self.reload()
        self.sent.emit(sent.codes, receiver)

    def _refused(self, error: Exception) -> bool:
        """Show the refusal; one refused dossier cancels the whole take-over."""
        self.takeover_button.setEnabled(True)
        if isinstance(error, Refusal):
            self._runner.message_posted.emit(BannerMessage(Level.ERROR, error_sentence(error)))
        return isinstance(error, Refusal)
