"""Facts of the law of 2026 and 2027 against the shipped data.

One line states one fact as codes, numbers and days. Sources: NĐ 254/2026/NĐ-CP, NQ 66.22/2026/NQ-CP,
TT 117/2026/TT-BTC, TT 116/2026/TT-BCA, TT 75/2022/TT-BTC, Luật Hộ tịch 60/2014/QH13 and 03/2026/QH16, Luật Phí và lệ
phí 97/2015/QH13, and the national portal in July 2026.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from app.models.calendar import WorkCalendar
from app.models.enums import Channel, Handling, TermUnit
from app.models.law.rule import FEE_GROUP, FEE_RELIEF, Rule
from app.models.procedures import Procedure
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.law.rules import receipts_are_electronic, shipped_rules
from app.services.law_packages.offered import shipped_laws
from app.services.permissions import public
from app.services.versions import as_version
from app.storage import catalogue
from app.storage.uow import Reading
from app.usecases.catalogue.editing import ListCatalogue, list_catalogue
from app.usecases.intake.preview import PreviewPromise, preview_promise
from app.wording.reports.receipts import COLUMNS
from tests.support.offices import Desk, at

CIVIL_STATUS, RESIDENCE = "Hộ tịch", "Đăng ký, quản lý cư trú"
NOVEMBER = at("2026-11-30T09:00")
FIRST_OF_WAIVER, LAST_OF_WAIVER = date(2026, 8, 15), date(2027, 2, 28)
NEW_CIVIL_STATUS = date(2027, 3, 1)


@public("a test reads the catalogue of a day")
def procedures_on(day: date, context: Context, work: Reading) -> dict[str, Procedure]:
    rows = [as_version(row) for row in catalogue.current_versions(work, day)]
    return {row.procedure.code: row.procedure for row in rows}


@public("a test reads the kind of receipts")
def are_electronic(days: tuple[date, ...], context: Context, work: Reading) -> list[bool]:
    return [receipts_are_electronic(work, day) for day in days]


@public("a test reads the calendar")
def calendar_known_on(day: date, context: Context, work: Reading) -> WorkCalendar:
    return work_calendar(work, context.office, day)


def versions_on(desk: Desk, day: date) -> dict[str, Procedure]:
    """Return the procedures of a new office in force on a day."""
    rows: dict[str, Procedure] = desk.office.read(procedures_on, day)
    return rows


def shipped(kind: str, key: str) -> Rule:
    (rule,) = [rule for rule in shipped_rules() if (rule.kind, rule.key) == (kind, key)]
    return rule


@pytest.mark.parametrize(
    ("code", "direct", "online"),
    [
        ("1.004222", 20_000, 10_000),
        ("1.004194", 10_000, 7_000),
        ("1.002755", 10_000, 5_000),
        ("1.010038", 10_000, 5_000),
    ],
)
def test_fees_of_residence_by_channel(desk: Desk, code: str, direct: int, online: int) -> None:
    """Source: TT 75/2022/TT-BTC as amended by TT 71/2025/TT-BTC."""
    procedure = versions_on(desk, date(2026, 7, 1))[code]
    assert (procedure.fee, dict(procedure.channel_fees)) == (direct, {Channel.ONLINE: online})
    for at_counter, by_level in (
        (FIRST_OF_WAIVER - timedelta(days=1), online),
        (FIRST_OF_WAIVER, 0),
        (LAST_OF_WAIVER, 0),
        (LAST_OF_WAIVER + timedelta(days=1), online),
    ):
        query = PreviewPromise(code, at=at(f"{at_counter}T09:00"), channel=Channel.ONLINE, level=2)
        assert desk.office.read(preview_promise, query, NOVEMBER).fee == by_level


def test_residence_asks_for_no_paper_that_the_databases_hold(desk: Desk) -> None:
    """TT 116/2026/TT-BCA Điều 3.2."""
    rows = {code: each for code, each in versions_on(desk, date(2026, 7, 1)).items() if each.field == RESIDENCE}
    assert len(rows) == 13
    held = ("Cơ sở dữ liệu", "cơ sở dữ liệu")
    papers = {
        (code, paper.name)
        for code, each in rows.items()
        for paper in each.papers
        if paper.handling is not Handling.LOOKUP and any(word in paper.name for word in held)
    }
    assert {name for _code, name in papers} <= {"Giấy tờ của riêng trường hợp mà cơ sở dữ liệu chưa có"}
    looked_up = {code for code, each in rows.items() if any(p.handling is Handling.LOOKUP for p in each.papers)}
    assert looked_up == {"1.004222", "1.004194", "1.002755", "1.010038", "1.003197", "1.010028", "1.010039"}


WAIVED = {
    "nq66.22-ho-tich": ("2.000635", "1.004772", "1.004746", "1.004873"),
    "nq66.22-cu-tru": ("1.004222", "1.004194", "1.002755", "1.010038"),
    "nq66.22-can-cuoc": ("1.014063", "1.014064"),
    "nq66.22-xe": ("1.013079", "1.013080", "1.013086"),
    "nq66.22-xuat-nhap-canh": ("1.001200", "1.012680", "1.014364"),
    "nq66.22-dat-dai": ("1.014425", "1.014426"),
}


@pytest.mark.parametrize(("key", "procedures"), WAIVED.items(), ids=WAIVED)
def test_waivers_of_2026(key: str, procedures: tuple[str, ...]) -> None:
    rule = shipped(FEE_RELIEF, key)
    facts = {name: rule.value.get(name) for name in ("percent", "channels", "level", "valid_to")}
    assert facts == {"percent": 100, "channels": ["online"], "level": 2, "valid_to": LAST_OF_WAIVER.isoformat()}
    assert (tuple(rule.value["procedures"]), rule.valid_from) == (procedures, FIRST_OF_WAIVER)
    assert "NQ 66.22/2026/NQ-CP" in rule.decision and "TT 117/2026/TT-BTC" in rule.decision


GENERAL = "Luật Phí và lệ phí 97/2015/QH13 Điều 10.1"
GROUPS = ("nguoi-co-cong", "ho-ngheo", "nguoi-khuyet-tat", "tre-em", "nguoi-cao-tuoi", "dan-toc-thieu-so")
OF_CIVIL_STATUS = ("nguoi-co-cong", "ho-ngheo", "nguoi-khuyet-tat")


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_has_the_decision_of_the_fee(desk: Desk, group: str) -> None:
    assert shipped(FEE_GROUP, group).decision == GENERAL
    before = NEW_CIVIL_STATUS - timedelta(days=1)
    civil = "Luật Hộ tịch 60/2014/QH13 Điều 11.1.a" if group in OF_CIVIL_STATUS else GENERAL
    for code, day, decision in (
        ("1.004222", date(2026, 11, 30), "TT 75/2022/TT-BTC Điều 4"),
        ("1.004884", before, civil),
        ("1.004884", NEW_CIVIL_STATUS, GENERAL),
        ("2.000635", before, GENERAL),
        ("2.000815", before, GENERAL),
    ):
        query = PreviewPromise(code, at=at(f"{day}T09:00"), channel=Channel.DIRECT, exempt=(group,))
        shown = desk.office.read(preview_promise, query, NOVEMBER)
        assert (shown.fee, shown.relief.endswith(f"({decision})")) == (0, True), (code, day, shown.relief)


def test_paper_receipts_end_with_2026(desk: Desk) -> None:
    """Sources: NĐ 254/2026/NĐ-CP Điều 44.2, TT 91/2026/TT-BTC."""
    assert desk.office.read(are_electronic, (date(2026, 12, 31), date(2027, 1, 1))) == [False, True]
    assert 1 + len(COLUMNS) == 13


def test_civil_status_of_the_new_law_is_asked_for(desk: Desk) -> None:
    """Source: Luật Hộ tịch 03/2026/QH16; its terms and papers are unknown."""
    before, after = versions_on(desk, date(2027, 2, 28)), versions_on(desk, NEW_CIVIL_STATUS)
    codes = [code for code, each in before.items() if each.field == CIVIL_STATUS]
    assert len(codes) == 41
    assert all(
        (after[code].limit, after[code].unit, after[code].papers) == (None, TermUnit.UNKNOWN, ()) for code in codes
    )
    assert all(after[code].fee == before[code].fee for code in codes)


def test_bare_numbers_of_the_portal_promise_nothing(desk: Desk) -> None:
    """The portal gives 18 rows of civil status a number with the unit OTHER."""
    rows = versions_on(desk, date(2026, 11, 30)).values()
    bare = [each for each in rows if each.unit is TermUnit.UNKNOWN and each.limit is not None]
    assert Counter(each.limit for each in bare) == {5: 12, 3: 5, 7: 1}
    assert {each.field for each in bare} == {CIVIL_STATUS}
    for each in bare:
        query = PreviewPromise(each.code, at=NOVEMBER, channel=Channel.DIRECT)
        assert desk.office.read(preview_promise, query, NOVEMBER).due_at is None


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("1.013978", {"limit": 27, "unit": "working_day", "channel_limits": {"online": 17, "post": 20}}),
        ("1.001193", {"limit": 0, "unit": "same_day"}),
        ("1.000656", {"limit": 0, "unit": "same_day"}),
        ("2.000635", {"limit": 0, "unit": "same_day", "fee": 8_000}),
        ("2.002516", {"fee": 8_000}),
        ("2.000815", {"limit": 0, "unit": "same_day", "fee": 2_000}),
        ("2.000942", {"limit": 0, "unit": "same_day", "fee": 2_000}),
        ("2.000908", {"limit": 0, "unit": "same_day", "fee": 0}),
        ("2.000884", {"fee": 10_000}),
        ("2.000992", {"fee": 10_000}),
        ("2.001008", {"fee": 10_000}),
        ("2.001016", {"fee": 50_000}),
        ("2.001019", {"fee": 50_000}),
        ("2.001035", {"fee": 50_000}),
        ("2.001406", {"fee": 50_000}),
        ("2.000913", {"fee": 30_000}),
        ("2.000927", {"fee": 25_000}),
        ("1.013065", {"limit": 8, "unit": "hour"}),
        ("1.012379", {"limit": 20, "unit": "working_day", "fee": 0}),
        ("1.010824", {"limit": None, "unit": "unknown"}),
        ("2.000286", {"limit": None, "unit": "unknown"}),
        ("1.004946", {"limit": None, "unit": "unknown"}),
        ("1.000894", {"limit": None, "unit": "unknown"}),
    ],
)
def test_rows_that_sources_name(desk: Desk, code: str, facts: dict[str, Any]) -> None:
    """Terms by case (1.010824, 2.000286) and those only in prose stay unknown."""
    procedure = versions_on(desk, date(2026, 6, 30))[code]
    values = {
        "limit": procedure.limit,
        "unit": procedure.unit.value,
        "fee": procedure.fee,
        "channel_limits": {name.value: limit for name, limit in procedure.channel_limits},
    }
    assert {name: values[name] for name in facts} == facts


def test_fee_by_pages_of_certified_copies(desk: Desk) -> None:
    """2.000 đ a page, from page 3 on 1.000 đ, at most 200.000 đ a copy."""
    for code in ("2.000815", "2.000942"):
        rule = versions_on(desk, date(2026, 6, 30))[code].fee_rule
        assert rule is not None and [rule.per_copy(pages) for pages in (1, 2, 3, 10, 1000)] == [
            2_000,
            4_000,
            5_000,
            12_000,
            200_000,
        ]


DAYS_OFF = (
    *(f"2026-02-{day}" for day in (16, 17, 18, 19, 20)),
    *("2026-01-01", "2026-01-02", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02"),
    *("2026-11-24", "2027-01-01", *(f"2027-02-{day:02d}" for day in (4, 5, 8, 9, 10))),
    *("2027-09-02", "2027-09-03", "2027-11-24"),
)
DAYS_WORKED = ("2026-01-10", "2026-08-22", "2026-02-13", "2026-02-23", "2027-02-03", "2027-02-11", "2027-09-01")


def test_calendar_of_2026_and_2027(desk: Desk) -> None:
    """10065/VPCP-KGVX, NQ 28/2026/QH16, 12729/VPCP-KGVX, 9859/VPCP-KGVX."""
    calendar = desk.office.read(calendar_known_on, date(2026, 11, 30))
    assert [day for day in DAYS_OFF if calendar.is_working(date.fromisoformat(day))] == []
    assert [day for day in DAYS_WORKED if not calendar.is_working(date.fromisoformat(day))] == []


def test_every_rule_and_package_names_its_source() -> None:
    lines = [rule for rule in shipped_rules() if rule.kind in (FEE_RELIEF, FEE_GROUP)]
    assert len(lines) == 6 + 6 + 6 + 3
    assert all(any(number in rule.decision for number in ("/20", "97/2015")) for rule in lines)
    assert all(any(sign.isdigit() for sign in law.header.decision) for law in shipped_laws())


def test_number_of_incomplete_rows(desk: Desk) -> None:
    """390 of the 487 starter rows lack a fact before the packages."""
    lines = desk.office.read(list_catalogue, ListCatalogue(), at("2026-11-30T09:00"))
    incomplete = [line.code for line in lines if line.missing]
    assert (len(lines), len(incomplete)) == (487, 386)
    assert not {"1.004222", "1.004194", "1.002755", "1.010038", "2.000635", "2.000815"} & set(incomplete)
