"""Look-up page (F3): dossiers by code, name, ID number or phone."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.models.instants import local_day
from app.services.dossier_lines import DossierLine
from app.ui.kit.layouts import PartSwitch
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.section import GroupedTable
from app.ui.kit.tables import TableOrHint
from app.ui.kit.widgets import column, label
from app.ui.lists.columns import LINE_COLUMNS
from app.ui.lists.filter_bar import FilterBar
from app.ui.lists.send_bar import MarkedModel, SendBar, sent_sentence
from app.usecases.dossiers.list_choices import ListFilterChoices, list_filter_choices
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers

_PAUSE_MS = 200
_BEGIN = (
    "Gõ vào ô phía trên: mã hồ sơ, tên (có dấu hay không), số định danh, số điện thoại.\n"
    "Hoặc quét mã vạch trên giấy tiếp nhận, không cần bấm phím nào trước."
)
_NONE_FILTERED = "Không có hồ sơ nào đúng điều đang lọc. Bấm «Bỏ lọc», hoặc đổi điều lọc."


class LookupPage(Page):
    """Page of the look-up results, newest first.

    Signal: `handover_list_requested(codes)` for the hand-over list of sent dossiers.
    """

    handover_list_requested = Signal(object)
    title = "Tra cứu"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._words = self._shown_words = ""
        self._open_only = False
        self.model = MarkedModel(LINE_COLUMNS)
        self.table = GroupedTable(self.model, "Hồ sơ tìm thấy")
        self.table.setObjectName("lookup.table")
        self.table.list_note = self._list_note
        self._table_area = TableOrHint(self.table, _BEGIN)
        self._count = label(role="caption")
        self.filter_bar = FilterBar("lookup", with_days=True)
        today = local_day(runner.desk.now())
        self.filter_bar.show_days(today - timedelta(days=30), today)
        self.filter_bar.changed.connect(self.reload)
        self.send_bar = SendBar(self, "lookup", self.model, self._marked_codes)
        self.send_bar.sent.connect(self._on_sent)
        self.send_bar.unmarked.connect(self._show_marks)
        results = QWidget()
        results.setLayout(column(self._count, self.send_bar, self._table_area))
        self.part_switch = PartSwitch(self, {"Kết quả": (results,), "Lọc": (self.filter_bar,)})
        box = column(self.part_switch, self.filter_bar, results)
        box.setStretch(2, 1)
        self.setLayout(box)
        self._pause_timer = QTimer(self)
        self._pause_timer.setSingleShot(True)
        self._pause_timer.setInterval(_PAUSE_MS)
        self._pause_timer.timeout.connect(self.reload)
        self.table.opened.connect(lambda line: self.open_requested.emit(line.code))
        self.table.marked.connect(self._mark)
        self.table.typed.connect(self._take_key)

    def search(self, words: str, immediately: bool) -> None:
        """Search after a pause in typing, or at once.

        `immediately` is set by Enter, which opens the selected row if the results of these words are shown, else a
        single match.
        """
        if immediately and words == self._shown_words and self.table.current is not None and self.isVisible():
            self.table.opened.emit(self.table.current)
            return
        self._words = words
        self._open_only = immediately
        if immediately:
            self._pause_timer.stop()
            self.reload()
        else:
            self._pause_timer.start()

    def select_by(self, step: int) -> None:
        """Select another row from the look-up box."""
        if self.model.rows:
            place = self.table.currentIndex().row() + step
            self.table.selectRow(max(0, min(place, len(self.model.rows) - 1)))

    def back(self) -> bool:
        """Take the marks back, then show every dossier again."""
        if self.model.marked:
            self.model.marked.clear()
            self._show_marks()
            return True
        return self.filter_bar.clear()

    def begin_filter(self) -> bool:
        self.part_switch.reveal(self.filter_bar.status)
        self.filter_bar.status.setFocus()
        return True

    def clear(self) -> None:
        """Clear the results, for example after a scan of an unknown code."""
        self._words = ""
        self._pause_timer.stop()
        self.runner.cancel("lookup")
        self._show("", ())

    def reload(self) -> None:
        """Repeat the search."""
        self.runner.read(
            list_filter_choices, ListFilterChoices(), self.filter_bar.show_choices, key="lookup.choices", activity=""
        )
        chosen = self.filter_bar.filter
        if self._words or not chosen.is_empty:
            query = SearchDossiers(self._words, filter=chosen)
            on_result = partial(self._show, self._words)
            self.runner.read(search_dossiers, query, on_result, key="lookup", loads=self.model)
        else:
            self._show(self._words, ())

    def focus_start(self) -> None:
        """Focus the results, if there are any."""
        if self.model.rows:
            self.table.setFocus()

    def _show(self, words: str, lines: Sequence[DossierLine]) -> None:
        self._shown_words = words
        self.part_switch.summary.set_full_text(self.filter_bar.words.text())
        self.model.marked &= {line.code for line in lines}
        self.model.show_rows(lines)
        self.send_bar.show_marks()
        self._table_area.hint.setText(self._hint())
        limit_note = " mới nhất; gõ thêm để thu hẹp" if len(lines) >= 50 else ""
        self._count.setText(
            f"{len(lines)} hồ sơ{limit_note} · Enter: mở · Phím cách: đánh dấu để chuyển" if lines else ""
        )
        self.table.go_to_first()
        if self._open_only and self._words:
            self._open_only = False
            self._open_single_match(lines)

    def _mark(self, line: DossierLine) -> None:
        self.model.toggle_mark(line.code)
        self.send_bar.show_marks()

    def _show_marks(self) -> None:
        self.table.viewport().update()
        self.send_bar.show_marks()

    def _marked_codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.model.rows if line.code in self.model.marked)

    def _take_key(self, text: str) -> None:
        """Go to the holder with 1, or to a row that begins with the text."""
        if not self.send_bar.take_key(text):
            self.table.keyboardSearch(text)

    def _on_sent(self, codes: tuple[str, ...], holder: str) -> None:
        on_print = partial(self.handover_list_requested.emit, codes)
        self.post_message(Level.DONE, sent_sentence(codes, holder), "In phiếu bàn giao", on_print)
        self.reload()
        self.table.setFocus()

    def _list_note(self) -> str:
        """Return how the rows in view were chosen, for prints and exports."""
        words = f"Tìm «{self._shown_words}»." if self._shown_words else ""
        return " ".join(filter(None, (words, self.filter_bar.words.text())))

    def _hint(self) -> str:
        if not self.filter_bar.filter.is_empty:
            return _NONE_FILTERED
        no_match = f"Không có hồ sơ nào với «{self._words}». Thử ít chữ hơn, hoặc số điện thoại."
        return no_match if self._words else _BEGIN

    def _open_single_match(self, lines: Sequence[DossierLine]) -> None:
        if len(lines) == 1:
            self.open_requested.emit(lines[0].code)
        elif lines:
            self.table.setFocus()
