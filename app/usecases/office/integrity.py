"""Integrity check: file, hash chain, register, numbers and clock."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby, islice

from app.models.clock import MAX_BACK_STEP
from app.models.enums import Right
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.models.lifecycle import State
from app.models.values.numbers import searched_number
from app.services.acts.replay import replay_events
from app.services.context import Context
from app.services.events import DIGEST_KEY, facts_digest, people_digest, to_sync_record
from app.services.integrity import Findings
from app.services.integrity.dossiers import (
    check_bundle_marks,
    check_recorded_rows,
    check_register_lines,
    check_search_texts,
)
from app.services.integrity.seals import check_seals
from app.services.number_gaps import NUMBER_GAPS
from app.services.permissions import requires
from app.storage import dossiers, integrity, journal
from app.storage.office_settings import setting
from app.storage.rows import DossierRow, JournalRecord, PersonFactsRow
from app.storage.uow import Reading
from app.sync.records import record_hash
from app.wording.integrity_findings import finding_line

_MAX_FINDINGS = 200
_REPORTED_ONCE = frozenset(("dossier_differs", "search_differs", "value_unreadable"))
"""Findings that are left out for a dossier or table that another finding has named."""
_HEAD = re.compile(r"([0-9]{1,3})-([0-9]{1,9})-([0-9a-f]{8,64})")


@dataclass(frozen=True)
class CheckOffice:
    """Query: check the database, and a journal end printed on the register.

    `printed` has the form `1-214-0f3a…`: desk, event number and first digits of the hash.
    """

    printed: str = ""


@dataclass(frozen=True)
class Finding:
    """One defect: its code, and what to do."""

    code: str
    message: str


@dataclass(frozen=True)
class CheckResult:
    """Whether no defect was detected, and at most two hundred defects."""

    ok: bool
    findings: tuple[Finding, ...]


_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
"""Errors of reading a value that the program never writes."""


@requires(Right.ASK_OFFICE)
def check_office(query: CheckOffice, context: Context, work: Reading) -> CheckResult:
    """Check file, chain, states, numbers and clock without any change.

    Raises Refusal `head_shape`.
    """
    printed = _parse_printed_head(query.printed) if query.printed else None
    all_findings = chain(_findings(context, work), _check_printed_head(printed, work) if printed else ())
    findings = tuple(Finding(code, finding_line(code, values)) for code, values in islice(all_findings, _MAX_FINDINGS))
    return CheckResult(not findings, findings)


def _findings(context: Context, work: Reading) -> Findings:
    damage = integrity.find_damage(work)
    if damage:
        yield "database_damaged", {"said": damage[0]}
        return
    named: set[str] = set()
    try:
        checks = _checks(work)
    except _UNREADABLE:
        yield "value_unreadable", {"table": "setting"}
        return
    for check, table in checks:
        for code, values in _report_unreadable(check(work), table):
            subject = str(values.get("code", values))
            if subject not in named or code not in _REPORTED_ONCE:
                named.add(subject)
                yield code, values
    newest = integrity.latest_entry(work)
    if newest is not None and newest - context.now > MAX_BACK_STEP and not context.training:
        yield "clock_behind", {"newest": f"{local(newest):%H:%M %d/%m/%Y}"}


def _checks(work: Reading) -> tuple[tuple[Callable[[Reading], Findings], str], ...]:
    """Return the checks, each with the table that it reads first."""
    return (
        (_check_chain, "event"),
        (_check_states, "dossier"),
        (_check_people, "party"),
        (_check_numbers, "counter"),
        (partial(check_recorded_rows, _key(work)), "dossier"),
        (check_register_lines, "dossier"),
        (check_search_texts, "party"),
        (partial(check_seals, _key(work)), "seal"),
        (partial(check_bundle_marks, str(setting(work, "epoch"))), "bundle"),
    )


def _parse_printed_head(text: str) -> re.Match[str]:
    match = _HEAD.fullmatch("".join(text.lower().split()))
    if match is None:
        raise Refusal("head_shape", "head", text=text[:40])
    return match


def _check_printed_head(printed: re.Match[str], work: Reading) -> Findings:
    """Compare the journal with a printed and signed page.

    The page detects changes even by an attacker who has all keys.
    """
    desk, sequence, prefix = int(printed[1]), int(printed[2]), printed[3]
    digest = journal.event_hash(work, desk, sequence)
    values = {"desk": desk, "sequence": sequence, "printed": prefix}
    if digest is None:
        yield "head_missing", values
    elif not digest.startswith(prefix):
        yield "head_differs", values


def _report_unreadable(findings: Findings, table: str) -> Findings:
    """Yield the findings; an unreadable value is one more and ends them.

    The program never writes such a value.
    """
    try:
        yield from findings
    except _UNREADABLE:
        yield "value_unreadable", {"table": table}


def _check_chain(work: Reading) -> Findings:
    """Recompute each event: its facts, its record, its link in the chain."""
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


def _check_chain_ends(work: Reading, ends: Mapping[int, tuple[int, str | None]]) -> Findings:
    """Compare the last event of each desk with its stored chain head."""
    heads = {head.workstation: (head.sequence, head.hash) for head in journal.chain_heads(work)}
    for desk in sorted(heads.keys() | ends.keys()):
        (last, digest), (stored, stored_digest) = ends.get(desk, (0, None)), heads.get(desk, (0, None))
        if stored > last:
            yield "event_missing", {"desk": desk, "sequence": last + 1}
        elif stored < last or stored_digest != digest:
            yield "chain_end_differs", {"desk": desk, "sequence": last}


def _key(work: Reading) -> bytes:
    return bytes.fromhex(setting(work, DIGEST_KEY) or "")


def _hash_of(record: JournalRecord, key: bytes) -> str | None:
    """Return the expected hash of an event, or None if it cannot be computed.

    Its uploaded record is missing then, or its facts do not match their digest.
    """
    event, payload = record.event, record.payload
    if event.occurred_day != local_day(event.occurred_at):
        return None
    if payload is None or payload.get("facts_digest") != facts_digest(event, key):
        return None
    return record_hash(to_sync_record(event, record.dossier_code, payload))


def _check_states(work: Reading) -> Findings:
    """Compare the cached state of each dossier with the replay of its events."""
    for code in integrity.codes_without_events(work):
        yield "events_missing", {"code": code}
    by_dossier = groupby(integrity.events_by_dossier(work), key=lambda event: event.dossier_id)
    journal_states = ((dossier_id, replay_events(events)) for dossier_id, events in by_dossier)
    replayed = next(journal_states, None)
    for row in integrity.all_dossiers(work):
        if replayed is not None and replayed[0] == row.id:
            if replayed[1] is None or not _state_matches(replayed[1], row):
                yield "state_differs", {"code": row.code}
            replayed = next(journal_states, None)


def _check_people(work: Reading) -> Findings:
    """Compare the people of each dossier with the digest in their event."""
    key = _key(work)
    by_dossier = groupby(integrity.people_with_last_facts(work), key=lambda row: (row.code, row.applicant_name))
    for (code, applicant_name), rows in by_dossier:
        people = list(rows)
        details = {person.role: person.details for person in people if person.role and person.details}
        as_written = people_digest(details, key) == people[0].facts.get("people_digest")
        if not (as_written and all(map(_columns_match, people)) and applicant_name == details["applicant"]["name"]):
            yield "people_changed", {"code": code}


def _columns_match(person: PersonFactsRow) -> bool:
    """Return whether a person's searched columns agree with the details."""
    details = person.details
    if details is None:
        return False
    number = searched_number(details.get("id_number"))
    return (person.name, person.id_number) == (details["name"], number)


def _state_matches(state: State, row: DossierRow) -> bool:
    """Return whether the row agrees with the journal.

    Days are compared too because figures are counted from them.
    """
    columns = {**dossiers.state_columns(state), "received_day": local_day(state.received_at)}
    return all(getattr(row, name) == value for name, value in columns.items())


def _check_numbers(work: Reading) -> Findings:
    """Compare each counter with the highest number of a dossier.

    A lower counter would issue a number twice, also one of those that a restore skipped. A higher counter means that a
    dossier is missing.
    """
    counters, highest_numbers = integrity.counter_values(work), integrity.highest_numbers(work)
    gaps = setting(work, NUMBER_GAPS) or {}
    for name in sorted(counters.keys() | highest_numbers.keys() | gaps.keys()):
        issued, highest = counters.get(name, 0), max(highest_numbers.get(name, 0), gaps.get(name, 0))
        if issued != highest:
            code = "number_ahead" if issued < highest else "number_missing"
            yield code, {"name": name, "given": issued, "highest": highest}
