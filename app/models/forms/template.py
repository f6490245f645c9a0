"""Texts of a form with values in braces.

`{name}` is a value, `{name…}` prints dots to fill in by hand if it is empty. A part in square brackets is left out if
a value in it is empty.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

BLANK = "." * 28
"""Dots to fill in by hand."""
_TOKEN = re.compile(r"\{([a-z_][a-z0-9_.]*)(…?)\}|(\[)|(\])")
_STRAY = re.compile(r"[{}\[\]]")


class TemplateError(ValueError):
    """Text with an unmatched brace or bracket."""


@dataclass(frozen=True)
class _Value:
    name: str
    dotted: bool

    def text(self, values: Mapping[str, str]) -> str:
        return values.get(self.name, "") or (BLANK if self.dotted else "")


@dataclass(frozen=True)
class Template:
    """A parsed text: parts, each plain or optional as a whole."""

    source: str
    parts: tuple[tuple[bool, tuple["str | _Value", ...]], ...]

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with its values."""
        text = ""
        for optional, items in self.parts:
            filled = [item if isinstance(item, str) else item.text(values) for item in items]
            if not optional or all(filled):
                text += "".join(filled)
        return text

    @property
    def names(self) -> frozenset[str]:
        """The names of its values."""
        return frozenset(item.name for _, items in self.parts for item in items if isinstance(item, _Value))


def parse_template(source: str) -> Template:
    """Return the parsed text.

    Raises TemplateError for an unmatched brace or bracket.
    """
    parts: list[tuple[bool, tuple[str | _Value, ...]]] = []
    items: list[str | _Value] = []
    optional, end = False, 0
    for match in _TOKEN.finditer(source):
        _add_text(items, source[end : match.start()])
        end = match.end()
        if match[1]:
            items.append(_Value(match[1], bool(match[2])))
            continue
        if bool(match[4]) != optional:
            raise TemplateError(source)
        parts.append((optional, tuple(items)))
        items, optional = [], not optional
    _add_text(items, source[end:])
    if optional:
        raise TemplateError(source)
    return Template(source, tuple(part for part in (*parts, (False, tuple(items))) if part[1]))


def _add_text(items: list[str | _Value], text: str) -> None:
    if _STRAY.search(text):
        raise TemplateError(text)
    if text:
        items.append(text)
