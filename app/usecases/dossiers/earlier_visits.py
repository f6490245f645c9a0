"""Search for recent dossiers of the same person during intake.

The result is a warning; it never blocks the intake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.models.enums import Right
from app.models.text import fold_text
from app.models.values.numbers import comparable_number
from app.models.values.phones import phone_numbers
from app.services.context import Context
from app.services.dossier_lines import DossierLine, to_dossier_lines
from app.services.permissions import requires
from app.storage import dossiers, search
from app.storage.uow import Reading

_EARLIER_DAYS = 30
_MAX_CANDIDATES = 200
_YEAR_LENGTH = 4


@dataclass(frozen=True)
class EarlierVisits:
    """Query: the applicant as typed so far and the procedure's code.

    `birth` is an ISO date, or the year alone.
    """

    id_number: str
    procedure: str
    name: str = ""
    birth: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Visits:
    """Dossiers of the last thirty days for the same procedure, newest first.

    `same` have the same id number.
    `possible` agree in name and birth, or in phone, and have no different id number.
    """

    same: tuple[DossierLine, ...] = ()
    possible: tuple[DossierLine, ...] = ()


@requires(Right.READ_LISTS)
def earlier_visits(query: EarlierVisits, context: Context, work: Reading) -> Visits:
    """Return valid dossiers of the same procedure within thirty days."""
    since = context.today - timedelta(days=_EARLIER_DAYS)
    same = dossiers.earlier_dossiers(work, query.id_number, query.procedure, since) if query.id_number else ()
    ids = [dossier_id for words in _words(query) for dossier_id in search.matching_ids(work, words, _MAX_CANDIDATES)]
    rows = dossiers.earlier_dossiers_among(work, ids, query.procedure, since) if ids else ()
    known = {row.code for row in same}
    alike = [row.line for row in rows if row.line.code not in known and _may_be_same_person(row.applicant, query)]
    return Visits(to_dossier_lines(work, same, context.today), to_dossier_lines(work, alike, context.today))


def _words(query: EarlierVisits) -> tuple[str, ...]:
    """Return the search words; a name counts only with a birth date."""
    name = query.name if query.birth else ""
    return tuple(words for words in (name, *phone_numbers(query.phone)) if words.strip())


def _may_be_same_person(details: Mapping[str, Any], query: EarlierVisits) -> bool:
    number = details.get("id_number")
    if number and query.id_number and comparable_number(number) != comparable_number(query.id_number):
        return False
    if set(phone_numbers(details.get("phone") or "")) & set(phone_numbers(query.phone)):
        return True
    return fold_text(details["name"]) == fold_text(query.name) and _same_birth(
        details.get("birth_date") or "", query.birth
    )


def _same_birth(one: str, other: str) -> bool:
    """Compare two birth dates; a year alone is compared by the year."""
    shorter = min(len(one), len(other))
    return shorter >= _YEAR_LENGTH and one[:shorter] == other[:shorter]
