"""Forms shipped with the program: resources/forms/SET.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from app.models.forms.library import FormEntry, FormLibrary, FormVersion
from app.models.forms.reading import read_form_key
from app.models.forms.sets import read_form_set
from app.printing.document_values.registry import form_of
from app.printing.documents.dossier import Document
from app.resource_files import FORM_SETS


@cache
def form_lines() -> tuple[Mapping[str, Any], ...]:
    """Return the shipped sets and forms as lines of rules.

    Their kinds are `form_set` and `form`.
    """
    files = sorted(FORM_SETS.glob("*.toml"))
    return tuple(line for file in files for line in _lines_of(tomllib.loads(file.read_text(encoding="utf-8"))))


def _lines_of(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Yield the set of a file, then its forms and their later changes."""
    heading = dict(content["set"])
    key, first, decision = heading.pop("key"), heading.pop("valid_from"), heading.pop("decision")
    common = {"valid_from": first.isoformat(), "decision": decision}
    yield {"kind": "form_set", "key": key, "value": heading, **common}
    for form, value in content["forms"].items():
        yield {"kind": "form", "key": f"{key}/{form}", "value": value, **common}
    for change in content.get("changes", ()):
        value = {name: each for name, each in change.items() if name not in ("form", "valid_from", "decision")}
        dated = {"valid_from": change["valid_from"].isoformat(), "decision": change["decision"]}
        yield {"kind": "form", "key": f"{key}/{change['form']}", "value": value, **dated}


def form_library(lines: Iterable[Mapping[str, Any]]) -> FormLibrary:
    """Return the library of lines of rules, in order.

    Their kinds are `form_set` and `form`. Of several lines of one set the last counts.
    """
    sets, entries = {}, []
    for line in lines:
        key, value, first = line["key"], line["value"], date.fromisoformat(line["valid_from"])
        if line["kind"] == "form_set":
            sets[key] = read_form_set(key, value, first, line["decision"])
        else:
            names = read_form_key(key)
            entries.append(FormEntry(names.form_set, names.form, value, first))
    return FormLibrary(sets.values(), entries)


@cache
def shipped_library() -> FormLibrary:
    """Return the library of the shipped sets."""
    return form_library(form_lines())


def shipped_version(document: Document) -> FormVersion:
    """Return the shipped form of a document's set.

    Prints of earlier releases have no other record of their form.
    """
    library = shipped_library()
    form_set = library.find_set(document.head.form_set) or library.sets[-1]
    return library.version(form_set.key, form_of(document), form_set.valid_from)
