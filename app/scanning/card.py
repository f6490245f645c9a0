"""QR code of a citizen card with seven or eleven fields.

The CCCD (2021 to 30/6/2024) has seven fields, the căn cước (from 01/7/2024) eleven. Number, old number, name, birth
ddMMyyyy, gender, address and issue day ddMMyyyy are separated by `|`; some cards omit the old number. The text is not
signed, so that it saves typing and proves nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.codes import id_number_warnings
from app.models.enums import Gender
from app.models.errors import Message
from app.models.text import clean, fold_text
from app.scanning.input_method import decode_keystrokes
from app.scanning.text_repair import is_address_garbled, is_name_garbled

_DATE = re.compile(r"([0-9]{2})([/.-]?)([0-9]{2})\2([0-9]{4})")
_YEAR = re.compile(r"(?:00(?:0[0-9]|1[0-2]))?([0-9]{4})")
"""A birth of which only the year, or month and year, are known; the month is dropped."""
_NUMBER_FIELD = re.compile(r"(?=([0-9]{12}) *\|)")
"""Number at the end of a field, also after other digits."""
_GENDERS = {"nam": Gender.MALE, "male": Gender.MALE, "nu": Gender.FEMALE, "female": Gender.FEMALE, "n": Gender.FEMALE}
_OLDEST, _YOUNGEST = 1880, 2100


@dataclass(frozen=True)
class CardScan:
    """Citizen card as read.

    `birth_date` is `YYYY-MM-DD`, or `YYYY` if the card has only the year. Missing and unreadable fields are None.
    `warnings` lists what the user should compare with the card.
    """

    id_number: str
    old_id_number: str | None
    name: str
    birth_date: str | None
    gender: Gender | None
    address: str
    issued_on: str | None
    warnings: tuple[Message, ...] = ()


def _birth(field: str) -> str | None:
    """Return a date of birth in ISO 8601, or its year; None if invalid."""
    year = _YEAR.fullmatch(field)
    return year[1] if year and _OLDEST <= int(year[1]) <= _YOUNGEST else _day(field)


def _day(field: str) -> str | None:
    """Return a whole date of a card in ISO 8601, None if invalid."""
    match = _DATE.fullmatch(field)
    try:
        day = date(int(match[4]), int(match[3]), int(match[1])) if match else None
    except ValueError:
        return None
    return day.isoformat() if day and _OLDEST <= day.year <= _YOUNGEST else None


def _gender(field: str) -> Gender | None:
    """Return Nam or Nữ, also without its mark or typed as keystrokes.

    Examples: `nu`, `N?`, `nuwx`, `nu74`.
    """
    letters = re.sub(r"[^a-z]", "", fold_text(field))
    return Gender.FEMALE if letters.startswith("nu") else _GENDERS.get(letters)


def _birth_field_index(fields: Sequence[str]) -> int | None:
    """Return the index of the date of birth.

    It is 3, or 2 on a card without the old number. A card without a date of birth has a gender after its place and
    the day of issue.
    """
    dated = (index for index in (2, 3) if _is_date(fields[index : index + 1]))
    undated = (index for index in (2, 3) if _is_undated(fields[index:]))
    return next(dated, None) or next(undated, None)


def _is_undated(fields: Sequence[str]) -> bool:
    """Return whether gender, address and day of issue follow no date.

    Examples are an empty field and `--/--/1990`.
    """
    birth, gender = [*fields, "", ""][:2]
    return not re.search(r"[^\W\d_]", birth) and _gender(gender) is not None and any(map(_DATE.fullmatch, fields[3:]))


def _is_date(fields: Sequence[str]) -> bool:
    return any(_DATE.fullmatch(field) or _YEAR.fullmatch(field) for field in fields)


def _lost_characters(name: str, gender: str, address: str) -> bool:
    """Return whether the reader dropped or garbled characters.

    The name and address of a whole card always contain a Vietnamese mark.
    """
    plain = (name + address).isascii()
    return plain or is_name_garbled(name) or is_address_garbled(address) or gender.lower() not in ("nam", "nữ")


def _has_caps_lock(field: str) -> bool:
    """Return whether Caps Lock inverted the case: «lÊ tHỊ», «nAM».

    A name of one character or in capitals is ambiguous; the gender then decides.
    """
    words = [word for word in field.split() if len(word) > 1]
    return bool(words) and all(word[0].islower() and word[-1].isupper() for word in words)


def _warnings(card: CardScan, fields: Sequence[str], old: str) -> Iterator[Message]:
    name, birth, gender, address, issued = fields
    if not name or not address or not issued:
        yield Message("card_cut")
    if _lost_characters(name, gender, address):
        yield Message("card_letters_lost")
    if card.birth_date is None:
        yield Message("card_birth_date", {"text": birth[:20]}) if birth else Message("card_birth_missing")
    if card.gender is None:
        yield Message("card_gender", {"text": gender[:20]})
    if card.issued_on is None and issued:
        yield Message("card_issued_on", {"text": issued[:20]})
    if card.birth_date and card.issued_on and card.issued_on < card.birth_date:
        yield Message("card_dates")
    if old and card.old_id_number is None:
        yield Message("card_old_number", {"text": old[:20]})
    yield from id_number_warnings(card.id_number, card.birth_date, card.gender)


def _card_values(fields: Sequence[str], birth_index: int) -> list[str]:
    """Return name, birth, gender, address and issue day of a card.

    An address may contain `|`. The issue day is then the next field that is a date, and the parts before it are the
    address.
    """
    values = [*fields[birth_index - 1 : birth_index + 2]]
    rest = fields[birth_index + 2 :]
    issued = next((i for i, field in enumerate(rest) if i and _DATE.fullmatch(field)), 1)
    address = ", ".join(part for part in rest[:issued] if part)
    return [*values, "", "", ""][:3] + [address, *rest[issued : issued + 1], ""][:2]


def has_second_card(text: str) -> bool:
    """Return whether another card begins after the start of a card.

    A reader without an end key sends two scans as one text. The old number is in the field after the number and begins
    no card.
    """
    starts = [match.start() for match in _NUMBER_FIELD.finditer(text)]
    return any(text.count("|", 0, start) > 1 and _birth_field_index(_fields(text[start:])) for start in starts)


def _fields(text: str) -> list[str]:
    return [clean(field) for field in text.split("|")]


def read_card(text: str) -> CardScan | None:
    """Return the citizen card of a repaired QR text, None for other text.

    A card begins with twelve digits and has a date of birth, or gender and day of issue, in their places. Fields after
    the issue day are dropped because the office does not need them.
    """
    fields = _fields(text)
    number = fields[0].replace(" ", "")
    birth_index = _birth_field_index(fields)
    if birth_index is None or not re.fullmatch(r"[0-9]{12}", number):
        return None
    values = _card_values(fields, birth_index)
    words = [values[index] for index in (0, 2, 3)]
    if _has_caps_lock(values[0]) or _has_caps_lock(values[2]):
        words = [text.swapcase() for text in words]
    values[0], values[2], values[3] = map(decode_keystrokes, words)
    old = fields[1] if birth_index == 3 else ""
    old_digits = old.replace(" ", "")
    card = CardScan(
        id_number=number,
        old_id_number=old_digits if re.fullmatch(r"[0-9]{9}|[0-9]{12}", old_digits) else None,
        name=values[0],
        birth_date=_birth(values[1]),
        gender=_gender(values[2]),
        address=values[3],
        issued_on=_day(values[4]),
    )
    return replace(card, warnings=tuple(_warnings(card, values, old)))
