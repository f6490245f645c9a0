"""Agency codes, dossier codes, barcode keys and citizen numbers.

Sources: QĐ 20/2020/QĐ-TTg Điều 4 (agency codes), TT 04/2025/TT-VPCP Điều 23 (dossier codes of centralised procedures),
NĐ 137/2015/NĐ-CP Điều 13 and TT 07/2016/TT-BCA (personal identification numbers).
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from app.models.enums import Gender
from app.models.errors import Message, Refusal
from app.models.text import fold_text
from app.models.values.numbers import comparable_number

SERIALS_PER_DAY = 10_000
"""Size of the block of serials of one desk and day; the last usable number is one less."""

_AGENCY = re.compile(r"[A-Y][0-9]{2}(?:\.[0-9]{1,3}){0,4}")
_REVERSED = re.compile(r"((?:[0-9]{1,3}\.){1,4})([A-Y][0-9]{2})(?![0-9.])")
_REVERSED_BARE = re.compile(r"([0-9]{3})([0-9]{2})([0-9]{2})([A-Y][0-9]{2})")
_CODE = re.compile(r"(?P<agency>[A-Y0-9.]+)[-/](?P<day>[0-9]{6}|[0-9]{8})[-/](?P<serial>[0-9]{4,11})")
_PLACEHOLDER = re.compile(r"\{([A-Za-z]*)(?::([0-9]{1,2}))?\}")


def _normalise(text: str) -> str:
    """Return capitals without blanks, with ASCII letters and plain hyphens."""
    if text.isascii() and text.isprintable():
        return fold_text(text).upper().replace(" ", "")
    marks = fold_text(unicodedata.normalize("NFKC", text)).upper()
    dashed = ("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in marks)
    return "".join(c for c in dashed if not c.isspace() and c.isprintable())


def _without_empty_groups(agency: str) -> str:
    return re.sub(r"(\.0+)+$", "", agency)


def _unreverse(reversed_form: str) -> str:
    return _without_empty_groups(".".join(reversed(reversed_form.split("."))))


@lru_cache(maxsize=64)
def agency_code(text: str) -> str:
    """Return the agency code (mã định danh) as printed: `H29.12`.

    The reversed form used before 2020, `000.00.12.H29`, is accepted and converted.

    Raises Refusal `agency_code`.
    """
    plain = _normalise(text)
    if _AGENCY.fullmatch(plain):
        return plain
    if _REVERSED.fullmatch(plain):
        return _unreverse(plain)
    raise Refusal("agency_code", field="agency_code", text=text[:40])


_DAYS = {"day": "%y%m%d", "YYMMDD": "%y%m%d", "YYYYMMDD": "%Y%m%d"}
_HOSTS = frozenset(("host", "AA"))
_MAX_CODE = 64
_LONGEST_AGENCY = "A99.999.999.999.999"


@dataclass(frozen=True)
class CodePattern:
    """Pattern of dossier codes from a day on.

    The template begins with `{agency}` and «-» or «/». It has one day (`{YYMMDD}` or `{YYYYMMDD}`), one `{serial}`
    (`{serial:7}` pads to seven digits; at least four) and at most one `{AA}` (two digits of the agency that hosts a
    centralised procedure). Day and serial make every code of 99 desks with 9,999 numbers distinct, also without its
    separators.

    Raises Refusal `code_pattern`, `code_pattern_long`.
    """

    valid_from: date
    template: str

    def __post_init__(self) -> None:
        names = _PLACEHOLDER.findall(self.template)
        rest = _PLACEHOLDER.sub("", self.template)
        kinds = sorted(_kind(name) for name, _width in names)
        sound = kinds in (["agency", "day", "serial"], ["agency", "day", "host", "serial"])
        widths = [width for name, width in names if width]
        only_serial = all(name == "serial" for name, width in names if width) and all(4 <= int(w) <= 9 for w in widths)
        begins = re.match(r"\{agency\}[-/]", self.template) is not None
        if not (sound and only_serial and begins and re.fullmatch(r"[A-Z0-9./-]*", rest)):
            raise Refusal("code_pattern", field="template", template=self.template[:80])
        longest = self.fill(_LONGEST_AGENCY, date(2099, 12, 31), 99 * SERIALS_PER_DAY - 1, "99")
        if len(longest) > _MAX_CODE:
            raise Refusal("code_pattern_long", field="template", template=self.template[:80], most=_MAX_CODE)

    @property
    def needs_host(self) -> bool:
        """Whether the code has two digits of a hosting agency."""
        return any(name in _HOSTS for name, _width in _PLACEHOLDER.findall(self.template))

    def fill(self, agency: str, day: date, serial: int, host: str) -> str:
        """Return the code of a serial."""

        def text(match: re.Match[str]) -> str:
            name, width = match.groups()
            if name in _DAYS:
                return day.strftime(_DAYS[name])
            return {"agency": agency, "serial": f"{serial:0{width or 4}d}"}.get(name, host)

        return _PLACEHOLDER.sub(text, self.template)


def _kind(name: str) -> str:
    return "day" if name in _DAYS else "host" if name in _HOSTS else name


DEFAULT_PATTERN = CodePattern(date.min, "{agency}-{YYMMDD}-{serial}")
"""Dossier codes (mã hồ sơ) of an office's own procedures: `H29.12-260212-0001`."""


