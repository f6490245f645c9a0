"""Entry of the package: any file that holds a table."""

import codecs
import unicodedata
from dataclasses import replace

from app.models.errors import Refusal
from app.sheets.delimited import read_delimited
from app.sheets.old_fonts import converted_sheet
from app.sheets.sheet import MAX_BYTES, MAX_CELL, Cell, Sheet
from app.sheets.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_A_TABLE = (
    *(b"%pdf", b"\x89png", b"\xff\xd8\xff", b"{\\rtf"),
    *(b"<html", b"<!doct", b"<!--", b"<?xml", b"<table", b"<style"),
)
"""First bytes of other kinds of files, in lower case. Web pages called .xls are tables of other programs."""


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the table of a CSV or XLSX file, all text in Unicode NFC.

    The kind is recognised by the content, not by the name.

    Raises Refusal `table_kind`, `table_password`, `file_too_big`, `table_empty`, `table_bomb`, or like
    `read_workbook` and `read_delimited`.
    """
    if len(content) > MAX_BYTES:
        raise Refusal("file_too_big", "file", file=name, limit=MAX_BYTES // 1024 // 1024)
    if content.startswith(_OLE):
        raise Refusal("table_old_excel", "file", file=name)
    if _first_bytes(content).startswith(_NOT_A_TABLE):
        raise Refusal("table_kind", "file", file=name)
    sheet = read_workbook(content, name) if content.startswith(_ZIP) else read_delimited(content, name)
    if not sheet.rows:
        raise Refusal("table_empty", "file", file=name)
    if any(isinstance(cell, str) and len(cell) > MAX_CELL for row in sheet.rows for cell in row):
        raise Refusal("table_bomb", "file", file=name)
    sheet = converted_sheet(sheet)
    return replace(sheet, rows=tuple(tuple(map(_normalised, row)) for row in sheet.rows))


def _first_bytes(content: bytes) -> bytes:
    """Return the begin of a file in lower case, of any Unicode encoding."""
    start = content[:1000].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.lstrip()[:6].lower()


def _normalised(cell: Cell) -> Cell:
    return unicodedata.normalize("NFC", cell) if isinstance(cell, str) and not cell.isascii() else cell
