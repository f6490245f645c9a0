"""Files of other programs: old encodings, workbooks, hostile ones."""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_UNICODE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_VNI = {"ă": "aê", "â": "aâ", "à": "aø", "á": "aù", "ạ": "aï", "ễ": "eã", "ị": "ò"}
_VNI |= {"đ": "ñ", "ư": "ö", "ờ": "ôø", "ệ": "eä", "ặ": "aë"}


def in_cp1258(text: str) -> bytes:
    """Return the text in Windows-1258, tones as characters of their own."""
    return b"".join(_cp1258_character(character) for character in unicodedata.normalize("NFC", text))


def _cp1258_character(character: str) -> bytes:
    try:
        return character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        return (base + "".join(part for part in parts if part in _TONES)).encode("cp1258")


def in_tcvn3(text: str) -> str:
    """Return the text as its font's characters, in the case that the font has."""
    table = dict(zip(_UNICODE, _TCVN3, strict=True))
    return "".join(table.get(c) or table.get(c.lower(), c) for c in unicodedata.normalize("NFC", text))


def in_vni(text: str) -> str:
    """Return a text of the few characters above in VNI-Windows."""
    return "".join(_VNI.get(character, character) for character in text)


def xlsx(rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> bytes:
    """Return a workbook; days are cells with a date format."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    look = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, look)
            elif value is not None:
                sheet.write(line, column, value)
    for place in merges:
        sheet.merge_range(place, "")
        first = place.split(":")[0]
        column = ord(first[0]) - 65
        sheet.write(first, rows[int(first[1:]) - 1][column])
    book.close()
    return target.getvalue()


WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def raw_xlsx(sheet: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook with the bytes of its sheet, and further parts."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_xml(cells: str) -> bytes:
    """Return a worksheet of one row."""
    return f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()
