"""Forms read from data: shipped sets, and what is refused where."""

import copy
import tomllib
from typing import Any

import pytest

from app.models.errors import Refusal
from app.models.forms.reading import check_form, read_form
from app.models.forms.template import TemplateError, parse_template
from app.models.forms.values import FORM_VALUES
from app.models.law.rule import KINDS, read_rule
from app.resource_files import RESOURCES
from app.wording.refusals import error_sentence

FORMS: dict[str, Any] = tomllib.loads((RESOURCES / "forms" / "2025.toml").read_text(encoding="utf-8"))["forms"]
NOTE: dict[str, Any] = {
    "title": ["GIẤY HẸN LÀM VIỆC"],
    "papers": ["A5"],
    "blocks": [{"text": "Mời {applicant.name} đến {unit}."}],
}


def test_shipped_set_has_every_form_of_the_program() -> None:
    assert set(FORMS) == set(FORM_VALUES)
    for form, value in FORMS.items():
        assert read_form(form, value).title


@pytest.mark.parametrize(
    ("text", "values", "printed"),
    [
        ("Ngày {day}", {"day": "12"}, "Ngày 12"),
        ("Số {n…}.", {}, f"Số {'.' * 28}."),
        ("A[, số {n}]B", {}, "AB"),
        ("A[, số {n}]B", {"n": "{x}[y]"}, "A, số {x}[y]B"),
        ("[{a} và {b}]", {"a": "1"}, ""),
    ],
)
def test_template_prints_values_as_they_are(text: str, values: dict[str, str], printed: str) -> None:
    assert parse_template(text).fill(values) == printed


@pytest.mark.parametrize("text", ["{", "}", "{A}", "[x", "x]", "[a[b]]", "{a b}"])
def test_unmatched_brace_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(text)


BROKEN: dict[str, tuple[Any, str]] = {
    "colour": ("red", "form_shape"),
    "title": ([], "form_shape"),
    "papers": (["A6"], "form_shape"),
    "number": ("{code}", "form_shape"),
    "copies": ([{"label": "Liên 1", "colour": 1}], "form_shape"),
    "landscape": ("yes", "form_shape"),
    "blocks": ([{"block": "spiral"}], "form_block_unknown"),
    "beside": ([{"block": "transfer", "caption": "x"}], "form_shape"),
    "subtitle": ("{secret}", "form_value_unknown"),
    "names": ({"return_by": {"post": 1}}, "form_shape"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_broken_key_is_named(key: str) -> None:
    value, code = BROKEN[key]
    with pytest.raises(Refusal) as caught:
        read_form("note", {**NOTE, key: value})
    assert caught.value.code == code
    place = str(caught.value.values["place"])
    assert key in place
    assert place in error_sentence(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_unknown_key_within_any_block_is_refused(form: str) -> None:
    for number in range(len(FORMS[form]["blocks"])):
        value = copy.deepcopy(FORMS[form])
        value["blocks"][number]["colour"] = "red"
        with pytest.raises(Refusal, match="form_shape") as caught:
            read_form(form, value)
        assert f"blocks {number + 1}" in str(caught.value.values["place"])


def test_form_may_take_the_rest_from_another() -> None:
    check_form("2027/receipt", {"like": "2025/receipt", "footer": "Mẫu số 01 (Thông tư 09/2027/TT-BTP)"})
    for value in ({"like": "2025"}, {"like": 1}, {"like": "2025/receipt", "blocks": [{"text": "{x}"}]}):
        with pytest.raises(Refusal):
            check_form("2027/receipt", value)
    with pytest.raises(Refusal, match="form_key"):
        check_form("receipt", NOTE)


LINES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "form_set": ("2027", {"name": "Thông tư 09/2027"}, {"name": ""}),
    "form": ("2027/note", NOTE, {}),
    "calendar_day": ("2027-02-04", {"kind": "off"}, {"kind": "party"}),
    "report_period": ("start", {"day": 1}, {"day": 31}),
    "retention": ("dossier", {"name": "Hồ sơ", "years": 5}, {"name": "Hồ sơ", "years": -1}),
    "notice": ("ready.post", {"text": "Hồ sơ {code} xong."}, {"text": "{name} xong"}),
    "late_reason": ("flood", {"name": "Thiên tai"}, {"name": " "}),
    "satisfaction_question": (
        "3",
        {"text": "Số lần liên hệ", "answers": {"2": "Không"}},
        {"text": "?", "answers": {"5": "x"}},
    ),
    "feedback_term": ("rule", {"working_days": 20}, {"working_days": 20, "days": 3}),
}


@pytest.mark.parametrize("kind", LINES)
def test_each_new_kind_reads_a_line_and_refuses_a_broken_one(kind: str) -> None:
    key, value, broken = LINES[kind]
    line = {"kind": kind, "key": key, "value": value, "valid_from": "2027-03-01", "decision": "1/QĐ"}
    assert kind in KINDS
    assert read_rule(line).key == key
    with pytest.raises(Refusal):
        read_rule({**line, "value": broken})
