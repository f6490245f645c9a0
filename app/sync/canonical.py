"""Canonical JSON: one spelling per value, so that digests are comparable."""

import json
import math
from json import encoder
from typing import Any

MAX_DEPTH = 32
"""Maximum nesting of lists and objects."""


_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_MAKE = getattr(encoder, "c_make_encoder", None)
_COMPILED = _MAKE and _MAKE(None, _PLAIN.default, encoder.encode_basestring, None, ":", ",", True, False, False)
"""The compiled encoder of `_PLAIN`, which makes one for each value; that takes longer than writing a record."""


def canonical_json(value: object) -> bytes:
    """Return the value as UTF-8 JSON with sorted keys and no blanks.

    Raises ValueError for what JSON cannot represent: NaN, infinity, a lone surrogate, a set, a cycle.
    """
    try:
        text = "".join(_COMPILED(value, 0)) if _COMPILED else _PLAIN.encode(value)
    except (TypeError, RecursionError) as error:
        raise ValueError("not JSON") from error
    return text.encode("utf-8")


def parse_json(data: bytes) -> Any:
    """Return the value of JSON bytes.

    Raises ValueError for invalid JSON or UTF-8, a repeated key, NaN, infinity, a lone surrogate, or more than
    `MAX_DEPTH` levels. `canonical_json` can write every value returned.
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH and _too_deep(value):
        raise ValueError("too deep")
    if b"\\u" in data:
        canonical_json(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("repeated key")
    return fields


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _too_deep(value: object) -> bool:
    layer = [value]
    for _ in range(MAX_DEPTH + 1):
        layer = [child for item in layer for child in _children(item)]
        if not layer:
            return False
    return True


def _children(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
