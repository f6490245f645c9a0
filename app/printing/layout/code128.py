"""Bars of Code 128 (ISO/IEC 15417) by python-barcode."""

import sys

_PICTURES = "PIL.ImageDraw"
"""python-barcode goes on without it, and then draws no pictures; papers draw the bars. It would load FreeType again."""

sys.modules.setdefault(_PICTURES, None)  # type: ignore[arg-type]  # as not installed
from barcode.codex import Code128  # noqa: E402

if sys.modules[_PICTURES] is None:
    del sys.modules[_PICTURES]


class _Code128(Code128):  # type: ignore[misc]  # python-barcode has no types
    """The library's Code 128, which keeps a pair 99 at the beginning."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        # The library takes the pair for a switch of the character set, which has the same value, and drops it.
        begins_with_pair = len(self.code) > 1 and self.code[:2].isdecimal()
        return encoded if begins_with_pair else super()._try_to_optimize(encoded)


def code128_modules(text: str) -> str:
    """Return the modules of a text: 1 for dark, 0 for light."""
    return str(_Code128(text).build()[0])
