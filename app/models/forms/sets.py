"""Sets of forms, and which of them an office prints on a day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.errors import Refusal

SET_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_KEYS = frozenset(("name", "based_on", "replaces", "series", "counter_name", "valid_to", "source", "certainty"))
_SERIES = {"centre": "TTPVHCC", "counter": "BPTNTKQ"}
COUNTER_NAME = "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"


@dataclass(frozen=True)
class FormSet:
    """A set of forms in force from a day on.

    A form that it lacks is taken from `based_on`. Offices that print a set of `replaces` go over to it on its day;
    None replaces every earlier set. `series` are the abbreviations of a centre and of a counter in document numbers.
    """

    key: str
    name: str
    valid_from: date
    decision: str = ""
    based_on: str = ""
    replaces: frozenset[str] | None = None
    series_of_centre: str = _SERIES["centre"]
    series_of_counter: str = _SERIES["counter"]
    counter_name: str = COUNTER_NAME


def read_form_set(key: str, value: Mapping[str, Any], valid_from: date, decision: str = "") -> FormSet:
    """Return a set of forms.

    Raises Refusal `form_key`, `form_set_shape` with the place.
    """
    if not SET_KEY.fullmatch(key):
        raise Refusal("form_key", "key", text=key[:60])
    if not set(value) <= _KEYS:
        raise Refusal("form_set_shape", "value", place=str(min(set(value) - _KEYS))[:40])
    series = value.get("series", {})
    _require(isinstance(series, Mapping) and set(series) <= set(_SERIES), "series")
    replaces = value.get("replaces")
    _require(replaces is None or _is_texts(replaces), "replaces")
    return FormSet(
        key=key,
        name=_text(value.get("name"), "name"),
        valid_from=valid_from,
        decision=decision,
        based_on=_text(value.get("based_on", ""), "based_on", empty=True),
        replaces=None if replaces is None else frozenset(replaces),
        series_of_centre=_text(series.get("centre", _SERIES["centre"]), "series"),
        series_of_counter=_text(series.get("counter", _SERIES["counter"]), "series"),
        counter_name=_text(value.get("counter_name", COUNTER_NAME), "counter_name"),
    )


def check_form_set(key: str, value: Mapping[str, Any]) -> None:
    """Check the value of a set of forms.

    Raises Refusal `form_key`, `form_set_shape`.
    """
    read_form_set(key, value, date.min)


def _text(value: object, place: str, empty: bool = False) -> str:
    _require(isinstance(value, str) and len(value) <= 200 and (empty or bool(value.strip())), place)
    return str(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _require(condition: bool, place: str) -> None:
    if not condition:
        raise Refusal("form_set_shape", "value", place=place)


def set_on(sets: Iterable[FormSet], chosen: str, chosen_from: date | None, day: date) -> FormSet:
    """Return the set that an office prints for a dossier received on a day.

    `chosen` is the set of the office file, empty or unknown for the one in force by date. Before `chosen_from` the
    office prints the latest other set. A later set replaces the chosen one from its day on.
    """
    known = sorted(sets, key=lambda each: each.valid_from)
    current = next((each for each in known if each.key == chosen), None)
    if current is None or (chosen_from is not None and day < chosen_from):
        others = [each for each in known if each is not current] or known
        begun = [each for each in others if each.valid_from <= day] or others[:1]
        return begun[-1]
    for later in known:
        begins = current.valid_from < later.valid_from <= day
        if begins and (later.replaces is None or current.key in later.replaces):
            current = later
    return current
