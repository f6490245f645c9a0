"""Page that rebuilds the register from printed papers.

Two people open the rebuilding. Each scanned office copy is then one transaction.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLineEdit, QWidget

from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.office.rebuild import (
    CloseRebuilding,
    GetRebuilding,
    OpenRebuilding,
    RebuildDossier,
    Rebuilding,
    RebuildResult,
    close_rebuilding,
    get_rebuilding,
    open_rebuilding,
    rebuild_dossier,
)
from app.wording.refusals import error_sentence

_WHEN = (
    "Dùng khi đĩa hỏng mà bản sao lưu đã cũ hoặc không còn: quét mã QR trên liên lưu và phiếu kiểm soát của các hồ sơ "
    "bị mất, chương trình ghi lại từng hồ sơ vào sổ. Hồ sơ sổ đã có thì giữ nguyên, không số nào bị cấp hai lần."
)
_HOW = (
    "Quét «Mã lưu của cơ quan» trên từng liên lưu, phiếu kiểm soát; quét ở đâu cũng được, không cần con "
    "trỏ. Chưa có bản sao lưu nào: quét mã trên trang khóa phục hồi trước tiên. Enter trên một dòng: xem đủ lý do."
)
_EMPTY = "Chưa có tờ nào phải xem lại. Mã không nhận, và giấy mới quét một trong hai mã, sẽ hiện ở đây kèm lý do."
_DONE_TEXTS = {
    "rebuilt": "đã dựng lại",
    "known": "sổ đã có, giữ nguyên",
    "seen": "giấy thật, còn phải quét mã thứ hai trên tờ này",
    "keys": "đã nhận khóa của giấy: quét tiếp các liên lưu",
}
_COUNTS = {
    "rebuilt": "Đã dựng lại",
    "known": "Sổ đã có",
    "seen": "Chờ mã thứ hai",
    "refused": "Không nhận",
}
_PAGE_PREFIX = "MCK"
_SHOWN_CHARACTERS = 4


@dataclass(frozen=True)
class PaperToReview:
    """Refused or half-scanned paper with the reason.

    `paper` is the number of the scan and its first characters. `code` is the code of the dossier, if it is known.
    """

    paper: str
    reason: str
    code: str | None = None


_COLUMNS = (Column("Tờ đã quét", lambda line: line.paper, 320), Column("Lý do", lambda line: line.reason))


class RebuildPage(Page):
    """Page of the rebuilding.

    It holds its lists while the window is open. The use cases decide whether the rebuilding is open.
    """

    title = "Dựng lại sổ từ giấy đã in"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.done: dict[str, str] = {}
        self.half_scanned: dict[str, PaperToReview] = {}
        self.refused: dict[str, PaperToReview] = {}
        self.scans = 0
        self.state = Rebuilding(None, None, 0)
        self._recovery_page_text = ""
        self.closed_card, self.open_card = self._build_closed(), self._build_open()
        self.open_card.hide()
        box = column()
        box.addWidget(self.closed_card, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.open_card, 1)
        self.setLayout(box)

    def _build_closed(self) -> QFrame:
        self.second = SecondPerson(self.runner)
        self.second.availability_known.connect(self._on_approvers)
        self.begin_button = button("Mở dựng lại trong 12 giờ", main=True)
        self.begin_button.setObjectName("rebuild.begin")
        self.begin_button.clicked.connect(self._begin)
        first = column(label("Người thứ nhất", "caption"), label(self.runner.desk.facts.actor, "strong"), gap=2)
        foot = row(self.begin_button)
        foot.addStretch(1)
        inner = column(label(_WHEN, wrap=True), first, self.second, foot, gap=2 * GRID)
        inner.addStretch(1)
        return _card("Cần hai người", inner)

    def _build_open(self) -> QWidget:
        self.until = label(role="strong")
        self.end_button = button("Kết thúc dựng lại")
        self.end_button.setObjectName("rebuild.end")
        self.end_button.clicked.connect(self._end)
        head = row(self.until, self.end_button)
        head.setStretch(0, 1)
        self.figures: dict[str, QLabel] = {name: label("0", "code") for name in _COUNTS}
        counts = row(gap=4 * GRID)
        for name, caption in _COUNTS.items():
            counts.addLayout(column(self.figures[name], label(caption, "caption"), gap=0))
        counts.addStretch(1)
        self.last = label(role="strong", wrap=True)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Giấy phải xem lại")
        self.table.setObjectName("rebuild.table")
        self.table.opened.connect(lambda line: self.post_message(Level.WARNING, f"{line.paper}. {line.reason}"))
        area = QWidget()
        area.setObjectName("clear")
        state = _card("", column(head, counts, self.last, label(_HOW, "caption", wrap=True), self._recovery_field()))
        inner = column(state, TableOrHint(self.table, _EMPTY), gap=2 * GRID)
        inner.setStretch(1, 1)
        area.setLayout(inner)
        return area

    def _recovery_field(self) -> QWidget:
        """Return the field for the key, shown after a recovery page was scanned."""
        self.recovery = QLineEdit()
        self.recovery.setObjectName("rebuild.recovery")
        self.recovery.setMinimumWidth(480)
        self.recovery.returnPressed.connect(self._submit_recovery)
        self.recovery_box = FieldBox("Khóa phục hồi in trên chính trang vừa quét, rồi Enter", self.recovery)
        self.recovery_box.hide()
        return self.recovery_box

    def reload(self) -> None:
        """Read whether the rebuilding is open to the user."""
        self.runner.read(get_rebuilding, GetRebuilding(), self._show, key="rebuilding")
        self.second.load()

    def focus_start(self) -> None:
        """Focus the second person, or the page while the rebuilding is open."""
        (self if self.state.until is not None else self.second.name).setFocus()

    def handle_scan(self, text: str) -> None:
        """Submit one scanned code, if the rebuilding is open."""
        if self.state.until is None:
            self.post_message(Level.WARNING, "Hai người mở dựng lại trước, rồi hãy quét giấy.")
        elif text.strip().upper().startswith(_PAGE_PREFIX):
            self._recovery_page_text = text
            self.recovery_box.show()
            self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._submit(text, "")

    def back(self) -> bool:
        """Hide the recovery key field and clear it."""
        was_shown = not self.recovery_box.isHidden()
        self.recovery.clear()
        self.recovery_box.hide()
        return was_shown

    def _submit(self, text: str, recovery: str) -> None:
        self.scans += 1
        self.runner.write(
            rebuild_dossier,
            RebuildDossier(text, recovery),
            partial(self._on_accepted, text),
            changes=frozenset((Changed.DOSSIER, Changed.SYNC)),
            source=self,
            on_error=partial(self._on_rejected, text),
            activity="Đang ghi vào sổ",
        )

    def _submit_recovery(self) -> None:
        if self.recovery.text().strip():
            self._submit(self._recovery_page_text, self.recovery.text())

    def _show(self, state: Rebuilding) -> None:
        self.state = state
        is_open = state.until is not None
        self.open_card.setVisible(is_open)
        self.closed_card.setVisible(not is_open)
        self.focus_start()  # not the end button, because the Enter of a scanner would press it
        if state.until is not None:
            partner = f", cùng {state.second}" if state.second else ""
            self.until.setText(f"Đang mở đến {format_instant(state.until)}{partner}.")
        self._count()

    def _on_approvers(self, available: bool) -> None:
        self.begin_button.setEnabled(available)

    def _begin(self) -> None:
        self.begin_button.setEnabled(False)
        command = OpenRebuilding(self.second.credentials())
        self.runner.write(
            open_rebuilding, command, self._on_begun, on_error=self._begin_failed, activity="Đang mở dựng lại"
        )

    def _on_begun(self, _none: object) -> None:
        self.second.secret.clear()
        self.begin_button.setEnabled(True)
        self.scans = 0
        for collection in (self.done, self.half_scanned, self.refused):
            collection.clear()
        self._show_lists()
        self.last.setText("Chưa quét tờ nào.")
        self.reload()

    def _begin_failed(self, error: Exception) -> bool:
        self.begin_button.setEnabled(True)
        return self.second.show_error(error)

    def _on_accepted(self, text: str, done: RebuildResult) -> None:
        again = done.code is not None and self.done.get(done.code) is not None
        outcome = "quét lại, sổ đã có" if again and done.done == "known" else _DONE_TEXTS[done.done]
        self.last.setText(" · ".join(part for part in (done.code, done.who, outcome) if part))
        self.refused.pop(text, None)
        if done.code is None:
            self.back()
            self.table.setFocus()
        elif done.done == "seen":
            self.half_scanned[done.code] = PaperToReview(done.code, f"Chưa dựng lại: {_DONE_TEXTS['seen']}.")
        else:
            self._mark_done(done.code, done.done)
        self._show_lists()

    def _mark_done(self, code: str, done: str) -> None:
        """Count a dossier as done and drop its papers to review."""
        if done == "rebuilt":
            self.state = Rebuilding(self.state.until, self.state.second, self.state.rebuilt + 1)
        self.done.setdefault(code, done)
        self.half_scanned.pop(code, None)
        self.refused = {text: each for text, each in self.refused.items() if each.code != code}

    def _on_rejected(self, text: str, error: Exception) -> bool:
        if not isinstance(error, Refusal) or error.code == "rebuild_closed":
            self.last.setText("Tờ vừa quét chưa được ghi. Quét lại tờ ấy.")
            if isinstance(error, Refusal):
                self._show(Rebuilding(None, None, 0))
            return False
        if text == self._recovery_page_text and not self.recovery_box.isHidden():
            self.recovery_box.show_error(error_sentence(error))
            return True
        dossier = error.values.get("code")
        code = str(dossier) if dossier else None
        paper = f"Lần quét {self.scans}: {code or _shortened(text)}"
        self.refused.setdefault(text, PaperToReview(paper, error_sentence(error), code))
        self.last.setText("Không nhận mã vừa quét; lý do ở danh sách dưới đây.")
        self._show_lists()
        return True

    def _show_lists(self) -> None:
        """Show the papers to review, newest first."""
        self.model.show_rows([*reversed(self.refused.values()), *reversed(self.half_scanned.values())])
        self.table.go_to_first()
        self._count()

    def _count(self) -> None:
        counts = {
            "rebuilt": self.state.rebuilt,
            "known": list(self.done.values()).count("known"),
            "seen": len(self.half_scanned),
            "refused": len(self.refused),
        }
        for name, number in counts.items():
            self.figures[name].setText(str(number))

    def _end(self) -> None:
        self.runner.write(close_rebuilding, CloseRebuilding(), self._on_ended, activity="Đang kết thúc")

    def _on_ended(self, ended: Rebuilding) -> None:
        left = len(self.half_scanned) + len(self.refused)
        rest = f" Còn {left} tờ phải xem lại: nhập tay theo giấy." if left else ""
        self.post_message(
            Level.DONE, f"Đã kết thúc: dựng lại {ended.rebuilt} hồ sơ.{rest} Sao lưu ngay ở trang Cơ quan (F8)."
        )
        self._show(Rebuilding(None, None, 0))
        self.focus_start()


def _shortened(text: str) -> str:
    """Return the first characters of a code, too few to show an ID number."""
    return f"{' '.join(text.split())[:_SHOWN_CHARACTERS]}…"


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(margin=2 * GRID)
    if title:
        box.addWidget(label(title, "strong"))
    box.addLayout(inner)
    frame.setLayout(box)
    return frame
