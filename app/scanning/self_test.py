"""The codes of the set-up card, and what a scanner's reading of each tells about its settings.

Each begins with `MVH` and its own digit: letters that no input method alters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.scanning.text_repair import repair_encoding


@dataclass(frozen=True)
class TestCode:
    """One code of the card: its name, its text, and whether it is square (QR) or bars (Code 128)."""

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
"""A scanner set to a French keyboard, heard by the places of an American one."""
_FROM_GERMAN_LAYOUT = str.maketrans("yYzZ/", "zZyY-")


@dataclass(frozen=True)
class CodeCheck:
    """A code of the card as it came. `faults` are settings to mend, none for a code that came right: `layout`, `case`,
    `extra_before`, `extra_after`, `letters_lost`, `letters_garbled`, `lines_cut`, `wrong`, `no_end`, `slow`."""

    code: str
    faults: tuple[str, ...] = ()


def check_test_code(text: str) -> CodeCheck | None:
    """Which code of the card a scan is, and what is wrong with it; None for anything else."""
    plain = unicodedata.normalize("NFC", text).strip("\r\n\t\x02\x03 ").replace("\r\n", "\n")
    test_code = _find_test_code(plain) or _find_test_code(plain.translate(_FROM_FRENCH_LAYOUT))
    return None if test_code is None else CodeCheck(test_code.name, tuple(_faults(plain, test_code)))


def check_typed_test_code(text: str, ended: bool) -> CodeCheck | None:
    """A code of the card that came as typing: `slow` where its end came too, else without an end."""
    found = check_test_code(text)
    return None if found is None else CodeCheck(found.code, ("slow" if ended else "no_end", *found.faults))


def _find_test_code(text: str) -> TestCode | None:
    found = _TAG.search(text)
    return TEST_CODES[int(found[1]) - 1] if found else None


def _faults(text: str, test_code: TestCode) -> Iterator[str]:
    wanted = test_code.text
    before, whole, after = text.partition(wanted)
    if whole:
        yield from (name for name, extra in (("extra_before", before), ("extra_after", after)) if extra)
    elif text.swapcase() == wanted or text.lower() == wanted.lower():
        yield "case"
    elif wanted in (text.translate(_FROM_FRENCH_LAYOUT), text.translate(_FROM_GERMAN_LAYOUT)) or not _TAG.search(text):
        yield "layout"
    elif repair_encoding(text) == wanted:
        yield "letters_garbled"
    else:
        yield {"letters": "letters_lost", "lines": "lines_cut", "signs": "layout"}.get(test_code.name, "wrong")
