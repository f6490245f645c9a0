"""Forms read from data and checked.

Unknown keys, blocks and values are refused.

Raises Refusal `form_shape` with the place, `form_value_unknown` with the name, `form_block_unknown`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.models.forms.blocks import read_block, read_lines
from app.models.forms.layout import CopyLabel, FormLayout
from app.models.forms.scope import Scope
from app.models.forms.template import Template
from app.models.forms.values import value_names

FORM_KEY = re.compile(r"(?P<set>[0-9A-Za-z][0-9A-Za-z._-]{0,39})/(?P<form>[a-z][a-z0-9-]{1,23})")
_NUMBER_NAMES = frozenset(("serial", "series", "blank", "year"))
_MAX_BLOCKS, _MAX_COPIES = 80, 9
_KEYS = frozenset(
    (
        *("title", "number", "footer", "code_label", "papers", "landscape", "copies", "subtitle", "beside", "blocks"),
        *("names", "like", "added", "valid_to", "source", "certainty"),
    )
)
MERGED_KEYS = _KEYS - {"like", "added", "valid_to", "source", "certainty"}
"""Keys that a form takes from the one named by `like`."""


@dataclass(frozen=True)
class FormKey:
    """Set and form of a rule's key `2025/receipt`."""

    form_set: str
    form: str


def read_form_key(key: str) -> FormKey:
    """Return set and form of a key.

    Raises Refusal `form_key`.
    """
    match = FORM_KEY.fullmatch(key)
    if match is None:
        raise Refusal("form_key", "key", text=key[:60])
    return FormKey(match["set"], match["form"])


def check_form(key: str, value: Mapping[str, Any]) -> None:
    """Check the value of a form; keys that `like` adds later may be missing.

    Raises Refusal like `read_form`, `form_key`.
    """
    form = read_form_key(key).form
    if not value.get("like"):
        Scope(form, value_names(form)).require("added" not in value, "added")
        read_form(form, value)
        return
    read_form(form, {"title": ["-"], "papers": ["A5"], "blocks": value.get("added", [])})
    if not isinstance(value["like"], str):
        raise Refusal("form_shape", "like", place="like")
    read_form_key(value["like"])
    read_form(form, {"title": ["-"], "papers": ["A5"], "blocks": [], **value})


def read_form(form: str, value: Mapping[str, Any]) -> FormLayout:
    """Return the layout of a form with all its keys."""
    scope = Scope(form, value_names(form))
    scope.require(set(value) <= _KEYS, str(min(set(value) - _KEYS, default=""))[:40])
    blocks = scope.at("blocks").items(value.get("blocks"), _MAX_BLOCKS)
    return FormLayout(
        form=form,
        title=scope.at("title").texts(value.get("title"), least=1, most=2),
        number=_number(scope.at("number"), value.get("number", "")),
        footer=scope.at("footer").text(value.get("footer", "")),
        code_label=scope.at("code_label").text(value.get("code_label", "")),
        papers=_papers(scope.at("papers"), value.get("papers")),
        blocks=tuple(read_block(scope.at(f"blocks {n}"), block) for n, block in enumerate(blocks, 1)),
        landscape=scope.at("landscape").flag(value.get("landscape", False)),
        copies=_copies(scope.at("copies"), value.get("copies", ())),
        subtitle=scope.at("subtitle").template(value["subtitle"]) if value.get("subtitle") else None,
        beside=read_lines(scope.at("beside"), value.get("beside", ())),
        names=_names(scope.at("names"), value.get("names", {})),
    )


def _number(scope: Scope, source: object) -> Template:
    template = scope.plain_template(source)
    scope.require(template.names <= _NUMBER_NAMES, "")
    return template


def _papers(scope: Scope, value: object) -> tuple[PaperSize, ...]:
    sizes = scope.texts(value, least=1, most=len(PaperSize))
    scope.require(set(sizes) <= {size.value for size in PaperSize} and len(set(sizes)) == len(sizes), "")
    return tuple(PaperSize(size) for size in sizes)


def _copies(scope: Scope, value: object) -> tuple[CopyLabel, ...]:
    copies = []
    for number, each in enumerate(scope.items(value, _MAX_COPIES), 1):
        here = scope.at(str(number))
        keys = here.mapping(each, ("label", "office"))
        copies.append(CopyLabel(here.text(keys.get("label")), here.flag(keys.get("office", False))))
    return tuple(copies)


def _names(scope: Scope, value: object) -> Mapping[str, Mapping[str, str]]:
    scope.require(isinstance(value, Mapping), "")
    assert isinstance(value, Mapping)
    return {str(name): _words(scope.at(str(name)[:40]), words) for name, words in value.items()}


def _words(scope: Scope, value: object) -> Mapping[str, str]:
    scope.require(isinstance(value, Mapping), "")
    assert isinstance(value, Mapping)
    return {str(code): scope.text(word) for code, word in value.items()}
