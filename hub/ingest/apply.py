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
from hub.storage.records import DatabaseRejects, KnownRecords, RecordRow

NumberFields = Callable[[Connection, Collection[str]], Mapping[str, int]]

_SLICE = 64
"""Records that are decided while the server stores the ones before."""

_CODES = re.compile(rb'"dossier":"([^"\\]*(?:\\.[^"\\]*)*)"').findall


class MissedCode(Exception):
    """A line names its dossier in a spelling that `_codes` does not read."""


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
    codes = _codes(part.raw)
    known = _known(connection, site_id, part) if scope.may_be_known else {}
    unstorable: set[int] = set()
    while True:
        batch = Batch(scope, dict(known), _subjects(connection, site_id, codes))
        try:
            records.insert(connection, site_id, _decide(batch, part, unstorable, codes))
        except MissedCode:
            lines = read_lines(part.raw, part.first_line, part.first_sequence)
            codes = {line.dossier for line in lines if line.fault is None and line.dossier is not None}
        except KnownRecords:
            known = _known(connection, site_id, part)
        except DatabaseRejects as error:
            known = _known(connection, site_id, part)
            batch = Batch(scope, dict(known), _subjects(connection, site_id, codes))
            rows = list(chain.from_iterable(_decide(batch, part, (), codes)))
            unstorable |= {row.line for row in _unstorable(connection, site_id, rows)}
            if not unstorable:
                raise AssertionError("the database rejects no record alone") from error
        else:
            _write(connection, site_id, batch, number_fields)
            return batch.decided


def _subjects(connection: Connection, site_id: int, codes: Collection[str]) -> dict[str, Subject]:
    stored = dossiers.stored(connection, site_id, codes)
    return {code: Subject.of_row(row) for code, row in stored.items()}


def _decide(
    batch: Batch, part: Part, unstorable: Collection[int], codes: Collection[str]
) -> Iterator[Sequence[RecordRow]]:
    """Read and decide the lines; yield the accepted records in slices.

    Raises MissedCode for a code whose dossier was not looked up.
    """
    for begin in range(0, len(part.raw), _SLICE):
        before = len(batch.records)
        raw = part.raw[begin : begin + _SLICE]
        for line in read_lines(raw, part.first_line + begin, part.first_sequence + begin):
            if line.dossier is not None and line.fault is None and line.dossier not in codes:
                raise MissedCode
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
    if batch.rejections or batch.scope.has_rejections:
        corrections = batch.corrections()
        if corrections:
            records.correct_rejections(connection, site_id, batch.scope.place, corrections, batch.scope.now)


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
    lines = read_lines(part.raw, part.first_line, part.first_sequence)
    return records.known_hashes(connection, site_id, [line.id for line in lines if is_uuid(line.id)])


def _unstorable(connection: Connection, site_id: int, rows: Sequence[RecordRow]) -> list[RecordRow]:
    """Return the rows that the database cannot store, by halving."""
    if not rows or records.can_store(connection, site_id, rows):
        return []
    if len(rows) == 1:
        return list(rows)
    half = len(rows) // 2
    return [*_unstorable(connection, site_id, rows[:half]), *_unstorable(connection, site_id, rows[half:])]
