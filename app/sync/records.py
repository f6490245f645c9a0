"""One line of the file that goes up: an act of the office, chained by digest to the one before it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from app.sync.canonical import canonical
from app.sync.envelope import sha256
from app.sync.field_checks import Shape, hexadecimal, integer_between, is_instant, is_object, is_uuid, nullable, text


class Record(TypedDict):
    """One act. `id` is a UUID; `workstation` and `actor` are the desk and the person whose act it was; `sequence`
    counts from 1 without gaps; `type` is `dossier`, `progress` or a later word; `schema` is the payload's version;
    `dossier` is its code, None for an act on no dossier; instants are ISO 8601 with their offset; `hash` and
    `previous_hash` are SHA-256 in hexadecimal, the latter None for the first act of all."""

    id: str
    workstation: int
    sequence: int
    type: str
    schema: int
    occurred_at: str
    entered_at: str
    actor: str
    dossier: str | None
    payload: dict[str, Any]
    hash: str
    previous_hash: str | None


RECORD: Shape = {
    "id": text(1, 64),
    "workstation": integer_between(1, 99),
    "sequence": integer_between(1),
    "type": text(1, 64),
    "schema": integer_between(1, 2**31 - 1),
    "occurred_at": text(1, 64),
    "entered_at": text(1, 64),
    "actor": text(0, 200),
    "dossier": nullable(text(1, 100)),
    "payload": is_object,
    "hash": hexadecimal(64),
    "previous_hash": nullable(hexadecimal(64)),
}

_OF_THE_PORTAL = (
    *("ChuHoSo", "LoaiDinhDanh", "SoDinhDanh", "SoGiayToChuHoSo", "DinhDanhCHS", "MaDoiTuong", "NgaySinh", "GioiTinh"),
    *("Email", "Fax", "SoDienThoai", "DiaChi", "NguoiNop", "NguoiNopHoSo", "NguoiUyQuyen", "NguoiNhanKetQua"),
)
_FREE_NOTES = (
    *("ThongTinKhac", "GhiChu", "TrichYeuHoSo", "NoiDungXuLy", "NoiDungBoSung", "ThongTinTiepNhan", "ThongTinTra"),
    *("LyDo", "LyDoTuChoi", "note"),
)
_OF_FILES = ("TenTepDinhKem", "DuongDanTaiTepTin", "DuongDanTepTinKetQua")  # a file is often named after a person
_OF_THE_COUNTER = (
    *("applicant", "submitter", "principal", "received_by", "name", "birth_date", "gender", "id_number", "phone"),
    *("address", "email"),
)

PEOPLE_FIELDS = frozenset((*_OF_THE_PORTAL, *_FREE_NOTES, *_OF_FILES, *_OF_THE_COUNTER))
"""Keys of a payload, at any depth and in small or capital letters, whose values tell who a citizen is, or are free
notes in which anybody may have written it (Law 91/2025/QH15: least data). An officer's own name is not among them."""

_PEOPLE_FIELDS_FOLDED = frozenset(name.lower() for name in PEOPLE_FIELDS)


class ChainFault(NamedTuple):
    """The first record that does not fit the chain, and which of its fields says so: `hash` or `previous_hash`."""

    sequence: int
    field: str


def without_people(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with every key of `PEOPLE_FIELDS` left out, however deep."""
    return {key: _strip_people(value) for key, value in payload.items() if key.lower() not in _PEOPLE_FIELDS_FOLDED}


def record_hash(record: Mapping[str, Any]) -> str:
    """The digest that chains the record: over all of it but `hash`, without people, so that it holds whether or not
    they are sent. Raises ValueError for what JSON cannot carry."""
    covered = {**record, "payload": without_people(record["payload"])}
    covered.pop("hash", None)
    return sha256(canonical(covered))


def chain_fault(records: Sequence[Record]) -> ChainFault | None:
    """The first of the records, in their order, whose digest or link to the one before does not fit; None when the
    chain holds. The first record's own link leads out of the list and is for the caller to compare."""
    before: str | None = None
    for place, record in enumerate(records):
        if place and record["previous_hash"] != before:
            return ChainFault(record["sequence"], "previous_hash")
        if not _hash_fits(record):
            return ChainFault(record["sequence"], "hash")
        before = record["hash"]
    return None


def _hash_fits(record: Record) -> bool:
    try:
        return record["hash"] == record_hash(record)
    except ValueError:
        return False  # what JSON cannot carry has no digest


def record_fault(record: Record) -> str | None:
    """The field for which a receiver must turn down this one record while it takes the rest: an `id` that is no
    UUID, an instant that is none, or a NUL character no database keeps (`payload`). None for a sound record."""
    if not is_uuid(record["id"]):
        return "id"
    for name, instant in (("occurred_at", record["occurred_at"]), ("entered_at", record["entered_at"])):
        if not is_instant(instant):
            return name
    unescaped = canonical(record).replace(b"\\\\", b"")  # a written-out backslash may stand before u0000
    return "payload" if b"\\u0000" in unescaped else None


def _strip_people(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_people(value)
    if isinstance(value, (list, tuple)):
        return [_strip_people(item) for item in value]
    return value
