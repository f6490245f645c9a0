"""Fees by channel, person and day; several reliefs; corrections."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import Channel, PaperForm
from app.models.errors import Refusal
from app.models.law.reliefs import FeeFacts, Relief, applies, highest, relief_amount
from app.models.law.rule import Rule
from app.services.context import Context
from app.services.law.rules import add_rules
from app.services.permissions import public
from app.storage.uow import Writing
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.intake.preview import PreviewPromise, preview_promise
from tests.support.offices import PERSON, Desk, at
from tests.support.pdf_reading import pages, pdf_text

RESIDENCE = "1.004222"
NOVEMBER = at("2026-11-20T08:00")
_NO_SIGNS = str.maketrans("", "", " ·")


@public("a test writes rules as a package does")
def write_rules(rules: tuple[Rule, ...], context: Context, work: Writing) -> None:
    """Store rules."""
    add_rules(rules, context, work)
    work.commit()


def relief(key: str, first: date, decision: str = "5/NQ-HĐND", **value: Any) -> Rule:
    return Rule("fee_relief", key, {"name": f"Miễn {key}", **value}, first, decision)


@pytest.fixture
def fee_desk(desk: Desk) -> Desk:
    table = f"code\tname\tfield\tfee_vnd\tchannel_fees\n{RESIDENCE}\tĐăng ký thường trú\tCư trú\t20000\tonline:10000\n"
    desk.office.write(import_catalogue, ImportCatalogue(table), at("2026-01-05T08:00"))
    return desk


def take(desk: Desk, when: Any = NOVEMBER, **values: Any) -> Any:
    return desk.take_in(when, procedure=RESIDENCE, **{"channel": "direct", **values})


def receipt_text(desk: Desk, code: str, when: Any = NOVEMBER) -> str:
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), when).pdf
    return " ".join(" ".join(page.text for page in pages(pdf)).split())


def test_fee_by_channel_at_intake_and_before(fee_desk: Desk) -> None:
    assert [take(fee_desk, channel=channel).fee for channel in ("direct", "online", "post")] == [20000, 10000, 20000]
    query = PreviewPromise(RESIDENCE, channel=Channel.ONLINE, quantity=2)
    assert fee_desk.office.read(preview_promise, query, NOVEMBER).fee == 20000


@pytest.mark.parametrize(
    ("when", "level", "channel", "fee"),
    [
        ("2026-08-14T23:59", 2, "online", 10000),
        ("2026-08-15T00:00", 2, "online", 0),
        ("2027-02-28T23:59", 2, "online", 0),
        ("2027-03-01T00:00", 2, "online", 10000),
        ("2026-11-20T08:00", 1, "online", 10000),
        ("2026-11-20T08:00", None, "online", 10000),
        ("2026-11-20T08:00", 2, "direct", 20000),
    ],
)
def test_shipped_waiver_of_2026(fee_desk: Desk, when: str, level: int | None, channel: str, fee: int) -> None:
    accepted = take(fee_desk, at(when), channel=channel, level=level)
    assert accepted.fee == fee
    text = receipt_text(fee_desk, accepted.code, at(when))
    assert ("NQ 66.22/2026/NQ-CP" in text) is (fee == 0)


def test_highest_relief_applies_with_its_reason(fee_desk: Desk) -> None:
    rules = (
        relief("half", date(2026, 1, 1), percent=50, min_age=16),
        relief("some", date(2026, 1, 1), amount=12000, channels=["direct"]),
        relief("young", date(2026, 1, 1), percent=100, max_age=15),
    )
    fee_desk.office.write(write_rules, rules, NOVEMBER)
    accepted = take(fee_desk)
    assert accepted.fee == 8000
    text = receipt_text(fee_desk, accepted.code)
    assert "Giảm: Miễn some (5/NQ-HĐND)" in text and "8.000 đ" in text
    assert take(fee_desk, applicant={**PERSON, "birth_date": "2015-05-17"}).fee == 0
    assert take(fee_desk, applicant={**PERSON, "birth_date": None}).fee == 8000
    day = NOVEMBER.date()
    report = fee_desk.fees(day, day, NOVEMBER)
    assert {(each.relief, each.dossiers, each.amount) for each in report.reliefs} == {
        ("Miễn some", 2, 24000),
        ("Miễn young", 1, 20000),
    }


def test_unknown_fee_names_the_relief_that_waives_it(fee_desk: Desk) -> None:
    table = f"code\tfee_vnd\tchannel_fees\n{RESIDENCE}\t\t\n"
    fee_desk.office.write(import_catalogue, ImportCatalogue(table), NOVEMBER)
    rules = (
        relief("half", date(2026, 1, 1), percent=50, procedures=[RESIDENCE]),
        relief("young", date(2026, 1, 1), "6/NQ-HĐND", percent=100, max_age=15),
    )
    fee_desk.office.write(write_rules, rules, NOVEMBER)
    assert take(fee_desk).fee is None
    waived = {
        "Miễn young (6/NQ-HĐND)": {"applicant": {**PERSON, "birth_date": "2015-05-17"}},
        "Cháy nhà": {"exempt": "Cháy nhà"},
    }
    for name, values in waived.items():
        accepted = take(fee_desk, **values)
        assert accepted.fee == 0
        text = receipt_text(fee_desk, accepted.code)
        assert name in text and "half" not in text


def test_groups_are_data_and_unknown_ones_are_refused(fee_desk: Desk) -> None:
    assert take(fee_desk, exempt=["ho-ngheo"]).fee == 0
    assert take(fee_desk, exempt=["Hộ nghèo", "nguoi_co_cong"]).fee == 0
    assert take(fee_desk, exempt="Lý do khác").fee == 0
    with pytest.raises(Refusal) as refused:
        take(fee_desk, exempt=["ho-ngheo", "người ngoài hành tinh"])
    assert (refused.value.code, refused.value.field) == ("exempt_group_unknown", "exempt.1")
    group = Rule(
        "fee_group", "sinh-vien", {"name": "Sinh viên", "percent": 30, "procedures": [RESIDENCE]}, date(2026, 1, 1), "d"
    )
    fee_desk.office.write(write_rules, (group,), NOVEMBER)
    assert take(fee_desk, exempt=["sinh-vien"]).fee == 14000
    other = fee_desk.take_in(NOVEMBER, exempt=["sinh-vien"])
    assert other.fee == 2000 and any("không được miễn" in warning for warning in other.warnings)


def test_a_relief_undone_or_taken_away_is_not_reported(desk: Desk) -> None:
    day = NOVEMBER.date()

    def reliefs() -> list[tuple[str, int]]:
        return [(each.relief, each.amount) for each in desk.fees(day, day, NOVEMBER).reliefs]

    code = desk.take_in(NOVEMBER, pages=4, quantity=3).code
    desk.act(code, "amend", NOVEMBER, sets=(("exempt", "ho-ngheo"),))
    assert reliefs() == [("Hộ nghèo", 18_000)]
    desk.act(code, "undo", NOVEMBER, note="Nhầm")
    assert reliefs() == []
    desk.act(code, "amend", NOVEMBER, sets=(("exempt", "ho-ngheo"),))
    desk.act(code, "amend", NOVEMBER, sets=(("exempt", ""),))
    assert reliefs() == []
    desk.act(code, "undo", NOVEMBER, note="Nhầm")
    assert reliefs() == [("Hộ nghèo", 18_000)]


def test_corrected_pages_and_groups_change_the_fee(desk: Desk) -> None:
    code = desk.take_in(NOVEMBER, pages=4, quantity=3).code
    assert desk.show(code).fee.amount == 18_000
    assert desk.act(code, "amend", NOVEMBER, sets=(("pages", "2"),)).fee.amount == 12_000
    assert desk.act(code, "amend", NOVEMBER, sets=(("exempt", "ho-ngheo"),)).fee.amount == 0
    assert "Miễn: Hộ nghèo" in receipt_text(desk, code) and "Số trang: 2" in receipt_text(desk, code)
    assert desk.act(code, "undo", NOVEMBER, note="Nhầm").fee.amount == 12_000
    assert desk.act(code, "amend", NOVEMBER, sets=(("exempt", "ho-ngheo"),)).fee.amount == 0
    assert desk.act(code, "amend", NOVEMBER, sets=(("exempt", ""), ("phone", "0911222333"))).fee.amount == 12_000
    for field, value, why in (
        ("pages", "0", "out_of_range"),
        ("pages", "x", "wrong_type"),
        ("level", "3", "out_of_range"),
    ):
        with pytest.raises(Refusal) as refused:
            desk.act(code, "amend", NOVEMBER, sets=((field, value),))
        assert refused.value.code == why
    assert desk.check(NOVEMBER).findings == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    percent=st.integers(1, 100),
    length=st.integers(0, 20),
    minutes=st.lists(st.integers(-3000, 40_000), min_size=1, max_size=4),
)
def test_dossier_keeps_the_fee_of_its_day_of_receipt(
    fee_desk: Desk, percent: int, length: int, minutes: list[int]
) -> None:
    """The day of receipt decides, on every side of random boundaries."""
    number = fee_desk.rows("SELECT count(*) FROM dated_rule")[0][0]
    first = date(2027, 4, 1) + timedelta(days=60 * number)
    last = first + timedelta(days=length)
    rule = relief(f"law-{number}", first, percent=percent, procedures=[RESIDENCE], valid_to=last.isoformat())
    fee_desk.office.write(write_rules, (rule,), at(f"{first - timedelta(days=5)}T08:00"))
    fees = {}
    for offset in minutes:
        when = at(f"{first}T00:00") + timedelta(minutes=offset)
        accepted = take(fee_desk, when)
        expected = 20000 - 20000 * percent // 100 if first <= when.date() <= last else 20000
        assert accepted.fee == expected
        fees[accepted.code] = (expected, receipt_text(fee_desk, accepted.code, when))
    later = at(f"{last + timedelta(days=50)}T08:00")
    for code, (expected, text) in fees.items():
        assert fee_desk.show(code, later).fee.amount == expected
        again = receipt_text(fee_desk, code, later).replace("In lại lần 1", "")
        assert again.translate(_NO_SIGNS) == text.translate(_NO_SIGNS)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=3), st.integers(0, 100)), max_size=6), st.integers(0, 10**9))
def test_highest_of_many(drawn: list[tuple[str, int]], fee: int) -> None:
    reliefs = [Relief(key, key, relief_amount({"percent": percent}, fee), "") for key, percent in drawn]
    best = highest(reliefs)
    assert (best is None) == (reliefs == [])
    assert best is None or best.amount == max(each.amount for each in reliefs)


@pytest.mark.parametrize(
    ("birth", "least", "most", "match"),
    [
        ("2010-11-20", 16, 99, True),
        ("2010-11-21", 16, 99, False),
        ("2010", 15, 16, True),
        ("2010", 16, 99, False),
        (None, 0, 150, False),
    ],
)
def test_age_on_the_day_of_receipt(birth: str | None, least: int, most: int, match: bool) -> None:
    facts = FeeFacts(RESIDENCE, "Cư trú", Channel.DIRECT, date(2026, 11, 20), birth)
    assert applies({"min_age": least, "max_age": most}, facts) is match


def test_list_of_fees_has_the_reliefs_with_their_decisions(fee_desk: Desk) -> None:
    take(fee_desk, exempt=["ho-ngheo"])
    day = NOVEMBER.date()
    text = pdf_text(fee_desk.office.read(prepare_cash, PrepareCash(day, day), NOVEMBER).pdf)
    assert "Miễn, giảm của hồ sơ tiếp nhận trong ngày" in text
    assert "Hộ nghèo" in text and "TT 75/2022/TT-BTC" in text and "20.000 đ" in text
    later = NOVEMBER + timedelta(days=3)
    empty = pdf_text(fee_desk.office.read(prepare_cash, PrepareCash(later.date(), later.date()), later).pdf)
    assert "Miễn, giảm" not in empty
