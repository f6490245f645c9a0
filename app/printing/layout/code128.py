"""Bars of Code 128 (ISO/IEC 15417) in its sets B and C."""

import re

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232"
)
"""Widths of the bars and spaces of each code, bar first."""
_MODULES = tuple("".join("10"[place % 2] * int(width) for place, width in enumerate(code)) for code in _WIDTHS.split())
_STOP = "1100011101011"
_START_B, _START_C, _TO_B, _TO_C = 104, 105, 100, 99
_TEXT = re.compile(r"[ -~]+")
_PAIR, _DIGITS = re.compile(r"[0-9]{2}"), re.compile(r"[0-9]{4}")
"""Two digits are one code of set C; four are worth the change to it."""


def code128_modules(text: str) -> str:
    """Return the modules of a text: 1 for dark, 0 for light.

    Raises ValueError for an empty text or one with other characters than printable ASCII.
    """
    if not _TEXT.fullmatch(text):
        raise ValueError("a barcode has printable ASCII characters")
    codes = _codes(text)
    check = (codes[0] + sum(place * code for place, code in enumerate(codes))) % 103
    return "".join(_MODULES[code] for code in (*codes, check)) + _STOP


def _codes(text: str) -> list[int]:
    """Return the start and the codes of a text, without check and stop."""
    in_pairs = _PAIR.match(text) is not None
    codes, place = [_START_C if in_pairs else _START_B], 0
    while place < len(text):
        if in_pairs and _PAIR.match(text, place):
            codes.append(int(text[place : place + 2]))
            place += 2
        elif in_pairs or _DIGITS.match(text, place):
            codes.append(_TO_B if in_pairs else _TO_C)
            in_pairs = not in_pairs
        else:
            codes.append(ord(text[place]) - ord(" "))
            place += 1
    return codes
