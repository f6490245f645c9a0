"""Canonical JSON text and keyed digests of texts."""

import hmac
import json
from collections.abc import Callable
from functools import lru_cache
from json import encoder
from typing import Any

_MAKE: Callable[..., Callable[[Any, int], tuple[str, ...]]] | None = getattr(encoder, "c_make_encoder", None)


class CanonicalText(str):
    """JSON text that is canonical already; a `Json` column stores it as it is."""

    __slots__ = ()


def canonical_encoder() -> Callable[[Any], str]:
    """Return the function that writes canonical JSON.

    The compiled encoder of `json` is made once. `JSONEncoder.encode` makes one for each value, which takes longer than
    writing a small value. A cycle raises RecursionError.
    """
    plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if _MAKE is None:
        return plain.encode
    encode = _MAKE(None, plain.default, encoder.encode_basestring, None, ":", ",", True, False, True)
    return lambda value: "".join(encode(value, 0))


def keyed_digest(key: bytes, text: str) -> str:
    """Return the HMAC-SHA-256 of a text in hexadecimal."""
    digest = _started(key).copy()
    digest.update(text.encode())
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _started(key: bytes) -> hmac.HMAC:
    """Return the HMAC after the key, which is half of a short digest's work."""
    return hmac.new(key, digestmod="sha256")
