"""Is everything as it was written? The file, the chain, the register against its journal, the numbers, the clock."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from app.models.clock import MAX_BACK_STEP
from app.models.enums import Action, Right, Status, Verdict
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.models.lifecycle import State, Transition, replay
from app.services.context import Context
from app.services.events import DIGEST_KEY, facts_digest, people_digest, to_sync_record
from app.services.number_gaps import NUMBER_GAPS
from app.services.permissions import requires
from app.storage import dossiers, integrity, journal
from app.storage.office_settings import setting
from app.storage.rows import DossierRow, EventRow, JournalRecord, PersonFactsRow
from app.storage.uow import Reading
from app.sync.records import record_hash
from app.wording.integrity_findings import finding_line

_MAX_FINDINGS = 200
_HEAD = re.compile(r"([0-9]{1,2})-([0-9]{1,9})-([0-9a-f]{8,64})")


@dataclass(frozen=True)
class CheckOffice:
    """Prove the database against itself, and against the end of the journal `printed` on a page of the register
    (`1-214-0f3a…`: desk, event, how its hash begins)."""

    printed: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: its code, and what to do about it."""

    code: str
    message: str


@dataclass(frozen=True)
class CheckResult:
    """Whether all is well, and what is not (two hundred findings at the most)."""

    ok: bool
    findings: tuple[Finding, ...]


@requires(Right.ASK_OFFICE)
def check_office(query: CheckOffice, context: Context, work: Reading) -> CheckResult:
    """Prove file, chain, states, numbers and clock; changes nothing.

    Raises Refusal `head_shape`.
    """
    printed = _parse_printed_head(query.printed) if query.printed else None
    findings = chain(_findings(context, work), _check_printed_head(printed, work) if printed else ())
    found = [
        Finding(code, finding_line(code, values))
        for _, (code, values) in zip(range(_MAX_FINDINGS), findings, strict=False)
    ]
    return CheckResult(not found, tuple(found))


_Findings = Iterator[tuple[str, Mapping[str, Any]]]


def _findings(context: Context, work: Reading) -> _Findings:
    damage = integrity.find_damage(work)
    if damage:
        yield "database_damaged", {"said": damage[0]}
        return
    for part, told in (
        (_check_chain, "event"),
        (_check_states, "dossier"),
        (_check_people, "party"),
        (_check_numbers, "counter"),
    ):
        yield from _report_unreadable(part(work), told)
    newest = integrity.latest_entry(work)
    if newest is not None and newest - context.now > MAX_BACK_STEP and not context.training:
        yield "clock_behind", {"newest": f"{local(newest):%H:%M %d/%m/%Y}"}


def _parse_printed_head(text: str) -> re.Match[str]:
    found = _HEAD.fullmatch("".join(text.lower().split()))
    if found is None:
        raise Refusal("head_shape", "head", text=text[:40])
    return found


def _check_printed_head(printed: re.Match[str], work: Reading) -> _Findings:
    """The journal against a page that was printed and signed long ago: whoever has every key cannot change that."""
    desk, sequence, beginning = int(printed[1]), int(printed[2]), printed[3]
    digest = journal.event_hash(work, desk, sequence)
    told = {"desk": desk, "sequence": sequence, "printed": beginning}
    if digest is None:
        yield "head_missing", told
    elif not digest.startswith(beginning):
        yield "head_differs", told


def _report_unreadable(part: _Findings, table: str) -> _Findings:
    """What a part finds; where it meets a value nobody of ours wrote, that is found and the part ends."""
    try:
        yield from part
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "value_unreadable", {"table": table}


def _check_chain(work: Reading) -> _Findings:
    """Every event recomputed: its facts, its record, its link to the one before on the same desk."""
    key = _key(work)
    ends: dict[int, tuple[int, str | None]] = {}
    for desk, records in groupby(journal.all_events(work), key=lambda record: record.event.workstation):
        before, sequence = None, 0
        for record in records:
            event = record.event
            where = {"desk": desk, "sequence": event.sequence, "code": record.dossier_code}
            if event.sequence != sequence + 1:
                yield "event_missing", {**where, "sequence": sequence + 1}
            if event.previous_hash != before or event.hash != _hash_of(record, key):
                yield "event_changed", where
            before, sequence = event.hash, event.sequence
        ends[desk] = (sequence, before)
    yield from _check_chain_ends(work, ends)


