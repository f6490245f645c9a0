"""VietQR code of a payment, shown to the citizen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.models.enums import Right
from app.ui.kit.layouts import FactsGrid
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.usecases.documents.dossier_extras import PaymentCode, ShowPaymentCode, show_payment_code
from app.wording.numbers import money

_SIDE, _QUIET = 320, 4
_HOW = "Người nộp mở ứng dụng ngân hàng, quét mã này. Thu xong, ghi «Thu phí», hình thức QR."


class PaymentCodes(QObject):
    """Shows the VietQR code of a payment in a dialog over its parent."""

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._parent = runner, parent

    def are_offered(self, unpaid: int) -> bool:
        """Return whether something is unpaid and the office has an account."""
        facts = self._runner.desk.facts
        return bool(unpaid > 0 and facts.office.bank_account and Right.PAY in facts.rights)

    def show(self, code: str, amount: int | None = None) -> None:
        """Show the code of an amount, or of what is still to be paid."""
        query = ShowPaymentCode(code, amount or None)
        self._runner.read(show_payment_code, query, self._on_read, key="paymentCode")

    def _on_read(self, payment: PaymentCode) -> None:
        PaymentCodeDialog(payment, self._parent).open()


class QrPicture(QWidget):
    """A QR code in black on white, in every style of the window."""

    def __init__(self, rows: Sequence[str]) -> None:
        super().__init__()
        self.rows = rows
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName("Mã QR nộp tiền")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw whole pixels for each module, with the quiet zone."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        module = self.width() // (len(self.rows) + 2 * _QUIET)
        start = (self.width() - module * len(self.rows)) // 2
        for y, line in enumerate(self.rows):
            for x, dark in enumerate(line):
                if dark == "1":
                    painter.fillRect(start + x * module, start + y * module, module, module, QColor("black"))
        painter.end()


class PaymentCodeDialog(QDialog):
    """VietQR code with amount, account and code for the citizen to read."""

    def __init__(self, payment: PaymentCode, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mã QR nộp tiền")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.picture = QrPicture(payment.rows)
        bank, _, number = payment.account.partition("-")
        self.facts = FactsGrid()
        self.facts.show_pairs(
            (
                ("Tài khoản", number),
                ("Ngân hàng (BIN)", bank),
                ("Mã hồ sơ", payment.code),
            )
        )
        close_button = button("Đóng  Esc", main=True)
        close_button.clicked.connect(self.reject)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(close_button)
        texts = column(label(money(payment.amount), "title"), self.facts, label(_HOW, "caption", wrap=True))
        texts.addStretch(1)
        texts.addLayout(foot)
        self.setLayout(row(self.picture, texts, gap=3 * GRID, margin=2 * GRID))
