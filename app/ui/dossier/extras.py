"""Buttons of a dossier for forms of data and for payment by transfer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.models.enums import Right
from app.services.dossier_detail import DossierDetail
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FactsGrid
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.usecases.documents.dossier_extras import (
    DataForm,
    ListDataForms,
    PaymentCode,
    ShowPaymentCode,
    list_data_forms,
    show_payment_code,
)
from app.wording.numbers import money

_SIDE, _QUIET = 320, 4
_HOW = "Người nộp mở ứng dụng ngân hàng, quét mã này. Thu xong, ghi «Thu phí», hình thức QR."


class DossierExtras(FlowWidget):
    """Buttons that depend on the law and on the office's account.

    Signals: `print_requested(code, PaperForm)`.
    """

    print_requested = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._code = ""
        self.other_forms = button("In giấy khác")
        self.other_forms.setObjectName("print.other")
        self.menu = QMenu(self.other_forms)
        self.other_forms.setMenu(self.menu)
        self.payment = button("Mã QR nộp tiền")
        self.payment.setObjectName("dossier.paymentCode")
        self.payment.clicked.connect(lambda _checked: self.ask_payment_code())
        for each in (self.other_forms, self.payment):
            each.setProperty("small", True)
            each.hide()
            self.flow.addWidget(each)

    def show_dossier(self, detail: DossierDetail) -> None:
        """Offer what fits a dossier; nothing of the one before stays."""
        if detail.code != self._code:
            self._show_forms(())
        self._code = detail.code
        facts = self._runner.desk.facts
        owes = (detail.fee.amount or 0) > detail.fee.paid
        self.payment.setVisible(bool(owes and facts.office.bank_account and Right.PAY in facts.rights))
        if Right.PRINT in facts.rights:
            query = ListDataForms(detail.code)
            self._runner.read(list_data_forms, query, self._show_forms, key="dossier.forms")

    def _show_forms(self, forms: Sequence[DataForm]) -> None:
        self.menu.clear()
        for each in forms:
            self.menu.addAction(each.title, partial(self._print, self._code, each))
        self.other_forms.setVisible(bool(forms))

    def _print(self, code: str, form: DataForm) -> None:
        self.print_requested.emit(code, form.form)

    def ask_payment_code(self, amount: int | None = None) -> None:
        """Show the VietQR code of an amount, or of what is still to be paid."""
        query = ShowPaymentCode(self._code, amount or None)
        self._runner.read(show_payment_code, query, self._show_payment_code, key="dossier.paymentCode")

    def _show_payment_code(self, payment: PaymentCode) -> None:
        PaymentCodeDialog(payment, self).open()


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
        box = column(self.picture, label(money(payment.amount), "title"), self.facts, label(_HOW, "caption", wrap=True))
        box.setAlignment(self.picture, Qt.AlignmentFlag.AlignHCenter)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.addLayout(foot)
        self.setLayout(box)
