"""Dated rules in an office: before, on and after their first day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.law.rule import Rule, read_rule, rules_on
from app.services.context import Context
from app.services.law.rules import add_rules, shipped_rules
from app.services.permissions import public
from app.storage.uow import Writing
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pages

FIRST_DAY = date(2027, 3, 1)
TEMPLATES = ("{agency}-{YYYYMMDD}-{serial:7}", "{agency}/{YYMMDD}/{serial:4}", "{agency}-{day}-{AA}{serial}")


@public("a test writes rules as a package does")
def write_rules(rules: tuple[Rule, ...], context: Context, work: Writing) -> None:
    """Store rules."""
    add_rules(rules, context, work)
    work.commit()


def pattern(template: str, first: date = FIRST_DAY) -> Rule:
    return Rule("code_pattern", "office", {"template": template}, first, "12/QĐ")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    template=st.sampled_from(TEMPLATES),
    seconds=st.integers(-90_000, 90_000),
)
def test_code_follows_the_pattern_of_the_day_of_receipt(desk: Desk, template: str, seconds: int) -> None:
    """The boundary is midnight of Vietnamese time, also out of hours."""
    received_at = at("2027-03-01T00:00") + timedelta(seconds=seconds)
    desk.office.write(write_rules, (replace(pattern(template), source=uuid4().hex),), received_at)
    accepted = desk.take_in(received_at)
    n, day = int(accepted.key[10:15]), received_at.date()
    old = f"H29.12-{day:%y%m%d}-{n:04d}"
    new = {
        TEMPLATES[0]: f"H29.12-{day:%Y%m%d}-{n:07d}",
        TEMPLATES[1]: f"H29.12/{day:%y%m%d}/{n:04d}",
        TEMPLATES[2]: f"H29.12-{day:%y%m%d}-00{n:04d}",
    }
    assert accepted.code == (new[template] if seconds >= 0 else old)
    for spelling in (accepted.code, accepted.code.lower().replace("-", " "), accepted.key):
        assert desk.show(spelling, received_at).code == accepted.code


def body_lines(pdf: bytes) -> list[list[str]]:
    """Return the lines without the one of the copy, which numbers reprints."""
    return [[line for line in page.text.splitlines() if "(Liên" not in line] for page in pages(pdf)]


def test_dossier_keeps_its_code_and_paper_after_a_new_pattern(desk: Desk) -> None:
    before, after = at("2027-02-26T09:00"), at("2027-03-02T09:00")
    code = desk.take_in(before).code
    first = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), before).pdf
    desk.office.write(write_rules, (pattern("{agency}-{YYYYMMDD}-{serial:7}"),), before)
    again = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), after).pdf
    assert body_lines(again) == body_lines(first)
    assert desk.take_in(after).code == "H29.12-20270302-0000001"
    assert desk.check(after).findings == ()


def test_code_spelled_like_an_earlier_one_is_skipped(desk: Desk) -> None:
    """Without separators a serial before the day reads like a day."""
    early, late = at("2026-08-27T09:00"), at("2027-03-02T09:00")
    desk.tamper("INSERT INTO counter (name, value) VALUES ('serial:01:260827', 301), ('serial:01:270302', 2607)")
    first = desk.take_in(early).code
    desk.office.write(write_rules, (pattern("{agency}-{serial}-{YYMMDD}"),), early)
    second = desk.take_in(late).code
    assert (first, second) == ("H29.12-260827-0302", "H29.12-2609-270302")
    assert [desk.show(code.replace("-", ""), late).code for code in (first, second)] == [first, second]


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.one_of(st.none(), st.integers(0, 40))), max_size=8
    ),
    st.integers(0, 40),
)
def test_latest_rule_that_has_begun_wins(drawn: list[tuple[str, int, int | None]], today: int) -> None:
    start = date(2027, 1, 1)
    rules = [
        Rule(
            "x",
            key,
            {"n": n} | ({} if last is None else {"valid_to": str(start + timedelta(days=last))}),
            start + timedelta(days=first),
            "d",
        )
        for n, (key, first, last) in enumerate(drawn)
    ]
    expected = {}
    for key in "ab":
        begun = [(first, n, last) for n, (each, first, last) in enumerate(drawn) if each == key and first <= today]
        if begun and (max(begun)[2] is None or today <= max(begun)[2]):
            expected[key] = max(begun)[1]
    assert {rule.key: rule.value["n"] for rule in rules_on(rules, "x", start + timedelta(days=today))} == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("text", "rule_shape"),
        ({"kind": "code_pattern", "key": "office", "value": {"template": "x"}}, "code_pattern"),
        ({"kind": "code_pattern", "key": "office", "value": {"template": 5}}, "code_pattern"),
        ({"kind": "tomorrow", "key": "k", "value": {}}, "rule_kind_unknown"),
        ({"kind": "fee_relief", "key": "k", "value": {"name": "x", "percent": 101}}, "relief_shape"),
        ({"kind": "fee_relief", "key": "k", "value": {"name": "x", "colour": 1}}, "relief_shape"),
        ({"kind": "fee_relief", "key": "k", "value": {"name": "x", "channels": ["fax"]}}, "relief_shape"),
        ({"kind": "fee_relief", "key": "k", "value": {"name": "x", "valid_to": "later"}}, "day_shape"),
        ({"kind": "fee_receipt", "key": "paper", "value": {"form": "stone"}}, "rule_shape"),
        ({"kind": "fee_receipt", "key": " ", "value": {"form": "paper"}}, "rule_shape"),
    ],
)
def test_line_of_a_rule_is_refused_by_itself(line: Any, code: str) -> None:
    whole = {**line, "valid_from": "2027-01-01", "decision": "1/QĐ"} if isinstance(line, dict) else line
    with pytest.raises(Refusal) as refused:
        read_rule(whole)
    assert refused.value.code == code


def test_shipped_rules_have_a_decision() -> None:
    assert all(rule.decision for rule in shipped_rules())
    assert datetime(2027, 1, 1).date() in {rule.valid_from for rule in shipped_rules()}  # noqa: DTZ001
