"""Versions of procedures, parsed from rows of the catalogue and cached."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from app.models.enums import Channel, TermUnit
from app.models.errors import Refusal
from app.models.procedures import Procedure, read_row, to_row
from app.models.workdays import Term
from app.storage import catalogue
from app.storage.rows import DossierRow, VersionRow
from app.storage.uow import Reading

FIRST_DAY = date(2000, 1, 1)
"""The first day of a procedure without a date.

It is early, because an office may enter dossiers received before it used the program.
"""
_MOST_PROCEDURES = 4096
_procedures: dict[bytes, Procedure] = {}


@dataclass(frozen=True)
class Version:
    """A version of a procedure and its row id in the catalogue."""

    id: int
    version: int
    valid_from: date
    procedure: Procedure


def version_on(work: Reading, code: str, day: date) -> Version:
    """Return the version that applies to a dossier received on a day.

    Raises Refusal `unknown_procedure`, `procedure_superseded` naming the code in its place, `procedure_withdrawn`.
    """
    row = catalogue.version_valid_on(work, code, day)
    if row is None:
        raise Refusal("unknown_procedure", "procedure", procedure=code)
    version = as_version(row)
    since, successor = version.valid_from.isoformat(), version.procedure.superseded_by
    if successor:
        raise Refusal("procedure_superseded", "procedure", procedure=code, successor=successor, day=since)
    if version.procedure.withdrawn:
        raise Refusal("procedure_withdrawn", "procedure", procedure=code, day=since)
    return version


def as_version(row: VersionRow) -> Version:
    """Return the version of a catalogue row."""
    return Version(row.id, row.version, row.valid_from, _procedure(row.facts_text))


def version_row(version: Version) -> dict[str, Any]:
    """Return the columns of a version."""
    procedure = version.procedure
    return {
        "code": procedure.code,
        "version": version.version,
        "valid_from": version.valid_from,
        "name": procedure.name,
        "field": procedure.field,
        "facts": to_row(procedure),
    }


def _procedure(facts: str) -> Procedure:
    """Return the procedure of a JSON text, parsed once.

    It is kept by the digest of the text, because the texts of a catalogue take a mebibyte.
    """
    digest = sha256(facts.encode()).digest()
    procedure = _procedures.get(digest)
    if procedure is None:
        if len(_procedures) >= _MOST_PROCEDURES:
            _procedures.clear()
        procedure = _procedures[digest] = read_row(json.loads(facts))
    return procedure


def term_of(procedure: Procedure, channel: Channel | None = None) -> Term:
    """Return the term of a procedure.

    It is the statutory limit, or the channel's own limit, or the province's limit if that is shorter.
    """
    limits = [limit for limit in (law_limit(procedure, channel), procedure.province_limit) if limit is not None]
    usual = Term(min(limits, default=None), procedure.unit)
    return usual if procedure.same_day_cutoff is None else replace(usual, cutoff=procedure.same_day_cutoff)


def law_limit(procedure: Procedure, channel: Channel | None = None) -> Decimal | None:
    """Return the statutory limit, or that of the channel."""
    return procedure.limit if channel is None else dict(procedure.channel_limits).get(channel, procedure.limit)


def procedure_of(row: DossierRow, work: Reading) -> Procedure | None:
    """Return the procedure in the version that a dossier came in under."""
    version = catalogue.version_by_id(work, row.procedure_version_id)
    return None if version is None else as_version(version).procedure


def term_to_json(term: Term) -> dict[str, str | None]:
    """Return a term as the journal stores it."""
    second = {} if term.late_limit is None else {"late_limit": str(term.late_limit)}
    return {"limit": None if term.limit is None else str(term.limit), "unit": term.unit.value, **second}


def term_of_row(procedure: Procedure | None, row: DossierRow) -> Term:
    """Return the term that a dossier came in under."""
    limit, late_limit = (Decimal(text) if text else None for text in (row.term["limit"], row.term.get("late_limit")))
    term = Term(limit, TermUnit(row.term["unit"]), late_limit=late_limit)
    cutoff = None if procedure is None else procedure.same_day_cutoff
    return term if cutoff is None else replace(term, cutoff=cutoff)
