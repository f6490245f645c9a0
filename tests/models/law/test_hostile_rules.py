"""Lines of rules with any value: read, or refused in words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.law.rule import KINDS, read_rule
from app.models.law.terms import check_term_of
from app.models.procedures import Procedure, check_entered_terms, read_row
from app.wording.refusals import error_sentence
from tests.models.law.samples import SOUND

HUGE = 10**400
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 400),
    st.sampled_from([HUGE, -HUGE, 0.5, 1.5, 1e308, -0.0, "", " ", "x", "…", "2027-02-30", "{code", "{code!r}", "1e9"]),
    st.text(max_size=8),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
NAMES = sorted({name for _kind, _key, value in SOUND for name in value} | {"valid_to", "x"})


def line(kind: str, key: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "value": value, "valid_from": "2027-03-01", "decision": "1/QĐ", **more}


def read_or_refuse(each: object) -> None:
    """Read a line; a refusal is a whole sentence."""
    try:
        read_rule(each)
    except Refusal as refusal:
        assert error_sentence(refusal).endswith(".")


@pytest.mark.parametrize(("kind", "key", "value"), SOUND, ids=lambda each: each if isinstance(each, str) else "")
def test_sound_line_is_read(kind: str, key: str, value: dict[str, Any]) -> None:
    assert read_rule(line(kind, key, value)).valid_from == date(2027, 3, 1)


def test_samples_have_every_kind() -> None:
    assert {kind for kind, _key, _value in SOUND} == set(KINDS)


@given(st.sampled_from(SOUND), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
def test_changed_values_are_read_or_refused(sample: tuple[str, str, dict[str, Any]], changes: dict[str, Any]) -> None:
    kind, key, value = sample
    read_or_refuse(line(kind, key, {**value, **changes}))


@given(st.sampled_from([*KINDS, "tomorrow"]), VALUES, VALUES, st.dictionaries(st.text(max_size=9), VALUES, max_size=2))
def test_any_line_is_read_or_refused(kind: str, key: Any, value: Any, more: dict[str, Any]) -> None:
    read_or_refuse(line(kind, key, value, **more))
    read_or_refuse(value)


TERM = {"limit": 10, "unit": "day", "office_limit": 5}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"office_limit": 1.5}, "rule_shape", "office_limit"),
        ({"limit": 2.5}, "rule_shape", "limit"),
        ({"office_limit": 0}, "rule_shape", "office_limit"),
        ({"office_limit": -1}, "rule_shape", "office_limit"),
        ({"office_limit": "nan"}, "rule_shape", "office_limit"),
        ({"office_limit": float("nan")}, "rule_shape", "office_limit"),
        ({"office_limit": float("inf")}, "rule_shape", "office_limit"),
        ({"office_limit": 1001}, "rule_shape", "office_limit"),
        ({"office_limit": HUGE}, "rule_shape", "office_limit"),
        ({"office_limit": True}, "rule_shape", "office_limit"),
        ({"office_limit": "2h"}, "rule_shape", "office_limit"),
        ({"unit": "hour", "limit": 0.3}, "rule_shape", "limit"),
        ({"unit": "same_day"}, "rule_shape", "unit"),
        ({"unit": "unknown"}, "rule_shape", "unit"),
        ({"office_limit": 11}, "term_rule_longer", "office_limit"),
        ({"unit": "working_day", "office_limit": 10.25}, "term_rule_longer", "office_limit"),
        ({"valid_to": "2027-02-28"}, "rule_ends_early", "valid_to"),
    ],
)
def test_limits_of_a_rule_of_terms(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_rule(line("term", "k", {**TERM, **changes}))
    assert (refused.value.code, refused.value.field) == (code, field)


PROCEDURE = {"code": "1.000001", "name": "x", "field": "Thử", "limit": "10", "unit": "day"}


@pytest.mark.parametrize(
    ("cells", "value", "code"),
    [
        ({}, {"office_limit": 1.5}, "term_rule_whole_days"),
        ({}, {"office_limit": 5}, ""),
        ({}, {"office_limit": 1.5, "limit": 2, "unit": "working_day"}, ""),
        ({"unit": "working_day"}, {"office_limit": 1.5}, ""),
        ({"unit": "hour"}, {"office_limit": 1.5}, ""),
        ({"unit": "hour"}, {"office_limit": 11, "procedures": ["1.000001"]}, "term_rule_longer"),
        ({}, {"office_limit": 11, "procedures": ["1.000001"]}, "term_rule_longer"),
        ({}, {"office_limit": 11}, ""),
        ({"channel_limits": "online:12"}, {"office_limit": 11, "procedures": ["1.000001"]}, ""),
        (
            {"channel_limits": "online:12"},
            {"office_limit": 11, "procedures": ["1.000001"], "channels": ["direct"]},
            "term_rule_longer",
        ),
        ({"limit": "", "unit": "unknown"}, {"office_limit": 1.5, "procedures": ["1.000001"]}, ""),
    ],
)
def test_rule_of_terms_fits_its_procedure(cells: dict[str, str], value: dict[str, Any], code: str) -> None:
    procedure = read_row({**PROCEDURE, **cells})
    if not code:
        check_term_of("k", value, procedure)
        return
    with pytest.raises(Refusal) as refused:
        check_term_of("k", value, procedure)
    assert (refused.value.code, refused.value.field) == (code, "office_limit")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"limit": "1.5"}, "limit"),
        ({"province_limit": "1,5"}, "province_limit"),
        ({"channel_limits": "online:2 ; post:0.25"}, "channel_limits"),
        ({"limit": "1.5", "unit": "working_day"}, None),
        ({"limit": "1.5", "unit": "hour"}, None),
        ({"province_limit": "3"}, None),
    ],
)
def test_calendar_days_of_an_entered_version_are_whole(cells: dict[str, str], field: str | None) -> None:
    """A stored version is read as it is."""
    procedure: Procedure = read_row({**PROCEDURE, **cells})
    if field is None:
        check_entered_terms(procedure)
        return
    with pytest.raises(Refusal) as refused:
        check_entered_terms(procedure)
    assert (refused.value.code, refused.value.field) == ("term_limit_invalid", field)
