"""Event recorder: appends transitions to a desk's hash chain.

Each event and its upload record are written in the transaction of the use case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from app.models.enums import Action, Role, Status
from app.models.instants import iso, local_day
from app.models.lifecycle import State, Transition, apply, replay
from app.models.mapping import canonical_text
from app.models.values.canonical import CanonicalText, keyed_digest
from app.services.context import Context
from app.services.effective_events import UNDONE, effective_events
from app.services.national_record import (
    Background,
    Subject,
    national_record,
    reports_dossier,
    state_to_json,
    writes_people,
)
from app.services.records.row_digest import RowDigests, stored_row_digests
from app.services.records.schema import SCHEMA
from app.services.records.supplement_rounds import PastAction, supplement_rounds
from app.services.sms_compose import compose_sms
from app.storage import dossiers, journal, user_accounts
from app.storage.journal import JournalEntry
from app.storage.office_settings import setting
from app.storage.rows import DossierRow, EventRow, UnsentRecord
from app.storage.uow import Reading, Writing
from app.sync.canonical import canonical_json
from app.sync.records import Record, record_hash
from app.wording.status import role_name

DIGEST_KEY = "digest_key"
"""The setting that holds the key of the digests."""
_UNSAVED_ID = 0


def record_events(
    work: Writing,
    context: Context,
    subject: Subject,
    before: State,
    transitions: Sequence[Transition],
) -> State:
    """Append transitions to the desk's chain and compose their text messages.

    Returns the state after the last transition. The caller has written row, people, papers and aliases before, because
    the records have their digest. The caller writes the state and commits.
    """
    chain = open_chain(work, context, stays_here=subject.stays_here)
    digests = _row_digests(work, subject.id, replay(before, transitions), chain.key)
    past = _past_actions(work, subject.id, before, transitions)
    state, entries = chain.link(
        context=context,
        subject=subject,
        before=before,
        transitions=transitions,
        row_digest=digests.whole,
        past=past,
        row_parts=digests.parts,
    )
    for entry in entries:
        journal.append_event(work, entry.event, entry.payload, entry.people, chain.bundle)
    chain.save_head(work)
    compose_sms(work, context, subject, transitions, state)
    return state


class EventChain:
    """The growing end of one hash chain within a unit of work.

    `bundle` is the outbox mark of its events: None to be sent, `NEVER_SENT` to stay here.
    """

    def __init__(self, desk: int, tail: tuple[int, str | None], key: bytes, title: str, bundle: int | None) -> None:
        self.key, self.bundle = key, bundle
        self._desk = desk
        self._sequence, self._previous = tail
        self._title = title

    def link(
        self,
        context: Context,
        subject: Subject,
        before: State,
        transitions: Sequence[Transition],
        row_digest: str,
        past: Sequence[PastAction] = (),
        row_parts: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[State, list[JournalEntry]]:
        """Chain the transitions of a dossier.

        `row_parts` are short digests of the parts of its row, by which `check` names a changed one.

        Returns its last state and the unwritten entries.
        """
        row = RowDigests(row_digest, row_parts)
        state, entries, actions = before, list[JournalEntry](), list(past)
        for transition in transitions:
            state = apply(state, transition)
            self._sequence += 1
            actions.append(PastAction.of_transition(transition, context.actor))
            background = Background(self._title, supplement_rounds(actions) if state.winding else ())
            link = _ChainLink(self._desk, self._sequence, self._previous, self.key, row, background)
            entries.append(_entry(context, subject, state, transition, link))
            self._previous = entries[-1].event.hash
        return state, entries

    def save_head(self, work: Writing) -> None:
        """Record the end of the chain with its last event."""
        if self._previous is not None:
            journal.save_chain_head(work, self._desk, self._sequence, self._previous)


def open_chain(work: Reading, context: Context, stays_here: bool = False) -> EventChain:
    """Return the desk's chain, or its chain of dossiers that stay here."""
    desk = context.office.workstation + (journal.NEVER_SENT_CHAIN if stays_here else 0)
    key, title = bytes.fromhex(setting(work, DIGEST_KEY)), _title(work, context.actor)
    return EventChain(desk, journal.chain_tail(work, desk), key, title, journal.NEVER_SENT if stays_here else None)


def restate_dossier(work: Writing, context: Context, row: DossierRow) -> None:
    """Append a record of a dossier's whole state; the state stays as it is.

    The caller commits.
    """
    state = dossiers.state_of(row)
    transition = Transition(Action.RESTATE, context.now, state.status, state.holder, state.holder)
    record_events(work, context, Subject.of_row(row, dossiers.parties(work, row.id)), state, (transition,))


def _row_digests(work: Reading, dossier_id: int, after: State, key: bytes) -> RowDigests:
    """Return the digests of the row with its future status."""
    row = dossiers.dossier_by_id(work, dossier_id)
    return RowDigests("", {}) if row is None else stored_row_digests(work, row._replace(status=after.status), key)


