"""Question before the window closes over unfinished work."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row

_HALF_FORM = "Một hồ sơ đang nhập dở ở trang Tiếp nhận. Phần đã gõ được giữ làm bản nháp."


def unfinished_work(copies: int, half_form: bool) -> tuple[str, ...]:
    """Return a sentence for each kind of unfinished work.

    `copies` counts unprinted copies; `half_form` is True for an intake that is not saved.
    """
    papers = (f"Còn {copies} bản giấy chưa in.",) if copies else ()
    return (*papers, *((_HALF_FORM,) if half_form else ()))


class LeaveDialog(QDialog):
    """Unfinished work, and the three ways on.

    «In nốt» is offered only if copies wait. Esc stays.

    Signals: `print_chosen()`, `leave_chosen()`.
    """

    print_chosen = Signal()
    leave_chosen = Signal()

    def __init__(self, work: Sequence[str], copies: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thoát chương trình")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self.print_button = button("In nốt", main=True)
        self.leave_button = button("Vẫn thoát")
        self.stay_button = button("Ở lại  Esc", main=not copies)
        self.print_button.setVisible(bool(copies))
        for choice, signal in ((self.print_button, self.print_chosen), (self.leave_button, self.leave_chosen)):
            choice.clicked.connect(self.accept)
            choice.clicked.connect(signal)
        self.stay_button.clicked.connect(self.reject)
        foot = row(gap=GRID)
        foot.addStretch(1)
        for choice in (self.print_button, self.leave_button, self.stay_button):
            foot.addWidget(choice)
        texts = column(*(label(sentence, wrap=True) for sentence in work), gap=GRID)
        self.setLayout(column(label("Còn việc chưa xong", "title"), texts, foot, margin=2 * GRID, gap=2 * GRID))
        (self.print_button if copies else self.stay_button).setFocus()
