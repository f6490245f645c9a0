"""Dossier page: forms of data, VietQR code, further applicants."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel

from app.models.enums import Action, PaperForm
from app.models.errors import Fault
from app.printing.layout.barcode import qr_rows
from app.services.dossier_detail import DetailFee
from app.ui.printing.payment_code import PaymentCodeDialog
from app.ui.shell.window import MainWindow
from app.usecases.documents.dossier_extras import DataForm, PaymentCode
from tests.support.recording_desk import CODE, RecordingDesk, sheet

WaitUntilIdle = Callable[[Any], None]
TEXT, ACCOUNT = "000201010212", "970436-0011001234567"
OTHER = "H29.12-260311-0005"
ROWS = qr_rows(TEXT)
SECOND = {"kind": "citizen", "name": "Lâm Thị Bích Ngà", "id_number": "048199001111", "phone": "0905 000 111"}


def open_sheet(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, **changes: Any) -> None:
    desk.answers["ShowDossier"] = lambda query: replace(sheet(query.code), **changes)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)


def test_form_of_data_is_offered_and_printed(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ListDataForms"] = (DataForm(PaperForm("cam-ket"), "BẢN CAM KẾT"),)
    open_sheet(window, desk, wait_until_idle)
    extras, printed = window.dossier.extras, []
    assert extras.other_forms.isVisible()
    window.dossier.print_requested.connect(lambda code, form: printed.append((code, form)))
    (action,) = extras.menu.actions()
    action.trigger()
    assert (action.text(), printed) == ("BẢN CAM KẾT", [(CODE, PaperForm("cam-ket"))])
    desk.answers["ListDataForms"] = ()
    window.dossier.reload()
    wait_until_idle(window.runner)
    assert not extras.other_forms.isVisible()


def test_forms_of_one_dossier_are_not_offered_for_another(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ListDataForms"] = (DataForm(PaperForm("cam-ket"), "BẢN CAM KẾT"),)
    open_sheet(window, desk, wait_until_idle)
    desk.answers["ListDataForms"] = Fault("disk_full")
    window.open_dossier(OTHER)
    wait_until_idle(window.runner)
    assert window.dossier.code == OTHER and not window.dossier.extras.other_forms.isVisible()
    assert window.banner.text


def test_payment_by_qr_shows_the_code_of_the_typed_amount(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    office = replace(desk.facts.office, bank_account=ACCOUNT)
    desk.facts = replace(desk.facts, office=office)
    desk.answers["ShowPaymentCode"] = lambda q: PaymentCode(q.code, ACCOUNT, q.amount or 8000, TEXT, ROWS)
    open_sheet(window, desk, wait_until_idle, fee=DetailFee(8000, 0, None))
    assert window.dossier.extras.payment.isVisible()
    window.dossier.begin_action(Action.PAY)
    form = window.dossier.action_form
    assert form is not None
    form.boxes["amount"].inner.setText("3.000")
    method = form.boxes["method"].inner
    assert isinstance(method, QComboBox)
    method.setCurrentIndex(method.findData("qr"))
    method.activated.emit(method.currentIndex())
    wait_until_idle(window.runner)
    (dialog,) = window.dossier.findChildren(PaymentCodeDialog)
    assert dialog.facts.text() == f"Tài khoản: 0011001234567\nNgân hàng (BIN): 970436\nMã hồ sơ: {CODE}"
    assert [part for part in dialog.findChildren(QLabel) if part.text() == "3.000 đ"]
    picture = dialog.picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    image = Image.frombytes("L", (picture.bytesPerLine(), picture.height()), bytes(picture.constBits()))
    assert [each.text for each in zxingcpp.read_barcodes(image)] == [TEXT]


def test_no_payment_code_without_an_account_or_a_debt(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_sheet(window, desk, wait_until_idle, fee=DetailFee(8000, 0, None))
    assert not window.dossier.extras.payment.isVisible()
    desk.facts = replace(desk.facts, office=replace(desk.facts.office, bank_account="970436-1"))
    open_sheet(window, desk, wait_until_idle, fee=DetailFee(8000, 8000, None))
    assert not window.dossier.extras.payment.isVisible()


def test_further_applicants_are_shown_and_corrected(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_sheet(window, desk, wait_until_idle, co_applicants=(SECOND,))
    assert "Cùng yêu cầu: Lâm Thị Bích Ngà · 048199001111" in window.dossier._facts.text()
    window.dossier.begin_action(Action.AMEND)
    form = window.dossier.action_form
    assert form is not None
    form.boxes["co1.name"].inner.setText("Lâm Thị Bích Nga")
    form.boxes["alias_system"].inner.setText("Hộ tịch")
    form.boxes["note"].inner.setText("Sai dấu")
    form.submit_button.click()
    assert form.boxes["alias"].error
    form.boxes["alias"].inner.setText("HT-1")
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert [command.sets for command in desk.queries_of("ActOnDossier")] == [
        (("co1.name", "Lâm Thị Bích Nga"), ("alias", "HT-1@Hộ tịch"))
    ]
