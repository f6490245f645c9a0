"""Text of fonts before Unicode: TCVN 5712 (ABC, .VnTime) and VNI-Windows.

Such a text has the characters of another alphabet and is readable in its font only.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.sheets.sheet import Cell, Row, Sheet, cell_of
from app.sheets.syllables import is_syllable, share_of_syllables, words_with_marks

_UNICODE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_TABLE = str.maketrans(dict(zip(_TCVN3, _UNICODE, strict=True)))
_VNI_MARKS = {
    "a": ("à á ả ã ạ â ầ ấ ẩ ẫ ậ ă ằ ắ ẳ ẵ ặ", "ø ù û õ ï â à á å ã ä ê è é ú ü ë"),
    "e": ("è é ẻ ẽ ẹ ê ề ế ể ễ ệ", "ø ù û õ ï â à á å ã ä"),
    "o": ("ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ", "ø ù û õ ï â à á å ã ä"),
    "ô": ("ờ ớ ở ỡ ợ", "ø ù û õ ï"),
    "u": ("ù ú ủ ũ ụ", "ø ù û õ ï"),
    "ö": ("ừ ứ ử ữ ự", "ø ù û õ ï"),
    "y": ("ỳ ý ỷ ỹ", "ø ù û õ"),
}
_VNI_SINGLE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}


def _vni_table() -> Mapping[str, str]:
    small = {
        base + mark: letter
        for base, (letters, marks) in _VNI_MARKS.items()
        for letter, mark in zip(letters.split(), marks.split(), strict=True)
    } | _VNI_SINGLE
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in small.items() if len(key) == 2}
    return small | {key.upper(): value.upper() for key, value in small.items()} | mixed


_VNI_TABLE = _vni_table()
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_TABLE), key=len, reverse=True)))
_WORD = re.compile(r"[^\s,;|]+")
_ASCII_LETTERS = re.compile(r"[A-Za-z]")


def from_tcvn3(text: str) -> str:
    """Return the Unicode text of TCVN 5712 characters."""
    return _in_case_of_words(text, text.translate(_TCVN3_TABLE))


def from_vni(text: str) -> str:
    """Return the Unicode text of VNI-Windows characters."""
    return _VNI.sub(lambda match: _VNI_TABLE[match[0]], text)


def _in_case_of_words(old: str, new: str) -> str:
    """Return the text with words of capitals in capitals throughout.

    TCVN 5712 has no capitals with tones; fonts such as .VnTimeH show small characters as capitals.
    """
    if len(old) != len(new):
        return new
    return _WORD.sub(lambda match: _in_case_of(match[0], new[match.start() : match.end()]), old)


def _in_case_of(old: str, new: str) -> str:
    return new.upper() if _is_in_capitals(old) else new


def _is_in_capitals(word: str) -> bool:
    plain = _ASCII_LETTERS.findall(word)
    return len(plain) > 1 and all(character.isupper() for character in plain)


OLD_FONTS: Mapping[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}
"""Converters by the name of the old character set."""


def converted_sheet(sheet: Sheet) -> Sheet:
    """Return the sheet with the texts of old fonts in Unicode.

    Columns are judged one by one because each may have its own font. A cell is converted if its words become Vietnamese
    syllables, or with its whole column where old text is the rule there.
    """
    if all(isinstance(cell, str) and cell.isascii() for row in sheet.rows for cell in row if isinstance(cell, str)):
        return sheet
    fonts = [_column_font([cell_of(row, column) for row in sheet.rows]) for column in range(sheet.width)]
    if not any(fonts):
        return sheet
    rows = tuple(_converted_row(row, fonts) for row in sheet.rows)
    names = dict.fromkeys(name for name, _whole in filter(None, fonts))
    return replace(sheet, rows=rows, conversions=(*sheet.conversions, *names))


_Font = tuple[str, bool]
"""Name of the character set, and whether the whole column has it."""


def _column_font(cells: Sequence[Cell]) -> _Font | None:
    texts = [cell for cell in cells if isinstance(cell, str) and not cell.isascii()]
    words = set(words_with_marks("\n".join(texts)))
    if all(map(is_syllable, words)):
        return None
    votes = Counter(name for text in texts if (name := _font_of(text)) is not None)
    if not votes:
        return None
    name, count = votes.most_common(1)[0]
    return name, count > sum(map(_is_unicode_only, texts))


def _font_of(text: str) -> str | None:
    """Return the old character set of a text; None for Unicode or doubt."""
    if share_of_syllables(text) > 0.5:
        return None
    for name, convert in OLD_FONTS.items():
        if all(map(is_syllable, words_with_marks(convert(text)))) and convert(text) != text:
            return name
    return None


def _is_unicode_only(text: str) -> bool:
    if share_of_syllables(text) < 1:
        return False
    return not any(share_of_syllables(convert(text)) == 1 and convert(text) != text for convert in OLD_FONTS.values())


def _converted_row(row: Row, fonts: Sequence[_Font | None]) -> Row:
    return tuple(_converted_cell(cell, font) for cell, font in zip(row, fonts, strict=False))


def _converted_cell(cell: Cell, font: _Font | None) -> Cell:
    if font is None or not isinstance(cell, str) or cell.isascii():
        return cell
    name, whole = font
    if not whole and _font_of(cell) != name:
        return cell
    if whole and _is_unicode_only(cell):
        return cell
    return OLD_FONTS[name](cell)
