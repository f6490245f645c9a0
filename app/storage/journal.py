"""Statements on events, outbox, sync files, prints and drafts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update

from app.models.dossier import Dossier
from app.models.enums import Action, PaperForm, PrintStatus
from app.models.journal import ChainHead, Draft, Event, Outbox, Print
from app.models.office import FormContent
from app.models.values.canonical import CanonicalText
from app.storage.dialects import insert_or_replace
from app.storage.law.form_contents import OF_PRINT, PRINTED_CONTENT
from app.storage.prints.rows import EarlierPrintRow
from app.storage.rows import ChainHeadRow, EventRow, JournalRecord, PrintRow
from app.storage.uow import Reading, Writing

NEVER_SENT = 0
"""`outbox.bundle` of events that stay in this office; sync files count from 1."""
NEVER_SENT_CHAIN = 100
"""Added to a desk's number for the chain of dossiers that stay in this office.

The receiver checks that the sent events of a desk follow each other without a gap.
"""
_OF: BindParameter[Any] = bindparam("of")
_E = Event.c
_HEAD = select(ChainHead.c.sequence, ChainHead.c.hash).where(ChainHead.c.workstation == bindparam("desk"))
_EVENTS_OF = select(Event).where(_E.dossier_id == _OF, _E.action != Action.RESTATE.value).order_by(_E.id)
EVENTS = (
    select(Event, Dossier.c.code.label("dossier_code"), Outbox.c.payload)
    .join(Dossier, Dossier.c.id == _E.dossier_id)
    .join(Outbox, Outbox.c.event_id == _E.id, isouter=True)
    .order_by(_E.workstation, _E.sequence)
)
"""The columns of `JournalRecord`, desk by desk in the order of the chain."""
_NEW_EVENT, _NEW_OUTBOX, _NEW_PRINT = insert(Event), insert(Outbox), insert(Print)
_PRINTS_OF = (
    select(
        *(Print.c.id, Print.c.form, Print.c.copy, Print.c.prepared_at, Print.c.status, Print.c.reprint),
        *PRINTED_CONTENT,
    )
    .join(FormContent, OF_PRINT, isouter=True)
    .where(Print.c.dossier_id == _OF)
    .order_by(Print.c.id)
)
_DRAFT = select(Draft.c.form).where(Draft.c.workstation == bindparam("desk"))
_NEWEST_ID = select(func.max(_E.id))
_NEWEST_ENTRY = select(_E.entered_at).order_by(_E.id.desc()).limit(1)
_FIRST_ENTRY = select(_E.entered_at).where(_E.dossier_id == _OF).order_by(_E.id).limit(1)
_EARLIER_PRINTS = (
    select(Print.c.document, Print.c.reprint)
    .where(Print.c.dossier_id == _OF, Print.c.form == bindparam("form"), Print.c.copy == 1)
    .order_by(Print.c.id.desc())
)


class JournalEntry(NamedTuple):
    """An event and its part to be sent, before they are written."""

    event: EventRow
    payload: CanonicalText
    people: Mapping[str, Any]


def chain_tail(work: Reading, desk: int) -> tuple[int, str | None]:
    """Return the last sequence and hash of a desk's chain; (0, None) for none."""
    row = work.row(_HEAD, {"desk": desk})
    return (0, None) if row is None else (row.sequence, row.hash)


def chain_heads(work: Reading) -> Sequence[ChainHeadRow]:
    """Return the recorded end of each desk's chain."""
    return work.typed_rows(ChainHeadRow._make, select(ChainHead))


def event_hash(work: Reading, desk: int, sequence: int) -> str | None:
    """Return the hash of an event of a desk, or None."""
    digest: str | None = work.value(select(_E.hash).where(_E.workstation == desk, _E.sequence == sequence))
    return digest


def save_chain_head(work: Writing, desk: int, sequence: int, digest: str) -> None:
    """Record the end of a desk's chain, in the transaction of the event."""
    work.write(insert_or_replace(work.dialect, ChainHead), {"workstation": desk, "sequence": sequence, "hash": digest})


