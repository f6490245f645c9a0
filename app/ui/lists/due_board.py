"""The due board: who holds how much and how urgent it is; the work of one who is away goes to another from here."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.errors import Refusal
from app.ui.kit.fonts import semibold
from app.ui.kit.runner import Changed, Level, Notice, Runner
from app.ui.kit.style import colours_in_use
from app.ui.kit.tables import Column, Index, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.dossiers.bulk import HandOverWork, Sent, hand_over_work
from app.usecases.dossiers.due_board import DueBoard, HolderLine, due_board
from app.wording.refusals import sentence

_EMPTY = "Chưa ai giữ hồ sơ nào đang giải quyết. Bấm F2 để tiếp nhận, rồi chuyển cho người giải quyết."
_HINT = "Enter: xem hồ sơ của người này · Phím cách: chuyển hết việc của người vắng cho người khác"
_COLUMNS = (
    Column("Ai đang giữ", lambda line: line.holder),
    Column("Quá hạn", lambda line: _count(line.late), 88, figures=True),
    Column("Hôm nay", lambda line: _count(line.today), 88, figures=True),
    Column("Trong 2 ngày", lambda line: _count(line.soon), 112, figures=True, spare=3),
    Column("Còn thời gian", lambda line: _count(line.later), 120, figures=True, spare=1),
    Column("Chờ dân", lambda line: _count(line.waiting), 88, figures=True),
    Column("Chờ trả", lambda line: _count(line.to_return), 88, figures=True),
    Column("Tất cả", lambda line: _count(line.total), 80, figures=True, spare=2),
    Column("Gấp nhất", lambda line: line.worst, 184, whole=True),
)
_LATE, _WORST = 1, 8


def _count(number: int) -> str:
    return str(number) if number else "–"


class BoardModel(RowsModel):
    """Holders; what is late stands out in weight and colour as well as in its column."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Late figures and the words of the most urgent in the colour of their meaning."""
        line: HolderLine = self.rows[index.row()]
        if index.column() in (_LATE, _WORST) and line.late:
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(colours_in_use().mend)
            if role == Qt.ItemDataRole.FontRole:
                return semibold()
        return super().data(index, role)


class HolderBoard(QWidget):
    """The board. Signals: `opened(holder)`; `sent(codes, holder they went to)`."""

    opened = Signal(str)
    sent = Signal(object, str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.table = RowsTable(BoardModel(_COLUMNS), "Ai đang giữ bao nhiêu hồ sơ")
        self.table.setObjectName("worklist.board")
        self.table.opened.connect(lambda line: self.opened.emit(line.holder))
        self.table.marked.connect(self.begin_take_over)
        self.setLayout(column(self._take_over_line(), TableOrWords(self.table, _EMPTY), label(_HINT, "caption")))

    def _take_over_line(self) -> QWidget:
        self.taking = QWidget()
        self._words = label(role="strong")
        self.to = QLineEdit()
        self.to.setObjectName("worklist.takeOver")
        self.to.setPlaceholderText("Ai nhận thay")
        self.box = FieldBox("", self.to, "Người nhận thay")
        self.take = button("Chuyển hết", main=True)
        away = button("Thôi")
        self.take.clicked.connect(self._take_over)
        self.to.returnPressed.connect(self._take_over)
        away.clicked.connect(self.leave)
        line = row(self._words, self.box, self.take, away)
        line.setStretch(1, 1)
        self.taking.setLayout(line)
        self.taking.hide()
        return self.taking

    def reload(self) -> None:
        """Reads the board anew."""
        self._runner.ask(due_board, DueBoard(), self._take, key="board", what="Đang xem ai giữ việc gì")

    def _take(self, lines: Sequence[HolderLine]) -> None:
        standing = self.table.current.holder if self.table.current else ""
        self.table.rows_model.show_rows(lines)
        place = next((n for n, line in enumerate(lines) if line.holder == standing), 0)
        if lines:
            self.table.selectRow(place)

    def begin_take_over(self, line: HolderLine) -> None:
        """Asks who takes over the work of one who is away."""
        self._absent = line
        self._words.setText(f"Chuyển {line.total} hồ sơ của {line.holder} cho")
        self.box.right()
        self.taking.show()
        self.to.clear()
        self.to.setFocus()

    def leave(self) -> bool:
        """Closes the question; False where none was open."""
        was_open = not self.taking.isHidden()
        self.taking.hide()
        self.table.setFocus()
        return was_open

    def _take_over(self) -> None:
        to = self.to.text().strip()
        if not to:
            self.box.wrong("Ghi tên người hoặc bộ phận nhận thay.")
            return
        if not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        self._runner.do(
            hand_over_work,
            HandOverWork(self._absent.holder, to),
            partial(self._taken, to),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self,
            otherwise=self._refused,
            what="Đang chuyển hồ sơ",
        )

    def _taken(self, to: str, sent: Sent) -> None:
        self.take.setEnabled(True)
        self.leave()
        self.reload()
        self.sent.emit(sent.codes, to)

    def _refused(self, error: Exception) -> bool:
        """One that cannot go keeps all of them where they are, and is named."""
        self.take.setEnabled(True)
        if isinstance(error, Refusal):
            self._runner.said.emit(Notice(Level.MEND, sentence(error)))
        return isinstance(error, Refusal)
