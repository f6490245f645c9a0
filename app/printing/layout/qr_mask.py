"""QR codes with the mask of the lowest penalty (ISO/IEC 18004, 7.8.3).

The library scores the eight masks module by module, which takes most of its time. Here a symbol is one integer, and a
rule of the score is a few operations on it. The result is the symbol that the library chooses too.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import isqrt
from typing import Any

import zxingcpp

_MASKS = 8
_EDGE = 4
"""Light modules that are counted beyond each edge."""
_differences: dict[int, tuple[int, ...]] = {}
"""What each mask changes in a symbol of the first one, by the width; it is the same for every text."""
_DIGITS = bytes.maketrans(b"\0\xff", b"10")


def masked_rows(text: str) -> list[bytes]:
    """Return the modules of a QR code of level M by rows, as `1` for dark.

    Raises ValueError for a text that is too long.
    """
    symbol = _symbol(text, 0)
    modules_wide = isqrt(len(symbol))
    first = _board(symbol, modules_wide)
    if modules_wide not in _differences:
        others = (_board(_symbol(text, mask), modules_wide) for mask in range(1, _MASKS))
        _differences[modules_wide] = (0, *(first ^ other for other in others))
    boards = (first ^ difference for difference in _differences[modules_wide])
    return list(_rows(min(boards, key=lambda board: _penalty(board, modules_wide)), modules_wide))


def _symbol(text: str, mask: int) -> bytes:
    """Return the modules row by row, as `1` for dark and `0` for light."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=mask)
    picture: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    return memoryview(picture).tobytes().translate(_DIGITS)


def _board(symbol: bytes, modules_wide: int) -> int:
    """Return a symbol as an integer, with an edge around its rows."""
    rows = (symbol[start : start + modules_wide] for start in range(0, len(symbol), modules_wide))
    edge = b"0" * _EDGE
    above = b"0" * ((modules_wide + _EDGE) * _EDGE)
    return int(above + edge.join(rows) + edge + above, 2)


def _rows(board: int, modules_wide: int) -> Iterator[bytes]:
    stride = modules_wide + _EDGE
    digits = f"{board:0{stride * (stride + _EDGE)}b}".encode()
    for start in range(stride * _EDGE, stride * stride, stride):
        yield digits[start : start + modules_wide]


@lru_cache(maxsize=8)
def _inside(modules_wide: int) -> int:
    """Return the board whose modules are all set."""
    return _board(b"1" * modules_wide**2, modules_wide)


def _penalty(dark: int, modules_wide: int) -> int:
    """Return the sum of the four rules."""
    inside, stride = _inside(modules_wide), modules_wide + _EDGE
    light, beyond = dark ^ inside, ~dark & ((1 << inside.bit_length() + stride * _EDGE + _EDGE) - 1)
    runs = sum(_runs(board, step) for board in (dark, light) for step in (1, stride))
    finders = sum(_finders(dark, light, beyond, step) for step in (1, stride))
    squares = sum((pair & pair >> stride).bit_count() for pair in (dark & dark >> 1, light & light >> 1))
    share = int(abs(100 * dark.bit_count() / modules_wide**2 - 50) / 5)
    return runs + 3 * squares + 40 * finders + 10 * share


def _runs(board: int, step: int) -> int:
    """Return the score of runs of five modules and more: length less two."""
    two = board & board >> step
    five = two & two >> 2 * step & board >> 4 * step
    return five.bit_count() + 2 * (five & ~(five << step)).bit_count()


def _finders(dark: int, light: int, beyond: int, step: int) -> int:
    """Return how often 1011101 has four light modules before or after it."""
    patterns = dark & light >> step & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step & light >> 5 * step
    patterns &= dark >> 6 * step
    two = beyond & beyond >> step
    four = two & two >> 2 * step
    return (patterns & (four << 4 * step | four >> 7 * step)).bit_count()
