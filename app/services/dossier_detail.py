"""All data of one dossier, for `show`, the dossier page and documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.models.codes import comparable
from app.models.enums import Action, Channel, PaperForm, PrintStatus, ReturnBy, SatisfactionFace, Status, Verdict
from app.models.errors import Refusal, messages_from_json
from app.models.instants import local_day
from app.models.lifecycle import allowed_actions, is_late, national_status
from app.services.effective_events import undone_uuids
from app.services.intake.fees import recorded_fee_facts
from app.services.law.rules import receipts_are_electronic
from app.services.law.terms import LATE_LIMIT
from app.services.records.print_names import printed_name
from app.services.records.supplement_papers import AskedPaper
from app.services.sms_lines import SmsLine, sms_lines
from app.storage import citizens, dossiers, journal, preprinted_receipts
from app.storage.rows import DossierRow, EventRow, PrintRow
from app.storage.uow import Reading
from app.wording.proof import proof_lines

NOT_IN_JSON: Mapping[str, Any] = {"in_json": False}
"""Marks fields that the window uses and `show` does not print."""


@dataclass(frozen=True)
class DetailProcedure:
    """The version of the procedure that the dossier came in under."""

    code: str
    name: str
    field: str
    version: int


@dataclass(frozen=True)
class OtherCode:
    """A code given elsewhere, with the name of its system if known."""

    code: str
    system: str | None


@dataclass(frozen=True)
class Step:
    """An event of the dossier; `verdict` judges the leg that it closed.

    An `undone` event no longer counts.
    """

    at: datetime
    entered_at: datetime
    actor: str
    action: Action
    from_: str | None
    to: str | None
    status: Status
    verdict: Verdict | None
    note: str | None
    undone: bool = field(default=False, metadata=NOT_IN_JSON)


@dataclass(frozen=True)
class PrintLine:
    """A printed copy of a document.

    `title` is that of a form without another name.
    """

    form: PaperForm
    copy: int
    at: datetime
    status: PrintStatus
    title: str = field(default="", metadata=NOT_IN_JSON)


@dataclass(frozen=True)
class DetailFee:
    """The fee in đồng: amount due, amount paid, receipt number.

    An unknown amount is None.
    """

    amount: int | None
    paid: int
    receipt: str | None


@dataclass(frozen=True)
class DossierDetail:
    """All data of a dossier; identity numbers are not masked.

    `fee_slips` is true if the last payment gets a slip that is no receipt, `second_limit` if lateness counts against
    another limit than the promised one. `fee_facts` has pages, groups, level and relief as last corrected. `imported`
    is true for a dossier of an older register. `replaces` is the code of the void dossier that it replaces,
    `replaced_by` the code of its own replacement. `face` is the citizen's rating after the result was returned.
    `undoable` is the last action if it can still be undone. `warnings` are those of the action that returned this
    detail.
    `unsubmitted` are papers of the procedure that were not handed in, `requested` what a running supplement request
    asks for.
    """

    code: str
    key: str
    aliases: tuple[OtherCode, ...]
    status: Status
    national_status: int | None
    procedure: DetailProcedure
    applicant: dict[str, Any]
    submitter: dict[str, Any]
    principal: dict[str, Any] | None
    channel: Channel
    received_at: datetime
    due_at: datetime | None
    original_due_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None
    late: bool
    holder: str
    papers: tuple[dict[str, Any], ...]
    steps: tuple[Step, ...]
    prints: tuple[PrintLine, ...]
    fee: DetailFee
    deadline: tuple[str, ...]
    allowed: tuple[Action, ...] = field(metadata=NOT_IN_JSON)
    leg_open: bool = field(metadata=NOT_IN_JSON)
    note: str | None = field(metadata=NOT_IN_JSON)
    quantity: int = field(metadata=NOT_IN_JSON)
    return_by: ReturnBy = field(metadata=NOT_IN_JSON)
    replaces: str | None = field(default=None, metadata=NOT_IN_JSON)
    replaced_by: str | None = field(default=None, metadata=NOT_IN_JSON)
    sms: tuple[SmsLine, ...] = field(default=(), metadata=NOT_IN_JSON)
    face: SatisfactionFace | None = field(default=None, metadata=NOT_IN_JSON)
    imported: bool = False
    undoable: Action | None = field(default=None, metadata=NOT_IN_JSON)
    warnings: tuple[str, ...] = field(default=(), metadata=NOT_IN_JSON)
    unsubmitted: tuple[str, ...] = field(default=(), metadata=NOT_IN_JSON)
    requested: tuple[AskedPaper, ...] = field(default=(), metadata=NOT_IN_JSON)
    alias_codes: tuple[str, ...] = ()
    co_applicants: tuple[dict[str, Any], ...] = ()
    place: str | None = field(default=None, metadata=NOT_IN_JSON)
    fee_slips: bool = field(default=False, metadata=NOT_IN_JSON)
    second_limit: bool = field(default=False, metadata=NOT_IN_JSON)
    fee_facts: Mapping[str, Any] = field(default_factory=dict, metadata=NOT_IN_JSON)


def find_row(work: Reading, code: str) -> DossierRow:
    """Return the dossier with a code, key or alias, in any spelling.

    Raises Refusal `dossier_unknown`, `blank_not_entered`.
    """
    text = comparable(code)
    row = dossiers.dossier_by_key(work, text) if len(text) == 16 and text.isdigit() else None
    row = row or (dossiers.dossier_by_code(work, text) if text else None)
    if (
        row is None
        and text
        and (blank := preprinted_receipts.find_preprinted(work, text)) is not None
        and blank.spoilt_at is None
    ):
        raise Refusal("blank_not_entered", "code", code=blank.code)
    if row is None:
        raise Refusal("dossier_unknown", "code", code=code[:64])
    return row


def dossier_detail(
    work: Reading, row: DossierRow, today: date, events: Sequence[EventRow] | None = None
) -> DossierDetail:
    """Return all data of a dossier's row; `events` are its events if read."""
    state = dossiers.state_of(row)
    people = dossiers.parties(work, row.id)
    previous = None if row.replaces_id is None else dossiers.dossier_by_id(work, row.replaces_id)
    successor = dossiers.successor(work, row.id) if row.status == Status.VOID else None
    proof = messages_from_json(row.proof)
    aliases = dossiers.aliases_with_systems(work, row.id)
    events = journal.events_of(work, row.id) if events is None else events
    return DossierDetail(
        code=row.code,
        key=row.key,
        aliases=tuple(OtherCode(alias.code, alias.system) for alias in aliases),
        alias_codes=tuple(alias.code for alias in aliases),
        co_applicants=tuple(people[role] for role in sorted(people) if role.startswith("co")),
        status=row.status,
        national_status=national_status(row.status, row.outcome),
        procedure=DetailProcedure(row.procedure_code, row.procedure_name, row.field, row.version),
        applicant=people["applicant"],
        submitter=people.get("submitter", people["applicant"]),
        principal=people.get("principal"),
        channel=row.channel,
        received_at=row.received_at,
        due_at=row.due_at,
        original_due_at=row.original_due_at,
        closed_at=row.closed_at,
        returned_at=row.returned_at,
        late=is_late(state, today),
        holder=row.holder,
        papers=tuple(paper._asdict() for paper in dossiers.submitted_papers(work, row.id)),
        steps=_steps(events),
        prints=_prints(journal.prints_of(work, row.id)),
        fee=DetailFee(row.fee, row.paid, row.fee_receipt),
        deadline=tuple(proof_lines(proof)),
        allowed=allowed_actions(state),
        leg_open=row.leg_open,
        note=row.note,
        quantity=row.quantity,
        return_by=row.return_by,
        replaces=None if previous is None else previous.code,
        replaced_by=None if successor is None else successor.code,
        sms=sms_lines(work, row.id),
        face=citizens.rating_of(work, row.id) if row.status == Status.RETURNED else None,
        imported=row.origin is not None,
        place=next((event.facts.get("place_name") for event in events if event.action == Action.INTAKE), None),
        fee_slips=are_slips(work, events),
        fee_facts=recorded_fee_facts(events),
        second_limit=any(step.code == LATE_LIMIT for step in proof),
    )


def are_slips(work: Reading, events: Sequence[EventRow]) -> bool:
    """Return whether the last payment was made when receipts were electronic."""
    paid_at = [event.occurred_at for event in events if event.action == Action.PAY]
    return bool(paid_at) and receipts_are_electronic(work, local_day(paid_at[-1]))


def _steps(events: Sequence[EventRow]) -> tuple[Step, ...]:
    undone = undone_uuids(events)
    return tuple(
        Step(
            at=event.occurred_at,
            entered_at=event.entered_at,
            actor=event.actor,
            action=event.action,
            from_=event.holder_from,
            to=event.holder_to,
            status=event.status,
            verdict=event.verdict,
            note=event.note,
            undone=event.uuid in undone,
        )
        for event in events
    )


def _prints(rows: Sequence[PrintRow]) -> tuple[PrintLine, ...]:
    return tuple(PrintLine(row.form, row.copy, row.prepared_at, row.status, printed_name(row)) for row in rows)


@dataclass(frozen=True)
class ShowDossier:
    """A dossier by its code, key or alias, in any spelling."""

    code: str
