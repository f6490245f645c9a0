"""Files, dossiers and records of one sender, and packages, for the pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from hub.storage.database import Connection

PAGE_ROWS = 100


class StoredFileRow(NamedTuple):
    """A stored file without its bytes."""

    place: int
    epoch: str
    sequence: int
    manifest_sha256: str
    agency_code: str
    workstation: int
    made_at: datetime
    received_at: datetime
    accepted: int
    already: int
    rejected: int
    late: bool
    displaced_at: datetime | None


class StoredDossierRow(NamedTuple):
    """A dossier in its last state."""

    site_id: int
    agency_code: str
    code: str
    field: str
    procedure_code: str
    procedure_name: str
    status: str
    outcome: str | None
    received_at: datetime
    original_due_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None


class StoredRecordRow(NamedTuple):
    """A record without its payload."""

    place: int
    line: int
    id: str
    type: str
    dossier: str | None
    sequence: int
    occurred_at: datetime
    entered_at: datetime
    actor: str
    status: str | None


class RejectionRow(NamedTuple):
    """A rejected record of one file; `corrected_at` is None while it is open."""

    line: int
    id: str
    type: str
    dossier: str | None
    sequence: int
    reason: str
    rejected_at: datetime
    corrected_at: datetime | None


class Summary(NamedTuple):
    """The office's own figures in the newest file of a sender."""

    made_at: datetime
    record_to: int | None
    summary: dict[str, Any]


DOSSIER = """
    SELECT d.site_id, s.agency_code, d.code, f.name, d.procedure_code, d.procedure_name, d.status, d.outcome,
        d.received_at, d.original_due_at, d.due_at, d.closed_at, d.returned_at
    FROM dossier d JOIN sender s USING (site_id) JOIN field f USING (field_id)
"""
"""The columns of `StoredDossierRow`."""
_FILE = """
    SELECT place, epoch::text, sequence, manifest_sha256, agency_code, workstation, made_at, received_at, accepted,
        already, rejected, late, displaced_at FROM file
"""
_RECORD = """
    SELECT place, line, id::text, type, dossier, sequence, occurred_at, entered_at, actor, status FROM record
"""


def files(connection: Connection, site_id: int, page: int) -> list[StoredFileRow]:
    """Return one page of a sender's files, the newest first, and one row more."""
    statement = _FILE + " WHERE site_id = %s ORDER BY place DESC LIMIT %s OFFSET %s"
    rows = connection.execute(statement.encode(), (site_id, PAGE_ROWS + 1, page * PAGE_ROWS))
    return [StoredFileRow(*row) for row in rows]


def newest_files(connection: Connection, page: int) -> list[tuple[int, str, StoredFileRow]]:
    """Return one page of all files, the newest first, and one row more.

    Each comes with the site and the name of its sender.
    """
    columns = ", ".join(f"f.{name}::text" if name == "epoch" else f"f.{name}" for name in StoredFileRow._fields)
    statement = (
        f"SELECT s.site_id, s.name, {columns} FROM file f JOIN sender s USING (site_id)"
        " ORDER BY f.received_at DESC, s.site_id, f.place DESC LIMIT %s OFFSET %s"
    )
    rows = connection.execute(statement.encode(), (PAGE_ROWS + 1, page * PAGE_ROWS))
    return [(site_id, name, StoredFileRow(*row)) for site_id, name, *row in rows]


def file_of_manifest(connection: Connection, site_id: int, manifest_sha256: str) -> StoredFileRow | None:
    """Return a stored file by the digest of its manifest."""
    statement = _FILE + " WHERE site_id = %s AND manifest_sha256 = %s"
    rows = connection.execute(statement.encode(), (site_id, manifest_sha256))
    return next((StoredFileRow(*row) for row in rows), None)


def dossiers(connection: Connection, site_id: int, words: str, page: int) -> list[StoredDossierRow]:
    """Return one page of a sender's dossiers by code, and one row more.

    `words` is a part of a code, empty for all.
    """
    statement = DOSSIER + " WHERE d.site_id = %s AND position(%s in d.code) > 0 ORDER BY d.code LIMIT %s OFFSET %s"
    values = (site_id, words.strip().upper(), PAGE_ROWS + 1, page * PAGE_ROWS)
    return [StoredDossierRow(*row) for row in connection.execute(statement.encode(), values)]


def dossier(connection: Connection, site_id: int, code: str) -> StoredDossierRow | None:
    """Return a dossier of a sender."""
    rows = connection.execute((DOSSIER + " WHERE d.site_id = %s AND d.code = %s").encode(), (site_id, code))
    return next((StoredDossierRow(*row) for row in rows), None)


def records_of_dossier(connection: Connection, site_id: int, code: str) -> list[StoredRecordRow]:
    """Return the records of a dossier in order."""
    statement = _RECORD + " WHERE site_id = %s AND dossier = %s ORDER BY place, line LIMIT 1000"
    return [StoredRecordRow(*row) for row in connection.execute(statement.encode(), (site_id, code))]


def records_of_site(connection: Connection, site_id: int, place: int | None, page: int) -> list[StoredRecordRow]:
    """Return one page of a sender's or a file's records, and one row more."""
    where = " WHERE site_id = %s AND (%s::bigint IS NULL OR place = %s) ORDER BY place DESC, line LIMIT %s OFFSET %s"
    values = (site_id, place, place, PAGE_ROWS + 1, page * PAGE_ROWS)
    return [StoredRecordRow(*row) for row in connection.execute((_RECORD + where).encode(), values)]


def answer_of_file(connection: Connection, site_id: int, place: int) -> bytes | None:
    """Return the stored answer to a file."""
    statement = "SELECT ack FROM file WHERE site_id = %s AND place = %s"
    rows = connection.execute(statement, (site_id, place), binary=True)
    return next((bytes(ack) for (ack,) in rows), None)


def records_of_ids(connection: Connection, site_id: int, ids: Sequence[str]) -> list[StoredRecordRow]:
    """Return the records with these ids, in the order of the office."""
    statement = _RECORD + " WHERE site_id = %s AND id = ANY(%s::uuid[]) ORDER BY workstation, sequence"
    return [StoredRecordRow(*row) for row in connection.execute(statement.encode(), (site_id, list(ids)))]


def rejections_of_file(connection: Connection, site_id: int, place: int) -> list[RejectionRow]:
    """Return the rejected records of a file, corrected ones too."""
    statement = (
        "SELECT line, id, type, dossier, sequence, reason, rejected_at, corrected_at FROM rejection"
        " WHERE site_id = %s AND place = %s ORDER BY line"
    )
    return [RejectionRow(*row) for row in connection.execute(statement, (site_id, place))]


def newest_summary(connection: Connection, site_id: int) -> Summary | None:
    """Return the summary of the newest file in order, or None."""
    row = connection.execute(
        "SELECT f.made_at, (SELECT max(r.sequence) FROM record r WHERE r.site_id = f.site_id AND r.place = f.place),"
        " f.summary FROM file f WHERE f.site_id = %s AND NOT f.late AND f.displaced_at IS NULL"
        " ORDER BY f.place DESC LIMIT 1",
        (site_id,),
    ).fetchone()
    return None if row is None else Summary(*row)


def package_content(connection: Connection, number: int) -> bytes | None:
    """Return the bytes of a package, or None."""
    rows = connection.execute("SELECT content FROM package WHERE number = %s", (number,), binary=True)
    return next((bytes(content) for (content,) in rows), None)
