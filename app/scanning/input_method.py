"""Vietnamese typed as keystrokes of an input method, Telex or VNI.

Examples: `Huyfnh Thij`, `Hu2ynh Thi5`. The keyboard filter reads keys below the input method, so that they arrive
unconverted.
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
    """Return the text that an input method would have produced.

    The text is converted only if every word becomes Vietnamese and has a vowel; any other text is returned unchanged.
    """
    if not text.isascii() or not re.search(r"[A-Za-z]", text):
        return text
    for decode in (_telex, _vni):
        words = [decode(word) for word in re.split(r"([^A-Za-z0-9]+)", text)]
        whole = unicodedata.normalize("NFC", "".join(words))
        if not whole.isascii() and all(map(_is_plausible_word, words)):
            return whole
    return text


def _is_plausible_word(word: str) -> bool:
    """Return whether a word is a Vietnamese syllable or no word at all.

    Numbers, signs and abbreviations in capitals are no words.
    """
    remainder = re.sub(r"[^\W\d_]+", "", word)
    return is_syllable(word) or bool(remainder) or not word or (word.isupper() and len(word) < 5)


def _telex(word: str) -> str:
    lower = word.lower()
    onset = _ONSET.match(lower)
    head, rest = (onset[0], lower[onset.end() :]) if onset else ("", lower)
    vowel = re.search(r"[aeiouyw]", rest)
    if vowel is None or any(c in _TELEX_TONES for c in rest[: vowel.start()]):
        return word
    tones = [c for c in rest if c in _TELEX_TONES]
    for keys, vowels in _TELEX_SHAPES:
        rest = rest.replace(keys, vowels)
    bare = "".join(c for c in rest if c not in _TELEX_TONES)
    return _match_case(word, head.replace("dd", "đ") + _add_tone(bare, _TELEX_TONES[tones[-1]] if tones else ""))


def _vni(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z]+[A-Za-z0-9]*", word):
        return word
    decoded, tone = "", ""
    for char in word.lower():
        if char.isdigit() and char != "9" and not re.search(r"[aeiouyâăêôơư]", decoded):
            return word
        if char in _VNI_SHAPES:
            decoded = _add_vowel_mark(decoded, *_VNI_SHAPES[char])
        elif char in _VNI_TONES:
            tone = _VNI_TONES[char]
        else:
            decoded += char
    onset = _ONSET.match(decoded.replace("đ", "d"))
    head = onset.end() if onset else 0
    return _match_case(word, decoded[:head] + _add_tone(decoded[head:], tone))


def _add_vowel_mark(word: str, plain: str, shaped: str) -> str:
    """Return the word with the mark on the last character that can have it.

    `uo` becomes `ươ`.
    """
    if plain == "ou" and "uo" in word:
        return word.replace("uo", "ươ")
    index = max(word.rfind(letter) for letter in plain)
    return word if index < 0 else word[:index] + shaped[plain.index(word[index])] + word[index + 1 :]


def _add_tone(rhyme: str, tone: str) -> str:
    """Return the rhyme with the tone on its vowel.

    The tone is on the last vowel with a mark, else on the middle of three, else on the second before a consonant, else
    on the first.
    """
    places = [index for index, char in enumerate(rhyme) if char in _VOWELS]
    if not tone or not places:
        return rhyme
    shaped = [index for index in places if rhyme[index] in _SHAPED]
    closed = places[-1] + 1 < len(rhyme)
    index = shaped[-1] if shaped else places[1] if len(places) > 1 and (closed or len(places) > 2) else places[0]
    return rhyme[: index + 1] + tone + rhyme[index + 1 :]


def _match_case(typed: str, decoded: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return decoded.upper()
    return decoded[:1].upper() + decoded[1:] if typed[:1].isupper() else decoded
