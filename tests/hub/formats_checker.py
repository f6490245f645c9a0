"""Reader and writer of sync files, written from docs/formats.md alone.

Nothing of `app` or `hub` is imported, so that a mistake of the program is not repeated here. `FormatError` names the
sentence of the page that a file breaks.
"""

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import pyrage
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def _names(text: str) -> list[str]:
    return text.split()


_PERSONAL = _names(
    "ChuHoSo LoaiDinhDanh SoDinhDanh SoGiayToChuHoSo DinhDanhCHS MaDoiTuong NgaySinh GioiTinh Email Fax "
    "SoDienThoai DiaChi NguoiNop NguoiNopHoSo NguoiUyQuyen NguoiNhanKetQua ThongTinKhac GhiChu TrichYeuHoSo "
    "NoiDungXuLy NoiDungBoSung ThongTinTiepNhan ThongTinTra LyDo LyDoTuChoi note TenTepDinhKem DuongDanTaiTepTin "
    "DuongDanTepTinKetQua applicant submitter principal received_by name birth_date gender id_number phone "
    "address email"
)
PERSONAL = frozenset(name.lower() for name in _PERSONAL)
BUNDLE_FIELDS = _names(
    "format version office agency_code workstation epoch sequence previous record_from record_to count made_at "
    "records_sha256 summary_sha256 public_key training"
)
ACK_FIELDS = _names(
    "format version office agency_code workstation epoch sequence manifest_sha256 made_at public_key "
    "results_sha256 count"
)
RECORD_FIELDS = _names(
    "id workstation sequence type schema occurred_at entered_at actor dossier payload hash previous_hash"
)
STATE_FIELDS = _names("status outcome received_at original_due_at due_at closed_at returned_at")
_MOST_BYTES, _MOST_MANIFEST, _MOST_TEXT, _MOST_RECORDS = 96 * 2**20, 64 * 2**10, 512 * 2**20, 5_000
_is_uuid = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_is_instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)").fullmatch
_is_digest = re.compile(r"[0-9a-f]{64}").fullmatch


class FormatError(Exception):
    """A file breaks the page."""


def require(condition: object, sentence: str) -> None:
    """Raise FormatError unless the condition holds."""
    if not condition:
        raise FormatError(sentence)


def write_container(members: Mapping[str, bytes]) -> bytes:
    """Return the zip of the page, byte by byte."""
    local, central = b"", b""
    for name, content in members.items():
        label = name.encode("ascii")
        middle = struct.pack(
            *("<HHH2sIIIHH", 0, 0, 0, bytes.fromhex("2100"), zlib.crc32(content), len(content), len(content)),
            *(len(label), 0),
        )
        central += bytes.fromhex("504b0102") + struct.pack("<HH", 20, 20) + middle
        central += struct.pack("<HHHII", 0, 0, 0, 0, len(local)) + label
        local += bytes.fromhex("504b0304") + struct.pack("<H", 20) + middle + label + content
    sizes = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(central), len(local), 0)
    return local + central + bytes.fromhex("504b0506") + sizes


def read_container(data: bytes) -> dict[str, bytes]:
    """Return the members; the whole file must be what the page lays down."""
    require(len(data) <= _MOST_BYTES, "at most 96 MiB")
    members: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == bytes.fromhex("504b0304"):
        require(len(data) >= at + 30, "local header")
        size, length = struct.unpack_from("<I", data, at + 18)[0], struct.unpack_from("<H", data, at + 26)[0]
        name = data[at + 30 : at + 30 + length]
        require(name.isascii() and name.decode("ascii") not in members, "names in ASCII, once each")
        at += 30 + length + size
        members[name.decode("ascii")] = data[at - size : at]
    require(0 < len(members) <= 4, "at most 4 members")
    require(write_container(members) == data, "a reader compares the whole file")
    return members


def canonical(value: Any) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def read_canonical(text: bytes, what: str) -> Any:
    """Return the value of canonical JSON."""
    try:
        value = json.loads(text)
        require(canonical(value) == text, f"{what} is canonical JSON")
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{what} is canonical JSON") from error
    return value


def read_lines(frame: bytes) -> list[Any]:
    """Return the values of a `.jsonl.zst` member."""
    try:
        size = zstandard.get_frame_parameters(frame).content_size
        require(0 <= size <= _MOST_TEXT, "one frame with its content size")
        text = zstandard.ZstdDecompressor(max_window_size=2**27).decompress(frame)
    except zstandard.ZstdError as error:
        raise FormatError("one zstandard frame") from error
    require(len(text) == size and (not text or text.endswith(b"\n")), "lines each ended by U+000A")
    return [read_canonical(line, "a line") for line in text.split(b"\n")[:-1]]


def read_envelope(data: bytes, fields: list[str], digests: Mapping[str, tuple[str, ...]]) -> tuple[Any, list[bytes]]:
    """Return the manifest and the content members of a signed file."""
    members = read_container(data)
    names = list(members)
    require(names[:2] == ["manifest.json", "manifest.sig"] and len(names) == 2 + len(digests), "members in order")
    require(len(members["manifest.json"]) <= _MOST_MANIFEST, "manifest of at most 64 KiB")
    manifest = read_canonical(members["manifest.json"], "manifest.json")
    require(isinstance(manifest, dict) and sorted(manifest) == sorted(fields), "exactly the listed fields")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest["public_key"]))
        key.verify(members["manifest.sig"], members["manifest.json"])
    except (InvalidSignature, ValueError, TypeError) as error:
        raise FormatError("signature by public_key") from error
    for name, (field, allowed) in zip(names[2:], digests.items(), strict=True):
        require(name in allowed, "content members by name")
        require(hashlib.sha256(members[name]).hexdigest() == manifest[field], "digest of the member as stored")
    require(_is_uuid(manifest["epoch"]) and _is_instant(manifest["made_at"]), "epoch is a UUID, made_at an instant")
    return manifest, [members[name] for name in names[2:]]


