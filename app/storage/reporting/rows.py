"""Typed rows of the statements for reports."""

from datetime import date, datetime
from typing import NamedTuple


class LateDossierRow(NamedTuple):
    """A late or nearly late dossier.

    `due_day` and `closed_day` are those of the state at the end of the period.
    """

    id: int
    code: str
    applicant_name: str
    field: str
    procedure_name: str
    holder: str
    received_day: date
    due_day: date | None
    closed_day: date | None
    apologised: bool
    reason: str | None


class ShareCountsRow(NamedTuple):
    """Counts of new dossiers by channel and service, for one group."""

    group: str
    new: int
    received_online: int
    same_day: int
    digitised: int
    postal: int
    paid: int
    paid_online: int


class TimeRow(NamedTuple):
    """Number of dossiers of a procedure with the same three days."""

    procedure_code: str
    received_day: date
    due_day: date | None
    closed_day: date | None
    dossiers: int


class CertifiedRow(NamedTuple):
    """Certified work of one procedure."""

    procedure_code: str
    dossiers: int
    quantity: int
    paid: int


class DueCountRow(NamedTuple):
    """Number of dossiers due for one holder."""

    holder: str
    dossiers: int


class HourRow(NamedTuple):
    """Number of dossiers received in one hour of one weekday, Monday 0."""

    weekday: int
    hour: int
    dossiers: int


class LateReasonRow(NamedTuple):
    """A reason of lateness in the office's list."""

    id: int
    name: str
    active: bool


class ReportTextRow(NamedTuple):
    """A text block of a narrative report."""

    block: str
    first: date
    last: date
    text: str
    entered_at: datetime


class PublishedRow(NamedTuple):
    """A procedure that the office publishes."""

    code: str
    published_on: date
