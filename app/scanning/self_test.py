"""Test codes of the scanner set-up card, and checks of their scans.

Each code begins with `MVH` and its own digit, because no input method changes these characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.scanning.text_repair import repair_encoding


@dataclass(frozen=True)
class TestCode:
    """Test code of the card.

    `square` is whether it is a QR code; otherwise it is a Code 128 barcode.
    """

    name: str
    text: str
    square: bool


TEST_CODES = (
    TestCode("bars", "MVH1-0123456789-BHLMV", False),
    TestCode("case", "MVH2-aBcDeF-wWyYzZ", False),
    TestCode("signs", "MVH3|12/03/1999|A,B.C;D(E)F+G=H?", True),
    TestCode("lines", "MVH4: 1\nMVH4: 2\nMVH4: 3", True),
    TestCode("letters", "MVH5|Nguyễn Thị Ẫm Ỷ|Đắk Ửng|ặ ẽ ỗ ỳ ợ ẵ", True),
)
_TAG = re.compile(r"MVH([1-5])", re.IGNORECASE)
_FROM_FRENCH_LAYOUT = str.maketrans("!@#$%^&*()qQaAwWzZ;:6", "1234567890aAqQzZwWmM-")
"""Characters of a scanner set to a French keyboard, read as an American one."""
_FROM_GERMAN_LAYOUT = str.maketrans("yYzZ/", "zZyY-")


@dataclass(frozen=True)
class CodeCheck:
    """Test code as scanned, with the settings to correct.

    `faults` is empty for a correct scan: `layout`, `case`, `extra_before`, `extra_after`, `letters_lost`,
    `letters_garbled`, `lines_cut`, `wrong`, `no_end`, `slow`.
    """

    code: str
    faults: tuple[str, ...] = ()


def check_test_code(text: str) -> CodeCheck | None:
    """Return the test code of a scan and its faults, None for other scans."""
    plain = unicodedata.normalize("NFC", text).strip("\r\n\t\x02\x03 ").replace("\r\n", "\n")
    test_code = _find_test_code(plain) or _find_test_code(plain.translate(_FROM_FRENCH_LAYOUT))
    return None if test_code is None else CodeCheck(test_code.name, tuple(_faults(plain, test_code)))


def check_typed_test_code(text: str, ended: bool) -> CodeCheck | None:
    """Return the check of a test code that arrived as typing.

    The fault is `slow` if the end key arrived too, else `no_end`.
    """
    check = check_test_code(text)
    return None if check is None else CodeCheck(check.code, ("slow" if ended else "no_end", *check.faults))


def _find_test_code(text: str) -> TestCode | None:
    match = _TAG.search(text)
    return TEST_CODES[int(match[1]) - 1] if match else None


def _faults(text: str, test_code: TestCode) -> Iterator[str]:
    expected = test_code.text
    typed_on_us_layout = (text.translate(_FROM_FRENCH_LAYOUT), text.translate(_FROM_GERMAN_LAYOUT))
    before, whole, after = text.partition(expected)
    if whole:
        yield from (name for name, extra in (("extra_before", before), ("extra_after", after)) if extra)
    elif text.swapcase() == expected or text.lower() == expected.lower():
        yield "case"
    elif expected in typed_on_us_layout or not _TAG.search(text):
        yield "layout"
    elif repair_encoding(text) == expected:
        yield "letters_garbled"
    else:
        yield {"letters": "letters_lost", "lines": "lines_cut", "signs": "layout"}.get(test_code.name, "wrong")
