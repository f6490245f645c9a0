"""Values of a document: texts and lists, and the words of coded values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.models.forms.layout import Block, Field
from app.wording.documents.forms import CODED_NAMES

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Values:
    """Texts by name, and lists whose items have values of their own.

    A flag is a text that is not empty.
    """

    texts: Mapping[str, str]
    lists: Mapping[str, Sequence["Values"]] = field(default_factory=dict)

    def is_set(self, name: str) -> bool:
        """Return whether a text or a list is not empty."""
        return bool(self.texts.get(name) or self.lists.get(name))

    def shows(self, part: Block | Field) -> bool:
        """Return whether the conditions of a part are met."""
        return (not part.when or self.is_set(part.when)) and not (part.unless and self.is_set(part.unless))

    def items(self, each: str) -> Iterator["Values"]:
        """Yield the items of a list, with their place as `item`."""
        for number, item in enumerate(self.lists.get(each, ()), 1):
            yield Values({**self.texts, "item": str(number), **item.texts}, item.lists)

    def with_names(self, names: Names | None) -> "Values":
        """Return the values with words instead of codes."""
        words = {**CODED_NAMES, **(names or {})}
        texts = {name: words[name].get(text, text) if name in words else text for name, text in self.texts.items()}
        return Values(texts, {each: [item.with_names(names) for item in items] for each, items in self.lists.items()})
