"""Repair of Vietnamese text that a scanner garbled.

A QR code is UTF-8. Readers that assume another character set show `Hu廙軟h` or `Nguyá»…n`, with every byte still there,
which can be repaired. A scanner that types like an American keyboard drops characters without a key, which can only be
detected.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from app.models.text import fold_text

_ONE_BYTE = ("latin-1", "cp1252", "cp1258", "cp437", "cp850")
_MANY_BYTES = ("big5", "cp950", "big5hkscs", "gbk", "gb18030", "shift_jis", "cp949")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_MARKED_VOWELS = [
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES
]
_FOREIGN = re.compile(f"[^\x20-\x3e\x40-\x7e\r\n\tđĐ’–{''.join(_MARKED_VOWELS)}]")
_REPLACEMENT = "\ufffd"

_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d g h k l m n p q r s t v x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ic ich ie iec iem ien ieng iep "
    "iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong "
    "ooc oong op ot u ua uan uang uat uau uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut "
    "uu uy uya uych uyen uyet uynh uyt uyu y ya yang yem yen yeng yet yeu"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS.replace(' ', '|')})?(?:{_RHYMES.replace(' ', '|')})")
_SYLLABLE_LIKE = re.compile(f"(?:{_ONSETS.replace(' ', '|')})?[aeiouy]+(?:c|ch|m|n|ng|nh|p|t)?")
_PREFIXES = frozenset("hk")


def foreign_characters(text: str) -> int:
    """Return how many characters no Vietnamese card has; 0 for good text."""
    return len(_FOREIGN.findall(unicodedata.normalize("NFC", text))) + 2 * text.count(_REPLACEMENT)


@cache
def _bytes_of(code_page: str) -> dict[str, int]:
    """Return the byte of each character of a code page.

    Bytes without a character map to themselves.
    """
    return {bytes([byte]).decode(code_page, "ignore") or chr(byte): byte for byte in range(256)}


def _decodings(text: str) -> Iterator[str]:
    for code_page in _ONE_BYTE:
        table = _bytes_of(code_page)
        if all(c in table for c in text):
            yield from _as_utf8(bytes(table[c] for c in text))
    for code_page in _MANY_BYTES:
        try:
            raw = text.encode(code_page)
        except UnicodeError:
            continue
        yield from _as_utf8(raw)


def _as_utf8(raw: bytes) -> Iterator[str]:
    try:
        yield raw.decode("utf-8")
    except UnicodeDecodeError:
        return


@lru_cache(maxsize=4096)
def _lacks_vowel(word: str) -> bool:
    """Return whether a word looks like a syllable that lost its marked vowel.

    Examples are `Nguyn` and `Vn`. Names of other peoples of the country have their own sounds and pass: `Ksor`,
    `H’Blang`.
    """
    bare = fold_text(word)
    if not re.search(r"[aeiouy]", bare):
        return bare not in _PREFIXES
    return bool(_SYLLABLE_LIKE.fullmatch(bare)) and not _SYLLABLE.fullmatch(bare)


def is_syllable(word: str) -> bool:
    """Return whether a word may be a Vietnamese syllable, ignoring marks."""
    return bool(_SYLLABLE.fullmatch(fold_text(word)))


def garble_score(text: str) -> int:
    """Return how little a text looks like Vietnamese; 0 for good text.

    Characters that no card has weigh most. Words that are no syllables count too, because old code pages have `ãí` for
    `ơ`.
    """
    return 3 * foreign_characters(text) + sum(map(_lacks_vowel, re.findall(r"[^\W\d_]+", text)))


def repair_encoding(text: str) -> str:
    """Return the text decoded with the best character set.

    Two layers of wrong decoding are undone. Good text and text that no character set improves are returned unchanged.
    """
    for _ in range(2):
        if text.isascii() or garble_score(text) == 0:
            break
        text = min([text, *_decodings(text)], key=garble_score)
    return text


def is_name_garbled(name: str) -> bool:
    """Return whether a name has foreign characters, digits or lost vowels."""
    plain = [part for part in name.split() if not re.search(r"['’]", part)]
    words = re.findall(r"[^\W\d_]+", " ".join(plain))
    return foreign_characters(name) > 0 or any(c.isdigit() for c in name) or any(map(_lacks_vowel, words))


def is_address_garbled(address: str) -> bool:
    """Return whether an address has foreign characters or lost vowels.

    Abbreviations in capitals pass.
    """
    words = re.findall(r"[^\W\d_]{2,}", address)
    full_words = [word for word in words if not word.isupper()]
    return foreign_characters(address) > 0 or any(not re.search(r"[aeiouy]", fold_text(word)) for word in full_words)
