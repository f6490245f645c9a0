"""Vietnamese that a scanner typed as keys for an input method, Telex or VNI: `Huyfnh Thij`, `Hu2ynh Thi5`.

The guard hears keys below the input method, so nobody has turned them into letters yet.
"""

import re
import unicodedata

from app.scanning.text_repair import is_syllable

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
_VNI_SHAPES = {"6": ("aeo", "âêô"), "7": ("ou", "ơư"), "8": ("a", "ă"), "9": ("d", "đ")}
_ONSET = re.compile(r"ngh|ng|nh|ch|gh|gi(?=[aeiouy])|kh|ph|qu|th|tr|dd|[bcdghklmnpqrstvx]|")
_TELEX_SHAPES = tuple(
    pair.split(">") for pair in ["uow>ươ", "uwow>ươ", "uwo>ươ", "aa>â", "aw>ă", "ee>ê", "oo>ô", "ow>ơ", "uw>ư", "w>ư"]
)
_SHAPED = "âăêôơư"
_VOWELS = "aeiouy" + _SHAPED


def decode_keystrokes(text: str) -> str:
    """The text as an input method would have shown it, where that makes every word of it Vietnamese and leaves none
    without a vowel; any other text as it is."""
    if not text.isascii() or not re.search(r"[A-Za-z]", text):
        return text
    for read in (_telex, _vni):
        words = [read(word) for word in re.split(r"([^A-Za-z0-9]+)", text)]
        whole = unicodedata.normalize("NFC", "".join(words))
        if not whole.isascii() and all(map(_is_plausible_word, words)):
            return whole
    return text


def _is_plausible_word(word: str) -> bool:
    """True for a Vietnamese syllable, and for what is no word: numbers, signs, abbreviations in capitals."""
    letters = re.sub(r"[^\W\d_]+", "", word)
    return is_syllable(word) or bool(letters) or not word or (word.isupper() and len(word) < 5)


def _telex(word: str) -> str:
    low = word.lower()
    onset = _ONSET.match(low)
    head, rest = (onset[0], low[onset.end() :]) if onset else ("", low)
    vowel = re.search(r"[aeiouyw]", rest)
    if vowel is None or any(c in _TELEX_TONES for c in rest[: vowel.start()]):
        return word
    tones = [c for c in rest if c in _TELEX_TONES]
    for typed, meant in _TELEX_SHAPES:
        rest = rest.replace(typed, meant)
    bare = "".join(c for c in rest if c not in _TELEX_TONES)
    return _match_case(word, head.replace("dd", "đ") + _add_tone(bare, _TELEX_TONES[tones[-1]] if tones else ""))


def _vni(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z]+[A-Za-z0-9]*", word):
        return word
    read, tone = "", ""
    for char in word.lower():
        if char.isdigit() and char != "9" and not re.search(r"[aeiouyâăêôơư]", read):
            return word
        if char in _VNI_SHAPES:
            read = _add_vowel_mark(read, *_VNI_SHAPES[char])
        elif char in _VNI_TONES:
            tone = _VNI_TONES[char]
        else:
            read += char
    onset = _ONSET.match(read.replace("đ", "d"))
    head = onset.end() if onset else 0
    return _match_case(word, read[:head] + _add_tone(read[head:], tone))


def _add_vowel_mark(read: str, plain: str, shaped: str) -> str:
    """The last letter that can bear the shape, with it; `uo` becomes `ươ` whole."""
    if plain == "ou" and "uo" in read:
        return read.replace("uo", "ươ")
    at = max(read.rfind(letter) for letter in plain)
    return read if at < 0 else read[:at] + shaped[plain.index(read[at])] + read[at + 1 :]


def _add_tone(rhyme: str, tone: str) -> str:
    """The tone on its vowel: the last shaped one, the middle of three, the second before a
    consonant, else the first."""
    places = [at for at, char in enumerate(rhyme) if char in _VOWELS]
    if not tone or not places:
        return rhyme
    shaped = [at for at in places if rhyme[at] in _SHAPED]
    closed = places[-1] + 1 < len(rhyme)
    at = shaped[-1] if shaped else places[1] if len(places) > 1 and (closed or len(places) > 2) else places[0]
    return rhyme[: at + 1] + tone + rhyme[at + 1 :]


def _match_case(typed: str, read: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return read.upper()
    return read[:1].upper() + read[1:] if typed[:1].isupper() else read
