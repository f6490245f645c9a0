"""Statements on dossiers, register lines, search texts and files."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Integer, Text, case, column, exists, func, select, table, type_coerce

from app.models.dossier import Alias, Dossier, DossierPaper, Party
from app.models.journal import Bundle, Event, Outbox
from app.models.office import ProcedureVersion
from app.storage.dossiers import SELECT_DOSSIER
from app.storage.journal import NEVER_SENT, NEVER_SENT_CHAIN
from app.storage.outgoing.carried import IN_RANGE
from app.storage.rows import DossierPaperRow, DossierRow, Json
from app.storage.uow import Reading

_D = Dossier.c
_YEAR_RECEIVED = type_coerce(_D.received_day, Integer) // 10000
_INDEXED = table("dossier_search_docsize", column("id"))
"""Table of the full-text index with a row for each indexed dossier."""


class RecordedDossier(NamedTuple):
    """A dossier, the code of its procedure's version, and its last records.

    `payload` is the payload of its last event. `whole_payload` and `whole_facts` are those of its last record of the
    type `dossier`. They are None where the event is missing.
    """

    dossier: DossierRow
    version_code: str
    schema: int | None
    payload: Json | None
    whole_payload: Json | None
    whole_facts: Json | None

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "RecordedDossier":
        """Return the dossier of a row of the statement."""
        return cls(DossierRow._make(row[:-5]), *row[-5:])


class RegisterLineRow(NamedTuple):
    """A line of a register with more than one dossier."""

    year: int
    book: str
    field: str
    number: int
    first_code: str
    last_code: str


class SearchTextRow(NamedTuple):
    """A dossier with its search text and one of its people, if any."""

    id: int
    code: str
    key: str
    status: str
    search_text: str
    indexed: bool
    details: Json | None


class AliasOwnerRow(NamedTuple):
    """An alias and its dossier."""

    dossier_id: int
    text: str


class BundleMarksRow(NamedTuple):
    """A sync file: its number of records, and of events marked as sent in it."""

    sequence: int
    records: int
    marked: int


def recorded_dossiers(work: Reading) -> Iterator[RecordedDossier]:
    """Yield each dossier with its last records, in order."""
    last, last_whole = Event.alias("last"), Event.alias("last_whole")
    record, whole = Outbox.alias("record"), Outbox.alias("whole")
    newest = select(func.max(Event.c.id)).where(Event.c.dossier_id == _D.id).correlate(Dossier)
    return work.typed_stream(
        RecordedDossier.from_row,
        SELECT_DOSSIER.add_columns(
            ProcedureVersion.c.code.label("version_code"),
            last.c.schema,
            record.c.payload,
            whole.c.payload.label("whole_payload"),
            last_whole.c.facts,
        )
        .outerjoin(last, last.c.id == newest.scalar_subquery())
        .outerjoin(record, record.c.event_id == last.c.id)
        .outerjoin(last_whole, last_whole.c.id == newest.where(Event.c.type == "dossier").scalar_subquery())
        .outerjoin(whole, whole.c.event_id == last_whole.c.id)
        .order_by(_D.id),
    )


def papers_by_dossier(work: Reading) -> Iterator[tuple[int, list[DossierPaperRow]]]:
    """Yield the papers of each dossier that has papers."""
    columns = (DossierPaper.c[name] for name in DossierPaperRow._fields)
    rows = work.typed_stream(
        tuple, select(DossierPaper.c.dossier_id, *columns).order_by(DossierPaper.c.dossier_id, DossierPaper.c.position)
    )
    for dossier_id, papers in groupby(rows, key=lambda row: int(row[0])):
        yield dossier_id, [DossierPaperRow._make(row[1:]) for row in papers]


def register_lines_twice(work: Reading) -> Sequence[RegisterLineRow]:
    """Return the lines of the registers that more than one dossier has."""
    line = (_YEAR_RECEIVED, _D.register_book, _D.field, _D.register_number)
    return work.typed_rows(
        RegisterLineRow._make,
        select(
            _YEAR_RECEIVED.label("year"),
            _D.register_book.label("book"),
            _D.field,
            _D.register_number.label("number"),
            func.min(_D.code).label("first_code"),
            func.max(_D.code).label("last_code"),
        )
        .group_by(*line)
        .having(func.count() > 1),
    )


def people_with_search_text(work: Reading) -> Iterator[SearchTextRow]:
    """Yield the people of every dossier with its search text, in order."""
    indexed = exists().where(_INDEXED.c.id == _D.id).label("indexed")
    return work.typed_stream(
        SearchTextRow._make,
        select(
            _D.id,
            _D.code,
            _D.key,
            type_coerce(_D.status, Text).label("status"),
            _D.search_text,
            indexed,
            Party.c.details,
        )
        .join(Party, Party.c.dossier_id == _D.id, isouter=True)
        .order_by(_D.id, Party.c.id),
    )


def all_aliases(work: Reading) -> Iterator[AliasOwnerRow]:
    """Yield every alias."""
    return work.typed_stream(AliasOwnerRow._make, select(Alias.c.dossier_id, Alias.c.text))


def bundle_marks(work: Reading, epoch: str) -> Sequence[BundleMarksRow]:
    """Return the sync files of an epoch with the events in their ranges.

    A range that does not follow the one before it has none.
    """
    before = Bundle.alias("before")
    earlier = (before.c.epoch == epoch, before.c.workstation == Bundle.c.workstation)
    ended = select(func.coalesce(func.max(before.c.record_to), 0)).where(
        *earlier, before.c.sequence < Bundle.c.sequence
    )
    follows = Bundle.c.record_from == ended.correlate(Bundle).scalar_subquery() + 1
    marked = select(func.count()).select_from(Event).where(IN_RANGE, follows).correlate(Bundle).scalar_subquery()
    return work.typed_rows(
        BundleMarksRow._make,
        select(Bundle.c.sequence, Bundle.c.records, marked.label("marked"))
        .where(Bundle.c.epoch == epoch)
        .order_by(Bundle.c.sequence),
    )


def count_wrong_marks(work: Reading) -> int:
    """Return the number of events with a mark of another chain.

    The mark `NEVER_SENT` belongs to the events of chains of their own; all others have none.
    """
    right = case((Event.c.workstation > NEVER_SENT_CHAIN, NEVER_SENT), else_=None)
    wrong = Outbox.c.bundle.is_distinct_from(right)
    return int(work.value(select(func.count()).select_from(Outbox).join(Event).where(wrong)))


def code_of(work: Reading, row_id: int, *, by_event: bool) -> str | None:
    """Return the code of a dossier by its row id, or by that of an event."""
    owner = select(Event.c.dossier_id).where(Event.c.id == row_id).scalar_subquery() if by_event else row_id
    code: str | None = work.value(select(_D.code).where(_D.id == owner))
    return code
