"""All forms of all sets, by day; the exact content of one by its digest."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.models.errors import Refusal
from app.models.forms.layout import FormLayout
from app.models.forms.reading import MERGED_KEYS, read_form, read_form_key
from app.models.forms.sets import FormSet, set_on


@dataclass(frozen=True)
class FormEntry:
    """The content of a form of a set from a day on, as in a rule."""

    form_set: str
    form: str
    value: Mapping[str, Any]
    valid_from: date

    @property
    def valid_to(self) -> date:
        """The last day."""
        return date.fromisoformat(self.value["valid_to"]) if self.value.get("valid_to") else date.max


@dataclass(frozen=True)
class FormVersion:
    """A form as an office prints it: its set, content and layout.

    `content` is complete. `digest` identifies it.
    """

    form_set: FormSet
    content: Mapping[str, Any]
    layout: FormLayout
    digest: str

    def number(self, serial: str, centre: bool, year: int) -> str:
        """Return the text after «Số:».

        Without a `serial` dots are printed for it.
        """
        series = self.form_set.series_of_centre if centre else self.form_set.series_of_counter
        blank = "." * 8
        return self.layout.number.fill(
            {"serial": serial or blank, "series": series, "blank": blank, "year": f"{year}" if serial else blank}
        )


def content_digest(form: str, content: Mapping[str, Any]) -> str:
    """Return the digest of a form's complete content."""
    text = json.dumps([form, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def version_of(form: str, content: Mapping[str, Any], form_set: FormSet) -> FormVersion:
    """Return a form with complete content.

    Raises Refusal like `read_form`.
    """
    return FormVersion(form_set, content, read_form(form, content), content_digest(form, content))


class FormLibrary:
    """The forms of all sets, in the order of their entry."""

    def __init__(self, sets: Iterable[FormSet], entries: Iterable[FormEntry]) -> None:
        self.sets = tuple(sets)
        self.entries = tuple(entries)
        self._versions: dict[tuple[str, str, date], FormVersion] = {}

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], list[FormEntry]]:
        by_key: dict[tuple[str, str], list[FormEntry]] = {}
        for entry in self.entries:
            by_key.setdefault((entry.form_set, entry.form), []).append(entry)
        return by_key

    def set_on(self, chosen: str, chosen_from: date | None, day: date) -> FormSet:
        """Return the set that an office prints for a dossier received on a day."""
        return set_on(self.sets, chosen, chosen_from, day)

    def find_set(self, key: str) -> FormSet | None:
        """Return a set by its key, the latest of several."""
        return next((each for each in reversed(self.sets) if each.key == key), None)

    def version(self, form_set: str, form: str, day: date) -> FormVersion:
        """Return a form of a set on a day.

        Raises Refusal `form_unknown` if neither the set nor one that it is based on has it.
        """
        key = (form_set, form, day)
        if key not in self._versions:
            self._versions[key] = self._read_version(form_set, form, day)
        return self._versions[key]

    def forms_on(self, form_set: str, day: date) -> tuple[str, ...]:
        """Return the forms that a set offers on a day, with those of its bases."""
        chain = [each.key for each in self._chain(form_set)]
        names = sorted({entry.form for entry in self.entries if entry.form_set in chain})
        return tuple(name for name in names if self._content(form_set, name, day) is not None)

    def find_version(self, form: str, digest: str) -> FormVersion | None:
        """Return the version of a form with a digest, of any set and day."""
        days = sorted({each.valid_from for each in self.sets} | {each.valid_from for each in self.entries})
        for form_set in self.sets:
            for day in days:
                content = self._content(form_set.key, form, day)
                if content is not None and content_digest(form, content) == digest:
                    return version_of(form, content, form_set)
        return None

    def _read_version(self, form_set: str, form: str, day: date) -> FormVersion:
        content = self._content(form_set, form, day)
        if content is None:
            raise Refusal("form_unknown", "form", text=form[:40])
        chosen = self.find_set(form_set)
        assert chosen is not None
        return version_of(form, content, chosen)

    def _content(self, form_set: str, form: str, day: date, used: tuple[FormEntry, ...] = ()) -> dict[str, Any] | None:
        """Return the content in force, None if no set of the chain has the form.

        An entry whose `like` leads nowhere is passed over for the one before it.
        """
        for each in self._chain(form_set):
            for entry in self._begun(each, form, day):
                if any(entry is other for other in used):
                    continue
                content = self._complete(entry, day, (*used, entry))
                if content is not None:
                    return content
        return None

    def _begun(self, form_set: FormSet, form: str, day: date) -> list[FormEntry]:
        """Return the entries that have begun, the latest first.

        There is none after the last day of the latest. The entries of a set begin with it at the latest.
        """
        day = max(day, form_set.valid_from)
        begun = [each for each in self._by_key.get((form_set.key, form), ()) if each.valid_from <= day]
        begun = sorted(begun, key=lambda each: each.valid_from)[::-1]
        return begun if begun and day <= begun[0].valid_to else []

    def _complete(self, entry: FormEntry, day: date, used: tuple[FormEntry, ...]) -> dict[str, Any] | None:
        """Return the content with the keys of the form named by `like`.

        A form like itself takes the keys of its earlier entry.
        """
        own = {name: value for name, value in entry.value.items() if name in MERGED_KEYS}
        like = entry.value.get("like")
        if not like:
            return own
        key = read_form_key(like)
        base = self._content(key.form_set, key.form, day, used)
        return None if base is None else _with_added({**base, **own}, entry.value.get("added", ()))

    def _chain(self, form_set: str) -> list[FormSet]:
        """Return a set and those it is based on, then the earlier ones."""
        chain: list[FormSet] = []
        current = self.find_set(form_set)
        while current is not None and current not in chain:
            chain.append(current)
            current = self.find_set(current.based_on) if current.based_on else self._before(current)
        return chain

    def _before(self, form_set: FormSet) -> FormSet | None:
        earlier = [each for each in self.sets if each.valid_from < form_set.valid_from]
        return max(earlier, key=lambda each: each.valid_from, default=None)


def _with_added(content: dict[str, Any], added: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the content with blocks before its closing block, or at the end."""
    blocks = list(content.get("blocks", ()))
    place = next((n for n, block in enumerate(blocks) if block.get("block") == "closing"), len(blocks))
    return {**content, "blocks": [*blocks[:place], *added, *blocks[place:]]} if added else content
