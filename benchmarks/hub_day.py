"""The country's day: one file of each commune, with invented dossiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from app.sync.bundle import BundleHeader, write_bundle
from app.sync.records import Record, record_hash
from app.sync.signing import public_key

COMMUNES, DOSSIERS = 3_321, 200
DAY = date(2026, 2, 12)
_NAMES = UUID("6f0f9c5e-0000-4000-8000-000000000001")
_FIELDS = ("Hộ tịch", "Chứng thực", "Đất đai", "Bảo trợ xã hội", "Đăng ký kinh doanh", "Nuôi con nuôi")


@dataclass(frozen=True)
class Commune:
    """A commune's office: its key, its code and its file of the day."""

    public_key: str
    agency_code: str
    file: bytes


def communes(count: int, dossiers: int, first: int = 1) -> Iterator[Commune]:
    """Yield communes with a file of their dossiers.

    Each dossier has a record of its intake and one of its end.
    """
    for number in range(first, first + count):
        key = number.to_bytes(32, "big")
        agency = f"H{number % 90 + 10}.{number // 90 + 1}"
        records = _records(number, agency, dossiers)
        header = BundleHeader(
            office=f"Ủy ban nhân dân xã số {number}",
            agency_code=agency,
            workstation=1,
            epoch=str(uuid5(_NAMES, f"epoch {number}")),
            sequence=1,
            previous=None,
            made_at=_at(17),
            training=True,
        )
        summary: dict[str, Any] = {"reports": [], "last_record": len(records)}
        yield Commune(public_key(key).hex(), agency, write_bundle(header, records, summary, key, None))


def _records(number: int, agency: str, dossiers: int) -> list[Record]:
    records: list[Record] = []
    for serial in range(1, dossiers + 1):
        code = f"{agency}-{DAY:%y%m%d}-{serial:04d}"
        payload = {
            "MaHoSo": code,
            "MaTTHC": "2.000815",
            "TenTTHC": "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp",
            "TenLinhVuc": _FIELDS[serial % len(_FIELDS)],
            "KenhThucHien": str(serial % 3 + 1),
            "LoaiDoiTuong": "1",
            "NgayTiepNhan": "20260212090000",
            "NgayHenTra": "20260219170000",
            "TrangThaiHoSo": "2",
            "DonViXuLy": f"Ủy ban nhân dân xã số {number}",
            "state": _state("received", None),
        }
        records.append(_record(number, len(records) + 1, "dossier", code, payload, records))
        progress = {
            "MaHoSo": code,
            "NguoiXuLy": "Nguyễn Văn Thử",
            "ChucDanh": "Công chức",
            "ThoiDiemXuLy": "20260212150000",
            "PhongBanXuLy": "Bộ phận Một cửa",
            "TrangThai": "9",
            "action": "finish",
            "state": _state("finished", _at(15)),
        }
        records.append(_record(number, len(records) + 1, "progress", code, progress, records))
    return records


def _record(number: int, sequence: int, kind: str, code: str, payload: dict[str, Any], before: list[Record]) -> Record:
    record: Record = {
        "id": str(uuid5(_NAMES, f"{number} {sequence}")),
        "workstation": 1,
        "sequence": sequence,
        "type": kind,
        "schema": 2,
        "occurred_at": _at(9),
        "entered_at": _at(9),
        "actor": "Nguyễn Văn Thử",
        "dossier": code,
        "payload": payload,
        "hash": "",
        "previous_hash": before[-1]["hash"] if before else None,
    }
    record["hash"] = record_hash(record)
    return record


def _state(status: str, closed_at: str | None) -> dict[str, str | None]:
    due = f"{DAY + timedelta(days=7)}T17:00:00+07:00"
    return {
        "status": status,
        "outcome": None if closed_at is None else status,
        "received_at": _at(9),
        "original_due_at": due,
        "due_at": due,
        "closed_at": closed_at,
        "returned_at": None,
    }


def _at(hour: int) -> str:
    return f"{DAY.isoformat()}T{hour:02d}:00:00+07:00"
