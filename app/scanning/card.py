"""The square code of a citizen card: seven fields (CCCD, 2021 to 30/6/2024) or eleven (căn cước, from 01/7/2024).

Number, old number, name, born ddMMyyyy, gender, address, issued ddMMyyyy, parted by `|`; some cards leave the old
number out. The text is not signed: it saves typing and proves nothing.
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
_YEAR = re.compile(r"(?:0000)?([0-9]{4})")
_GENDERS = {"nam": Gender.MALE, "male": Gender.MALE, "nu": Gender.FEMALE, "female": Gender.FEMALE, "n": Gender.FEMALE}
_OLDEST, _YOUNGEST = 1880, 2100


@dataclass(frozen=True)
class CardScan:
    """A citizen card as read. `birth_date` is `YYYY-MM-DD`, or `YYYY` where the card has the year alone; what the
    card does not carry or nobody can read is None, and `warnings` says what a person should compare with the card."""

    id_number: str
    old_id_number: str | None
    name: str
    birth_date: str | None
    gender: Gender | None
    address: str
    issued_on: str | None
    warnings: tuple[Message, ...] = ()


def _iso(field: str) -> str | None:
    """A card's date as ISO 8601, None for none."""
    found = _DATE.fullmatch(field)
    year = _YEAR.fullmatch(field)
    if year and _OLDEST <= int(year[1]) <= _YOUNGEST:
        return year[1]
    try:
        day = date(int(found[4]), int(found[3]), int(found[1])) if found else None
    except ValueError:
        return None
    return day.isoformat() if day and _OLDEST <= day.year <= _YOUNGEST else None


def _gender(field: str) -> Gender | None:
    """Nam or Nữ, also with its mark lost or typed as keys: `nu`, `N?`, `nuwx`, `nu74`."""
    letters = re.sub(r"[^a-z]", "", fold_text(field))
    return Gender.FEMALE if letters.startswith("nu") else _GENDERS.get(letters)


def _birth_field_index(fields: Sequence[str]) -> int | None:
    """Which field is the date of birth: the fourth, or the third on a card without the old number."""
    for at in (2, 3):
        if len(fields) > at and (_DATE.fullmatch(fields[at]) or _YEAR.fullmatch(fields[at])):
            return at
    return None


def _lost_characters(name: str, gender: str, address: str) -> bool:
    """True where the reader dropped or mangled letters: an address of a whole card is never without a single mark."""
    plain = (name + address).isascii()
    return plain or is_name_garbled(name) or is_address_garbled(address) or gender.lower() not in ("nam", "nữ")


def _has_caps_lock(field: str) -> bool:
    """True where a keyboard's Caps Lock turned every letter over: «lÊ tHỊ», «nAM». A name of one letter, or all in
    capitals, does not tell; the gender then does."""
    words = [word for word in field.split() if len(word) > 1]
    return bool(words) and all(word[0].islower() and word[-1].isupper() for word in words)


def _warnings(card: CardScan, fields: Sequence[str], old: str) -> Iterator[Message]:
    name, birth, gender, address, issued = fields
    if not name or not address or not issued:
        yield Message("card_cut")
    if _lost_characters(name, gender, address):
        yield Message("card_letters_lost")
    if card.birth_date is None:
        yield Message("card_birth_date", {"text": birth[:20]})
    if card.gender is None:
        yield Message("card_gender", {"text": gender[:20]})
    if card.issued_on is None and issued:
        yield Message("card_issued_on", {"text": issued[:20]})
    if card.birth_date and card.issued_on and card.issued_on < card.birth_date:
        yield Message("card_dates")
    if old and card.old_id_number is None:
        yield Message("card_old_number", {"text": old[:20]})
    yield from id_number_warnings(card.id_number, card.birth_date, card.gender)


def read_card(text: str) -> CardScan | None:
    """A citizen card off the repaired text of its square code, None where the text is none: no twelve digits first,
    or no date of birth where one belongs. Fields after the date of issue are not kept: the office needs none."""
    fields = [clean(field) for field in text.split("|")]
    number = fields[0].replace(" ", "")
    born = _birth_field_index(fields)
    if born is None or not re.fullmatch(r"[0-9]{12}", number):
        return None
    told = [*fields[born - 1 : born + 4], "", "", ""][:5]
    words = [told[place] for place in (0, 2, 3)]
    if _has_caps_lock(told[0]) or _has_caps_lock(told[2]):
        words = [text.swapcase() for text in words]
    told[0], told[2], told[3] = map(decode_keystrokes, words)
    old = fields[1] if born == 3 else ""
    old_digits = old.replace(" ", "")
    card = CardScan(
        id_number=number,
        old_id_number=old_digits if re.fullmatch(r"[0-9]{9}|[0-9]{12}", old_digits) else None,
        name=told[0],
        birth_date=_iso(told[1]),
        gender=_gender(told[2]),
        address=told[3],
        issued_on=_iso(told[4]),
    )
    return replace(card, warnings=tuple(_warnings(card, told, old)))
