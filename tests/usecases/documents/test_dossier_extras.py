"""Forms of data for a dossier, and the VietQR code of a payment."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageOps

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.sync.signing import public_key
from app.sync.wire import fingerprint
from app.usecases.documents.dossier_extras import ListDataForms, ShowPaymentCode, list_data_forms, show_payment_code
from app.usecases.law.packages import ApplyLaw, apply_law
from tests.support.offices import MORNING, Desk, at
from tests.usecases.law.samples import ISSUER_KEY, law_file

ACCOUNT = "970436-0011001234567"
FORM = {"title": ["BẢN CAM KẾT"], "papers": ["A4"], "blocks": [{"block": "text", "text": "{submitter.name}"}]}


@pytest.fixture
def with_account(desk: Desk) -> Iterator[Desk]:
    facts = desk.office.facts
    desk.office.facts = replace(facts, office=replace(facts.office, bank_account=ACCOUNT))
    yield desk
    desk.office.facts = facts


def test_code_has_account_amount_and_dossier(with_account: Desk) -> None:
    code = with_account.take_in(fee=8000).code
    payment = with_account.office.read(show_payment_code, ShowPaymentCode(code), MORNING)
    assert (payment.account, payment.amount, payment.code) == (ACCOUNT, 8000, code)
    size = len(payment.rows)
    code_picture = Image.frombytes(
        "L", (size, size), bytes(255 * (cell == "0") for row in payment.rows for cell in row)
    )
    picture = ImageOps.expand(code_picture, 4, 255).resize((6 * (size + 8),) * 2, Image.Resampling.NEAREST)
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == payment.text
    assert "0011001234567" in read.text and "54048000" in read.text and "H29" in read.text


def test_typed_amount_is_asked_for(with_account: Desk) -> None:
    code = with_account.take_in(fee=8000).code
    assert with_account.office.read(show_payment_code, ShowPaymentCode(code, 3000), MORNING).amount == 3000


def test_no_code_without_account_or_debt(with_account: Desk) -> None:
    free = with_account.take_in(fee=0).code
    with pytest.raises(Refusal, match="payment_code_amount"):
        with_account.office.read(show_payment_code, ShowPaymentCode(free), MORNING)
    facts = with_account.office.facts
    with_account.office.facts = replace(facts, office=replace(facts.office, bank_account=""))
    with pytest.raises(Refusal, match="payment_code_account"):
        with_account.office.read(show_payment_code, ShowPaymentCode(free, 10), MORNING)


def test_form_of_a_package_is_offered_from_its_day_on(desk: Desk) -> None:
    before = desk.take_in().code
    data = law_file([{"kind": "form", "key": "2025/cam-ket", "value": FORM}], valid_from="2026-02-11")
    desk.office.write(apply_law, ApplyLaw(data, None, fingerprint(public_key(ISSUER_KEY))), MORNING)
    later = at("2026-02-11T09:00")
    after = desk.take_in(later).code
    assert desk.office.read(list_data_forms, ListDataForms(before), later) == ()
    (form,) = desk.office.read(list_data_forms, ListDataForms(after), later)
    assert (form.form, form.title) == (PaperForm("cam-ket"), "BẢN CAM KẾT")
