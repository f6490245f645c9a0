"""Changes of a law package as the cells of a table."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.services.law_packages.planning import CALENDAR_DAY, PROCEDURE, LawChange
from app.wording.law import change_kind_name
from app.wording.received.packages import ChangeCells, cell_words
from app.wording.status import day_kind_name


def law_cells(change: LawChange) -> ChangeCells:
    """Return a change side by side: as it is and as it will be."""
    words = _WORDS.get(change.kind, _value_words)
    old = "" if change.old is None else words(change.old)
    return ChangeCells(change_kind_name(change.kind), _subject(change), old, words(change.new))


def _subject(change: LawChange) -> str:
    if change.kind == CALENDAR_DAY:
        return f"{date.fromisoformat(change.key):%d/%m/%Y}"
    name = change.new.get("name")
    return f"{change.key} · {name}" if isinstance(name, str) and name else change.key


def _procedure_words(cells: Mapping[str, Any]) -> str:
    if "skipped" in cells:
        return str(cells["skipped"])
    first = cells.get("valid_from")
    words = cell_words({name: str(cell) for name, cell in cells.items() if name != "valid_from"})
    return f"từ {date.fromisoformat(first):%d/%m/%Y}: {words}" if first else words


def _day_words(day: Mapping[str, Any]) -> str:
    hours = day.get("hours", "")
    text = hours if isinstance(hours, str) else " ".join(hours)
    return " · ".join(filter(None, (day_kind_name(day["kind"]), text, day.get("decision", ""))))


def _value_words(value: Mapping[str, Any]) -> str:
    """Return the fields of a rule; the name is in the subject."""
    return "; ".join(f"{name}: {_plain(each)}" for name, each in value.items() if name != "name")


def _plain(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


_WORDS = {PROCEDURE: _procedure_words, CALENDAR_DAY: _day_words}
