"""Typed rows that storage returns, one type for each shape of statement.

A statement selects its columns in the order of the fields, because a row is converted by position.
`tests/storage/test_rows.py` proves it for every statement and compares the types with those of the columns.
A composite row begins with another row and is converted by `from_row` instead of `_make`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from app.models.enums import (
    AccessKind,
    Action,
    Channel,
    DayKind,
    Handling,
    Origin,
    PaperForm,
    PrintStatus,
    ReturnBy,
    Status,
    Verdict,
)

Json = Mapping[str, Any]
"""A JSON column that holds an object."""
JsonMessages = Sequence[Sequence[Any]]
"""A JSON column that holds messages, each as `[code, values]`."""


class DossierRow(NamedTuple):
    """A dossier with the name and version number of its procedure."""

    id: int
    code: str
    code_comparable: str
    key: str
    procedure_version_id: int
    procedure_code: str
    field: str
    channel: Channel
    quantity: int
    return_by: ReturnBy
    note: str | None
    at_once: bool
    term: Json
    proof: JsonMessages
    warnings: JsonMessages
    fee: int | None
    paid: int
    fee_receipt: str | None
    register_book: str
    register_number: int
    applicant_name: str
    search_text: str
    status: Status
    outcome: Status | None
    holder: str
    previous_holder: str | None
    leg_open: bool
    received_at: datetime
    received_day: date
    due_at: datetime | None
    due_day: date | None
    original_due_at: datetime | None
    original_due_day: date | None
    closed_at: datetime | None
    closed_day: date | None
    returned_at: datetime | None
    received_by: str | None
    apologised: bool
    paused_at: datetime | None
    replaces_id: int | None
    winding: bool
    origin: Origin | None
    procedure_name: str
    version: int


class DossierListRow(NamedTuple):
    """A dossier in a list; the last three columns decide whether it is late."""

    code: str
    key: str
    applicant_name: str
    procedure_version_id: int
    status: Status
    received_at: datetime
    due_at: datetime | None
    outcome: Status | None
    original_due_day: date | None
    closed_day: date | None


class EarlierDossier(NamedTuple):
    """A dossier in a list with the details of its applicant."""

    line: DossierListRow
    applicant: Json

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "EarlierDossier":
        """Convert the columns of a list followed by the details."""
        return cls(DossierListRow._make(row[:-1]), row[-1])


class ListedDossierRow(NamedTuple):
    """A dossier of a figure with the one leaf column that counts it."""

    line: DossierListRow
    column: str
    id: int

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "ListedDossierRow":
        """Convert the columns of a list, the column of the figures and the id."""
        return cls(DossierListRow._make(row[:-2]), row[-2], row[-1])


class WorkRow(NamedTuple):
    """A dossier in a work list."""

    code: str
    applicant_name: str
    procedure_name: str
    holder: str
    status: Status
    due_at: datetime | None
    apologised: bool
    paused_at: datetime | None
    closed_at: datetime | None


class HolderCountRow(NamedTuple):
    """Number of open dossiers of one holder with one status and due day."""

    holder: str
    status: Status
    due_day: date | None
    dossiers: int


class DossierPaperRow(NamedTuple):
    """A paper of a dossier."""

    name: str
    handling: Handling
    originals: int
    copies: int
    reason: str | None


class AliasRow(NamedTuple):
    """A code given elsewhere and the name of the system that gave it."""

    code: str
    system: str | None


class ReliefRow(NamedTuple):
    """The facts of an intake or correction with a relief, or of an undo."""

    code: str
    applicant_name: str
    procedure_name: str
    uuid: str
    facts: Json


class PaymentRequestRow(NamedTuple):
    """The facts of a payment request of a dossier that waits for it."""

    code: str
    facts: Json


class RegisterEntryRow(NamedTuple):
    """A dossier in the printed register."""

    field: str
    register_book: str
    register_number: int
    code: str
    procedure_name: str
    applicant: Json
    received_at: datetime
    received_day: date
    due_at: datetime | None
    returned_at: datetime | None
    return_by: ReturnBy
    received_by: str | None
    outcome: Status | None


class PreprintedRow(NamedTuple):
    """A pre-printed receipt."""

    id: int
    code: str
    code_comparable: str
    key: str
    day: date
    printed_at: datetime
    actor: str
    warnings: JsonMessages
    dossier_id: int | None
    spoilt_at: datetime | None
    spoilt_by: str | None
    reason: str | None


class EventRow(NamedTuple):
    """An event of the journal."""

    id: int
    uuid: str
    workstation: int
    sequence: int
    type: str
    schema: int
    dossier_id: int
    action: Action
    occurred_at: datetime
    occurred_day: date
    entered_at: datetime
    actor: str
    holder_from: str | None
    holder_to: str | None
    status: Status
    verdict: Verdict | None
    note: str | None
    facts: Json
    state_due_day: date | None
    state_closed_day: date | None
    state_outcome: Status | None
    previous_hash: str | None
    hash: str


_EVENT_COLUMNS = len(EventRow._fields)


class JournalRecord(NamedTuple):
    """An event, the code of its dossier and the payload queued for upload.

    The payload is None only where the outbox row was deleted.
    """

    event: EventRow
    dossier_code: str
    payload: Json | None

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "JournalRecord":
        """Convert the columns of an event followed by the other two."""
        return cls(EventRow._make(row[:_EVENT_COLUMNS]), *row[_EVENT_COLUMNS:])


class UnsentRecord(NamedTuple):
    """The sent columns of an event that no sync file contains yet.

    `people` is None if personal data was not asked for.
    """

    id: int
    uuid: str
    workstation: int
    sequence: int
    type: str
    schema: int
    occurred_at: datetime
    entered_at: datetime
    actor: str
    hash: str
    previous_hash: str | None
    dossier_code: str
    payload: Json
    people: Json | None


class ChainHeadRow(NamedTuple):
    """The last event of a desk's chain."""

    workstation: int
    sequence: int
    hash: str


