"""Invented offices that send files to a receiver."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from app.sync.canonical import canonical_json
from app.sync.compressed_lines import compress_lines
from app.sync.container import pack
from app.sync.records import Record, record_hash
from app.sync.signing import public_key, sign
from tests.support.sync_samples import digests

_NAMES = UUID("6f0f9c5e-0000-4000-8000-000000000000")
FIELDS = ("Hộ tịch", "Chứng thực", "Đất đai")


def instant(day: date, hour: int = 9) -> str:
    return f"{day.isoformat()}T{hour:02d}:00:00+07:00"


@dataclass
class Sender:
    """An office with its key, its chain of records and its files."""

    number: int = 1
    agency: str = "H29.12"
    workstation: int = 1
    training: bool = True
    day: date = date(2026, 2, 2)
    records: list[Record] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    sent: int = 0
    epoch_number: int = 1
    previous: str | None = None
    sequence: int = 0

    @property
    def key(self) -> bytes:
        return self.number.to_bytes(32, "big")

    @property
    def public_key(self) -> str:
        return public_key(self.key).hex()

    @property
    def epoch(self) -> str:
        return str(uuid5(_NAMES, f"epoch {self.number} {self.epoch_number}"))

    def code(self, serial: int) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{serial:04d}"

    def add(self, kind: str, code: str | None, payload: dict[str, Any], **changed: Any) -> Record:
        """Append a record to the chain."""
        place = len(self.records) + 1
        at = instant(self.day)
        record: Record = {
            "id": str(uuid5(_NAMES, f"{self.number} {place} {self.epoch_number if changed.pop('fresh', 0) else 0}")),
            "workstation": self.workstation,
            "sequence": place,
            "type": kind,
            "schema": 2,
            "occurred_at": at,
            "entered_at": at,
            "actor": "Cán bộ Thử",
            "dossier": code,
            "payload": payload,
            "hash": "",
            "previous_hash": self.records[-1]["hash"] if self.records else None,
        }
        record.update(changed)  # tests break fields on purpose
        record["hash"] = record_hash(record)
        self.records.append(record)
        return record

    def take_in(self, serial: int, **changed: Any) -> str:
        """Append the intake of a dossier and return its code."""
        code = self.code(serial)
        payload = {
            "MaHoSo": code,
            "MaTTHC": "2.000815",
            "TenTTHC": "Chứng thực bản sao",
            "TenLinhVuc": FIELDS[serial % len(FIELDS)],
            "KenhThucHien": str(serial % 3 + 1),
            "TrangThaiHoSo": "2",
            "state": self.state("received"),
        }
        self.add("dossier", code, {**payload, **changed.pop("payload", {})}, **changed)
        return code

    def progress(self, code: str, status: str, received: date | None = None, **state: Any) -> Record:
        """Append a step of a dossier."""
        payload = {"MaHoSo": code, "TrangThai": "4", "state": {**self.state(status, received), **state}}
        return self.add("progress", code, payload)

    def state(self, status: str, received: date | None = None) -> dict[str, Any]:
        """Return a whole state; a closed one ends today."""
        begin = received or self.day
        outcome = status if status in ("finished", "refused", "stopped", "withdrawn", "closed", "void") else None
        due = instant(begin + timedelta(days=5), 17)
        return {
            "status": status,
            "outcome": "finished" if status == "returned" else outcome,
            "received_at": instant(begin),
            "original_due_at": due,
            "due_at": due,
            "closed_at": instant(self.day) if outcome or status == "returned" else None,
            "returned_at": instant(self.day) if status == "returned" else None,
        }

    def file(self, count: int | None = None, **manifest: Any) -> bytes:
        """Return the next file with the records that no file carried."""
        records = self.records[self.sent :][: count or len(self.records)]
        data = self.file_of(records, **manifest)
        self.sent += len(records)
        self.files.append(data)
        return data

    def file_of(self, records: list[Any], **manifest: Any) -> bytes:
        """Return the next file with these records, whatever they are."""
        self.sequence += 1
        text = self.manifest(records, **manifest)
        members = {
            "records.jsonl.zst": compress_lines(records, "records") if records else compress_lines([], "records"),
            "summary.json": canonical_json(self.summary()),
        }
        data, self.previous = self.signed(text, members)
        return data

    def raw_file(self, lines: list[bytes], **manifest: Any) -> bytes:
        """Return the next file with lines that no writer would write."""
        import zstandard

        self.sequence += 1
        content = b"".join(line + b"\n" for line in lines)
        members = {
            "records.jsonl.zst": zstandard.ZstdCompressor(level=3).compress(content),
            "summary.json": canonical_json(self.summary()),
        }
        span = {"count": len(lines), "record_from": 1 if lines else None, "record_to": len(lines) or None}
        data, self.previous = self.signed({**self.manifest([]), **span, **manifest}, members)
        return data

    def summary(self) -> dict[str, Any]:
        return {"reports": [], "last_record": self.records[-1]["sequence"] if self.records else 0}

    def manifest(self, records: list[Any], **changed: Any) -> dict[str, Any]:
        first, last = (records[0]["sequence"], records[-1]["sequence"]) if records else (None, None)
        fields = {
            "format": "motcua-sync",
            "version": 1,
            "office": f"Ủy ban nhân dân xã Thử {self.number}",
            "agency_code": self.agency,
            "workstation": self.workstation,
            "epoch": self.epoch,
            "sequence": self.sequence,
            "previous": self.previous,
            "record_from": first,
            "record_to": last,
            "count": len(records),
            "made_at": instant(self.day, 17),
            "training": self.training,
        }
        return {**fields, **changed}

    def signed(self, manifest: dict[str, Any], members: dict[str, bytes]) -> tuple[bytes, str]:
        """Return a signed file and the digest of its manifest."""
        import hashlib

        text = canonical_json({**manifest, **digests(members), "public_key": self.public_key})
        file = pack({"manifest.json": text, "manifest.sig": sign(self.key, text), **members})
        return file, hashlib.sha256(text).hexdigest()

    def restore(self, count: int) -> None:
        """Go back to the first records, in a new epoch."""
        self.records, self.sent = self.records[:count], 0
        self.epoch_number += 1
        self.previous, self.sequence = None, 0
