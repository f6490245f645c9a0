"""Banner of the dossier just accepted or the refusal slip just recorded.

Its code is shown in large type first, so that the clerk can read it aloud.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from app.ui.kit.dates import format_promise
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import button, column, label
from app.wording.numbers import money

if TYPE_CHECKING:
    from app.ui.printing.payment_code import PaymentCodes
    from app.usecases.intake.accept import AcceptedDossier

READ_ALOUD_MS = 3000
_BATCH = "Giấy chung ({count})  Ctrl+F9"


class SavedBanner(QFrame):
    """Block above the values, large until the next form is begun.

    The warnings of the intake stay in it, because a later message replaces only the page's banner. The state of the
    prints, which changes, is below the links, so that they stay where they are.

    Signals: `open_requested()` for the dossier shown; `print_requested()` to reprint the slip shown;
    `next_dossier_requested()` for the same person; `batch_requested()` for one receipt of the person's dossiers.
    """

    open_requested = Signal()
    print_requested = Signal()
    next_dossier_requested = Signal()
    batch_requested = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.setObjectName("saved")
        self._large_timer = QTimer(self)
        self._large_timer.setSingleShot(True)
        self._large_timer.setInterval(READ_ALOUD_MS)
        self._large_timer.timeout.connect(self._shrink_code)
        self._next_started = self._is_small = False
        self._code = label(role="code")
        self._code.setMinimumWidth(1)  # a large code does not widen the panel
        self._who = label(role="strong", wrap=True)
        self._prints = label(wrap=True)
        self._warnings = label(role="warning", wrap=True)
        self._open_link = button("Mở hồ sơ  F10", link=True)
        self._open_link.clicked.connect(self.open_requested)
        self._reprint_link = button("In lại phiếu  Ctrl+P", link=True)
        self._reprint_link.clicked.connect(self.print_requested)
        self._next_link = button("Thêm hồ sơ  Ctrl+F2", link=True)
        self._next_link.setToolTip("Nhận tiếp một hồ sơ khác của người này")
        self._next_link.clicked.connect(self.next_dossier_requested)
        self._batch = button(_BATCH.format(count=10), link=True)  # a usual width before the first dossier
        self._batch.setAccessibleName("In giấy tiếp nhận chung")
        self._batch.setToolTip("In một giấy tiếp nhận chung cho các hồ sơ của người này")
        self._batch.clicked.connect(self.batch_requested)
        self._payment = button("", link=True)
        self._payment.setObjectName("intake.paymentCode")
        self._payment.setAccessibleName("Mã VietQR của phí")
        self._payment.clicked.connect(lambda _checked: self.show_payment_code())
        links = column(self._payment, self._next_link, self._batch, self._open_link, self._reprint_link, gap=0)
        self.setLayout(column(self._code, self._who, self._warnings, links, self._prints, gap=2, margin=GRID))
        self.code = ""
        """The code or slip number shown."""
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_code()

    def _show_code(self) -> None:
        """Show the code in two lines, as large as they fit."""
        self._code.setText(self.code if self._is_small else self.code.replace("-", "-\n", 1))
        available = self.contentsRect().width() - 2 * GRID
        for role in ("strong",) if self._is_small else ("code", "date"):
            set_style_property(self._code, "role", role)
            if self._code.sizeHint().width() <= available:
                return

    @property
    def links_width(self) -> int:
        """Width that shows every link whole."""
        edges = self.width() - self.contentsRect().width() + 2 * GRID
        links = (self._payment, self._next_link, self._batch, self._open_link, self._reprint_link)
        return max(link.sizeHint().width() for link in links) + edges

    def show_dossier(self, accepted: AcceptedDossier, name: str, count: int = 1) -> None:
        """Show an accepted dossier.

        `count` is how many dossiers this person has filed in this visit.
        """
        self._batch.setText(_BATCH.format(count=count))
        self._batch.setVisible(count > 1)
        self._payment.setText(f"Mã QR {money(accepted.fee or 0)}  Ctrl+Q")
        self._payment.setVisible(self._payment_codes.are_offered(accepted.fee or 0))
        due = f"hẹn trả {format_promise(accepted.due_at)}" if accepted.due_at else "chưa hẹn ngày trả"
        self._code.setAccessibleName("Mã hồ sơ vừa tiếp nhận")
        self._warnings.setText("\n".join(accepted.warnings))
        self._show(accepted.code, f"Đã nhận, {due} · {name}" if name else f"Đã nhận, {due}.", is_slip=False)

    @cached_property
    def _payment_codes(self) -> PaymentCodes:
        """Dialogs of VietQR codes, imported on first use."""
        from app.ui.printing.payment_code import PaymentCodes

        return PaymentCodes(self._runner, self)

    def show_payment_code(self) -> None:
        """Show the VietQR code of the fee (Ctrl+Q) where it is offered."""
        if not self.isHidden() and not self._payment.isHidden():
            self._payment_codes.show(self.code)

    def show_slip(self, number: str, person: str) -> None:
        """Show a refusal slip, which has no dossier to open."""
        self._batch.hide()
        self._payment.hide()
        self._code.setAccessibleName("Số phiếu từ chối vừa lập")
        self._warnings.setText("")
        self._show(number, f"Đã từ chối tại quầy, không có hồ sơ · {person}", is_slip=True)

    def _show(self, code: str, text: str, is_slip: bool) -> None:
        self.code, self._is_small = code, False
        self._show_code()
        self._who.setText(text)
        self._open_link.setVisible(not is_slip)
        self._reprint_link.setVisible(is_slip)
        self._prints.setText("")
        self._warnings.setVisible(bool(self._warnings.text()))
        self._next_started = False
        self._large_timer.start()
        self.show()

    def show_prints(self, text: str) -> None:
        """Show the state of the prints."""
        self._prints.setText(text)

    def shrink(self) -> None:
        """Shrink once the next form is begun.

        The code stays large long enough to be read aloud.
        """
        self._next_started = True
        if not self._large_timer.isActive():
            self._shrink_code()

    def _shrink_code(self) -> None:
        if self._next_started:
            self._is_small = True
            self._show_code()
