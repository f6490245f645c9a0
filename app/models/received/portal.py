"""States of dossiers on the national portal, read from a table."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME, office_instant

_MAX_ROWS = 500_000
_CODE = ("code", "mahoso")
_STATUS = ("national_status", "status", "state", "trangthaihoso", "trangthai")
_AT = ("at", "thoidiem", "thoidiemxuly", "ngaycapnhat")
_STATUSES = {str(status): status for status in range(1, 11)}
"""TrangThaiHoSo of the national portal."""
_YEARS = range(2000, 2091)


@dataclass(frozen=True)
class PortalWord:
    """The national status of a dossier as of an instant."""

    row: int
    code: str
    national_status: int
    at: datetime


def read_states(text: str) -> tuple[tuple[PortalWord, ...], tuple[tuple[int, Refusal], ...]]:
    """Return the states of a table and its rejected rows.

    The table is JSON lines, a JSON list, or CSV. A row has `code`, `national_status` (1–10) and `at` (ISO 8601 or
    `yyyyMMddHHmmss` of Vietnam), or the portal's names `MaHoSo`, `TrangThaiHoSo`, `ThoiDiemXuLy`. A rejected row does
    not affect the others.

    Raises Refusal `too_many_rows`.
    """
    words: list[PortalWord] = []
    refused: list[tuple[int, Refusal]] = []
    for number, row in enumerate(_rows(text.removeprefix("\ufeff")), start=1):
        if number > _MAX_ROWS:
            raise Refusal("too_many_rows", "file", most=_MAX_ROWS)
        word = _word(number, row)
        if word is None:
            refused.append((number, Refusal("state_row", "file", row=number)))
        else:
            words.append(word)
    return tuple(words), tuple(refused)


def _rows(text: str) -> Iterable[Any]:
    start = text.lstrip()[:1]
    if start == "[":
        listed = _json(text)
        return listed if isinstance(listed, list) else [None]
    if start == "{":
        return (_json(line) for line in text.splitlines() if line.strip())
    return _csv_rows(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _csv_rows(text: str) -> Iterator[Any]:
    table = csv.DictReader(io.StringIO(text, newline=""))
    try:
        yield from table
    except csv.Error:  # a cell beyond the length limit of the csv module
        yield None


def _word(number: int, row: Any) -> PortalWord | None:
    if not isinstance(row, Mapping):
        return None
    cells = {str(name).strip().lower(): value for name, value in row.items()}
    code = str(_first(cells, _CODE)).strip()
    status = _STATUSES.get(str(_first(cells, _STATUS)).strip().removeprefix("0"))
    try:
        at = _instant(str(_first(cells, _AT)).strip())
    except ValueError:
        return None
    if status is None or not code or len(code) > 64 or at.year not in _YEARS:
        return None
    return PortalWord(number, code, status, at)


def _first(cells: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((cells[name] for name in names if cells.get(name) is not None), "")


def _instant(text: str) -> datetime:
    if len(text) == 14 and text.isascii() and text.isdigit():
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=OFFICE_TIME)
    return office_instant(text)
