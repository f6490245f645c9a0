"""Form of the rules of one kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit

from app.ui.kit.layouts import FieldGrid
from app.ui.kit.widgets import FieldBox
from app.ui.rules.fields import RuleField, SeveralChoice, create_field
from app.wording.rules.editing import FIELDS, FieldKind


class RuleForm(FieldGrid):
    """The fields of a kind of rules."""

    def __init__(self, kind: str) -> None:
        self.fields: dict[str, RuleField] = {}
        self.boxes: dict[str, FieldBox] = {}
        for words in FIELDS[kind]:
            field = self.fields[words.name] = create_field(words)
            _name_field(field, "text" in self.fields)
            self.boxes[words.name] = FieldBox(words.caption, field.inner)
        super().__init__(*self.boxes.values())

    @property
    def edits(self) -> tuple[QLineEdit, ...]:
        """The fields in which text is typed."""
        return tuple(field.inner for field in self.fields.values() if isinstance(field.inner, QLineEdit))

    def offer_places(self, places: Sequence[tuple[str, str]]) -> None:
        """Offer the receiving places to choose from."""
        field = self.fields.get("places")
        if field is not None and isinstance(field.inner, SeveralChoice):
            field.inner.set_options(places)

    def show_value(self, value: Mapping[str, Any]) -> None:
        """Show the parts of a rule; the others are emptied."""
        for name, field in self.fields.items():
            field.show(value.get(name))
        self.clear_errors()

    def read(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """Return the value; parts of `base` without a field are kept.

        Raises Refusal `rule_shape` on a field.
        """
        value = {name: part for name, part in base.items() if name not in self.fields}
        for name, field in self.fields.items():
            part = field.read()
            if part is not None or name == "years":
                value[name] = part
        return value

    def show_mistake(self, name: str) -> bool:
        """Show what is wrong with a field; False where it has none."""
        box = self.boxes.get(name)
        if box is not None:
            box.show_error(self.fields[name].words.mistake)
        return box is not None

    def clear_errors(self) -> None:
        """Hide every error line."""
        for box in self.boxes.values():
            box.clear_error()


def _name_field(field: RuleField, has_text: bool) -> None:
    """Set the object name: that of the usual field of its kind, or its own.

    `has_text` is whether a form has a text besides the name.
    """
    words = field.words
    if words.kind == FieldKind.ANSWERS:
        field.inner.setObjectName("rules.answers")
    elif words.kind in (FieldKind.NUMBER, FieldKind.LIMIT):
        field.inner.setObjectName("rules.number")
    elif words.name == "text" or (words.name == "name" and not has_text):
        field.inner.setObjectName("rules.text")
    else:
        field.inner.setObjectName(f"rules.{words.name}")
