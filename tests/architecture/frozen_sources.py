"""Read names from the syntax trees of `app`.

The names of modules, classes and functions are not used, so that they can change.
"""

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

APP = Path(__file__).resolve().parents[2] / "app"
_FILE_NAME = re.compile(
    r"motcua([\w.-]*\w)?|\w[\w.-]*\.(db|json|jsonl|toml|lock|seen|mc[a-z]+|sig|zst|age|csv|tsv)", re.ASCII
)
_VARIABLE = re.compile(r"\b(?:MOTCUA_[A-Z_]+|XDG_[A-Z_]+|(?:LOCAL)?APPDATA)\b")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,23}")
_OBJECT_NAME = re.compile(r"banner|[\w*]+(\.[\w*]+)+")
_LISTS = {
    "access trail entry": ("signed-in", "sheet-opened"),
    "action": ("intake", "take-back"),
    "barcode fault": ("key_length", "key_serial"),
    "channel": ("direct", "online", "post"),
    "day kind": ("off", "half"),
    "day reason": ("weekend", "make_up"),
    "day state": ("working", "reception"),
    "day start task": ("unprinted", "unsent"),
    "face": ("satisfied", "dissatisfied"),
    "feedback subject": ("conduct", "rule"),
    "feedback way": ("phone", "box"),
    "form": ("receipt", "handover"),
    "gender": ("male", "female"),
    "handling of a paper": ("submit", "lookup"),
    "list": ("register", "blanks"),
    "paper size": ("A4", "80mm"),
    "person kind": ("citizen", "household_business"),
    "permission": ("ask-status", "vouch"),
    "print status": ("prepared", "handed"),
    "procedure version state": ("past", "coming"),
    "report period": ("quarter", "half"),
    "return by": ("counter", "post"),
    "role": ("clerk", "kiosk"),
    "service": ("priority", "advice"),
    "sms situation": ("ready", "holiday"),
    "sms status": ("waiting", "dropped"),
    "status": ("processing", "payment_due"),
    "supplement clock": ("restart", "pause"),
    "term unit": ("working_day", "same_day"),
    "verdict": ("early", "on_time"),
}
"""Closed lists by values that no smaller list has, because class names can change."""


class _Source(NamedTuple):
    folders: tuple[str, ...]
    nodes: tuple[ast.AST, ...]


@cache
def _sources() -> tuple[_Source, ...]:
    return tuple(
        _Source(path.relative_to(APP).parts, tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
        for path in sorted(APP.rglob("*.py"))
    )


def forget() -> None:
    """Release the syntax trees.

    Half a million live objects slow down the rest of the tests.
    """
    _sources.cache_clear()


def _nodes() -> Iterator[ast.AST]:
    return (node for source in _sources() for node in source.nodes)


def _strings() -> Iterator[str]:
    for node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            yield node.value if isinstance(node.value, str) else node.value.decode("ascii", "replace")


def _text(node: ast.AST) -> str:
    """Return the value of a constant string, or the pattern of an f-string.

    The pattern has `*` for each inserted value.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "*" for part in node.values)
    return ""


def identifiers() -> list[str]:
    """Return every constant string and field name that may be a key."""
    fields = (_text_of_target(node.target) for node in _nodes() if isinstance(node, ast.AnnAssign))
    return sorted({text for text in (*_strings(), *fields) if _IDENTIFIER.fullmatch(text)})


def environment_variables() -> set[str]:
    """Return the environment variables that the program reads."""
    return {name for text in _strings() for name in _VARIABLE.findall(text)}


def file_names() -> set[str]:
    """Return the constant strings that are whole file names."""
    return {text for text in _strings() if _FILE_NAME.fullmatch(text)}


def templates() -> set[str]:
    """Return the template names of document models."""
    return {
        _text(node.value)
        for node in _nodes()
        if isinstance(node, ast.AnnAssign) and _text_of_target(node.target) == "template" and node.value is not None
    }


def revisions() -> set[str]:
    """Return the database revisions, each with its predecessor."""
    names = set()
    for source in _sources():
        values = {
            _text_of_target(node.targets[0]): node.value.value
            for node in source.nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        if "down_revision" in values:
            names.add(f"{values['revision']} after {values['down_revision']}")
    return names


def _text_of_target(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def object_names() -> set[str]:
    """Return the object names of widgets; `*` is a computed part."""
    calls = [node for node in _nodes() if isinstance(node, ast.Call)]
    named = [
        node.args[0] for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "setObjectName"
    ]
    named += [node.args[1] for node in calls if isinstance(node.func, ast.Name) and node.func.id == "command_button"]
    names = map(_text, named)
    return {name for name in names if _OBJECT_NAME.fullmatch(name) and name.strip("*.")}


def closed_lists() -> set[str]:
    """Return the values of every enum outside `app/ui`, as `list: value`."""
    lists = [values for source in _sources() if "ui" not in source.folders for values in _enums(source.nodes)]
    labels: dict[int, str] = {}
    for label, markers in _LISTS.items():
        holding = [number for number, values in enumerate(lists) if set(markers) <= values]
        if holding:
            labels[min(holding, key=lambda number: len(lists[number]))] = label
    return {
        f"{labels.get(number, '+'.join(sorted(values)))}: {value}"
        for number, values in enumerate(lists)
        for value in values
    }


def _enums(nodes: tuple[ast.AST, ...]) -> Iterator[set[str]]:
    for node in nodes:
        if isinstance(node, ast.ClassDef) and any(_base(base).endswith("Enum") for base in node.bases):
            values = [each.value for each in node.body if isinstance(each, ast.Assign)]
            yield {str(each.value) for each in values if isinstance(each, ast.Constant)}


def _base(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def codes(names: Collection[str]) -> set[str]:
    """Return the codes with which objects of the named classes are created.

    Both branches of a conditional code count.
    """
    return {
        text
        for node in _nodes()
        if isinstance(node, ast.Call) and node.args and _base(node.func) in names
        for text in map(_text, _branches(node.args[0]))
        if text and "*" not in text
    }


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def sentence_codes() -> set[str]:
    """Return the codes that have a Vietnamese sentence in `wording`.

    Only codes of two words or more are returned.
    """
    return {
        text
        for source in _sources()
        if "wording" in source.folders
        for node in source.nodes
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if "_" in (text := "" if key is None else _text(key)) and not _is_label(value)
    }


def _is_label(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not str(node.value).endswith((".", "…", "}"))
