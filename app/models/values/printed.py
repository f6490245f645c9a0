"""Characters that papers can show."""

import re
import unicodedata
from functools import cache

SCRIPT_TEXT = re.compile(
    "[\u1780-\u17dd\u17e0-\u17e9\u17f0-\u17f9\u19e0-\u19ff"
    "\u0e81\u0e82\u0e84\u0e87\u0e88\u0e8a\u0e8d\u0e94-\u0e97\u0e99-\u0e9f\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa\u0eab"
    "\u0ead-\u0eb9\u0ebb-\u0ebd\u0ec0-\u0ec4\u0ec6\u0ec8-\u0ecd\u0ed0-\u0ed9\u0edc-\u0edf"
    "\uaa00-\uaa36\uaa40-\uaa4d\uaa50-\uaa59\uaa5c-\uaa5f\uaa80-\uaac2\uaadb-\uaadf]+"
)
"""Text in Khmer, Lao, Cham or Tai Viet, which has faces of its own."""
_RANGES = (
    "20-7e a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-52f 591-5c7 5d0-5ea 5f0-5f4 "
    "1ab0-1abe 1c80-1c88 1d00-1df5 1dfb-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 "
    "1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe "
    "2000-2064 2066-2071 2074-208e 2090-209c 20a0-20be 20f0 2100-214f 2153-2154 215b-215e 2184 2190-2195 "
    "21a8 2202 2206 220f 2211-2212 2215 2219-221a 221e-221f 2229 222b 2248 2260-2261 2264-2265 2302 2310 "
    "2320-2321 2500 2502 250c 2510 2514 2518 251c 2524 252c 2534 253c 2550-256c 2580 2584 2588 258c "
    "2590-2593 25a0-25a1 25aa-25ac 25b2 25ba 25bc 25c4 25ca-25cc 25cf 25d8-25d9 25e6 263a-263c 2640 2642 "
    "2660 2663 2665-2666 266a-266b 266f 2c60-2c7f 2de0-2e42 a640-a69f a717-a7ae a7b0-a7b7 a7f7-a7ff "
    "ab30-ab65 f001-f002 f004-f005 f00a-f00e fb01-fb04 fb1d-fb36 fb38-fb3c fb3e fb40-fb41 fb43-fb44 "
    "fb46-fb4f fe20-fe2f feff fffc-fffd "
)
"""Code points that every face of Tinos has; `tests/printing/test_scripts.py` compares. Other scripts: `SCRIPT_TEXT`."""


@cache
def _unknown() -> re.Pattern[str]:
    ends = [part.split("-") for part in _RANGES.split()]
    known = "".join(f"\\U{int(end[0], 16):08x}-\\U{int(end[-1], 16):08x}" for end in ends)
    return re.compile(f"[^{known}\\s]")


def unprintable_letters(text: str) -> str:
    """Return the characters of a text that no paper can show, each once.

    Control and format characters are left out, because they are not drawn.
    """
    if text.isascii():
        return ""
    unknown = _unknown().findall(SCRIPT_TEXT.sub("", unicodedata.normalize("NFC", text)))
    return "".join(dict.fromkeys(each for each in unknown if unicodedata.category(each) not in ("Cc", "Cf")))
