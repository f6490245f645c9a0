"""Marked dossiers of a list, and the line that sends them together."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.holder_field import HolderField
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level
from app.ui.kit.section import GroupedModel
from app.ui.kit.tables import Index
from app.ui.kit.widgets import FieldBox, button, label, row
from app.usecases.dossiers.bulk import BulkSend, SentDossiers, bulk_send
from app.wording.refusals import error_sentence

MARK_COLUMN = Column("", lambda line: "", 36, never_cut=True)
"""First column of a list whose rows can be marked."""
SEND_KEY = "1"
"""Key of sending, as on the dossier page."""


class MarkedModel(GroupedModel):
    """Rows with check marks in the first column; `marked` holds codes."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__((MARK_COLUMN, *columns))
        self.marked: set[str] = set()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the check mark of a row."""
        if role == Qt.ItemDataRole.CheckStateRole and not index.column() and not self.heading(index.row()):
            marked = self.rows[index.row()].code in self.marked
            return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def toggle_mark(self, code: str) -> None:
        """Toggle the mark of a dossier."""
        self.marked ^= {code}
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))


class SendBar(QWidget):
    """Sends the marked dossiers of a page's list to one holder, all or none.

    `codes` returns the marked ones in the order of the list.

    Signals: `sent(codes, holder)`; `unmarked()` after a refused dossier was unmarked.
    """

    sent = Signal(object, str)
    unmarked = Signal()

    def __init__(self, page: Page, name: str, model: MarkedModel, codes: Callable[[], tuple[str, ...]]) -> None:
        super().__init__()
        self._page, self._model, self._codes = page, model, codes
        self._count = label(role="strong")
        self.holder = HolderField(page.runner, f"{name}.holders")
        self.holder.setObjectName(f"{name}.holder")
        self.holder_box = FieldBox("", self.holder, "Chuyển các hồ sơ đã đánh dấu đến")
        self._send = button("1  Chuyển các hồ sơ đã đánh dấu", main=True)
        self._send.clicked.connect(self.send)
        line = row(self._count, self.holder_box, self._send)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def show_marks(self) -> None:
        """Show how many dossiers are marked; hide the line for none."""
        if self.isHidden() and self._model.marked:
            self.holder.load()
        self.setVisible(bool(self._model.marked))
        self._count.setText(f"Đã đánh dấu {len(self._model.marked)} hồ sơ")

    def take_key(self, text: str) -> bool:
        """Go to the holder if the typed key is that of sending."""
        sends = bool(self._model.marked) and text == SEND_KEY
        if sends:
            self.holder.setFocus()
        return sends

    def send(self) -> None:
        """Send the marked dossiers; a new holder is asked about first."""
        holder = self.holder.holder()
        if not self._send.isEnabled():
            return
        if question := self.holder.question():
            self.holder_box.show_error(question)
            return
        self._send.setEnabled(False)
        self._page.runner.write(
            bulk_send,
            BulkSend(self._codes(), holder),
            partial(self._sent, holder),
            changes=frozenset({Changed.DOSSIER, Changed.SYNC}),
            source=self._page,
            on_error=self._refused,
            activity="Đang chuyển hồ sơ",
        )

    def _sent(self, holder: str, sent: SentDossiers) -> None:
        self._send.setEnabled(True)
        self._model.marked -= set(sent.codes)
        self.holder.reset()
        self.sent.emit(sent.codes, holder)

    def _refused(self, error: Exception) -> bool:
        """Show the refusal and offer to unmark the refused dossier.

        One refused dossier cancels the whole hand-over.
        """
        self._send.setEnabled(True)
        code = str(error.values.get("dossier", "")) if isinstance(error, Refusal) else ""
        if not isinstance(error, Refusal) or code not in self._model.marked:
            return False
        sentence, unmark = error_sentence(error), partial(self._unmark_one, code)
        self._page.post_message(Level.ERROR, sentence, "Bỏ đánh dấu hồ sơ này", unmark)
        return True

    def _unmark_one(self, code: str) -> None:
        self._model.marked -= {code}
        self.unmarked.emit()


def sent_sentence(codes: tuple[str, ...], holder: str) -> str:
    """Return the sentence after a hand-over."""
    return f"Đã chuyển {len(codes)} hồ sơ đến {holder}."