def _check_serial(workstation: int, n: int) -> None:
    if not 1 <= workstation <= 99:
        raise Refusal("workstation_range", field="workstation", workstation=workstation)
    if not 1 <= n < SERIALS_PER_DAY:
        raise Refusal("serial_exhausted", workstation=workstation, limit=SERIALS_PER_DAY - 1)


def dossier_code(
    agency: str, day: date, workstation: int, n: int, pattern: CodePattern = DEFAULT_PATTERN, host: str = ""
) -> str:
    """Return the code (mã hồ sơ) of the n-th dossier of a desk and day.

    Each desk counts in its own block of 10,000, so that two desks offline never issue the same code.

    Raises Refusal `serial_exhausted` after 9,999, `workstation_range` outside 1–99, `hosting_agency` if the pattern
    needs two digits of the hosting agency.
    """
    _check_serial(workstation, n)
    if pattern.needs_host and not re.fullmatch(r"[0-9]{2}", host):
        raise Refusal("hosting_agency", field="host", text=host[:20])
    return pattern.fill(agency_code(agency), day, (workstation - 1) * SERIALS_PER_DAY + n, host)


def _six_digit_day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


@dataclass(frozen=True)
class CodeParts:
    """Parts of a dossier code.

    The serial stays text because the code does not show where the digits of a hosting agency end.
    """

    agency: str
    day: date
    serial: str


def read_code(text: str) -> CodeParts | None:
    """Return the parts of a dossier code, None for any other text.

    The reversed agency form is accepted too.
    """
    match = _CODE.fullmatch(_normalise(text))
    day = _six_digit_day(match["day"][-6:]) if match and match["day"][:-6] in ("", "20") else None
    if match is None or day is None:
        return None
    try:
        return CodeParts(agency_code(match["agency"]), day, match["serial"])
    except Refusal:
        return None


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """Return the form in which all spellings of one code are equal.

    The form has capitals, no blanks and no separators, with a reversed agency converted. It serves look-ups only and
    does not identify a code: `H29.1.2-…` and `H29.12-…` share one form. The result is empty for a text of other
    characters; callers must treat it as no match.
    """
    plain = _normalise(text)
    old = _REVERSED.match(plain)
    new = _AGENCY.match(plain)
    if old:
        plain = _unreverse(old.group()) + plain[old.end() :]
    elif new:
        plain = _without_empty_groups(new.group()) + plain[new.end() :]
    bare = re.sub(r"[^0-9A-Z]", "", plain)
    run_together = _REVERSED_BARE.match(bare)
    if run_together is None:
        return bare
    return _unreverse(".".join(run_together.groups())).replace(".", "") + bare[run_together.end() :]


class KeyFault(StrEnum):
    """Reason why sixteen digits are not a key of this office."""

    LENGTH = "key_length"
    CHECK_DIGIT = "key_check_digit"
    OTHER_OFFICE = "key_other_office"
    DATE = "key_date"
    SERIAL = "key_serial"


