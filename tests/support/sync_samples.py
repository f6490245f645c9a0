"""Sample records, headers and files of sync tests."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.sync.ack import Result, write_ack_lines
from app.sync.bundle import Bundle, BundleHeader, write_bundle
from app.sync.canonical import canonical_json
from app.sync.container import pack
from app.sync.records import Record, record_hash
from app.sync.signing import public_key, sign

OFFICE_KEY = bytes(range(32))
RECEIVER_KEY = bytes(range(32, 64))
EPOCH = "0f5b6c1e-8a52-4d0b-9d3e-2f4c5a6b7c8d"
SUMMARY: dict[str, Any] = {"reports": [{"period": {"from": "2025-12-15", "to": "2026-03-14"}, "rows": []}]}
PERSON = {
    "ChuHoSo": "Nguyễn Thị Ẫm",
    "SoGiayToChuHoSo": "048190001234",
    "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": "048190001234"},
    "SoDienThoai": "0905000111",
    "GhiChu": "nhà bà Bưởi đầu ngõ",
}
DOSSIER = {"MaHoSo": "H29.12-260212-0001", "MaTTHC": "2.000815", "TrangThaiHoSo": "4", "NgayTiepNhan": "20260212093000"}


def record(sequence: int, previous: str | None, payload: dict[str, Any]) -> Record:
    sample: Record = {
        "id": str(UUID(int=sequence)),
        "workstation": 1,
        "sequence": sequence,
        "type": "dossier",
        "schema": 1,
        "occurred_at": "2026-02-12T09:30:00+07:00",
        "entered_at": "2026-02-12T09:30:05+07:00",
        "actor": "Cán bộ Thử",
        "dossier": "H29.12-260212-0001",
        "payload": payload,
        "hash": "",
        "previous_hash": previous,
    }
    sample["hash"] = record_hash(sample)
    return sample


def chain(count: int, first: int = 1, payload: dict[str, Any] | None = None) -> list[Record]:
    records: list[Record] = []
    previous = None if first == 1 else "ab" * 32
    for sequence in range(first, first + count):
        records.append(record(sequence, previous, {**DOSSIER, **PERSON} if payload is None else payload))
        previous = records[-1]["hash"]
    return records


def header(sequence: int = 1, previous: str | None = None, **changed: Any) -> BundleHeader:
    fields: dict[str, Any] = {
        "office": "Ủy ban nhân dân xã Thử",
        "agency_code": "H29.12",
        "workstation": 1,
        "epoch": EPOCH,
        "sequence": sequence,
        "previous": previous,
        "made_at": "2026-02-12T17:00:00+07:00",
        "training": False,
    }
    return BundleHeader(**{**fields, **changed})


def bundle_bytes(count: int = 3, receiver: str | None = None) -> bytes:
    return write_bundle(header(), chain(count), SUMMARY, OFFICE_KEY, receiver)


def resigned(manifest: dict[str, Any], members: dict[str, bytes], key: bytes = OFFICE_KEY) -> bytes:
    """Return a file with valid signature, key and digests around any content."""
    text = canonical_json({**manifest, **digests(members), "public_key": public_key(key).hex()})
    return pack({"manifest.json": text, "manifest.sig": sign(key, text), **members})


def digests(members: dict[str, bytes]) -> dict[str, str]:
    """Return the manifest's digest fields of members by their file stems."""
    return {f"{name.split('.')[0]}_sha256": hashlib.sha256(content).hexdigest() for name, content in members.items()}


def write_ack(bundle: Bundle, results: Sequence[Result], made_at: str, signing_key: bytes) -> bytes:
    """Return an answer of results, without a check of them."""
    return write_ack_lines(bundle, [canonical_json(result) + b"\n" for result in results], made_at, signing_key)
