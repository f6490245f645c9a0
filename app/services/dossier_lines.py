"""Dossiers and pre-printed receipts as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.models.enums import Status
from app.models.lifecycle import is_day_missed
from app.storage import catalogue
from app.storage.rows import DossierListRow, DossierRow, PreprintedRow
from app.storage.uow import Reading


class DossierLine(NamedTuple):
    """A dossier in a list.

    It is a tuple, because lists are long and shown immediately.
    """

    code: str
    key: str
    name: str
    procedure: str
    status: Status
    received_at: datetime
    due_at: datetime | None
    late: bool


def to_dossier_lines(work: Reading, rows: Sequence[DossierListRow], today: date) -> tuple[DossierLine, ...]:
    """Return rows as lines of a list."""
    procedures = catalogue.version_names(work, [row.procedure_version_id for row in rows])
    return tuple(
        [
            DossierLine(
                code=row.code,
                key=row.key,
                name=row.applicant_name,
                procedure=procedures[row.procedure_version_id],
                status=row.status,
                received_at=row.received_at,
                due_at=row.due_at,
                late=is_day_missed(row.status, row.outcome, row.original_due_day, row.closed_day, today),
            )
            for row in rows
        ]
    )


def dossier_line(row: DossierRow, today: date) -> DossierLine:
    """Return the list line of a dossier row."""
    return DossierLine(
        code=row.code,
        key=row.key,
        name=row.applicant_name,
        procedure=row.procedure_name,
        status=row.status,
        received_at=row.received_at,
        due_at=row.due_at,
        late=is_day_missed(row.status, row.outcome, row.original_due_day, row.closed_day, today),
    )


@dataclass(frozen=True)
class PreprintedLine:
    """A pre-printed receipt that was issued and not used."""

    code: str
    key: str
    day: date
    printed_at: datetime


def to_preprinted_line(row: PreprintedRow) -> PreprintedLine:
    """Return a row as a line."""
    return PreprintedLine(row.code, row.key, row.day, row.printed_at)
