"""Dựng lại sổ từ giấy đã in: two people open it, then each kept copy that is scanned is one durable act."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLineEdit, QWidget

from app.models.errors import Refusal
from app.ui.kit.dates import shown_instant
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.office.rebuild import (
    AskRebuilding,
    CloseRebuilding,
    OpenRebuilding,
    RebuildDossier,
    Rebuilding,
    Rebuilt,
    ask_rebuilding,
    close_rebuilding,
    open_rebuilding,
    rebuild_dossier,
)
from app.wording.refusals import sentence

_WHEN = (
    "Dùng khi đĩa hỏng mà bản sao lưu đã cũ hoặc không còn: quét mã QR trên liên lưu và phiếu kiểm soát của các hồ sơ "
    "bị mất, chương trình ghi lại từng hồ sơ vào sổ. Hồ sơ sổ đã có thì giữ nguyên, không số nào bị cấp hai lần."
)
_HOW = (
    "Quét «Mã lưu của cơ quan» trên từng liên lưu, phiếu kiểm soát; quét ở đâu cũng được, không cần con "
    "trỏ. Chưa có bản sao lưu nào: quét mã trên trang khóa phục hồi trước tiên. Enter trên một dòng: xem đủ lý do."
)
_EMPTY = "Chưa có tờ nào phải xem lại. Mã không nhận, và giấy mới quét một trong hai mã, sẽ hiện ở đây kèm lý do."
_DONE = {
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
_SHOWN = 4


@dataclass(frozen=True)
class Trouble:
    """A paper to look at again: which scan it was and how it begins, why the register did not take it, and the code of
    its dossier where the paper told one."""

    paper: str
    why: str
    code: str | None = None


_COLUMNS = (Column("Tờ đã quét", lambda trouble: trouble.paper, 320), Column("Lý do", lambda trouble: trouble.why))


class RebuildPage(Page):
    """The page of the rebuilding. It keeps its lists while the window is open; the core keeps who may go on."""

    title = "Dựng lại sổ từ giấy đã in"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.done: dict[str, str] = {}
        self.waiting: dict[str, Trouble] = {}
        self.refused: dict[str, Trouble] = {}
        self.scans = 0
        self.state = Rebuilding(None, None, 0)
        self._page_text = ""
        self.shut, self.open = self._shut(), self._open()
        self.open.hide()
        box = column()
        box.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.open, 1)
        self.setLayout(box)

    def _shut(self) -> QFrame:
        self.second = SecondPerson(self.runner)
        self.second.known.connect(self._show_people)
        self.begin = button("Mở dựng lại trong 12 giờ", main=True)
        self.begin.setObjectName("rebuild.begin")
        self.begin.clicked.connect(self._begin)
        first = column(label("Người thứ nhất", "caption"), label(self.runner.desk.facts.actor, "strong"), gap=2)
        foot = row(self.begin)
        foot.addStretch(1)
        inner = column(label(_WHEN, wrap=True), first, self.second, foot, gap=2 * GRID)
        inner.addStretch(1)
        return _card("Cần hai người", inner)

    def _open(self) -> QWidget:
        self.until = label(role="strong")
        self.end = button("Kết thúc dựng lại")
        self.end.setObjectName("rebuild.end")
        self.end.clicked.connect(self._end)
        head = row(self.until, self.end)
        head.setStretch(0, 1)
        self.figures: dict[str, QLabel] = {name: label("0", "code") for name in _COUNTS}
        counts = row(gap=4 * GRID)
        for name, said in _COUNTS.items():
            counts.addLayout(column(self.figures[name], label(said, "caption"), gap=0))
        counts.addStretch(1)
        self.last = label(role="strong", wrap=True)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Giấy phải xem lại")
        self.table.setObjectName("rebuild.table")
        self.table.opened.connect(lambda trouble: self.say(Level.LOOK, f"{trouble.paper}. {trouble.why}"))
        made = QWidget()
        made.setObjectName("clear")
        state = _card("", column(head, counts, self.last, label(_HOW, "caption", wrap=True), self._page_key()))
        inner = column(state, TableOrWords(self.table, _EMPTY), gap=2 * GRID)
        inner.setStretch(1, 1)
        made.setLayout(inner)
        return made

    def _page_key(self) -> QWidget:
        """Asked for where the code of a recovery page was scanned."""
        self.recovery = QLineEdit()
        self.recovery.setObjectName("rebuild.recovery")
        self.recovery.setMinimumWidth(480)
        self.recovery.returnPressed.connect(self._take_keys)
        self.recovery_box = FieldBox("Khóa phục hồi in trên chính trang vừa quét, rồi Enter", self.recovery)
        self.recovery_box.hide()
        return self.recovery_box

    def reload(self) -> None:
        """Asks whether it is open to the person at work."""
        self.runner.ask(ask_rebuilding, AskRebuilding(), self._show, key="rebuilding")
        self.second.ask()

    def arrive(self) -> None:
        """The keyboard stands where one begins; a scan needs none."""
        (self if self.state.until is not None else self.second.name).setFocus()

    def take_scan(self, text: str) -> None:
        """One code off a paper; while it is not open, nothing is read."""
        if self.state.until is None:
            self.say(Level.LOOK, "Hai người mở dựng lại trước, rồi hãy quét giấy.")
        elif text.strip().upper().startswith(_PAGE_PREFIX):
            self._page_text = text
            self.recovery_box.show()
            self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._give(text, "")

    def back(self) -> bool:
        """Esc puts the key of the page away, where it is asked for."""
        asked = not self.recovery_box.isHidden()
        self.recovery.clear()
        self.recovery_box.hide()
        return asked

    def _give(self, text: str, recovery: str) -> None:
        self.scans += 1
        command, then = RebuildDossier(text, recovery), partial(self._taken, text)
        otherwise = partial(self._not_taken, text)
        changes = frozenset((Changed.DOSSIER, Changed.SYNC))
        self.runner.do(
            rebuild_dossier, command, then, changes=changes, source=self, otherwise=otherwise, what="Đang ghi vào sổ"
        )

    def _take_keys(self) -> None:
        if self.recovery.text().strip():
            self._give(self._page_text, self.recovery.text())

    def _show(self, state: Rebuilding) -> None:
        self.state = state
        may = state.until is not None
        self.open.setVisible(may)
        self.shut.setVisible(not may)
        self.arrive()  # never on the button that ends it: a scanner's Enter must press nothing
        if state.until is not None:
            with_whom = f", cùng {state.second}" if state.second else ""
            self.until.setText(f"Đang mở đến {shown_instant(state.until)}{with_whom}.")
        self._count()

    def _show_people(self, somebody: bool) -> None:
        self.begin.setEnabled(somebody)

    def _begin(self) -> None:
        self.begin.setEnabled(False)
        command = OpenRebuilding(self.second.given())
        self.runner.do(open_rebuilding, command, self._begun, otherwise=self._not_begun, what="Đang mở dựng lại")

    def _begun(self, _none: object) -> None:
        self.second.secret.clear()
        self.begin.setEnabled(True)
        self.scans = 0
        for kept in (self.done, self.waiting, self.refused):
            kept.clear()
        self._list()
        self.last.setText("Chưa quét tờ nào.")
        self.reload()

    def _not_begun(self, error: Exception) -> bool:
        self.begin.setEnabled(True)
        return self.second.wrong(error)

    def _taken(self, text: str, done: Rebuilt) -> None:
        again = done.code is not None and self.done.get(done.code) is not None
        said = "quét lại, sổ đã có" if again and done.done == "known" else _DONE[done.done]
        self.last.setText(" · ".join(part for part in (done.code, done.who, said) if part))
        self.refused.pop(text, None)
        if done.code is None:
            self.back()
            self.table.setFocus()
        elif done.done == "seen":
            self.waiting[done.code] = Trouble(done.code, f"Chưa dựng lại: {_DONE['seen']}.")
        else:
            self._settled(done.code, done.done)
        self._list()

    def _settled(self, code: str, done: str) -> None:
        """The register has it: nothing that was read off its paper is to be looked at again."""
        if done == "rebuilt":
            self.state = Rebuilding(self.state.until, self.state.second, self.state.rebuilt + 1)
        self.done.setdefault(code, done)
        self.waiting.pop(code, None)
        self.refused = {text: each for text, each in self.refused.items() if each.code != code}

    def _not_taken(self, text: str, error: Exception) -> bool:
        if not isinstance(error, Refusal) or error.code == "rebuild_closed":
            self.last.setText("Tờ vừa quét chưa được ghi. Quét lại tờ ấy.")
            if isinstance(error, Refusal):
                self._show(Rebuilding(None, None, 0))
            return False
        if text == self._page_text and not self.recovery_box.isHidden():
            self.recovery_box.wrong(sentence(error))
            return True
        told = error.values.get("code")
        code = str(told) if told else None
        paper = f"Lần quét {self.scans}: {code or _beginning(text)}"
        self.refused.setdefault(text, Trouble(paper, sentence(error), code))
        self.last.setText("Không nhận mã vừa quét; lý do ở danh sách dưới đây.")
        self._list()
        return True

    def _list(self) -> None:
        """The newest first; a paper goes from the list once it was taken."""
        self.model.show_rows([*reversed(self.refused.values()), *reversed(self.waiting.values())])
        self.table.go_to_first()
        self._count()

    def _count(self) -> None:
        counted = {
            "rebuilt": self.state.rebuilt,
            "known": list(self.done.values()).count("known"),
            "seen": len(self.waiting),
            "refused": len(self.refused),
        }
        for name, number in counted.items():
            self.figures[name].setText(str(number))

    def _end(self) -> None:
        self.runner.do(close_rebuilding, CloseRebuilding(), self._ended, what="Đang kết thúc")

    def _ended(self, ended: Rebuilding) -> None:
        left = len(self.waiting) + len(self.refused)
        rest = f" Còn {left} tờ phải xem lại: nhập tay theo giấy." if left else ""
        self.say(Level.DONE, f"Đã kết thúc: dựng lại {ended.rebuilt} hồ sơ.{rest} Sao lưu ngay ở trang Cơ quan (F8).")
        self._show(Rebuilding(None, None, 0))
        self.arrive()


def _beginning(text: str) -> str:
    """So much of a code that papers can be told apart, and nobody's number be read."""
    return f"{' '.join(text.split())[:_SHOWN]}…"


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(margin=2 * GRID)
    if title:
        box.addWidget(label(title, "strong"))
    box.addLayout(inner)
    frame.setLayout(box)
    return frame
