"""Mangled inputs: valid ones after a few mutations.

Pieces are changed, cut, repeated, exchanged or inserted. Inserted pieces are of kinds that often break programs.
"""

import random
from collections.abc import Callable, Sequence

_CONTROL_BYTES = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\r", b"\n", b"\t"),
    *(b'"', b"'", b"|", b";", b","),
)
_JSON_PIECES = (
    *(b"{", b"[", b"]", b"}", b"null", b"true", b"NaN", b"Infinity", b"-1", b"0", b"1e999", b"0.5", b"-0", b"''"),
)
_LARGE_PIECES = (
    *(b"9" * 30, b"9" * 5000, b"0x" + b"f" * 5000, b"[" * 3000, b'{"a":' * 3000, b"A" * 70_000),
    *(b"\t" * 500, b"\n" * 500),
)
_PATHS_AND_FORMULAS = (
    *(b"../../../../etc/hostname", b"C:\\CON", b"=1+1", b"=cmd|' /C calc'!A0", b"+1", b"-2", b"@SUM(1)", b"%s%n{0}{a}"),
)
_MARKUP_AND_ESCAPES = (
    *(b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>", b"'; DROP TABLE dossier;--"),
    *(b"\\x00", b"\\N", b"$HOME"),
)
_UNUSUAL_CHARACTERS = tuple(
    character.encode() for character in ("\u202e", "\u200b", "ẶẼỖỰỲỮ", "Ặ", "\U0001f4a9", "٣", "２", "ﬀ", "İ", "ß")
)
_DATES_AND_NUMBERS = (
    *(b"9999-12-31", b"0001-01-01", b"2026-02-30", b"1e3", b"2026-W07-4", b"24:00", b"-32768", b"9223372036854775808"),
)
_HOSTILE_PIECES = (
    *_CONTROL_BYTES,
    *_JSON_PIECES,
    *_LARGE_PIECES,
    *_PATHS_AND_FORMULAS,
    *_MARKUP_AND_ESCAPES,
    *_UNUSUAL_CHARACTERS,
    *_DATES_AND_NUMBERS,
)


def mangle(rng: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Return one of the seeds after one to six mutations."""
    content = rng.choice(seeds)
    for _ in range(rng.randint(1, 6)):
        content = rng.choice(_MUTATIONS)(rng, content, seeds)
    return content


def _random_range(rng: random.Random, content: bytes) -> tuple[int, int]:
    first, second = rng.randrange(len(content) + 1), rng.randrange(len(content) + 1)
    start, end = min(first, second), max(first, second)
    return start, min(end, start + 200) if rng.random() < 0.8 else end


def _flip_bit(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]


def _cut_range(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    first, last = _random_range(rng, content)
    return content[:first] + content[last:]


def _truncate(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _repeat_range(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    first, last = _random_range(rng, content)
    return content[:last] + content[first:last] * rng.choice((1, 2, 50)) + content[last:]


def _insert_hostile(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    first, last = _random_range(rng, content)
    return content[:first] + rng.choice(_HOSTILE_PIECES) + content[rng.choice((first, last)) :]


def _splice(rng: random.Random, content: bytes, seeds: Sequence[bytes]) -> bytes:
    other = rng.choice(seeds)
    return content[: rng.randrange(len(content) + 1)] + other[rng.randrange(len(other) + 1) :]


_Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
_MUTATIONS: tuple[_Mutation, ...] = (
    _flip_bit,
    _cut_range,
    _truncate,
    _repeat_range,
    _insert_hostile,
    _insert_hostile,
    _splice,
)
