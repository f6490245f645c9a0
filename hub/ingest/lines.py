"""Lines of a sync file: parsed, checked by themselves, hashed.

One line that cannot be used is marked with its fault and does not stop the others. A line in canonical form is read by
orjson; every other line by the parser of `app.sync`. A test proves that both give the same.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from app.sync.canonical import canonical_json, parse_json
from app.sync.field_checks import first_mismatch, is_uuid
from app.sync.records import PEOPLE_FIELDS, RECORD, Record, record_fault, record_hash, without_people
from hub.ingest.states import InvalidState, at_viet_nam, is_storable
from hub.storage.records import NULL, escaped

_PEOPLE = frozenset(name.lower() for name in PEOPLE_FIELDS)
_SCALARS = frozenset((str, int, bool, type(None)))
_MAX_DEPTH = 24
"""Nesting of the fast reader; deeper payloads are left to `parse_json`, which has its own limit."""

_INSTANT = rb'"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(?:[+-][0-9]{2}:[0-9]{2}|Z))"'
_TEXT = rb'"([^"\\\x00-\x1f]{%d,%d})"'
_UUID = rb'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"'
_DIGEST = rb'"([0-9a-f]{64})"'
_RECORD = re.compile(
    rb'\{"actor":%b,"dossier":(?:null|%b),"entered_at":%b,"hash":%b,"id":%b,"occurred_at":%b,"payload":(\{.*\}),'
    rb'"previous_hash":(?:null|%b),"schema":([1-9][0-9]{0,8}),"sequence":([1-9][0-9]{0,14}),"type":%b,'
    rb'"workstation":([1-9][0-9]?)\}'
    % (_TEXT % (0, 200), _TEXT % (1, 100), _INSTANT, _DIGEST, _UUID, _INSTANT, _DIGEST, _TEXT % (1, 64)),
    re.DOTALL,
).fullmatch
"""A record in canonical form whose texts need no escape.

