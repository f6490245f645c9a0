"""Vietnamese syllables: the test whether a text was decoded correctly."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph"),
    *("q", "qu", "r", "s", "t", "th", "tr", "v", "x"),
)
_RIMES = re.findall(
    r"\w+",
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu iê o oc oi om on ong op ot "
    "ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông "
    "ôp ôt ơ ơi ơm ơn ơp ơt ơng u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt "
    "uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm "
    "yên yêng yêt yêu yt yn ynh",
)
_STOPS = ("c", "ch", "p", "t")
_TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
_SYLLABLES = frozenset(onset + rime for onset in _ONSETS for rime in _RIMES)
_BREAKS = re.compile(r"[\s\x00-\x26\x28-\x40\[-`{-~\xb0\u2010-\u205e]+")


def words_with_marks(text: str) -> list[str]:
    """Return the words with at least one character outside ASCII."""
    return [word for word in _BREAKS.split(text) if word and not word.isascii()]


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Return whether a word is a Vietnamese syllable with its tone."""
    tones: list[str] = []
    bare: list[str] = []
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in _TONES:
            tones.append(_TONES[character])
        else:
            bare.append(character)
    plain = unicodedata.normalize("NFC", "".join(bare))
    if len(tones) > 1 or plain not in _SYLLABLES:
        return False
    return not plain.endswith(_STOPS) or not tones or tones[0] in ("acute", "dot")


def share_of_syllables(text: str) -> float:
    """Return the share of Vietnamese syllables among the words with marks.

    It is 1 for a text without marks.
    """
    words = words_with_marks(text)
    return sum(map(is_syllable, words)) / len(words) if words else 1.0
