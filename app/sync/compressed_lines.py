"""Many small objects as one member: canonical JSON, one a line, squeezed by zstandard."""

from collections.abc import Iterable
from typing import Any

import zstandard

from app.sync.canonical import canonical, parse_json
from app.sync.errors import BundleRefused

MAX_TEXT_BYTES = 512 * 2**20
"""Bytes of all lines before squeezing: some 600,000 records."""

_LEVEL = 10
_WINDOW = 2**27
_STEP = 2**20


def compress_lines(values: Iterable[object], name: str) -> bytes:
    """The values as JSON lines, compressed; `name` is the member's, for the sentence.

    Raises BundleRefused: `bundle_json` with the line JSON cannot carry, `bundle_too_big` for more than any receiver
    would open.
    """
    raw = b"".join(_line(value, number, name) for number, value in enumerate(values, 1))
    if len(raw) > MAX_TEXT_BYTES:
        raise BundleRefused("bundle_too_big", name=name, limit=MAX_TEXT_BYTES)
    return zstandard.ZstdCompressor(level=_LEVEL).compress(raw)


def decompress_lines(data: bytes, name: str) -> list[Any]:
    """The values a member holds, in order; `name` is the member's, for the sentence.

    Raises BundleRefused: `bundle_damaged` (no zstandard frame, cut short, or more in it than it declares),
    `bundle_too_big`, `bundle_json` with the line.
    """
    *lines, rest = _decompress(data, name).split(b"\n")
    if rest:
        raise BundleRefused("bundle_damaged", name=name)
    return [_value(line, number, name) for number, line in enumerate(lines, 1)]


def _line(value: object, number: int, name: str) -> bytes:
    try:
        return canonical(value) + b"\n"
    except ValueError as unfit:
        raise BundleRefused("bundle_json", name=name, line=number) from unfit


def _decompress(data: bytes, name: str) -> bytes:
    try:
        size = zstandard.get_frame_parameters(data).content_size
        if size > MAX_TEXT_BYTES:
            raise BundleRefused("bundle_too_big", name=name, limit=MAX_TEXT_BYTES)
        raw = _read(data, size)
    except zstandard.ZstdError as broken:
        raise BundleRefused("bundle_damaged", name=name) from broken
    if len(raw) != size:
        raise BundleRefused("bundle_damaged", name=name)
    return raw


def _read(data: bytes, size: int) -> bytes:
    """At most one step beyond the declared size, so that a small member cannot grow without end."""
    raw = bytearray()
    with zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data) as reader:
        while len(raw) <= size and (part := reader.read(_STEP)):
            raw += part
    return bytes(raw)


def _value(line: bytes, number: int, name: str) -> Any:
    try:
        return parse_json(line)
    except ValueError as broken:
        raise BundleRefused("bundle_json", name=name, line=number) from broken
