"""Pages of rejected records, forks, lost dossiers and unknown keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.sync.bundle import Bundle, read_bundle
from app.sync.errors import BundleRefused
from app.sync.records import Record
from hub.ingest.settle import settle_fork
from hub.page.endpoint import NOT_FOUND
from hub.page.site import Html, Redirect, Reply, Visit
from hub.page.words import RECORD_TYPE, STATUS, moment
from hub.storage import browse, files, forks, lists, senders
from hub.storage.forks import ForkRow
from hub.storage.receiver import record_act
from hub.wording import rejection_reason

_MAX_DIFFERENCES = 200
_MAX_TEXT = 500


@dataclass(frozen=True)
class Side:
    """One of the two files of a fork."""

    name: str
    made_at: str
    count: int
    sha256: str
    received: str


@dataclass(frozen=True)
class RecordDifference:
    """A record of a fork that only one file has, or that differs."""

    sequence: int
    dossier: str
    known: str
    other: str


def rejected(visit: Visit) -> Reply:
    """Show the rejected records with reason and since when."""
    agency = visit.query.get("agency", "") or None
    rows = [(row, rejection_reason(row.reason)) for row in lists.rejected(visit.connection, agency)]
    return Html("rejected.html", {"title": "Bản ghi bị trả lại", "rows": rows, "agency": agency})


def lost(visit: Visit) -> Reply:
    """Show the dossiers that an office no longer has after a restore."""
    agency = visit.query.get("agency", "") or None
    rows = lists.lost(visit.connection, agency)
    return Html("lost.html", {"title": "Mất sau phục hồi", "rows": rows, "agency": agency})


def all_forks(visit: Visit) -> Reply:
    """Show the forks, open ones first."""
    agency = visit.query.get("agency", "")
    rows = [row for row in forks.all_forks(visit.connection) if agency in ("", row.agency_code)]
    return Html("forks.html", {"title": "Nhánh tách", "rows": rows})


def fork(visit: Visit) -> Reply:
    """Show both files of a fork side by side."""
    row = forks.fork(visit.connection, visit.path["number"])
    if row is None:
        return NOT_FOUND
    known, other = _known_bundle(visit, row), _read(visit, forks.content_of(visit.connection, row))
    stored = browse.file_of_manifest(visit.connection, row.site_id, row.known_sha256)
    sides = (
        _side("Tệp đã nhận", row.known_sha256, known, None if stored is None else stored.received_at),
        _side("Tệp khác cùng số", row.found_sha256, other, row.first_at),
    )
    values = {
        "title": f"Nhánh tách số {row.number}",
        "fork": row,
        "sides": sides,
        "differences": _record_differences(known, other)[:_MAX_DIFFERENCES],
        "readable": known is not None and other is not None,
    }
    return Html("fork.html", values)


def settle(visit: Visit) -> Reply:
    """Settle a fork with a note."""
    keep, note = visit.form.get("keep", ""), visit.form.get("note", "").strip()[:_MAX_TEXT]
    if keep not in ("known", "found") or not note:
        return Html("refusal.html", {"words": "Chọn tệp được giữ và ghi lý do rồi làm lại."}, 422)
    number = visit.path["number"]
    settle_fork(visit.site.database, visit.site.intake, number, keep, note, visit.account, visit.now)
    return Redirect(f"/forks/{number}")


def knocks(visit: Visit) -> Reply:
    """Show the keys that sent a file and are not enrolled."""
    return Html("knocks.html", {"title": "Chờ ghi danh", "rows": senders.all_knocks(visit.connection)})


def enrol(visit: Visit) -> Reply:
    """Enrol a key that is on record as a knock."""
    key, agency = visit.form.get("public_key", ""), visit.form.get("agency_code", "")
    name = " ".join(visit.form.get("name", "").split())[:200] or None
    if not any((row.public_key, row.agency_code) == (key, agency) for row in senders.all_knocks(visit.connection)):
        return Html("refusal.html", {"words": "Khóa này không còn chờ ghi danh. Xem lại danh sách."}, 404)
    senders.enrol(visit.connection, key, agency, name, visit.now)
    record_act(visit.connection, visit.now, visit.account, "enrol", key, agency)
    return Redirect("/knocks")


def _known_bundle(visit: Visit, row: ForkRow) -> Bundle | None:
    stored = browse.file_of_manifest(visit.connection, row.site_id, row.known_sha256)
    content = None if stored is None else files.content_of(visit.connection, row.site_id, stored.place)
    return None if content is None else _read(visit, content)


def _read(visit: Visit, content: bytes) -> Bundle | None:
    try:
        return read_bundle(content, identity=visit.site.keys.identity)
    except BundleRefused:
        return None


def _side(name: str, digest: str, bundle: Bundle | None, received_at: datetime | None) -> Side:
    made_at = "–" if bundle is None else moment(datetime.fromisoformat(bundle.manifest["made_at"]))
    return Side(name, made_at, 0 if bundle is None else len(bundle.records), digest, moment(received_at))


def _record_differences(known: Bundle | None, other: Bundle | None) -> list[RecordDifference]:
    """Return the records that differ, without personal data."""
    if known is None or other is None:
        return []
    sides = [{record["sequence"]: record for record in bundle.records} for bundle in (known, other)]
    differences = []
    for sequence in sorted({*sides[0], *sides[1]}):
        pair = [side.get(sequence) for side in sides]
        if pair[0] is None or pair[1] is None or pair[0]["hash"] != pair[1]["hash"]:
            differences.append(RecordDifference(sequence, _dossier(pair), _words(pair[0]), _words(pair[1])))
    return differences


def _dossier(pair: Sequence[Record | None]) -> str:
    codes = dict.fromkeys(record["dossier"] or "–" for record in pair if record is not None)
    return " / ".join(codes)


def _words(record: Record | None) -> str:
    if record is None:
        return "không có"
    state = record["payload"].get("state")
    status = STATUS.get(str(state.get("status")), "") if isinstance(state, dict) else ""
    return " · ".join(filter(None, (RECORD_TYPE.get(record["type"], record["type"]), status, _time(record))))


def _time(record: Record) -> str:
    try:
        return moment(datetime.fromisoformat(record["occurred_at"]))
    except ValueError:
        return record["occurred_at"]
