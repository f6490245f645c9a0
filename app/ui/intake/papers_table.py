"""Table of the papers of an intake: tick, name, handling and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from app.models.enums import Handling
from app.ui.kit.style import ROW_HEIGHT
from app.ui.kit.widgets import column, label, tooltip_text
from app.wording.status import handling_name

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import PaperLine

Index = QModelIndex | QPersistentModelIndex
_MIN_ROWS, _MAX_ROWS = 4, 14
_WIDTHS = {0: 64, 2: 136, 3: 160}
_NARROW_BELOW = 560


class PaperRow(NamedTuple):
    """One paper; `reason` is set only for papers outside the catalogue's list."""

    name: str
    handling: str
    originals: int
    copies: int
    ticked: bool
    incomplete: bool = False
    reason: str = ""

    @property
    def missing(self) -> bool:
        """True for a required paper that is not ticked.

        A paper to be looked up is never missing.
        """
        return not self.ticked and self.handling != Handling.LOOKUP

    @property
    def counts(self) -> str:
        """Counts such as `1 bản chính, 2 bản sao`, or a dash for none."""
        parts = [f"{n} {word}" for n, word in ((self.originals, "bản chính"), (self.copies, "bản sao")) if n]
        return ", ".join(parts) or "–"


def rows_of(papers: Sequence[PaperLine]) -> list[PaperRow]:
    """Return the catalogue's papers as rows.

    A paper without a count is required only in some cases, so it is not ticked.
    """
    return [PaperRow(p.name, str(p.handling), p.originals, p.copies, _expected(p), p.incomplete) for p in papers]


def _expected(paper: PaperLine) -> bool:
    return bool(paper.originals or paper.copies) or paper.handling == Handling.LOOKUP


