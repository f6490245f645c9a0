"""JSON lines in one member of a sync file, compressed by zstandard."""

from collections.abc import Iterable
from typing import Any

import zstandard

from app.sync.canonical import canonical_json, parse_json
from app.sync.errors import BundleRefused

MAX_TEXT_BYTES = 512 * 2**20
"""Bytes of all lines before compression, about 600,000 records."""

LEVEL, QUICK_LEVEL = 10, 3
"""Levels of zstandard: of records, and of lines that consist of random identifiers, which no level makes smaller."""

_WINDOW = 2**27
_STEP = 2**20


def compress_lines(values: Iterable[object], name: str) -> bytes:
    """Return the values as compressed JSON lines.

    `name` is the member's name for error messages.

    Raises BundleRefused `bundle_json` with the line that JSON cannot represent, `bundle_too_big` if a receiver
    would refuse it.
    """
    return compress_text(b"".join(_line(value, number, name) for number, value in enumerate(values, 1)), name)


def compress_text(raw: bytes, name: str, level: int = LEVEL) -> bytes:
    """Return lines that are canonical JSON already, compressed.

    Raises BundleRefused `bundle_too_big`.
    """
    if len(raw) > MAX_TEXT_BYTES:
        raise BundleRefused("bundle_too_big", name=name, limit=MAX_TEXT_BYTES)
    return zstandard.ZstdCompressor(level=level).compress(raw)


def decompress_lines(data: bytes, name: str) -> list[Any]:
    """Return the values of a member in order.

    `name` is the member's name for error messages.

    Raises BundleRefused `bundle_damaged` (no zstandard frame, truncated, or longer than declared),
    `bundle_too_big`, `bundle_json` with the line.
    """
    return [_value(line, number, name) for number, line in enumerate(split_lines(data, name), 1)]


def split_lines(data: bytes, name: str) -> list[bytes]:
    """Return the lines of a member as bytes, without parsing them.

    `name` is the member's name for error messages.

    Raises BundleRefused `bundle_damaged`, `bundle_too_big` like `decompress_lines`.
    """
    *lines, rest = _decompress(data, name).split(b"\n")
    if rest:
        raise BundleRefused("bundle_damaged", name=name)
    return lines


def _line(value: object, number: int, name: str) -> bytes:
    try:
        return canonical_json(value) + b"\n"
    except ValueError as error:
        raise BundleRefused("bundle_json", name=name, line=number) from error


def _decompress(data: bytes, name: str) -> bytes:
    try:
        size = zstandard.get_frame_parameters(data).content_size
        if size > MAX_TEXT_BYTES:
            raise BundleRefused("bundle_too_big", name=name, limit=MAX_TEXT_BYTES)
        raw = _read(data, size)
    except zstandard.ZstdError as error:
        raise BundleRefused("bundle_damaged", name=name) from error
    if len(raw) != size:
        raise BundleRefused("bundle_damaged", name=name)
    return raw


def _read(data: bytes, size: int) -> bytes:
    """Decompress at most one step beyond the declared size.

    The limit stops a small member from expanding without end.
    """
    raw = bytearray()
    with zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data) as reader:
        while len(raw) <= size and (part := reader.read(_STEP)):
            raw += part
    return bytes(raw)


def _value(line: bytes, number: int, name: str) -> Any:
    try:
        return parse_json(line)
    except ValueError as error:
        raise BundleRefused("bundle_json", name=name, line=number) from error