def _title(work: Reading, actor: str) -> str:
    """Return the role of the actor's account, empty without an account."""
    account = user_accounts.account_roles(work, actor)
    return "" if account is None else role_name(Role(account.role))


def _past_actions(work: Reading, dossier_id: int, before: State, transitions: Sequence[Transition]) -> list[PastAction]:
    """Return the recorded actions, if a supplement may be among them."""
    if before.winding or any(transition.action == Action.ASK_SUPPLEMENT for transition in transitions):
        undone = {uuid for transition in transitions for uuid in transition.details.get(UNDONE, ())}
        events = effective_events(journal.events_of(work, dossier_id))
        return [PastAction.of_event(event) for event in events if event.uuid not in undone]
    return []


@dataclass(frozen=True)
class _ChainLink:
    desk: int
    sequence: int
    previous: str | None
    key: bytes
    row: RowDigests
    background: Background


def _entry(context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink) -> JournalEntry:
    """Return one event with its hash, and its part to be sent."""
    unsigned = _event(context, subject, state, transition, link)
    record = national_record(context, subject, state, transition, link.background)
    digests = {"facts_digest": facts_digest(unsigned, link.key), "row_digest": link.row.whole}
    payload = {**record.fields, "state": state_to_json(state), **digests}
    text = canonical_json(payload)
    digest = record_hash(to_sync_record(unsigned, subject.code, payload), text)
    return JournalEntry(EventRow(*unsigned[:-1], digest), CanonicalText(text.decode()), record.people)


def _event(context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink) -> EventRow:
    """Return the event without its hash."""
    return EventRow(
        id=_UNSAVED_ID,
        uuid=str(uuid4()),
        workstation=link.desk,
        sequence=link.sequence,
        type=_record_type(transition.action, state.status),
        schema=SCHEMA,
        dossier_id=subject.id,
        action=transition.action,
        occurred_at=transition.at,
        occurred_day=local_day(transition.at),
        entered_at=context.now,
        actor=context.actor,
        holder_from=transition.holder_from,
        holder_to=transition.holder_to,
        status=transition.status,
        verdict=transition.verdict,
        note=transition.note,
        facts=_facts(subject, transition, link, reports_dossier(transition.action, state.status)),
        state_due_day=None if state.original_due_at is None else local_day(state.original_due_at),
        state_closed_day=None if state.closed_at is None else local_day(state.closed_at),
        state_outcome=state.outcome,
        previous_hash=link.previous,
        hash="",
    )


def _facts(subject: Subject, transition: Transition, link: _ChainLink, whole: bool) -> dict[str, Any]:
    facts = {"change": _to_jsonable(transition.change), **_to_jsonable(transition.details)}
    if writes_people(transition.action):
        facts["people_digest"] = people_digest(subject.people, link.key)
    if whole and link.row.parts:
        facts["row_parts"] = dict(link.row.parts)
    return facts


def to_sync_record(event: EventRow | UnsentRecord, code: str, payload: Mapping[str, Any]) -> Record:
    """Return the event as a record of a sync file (docs/formats.md)."""
    return Record(
        id=event.uuid,
        workstation=event.workstation,
        sequence=event.sequence,
        type=event.type,
        schema=event.schema,
        occurred_at=iso(event.occurred_at),
        entered_at=iso(event.entered_at),
        actor=event.actor,
        dossier=code,
        payload=dict(payload),
        hash=event.hash,
        previous_hash=event.previous_hash,
    )


_DIGESTED = (
    "uuid",
    "action",
    "holder_from",
    "holder_to",
    "status",
    "verdict",
    "note",
    "facts",
    "state_due_day",
    "state_closed_day",
    "state_outcome",
)
_digested = attrgetter(*_DIGESTED)
_DIGESTED_DAYS = ("state_due_day", "state_closed_day")


def facts_digest(event: EventRow, key: bytes) -> str:
    """Return the keyed digest of the fields that are not uploaded.

    The chain covers these fields through the digest. The key prevents guessing names and numbers.
    """
    values = dict(zip(_DIGESTED, _digested(event), strict=True))
    for name in _DIGESTED_DAYS:
        values[name] = None if values[name] is None else values[name].isoformat()
    return keyed_digest(key, canonical_text(values))


def people_digest(people: Mapping[str, Mapping[str, Any]], key: bytes) -> str:
    """Return the keyed digest of a dossier's people by role.

    It is part of an event's facts, so that the chain covers the register's own copy of the people.
    """
    return keyed_digest(key, canonical_text(people))


def _to_jsonable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with instants and days as ISO text."""
    return {name: _value_to_jsonable(value) for name, value in values.items()}


def _value_to_jsonable(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return _to_jsonable(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _record_type(action: Action, status: Status) -> str:
    if reports_dossier(action, status):
        return "dossier"
    return "void" if status == Status.VOID else "progress"
