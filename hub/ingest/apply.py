"""Write the records of one file, or of a part of it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import orjson

from app.sync.field_checks import is_uuid
from hub.ingest.batch import Batch, Decided, Scope, Subject
from hub.ingest.lines import Line, read_lines
from hub.storage import dossiers, records
from hub.storage.database import Connection
from hub.storage.dossiers import DossierRow
from hub.storage.records import DatabaseRejects, KnownRecords, RecordRow

NumberFields = Callable[[Connection, Collection[str]], Mapping[str, int]]

_SLICE = 64
"""Records that are decided while the server stores the ones before."""

_IDS = re.compile(rb'"id":"([0-9a-f-]{36})"').findall
_CODES = re.compile(rb'"dossier":"((?:[^"\\\\]|\\\\.)*)"').findall


class Part(NamedTuple):
    """Consecutive lines of a file, with both numbers of the first."""

    raw: Sequence[bytes]
    first_line: int
    first_sequence: int


def apply_part(
    connection: Connection, site_id: int, part: Part, scope: Scope, number_fields: NumberFields
) -> list[Decided]:
    """Decide the lines in order and write what is accepted.

    Usually no record is stored already, and the ids are looked up only if the database finds one. A record that the
    database cannot store is rejected, and the rest is decided again without it.
    """
    stored = dossiers.stored(connection, site_id, _codes(part.raw))
    known = _known(connection, site_id, part) if scope.may_be_known else {}
    unstorable: set[int] = set()
    while True:
        batch = Batch(scope, dict(known), {code: Subject.of_row(row) for code, row in stored.items()})
        try:
            records.insert(connection, site_id, _decide(batch, part, unstorable))
        except KnownRecords:
            known = _known(connection, site_id, part)
        except DatabaseRejects as error:
            known = _known(connection, site_id, part)
            unstorable |= _unstorable_lines(connection, site_id, part, scope, known, stored)
            if not unstorable:
                raise AssertionError("the database rejects no record alone") from error
        else:
            _write(connection, site_id, batch, number_fields)
            return batch.decided


def _decide(batch: Batch, part: Part, unstorable: Collection[int]) -> Iterator[Sequence[RecordRow]]:
    """Read and decide the lines; yield the accepted records in slices."""
    for begin in range(0, len(part.raw), _SLICE):
        before = len(batch.records)
        raw = part.raw[begin : begin + _SLICE]
        for line in read_lines(raw, part.first_line + begin, part.first_sequence + begin):
            batch.add(_marked(line) if line.number in unstorable else line)
        yield batch.records[before:]


def _marked(line: Line) -> Line:
    return line._replace(fault="database")


def _write(connection: Connection, site_id: int, batch: Batch, number_fields: NumberFields) -> None:
    """Write everything of a batch but its new records."""
    if not batch.scope.late:
        records.move(connection, site_id, batch.moved)
    changed = [subject for subject in batch.subjects.values() if subject.changed]
    field_ids = number_fields(connection, {subject.field for subject in changed})
    dossiers.insert(connection, site_id, [subject.row(field_ids) for subject in changed if subject.is_new])
    dossiers.update(connection, site_id, [subject.row(field_ids) for subject in changed if not subject.is_new])
    if batch.rejections:
        records.insert_rejections(connection, site_id, batch.rejections)
    codes = batch.accepted_codes if batch.scope.has_rejections else set()
    if codes:
        records.correct_rejections(connection, site_id, batch.scope.place, list(codes), batch.scope.now)


def _codes(raw: Sequence[bytes]) -> set[str]:
    """Return the codes that lines name, and perhaps others."""
    codes = set()
    for text in set(_CODES(b"\n".join(raw))):
        try:
            codes.add(orjson.loads(b'"%b"' % text))
        except orjson.JSONDecodeError:
            continue  # no line with such a code is accepted
    return {code for code in codes if "\0" not in code}


def _known(connection: Connection, site_id: int, part: Part) -> dict[str, str]:
    """Return the digests of the stored records among those of a part."""
    ids = [text for text in map(bytes.decode, set(_IDS(b"\n".join(part.raw)))) if is_uuid(text)]
    return records.known_hashes(connection, site_id, ids)


def _unstorable_lines(
    connection: Connection,
    site_id: int,
    part: Part,
    scope: Scope,
    known: Mapping[str, str],
    stored: Mapping[str, DossierRow],
) -> set[int]:
    """Return the numbers of the lines that the database cannot store."""
    batch = Batch(scope, dict(known), {code: Subject.of_row(row) for code, row in stored.items()})
    rows = list(chain.from_iterable(_decide(batch, part, ())))
    return {row.line for row in _unstorable(connection, site_id, rows)}


def _unstorable(connection: Connection, site_id: int, rows: Sequence[RecordRow]) -> list[RecordRow]:
    """Return the rows that the database cannot store, by halving."""
    if not rows or records.can_store(connection, site_id, rows):
        return []
    if len(rows) == 1:
        return list(rows)
    half = len(rows) // 2
    return [*_unstorable(connection, site_id, rows[:half]), *_unstorable(connection, site_id, rows[half:])]
