"""Khmer text in the order in which its glyphs are drawn.

Signs of Khmer are before, under, over and after a consonant. The bundled Noto Sans Khmer has its subscripts, its
lowered vowels and its ligatures at code points of their own (private use, below), so that no shaping engine is needed.
Its marks have no width and overlap the character before them.
"""

import re

_CLUSTER = re.compile("([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*)")
_PART = re.compile("\u17d2[\u1780-\u17b3]|.")
_FIRST, _LAST_JOINED = 0x1780, 0x22
_SUBSCRIPT_LETTERS = frozenset((*map(chr, range(0x1780, 0x17A3)), "\u17a7", "\u17ab", "\u17ac", "\u17af"))
_SUBSCRIPTS, _JOINED_AA, _JOINED_AU = 0xE000, 0xE100, 0xE200
_LOWERED = {"\u17bb": "\ue300", "\u17bc": "\ue301", "\u17bd": "\ue302"}
_WITH_E = {"\u17be": "\u17b8", "\u17bf": "\ue310", "\u17c0": "\ue311", "\u17c4": "\u17b6", "\u17c5": "\u17c5"}
"""What is drawn after a consonant of a vowel whose first part, U+17C1, is drawn before it."""
_BEFORE = frozenset("\u17c1\u17c2\u17c3")
_AFTER = frozenset("\u17b6\u17c5\u17c7\u17c8\ue310\ue311")
_OVER = frozenset("\u17b7\u17b8\u17b9\u17ba")
_SHIFTERS = frozenset("\u17c9\u17ca")
_RO, _AA, _AU, _E, _U, _NIKAHIT = "\u17d2\u179a", "\u17b6", "\u17c5", "\u17c1", "\u17bb", "\u17c6"


def drawn_khmer(text: str) -> str:
    """Return the characters of the Khmer face in the order of drawing."""
    return _CLUSTER.sub(lambda match: _draw(match[1], _PART.findall(match[2])), text)


def _draw(letter: str, parts: list[str]) -> str:
    vowels = [part for part in parts if part in _WITH_E]
    marks = [_WITH_E.get(part, part) for part in parts if len(part) == 1]
    before = [_E] * len(vowels) + [part for part in marks if part in _BEFORE]
    before += [_subscript(part) for part in parts if part == _RO]
    under = [_subscript(part) for part in parts if len(part) > 1 and part != _RO]
    after = [part for part in marks if part in _AFTER]
    marks = _beside_each_other([part for part in marks if part not in _BEFORE | _AFTER], bool(under))
    last = [mark for mark in marks if mark == _NIKAHIT and _AA in after]
    marks = [mark for mark in marks if mark not in last]
    if after and not (marks or under):
        letter, after = _joined(letter, after)
    return "".join([*before, letter, *under, *marks, *after, *last])


def _beside_each_other(marks: list[str], has_subscript: bool) -> list[str]:
    """Return marks that do not cover each other.

    A shifter below a vowel over the letter has the form of U+17BB. A vowel under a subscript is lowered.
    """
    if any(mark in _OVER for mark in marks):
        marks = [_U if mark in _SHIFTERS else mark for mark in marks]
    return [_LOWERED.get(mark, mark) if has_subscript else mark for mark in marks]


def _joined(letter: str, after: list[str]) -> tuple[str, list[str]]:
    """Return the letter joined with U+17B6 or U+17C5, and what follows."""
    place = ord(letter) - _FIRST
    if after[0] == _AA and place <= _LAST_JOINED:
        return chr(_JOINED_AA + place), after[1:]
    if after[0] == _AU and place <= _LAST_JOINED:
        return chr(_JOINED_AU + place), after[1:]
    return letter, after


def _subscript(part: str) -> str:
    return part if part[1] not in _SUBSCRIPT_LETTERS else chr(_SUBSCRIPTS + ord(part[1]) - _FIRST)
