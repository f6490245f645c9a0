"""Scripts beside Latin: their bundled faces and the order of drawing.

Names of citizens are also written in Khmer, Lao, Cham and Tai Viet. No shaping engine is needed: signs over and under a
character have no width and overlap it. Lao and Tai Viet are stored in the order of drawing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.printing.layout.khmer import drawn_khmer

SCRIPT_TEXT = re.compile(
    "([\u1780-\u17dd\u17e0-\u17e9\u17f0-\u17f9\u19e0-\u19ff]+)"
    "|([\u0e81\u0e82\u0e84\u0e87\u0e88\u0e8a\u0e8d\u0e94-\u0e97\u0e99-\u0e9f\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa\u0eab"
    "\u0ead-\u0eb9\u0ebb-\u0ebd\u0ec0-\u0ec4\u0ec6\u0ec8-\u0ecd\u0ed0-\u0ed9\u0edc-\u0edf]+)"
    "|([\uaa00-\uaa36\uaa40-\uaa4d\uaa50-\uaa59\uaa5c-\uaa5f]+)"
    "|([\uaa80-\uaac2\uaadb-\uaadf]+)"
)
"""Khmer, Lao, Cham and Tai Viet, each in its own group."""
_CHAM_CLUSTER = re.compile("([\uaa00-\uaa28])([\uaa29-\uaa36]+)")
_CHAM_BEFORE = frozenset("\uaa2f\uaa30\uaa34")
"""Cham signs that are drawn before their consonant."""


@dataclass(frozen=True)
class Script:
    """Faces of a script in the folder `family`, and its order of drawing."""

    family: str
    regular: str
    bold: str
    draw: Callable[[str], str]

    @property
    def faces(self) -> tuple[str, ...]:
        """The faces without repeats."""
        return tuple(dict.fromkeys((self.regular, self.bold)))


def drawn_cham(text: str) -> str:
    """Return Cham text with the signs before a consonant in front of it."""
    return _CHAM_CLUSTER.sub(lambda match: _draw_cham(match[1], match[2]), text)


def _draw_cham(consonant: str, signs: str) -> str:
    before = "".join(sign for sign in signs if sign in _CHAM_BEFORE)
    return before + consonant + "".join(sign for sign in signs if sign not in _CHAM_BEFORE)


SCRIPTS = (
    Script("noto-sans-khmer", "NotoSansKhmer-Regular", "NotoSansKhmer-Bold", drawn_khmer),
    Script("noto-sans-lao", "NotoSansLao-Regular", "NotoSansLao-Bold", str),
    Script("noto-sans-cham", "NotoSansCham-Regular", "NotoSansCham-Bold", drawn_cham),
    Script("noto-sans-tai-viet", "NotoSansTaiViet-Regular", "NotoSansTaiViet-Regular", str),
)
"""In the order of the groups of `SCRIPT_TEXT`."""
