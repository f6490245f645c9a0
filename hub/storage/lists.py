"""Lists of a province: lag, rejected records, lost dossiers."""

from datetime import datetime
from typing import NamedTuple

from hub.storage.database import Connection


class LagRow(NamedTuple):
    """A sender with its last file and its troubles."""

    site_id: int
    public_key: str
    agency_code: str
    name: str
    workstation: int | None
    blocked: bool
    last_file_at: datetime | None
    files: int
    records: int
    rejected: int
    forks: int


class RejectedRow(NamedTuple):
    """A rejected record that no later record of its dossier has replaced."""

    site_id: int
    agency_code: str
    name: str
    code: str | None
    type: str
    id: str
    sequence: int
    file_sequence: int
    reason: str
    rejected_at: datetime


class LostRow(NamedTuple):
    """A dossier that its office no longer has.

    `lost_at` is when the records of the newest epoch were complete, or when a person settled a fork.
    """

    site_id: int
    agency_code: str
    name: str
    code: str
    status: str
    procedure_name: str
    received_at: datetime
    lost_at: datetime | None


_OF_AGENCY = " WHERE (%s::text IS NULL OR s.agency_code = %s)"

_LAG = (
    """
    SELECT s.site_id, s.public_key, s.agency_code, s.name, s.workstation, s.blocked_at IS NOT NULL, s.heard_at,
        s.last_place, coalesce(f.records, 0), coalesce(r.rejected, 0), coalesce(k.forks, 0)
    FROM sender s
    LEFT JOIN (SELECT site_id, sum(accepted) AS records FROM file GROUP BY site_id) f USING (site_id)
    LEFT JOIN (SELECT site_id, count(*) AS rejected FROM rejection WHERE corrected_at IS NULL GROUP BY site_id) r
        USING (site_id)
    LEFT JOIN (SELECT site_id, count(*) AS forks FROM fork WHERE settled IS NULL GROUP BY site_id) k USING (site_id)
    """
    + _OF_AGENCY
    + " ORDER BY s.heard_at NULLS FIRST, s.agency_code, s.site_id"
).encode()

_REJECTED = (
    """
    SELECT s.site_id, s.agency_code, s.name, r.dossier, r.type, r.id, r.sequence, f.sequence, r.reason, r.rejected_at
    FROM rejection r JOIN sender s USING (site_id) JOIN file f ON f.site_id = r.site_id AND f.place = r.place
    """
    + _OF_AGENCY
    + " AND r.corrected_at IS NULL ORDER BY r.rejected_at, s.agency_code, r.place, r.line"
).encode()

_LOST = (
    """
    SELECT s.site_id, s.agency_code, s.name, d.code, d.status, d.procedure_name, d.received_at,
        CASE WHEN d.place < e.first_place THEN e.caught_up_at ELSE f.displaced_at END
    FROM sender s
    JOIN epoch e ON e.site_id = s.site_id AND e.epoch = s.epoch
    JOIN dossier d ON d.site_id = s.site_id
    LEFT JOIN file f ON f.site_id = d.site_id AND f.place = d.place AND f.displaced_at IS NOT NULL
    """
    + _OF_AGENCY
    + """ AND ((d.place < e.first_place AND e.caught_up_at IS NOT NULL) OR f.place IS NOT NULL)
    AND d.status <> 'void' ORDER BY s.agency_code, d.code"""
).encode()


def lag(connection: Connection, agency: str | None = None) -> list[LagRow]:
    """Return every sender; those never heard of, then the longest silent."""
    return [LagRow(*row) for row in connection.execute(_LAG, (agency, agency))]


def rejected(connection: Connection, agency: str | None) -> list[RejectedRow]:
    """Return the rejected records, the oldest first."""
    return [RejectedRow(*row) for row in connection.execute(_REJECTED, (agency, agency))]


def lost(connection: Connection, agency: str | None) -> list[LostRow]:
    """Return the dossiers that their offices lost."""
    return [LostRow(*row) for row in connection.execute(_LOST, (agency, agency))]
