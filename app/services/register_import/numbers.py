"""Numbers of imported dossiers, of their own day of receipt."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from app.models.codes import SERIALS_PER_DAY, CodePattern, comparable, dossier_code, dossier_key
from app.services.context import Context
from app.services.law.rules import code_patterns
from app.services.numbering import NO_HOST, serial_counter
from app.storage import dossiers, office_settings
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class DossierNumber:
    """Code and key of a dossier."""

    code: str
    key: str


class NumberBlock:
    """Counters of many days, advanced in memory and saved at the end.

    The first and last number of a day are those of ordinary intake: 1 to 9,999.
    """

    def __init__(self, work: Reading, context: Context, names: Iterable[str]) -> None:
        self._context = context
        self._values = dict(office_settings.counters_named(work, tuple(names)))
        self._changed: set[str] = set()
        self._patterns: Mapping[date, CodePattern] = {}

    def next_of(self, name: str) -> int:
        """Advance a counter."""
        self._values[name] = self._values.get(name, 0) + 1
        self._changed.add(name)
        return self._values[name]

    def codes(self, work: Reading, days: Sequence[date], reserved: Set[str]) -> list[DossierNumber | None]:
        """Return the next number of each day; None where 9,999 are used up.

        Codes and keys that are an alias of another dossier are skipped, as are the `reserved` codes of the register, in
        comparable form.
        """
        self._patterns = code_patterns(work, days)
        numbers: dict[int, DossierNumber | None] = {}
        pending = list(range(len(days)))
        while pending:
            proposed = {place: self._next(days[place]) for place in pending}
            aliases = dossiers.aliases_among(work, [text for n in proposed.values() if n for text in _comparable(n)])
            aliases |= reserved
            pending = [place for place, n in proposed.items() if n and not aliases.isdisjoint(_comparable(n))]
            numbers |= proposed
        return [numbers[place] for place in range(len(days))]

    def _next(self, day: date) -> DossierNumber | None:
        office, name = self._context.office, serial_counter(self._context.office.workstation, day)
        if self._values.get(name, 0) + 1 >= SERIALS_PER_DAY:
            return None
        n = self.next_of(name)
        code = dossier_code(office.agency_code, day, office.workstation, n, self._patterns[day], NO_HOST)
        return DossierNumber(code, dossier_key(office.agency_code, office.workstation, day, n))

    def save(self, work: Writing) -> None:
        """Save the advanced counters."""
        office_settings.raise_counters(work, {name: self._values[name] for name in self._changed})


def _comparable(number: DossierNumber) -> tuple[str, str]:
    return comparable(number.code), number.key
