"""Text functions: NFC on entry, folding for search, masking."""

import re
import unicodedata

from app.models.errors import Refusal

_MAX_MARKS = 4
"""Marks on one character; Vietnamese has at most two."""
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
"""Characters that are drawn as nothing, such as the Hangul fillers."""

_SEEN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")
"""Characters that are always seen: Latin with its ready-made marks, and punctuation."""


_LOOSE_MARK = re.compile("[\u0302\u0306]")
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")


def clean(text: str) -> str:
    """Return the text as stored: NFC, trimmed, without invisible characters.

    Runs of white space become one blank. Control characters, zero-width marks and lone surrogates are removed. A tone
    typed before the circumflex or breve of its vowel is put behind it, which NFC alone does not do.
    """
    visible = text if text.isprintable() else "".join(c for c in text if c.isprintable() or c.isspace())
    composed = unicodedata.normalize("NFC", visible)
    if not composed.isascii() and _LOOSE_MARK.search(composed):
        ordered = _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", composed))
        composed = unicodedata.normalize("NFC", ordered)
    return " ".join(composed.split())


def escaped_controls(text: str) -> str:
    """Return a text whose control and direction characters are escaped.

    A value of a file would else change what a terminal shows. Line ends and joiners of words stay.
    """
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(each):04x}" if _is_control(each) else each for each in text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\t\u200c\u200d"


def visible_text(text: str, field: str) -> str:
    """Return the cleaned text, checked for characters that cannot be seen.

    Raises Refusal `letters_unseen`.
    """
    cleaned = clean(text)
    if has_unseen_letters(cleaned):
        raise Refusal("letters_unseen", field)
    return cleaned


def has_unseen_letters(text: str) -> bool:
    """Return whether a cleaned text has characters that a reader cannot see.

    They are fillers, variation selectors without an ideograph or symbol, and characters with more than four marks.
    """
    if text.isascii() or _SEEN.fullmatch(text):
        return False
    marks, before = 0, " "
    for character in unicodedata.normalize("NFD", text):
        if character in _BLANK_LETTERS or (_is_selector(character) and not _takes_selector(before)):
            return True
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks > _MAX_MARKS:
            return True
        before = character
    return False


def _is_selector(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION"))


def _takes_selector(character: str) -> bool:
    return unicodedata.category(character) == "So" or "CJK" in unicodedata.name(character, "")


_APOSTROPHES = "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_LOOKALIKES = str.maketrans({"đ": "d", "ð": "d", "ƀ": "b", "ø": "o", "ł": "l", **dict.fromkeys(_APOSTROPHES, "'")})


def plain_apostrophes(text: str) -> str:
    """Return the text with one shape of apostrophe.

    Names such as H’Hen are typed with U+2019, U+02BB, U+02C8, U+A78C and others.
    """
    return text.translate(_ONE_APOSTROPHE)


class _BareCharacters(dict[int, int | str | None]):
    """What folding makes of each character, filled on first use."""

    def __missing__(self, point: int) -> int | str | None:
        character = chr(point)
        bare = None if unicodedata.combining(character) else _LOOKALIKES.get(point, point)
        self[point] = bare
        return bare


_BARE_CHARACTERS = _BareCharacters()


def fold_text(text: str) -> str:
    """Return the text in lower case without marks.

    Searches compare folded texts, so that «dao thi am» matches «Đào Thị Ẫm».
    """
    if text.isascii():
        return text.lower().translate(_LOOKALIKES)
    return unicodedata.normalize("NFD", text.lower()).translate(_BARE_CHARACTERS)


def mask_number(number: str) -> str:
    """Return a person's number with its middle hidden, as in lists.

    `048*****4217` for twelve digits.
    """
    if len(number) <= 4:
        return "*" * len(number)
    head, tail = (3, 4) if len(number) >= 9 else (1, 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def mask_name(name: str) -> str:
    """Return a person's name as initials, as on the kiosk.

    «Huỳnh Thị Ẫm Ỷ» gives «H… T… Ẫ… Ỷ».
    """
    return " ".join(word if len(word) == 1 else f"{word[0]}…" for word in name.split())
