"""Buttons of a dossier for forms of data and for payment by transfer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.models.enums import Right
from app.services.dossier_detail import DossierDetail
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.runner import Runner
from app.ui.kit.widgets import button
from app.ui.printing.payment_code import PaymentCodes
from app.usecases.documents.dossier_extras import (
    DataForm,
    ListDataForms,
    list_data_forms,
)


class DossierExtras(FlowWidget):
    """Buttons that depend on the law and on the office's account.

    Signals: `print_requested(code, PaperForm)`.
    """

    print_requested = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._codes = PaymentCodes(runner, self)
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
        self.payment.setVisible(self._codes.are_offered((detail.fee.amount or 0) - detail.fee.paid))
        if Right.PRINT in facts.rights:
            query = ListDataForms(detail.code)
            self._runner.read(list_data_forms, query, self._show_forms, key="dossier.forms", after_paint=True)

    def _show_forms(self, forms: Sequence[DataForm]) -> None:
        self.menu.clear()
        for each in forms:
            self.menu.addAction(each.title, partial(self._print, self._code, each))
        self.other_forms.setVisible(bool(forms))

    def _print(self, code: str, form: DataForm) -> None:
        self.print_requested.emit(code, form.form)

    def ask_payment_code(self, amount: int | None = None) -> None:
        """Show the VietQR code of an amount, or of what is still to be paid."""
        self._codes.show(self._code, amount)
