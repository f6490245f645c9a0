"""Delimited text: its encoding, its separator, its rows."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from app.models.errors import Refusal
from app.sheets.old_fonts import OLD_FONTS
from app.sheets.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Sheet, sheet_of
from app.sheets.syllables import share_of_syllables, words_with_marks

_SEPARATORS = ";,\t|"
_SEP_LINE = re.compile(r'"?sep=([^"\r\n ])"? *(?:\r\n|\r|\n|$)', re.IGNORECASE)
"""First line by which Excel names the separator."""
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"=.|[+\-@][A-Za-z_]+[A-Za-z0-9_.]*[(|!]")
_UTF_32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SAMPLE = 200_000
_LEAST_SHARE = 0.7
_MAX_COMMA_RUN = 20_000
_TOO_MANY_SEPARATORS = re.compile(rf"[;,\t|]{{{_MAX_COMMA_RUN}}}")


def read_delimited(content: bytes, name: str) -> Sheet:
    """Return the rows of delimited text.

    Raises Refusal `table_encoding`, `table_binary`, `table_formula`, `table_too_wide`, `table_too_long`,
    `table_unreadable`.
    """
    text, conversion = _decode(content, name)
    if wide := _TOO_MANY_SEPARATORS.search(text):
        line = text.count("\n", 0, wide.start()) + 1
        raise Refusal("table_too_wide", "file", file=name, row=line, most=MAX_COLUMNS)
    return sheet_of(_rows(text, name), conversion)


def _decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and the conversions of a file in any known encoding."""
    if content.startswith(_UTF_32_MARKS):
        return _in_encoding(content, "utf-32", name), ()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in_encoding(content, "utf-16", name), ()
    zeros = content[:4000].count(b"\0")
    if zeros > len(content[:4000]) // 4:
        little = content[1:4000:2].count(b"\0") > content[0:4000:2].count(b"\0")
        return _in_encoding(content, "utf-16-le" if little else "utf-16-be", name), ()
    if zeros:
        raise Refusal("table_binary", "file", file=name)
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return _decode_bytes(content, name)


def _in_encoding(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refusal("table_encoding", "file", file=name) from None
    if "\0" in text:
        raise Refusal("table_binary", "file", file=name)
    return text


def _decode_bytes(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of one byte a character, by the best reading.

    Candidates are Windows-1258, TCVN 5712 and VNI-Windows.
    """
    western = content.decode("latin-1")
    readings = {"CP1258": _cp1258(content)}
    readings |= {label: convert(western) for label, convert in OLD_FONTS.items()}
    label, text = max(readings.items(), key=lambda item: share_of_syllables(item[1][:_SAMPLE]) if item[1] else 0)
    if share_of_syllables(text[:_SAMPLE]) < _LEAST_SHARE or not words_with_marks(text[:_SAMPLE]):
        raise Refusal("table_encoding", "file", file=name)
    return text, (label,)


def _cp1258(content: bytes) -> str:
    try:
        return unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return ""


def _rows(text: str, name: str) -> Iterator[tuple[int, list[Cell]]]:
    line, declared = 0, _SEP_LINE.match(text)
    if declared:
        text, line = text[declared.end() :], 1
    separator = declared[1] if declared else _separator(text)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in table:
            _check_size(row, table.line_num + line, name)
            yield table.line_num + line, [_cell(cell, table.line_num + line, name) for cell in row]
    except csv.Error:
        raise Refusal("table_unreadable", "file", file=name, row=table.line_num + line) from None


def _check_size(row: list[str], line: int, name: str) -> None:
    if len(row) > MAX_COLUMNS and any(cell.strip() for cell in row[MAX_COLUMNS:]):
        raise Refusal("table_too_wide", "file", file=name, row=line, most=MAX_COLUMNS)
    if line > MAX_ROWS:
        raise Refusal("table_too_long", "file", file=name, most=MAX_ROWS)


def _separator(text: str) -> str:
    """Return the separator of most columns in most of the first lines."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:_SAMPLE].splitlines()[:60] if line.strip()]

    def quality(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        columns, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return agreeing, columns

    return max(_SEPARATORS, key=quality)


def _cell(text: str, line: int, name: str) -> Cell:
    if text[:1] not in "=+-@" or not text:
        return text
    quoted = _TEXT_FORMULA.fullmatch(text.strip())
    if quoted:  # ="0905…" is how programs keep Excel from changing a number
        return quoted[1]
    if _FORMULA.match(text.strip()):
        raise Refusal("table_formula", "file", file=name, cell=f"dòng {line}")
    return text