def append_event(
    work: Writing,
    event: EventRow,
    payload: CanonicalText,
    people: Mapping[str, Any],
    bundle: int | None = None,
) -> None:
    """Append an event and its outbox row; the database assigns its id."""
    columns = event._asdict()
    del columns["id"]
    primary_key = work.write(_NEW_EVENT, columns).inserted_primary_key
    work.newest_event, work.newest_hash = primary_key[0] if primary_key else 0, event.hash
    work.write(_NEW_OUTBOX, _outbox(work.newest_event, payload, people, bundle))


def append_events(work: Writing, entries: Sequence[JournalEntry], bundle: int | None = None) -> None:
    """Append many events and their outbox rows at once.

    They have the next free ids, in order; no other unit of work writes in between.
    """
    if not entries:
        return
    first, count = int(work.value(_NEWEST_ID) or 0) + 1, len(entries)
    ids = range(first, first + count)
    events, payloads, people = zip(*entries, strict=True)
    columns: dict[str, Sequence[Any]] = dict(zip(EventRow._fields, zip(*events, strict=True), strict=True))
    work.write_columns(Event, columns | {"id": ids})
    work.write_columns(Outbox, {"event_id": ids, "payload": payloads, "people": people, "bundle": [bundle] * count})
    work.newest_event, work.newest_hash = ids[-1], entries[-1].event.hash


def _outbox(event_id: int, payload: CanonicalText, people: Mapping[str, Any], bundle: int | None) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "payload": payload,
        "people": people,
        "bundle": bundle,
        "answer": None,
        "reason": None,
    }


def events_of(work: Reading, dossier_id: int) -> Sequence[EventRow]:
    """Return the events of a dossier, in order.

    Restatements are left out, because they change nothing.
    """
    return work.typed_rows(EventRow._make, _EVENTS_OF, {"of": dossier_id})


def all_events(work: Reading) -> Iterator[JournalRecord]:
    """Yield every event, desk by desk in the order of the chain."""
    return work.typed_stream(JournalRecord.from_row, EVENTS)


def prints_of(work: Reading, dossier_id: int) -> Sequence[PrintRow]:
    """Return every prepared copy of a dossier's documents, in order."""
    return work.typed_rows(PrintRow._make, _PRINTS_OF, {"of": dossier_id})


def earlier_prints(work: Reading, dossier_id: int, form: PaperForm) -> Sequence[EarlierPrintRow]:
    """Return the earlier prints of a form, the newest first."""
    return work.typed_rows(EarlierPrintRow._make, _EARLIER_PRINTS, {"of": dossier_id, "form": form})


def add_print(work: Writing, row: Mapping[str, Any]) -> int:
    """Insert a copy into the print journal; return its id."""
    primary_key = work.write(_NEW_PRINT, row).inserted_primary_key
    return int(primary_key[0]) if primary_key else 0


def set_print_status(work: Writing, print_ids: Sequence[int], status: PrintStatus) -> None:
    """Set the status of prepared copies."""
    work.write(update(Print).where(Print.c.id.in_(print_ids)).values(status=status))


def count_unprinted(work: Reading) -> int:
    """Return the number of copies that were not printed."""
    return int(work.value(select(func.count()).where(Print.c.status != PrintStatus.PRINTED.value)))


def save_draft(work: Writing, desk: int, saved_at: datetime, form: Mapping[str, Any] | None) -> None:
    """Store the draft of a desk, or delete it where `form` is None."""
    if form is None:
        work.write(delete(Draft).where(Draft.c.workstation == desk))
        return
    work.write(insert_or_replace(work.dialect, Draft), {"workstation": desk, "saved_at": saved_at, "form": form})


def draft(work: Reading, desk: int) -> Mapping[str, Any] | None:
    """Return the draft of a desk, or None."""
    form: Mapping[str, Any] | None = work.value(_DRAFT, {"desk": desk})
    return form


def first_entry_at(work: Reading, dossier_id: int) -> datetime | None:
    """Return the instant at which a dossier was entered, or None.

    It may be long after the receipt of the dossier.
    """
    entered_at: datetime | None = work.value(_FIRST_ENTRY, {"of": dossier_id})
    return entered_at


def newest_entry_at(work: Reading) -> datetime | None:
    """Return the instant at which the last event was entered, or None."""
    entered_at: datetime | None = work.value(_NEWEST_ENTRY)
    return entered_at
