"""Conditions of a dated rule: procedures, fields, channels and places.

A condition that a rule lacks is met.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.models.enums import Channel
from app.models.text import fold_text

CONDITIONS = ("procedures", "places", "channels", "fields")
"""Names of the conditions, the most specific first."""

Require = Callable[[bool, str], None]
"""Raises the refusal of a kind on a field unless the condition holds."""


def conditions_met(value: Mapping[str, Any], facts: Mapping[str, str | None]) -> bool:
    """Return whether all conditions of a rule hold; `facts` are by name."""
    return all(facts.get(name) in value[name] for name in CONDITIONS if name in value)


def specificity(value: Mapping[str, Any]) -> tuple[bool, ...]:
    """Return a sort key: the rule with the more specific condition is greater."""
    return tuple(name in value for name in CONDITIONS)


def check_conditions(value: Mapping[str, Any], require: Require) -> None:
    """Check the conditions of a rule with the refusal of its kind."""
    for name in CONDITIONS:
        require(name not in value or is_list_of_texts(value[name]), name)
    require(set(value.get("channels", ())) <= set(Channel), "channels")


def is_list_of_texts(value: object) -> bool:
    """Return whether a value is a list of texts."""
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(each, str) for each in value)


def find_named(text: str, names: Mapping[str, str]) -> str | None:
    """Return the key of an entry that is typed as its key or its name."""
    typed = _comparable(text)
    return next((key for key, name in names.items() if typed in (_comparable(key), _comparable(name))), None)


def _comparable(text: str) -> str:
    return " ".join(fold_text(text).replace("-", " ").replace("_", " ").split())


def merged(values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the values of fitting rules as one; the more specific one wins."""
    facts: dict[str, Any] = {}
    for value in sorted(values, key=specificity):
        facts |= {name: each for name, each in value.items() if name not in CONDITIONS}
    return facts
