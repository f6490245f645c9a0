"""Barcodes as black rectangles of whole printer dots at 203 dpi.

The key is Code 128 set C. The QR code (TCVN 7322:2009, TT 01/2023/TT-VPCP Điều 26) has error correction level M.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from app.models.errors import Refusal
from app.printing.layout.code128 import code128_modules
from app.printing.layout.qr_mask import masked_rows

DOT = 72 / 203
"""One dot of a 203 dpi printer, in points. Scanners fail on every second barcode with partial dots."""

BAR_DOTS = 3
QR_DOTS = 4
QR_MIN_DOTS = 2
BAR_QUIET = 10
QR_QUIET = 4
_KEY = re.compile(r"[0-9]{16}")
_TRUTH = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code as one filled PDF path in modules, from the lower left corner.

    `module` and `quiet` are in points. `quiet` is the clear border around the code.
    """

    path: str
    modules_wide: int
    modules_high: int
    module: float
    height: float
    quiet: float

    @property
    def width(self) -> float:
        """Width of the dark part in points."""
        return self.modules_wide * self.module


@lru_cache(maxsize=8)
def key_barcode(key: str, height: float) -> Symbol:
    """Return the Code 128 of a key: 123 modules of three dots, 46 mm.

    Raises ValueError unless the key has 16 digits.
    """
    pattern = key_pattern(key)
    module = BAR_DOTS * DOT
    return Symbol(_path([pattern.encode()]), len(pattern), 1, module, height, BAR_QUIET * module)


def key_pattern(key: str) -> str:
    """Return the modules of a key's Code 128: 1 for dark, 0 for light.

    Raises ValueError unless the key has 16 digits.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("a key has 16 digits")
    return code128_modules(key)


def text_barcode(text: str, height: float, width: float) -> Symbol:
    """Return the Code 128 of an ASCII text.

    A module has three dots, or two if it does not fit into `width` points with its quiet zones.
    """
    pattern = code128_modules(text)
    fits = (len(pattern) + 2 * BAR_QUIET) * BAR_DOTS * DOT <= width
    module = (BAR_DOTS if fits else BAR_DOTS - 1) * DOT
    return Symbol(_path([pattern.encode()]), len(pattern), 1, module, height, BAR_QUIET * module)


def qr(text: str, width: float, max_dots: int = QR_DOTS) -> Symbol:
    """Return the QR code of a text.

    A module has `max_dots` dots, or fewer if it does not fit into `width` points.

    Raises Refusal `paper_qr_too_long` for a text of more than about 2,300 bytes or one that does not fit.
    """
    modules_wide, path = _qr_modules(text)
    for dots in range(max_dots, QR_MIN_DOTS - 1, -1):
        module = dots * DOT
        if modules_wide * module <= width:
            return Symbol(path, modules_wide, modules_wide, module, modules_wide * module, QR_QUIET * module)
    raise Refusal("paper_qr_too_long", size=len(text))


def qr_rows(text: str) -> tuple[str, ...]:
    """Return the modules of a QR code, top row first: 1 for dark, 0 for light.

    Raises Refusal `paper_qr_too_long`.
    """
    return tuple(row.decode() for row in _qr_rows(text))


@lru_cache(maxsize=8)
def _qr_modules(text: str) -> tuple[int, str]:
    """Return the modules along one side of a QR code, and its path."""
    rows = _qr_rows(text)
    return len(rows), _path(rows)


def _qr_rows(text: str) -> list[bytes]:
    try:
        return masked_rows(text.encode("utf-8", "replace").decode("utf-8"))
    except ValueError as error:
        raise Refusal("paper_qr_too_long", size=len(text)) from error


def _path(rows: Sequence[bytes]) -> str:
    """Return the dark runs of each row, top row first, as rectangles.

    A QR code has a thousand, so that the edges of all runs are found at once: where a module differs from the one
    before. A light module ends each row. The texts are joined from known parts.
    """
    modules_wide, rectangles = len(rows[0]), list[str]()
    starts, widths = _parts(modules_wide)
    columns, stride = range(modules_wide + 1), modules_wide + 1
    symbol = int(b"0".join([*rows, b""]), 2)
    edges = f"{symbol ^ symbol >> 1:0{stride * len(rows)}b}".encode().translate(_TRUTH)
    for number in range(len(rows)):
        below = str(len(rows) - 1 - number)
        ends = compress(columns, edges[number * stride : (number + 1) * stride])
        rectangles += [starts[start] + below + widths[end - start] for start, end in zip(ends, ends, strict=True)]
    return f"n {' '.join(rectangles)} f"


@lru_cache(maxsize=8)
def _parts(modules_wide: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return the texts of each start and each width of a rectangle."""
    numbers = range(modules_wide + 1)
    return [f"{start} " for start in numbers], [f" {width} 1 re" for width in numbers]
