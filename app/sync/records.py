"""Records of a sync file: events of the office, chained by digests."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypedDict

from app.sync.canonical import canonical_json
from app.sync.envelope import sha256
from app.sync.field_checks import (
    Shape,
    hexadecimal,
    integer_between,
    is_instant,
    is_object,
    is_uuid,
    nullable,
    text_between,
)


class Record(TypedDict):
    """One event.

    `id` is a UUID. `workstation` and `actor` are the desk and the user that acted. `sequence` counts from 1 without
    gaps. `type` is `dossier`, `progress` or a later value. `schema` is the payload's version. `dossier` is its
    code, None for an event without one. Instants are ISO 8601 with their offset. `hash` and `previous_hash` are
    SHA-256 in hexadecimal; `previous_hash` is None for the first event.
    """

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
    "id": text_between(1, 64),
    "workstation": integer_between(1, 99),
    "sequence": integer_between(1),
    "type": text_between(1, 64),
    "schema": integer_between(1, 2**31 - 1),
    "occurred_at": text_between(1, 64),
    "entered_at": text_between(1, 64),
    "actor": text_between(0, 200),
    "dossier": nullable(text_between(1, 100)),
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
_OF_FILES = ("TenTepDinhKem", "DuongDanTaiTepTin", "DuongDanTepTinKetQua")  # file names often contain a person's name
_OF_THE_COUNTER = (
    *("applicant", "submitter", "principal", "received_by", "name", "birth_date", "gender", "id_number", "phone"),
    *("address", "email"),
)

PEOPLE_FIELDS = frozenset((*_OF_THE_PORTAL, *_FREE_NOTES, *_OF_FILES, *_OF_THE_COUNTER))
"""Keys of personal data in a payload, at any depth and in any case.

Free notes are included because they may contain it (Law 91/2025/QH15: least data). An officer's name is not personal
data of a citizen.
"""

_SCALARS = frozenset((str, int, float, bool, type(None)))
_PEOPLE_FIELDS_FOLDED = frozenset(name.lower() for name in PEOPLE_FIELDS)


class ChainFault(NamedTuple):
    """The first record that breaks the chain.

    `field` is `hash` or `previous_hash`.
    """

    sequence: int
    field: str


def without_people(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload without the keys of `PEOPLE_FIELDS` at any depth."""
    return {
        key: value if value.__class__ in _SCALARS else _strip_people(value)
        for key, value in payload.items()
        if not _is_personal(key)
    }


@lru_cache(maxsize=4096)
def _is_personal(key: str) -> bool:
    return key.lower() in _PEOPLE_FIELDS_FOLDED


def record_hash(record: Mapping[str, Any], payload_text: bytes = b"") -> str:
    """Return the digest that chains a record.

    It covers everything but `hash` and personal data, so that it holds whether or not personal data is sent.
    `payload_text` is the canonical JSON of the payload, where the caller has it.

    Raises ValueError for what JSON cannot represent.
    """
    if payload_text and not _has_people(record["payload"]):
        return sha256(_line_around(record, payload_text))
    covered = {**record, "payload": without_people(record["payload"])}
    covered.pop("hash", None)
    return sha256(canonical_json(covered))


def _line_around(record: Mapping[str, Any], payload_text: bytes) -> bytes:
    """Return the canonical JSON of a record, without `hash`.

    `payload_text` is that of its payload.
    """
    before, after = dict[str, Any](), dict[str, Any]()
    for name, value in record.items():
        (before if name < "payload" else after)[name] = value
    del after["payload"]
    before.pop("hash", None)
    return b'%b,"payload":%b,%b' % (canonical_json(before)[:-1], payload_text, canonical_json(after)[1:])


def chain_fault(records: Sequence[Record]) -> ChainFault | None:
    """Return the first record with a wrong digest or link, or None.

    The first record's link leads out of the list; the caller compares it.
    """
    before: str | None = None
    for place, record in enumerate(records):
        if place and record["previous_hash"] != before:
            return ChainFault(record["sequence"], "previous_hash")
        if not _hash_fits(record):
            return ChainFault(record["sequence"], "hash")
        before = record["hash"]
    return None


def line_without_people(record: Record) -> bytes | None:
    """Return the line of a record without personal data.

    It is None for a wrong digest. The digest covers the line without its own member, which is the first `"hash":`,
    because an earlier one inside a string would be escaped.
    """
    try:
        line = canonical_json({**record, "payload": without_people(record["payload"])}) + b"\n"
    except ValueError:
        return None  # a value that JSON cannot represent has no digest
    covered = line[:-1].replace(b'"hash":"%b",' % record["hash"].encode(), b"", 1)
    return line if sha256(covered) == record["hash"] else None


def _hash_fits(record: Record) -> bool:
    try:
        return record["hash"] == record_hash(record)
    except ValueError:
        return False  # a value that JSON cannot represent has no digest


def record_fault(record: Record) -> str | None:
    """Return the field for which a receiver rejects one record, or None.

    It is an `id` that is no UUID, an instant that is invalid, or a `payload` with a NUL character, which no
    database stores.
    """
    if not is_uuid(record["id"]):
        return "id"
    for name, instant in (("occurred_at", record["occurred_at"]), ("entered_at", record["entered_at"])):
        if not is_instant(instant):
            return name
    unescaped = canonical_json(record).replace(b"\\\\", b"")  # an escaped backslash before u0000 is no NUL
    return "payload" if b"\\u0000" in unescaped else None


def _has_people(payload: Mapping[str, Any]) -> bool:
    """Return whether a payload has a key of `PEOPLE_FIELDS` at any depth."""
    nested = [value for value in payload.values() if value.__class__ not in _SCALARS]
    return _names_people(tuple(payload)) or any(map(_value_has_people, nested))


@lru_cache(maxsize=1024)
def _names_people(keys: tuple[str, ...]) -> bool:
    return any(map(_is_personal, keys))


def _value_has_people(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_value_has_people, value))
    return isinstance(value, Mapping) and _has_people(value)


def _strip_people(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_people(value)
    if isinstance(value, (list, tuple)):
        return [_strip_people(item) for item in value]
    return value
