"""Streams of JSON lines: one in memory at a time, none longer than a megabyte, a bad one named and the next read."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from app.models.errors import Refusal
from app.models.text import clean

_MAX_LINE_BYTES = 1_000_000


def open_input(name: str) -> AbstractContextManager[BinaryIO]:
    """The file of that name, or standard input for `-`, left open.

    Raises Refusal `file_missing`.
    """
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except (OSError, ValueError):  # ValueError: a name that no system knows
        raise Refusal("file_missing", "file", file=name) from None


def read_lines(source: BinaryIO) -> Iterator[bytes]:
    """Lines with something in them; of one longer than a megabyte only its beginning, for `parse_line` to refuse."""
    first = True
    while line := source.readline(_MAX_LINE_BYTES + 1):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if len(line) > _MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := source.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                continue
        if line.strip():
            yield line


def parse_line(line: bytes) -> Any:
    """The value of a line.

    Raises Refusal `line_too_long`, `line_not_json`, `key_twice`: nobody knows which of two values was meant.
    """
    if len(line) > _MAX_LINE_BYTES:
        raise Refusal("line_too_long", limit=_MAX_LINE_BYTES)
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=_refuse_duplicate_keys)
    except (ValueError, RecursionError):
        raise Refusal("line_not_json") from None


def _refuse_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal("key_twice", clean(twice)[:60], key=clean(twice)[:60])
    return told
