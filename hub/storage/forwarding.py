"""Files that were sent on to the next receiver."""

from datetime import datetime
from typing import NamedTuple

from hub.storage.database import Connection


class WaitingFile(NamedTuple):
    """A file that an address has not answered."""

    site_id: int
    place: int
    agency_code: str
    workstation: int
    sequence: int
    manifest_sha256: str


def waiting_files(connection: Connection, address: str) -> list[WaitingFile]:
    """Return the files to send, by sender in their order of acceptance."""
    rows = connection.execute(
        "SELECT f.site_id, f.place, f.agency_code, f.workstation, f.sequence, f.manifest_sha256 FROM file f"
        " LEFT JOIN forwarded w ON w.site_id = f.site_id AND w.place = f.place AND w.address = %s"
        " WHERE w.place IS NULL AND f.displaced_at IS NULL ORDER BY f.site_id, f.place",
        (address,),
    )
    return [WaitingFile(*row) for row in rows]


def store_answer(connection: Connection, file: WaitingFile, address: str, ack: bytes, now: datetime) -> None:
    """Store the answer of the next receiver."""
    connection.execute(
        "INSERT INTO forwarded (site_id, place, address, at, ack) VALUES (%s, %s, %s, %s, %b) ON CONFLICT DO NOTHING",
        (file.site_id, file.place, address, now, ack),
    )
