"""Canonical JSON text and keyed digests of texts."""

import json
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from json import encoder
from typing import Any

_MAKE: Callable[..., Callable[[Any, int], tuple[str, ...]]] | None = getattr(encoder, "c_make_encoder", None)

_BLOCK, _PADS = 64, (0x36, 0x5C)
"""Bytes in a block of SHA-256; the inner and the outer pad of an HMAC."""


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
    return _keyed(key)(text.encode())


@lru_cache(maxsize=16)
def _keyed(key: bytes) -> Callable[[bytes], str]:
    """Return the function that makes the HMAC of bytes with a key (RFC 2104).

    The two hashes are begun with the key once, which is half of a short digest's work. The class of the standard
    library takes twice the time of its hashes.
    """
    block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = (sha256(block.translate(_exclusive_or(pad))) for pad in _PADS)

    def digest(data: bytes) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(data)
        second.update(first.digest())
        return second.hexdigest()

    return digest


def _exclusive_or(pad: int) -> bytes:
    return bytes(byte ^ pad for byte in range(256))
