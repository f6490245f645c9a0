"""The content of a law package: rules, a catalogue, calendar decisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.catalogue import read_rows
from app.models.errors import Refusal
from app.models.law.rule import Rule, read_rule
from app.models.procedures import COLUMNS
from app.models.text import fold_text
from app.services.catalogue.calendar_changes import read_decisions
from app.sync.canonical import canonical_json, parse_json
from app.sync.law_package import LawHeader
from app.wording.refusals import error_sentence

RULES, CATALOGUE, CALENDAR = "rules", "catalogue", "calendar"
_PARTS = frozenset((RULES, CATALOGUE, CALENDAR))
_COLUMNS = frozenset((*COLUMNS, "fee"))
_MAX_RULES = 2_000


@dataclass(frozen=True)
class LawContent:
    """Content of a package, each line checked.

    `catalogue` is a TSV text and `calendar` a CSV text, empty for none.
    """

    rules: tuple[Rule, ...] = ()
    catalogue: str = ""
    calendar: str = ""


def content_bytes(rules: list[dict[str, Any]], catalogue: str, calendar: str) -> bytes:
    """Return content.json; empty parts are left out."""
    parts = {RULES: rules, CATALOGUE: catalogue, CALENDAR: calendar}
    return canonical_json({name: part for name, part in parts.items() if part})


def read_content(data: bytes, header: LawHeader) -> LawContent:
    """Return the content of a package.

    A rule without `valid_from` or `decision` has those of the package.

    Raises Refusal `law_content`, `law_content_newer` for a part or column that this program does not know, `law_empty`,
    `law_kind_newer`, `law_rule` naming the rule, `law_rule_twice`, `law_row`, or like `read_rows` and `read_decisions`.
    """
    parts = _parts(data)
    catalogue, calendar = _text(parts, CATALOGUE), _text(parts, CALENDAR)
    content = LawContent(_rules(parts.get(RULES, []), header), catalogue, calendar)
    if content == LawContent():
        raise Refusal("law_empty", "file")
    if catalogue:
        _check_catalogue(catalogue)
    if calendar:
        read_decisions(calendar)
    return content


def carried_cells(data: bytes) -> frozenset[tuple[str, str]]:
    """Return the cells (code, column) and days (day, "") of content.json.

    Raises Refusal like `read_content`.
    """
    parts = _parts(data)
    catalogue, calendar = _text(parts, CATALOGUE), _text(parts, CALENDAR)
    days = {(str(decision["day"]), "") for decision in read_decisions(calendar)} if calendar else set()
    if not catalogue:
        return frozenset(days)
    rows, incomplete = read_rows(catalogue)
    codes = {procedure.code for _number, procedure in rows}
    codes |= {str(refusal.values["code"]) for _number, refusal in incomplete if "code" in refusal.values}
    columns = set(_headings(catalogue)) - {"code", "valid_from"}
    return frozenset(days | {(code, column) for code in codes for column in columns})


def _headings(catalogue: str) -> list[str]:
    heading = re.split(r"[\r\n]", catalogue.removeprefix("\ufeff"), maxsplit=1)[0]
    return [fold_text(name.strip().strip('"')) for name in heading.split("\t")]


def _parts(data: bytes) -> Mapping[str, Any]:
    try:
        parts = parse_json(data)
    except ValueError:
        raise Refusal("law_content", "file", part="content.json") from None
    if not isinstance(parts, Mapping):
        raise Refusal("law_content", "file", part="content.json")
    unknown = sorted(set(parts) - _PARTS)
    if unknown:
        raise Refusal("law_content_newer", "file", part=unknown[0][:60])
    return parts


def _text(parts: Mapping[str, Any], name: str) -> str:
    text = parts.get(name, "")
    if not isinstance(text, str):
        raise Refusal("law_content", "file", part=name)
    return text


def _rules(lines: object, header: LawHeader) -> tuple[Rule, ...]:
    if not isinstance(lines, list) or len(lines) > _MAX_RULES:
        raise Refusal("law_content", "file", part=RULES)
    rules: list[Rule] = []
    places: dict[tuple[str, str, date], int] = {}
    for number, line in enumerate(lines, start=1):
        rule = _rule(number, line, header)
        first = places.setdefault((rule.kind, rule.key, rule.valid_from), number)
        if first != number:
            raise Refusal("law_rule_twice", "file", number=number, first_number=first, kind=rule.kind, key=rule.key)
        rules.append(rule)
    return tuple(rules)


def _rule(number: int, line: object, header: LawHeader) -> Rule:
    if isinstance(line, Mapping):
        line = {"valid_from": header.valid_from, "decision": header.decision, **line}
    try:
        return read_rule(line, header.id)
    except Refusal as refusal:
        if refusal.code == "rule_kind_unknown":
            kind = refusal.values["text"]
            raise Refusal("law_kind_newer", "file", number=number, kind=kind) from refusal
        raise Refusal(
            "law_rule", "file", number=number, part=refusal.field, reason=error_sentence(refusal)
        ) from refusal


def _check_catalogue(text: str) -> None:
    """Check columns and rows; a row may leave out what the office knows."""
    for column in _headings(text):
        if column and column not in _COLUMNS:
            raise Refusal("law_content_newer", "file", part=f"{CATALOGUE}: {column[:40]}")
    for number, refusal in read_rows(text)[1]:
        if refusal.code != "cell_missing":
            raise Refusal("law_row", "file", row=number, reason=error_sentence(refusal)) from refusal
