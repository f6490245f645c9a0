"""Event recorder: appends transitions to a desk's hash chain.

Each event and its upload record are written in the transaction of the use case.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.models.enums import Action
from app.models.instants import iso, local_day
from app.models.lifecycle import State, Transition, apply
from app.models.mapping import canonical_text
from app.services.context import Context
from app.services.national_record import Subject, national_record, writes_people
from app.services.sms_compose import compose_sms
from app.storage import journal
from app.storage.office_settings import setting
from app.storage.rows import EventRow
from app.storage.uow import Writing
from app.sync.records import Record, record_hash

SCHEMA = 1
DIGEST_KEY = "digest_key"
"""The setting that holds the key of the digests."""
_UNSAVED_ID = 0


def record_events(
    work: Writing,
    context: Context,
    subject: Subject,
    before: State,
    transitions: Sequence[Transition],
    entered_at: datetime | None = None,
) -> State:
    """Append transitions to the desk's chain and compose their text messages.

    Returns the state after the last transition. The caller commits.
    """
    state = before
    desk = context.office.workstation
    key = bytes.fromhex(setting(work, DIGEST_KEY))
    sequence, previous = journal.chain_tail(work, desk)
    for transition in transitions:
        state = apply(state, transition)
        sequence += 1
        previous = _append(work, context, subject, state, transition, _ChainLink(sequence, previous, key, entered_at))
    if previous is not None:
        journal.save_chain_head(work, desk, sequence, previous)
    compose_sms(work, context, subject, transitions, state)
    return state


@dataclass(frozen=True)
class _ChainLink:
    sequence: int
    previous: str | None
    key: bytes
    entered_at: datetime | None


def _append(
    work: Writing, context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink
) -> str:
    """Write one event; return its hash."""
    unsigned = _event(context, subject, state, transition, link)
    record = national_record(context, subject, state, transition)
    payload = {**record.fields, "facts_digest": facts_digest(unsigned, link.key)}
    event = unsigned._replace(hash=record_hash(to_sync_record(unsigned, subject.code, payload)))
    journal.append_event(work, event, payload, record.people)
    return event.hash


def _event(context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink) -> EventRow:
    """Return the event without its hash."""
    return EventRow(
        id=_UNSAVED_ID,
        uuid=str(uuid4()),
        workstation=context.office.workstation,
        sequence=link.sequence,
        type=_record_type(transition.action),
        schema=SCHEMA,
        dossier_id=subject.id,
        action=transition.action,
        occurred_at=transition.at,
        occurred_day=local_day(transition.at),
        entered_at=link.entered_at or context.now,
        actor=context.actor,
        holder_from=transition.holder_from,
        holder_to=transition.holder_to,
        status=transition.status,
        verdict=transition.verdict,
        note=transition.note,
        facts=_facts(subject, transition, link.key),
        state_due_day=None if state.original_due_at is None else local_day(state.original_due_at),
        state_closed_day=None if state.closed_at is None else local_day(state.closed_at),
        state_outcome=state.outcome,
        previous_hash=link.previous,
        hash="",
    )


def _facts(subject: Subject, transition: Transition, key: bytes) -> dict[str, Any]:
    facts = {"change": _to_jsonable(transition.change), **_to_jsonable(transition.details)}
    if writes_people(transition.action):
        facts["people_digest"] = people_digest(subject.people, key)
    return facts


def to_sync_record(event: EventRow, code: str, payload: Mapping[str, Any]) -> Record:
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


def facts_digest(event: EventRow, key: bytes) -> str:
    """Return the keyed digest of the fields that are not uploaded.

    The chain covers these fields through the digest. The key prevents guessing names and numbers.
    """
    facts = canonical_text(_to_jsonable({name: getattr(event, name) for name in _DIGESTED}))
    return hmac.new(key, facts.encode(), hashlib.sha256).hexdigest()


def people_digest(people: Mapping[str, Mapping[str, Any]], key: bytes) -> str:
    """Return the keyed digest of a dossier's people by role.

    It is part of an event's facts, so that the chain covers the register's own copy of the people.
    """
    return hmac.new(key, canonical_text(people).encode(), hashlib.sha256).hexdigest()


def _to_jsonable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with instants and days as ISO text."""
    return {name: _value_to_jsonable(value) for name, value in values.items()}


def _value_to_jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return _to_jsonable(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _record_type(action: Action) -> str:
    if writes_people(action):
        return "dossier"
    return "void" if action == Action.VOID else "progress"