class PersonFactsRow(NamedTuple):
    """A person of a dossier with the facts that wrote the people last.

    The last four columns are None for a dossier without people.
    """

    code: str
    applicant_name: str
    facts: Json
    role: str | None
    name: str | None
    id_number: str | None
    details: Json | None


class PrintRow(NamedTuple):
    """A copy of a dossier's document in the print journal."""

    id: int
    form: PaperForm
    copy: int
    prepared_at: datetime
    status: PrintStatus
    reprint: int
    content_form: str | None
    content_title: str | None
    """Form and title (JSON) of the printed content; earlier releases kept none."""


class CounterRefusalRow(NamedTuple):
    """A refusal at the counter."""

    id: int
    code: str
    request_id: str | None
    workstation: int
    number: int
    refused_at: datetime
    refused_day: date
    actor: str
    procedure_code: str
    reason: str
    document: Json


class RefusalSlipRow(NamedTuple):
    """The document model of a refusal slip."""

    id: int
    document: Json


class PaymentRow(NamedTuple):
    """A payment or refund; `before` holds the facts of the payment before it."""

    id: int
    uuid: str
    action: Action
    dossier_id: int
    occurred_at: datetime
    actor: str
    facts: Json
    before: Json | None
    code: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    submitter_name: str | None
    outcome: Status | None


class ChargedDossierRow(NamedTuple):
    """A dossier with a fee; None where the fee is unknown."""

    id: int
    code: str
    applicant_name: str
    fee: int | None
    outcome: Status | None
    closed_day: date | None
    procedure_name: str


class FieldFiguresRow(NamedTuple):
    """Columns of Biểu II.06a for one field (lĩnh vực)."""

    group: str
    received: int
    received_online: int
    received_direct_post: int
    carried_over: int
    resolved: int
    resolved_early: int
    resolved_on_time: int
    resolved_late: int
    pending: int
    pending_in_time: int
    pending_late: int
    withdrawn: int
    returned_unresolved: int


class ProcedureNameRow(NamedTuple):
    """Name and field of a version of a procedure."""

    code: str
    name: str
    field: str


class VersionRow(NamedTuple):
    """A version of a procedure; `facts_text` is its JSON, not parsed."""

    id: int
    code: str
    version: int
    valid_from: date
    facts_text: str


class CalendarDecisionRow(NamedTuple):
    """A calendar decision; without `kind` it revokes earlier ones of its day."""

    day: date
    kind: DayKind | None
    hours: str
    decision: str
    decided_on: date


class AccountRow(NamedTuple):
    """A user account."""

    name: str
    role: str
    also: str
    active: bool
    secret: str | None
    claim_until: datetime | None
    failed: int
    owed: int
    tried_at: int


class AccountRolesRow(NamedTuple):
    """The roles of a user account and whether it is active."""

    role: str
    also: str
    active: bool


class AccessRow(NamedTuple):
    """A line of the access log."""

    at: datetime
    actor: str
    place: str
    what: AccessKind
    code: str | None
    about: str | None


class FrozenReportRow(NamedTuple):
    """A report that was handed over, without its file."""

    id: int
    name: str
    first_day: date
    last_day: date
    options: Json
    frozen_at: datetime
    actor: str
    figures: Json
    file_name: str
    sha256: str
