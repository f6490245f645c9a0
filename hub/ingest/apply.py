"""Write the records of one file, or of a part of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.sync.field_checks import is_uuid
from hub.ingest.batch import Batch, Decided, Scope, Subject
from hub.ingest.lines import Line
from hub.storage import dossiers, records
from hub.storage.database import Connection
from hub.storage.records import DatabaseRejects, RecordRow

_SLICE = 64
NumberFields = Callable[[Connection, Sequence[Line]], Mapping[str, int]]


def apply_lines(
    connection: Connection, site_id: int, lines: Sequence[Line], scope: Scope, number_fields: NumberFields
) -> list[Decided]:
    """Decide the lines in order and write what is accepted.

    A record that the database cannot store is rejected, and the rest is decided again without it.
    """
    ids = [line.id for line in lines if line.fault is None and is_uuid(line.id)]
    known = records.known_hashes(connection, site_id, ids) if ids else {}
    codes = {line.dossier for line in lines if line.fault is None and line.dossier is not None}
    stored = dossiers.stored(connection, site_id, codes) if codes else {}
    field_ids = number_fields(connection, lines)
    batch = _batch(scope, known, stored)
    try:
        records.insert(connection, site_id, _decide(batch, lines))
    except DatabaseRejects:
        unstorable = {row.line for row in _unstorable(connection, site_id, batch.records)}
        marked = [line._replace(fault="database") if line.number in unstorable else line for line in lines]
        batch = _batch(scope, known, stored)
        records.insert(connection, site_id, _decide(batch, marked))
    _write(connection, site_id, batch, field_ids)
    return batch.decided


def _batch(scope: Scope, known: Mapping[str, str], stored: Mapping[str, dossiers.DossierRow]) -> Batch:
    return Batch(scope, dict(known), {code: Subject.of_row(row) for code, row in stored.items()})


def _decide(batch: Batch, lines: Sequence[Line]) -> Iterator[Sequence[RecordRow]]:
    """Decide the lines; yield the accepted records in slices."""
    for begin in range(0, len(lines), _SLICE):
        before = len(batch.records)
        for line in lines[begin : begin + _SLICE]:
            batch.add(line)
        yield batch.records[before:]


def _write(connection: Connection, site_id: int, batch: Batch, field_ids: Mapping[str, int]) -> None:
    if not batch.scope.late:
        records.move(connection, site_id, batch.moved)
    changed = [subject for subject in batch.subjects.values() if subject.changed]
    dossiers.insert(connection, site_id, [subject.row(field_ids) for subject in changed if subject.is_new])
    dossiers.update(connection, site_id, [subject.row(field_ids) for subject in changed if not subject.is_new])
    if batch.rejections:
        records.insert_rejections(connection, site_id, batch.rejections)
    codes = batch.accepted_codes
    if codes and batch.scope.has_rejections:
        records.correct_rejections(connection, site_id, batch.scope.place, list(codes), batch.scope.now)


def _unstorable(connection: Connection, site_id: int, rows: Sequence[RecordRow]) -> list[RecordRow]:
    """Return the rows that the database cannot store, by halving."""
    if not rows or records.can_store(connection, site_id, rows):
        return []
    if len(rows) == 1:
        return list(rows)
    half = len(rows) // 2
    return [*_unstorable(connection, site_id, rows[:half]), *_unstorable(connection, site_id, rows[half:])]