def _check_chain_ends(work: Reading, found: Mapping[int, tuple[int, str | None]]) -> _Findings:
    """The last event of each desk against the one that was last when it was written."""
    written = {head.workstation: (head.sequence, head.hash) for head in journal.chain_heads(work)}
    for desk in sorted(written.keys() | found.keys()):
        (last, digest), (kept, kept_digest) = found.get(desk, (0, None)), written.get(desk, (0, None))
        if kept > last:
            yield "event_missing", {"desk": desk, "sequence": last + 1}
        elif kept < last or kept_digest != digest:
            yield "chain_end_differs", {"desk": desk, "sequence": last}


def _key(work: Reading) -> bytes:
    return bytes.fromhex(setting(work, DIGEST_KEY) or "")


def _hash_of(record: JournalRecord, key: bytes) -> str | None:
    """The hash the event should have; None where what went up of it is gone or its facts are not the ones digested."""
    event, payload = record.event, record.payload
    if event.occurred_day != local_day(event.occurred_at):
        return None
    if payload is None or payload.get("facts_digest") != facts_digest(event, key):
        return None
    return record_hash(to_sync_record(event, record.dossier_code, payload))


def _check_states(work: Reading) -> _Findings:
    """The cached state of each dossier against the fold of its events."""
    for code in integrity.codes_without_events(work):
        yield "events_missing", {"code": code}
    by_dossier = groupby(integrity.events_by_dossier(work), key=lambda event: event.dossier_id)
    journal_states = ((dossier_id, replay_events(events)) for dossier_id, events in by_dossier)
    told = next(journal_states, None)
    for row in integrity.all_dossiers(work):
        if told is not None and told[0] == row.id:
            if told[1] is None or not _state_matches(told[1], row):
                yield "state_differs", {"code": row.code}
            told = next(journal_states, None)


def _check_people(work: Reading) -> _Findings:
    """The people of each dossier against the digest in the event that wrote them."""
    key = _key(work)
    by_dossier = groupby(integrity.people_with_last_facts(work), key=lambda row: (row.code, row.applicant_name))
    for (code, shown), rows in by_dossier:
        people = list(rows)
        found = {person.role: person.details for person in people if person.role and person.details}
        as_written = people_digest(found, key) == people[0].facts.get("people_digest")
        if not (as_written and all(map(_columns_match, people)) and shown == found["applicant"]["name"]):
            yield "people_changed", {"code": code}


def _columns_match(person: PersonFactsRow) -> bool:
    """Whether the columns a person is sought by say what his details say."""
    details = person.details
    return details is not None and (person.name, person.id_number) == (details["name"], details.get("id_number"))


def _state_matches(state: State, row: DossierRow) -> bool:
    """Whether the row is what the journal says, its days beside its hours too: figures are counted from days."""
    columns = {**dossiers.state_columns(state), "received_day": local_day(state.received_at)}
    return all(getattr(row, name) == value for name, value in columns.items())


def replay_events(events: Iterable[EventRow]) -> State | None:
    """The state a dossier's events add up to; None where they do not begin with its intake."""
    ordered = list(events)
    first = ordered[0]
    if first.action != Action.INTAKE:
        return None
    due = _instant(first.facts.get("due_at"))
    start = State(Status.RECEIVED, first.occurred_at, due_at=due, original_due_at=due, fee=first.facts.get("fee_due"))
    return replay(start, [_transition_of(event) for event in ordered[1:]])


def _transition_of(event: EventRow) -> Transition:
    change: dict[str, Any] = {
        name: _instant(value) if name.endswith("_at") else value for name, value in event.facts["change"].items()
    }
    if change.get("outcome") is not None:
        change["outcome"] = Status(change["outcome"])
    verdict = None if event.verdict is None else Verdict(event.verdict)
    return Transition(
        Action(event.action),
        event.occurred_at,
        Status(event.status),
        event.holder_from,
        event.holder_to,
        verdict,
        event.note,
        change,
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _check_numbers(work: Reading) -> _Findings:
    """A counter stands at the highest number some dossier bears: lower, and the next would be given twice; higher, and
    a dossier is gone."""
    counters, highest = integrity.counter_values(work), integrity.highest_numbers(work)
    left_out = setting(work, NUMBER_GAPS) or {}
    for name in sorted(counters.keys() | highest.keys()):
        given, borne = counters.get(name, 0), highest.get(name, 0)
        if given != borne and left_out.get(name) != given:
            yield (
                "number_ahead" if given < borne else "number_missing",
                {"name": name, "given": given, "highest": borne},
            )