A name behind the payload cannot be inside it, because its quotes would be escaped there.
"""

_TAB = b"\t".join
_BINARY = b"\\\\x"
"""Begin of a binary value in the text format of COPY."""

_BEFORE_DIGEST, _BEHIND_DIGEST = len(b'"hash":"'), len(b'",')

UNREADABLE = "?"
"""Id of a record that has none."""


class Content(NamedTuple):
    """A record that was read.

    `columns` are those from `workstation` to `occurred_day` in the text format of COPY. `text` is its payload as JSON
    without personal data.
    """

    digest: str
    before: str | None
    schema: int
    occurred_at: str
    payload: Mapping[str, Any]
    columns: bytes
    text: bytes


class Line(NamedTuple):
    """One record of a file.

    `fault` is the field or the reason for which it is rejected, or None. `content` is None for an unreadable one.
    """

    number: int
    sequence: int
    id: str
    type: str
    dossier: str | None
    fault: str | None
    content: Content | None


def read_lines(raw: Sequence[bytes], first_line: int, first_sequence: int) -> list[Line]:
    """Return the records of consecutive lines.

    `first_sequence` is the record sequence that the first line must have.
    """
    return [_read_line(text, first_line + at, first_sequence + at) for at, text in enumerate(raw)]


def _read_line(text: bytes, number: int, sequence: int) -> Line:
    line = _canonical_line(text, number, sequence)
    return line if line is not None else _any_line(text, number, sequence)


def _canonical_line(text: bytes, number: int, sequence: int) -> Line | None:
    """Return a valid record in canonical form without personal data, or None.

    The digest covers the text without its own member.
    """
    match = _RECORD(text)
    if match is None or int(match[10]) != sequence:
        return None
    begin, end = match.span(4)
    digest = hashlib.sha256(text[: begin - _BEFORE_DIGEST] + text[end + _BEHIND_DIGEST :]).hexdigest()
    if digest.encode() != match[4]:
        return None
    try:
        return _matched(match, digest, number, sequence)
    except UnicodeDecodeError:
        return None


def _matched(match: re.Match[bytes], digest: str, number: int, sequence: int) -> Line | None:
    """Return the record of a match of `_RECORD`, or None.

    Raises UnicodeDecodeError.
    """
    actor, dossier, entered, hashed, record_id, occurred, text, before, schema, at, kind, workstation = match.groups()
    payload, occurred_at, entered_at = _plain_payload(text), _instant(occurred), _instant(entered)
    if payload is None or occurred_at is None or entered_at is None:
        return None
    actor.decode()
    own = (workstation, at, kind, schema, occurred_at, entered_at, actor, dossier or NULL, _BINARY + hashed)
    columns = _TAB((*own, occurred_at[:10]))
    link = None if before is None else before.decode()
    content = Content(digest, link, int(schema), occurred_at.decode(), payload, columns, text)
    code = None if dossier is None else dossier.decode()
    return Line(number, sequence, record_id.decode(), kind.decode(), code, None, content)


@lru_cache(maxsize=10_000)
def _instant(text: bytes) -> bytes | None:
    """Return an instant at +07:00, or None."""
    try:
        return at_viet_nam(text.decode()).encode()
    except InvalidState:
        return None


def _plain_payload(text: bytes) -> dict[str, Any] | None:
    """Return a plain payload in canonical form, or None.

    It has no personal data, no NUL and no floats.
    """
    try:
        payload = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if orjson.dumps(payload, option=orjson.OPT_SORT_KEYS) != text or (b"\\" in text and b"\\u0000" in text):
        return None
    return payload if _is_plain_object(payload, _MAX_DEPTH) else None


def _own_fault(record: Record) -> str | None:
    """Return the field for which a record without NUL is rejected, or None."""
    if not is_uuid(record["id"]):
        return "id"
    if not is_storable(record["occurred_at"]):
        return "occurred_at"
    return None if is_storable(record["entered_at"]) else "entered_at"


def _is_plain_object(value: Mapping[str, Any], depth: int) -> bool:
    """Return whether orjson and `json` write an object the same.

    That is so without floats. A payload with personal data is not plain either.
    """
    if not _are_plain_keys(tuple(value)):
        return False
    return all([_is_plain(item, depth) for item in value.values() if type(item) not in _SCALARS])


@lru_cache(maxsize=1_000)
def _are_plain_keys(keys: tuple[str, ...]) -> bool:
    return not any(key.lower() in _PEOPLE for key in keys)


def _is_plain(value: Any, depth: int) -> bool:
    kind = type(value)
    if kind is dict:
        return depth > 0 and _is_plain_object(value, depth - 1)
    if kind is list:
        return depth > 0 and all(_is_plain(item, depth - 1) for item in value)
    return kind in _SCALARS


def _any_line(text: bytes, number: int, sequence: int) -> Line:
    try:
        value = parse_json(text)
    except ValueError:
        return _unreadable(_lenient(text), number, sequence)
    if not isinstance(value, dict):
        return _unreadable({}, number, sequence)
    field = first_mismatch(value, RECORD)
    if field is not None:
        return _unreadable(value, number, sequence, field)
    record: Record = value  # type: ignore[assignment]  # every field was just compared with its shape
    fault = record_fault(record) or _own_fault(record) or _nul(record) or _wrong_place(record, sequence)
    content = None if fault is not None else _content(record)
    return Line(number, sequence, record["id"], record["type"], record["dossier"], fault, content)


def _content(record: Record) -> Content:
    """Return the content of a record without a fault."""
    occurred_at, entered_at = at_viet_nam(record["occurred_at"]), at_viet_nam(record["entered_at"])
    texts = (record["type"], occurred_at, entered_at, record["actor"], record["dossier"])
    kind, occurred, entered, actor, dossier = (NULL if text is None else escaped(text).encode() for text in texts)
    numbers = [b"%d" % number for number in (record["workstation"], record["sequence"], record["schema"])]
    digest = _BINARY + record["hash"].encode()
    columns = _TAB((numbers[0], numbers[1], kind, numbers[2], occurred, entered, actor, dossier, digest, occurred[:10]))
    payload = without_people(record["payload"])
    link, text = record["previous_hash"], canonical_json(payload)
    return Content(record["hash"], link, record["schema"], occurred_at, record["payload"], columns, text)


def _wrong_place(record: Record, sequence: int) -> str | None:
    if record["sequence"] != sequence:
        return "sequence"
    return None if record_hash(record) == record["hash"] else "hash"


def _nul(record: Record) -> str | None:
    return next((name for name in ("type", "actor", "dossier") if "\0" in str(record[name])), None)


def _lenient(text: bytes) -> Mapping[str, Any]:
    """Return the members of a line that no database can store.

    They name the record in the answer. Text that is no JSON at all gives no members.
    """
    try:
        value = json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _unreadable(value: Mapping[str, Any], number: int, sequence: int, fault: str = "json") -> Line:
    names = [_name(value.get(name), limit) for name, limit in (("id", 64), ("type", 64), ("dossier", 100))]
    return Line(number, sequence, names[0] or UNREADABLE, names[1] or UNREADABLE, names[2], fault, None)


def _name(value: object, limit: int) -> str | None:
    return value[:limit] if isinstance(value, str) else None
