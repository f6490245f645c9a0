"""Dossiers with every kind of act, written through the services.

Each act may be entered later than it happened. `recount` counts Biểu 06a by a plain reading of the journal.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from app.models.codes import dossier_code, dossier_key
from app.models.enums import Action, Channel, ReturnBy, Status
from app.models.errors import Refusal
from app.models.instants import from_epoch, local_day
from app.models.lifecycle import COUNTER, State, Transition, apply
from app.models.transitions import TransitionRequest, decide
from app.services.context import Context
from app.services.events import EventChain, open_chain
from app.services.intake.registration import NewDossier, party_columns, row_columns, subject_of
from app.services.numbering import serial_counter
from app.services.records.row_digest import row_digest
from app.services.versions import Version, as_version, term_of
from app.storage import catalogue, dossiers, journal, office_settings
from app.storage.rows import DossierRow
from app.storage.uow import Writing
from tests.support.offices import PERSON, Desk, at

FIRST = at("2025-12-01T08:00")
LAST_ENTRY = at("2026-12-20T08:00")
PERIODS = (
    (date(2025, 12, 15), date(2026, 3, 14)),
    (date(2026, 3, 15), date(2026, 6, 14)),
    (date(2026, 1, 1), date(2026, 1, 1)),
    (date(2025, 12, 15), date(2026, 12, 14)),
    (date(2026, 5, 1), date(2026, 5, 31)),
)
_ACTS = (
    *(Action.SEND, Action.SEND, Action.RECEIVE, Action.TAKE_BACK, Action.ASK_SUPPLEMENT, Action.SUPPLEMENT),
    *(Action.ASK_PAYMENT, Action.PAY, Action.APOLOGISE, Action.AMEND, Action.FINISH, Action.FINISH, Action.FINISH),
    *(Action.RETURN, Action.RETURN, Action.REFUSE, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.VOID),
    Action.REFUND,
)
_BATCH = 2000


class _Act(NamedTuple):
    transition: Transition
    entered_at: datetime


def generate(desk: Desk, count: int, seed: int = 12) -> Counter[str]:
    """Write dossiers; return how often each act occurs."""
    acts: Counter[str] = Counter()
    rng = Random(seed)
    for first in range(0, count, _BATCH):
        acts += desk.office.write(_generate, (min(_BATCH, count - first), rng), LAST_ENTRY)
    return acts


def _generate(size: tuple[int, Random], context: Context, work: Writing) -> Counter[str]:
    count, rng = size
    versions = [as_version(row) for row in catalogue.current_versions(work, context.today)][:12]
    chain, first_id = open_chain(work, context), dossiers.next_dossier_id(work)
    rows, parties, entries = list[Any](), list[Any](), list[Any]()
    acts: Counter[str] = Counter()
    for dossier_id in range(first_id, first_id + count):
        new, history = _history(dossier_id, rng.choice(versions), rng, context, work)
        row = row_columns(new) | {"id": dossier_id}
        state, linked = _link(chain, new, history, row, context)
        rows.append(row | dossiers.state_columns(state))
        parties += [party_columns(role, each) | {"dossier_id": dossier_id} for role, each in new.people.items()]
        entries += linked
        acts.update(act.transition.action.value for act in history)
    dossiers.add_many(work, rows, parties, [], [])
    journal.append_events(work, entries)
    chain.save_head(work)
    work.commit()
    return acts


def _link(
    chain: EventChain, new: NewDossier, history: Sequence[_Act], row: dict[str, Any], context: Context
) -> tuple[State, list[journal.JournalEntry]]:
    """Chain each act as it was entered; `row` has the id of the dossier."""
    procedure = new.version.procedure
    stored = DossierRow(**row, procedure_name=procedure.name, version=new.version.version)
    ends_void = history[-1].transition.status == Status.VOID
    digest = row_digest(stored._replace(status=Status.VOID) if ends_void else stored, (), (), chain.key)
    state, entries = new.state, list[journal.JournalEntry]()
    past: list[Any] = []
    for act in history:
        entered = replace(context, now=act.entered_at)
        state, linked = chain.link(entered, subject_of(new, row["id"]), state, [act.transition], digest, past)
        entries += linked
    return state, entries


def _history(
    dossier_id: int, version: Version, rng: Random, context: Context, work: Writing
) -> tuple[NewDossier, list[_Act]]:
    now = FIRST + timedelta(hours=rng.randrange(0, 24 * 360))
    due = None if rng.random() < 0.1 else now + timedelta(days=rng.choice((0, 1, 3, 10, 30)))
    state = State(Status.RECEIVED, now, due_at=due, original_due_at=due, fee=rng.choice((None, 0, 15_000)))
    office, day = context.office, local_day(now)
    n = office_settings.next_number(work, serial_counter(office.workstation, day))
    book = f"{office.workstation:02d}"
    new = NewDossier(
        code=dossier_code(office.agency_code, day, office.workstation, n),
        key=dossier_key(office.agency_code, office.workstation, day, n),
        version=version,
        channel=rng.choice(tuple(Channel)),
        return_by=rng.choice(tuple(ReturnBy)),
        quantity=1,
        term=term_of(version.procedure),
        people={"applicant": {**PERSON, "name": f"Đào Thị {dossier_id}"}},
        papers=(),
        register_book=book,
        register_number=office_settings.next_number(work, f"register:{day.year}:{book}:{version.procedure.field}"),
        state=state,
    )
    facts = {"at_once": False, "due_at": due, "fee_due": state.fee}
    first = _Act(Transition(Action.INTAKE, now, Status.RECEIVED, None, COUNTER, details=facts), _entered(now, now, rng))
    return new, [first, *_acts(state, now, first.entered_at, rng)]


def _entered(at_: datetime, after: datetime, rng: Random) -> datetime:
    """Return when an act is entered: at once, or up to ninety days later."""
    late = timedelta(days=rng.choice((0, 0, 0, 0, 1, 12, 90)))
    return min(max(at_ + late, after), LAST_ENTRY)


def _acts(state: State, now: datetime, entered: datetime, rng: Random) -> Iterator[_Act]:
    for _ in range(rng.randrange(0, 9)):
        now = now + timedelta(hours=rng.choice((0, 2, 24, 72, 400)))
        if now > LAST_ENTRY:
            return
        try:
            decided = decide(state, _request(rng.choice(_ACTS), state, now, rng))
        except Refusal:
            continue
        entered = _entered(now, entered, rng)
        for transition in decided:
            state = apply(state, transition)
            yield _Act(transition, entered)


def _request(action: Action, state: State, now: datetime, rng: Random) -> TransitionRequest:
    due = None if state.due_at is None else max(state.due_at, now) + timedelta(days=rng.choice((1, 5, 20)))
    return TransitionRequest(
        action,
        now,
        note="Lý do",
        to=rng.choice(("Tư pháp", "Địa chính")),
        received_by="Nguyễn Văn Sửu",
        amount=rng.choice((1000, 15_000)),
        due_at=due,
        original_due_at=due if action == Action.SUPPLEMENT else state.original_due_at,
        resumes=Status.PROCESSING,
        changes={"note": "x"} if action == Action.AMEND else {},
    )


JournalRows = list[tuple[Any, ...]]


def journal_rows(desk: Desk) -> JournalRows:
    """Return the events as the recount reads them."""
    return desk.rows(
        "SELECT d.id, d.field, d.channel, e.action, e.occurred_at, e.facts, e.entered_at, d.status FROM event e"
        " JOIN dossier d ON d.id = e.dossier_id WHERE e.action <> 'restate' ORDER BY d.id, e.id"
    )


def recount(
    events: JournalRows, first: date, last: date, today: date, as_of: datetime | None = None
) -> dict[str, dict[str, int]]:
    """Count Biểu 06a by field from the events alone."""
    rows: dict[str, Counter[str]] = {}
    lives: dict[int, JournalRows] = {}
    for event in events:
        if as_of is None or from_epoch(event[6]) <= as_of:
            lives.setdefault(event[0], []).append(event)
    for life in lives.values():
        columns = columns_of(life, first, last, today)
        if columns:
            rows.setdefault(life[0][1], Counter()).update(columns)
    return {field: dict(row) for field, row in rows.items()}


def columns_of(life: JournalRows, first: date, last: date, today: date) -> list[str]:
    """Return the columns that count one dossier at the end of the last day."""
    past = [event for event in life if local_day(from_epoch(event[4])) <= last]
    if not past or any(event[3] == "void" for event in life):
        return []
    ended, end, due, waiting = _read(past)
    if ended is not None and ended < first:
        return []
    in_period = local_day(from_epoch(past[0][4])) >= first
    channel = "received_online" if life[0][2] == "online" else "received_direct_post"
    columns = ["received", channel if in_period else "carried_over"]
    if ended is None:
        overdue = due is not None and due < today and not waiting
        return [*columns, "pending", "pending_late" if overdue else "pending_in_time"]
    if end != "finish":
        return [*columns, "withdrawn" if end in ("stop", "withdraw") else "returned_unresolved"]
    judged = "on_time" if due is None or ended == due else "early" if ended < due else "late"
    return [*columns, "resolved", f"resolved_{judged}"]


def _read(past: JournalRows) -> tuple[date | None, str, date | None, bool]:
    """Return end day and kind, due day, and whether the dossier waits."""
    ended, end, waiting = None, "", False
    due = _day(json.loads(past[0][5])["due_at"])
    for action, occurred_at, facts in _effective(past):
        change = facts.get("change", {})
        if action in ("finish", "refuse", "stop", "withdraw", "close"):
            ended, end, waiting = local_day(from_epoch(occurred_at)), action, False
        elif action == "take-back":
            ended = None
        elif action in ("ask-supplement", "ask-payment"):
            waiting = True
        elif action in ("supplement", "pay"):
            waiting = False
        due = _day(change["original_due_at"]) if "original_due_at" in change else due
    return ended, end, due, waiting


def _effective(past: JournalRows) -> list[tuple[str, int, Any]]:
    """Return (action, instant, facts) of the events that no undo removed."""
    events: list[tuple[str, int, Any]] = []
    for event in past:
        facts = json.loads(event[5])
        if event[3] == "undo":
            del events[-len(facts["undone"]) :]
        else:
            events.append((event[3], event[4], facts))
    return events


def _day(text: str | None) -> date | None:
    return None if text is None else local_day(datetime.fromisoformat(text))