def manifest_digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a manifest."""
    return hashlib.sha256(read_container(data)["manifest.json"]).hexdigest()


def check_bundle(data: bytes, previous: bytes | None, identity: str | None = None) -> tuple[Any, list[Any]]:
    """Check a `.mcsync` behind its predecessor; return manifest and records."""
    digests = {
        "records_sha256": ("records.jsonl.zst", "records.jsonl.zst.age"),
        "summary_sha256": ("summary.json",),
    }
    manifest, (frame, summary) = read_envelope(data, BUNDLE_FIELDS, digests)
    require((manifest["format"], manifest["version"]) == ("motcua-sync", 1), "format and version")
    require(manifest["previous"] == (None if previous is None else manifest_digest(previous)), "previous")
    require((manifest["sequence"] == 1) == (previous is None), "sequence counts from 1")
    if identity is not None:
        frame = pyrage.decrypt(frame, [pyrage.x25519.Identity.from_str(identity)])
    records = read_lines(frame)
    require(manifest["count"] == len(records) <= _MOST_RECORDS, "count, at most 5,000")
    ends = (records[0]["sequence"], records[-1]["sequence"]) if records else (None, None)
    require((manifest["record_from"], manifest["record_to"]) == ends, "record_from, record_to")
    for place, record in enumerate(records):
        _check_record(record, records[place - 1] if place else None, sealed=identity is not None)
        require(record["workstation"] == manifest["workstation"], "the chain of one desk")
    facts = read_canonical(summary, "summary.json")
    require(isinstance(facts["reports"], list) and facts["last_record"] >= (ends[1] or 0), "summary")
    return manifest, records


def _check_record(record: Any, before: Any, *, sealed: bool) -> None:
    require(sorted(record) == sorted(RECORD_FIELDS), "fields of a record")
    require(_is_uuid(record["id"]), "id is a UUID")
    require(_is_instant(record["occurred_at"]) and _is_instant(record["entered_at"]), "instants")
    if before is not None:
        require(record["sequence"] == before["sequence"] + 1, "without gaps")
        require(record["previous_hash"] == before["hash"], "previous_hash")
    payload = without_people(record["payload"])
    require(sealed or payload == record["payload"], "personal fields only in a sealed member")
    require(record_hash(record) == record["hash"], "hash")
    if record["schema"] == 2:
        require(sorted(record["payload"]["state"]) == sorted(STATE_FIELDS), "state")


def record_hash(record: Mapping[str, Any]) -> str:
    """Return the digest of a record."""
    covered = {**record, "payload": without_people(record["payload"])}
    covered.pop("hash", None)
    return hashlib.sha256(canonical(covered)).hexdigest()


def without_people(value: Any) -> Any:
    """Return a payload without personal fields at any depth."""
    if isinstance(value, dict):
        return {key: without_people(item) for key, item in value.items() if key.lower() not in PERSONAL}
    return [without_people(item) for item in value] if isinstance(value, list) else value


def check_ack(data: bytes, answered: bytes, receiver_signs: str, ids: list[str]) -> dict[str, int]:
    """Check a `.mcack` against the file that it answers; return its counts.

    `ids` are those of the file's records, `?` for a record without one.
    """
    manifest, (frame,) = read_envelope(data, ACK_FIELDS, {"results_sha256": ("results.jsonl.zst",)})
    require((manifest["format"], manifest["version"]) == ("motcua-ack", 1), "format and version")
    require(manifest["public_key"] == receiver_signs, "signed by the receiver")
    sent = json.loads(read_container(answered)["manifest.json"])
    same = ("office", "agency_code", "workstation", "epoch", "sequence")
    require([manifest[name] for name in same] == [sent[name] for name in same], "as in the file answered")
    require(_is_digest(manifest["manifest_sha256"]), "digest in lower-case hexadecimal")
    require(manifest["manifest_sha256"] == manifest_digest(answered), "digest of the manifest answered")
    lines = read_lines(frame)
    require(manifest["count"] == len(lines) and [line["id"] for line in lines] == ids, "one line for each record")
    counts = {"accepted": 0, "already": 0, "rejected": 0}
    for line in lines:
        fields = (
            ["id", "result", "sequence"] if line["result"] != "rejected" else ["id", "reason", "result", "sequence"]
        )
        require(sorted(line) == sorted(fields), "fields of a result")
        counts[line["result"]] += 1
    return counts


def write_bundle(
    manifest: Mapping[str, Any],
    records: list[dict[str, Any]],
    key: bytes,
    container: Callable[[Mapping[str, bytes]], bytes] = write_container,
) -> bytes:
    """Return a `.mcsync` as another program writes it."""
    before: str | None = None
    for record in records:
        record["previous_hash"] = before
        before = record["hash"] = record_hash(record)
    frame = zstandard.ZstdCompressor(level=3).compress(b"".join(canonical(record) + b"\n" for record in records))
    summary = canonical({"reports": [], "last_record": records[-1]["sequence"]})
    private = Ed25519PrivateKey.from_private_bytes(key)
    complete = {
        **manifest,
        "public_key": private.public_key().public_bytes_raw().hex(),
        "records_sha256": hashlib.sha256(frame).hexdigest(),
        "summary_sha256": hashlib.sha256(summary).hexdigest(),
    }
    text = canonical(complete)
    return container(
        {
            "manifest.json": text,
            "manifest.sig": private.sign(text),
            "records.jsonl.zst": frame,
            "summary.json": summary,
        }
    )
