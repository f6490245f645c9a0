"""Input of JSON lines: one line in memory at a time, each at most 1 MB."""

import codecs
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from app.models.errors import Fault, Refusal
from app.models.text import clean

_MAX_LINE_BYTES = 1_000_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_input(name: str) -> AbstractContextManager[BinaryIO]:
    """Open a file, or return standard input for `-`, which stays open.

    Raises Refusal `file_missing`.
    """
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except (OSError, ValueError):  # ValueError: a NUL character in the name
        raise Refusal("file_missing", "file", file=name) from None


def read_lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that are not blank, in UTF-8.

    UTF-16 with its mark is read too, which PowerShell writes. Of an overlong line only the start is yielded, which
    `parse_line` refuses.

    Raises Fault `disk_error` if the disk of the file fails.
    """
    first = _read_line(source, _MAX_LINE_BYTES + 1)
    lines = _utf_16_lines(first, source) if first.startswith(_UTF_16) else _utf_8_lines(first, source)
    return (line for line in lines if line.strip())


def _read_line(source: BinaryIO, limit: int) -> bytes:
    try:
        return source.readline(limit)
    except OSError as error:
        raise Fault("disk_error", place=str(getattr(source, "name", "-"))) from error


def _utf_8_lines(first: bytes, source: BinaryIO) -> Iterator[bytes]:
    line = first.removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) > _MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := _read_line(source, _MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                continue
        yield line
        line = _read_line(source, _MAX_LINE_BYTES + 1)


def _utf_16_lines(first: bytes, source: BinaryIO) -> Iterator[bytes]:
    decoder, raw, text = codecs.getincrementaldecoder("utf-16")("replace"), first, ""
    while raw:
        *lines, text = (text + decoder.decode(raw)).split("\n")
        yield from (line.encode() for line in lines)
        text = text[: _MAX_LINE_BYTES + 1]
        raw = _read_line(source, _MAX_LINE_BYTES + 1)
    yield text.encode()


def parse_line(line: bytes) -> Any:
    """Return the JSON value of a line.

    Raises Refusal `line_too_long`, `line_not_json`, `key_twice` because it is unclear which of two values is meant.
    """
    if len(line) > _MAX_LINE_BYTES:
        raise Refusal("line_too_long", limit=_MAX_LINE_BYTES)
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=_refuse_duplicate_keys)
    except (ValueError, RecursionError):
        raise Refusal("line_not_json") from None


def _refuse_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal("key_twice", clean(twice)[:60], key=clean(twice)[:60])
    return members
