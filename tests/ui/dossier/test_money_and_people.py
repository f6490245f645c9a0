"""Dossier page of a real office: payments, receiver, codes, fee terms."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from app.bootstrap import open_office
from app.models.enums import Action, Status
from app.office.session import OfficeSession
from app.services.dossier_detail import DossierDetail
from app.services.intake.command import AcceptDossier
from app.ui.shell.window import MainWindow
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import MORNING, at, intake_line

WaitUntilIdle = Callable[[Any], None]
Do = Callable[..., DossierDetail]
AFTER_LAST_DAY = at("2026-02-12T09:00")


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office."""
    return open_window(office)


@pytest.fixture
def code(office: OfficeSession) -> str:
    """Dossier of copies of seven pages."""
    line = {**intake_line(), "pages": 7, "quantity": 2}
    line.pop("term", None)
    return office.write(accept_dossier, AcceptDossier.read(line, MORNING.date())).code


@pytest.fixture
def do(window: MainWindow, code: str, wait_until_idle: WaitUntilIdle) -> Do:
    """Carry out an action by its form."""
    window.open_dossier(code)
    wait_until_idle(window.runner)

    def act(action: Action, **texts: str) -> DossierDetail:
        page = window.dossier
        page.begin_action(action)
        assert page.action_form is not None
        for name, text in texts.items():
            inner = page.action_form.boxes[name].inner
            if isinstance(inner, QComboBox):
                inner.setCurrentIndex(inner.findData(text))
            else:
                assert isinstance(inner, QLineEdit)
                inner.setText(text)
        page.action_form.submit_button.click()
        wait_until_idle(window.runner)
        assert page.action_form is None, page.action_form.error
        assert page.detail is not None
        return page.detail

    return act


def test_requested_payment_pauses_and_is_listed_after_its_last_day(
    do: Do, window: MainWindow, code: str, training_folder: Path, open_window: Callable[..., MainWindow]
) -> None:
    before = do(Action.ASK_PAYMENT, amount="150.000", note="Lệ phí trước bạ", until="11/02/2026")
    offered = [button.text() for button in window.banner.findChildren(QPushButton) if button.isVisible()]
    assert before.status == Status.PAYMENT_DUE and "In thông báo nộp phí" in offered
    assert {"pay", "stop", "withdraw", "amend"} <= {action.value for action in before.allowed}
    later = open_office(training_folder, "", AFTER_LAST_DAY)
    try:
        worklist = open_window(later, "worklist").worklist
        listed = [line for line in worklist.model.rows if not isinstance(line, str) and line.code == code]
        assert [line.group for line in listed] == ["unpaid"]
        headings = [line for line in worklist.model.rows if isinstance(line, str)]
        assert any(heading.startswith("Quá hạn nộp phí") for heading in headings)
    finally:
        later.close()
    paid = do(Action.PAY, amount="150.000", method="transfer", receipt="01/12")
    assert (paid.status, paid.fee.paid, paid.fee.receipt) == (Status.RECEIVED, 150_000, "01/12")
    assert paid.original_due_at == before.original_due_at
    refunded = do(Action.REFUND, amount="50.000", method="cash", note="Thu nhầm")
    assert refunded.fee.paid == 100_000
    steps = [(step.action, step.note) for step in refunded.steps][-3:]
    assert [action for action, _note in steps] == [Action.ASK_PAYMENT, Action.PAY, Action.REFUND]


def test_dossier_that_is_not_paid_is_stopped(do: Do) -> None:
    do(Action.ASK_PAYMENT, amount="150000", note="Lệ phí")
    assert do(Action.STOP, note="Không nộp phí").status == Status.STOPPED


def test_receiver_codes_and_fee_terms(do: Do, window: MainWindow) -> None:
    facts = window.dossier._facts.text
    assert "Số trang bản chính: 7" in facts()
    fee = do(Action.AMEND, pages="3", note="Đếm lại trang").fee.amount
    amended = do(Action.AMEND, exempt="Hộ nghèo", alias="HT-1", alias_system="Hộ tịch điện tử", note="Có sổ hộ nghèo")
    assert fee is not None and fee > 0 and amended.fee.amount == 0
    assert "Miễn, giảm: Hộ nghèo" in facts() and "Số trang bản chính: 3" in facts()
    again = do(Action.AMEND, alias="DVC-2", alias_system="Cổng quốc gia", note="Mã cấp sau")
    assert [(each.code, each.system) for each in again.aliases] == [
        ("DVC-2", "Cổng quốc gia"),
        ("HT-1", "Hộ tịch điện tử"),
    ]
    assert window.dossier._aliases.text() == "còn gọi DVC-2 (Cổng quốc gia), HT-1 (Hộ tịch điện tử)"
    do(Action.FINISH)
    window.dossier.begin_action(Action.RETURN)
    form = window.dossier.action_form
    assert form is not None and form.submit_button.hasFocus()
    form.boxes["received_by"].inner.setText("")
    form.submit_button.click()
    assert form.boxes["received_by"].error
    returned = do(Action.RETURN, received_by="Lâm Văn Tám", receiver_id="048188001111", authority="GUQ 3/2026")
    assert returned.status == Status.RETURNED


def test_wrong_terms_of_a_fee_are_refused_at_their_field(
    do: Do, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    for name, text in (("pages", "0"), ("pages", "bảy"), ("pages", "٣"), ("exempt", "ho-ngheo, nhom-la")):
        window.dossier.begin_action(Action.AMEND)
        form = window.dossier.action_form
        assert form is not None
        form.boxes[name].inner.setText(text)
        form.boxes["note"].inner.setText("x")
        form.submit_button.click()
        wait_until_idle(window.runner)
        assert form.boxes[name].error, (name, text)


def test_amount_that_is_none_is_refused_at_its_field(do: Do, window: MainWindow) -> None:
    for text in ("8_000", "٨٠٠٠", "80.00", "8.0", "9" * 5000):
        window.dossier.begin_action(Action.PAY)
        form = window.dossier.action_form
        assert form is not None
        form.boxes["amount"].inner.setText(text)
        form.submit_button.click()
        assert form.boxes["amount"].error, text[:20]
