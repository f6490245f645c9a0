"""Place within a form's data, and the checks of one value there."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from app.models.errors import Refusal
from app.models.forms.template import Template, TemplateError, parse_template
from app.models.forms.values import ValueNames

_MAX_TEXT = 2000
_MAX_SPACE = 100


@dataclass(frozen=True)
class Scope:
    """A place such as `receipt: blocks 3: text` with the values known there."""

    place: str
    names: ValueNames

    def at(self, place: str) -> "Scope":
        """Return the scope of a part."""
        return replace(self, place=f"{self.place}: {place}")

    def inside(self, each: str) -> "Scope":
        """Return the scope of the items of a list."""
        return replace(self, names=self.names.inside(each))

    def refuse(self, part: str = "") -> NoReturn:
        """Raise Refusal `form_shape` with the place."""
        raise Refusal("form_shape", "value", place=f"{self.place}: {part}" if part else self.place)

    def require(self, condition: bool, part: str) -> None:
        """Raise Refusal `form_shape` unless the condition holds."""
        if not condition:
            self.refuse(part)

    def text(self, value: object) -> str:
        """Return a text of one line."""
        if not isinstance(value, str) or len(value) > _MAX_TEXT or not value.isprintable():
            self.refuse()
        return unicodedata.normalize("NFC", value)

    def texts(self, value: object, least: int = 0, most: int = 20) -> tuple[str, ...]:
        """Return a list of texts."""
        items = self.items(value, most)
        self.require(len(items) >= least, "")
        return tuple(self.text(item) for item in items)

    def items(self, value: object, most: int) -> Sequence[Any]:
        """Return a list."""
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > most:
            self.refuse()
        return value

    def mapping(self, value: object, keys: Sequence[str]) -> Mapping[str, Any]:
        """Return an object that has only known keys."""
        if not isinstance(value, Mapping):
            self.refuse()
        self.require(set(value) <= set(keys), str(min(map(str, set(value) - set(keys)), default=""))[:40])
        return value

    def flag(self, value: object) -> bool:
        """Return true or false."""
        if not isinstance(value, bool):
            self.refuse()
        return value

    def length(self, value: object, least: float = 0, most: float = _MAX_SPACE) -> float:
        """Return a number in a range."""
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            self.refuse()
        return value

    def choice(self, value: object, allowed: Mapping[str, Any]) -> Any:
        """Return the value of an allowed word."""
        if not isinstance(value, str) or value not in allowed:
            self.refuse()
        return allowed[value]

    def plain_template(self, value: object) -> Template:
        """Return a text whose values are not checked."""
        try:
            return parse_template(self.text(value))
        except TemplateError:
            self.refuse()

    def template(self, value: object) -> Template:
        """Return a text with known values.

        Raises Refusal `form_value_unknown`.
        """
        template = self.plain_template(value)
        for name in sorted(template.names):
            self.value_name(name)
        return template

    def value_name(self, name: object) -> str:
        """Return the name of a text or a list.

        Raises Refusal `form_value_unknown`.
        """
        if not isinstance(name, str) or name not in self.names.texts | set(self.names.lists):
            raise Refusal("form_value_unknown", "value", place=self.place, name=str(name)[:40])
        return name

    def list_name(self, name: object) -> str:
        """Return the name of a list.

        Raises Refusal `form_value_unknown`.
        """
        if not isinstance(name, str) or name not in self.names.lists:
            raise Refusal("form_value_unknown", "value", place=self.place, name=str(name)[:40])
        return name
