"""Intake page: VietQR code of the fee beside the receipt."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.bootstrap import create_office, open_office
from app.office.session import OfficeSession
from app.ui.printing.payment_code import PaymentCodeDialog
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from tests.support.offices import CREATED_AT, HASH_COST, MORNING, OFFICE, PASSWORD

WaitUntilIdle = Callable[[Any], None]
ACCOUNT = "970436-0011001234567"


@pytest.fixture(params=[ACCOUNT, ""], ids=["account", "none"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OfficeSession]:
    """Training office with and without an account."""
    folder = tmp_path / "office"
    account = f'bank_account = "{request.param}"\n' if request.param else ""
    create_office(folder, account + OFFICE, True, CREATED_AT, PASSWORD, HASH_COST)
    session = open_office(folder, "", MORNING)
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office on the intake page."""
    return open_window(office, "intake")


def take_in(window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle, copies: int) -> None:
    form = window.intake.form
    form.choose_procedure(office.read(find_procedures, FindProcedures("2.000815"))[0])
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    form.quantity.setValue(copies)
    window.intake.save()
    wait_until_idle(window.runner)


def test_code_of_the_fee_is_shown_and_read_again(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    take_in(window, office, wait_until_idle, copies=3)
    banner = window.intake.saved_banner
    assert (banner._payment.isVisible(), "6.000 đ" in banner._payment.text()) == (
        bool(office.facts.office.bank_account),
        True,
    )
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(window.runner)
    dialogs = window.findChildren(PaymentCodeDialog)
    assert len(dialogs) == int(bool(office.facts.office.bank_account))
    for dialog in dialogs:
        picture = dialog.picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        image = Image.frombytes("L", (picture.bytesPerLine(), picture.height()), bytes(picture.constBits()))
        (read,) = zxingcpp.read_barcodes(image)
        assert "0011001234567" in read.text and "54046000" in read.text
        assert banner.code.replace("-", "").replace(".", "") in read.text.replace(" ", "").replace("-", "").replace(
            ".", ""
        )
        dialog.reject()
