"""Build and sign a law package from a folder (docs/law-packages.md)."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME, iso
from app.models.law.counter_rules import CALENDAR_DAY
from app.models.text import clean
from app.models.values.days import parse_day
from app.services.law_packages.content import content_bytes, read_content
from app.services.law_packages.opened import verified
from app.sync.canonical import canonical_json
from app.sync.errors import BundleRefused
from app.sync.law_package import LawHeader, write_law_package
from app.sync.signing import new_signing_key, public_key
from app.sync.wire import fingerprint

LAW_TOML = "law.toml"
_REQUIRED = ("id", "title", "issuer", "decision", "valid_from")
_KEYS = frozenset((*_REQUIRED, "made_at", "rules", "rule", "catalogue", "calendar"))
_FIRST_DAY, _LAST_DAY = "valid_from", "valid_to"
_VALUE, _VALUE_FROM = "value", "value_from"
_MAX_BYTES = 32 * 2**20
_KEY_DIGITS = 64


@dataclass(frozen=True)
class IssuerKey:
    """The two keys of an issuer, and what it reads out over the telephone."""

    signing_key: bytes = field(repr=False)
    public_key: str
    fingerprint: str


def new_issuer_key() -> IssuerKey:
    """Return new keys."""
    return _issuer(new_signing_key())


def key_text(key: IssuerKey) -> bytes:
    """Return the text of a key file."""
    return key.signing_key.hex().encode() + b"\n"


def read_issuer_key(file: Path) -> IssuerKey:
    """Return the keys of a key file.

    Raises Refusal `law_key_file`.
    """
    try:
        text = file.read_text(encoding="ascii").strip()
        key = bytes.fromhex(text) if len(text) == _KEY_DIGITS else b""
        return _issuer(key)
    except (OSError, ValueError):
        raise Refusal("law_key_file", "key", file=str(file)) from None


def draft_law(folder: Path, key: IssuerKey, now: datetime) -> bytes:
    """Return the signed package of a folder.

    `made_at` of law.toml replaces `now`, so that the same folder gives the same bytes.

    Raises Refusal `law_toml`, `law_toml_key`, `law_toml_missing`, `law_table_missing`, `day_shape`, or what
    `read_content` raises.
    """
    facts = _toml(folder / LAW_TOML)
    unknown = sorted(set(facts) - _KEYS)
    if unknown:
        raise Refusal("law_toml_key", "from", part=unknown[0][:60])
    header = _header(facts, now)
    lines = [*_listed_rules(folder, facts), *(_rule(folder, line) for line in _list(facts, "rule"))]
    rules = list(map(_with_iso_days, lines))
    for number, rule in enumerate(rules, 1):
        _check_values(number, rule)
    content = content_bytes(rules, _table(folder, facts, "catalogue"), _table(folder, facts, "calendar"))
    try:
        data = write_law_package(header, content, key.signing_key)
    except BundleRefused as refused:
        part = refused.values.get("part", refused.values.get("name"))
        raise Refusal("law_toml_key", "from", part=part) from refused
    read_content(content, verified(data).header)
    return data


def _issuer(signing_key: bytes) -> IssuerKey:
    key = public_key(signing_key)
    return IssuerKey(signing_key, key.hex(), fingerprint(key))


def _header(facts: Mapping[str, Any], now: datetime) -> LawHeader:
    values = {name: _header_text(facts, name) for name in _REQUIRED}
    made_at = _plain(facts.get("made_at", now))
    return LawHeader(**values, made_at=str(made_at))


def _header_text(facts: Mapping[str, Any], name: str) -> str:
    value = _plain(facts.get(name))
    if value is None:
        raise Refusal("law_toml_missing", "from", part=name)
    if not isinstance(value, str):
        raise Refusal("law_toml_key", "from", part=name)
    if name != _FIRST_DAY:
        return clean(value)
    day = parse_day(value)
    if day is None:
        raise Refusal("day_shape", "from", text=value[:40])
    return day.isoformat()


def _listed_rules(folder: Path, facts: Mapping[str, Any]) -> list[Any]:
    """Return the rules of the file that `rules` names, a JSON list."""
    name = facts.get("rules")
    if name is None:
        return []
    lines = _parsed(folder, name)
    lines = lines.get("rules", lines) if isinstance(lines, Mapping) else lines
    if not isinstance(lines, list):
        raise Refusal("law_toml_key", "from", part="rules")
    return lines


def _rule(folder: Path, line: object) -> dict[str, Any]:
    """Return a rule of law.toml; `value_from` names a file with its value."""
    if not isinstance(line, Mapping):
        raise Refusal("law_toml_key", "from", part="rule")
    rule = {name: _plain(value) for name, value in line.items() if name != _VALUE_FROM}
    if _VALUE_FROM in line:
        rule[_VALUE] = _plain(_parsed(folder, line[_VALUE_FROM]))
    return rule


def _with_iso_days(rule: object) -> Any:
    """Return a rule with its days in ISO 8601; a text that is no day stays."""
    if not isinstance(rule, Mapping):
        return rule
    days = {name: _iso_day(rule[name]) for name in (_FIRST_DAY,) if name in rule}
    if rule.get("kind") == CALENDAR_DAY and "key" in rule:
        days["key"] = _iso_day(rule["key"])
    value = rule.get(_VALUE)
    if isinstance(value, Mapping) and _LAST_DAY in value:
        days[_VALUE] = {**value, _LAST_DAY: _iso_day(value[_LAST_DAY])}
    return {**rule, **days}


def _iso_day(value: object) -> object:
    day = parse_day(value) if isinstance(value, str) else None
    return value if day is None else day.isoformat()


def _check_values(number: int, rule: object) -> None:
    """Check that JSON has the values of a rule: no time of day, no infinity."""
    try:
        canonical_json(rule)
    except ValueError:
        raise Refusal("law_toml_key", "from", part=f"rule {number}") from None


def _list(facts: Mapping[str, Any], name: str) -> list[Any]:
    lines = facts.get(name, [])
    if not isinstance(lines, list):
        raise Refusal("law_toml_key", "from", part=name)
    return lines


def _table(folder: Path, facts: Mapping[str, Any], name: str) -> str:
    return _text(folder, facts[name]) if name in facts else ""


def _parsed(folder: Path, name: object) -> Any:
    """Return the value of a JSON or TOML file of the folder."""
    text = _text(folder, name)
    try:
        return tomllib.loads(text) if str(name).endswith(".toml") else json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal("law_toml", "from", where=str(name)[:60]) from None


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file.parent, file.name))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refusal("law_toml", "from", where=str(error)[:80]) from None


def _text(folder: Path, name: object) -> str:
    """Return the text of a file directly in the folder."""
    if not isinstance(name, str) or Path(name).name != name:
        raise Refusal("law_table_missing", "from", file=str(name)[:60])
    try:
        with (folder / name).open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise ValueError(name)
        return content.decode("utf-8-sig")
    except (OSError, ValueError):
        raise Refusal("law_table_missing", "from", file=name[:60]) from None


def _plain(value: Any) -> Any:
    """Return a TOML value as JSON has it: days and instants become text."""
    if isinstance(value, datetime):
        return iso(value if value.tzinfo else value.replace(tzinfo=OFFICE_TIME))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