class PapersModel(QAbstractTableModel):
    """Table model of the papers."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PaperRow] = []
        self.narrow = False

    def show_rows(self, rows: Sequence[PaperRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def set_row(self, place: int, row: PaperRow) -> None:
        """Replace one row."""
        self.rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, 3))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        paper = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            handling = handling_name(Handling(paper.handling))
            title = f"{_title(paper)} – {handling}, {paper.counts}" if self.narrow else _title(paper)
            return (str(index.row() + 1), title, handling, paper.counts)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if paper.ticked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = f"{'Đã có' if paper.ticked else 'Chưa có'}: {_title(paper)}"
            return tooltip_text(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("Số", "Giấy tờ", "Cách nộp", "Số lượng")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _title(paper: PaperRow) -> str:
    name = f"{paper.name} (cần hoàn chỉnh tên)" if paper.incomplete else paper.name
    return f"{name} – lý do: {paper.reason}" if paper.reason else name


class PapersList(QTableView):
    """Table of papers, ticked by Space, by number or by click.

    Signals: `edited()` after a change; `extra_paper_requested()` for a paper outside the list.
    """

    edited = Signal()
    extra_paper_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("intake.papers")
        self.setAccessibleName("Giấy tờ trong hồ sơ")
        self.papers = PapersModel()
        self.setModel(self.papers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place, width in _WIDTHS.items():
            self.setColumnWidth(place, width)
        self.clicked.connect(self._clicked)
        self.show_papers([])

    def show_papers(self, rows: Sequence[PaperRow]) -> None:
        """Show the papers of a procedure and select the first."""
        self.papers.show_rows(rows)
        self._fit()
        if rows:
            self.setCurrentIndex(self.papers.index(0, 0))

    def _fit(self) -> None:
        if not self.papers.rows:
            self.updateGeometry()
            return
        self._set_narrow(self.width() < _NARROW_BELOW)
        width = self.viewport().width() - sum(w for place, w in _WIDTHS.items() if not self.isColumnHidden(place))
        rect, wrap = QRect(0, 0, max(120, width - 24), 1000), Qt.TextFlag.TextWordWrap
        for place in range(len(self.papers.rows)):
            title = str(self.papers.data(self.papers.index(place, 1)))
            self.setRowHeight(place, max(ROW_HEIGHT, self.fontMetrics().boundingRect(rect, wrap, title).height() + 2))
        self.updateGeometry()

    def _set_narrow(self, narrow: bool) -> None:
        """Show handling and counts behind the name, without own columns."""
        if narrow != self.papers.narrow:
            self.papers.narrow = narrow
            for place in (2, 3):
                self.setColumnHidden(place, narrow)

    def _height_of(self, max_rows: int) -> int:
        rows = min(max_rows, len(self.papers.rows))
        return self.horizontalHeader().sizeHint().height() + sum(map(self.rowHeight, range(rows))) + 2

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height_of(_MAX_ROWS))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height_of(_MIN_ROWS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.tick(index.row())

    def tick(self, place: int) -> None:
        """Toggle the tick of one paper.

        A ticked paper without counts becomes one original.
        """
        if not 0 <= place < len(self.papers.rows):
            return
        paper = self.papers.rows[place]
        uncounted = not (paper.originals or paper.copies) and paper.handling != Handling.LOOKUP
        originals = 1 if uncounted and not paper.ticked else paper.originals
        self.papers.set_row(place, paper._replace(ticked=not paper.ticked, originals=originals))
        self.edited.emit()

    def count(self, place: int, step: int) -> None:
        """Add `step` to the originals of a paper.

        The copies change where the paper has only copies.
        """
        if not 0 <= place < len(self.papers.rows):
            return
        paper = self.papers.rows[place]
        if paper.copies and not paper.originals:
            self.papers.set_row(place, paper._replace(copies=max(1, paper.copies + step), ticked=True))
        else:
            self.papers.set_row(place, paper._replace(originals=max(1, paper.originals + step), ticked=True))
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle on Space or a digit, count on + or -, request another paper on T."""
        place, text = self.currentIndex().row(), event.text()
        if event.key() == Qt.Key.Key_Space:
            self.tick(place)
        elif text.isdecimal() and text != "0":
            self.tick(int(text) - 1)
            self.setCurrentIndex(self.papers.index(min(int(text), len(self.papers.rows)) - 1, 0))
        elif text in ("+", "-"):
            self.count(place, 1 if text == "+" else -1)
        elif text.lower() == "t":
            self.extra_paper_requested.emit()
        else:
            super().keyPressEvent(event)

    def read(self) -> list[dict[str, Any]]:
        """Return the ticked papers for the intake line."""
        return [_to_json(paper) for paper in self.papers.rows if paper.ticked]

    @property
    def missing(self) -> list[str]:
        """Names of the required papers that are not ticked."""
        return [paper.name for paper in self.papers.rows if paper.missing and (paper.originals or paper.copies)]

    def add(self, name: str, reason: str) -> None:
        """Add a ticked paper outside the catalogue's list."""
        self.show_papers([*self.papers.rows, PaperRow(name, Handling.SUBMIT.value, 1, 0, ticked=True, reason=reason)])
        self.edited.emit()

    def restore_ticks(self, drafted: Sequence[Mapping[str, Any]]) -> None:
        """Restore ticks, counts and other papers of a draft."""
        by_name = {str(paper.get("name")): paper for paper in drafted}
        rows = [_restored(paper, by_name.pop(paper.name, None)) for paper in self.papers.rows]
        rows += [_from_draft(paper) for paper in by_name.values()]
        self.show_papers(rows)


class PapersHeading(QWidget):
    """Heading of the papers with the keys of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = label("Phím cách, số:\nđánh dấu\n+ và −: số bản\nT: giấy khác", "caption")
        self.setLayout(column(label("Giấy tờ", "strong"), self._keys, gap=2))

    def show_keys(self, listed: bool) -> None:
        """Show the keys if `listed`."""
        self._keys.setVisible(listed)


def _to_json(paper: PaperRow) -> dict[str, Any]:
    line: dict[str, Any] = {
        "name": paper.name,
        "handling": paper.handling,
        "originals": paper.originals,
        "copies": paper.copies,
    }
    return line | {"reason": paper.reason} if paper.reason else line


def _restored(paper: PaperRow, drafted: Mapping[str, Any] | None) -> PaperRow:
    if drafted is None:
        return paper._replace(ticked=False)
    return paper._replace(ticked=True, originals=int(drafted["originals"]), copies=int(drafted["copies"]))


def _from_draft(drafted: Mapping[str, Any]) -> PaperRow:
    counts = int(drafted.get("originals") or 0), int(drafted.get("copies") or 0)
    handling = str(drafted.get("handling") or Handling.SUBMIT)
    return PaperRow(str(drafted["name"]), handling, *counts, ticked=True, reason=str(drafted.get("reason") or ""))
