"""Dossiers as lines of a list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.models.enums import Status
from app.models.lifecycle import is_day_missed
from app.storage import catalogue
from app.storage.rows import DossierListRow, DossierRow
from app.storage.uow import Reading


class DossierLine(NamedTuple):
    """A dossier in a list; a tuple, because lists are long and shown immediately."""

    code: str
    key: str
    name: str
    procedure: str
    status: Status
    received_at: datetime
    due_at: datetime | None
    late: bool


def to_dossier_lines(work: Reading, rows: Sequence[DossierListRow], today: date) -> tuple[DossierLine, ...]:
    """The lines of a list from rows of `LINE_COLUMNS`, by place: a search makes fifty of them while someone waits."""
    procedures = catalogue.version_names(work, [row.procedure_version_id for row in rows])
    return tuple(
        [
            DossierLine(
                code,
                key,
                name,
                procedures[version],
                status,
                received_at,
                due_at,
                is_day_missed(status, outcome, due, closed, today),
            )
            for code, key, name, version, status, received_at, due_at, outcome, due, closed in rows
        ]
    )


def dossier_line(row: DossierRow, today: date) -> DossierLine:
    """Return the list line of a dossier row."""
    return DossierLine(
        row.code,
        row.key,
        row.applicant_name,
        row.procedure_name,
        row.status,
        row.received_at,
        row.due_at,
        is_day_missed(row.status, row.outcome, row.original_due_day, row.closed_day, today),
    )
