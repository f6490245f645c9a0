"""Code 128 (ISO/IEC 15417) of printable ASCII, in the sets B and C.

The switches between the sets are those of python-barcode, which earlier releases used, so that a reprint has the bars
of the first print. That library imports the pictures of Pillow and XML, and lost a pair 99 at the beginning.
"""

from collections.abc import Sequence

_WIDTH_TEXT = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 "
)
_WIDTHS = _WIDTH_TEXT.split()
"""Widths of dark and light modules in turn, by symbol character."""
_STOP = "2331112"
_TO_C, _TO_B, _START_B, _START_C = 99, 100, 104, 105
_CHECK = 103
_FIRST, _LAST = " ", "~"
_DIGITS_FOR_C, _SEEN_AHEAD = 4, 10


def code128_modules(text: str) -> str:
    """Return the modules of a text: 1 for dark, 0 for light.

    Raises ValueError for an empty text or another character than printable ASCII.
    """
    if not text or not all(_FIRST <= character <= _LAST for character in text):
        raise ValueError("Code 128 is drawn of printable ASCII")
    symbols = _symbols(text)
    check = (symbols[0] + sum(place * symbol for place, symbol in enumerate(symbols))) % _CHECK
    widths = "".join(_WIDTHS[symbol] for symbol in (*symbols, check)) + _STOP
    return "".join("10"[place % 2] * int(width) for place, width in enumerate(widths))


def _symbols(text: str) -> Sequence[int]:
    """Return start and content: pairs of digits in C, all else in B."""
    symbols, in_pairs, digit = [_START_C], True, ""
    for place, character in enumerate(text):
        if in_pairs and not character.isdigit():
            symbols += [_TO_B, *map(_in_b, digit)]
            in_pairs, digit = False, ""
        elif not in_pairs and _digits_ahead(text, place) >= _DIGITS_FOR_C:
            symbols.append(_TO_C)
            in_pairs = True
        if not in_pairs:
            symbols.append(_in_b(character))
        elif digit:
            symbols.append(int(digit + character))
            digit = ""
        else:
            digit = character
    if digit:
        symbols += [_TO_B, _in_b(digit)]
    return [_START_B, *symbols[2:]] if symbols[1] == _TO_B else symbols


def _in_b(character: str) -> int:
    return ord(character) - ord(_FIRST)


def _digits_ahead(text: str, place: int) -> int:
    ahead = text[place : place + _SEEN_AHEAD]
    return len(ahead) - len(ahead.lstrip("0123456789"))
