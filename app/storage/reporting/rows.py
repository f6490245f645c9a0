"""Typed rows of the statements for reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.models.enums import Status
from app.storage.rows import EventRow


class LateDossierRow(NamedTuple):
    """A late or nearly late dossier.

    `due_day` and `closed_day` are those of the state at the end of the period.
    """

    id: int
    code: str
    applicant_name: str
    field: str
    procedure_code: str
    procedure_name: str
    channel: str
    holder: str
    received_day: date
    due_day: date | None
    closed_day: date | None
    apologised: bool
    reason: str | None


@dataclass(frozen=True)
class ColumnCounts:
    """Numbers of dossiers of some columns, in their order, for one group."""

    group: str
    counts: tuple[int, ...]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "ColumnCounts":
        """Convert a group and its counts."""
        return cls(str(row[0]), tuple(int(count or 0) for count in row[1:]))


class DossierGroupsRow(NamedTuple):
    """The groups of one dossier by which lines about it are added."""

    code: str
    field: str
    procedure_code: str
    channel: str
    holder: str


class TimeRow(NamedTuple):
    """Number of dossiers of a group with the same three days."""

    group: str
    received_day: date
    due_day: date | None
    closed_day: date | None
    dossiers: int


class CertifiedRow(NamedTuple):
    """Certified work of one procedure within one group.

    `pages` are those of all copies; dossiers without a number of pages count in `without_pages`.
    """

    group: str
    procedure_code: str
    dossiers: int
    quantity: int
    pages: int
    without_pages: int
    paid: int


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


class EndedRow(NamedTuple):
    """A dossier that has ended, with how and when, and its return."""

    id: int
    code: str
    procedure_code: str
    procedure_name: str
    field: str
    closed_day: date
    outcome: Status
    returned_at: datetime | None


class DossierEventRow(NamedTuple):
    """An event and the code of its dossier."""

    code: str
    event: EventRow

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "DossierEventRow":
        """Convert a code followed by the columns of an event."""
        return cls(str(row[0]), EventRow._make(row[1:]))


class SettledThenRow(NamedTuple):
    """A dossier that was settled as known at an instant."""

    code: str
    unsatisfactory: bool


class ReceivedThenRow(NamedTuple):
    """A dossier that was received as known at an instant."""

    code: str
    online: bool
