"""MAP.toml: which heading is which column, and what words mean.

`[columns]` maps a column to a heading, `C` or 3, in either direction. `[procedures]` maps the
register's names to codes, `[channels]`, `[statuses]` and `[return_by]` its words to values. `[defaults]` gives the
value of a column that the register does not have.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.errors import Refusal
from app.sheets.headings import heading_text

_SECTIONS = ("columns", "procedures", "channels", "statuses", "return_by", "defaults")
_MAX_TEXT = 1_000_000


@dataclass(frozen=True)
class TableMap:
    """The parsed file.

    Words are folded headings. `columns` has places or words by column.
    """

    columns: Mapping[str, str | int] = field(default_factory=dict)
    procedures: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    return_by: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


def parse_map(text: str, column_names: Mapping[str, str]) -> TableMap:
    """Return the parsed MAP.toml; an empty text maps nothing.

    `column_names` gives the column of each accepted key. Keys outside a section belong to `[columns]`.

    Raises Refusal `map_toml`, `map_section`, `map_column`.
    """
    try:
        document = tomllib.loads(text[:_MAX_TEXT].removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError):
        raise Refusal("map_toml", "map") from None
    sections: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
    for key, value in document.items():
        if isinstance(value, dict):
            if key not in sections:
                raise Refusal("map_section", "map", name=key[:40], allowed=", ".join(_SECTIONS))
            sections[key] |= value
        else:
            sections["columns"][key] = value
    return TableMap(
        columns=dict(_column(key, value, column_names) for key, value in sections["columns"].items()),
        defaults=_defaults(sections["defaults"], column_names),
        **{name: _words(sections[name]) for name in ("procedures", "channels", "statuses", "return_by")},
    )


def _words(section: Mapping[str, Any]) -> dict[str, str]:
    return {heading_text(str(key)): str(value) for key, value in section.items()}


def _defaults(section: Mapping[str, Any], column_names: Mapping[str, str]) -> dict[str, str]:
    defaults: dict[str, str] = {}
    for key, value in section.items():
        if key not in column_names:
            raise Refusal("map_column", "map", name=key[:40], allowed=", ".join(dict.fromkeys(column_names.values())))
        defaults[column_names[key]] = str(value)
    return defaults


def _column(key: str, value: Any, column_names: Mapping[str, str]) -> tuple[str, str | int]:
    """Return a column and its heading or place; either side may be the column."""
    if key in column_names:
        return column_names[key], _place(value)
    if isinstance(value, str) and value in column_names:
        return column_names[value], heading_text(key)
    raise Refusal("map_column", "map", name=key[:40], allowed=", ".join(dict.fromkeys(column_names.values())))


def _place(value: Any) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value - 1
    text = str(value).strip()
    if len(text) <= 2 and text.isascii() and text.isalpha() and text.isupper():
        place = 0
        for character in text:
            place = place * 26 + ord(character) - 64
        return place - 1
    return heading_text(text)
