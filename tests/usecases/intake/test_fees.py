"""Fee of a dossier: by pages, exempt, and by date."""

from typing import Any

import pytest

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.services.catalogue.importing import ImportResult
from app.services.intake.command import AcceptDossier
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.wording.refusals import SENTENCES, error_sentence
from tests.support.offices import MORNING, SAME_DAY, Desk, at, intake_line
from tests.support.pdf_reading import pages as pages_of

SIGNATURE = "2.000884"  # chứng thực chữ ký: no fee by pages


def import_fee(desk: Desk, *rows: dict[str, str], when: str = "2026-11-20T08:00") -> ImportResult:
    """Return a table with the columns of its first row."""
    table = "\n".join("\t".join(cells) for cells in (rows[0], *(row.values() for row in rows))) + "\n"
    return desk.office.write(import_catalogue, ImportCatalogue(table), at(when))


def receipt(desk: Desk, code: str, **options: Any) -> str:
    """Return the text of a receipt."""
    prepared = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT, **options), MORNING)
    return " ".join("\n".join(page.text for page in pages_of(prepared.pdf)).split())


def facts(desk: Desk) -> str:
    """Return the facts of the last intake event."""
    return str(desk.rows("SELECT facts FROM event WHERE action = 'intake' ORDER BY id DESC LIMIT 1")[0][0])


# --- by pages


@pytest.mark.parametrize("procedure", [SAME_DAY, "2.000942"])
@pytest.mark.parametrize(
    ("pages", "copies", "fee"), [(1, 1, 2000), (2, 3, 12_000), (4, 3, 18_000), (500, 2, 400_000), (10_000, 1, 200_000)]
)
def test_certified_copies_are_priced_by_the_page(desk: Desk, procedure: str, pages: int, copies: int, fee: int) -> None:
    assert desk.take_in(procedure=procedure, pages=pages, quantity=copies).fee == fee


def test_fee_without_pages_is_base_times_quantity(desk: Desk) -> None:
    assert desk.take_in(quantity=3).fee == 6000
    assert "Số trang" not in receipt(desk, desk.take_in(quantity=3).code)


def test_typed_fee_precedes_the_calculated_fee(desk: Desk) -> None:
    assert desk.take_in(pages=4, quantity=3, fee=1000).fee == 3000


def test_pages_without_a_page_rule_cause_a_warning(desk: Desk) -> None:
    accepted = desk.take_in(procedure=SIGNATURE, pages=4, quantity=2)
    assert accepted.fee == 2 * desk.take_in(procedure=SIGNATURE).fee
    assert [warning for warning in accepted.warnings if "không tính phí thủ tục này theo trang" in warning]


def test_receipt_shows_pages_and_copies(desk: Desk) -> None:
    text = receipt(desk, desk.take_in(pages=4, quantity=3).code)
    assert "Số lượng hồ sơ: 01 (bộ)" in text and "Số trang: 4" in text and "Số bản: 3" in text
    assert "Phí, lệ phí: 18.000 đ" in text


def test_catalogue_page_rule_sets_the_fee(desk: Desk) -> None:
    import_fee(desk, {"code": "1.001193", "fee_rule": "per_page:500,1,100,700"}, when="2026-02-01T08:00")
    assert desk.take_in(procedure="1.001193", pages=3).fee == 700
    assert desk.take_in(procedure="1.001193", pages=9, quantity=2).fee == 1400
    assert desk.take_in(procedure="1.001193").fee is None


