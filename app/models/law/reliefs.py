"""Reliefs of fees: by procedure, channel, age, group and account level.

Several reliefs may apply to one dossier; the highest one does (TT 117/2026/TT-BTC).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import Channel
from app.models.errors import Refusal
from app.models.law.conditions import check_conditions, conditions_met, is_list_of_texts

_RELIEF_KEYS = frozenset(
    (
        *("name", "percent", "amount", "procedures", "fields", "channels", "level", "groups", "min_age", "max_age"),
        *("valid_to", "source", "certainty"),
    )
)
_MAX_AGE, _MAX_AMOUNT = 150, 10**12


@dataclass(frozen=True)
class FeeFacts:
    """Facts of a dossier that decide its reliefs.

    `birth` is `YYYY-MM-DD` or `YYYY` of the applicant. `groups` are keys of `fee_group` rules. `level` is that of the
    citizen's account.
    """

    procedure: str
    field: str
    channel: Channel | None
    day: date
    birth: str | None = None
    groups: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True)
class Relief:
    """Relief of a fee with the amount that it takes off, in đồng.

    `specificity` is that of its conditions.
    """

    key: str
    name: str
    amount: int
    decision: str
    specificity: tuple[bool, ...] = ()

    @property
    def text(self) -> str:
        """The name with its decision, as papers and lists write it."""
        return f"{self.name} ({self.decision})" if self.decision else self.name


def applies(value: Mapping[str, Any], facts: FeeFacts) -> bool:
    """Return whether a relief's conditions are all met; a missing one is."""
    channel = None if facts.channel is None else facts.channel.value
    if not conditions_met(value, {"procedures": facts.procedure, "fields": facts.field, "channels": channel}):
        return False
    if "groups" in value and not set(value["groups"]) & set(facts.groups):
        return False
    if "level" in value and (facts.level or 0) < value["level"]:
        return False
    return _age_matches(value, facts)


def may_concern(value: Mapping[str, Any], facts: FeeFacts) -> bool:
    """Return whether the person may meet the conditions on people.

    Unlike `applies`, one of two possible ages is enough, and so is an unknown one.
    """
    if "groups" in value and not set(value["groups"]) & set(facts.groups):
        return False
    if (facts.level or 0) < value.get("level", 0):
        return False
    youngest, oldest = int(value.get("min_age", 0)), int(value.get("max_age", _MAX_AGE))
    ages = _ages(facts.birth, facts.day) or (youngest,)
    return min(ages) <= oldest and max(ages) >= youngest


def _age_matches(value: Mapping[str, Any], facts: FeeFacts) -> bool:
    """Return whether the age is in the range; an age that is not sure is not."""
    if "min_age" not in value and "max_age" not in value:
        return True
    ages = _ages(facts.birth, facts.day)
    return bool(ages) and min(ages) >= value.get("min_age", 0) and max(ages) <= value.get("max_age", _MAX_AGE)


def _ages(birth: str | None, day: date) -> tuple[int, ...]:
    """Return the possible ages in whole years.

    There are two if only the year of birth is known.
    """
    if not birth:
        return ()
    years = day.year - int(birth[:4])
    if len(birth) == 4:
        return years - 1, years
    had_birthday = (day.month, day.day) >= (int(birth[5:7]), int(birth[8:10]))
    return (years if had_birthday else years - 1,)


def relief_amount(value: Mapping[str, Any], fee: int) -> int:
    """Return the amount that a relief takes off a fee, in đồng."""
    if "amount" in value:
        return min(int(value["amount"]), fee)
    return fee * int(value.get("percent", 100)) // 100


def highest(reliefs: Iterable[Relief]) -> Relief | None:
    """Return the highest relief; among equals the most specific, then by key."""
    ordered = sorted(reliefs, key=lambda relief: relief.key)
    return max(ordered, key=lambda relief: (relief.amount, relief.specificity), default=None)


def check_relief(key: str, value: Mapping[str, Any]) -> None:
    """Check the value of a relief.

    Raises Refusal `relief_shape` on the field.
    """
    if not set(value) <= _RELIEF_KEYS:
        raise Refusal("relief_shape", str(min(set(value) - _RELIEF_KEYS))[:40])
    _require(isinstance(value.get("name"), str) and bool(value["name"].strip()), "name")
    for name, least, most in (
        *(("percent", 0, 100), ("amount", 0, _MAX_AMOUNT), ("level", 1, 2)),
        *(("min_age", 0, _MAX_AGE), ("max_age", 0, _MAX_AGE)),
    ):
        _require(name not in value or _is_whole(value[name], least, most), name)
    _require("groups" not in value or is_list_of_texts(value["groups"]), "groups")
    _require("percent" not in value or "amount" not in value, "amount")
    _require(value.get("min_age", 0) <= value.get("max_age", _MAX_AGE), "max_age")
    check_conditions(value, _require)


def check_group(key: str, value: Mapping[str, Any]) -> None:
    """Check the value of a group: a name and, if it is relieved, its relief.

    Raises Refusal `relief_shape` on the field.
    """
    check_relief(key, value)


def _require(condition: bool, field: str) -> None:
    if not condition:
        raise Refusal("relief_shape", field)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
