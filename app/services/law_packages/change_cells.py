"""Changes of a law package as the cells of a table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models.enums import PaperForm
from app.models.forms.reading import read_form_key
from app.models.law.rule import FORM
from app.services.law_packages.planning import CALENDAR_DAY, PROCEDURE, LawChange
from app.wording.law import change_kind_name
from app.wording.received.packages import ChangeCells, cell_words
from app.wording.rules.changes import rule_words
from app.wording.rules.counter import KEYS, key_name
from app.wording.status import day_kind_name, form_name


def law_cells(change: LawChange) -> ChangeCells:
    """Return a change side by side: as it is and as it will be."""
    old = "" if change.old is None else _words(change.kind, change.old)
    return ChangeCells(change_kind_name(change.kind), _subject(change), old, _words(change.kind, change.new))


def _form_subject(change: LawChange) -> str:
    key, title = read_form_key(change.key), change.new.get("title", ())
    form = PaperForm(key.form)
    name = form_name(form) if form.is_known or not title else " ".join(title)
    return f"{name} · {key.form_set}"


def _words(kind: str, value: Mapping[str, Any]) -> str:
    words = _WORDS.get(kind)
    return rule_words(kind, value) if words is None else words(value)


def _subject(change: LawChange) -> str:
    if change.kind == CALENDAR_DAY:
        return f"{date.fromisoformat(change.key):%d/%m/%Y}"
    if change.key in KEYS.get(change.kind, {}):
        return key_name(change.kind, change.key)
    if change.kind == FORM:
        return _form_subject(change)
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


_WORDS = {PROCEDURE: _procedure_words, CALENDAR_DAY: _day_words}