@pytest.mark.parametrize(
    ("pages", "code"),
    [(0, "out_of_range"), (10_001, "out_of_range"), (-3, "out_of_range"), (1.5, "wrong_type"), ("4", "wrong_type"),
     (True, "wrong_type")],
)  # fmt: skip
def test_pages_are_integers_from_1_to_10000(pages: object, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        AcceptDossier.read(intake_line(pages=pages), MORNING.date())
    assert (caught.value.code, caught.value.field) == (code, "pages")


# --- exemptions


@pytest.mark.parametrize("procedure", [SAME_DAY, "1.001193"])
def test_exempt_applicant_pays_nothing_and_receipt_shows_the_reason(desk: Desk, procedure: str) -> None:
    accepted = desk.take_in(procedure=procedure, exempt="  Người có công  với cách mạng ", quantity=2, fee=50_000)
    assert accepted.fee == 0 and desk.show(accepted.code).fee.amount == 0
    assert '"exempt":"Người có công với cách mạng"' in facts(desk) and '"fee":50000' in facts(desk)
    text = receipt(desk, accepted.code)
    assert "Phí, lệ phí: Không thu" in text and "Miễn: Người có công với cách mạng" in text
    assert desk.check().ok


def test_exemption_reason_is_never_exported(desk: Desk) -> None:
    desk.take_in(exempt="Hộ nghèo")
    assert not desk.rows("SELECT 1 FROM outbox WHERE payload LIKE '%nghèo%'")


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\n"])
def test_exemption_needs_a_reason(blank: str) -> None:
    with pytest.raises(Refusal) as caught:
        AcceptDossier.read(intake_line(exempt=blank), MORNING.date())
    assert (caught.value.code, caught.value.field) == ("exempt_reason_missing", "exempt")
    assert "exempt_reason_missing" in SENTENCES and error_sentence(caught.value).endswith(".")


def test_receipt_without_exemption_has_no_such_line(desk: Desk) -> None:
    assert "Miễn" not in receipt(desk, desk.take_in(exempt=None).code)


# --- fees with dates


def test_early_fee_is_chosen_by_the_date_of_receipt(desk: Desk) -> None:
    """Many fees are halved until the end of 2026 (TT 64/2025/TT-BTC)."""
    assert import_fee(desk, {"code": "1.001193", "fee_vnd": "4000"}).changed == 1
    later = {"code": "1.001193", "fee_vnd": "8000", "valid_from": "2027-01-01"}
    assert import_fee(desk, later).changed == 1
    assert import_fee(desk, later) == ImportResult(0, 0, 1, ())
    days = {"2026-11-20T09:00": 4000, "2026-12-31T16:59": 4000, "2027-01-01T09:00": 8000, "2027-01-04T08:00": 8000}
    accepted = {when: desk.take_in(at(when), procedure="1.001193") for when in days}
    assert {when: each.fee for when, each in accepted.items()} == days
    afterwards = desk.show(accepted["2026-12-31T16:59"].code, at("2027-02-01T08:00"))
    in_force = "SELECT max(version) FROM procedure_version WHERE code = '1.001193' AND valid_from <= 20261231"
    assert [(afterwards.procedure.version,)] == desk.rows(in_force)
    assert afterwards.fee.amount == 4000


def test_change_of_today_keeps_the_early_fee(desk: Desk) -> None:
    import_fee(desk, {"code": "1.001193", "fee_vnd": "4000"})
    import_fee(desk, {"code": "1.001193", "fee_vnd": "8000", "valid_from": "2027-01-01"})
    assert import_fee(desk, {"code": "1.001193", "limit": "2", "unit": "working_day"}).changed == 1
    assert import_fee(desk, {"code": "1.001193", "fee_vnd": "4000"}) == ImportResult(0, 0, 1, ())
    assert desk.take_in(at("2026-11-20T09:00"), procedure="1.001193").fee == 4000
    assert desk.take_in(at("2027-01-04T09:00"), procedure="1.001193").fee == 8000


def test_page_rule_is_chosen_by_the_date_of_receipt(desk: Desk) -> None:
    import_fee(desk, {"code": SAME_DAY, "fee_rule": "per_page:4000,2,2000,400000", "valid_from": "2027-01-01"})
    assert desk.take_in(at("2026-12-31T09:00"), pages=3).fee == 5000
    assert desk.take_in(at("2027-01-04T09:00"), pages=3).fee == 10_000