@dataclass(frozen=True)
class KeyParts:
    """Parts of a key: desk, day, and serial `n` within that desk and day."""

    workstation: int
    day: date
    n: int


def _office_digits(agency: str) -> str:
    return f"{zlib.crc32(agency_code(agency).encode('ascii')) % 100:02d}"


def dossier_key(agency: str, workstation: int, day: date, n: int) -> str:
    """Return the sixteen barcode digits of a dossier (Code 128 set C).

    The digits are office (2), desk (2), YYMMDD (6), n (5), Luhn (1). The office digits are the CRC-32 of the agency
    code modulo 100.

    Raises Refusal `serial_exhausted`, `workstation_range`, `agency_code`.
    """
    _check_serial(workstation, n)
    digits = f"{_office_digits(agency)}{workstation:02d}{day:%y%m%d}{n:05d}"
    from stdnum import luhn  # a slow import, so it waits for the first code

    return digits + luhn.calc_check_digit(digits)


def key_digits(text: str) -> str:
    """Return a typed key without blanks, dashes and invisible characters."""
    return comparable_number(text)


def key_fault(text: str, agency: str) -> KeyFault | None:
    """Return why a key is invalid, None for a key of this office.

    Blanks and dashes between the digits are ignored.
    """
    digits = key_digits(text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        return KeyFault.LENGTH
    from stdnum import luhn

    if not luhn.is_valid(digits):
        return KeyFault.CHECK_DIGIT
    if digits[:2] != _office_digits(agency):
        return KeyFault.OTHER_OFFICE
    if _six_digit_day(digits[4:10]) is None:
        return KeyFault.DATE
    if digits[2:4] == "00" or not 1 <= int(digits[10:15]) < SERIALS_PER_DAY:
        return KeyFault.SERIAL
    return None


def read_key(text: str, agency: str) -> KeyParts | None:
    """Return the parts of a key of this office, None for any other text.

    `key_fault` returns the reason.
    """
    digits = key_digits(text)
    day = None if key_fault(digits, agency) else _six_digit_day(digits[4:10])
    return None if day is None else KeyParts(int(digits[2:4]), day, int(digits[10:15]))


_BIRTH_PLACE_CODES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 "
    "042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 "
    "086 087 089 091 092 093 094 095 096"
)
"""Codes of birth registration places (TT 07/2016/TT-BCA, Phụ lục I); they outlast mergers of provinces."""


def number_birth_year(number: str) -> int:
    """Return the birth year in a personal number of twelve digits.

    The fourth digit gives the century, the fifth and sixth the year.
    """
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def _format_warnings(number: str) -> Iterable[Message]:
    digits = sum(c in "0123456789" for c in number)
    if not digits:
        yield Message("number_shape")
    elif digits == len(number):
        yield Message("number_length", {"digits": digits})
    elif digits >= 10 or (len(number) == 12 and digits >= 8):  # an O for a zero
        yield Message("number_letters", {"digits": digits})


def _content_warnings(number: str, birth: str | None, gender: Gender | None) -> Iterable[Message]:
    year = number_birth_year(number)
    encoded_gender = Gender.FEMALE if int(number[3]) % 2 else Gender.MALE
    if number[:3] not in _BIRTH_PLACE_CODES.split():
        yield Message("number_place", {"place": number[:3]})
    if gender is not None and gender is not encoded_gender:
        yield Message("number_gender", {"gender": encoded_gender.value})
    if birth and birth[:4] != str(year):
        yield Message("number_birth_year", {"year": year, "birth_year": birth[:4]})


def id_number_warnings(number: str, birth: str | None, gender: Gender | None) -> tuple[Message, ...]:
    """Return the doubts about a citizen's number.

    The number is compared with the known date of birth (`YYYY-MM-DD` or `YYYY`) and gender. Doubts are never a reason
    to refuse, because the law lets people change their gender or correct a date and keep the number. Nine digits (the
    old identity card) and passport numbers raise no doubt.
    """
    plain = comparable_number(number)
    if not plain or re.fullmatch(r"[0-9]{9}", plain):
        return ()
    if not re.fullmatch(r"[0-9]{12}", plain):
        return tuple(_format_warnings(plain))
    return tuple(_content_warnings(plain, birth, gender))
