"""The first filled sheet of an XLSX workbook.

Formulas are never evaluated: the result that a spreadsheet stored is read, and a formula without one is refused.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from app.models.instants import OFFICE_TIME
from app.sheets.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Merge, Sheet, sheet_of
from app.sheets.workbook_parts import (
    Attributes,
    Container,
    read_date_styles,
    read_shared_strings,
    read_workbook_facts,
)

_MAX_MERGES = 50_000
_MAX_CELLS = 4_000_000
_REFERENCE = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([Ee][+-]?[0-9]{1,2})?")
_RANGE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,9}):\$?([A-Z]{1,7})\$?([0-9]{1,9})")
_EXTERNAL = re.compile(
    r"[\[|]|\b(WEBSERVICE|HYPERLINK|FILTERXML|RTD|CALL|REGISTER|EXEC|DDE|IMPORT\w+)\b", re.IGNORECASE
)
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_LEAP_BUG = 60
"""Serial of the day 29/02/1900, which Excel counts and which never existed."""


def read_workbook(content: bytes, name: str) -> Sheet:
    """Return the first visible sheet that has cells.

    Raises Refusal `table_unreadable`, `table_password`, `table_bomb`, `table_external`, `table_formula`,
    `table_too_wide`, `table_too_long`, `table_empty`.
    """
    container = Container(content, name)
    if not container.has("xl/workbook.xml"):
        raise container.refusal("table_kind")
    facts = read_workbook_facts(container)
    strings, dates = read_shared_strings(container), read_date_styles(container)
    for part in facts.sheets:
        if container.has(part):
            reader = _SheetReader(container, strings, dates, facts.stale, facts.dates_from_1904)
            sheet = reader.read(part)
            if sheet.rows:
                return sheet
    raise container.refusal("table_empty")


def serial_day(serial: float, from_1904: bool = False) -> date | datetime | None:
    """Return the day or instant of an Excel serial number, or None."""
    if not 1 <= serial <= _LAST_SERIAL:
        return None
    days, seconds = int(serial), round((serial - int(serial)) * 86_400)
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    if not from_1904 and days < _LEAP_BUG:
        days += 1
    day = first + timedelta(days=days)
    return datetime.combine(day, time(), OFFICE_TIME) + timedelta(seconds=seconds) if seconds else day


def column_number(letters: str) -> int:
    """Return the column of a reference, counted from 0: `A` is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown_merge(merge: tuple[int, int, int, int], sheet: Sheet) -> Merge | None:
    """Return the part of merged cells within the rows and columns in use."""
    top, left, bottom, right = merge
    first, last = bisect_left(sheet.numbers, top), bisect_right(sheet.numbers, bottom) - 1
    if first > last or left >= sheet.width or sheet.numbers[first] != top:
        return None
    return Merge(first, left, last, min(right, sheet.width - 1))


class _SheetReader:
    """Reads one worksheet, element by element."""

    def __init__(
        self, container: Container, strings: Sequence[str], dates: Sequence[bool], stale: bool, from_1904: bool
    ) -> None:
        self._container = container
        self._strings, self._dates = strings, dates
        self._stale, self._from_1904 = stale, from_1904
        self._rows: list[tuple[int, list[Cell]]] = []
        self._row: list[Cell] = []
        self._row_number = self._column = self._cells = 0
        self._kind = self._style = self._place = ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._target: list[str] | None = None
        self._merges: list[tuple[int, int, int, int]] = []
        self._starts = {"row": self._start_row, "c": self._start_cell, "f": self._start_formula}
        self._ends = {"row": self._end_row, "c": self._end_cell}

    def read(self, part: str) -> Sheet:
        """Return the sheet of a part."""
        self._container.parse(part, self._start, self._end, self._text)
        sheet = sheet_of(self._rows)
        merges = tuple(merge for each in self._merges if (merge := _shown_merge(each, sheet)) is not None)
        if sum(merge.bottom - merge.top for merge in merges) > len(sheet.rows) * max(1, sheet.width):
            raise self._container.refusal("table_bomb")  # merged cells never overlap in a sound workbook
        return replace(sheet, merges=merges)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag in self._starts:
            self._starts[tag](attributes)
        elif tag in ("v", "t"):
            self._target = self._value
        elif tag == "mergeCell":
            self._add_merge(attributes.get("ref", ""))

    def _end(self, tag: str) -> None:
        if tag in self._ends:
            self._ends[tag]()
        elif tag in ("v", "t", "f"):
            self._target = None

    def _text(self, text: str) -> None:
        if self._target is not None:
            self._target.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row_number = int(number) if number.isdigit() and len(number) < 10 else self._row_number + 1
        self._row, self._column = [], -1

    def _end_row(self) -> None:
        if any(cell is not None for cell in self._row):
            if len(self._rows) >= MAX_ROWS:
                raise self._container.refusal("table_too_long", most=MAX_ROWS)
            self._rows.append((self._row_number, self._row))
        self._row = []

    def _start_cell(self, attributes: Attributes) -> None:
        self._place = attributes.get("r", "")
        reference = _REFERENCE.fullmatch(self._place)
        self._column = self._column + 1 if reference is None else column_number(reference[1])
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value.clear()
        self._formula.clear()
        self._has_formula = False

    def _start_formula(self, _attributes: Attributes) -> None:
        self._has_formula = True
        self._target = self._formula

    def _end_cell(self) -> None:
        text = "".join(self._value)
        if self._has_formula:
            self._check_formula(text)
        if not text:
            return
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise self._container.refusal("table_bomb")
        if self._column >= MAX_COLUMNS:
            raise self._container.refusal("table_too_wide", row=self._row_number, most=MAX_COLUMNS)
        self._row.extend([None] * (self._column + 1 - len(self._row)))
        self._row[self._column] = self._cell(text)

    def _check_formula(self, result: str) -> None:
        if self._stale or not result or _EXTERNAL.search("".join(self._formula)):
            raise self._container.refusal("table_formula", cell=self._place or f"dòng {self._row_number}")

    def _cell(self, text: str) -> Cell:
        if self._kind == "s":
            place = int(text) if text.isdigit() else -1
            if not 0 <= place < len(self._strings):
                raise self._container.refusal("table_unreadable", row=self._row_number)
            return self._strings[place]
        if self._kind in ("str", "inlineStr", "e"):
            return text
        if self._kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if self._kind == "d":
            return text
        return self._number(text)

    def _number(self, text: str) -> Cell:
        if not _NUMBER.fullmatch(text.strip()):
            return text
        value = float(text)
        style = int(self._style) if self._style.isdigit() else 0
        if style < len(self._dates) and self._dates[style]:
            return serial_day(value, self._from_1904) or value
        return int(value) if value.is_integer() and abs(value) < 1e15 else value

    def _add_merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference)
        if match is None:
            return
        if len(self._merges) >= _MAX_MERGES:
            raise self._container.refusal("table_bomb")
        left, right = column_number(match[1]), column_number(match[3])
        self._merges.append((int(match[2]), left, int(match[4]), right))
