"""The two codes of a paper as black rectangles of whole printer dots at 203 dpi.

The key stands in Code 128 set C; the QR code (TCVN 7322:2009, TT 01/2023/TT-VPCP Điều 26) in level M.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import Any

import zxingcpp
from barcode.codex import Code128

from app.models.errors import Refusal

DOT = 72 / 203
"""One dot of a 203 dpi printer, in points: bars of broken dots read half the time."""

BAR_DOTS = 3
QR_DOTS = 4
QR_MIN_DOTS = 2
BAR_QUIET = 10
QR_QUIET = 4
_KEY = re.compile(r"[0-9]{16}")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code as one filled PDF path in whole modules, its origin at the lower left corner; `module` and `quiet`, the
    clear border that no text may enter, in points."""

    path: str
    modules_wide: int
    modules_high: int
    module: float
    height: float
    quiet: float

    @property
    def width(self) -> float:
        """Breadth of the dark part in points."""
        return self.modules_wide * self.module


@lru_cache(maxsize=64)
def key_barcode(key: str, height: float) -> Symbol:
    """Code 128 of a 16-digit key, 123 modules of three dots: 46 mm.

    Raises ValueError for anything but 16 digits: a key is made by the program and never typed.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("a key has 16 digits")
    pattern = Code128(key).build()[0]
    module = BAR_DOTS * DOT
    return Symbol(_path([pattern.encode()], b"1+"), len(pattern), 1, module, height, BAR_QUIET * module)


def text_barcode(text: str, height: float, width: float) -> Symbol:
    """Code 128 of any ASCII text, three dots a module, two where `width` points with quiet zones would not hold it."""
    pattern = Code128(text).build()[0]
    fits = (len(pattern) + 2 * BAR_QUIET) * BAR_DOTS * DOT <= width
    module = (BAR_DOTS if fits else BAR_DOTS - 1) * DOT
    return Symbol(_path([pattern.encode()], b"1+"), len(pattern), 1, module, height, BAR_QUIET * module)


def qr(text: str, width: float, max_dots: int = QR_DOTS) -> Symbol:
    """QR code of the text, `max_dots` dots a module, fewer only where `width` points would not hold it.

    Raises Refusal `paper_qr_too_long` for more than the largest symbol holds (about 2,300 bytes) or `width` allows.
    """
    modules_wide, path = _qr_modules(text)
    for dots in range(max_dots, QR_MIN_DOTS - 1, -1):
        module = dots * DOT
        if modules_wide * module <= width:
            return Symbol(path, modules_wide, modules_wide, module, modules_wide * module, QR_QUIET * module)
    raise Refusal("paper_qr_too_long", size=len(text))


@lru_cache(maxsize=64)
def _qr_modules(text: str) -> tuple[int, str]:
    """Modules along one side of the QR code, and its path."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    try:
        made = zxingcpp.create_barcode(sound, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError as wrong:
        raise Refusal("paper_qr_too_long", size=len(text)) from wrong
    picture: Any = made.to_image(scale=1, add_quiet_zones=False)
    grey = memoryview(picture).tobytes()
    modules_wide = isqrt(len(grey))
    return modules_wide, _path(
        [grey[start : start + modules_wide] for start in range(0, modules_wide * modules_wide, modules_wide)], b"\0+"
    )


def _path(rows: Sequence[bytes], dark: bytes) -> str:
    """The dark runs of each row, the uppermost row first, as rectangles one module high."""
    runs = (
        f"{run.start()} {len(rows) - y} {run.end() - run.start()} 1 re"
        for y, row in enumerate(rows, 1)
        for run in re.finditer(dark, row)
    )
    return f"n {' '.join(runs)} f"
