"""JSON as the sync file writes it: one value, one spelling, so that a digest means the same at both ends."""

import json
import math
from typing import Any

MAX_DEPTH = 32
"""Levels of lists and objects a value may have."""


def canonical(value: object) -> bytes:
    """The value as UTF-8 JSON with sorted keys and no blanks.

    Raises ValueError for what JSON cannot carry: NaN, infinity, half a surrogate pair, a set, a circle.
    """
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, RecursionError) as unfit:
        raise ValueError("not JSON") from unfit
    return text.encode("utf-8")


def parse_json(data: bytes) -> Any:
    """The JSON value the bytes spell.

    Raises ValueError for broken JSON or UTF-8, a key given twice, NaN or infinity, half a surrogate pair, or more
    than `MAX_DEPTH` levels. Whatever it returns, `canonical` can write.
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite)
    except RecursionError as deep:
        raise ValueError("too deep") from deep
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH and _too_deep(value):
        raise ValueError("too deep")
    if b"\\u" in data:
        canonical(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key given twice")
    return found


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
