"""The dossier just taken in, or the slip of somebody turned away: its code or number in large type to be read aloud,
its prints, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame

from app.ui.kit.dates import promise_words
from app.ui.kit.style import GRID, mark
from app.ui.kit.widgets import OneLine, button, column, label, row

if TYPE_CHECKING:
    from app.usecases.intake.accept import Accepted

READ_ALOUD_MS = 3000
OPEN_KEY = QKeySequence("F10")


class SavedBand(QFrame):
    """The band above the form. It stands large until the next citizen's form is begun, then in one line.

    Signals: `open_asked()` for the dossier it shows; `print_asked()` for the slip it shows, once more; `next_asked()`
    for one more of the same person; `batch_asked()` for one receipt of all that person's dossiers."""

    open_asked = Signal()
    print_asked = Signal()
    next_asked = Signal()
    batch_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("saved")
        self._large = QTimer(self)
        self._large.setSingleShot(True)
        self._large.setInterval(READ_ALOUD_MS)
        self._large.timeout.connect(self._three_seconds_over)
        self._next_begun = False
        self._code = label(role="code")
        self._who = OneLine(role="strong")
        self._prints = OneLine(role="")
        self._see = button("Mở hồ sơ  F10", link=True)
        self._see.clicked.connect(self.open_asked)
        self._again = button("In lại phiếu  Ctrl+P", link=True)
        self._again.clicked.connect(self.print_asked)
        more = button("Nhận tiếp cho người này  Ctrl+F2", link=True)
        more.clicked.connect(self.next_asked)
        said = column(self._who, self._prints, gap=2)
        line = row(self._code, said, gap=3 * GRID, margin=GRID)
        line.setStretch(1, 1)
        self._batch = button("", link=True)
        self._batch.setAccessibleName("In giấy tiếp nhận chung")
        self._batch.clicked.connect(self.batch_asked)
        line.addLayout(column(more, row(self._batch, self._see, self._again), gap=0))
        self.setLayout(line)
        self.hide()

    @property
    def code(self) -> str:
        """The code shown."""
        return self._code.text()

    def show_dossier(self, accepted: Accepted, name: str, of_person: int = 1) -> None:
        """Shows a dossier that was just taken in, the so-manieth of this person in a row."""
        self._batch.setText(f"In giấy chung {of_person} hồ sơ  Ctrl+F9")
        self._batch.setVisible(of_person > 1)
        due = f"hẹn trả {promise_words(accepted.due_at)}" if accepted.due_at else "chưa hẹn ngày trả"
        self._code.setAccessibleName("Mã hồ sơ vừa tiếp nhận")
        self._show(accepted.code, f"Đã nhận, {due} · {name}" if name else f"Đã nhận, {due}.", is_slip=False)

    def show_slip(self, number: str, who: str) -> None:
        """Shows the slip of somebody just turned away: there is no dossier to open."""
        self._batch.hide()
        self._code.setAccessibleName("Số phiếu từ chối vừa lập")
        self._show(number, f"Đã từ chối tại quầy, không có hồ sơ · {who}", is_slip=True)

    def _show(self, large: str, said: str, is_slip: bool) -> None:
        self._code.setText(large)
        mark(self._code, "role", "code")
        self._who.say(said)
        self._see.setVisible(not is_slip)
        self._again.setVisible(is_slip)
        self._prints.say("")
        self._next_begun = False
        self._large.start()
        self.show()

    def show_prints(self, text: str) -> None:
        """The state of its prints."""
        self._prints.say(text)

    def step_back(self) -> None:
        """Takes less room once the next form is begun, not before the code could be read aloud."""
        self._next_begun = True
        if not self._large.isActive():
            self._three_seconds_over()

    def _three_seconds_over(self) -> None:
        if self._next_begun:
            mark(self._code, "role", "strong")
