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
from hub.ingest.states import is_storable

_PEOPLE = frozenset(name.lower() for name in PEOPLE_FIELDS)
_MAX_SEQUENCE, _MAX_SCHEMA = 2**53 - 1, 2**31 - 1
_DIGEST = re.compile("[0-9a-f]{64}").fullmatch
_MAX_DEPTH = 24
"""Nesting of the fast reader; deeper payloads are left to `parse_json`, which has its own limit."""

UNREADABLE = "?"
"""Id of a record that has none."""


class Line(NamedTuple):
    """One record of a file.

    `fault` is the field or the reason for which it is rejected, or None. `payload` is JSON text without personal data.
    """

    number: int
    sequence: int
    id: str
    type: str
    dossier: str | None
    fault: str | None
    record: Record | None
    payload: str


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

    The digest covers the text without its own member, which is the first `"hash":`, because an earlier one inside a
    string would be escaped. For the same reason the payload is between the first and the last of its neighbours.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if b"\\u0000" in text or type(value) is not dict or orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != text:
        return None
    if not has_shape(value) or not _is_plain_object(value["payload"], _MAX_DEPTH):
        return None
    record: Record = value  # type: ignore[assignment]  # every field was just compared with its shape
    digest = record["hash"]
    covered = text.replace(b'"hash":"%b",' % digest.encode(), b"", 1)
    if hashlib.sha256(covered).hexdigest() != digest or record["sequence"] != sequence:
        return None
    payload = text[text.index(b'"payload":') + 10 : text.rindex(b',"previous_hash":')].decode()
    names = (record["id"], record["type"], record["dossier"])
    return Line(number, sequence, *names, _own_fault(record), record, payload)


def has_shape(value: Mapping[str, Any]) -> bool:
    """Return whether the members of a record fit `RECORD`.

    A test proves it equal to `first_mismatch`, which takes five times as long and names the field.
    """
    try:
        return (
            len(value) == len(RECORD)
            and type(value["payload"]) is dict
            and _is_between(value["workstation"], 99)
            and _is_between(value["sequence"], _MAX_SEQUENCE)
            and _is_between(value["schema"], _MAX_SCHEMA)
            and _is_text(value["id"], 64)
            and _is_text(value["type"], 64)
            and _is_text(value["occurred_at"], 64)
            and _is_text(value["entered_at"], 64)
            and type(value["actor"]) is str
            and len(value["actor"]) <= 200
            and (value["dossier"] is None or _is_text(value["dossier"], 100))
            and _is_digest(value["hash"])
            and (value["previous_hash"] is None or _is_digest(value["previous_hash"]))
        )
    except KeyError:
        return False


def _is_between(value: object, maximum: int) -> bool:
    return type(value) is int and 1 <= value <= maximum


def _is_text(value: object, maximum: int) -> bool:
    return type(value) is str and 1 <= len(value) <= maximum


def _is_digest(value: object) -> bool:
    return type(value) is str and _DIGEST(value) is not None


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
    return all([_is_plain(item, depth) for item in value.values() if type(item) is not str])


@lru_cache(maxsize=1_000)
def _are_plain_keys(keys: tuple[str, ...]) -> bool:
    return not any(key.lower() in _PEOPLE for key in keys)


def _is_plain(value: Any, depth: int) -> bool:
    kind = type(value)
    if kind is dict:
        return depth > 0 and _is_plain_object(value, depth - 1)
    if kind is list:
        return depth > 0 and all(_is_plain(item, depth - 1) for item in value)
    return kind is not float


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
    payload = canonical_json(without_people(record["payload"])).decode()
    return Line(number, sequence, record["id"], record["type"], record["dossier"], fault, record, payload)


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
    return Line(number, sequence, names[0] or UNREADABLE, names[1] or UNREADABLE, names[2], fault, None, "{}")


def _name(value: object, limit: int) -> str | None:
    return value[:limit] if isinstance(value, str) else None
