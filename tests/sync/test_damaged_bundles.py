"""Damaged, forged and hostile sync files raise only BundleRefused (S4)."""

import functools
import io
import tracemalloc
import zipfile

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import compressed_lines, container
from app.sync.ack import read_ack
from app.sync.bundle import Bundle, read_bundle, read_manifest
from app.sync.canonical import canonical_json
from app.sync.container import pack, unpack
from app.sync.errors import BundleRefused
from app.sync.records import record_hash
from app.sync.signing import new_signing_key
from tests.support.json_strategies import json_values
from tests.support.sync_samples import bundle_bytes, chain, resigned

SMALL = bundle_bytes(1)
MEMBERS = unpack(SMALL)
MANIFEST = read_manifest(SMALL).values
BODY = {name: MEMBERS[name] for name in ("records.jsonl.zst", "summary.json")}


def refusal(data: bytes) -> str | None:
    try:
        read_bundle(data)
    except BundleRefused as refused:
        return refused.code
    return None


def compressed(raw: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(raw)


def with_records(raw: bytes, **changed: object) -> bytes:
    return resigned({**MANIFEST, **changed}, {**BODY, "records.jsonl.zst": compressed(raw)})


def as_lines(*values: object) -> bytes:
    return b"".join(canonical_json(value) + b"\n" for value in values)


def rezipped(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in MEMBERS.items():
            file.writestr(name, content)
    return out.getvalue()


def test_unmodified_files_are_accepted():
    assert refusal(SMALL) is None
    assert resigned(MANIFEST, BODY) == SMALL
    assert refusal(with_records(as_lines(*chain(1)))) is None


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_every_changed_byte_is_refused(flip):
    accepted = [
        at for at in range(len(SMALL)) if refusal(SMALL[:at] + bytes([SMALL[at] ^ flip]) + SMALL[at + 1 :]) is None
    ]
    assert accepted == []


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(at, flip):
    assert refusal(SMALL[:at] + bytes([SMALL[at] ^ flip]) + SMALL[at + 1 :]) is not None


def test_every_truncated_file_is_refused():
    codes = {refusal(SMALL[:end]) for end in range(4, len(SMALL))}
    assert codes <= {"bundle_incomplete", "bundle_members"}
    assert {refusal(SMALL[:end]) for end in range(4)} == {"bundle_not_zip"}


@given(st.integers(0, len(SMALL)), st.binary(min_size=1, max_size=30))
def test_inserted_bytes_are_refused(at, extra):
    assert refusal(SMALL[:at] + extra + SMALL[at:]) is not None


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_raise_only_bundle_refused(noise, marked):
    data = b"PK\x03\x04" + noise if marked else noise
    assert refusal(data) is not None
    with pytest.raises(BundleRefused):
        read_ack(data, known_key=None)


@settings(max_examples=60)
@given(st.sampled_from(sorted(MEMBERS)), st.binary(max_size=200))
def test_any_member_content_is_refused(name, content):
    if content != MEMBERS[name]:
        assert refusal(pack({**MEMBERS, name: content})) is not None


@given(st.sampled_from(sorted(set(MANIFEST) - {"records_sha256", "summary_sha256", "public_key"})), json_values)
def test_signed_manifest_with_any_value_is_read_or_refused(field, value):
    read = functools.partial(read_bundle, resigned({**MANIFEST, field: value}, BODY))
    try:
        assert isinstance(read(), Bundle)
    except BundleRefused as refused:
        assert refused.code in ("bundle_manifest", "bundle_format", "bundle_newer", "bundle_count", "bundle_sequence")


@given(st.lists(json_values, max_size=3))
def test_signed_lines_that_are_no_records_are_refused(values):
    if values:
        assert refusal(with_records(as_lines(*values), count=len(values))) == "bundle_record"


@given(st.sampled_from(sorted(chain(1)[0])), json_values)
def test_signed_record_with_any_value_is_read_or_refused(field, value):
    changed = {**chain(1)[0], field: value}
    if field != "hash" and isinstance(changed["payload"], dict):
        changed["hash"] = record_hash(changed)
    code = refusal(with_records(as_lines(changed)))
    assert code in (None, "bundle_record", "bundle_sequence", "bundle_chain")
    assert field != "hash" or code is not None or value == chain(1)[0]["hash"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bundle_not_zip"),
        (b"MZ" + SMALL, "bundle_not_zip"),
        (SMALL + b"x", "bundle_layout"),
        (SMALL + SMALL, "bundle_layout"),
        (rezipped(zipfile.ZIP_STORED), "bundle_layout"),
        (rezipped(zipfile.ZIP_DEFLATED), "bundle_layout"),
        (pack({}), "bundle_not_zip"),
        (pack({**MEMBERS, "../manifest.json": b""}), "bundle_members"),
        (pack({"../../manifest.json": MEMBERS["manifest.json"], **BODY}), "bundle_members"),
        (pack({**MEMBERS, "records.jsonl.zst.age": b""}), "bundle_members"),
        (pack({name: MEMBERS[name] for name in MEMBERS if name != "summary.json"}), "bundle_members"),
        (pack({name: MEMBERS[name] for name in sorted(MEMBERS, reverse=True)}), "bundle_layout"),
        (pack({**MEMBERS, "manifest.sig": b""}), "bundle_signature"),
        (pack({**MEMBERS, "manifest.json": b"[]"}), "bundle_json"),
        (pack({**MEMBERS, "manifest.json": b"{"}), "bundle_json"),
        (pack({**MEMBERS, "manifest.json": b" " * 70_000}), "bundle_too_big"),
        (pack({**MEMBERS, "summary.json": b'{"reports":[]}'}), "bundle_damaged"),
        (resigned({**MANIFEST, "format": "motcua-ack"}, BODY), "bundle_format"),
        (resigned({**MANIFEST, "version": 2, "new": True}, BODY), "bundle_newer"),
        (resigned({**MANIFEST, "version": True}, BODY), "bundle_manifest"),
        (resigned({**MANIFEST, "extra": 1}, BODY), "bundle_manifest"),
        (resigned({**MANIFEST, "epoch": "1"}, BODY), "bundle_manifest"),
        (resigned({**MANIFEST, "training": 0}, BODY), "bundle_manifest"),
        (resigned({**MANIFEST, "count": 2}, BODY), "bundle_count"),
        (resigned({**MANIFEST, "record_from": 2, "record_to": 2}, BODY), "bundle_sequence"),
        (resigned({**MANIFEST, "record_to": 5}, BODY), "bundle_sequence"),
        (resigned({**MANIFEST, "sequence": 2}, BODY), "bundle_manifest"),
        (resigned(MANIFEST, {**BODY, "summary.json": b"{}"}), "bundle_json"),
        (resigned(MANIFEST, {**BODY, "summary.json": b" " * (9 * 2**20)}), "bundle_too_big"),
        (resigned(MANIFEST, {**BODY, "records.jsonl.zst": b""}), "bundle_damaged"),
        (resigned(MANIFEST, {**BODY, "records.jsonl.zst": BODY["records.jsonl.zst"][:-3]}), "bundle_damaged"),
        (with_records(canonical_json(chain(1)[0])), "bundle_damaged"),
        (with_records(b"{}\n"), "bundle_record"),
        (with_records(b"{\n"), "bundle_json"),
        (with_records(b"[" * 100_000 + b"\n"), "bundle_json"),
        (with_records(as_lines(*chain(2)[:1], chain(3)[2]), count=2, record_to=3), "bundle_sequence"),
        (with_records(as_lines(chain(2)[1]), record_from=2, record_to=2), None),
        (with_records(as_lines({**chain(1)[0], "hash": "0" * 64})), "bundle_chain"),
    ],
)
def test_each_fault_has_its_code(data, code):
    assert refusal(data) == code


def test_repeated_member_is_refused():
    out = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "w") as file:
        for name in ("manifest.json", "manifest.sig", "results.jsonl.zst", "manifest.json"):
            file.writestr(name, b"{}")
    with pytest.raises(BundleRefused) as refused:
        read_ack(out.getvalue(), known_key=None)
    assert refused.value.values == {"name": "manifest.json"}


def test_consistent_forgery_is_refused_by_its_key():
    forged = resigned({**MANIFEST, "office": "Xã Khác"}, BODY, new_signing_key())
    assert refusal(forged) is None
    with pytest.raises(BundleRefused) as refused:
        read_bundle(forged, known_key=bytes.fromhex(MANIFEST["public_key"]))
    assert refused.value.code == "bundle_unknown_key"


def test_member_beyond_the_size_limit_is_refused(monkeypatch):
    monkeypatch.setattr(compressed_lines, "MAX_TEXT_BYTES", 2**20)
    assert refusal(with_records(b" " * 2**21)) == "bundle_too_big"


def test_member_with_wrong_declared_size_is_refused():
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(as_lines(*chain(1)))
    assert refusal(resigned(MANIFEST, {**BODY, "records.jsonl.zst": unsized})) == "bundle_too_big"
    frame = compressed(b"\n" * 200)
    misdeclared = frame[:5] + bytes([frame[5] - 50]) + frame[6:]
    assert refusal(resigned(MANIFEST, {**BODY, "records.jsonl.zst": misdeclared})) == "bundle_damaged"


def test_decompression_bomb_uses_little_memory():
    frame = compressed(bytes(64 * 2**20))
    assert frame[6:10] == (64 * 2**20).to_bytes(4, "little")
    data = resigned(MANIFEST, {**BODY, "records.jsonl.zst": frame[:6] + (1000).to_bytes(4, "little") + frame[10:]})
    tracemalloc.start()
    code = refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, peak < 16 * 2**20) == ("bundle_damaged", True)


def test_oversized_file_is_refused(monkeypatch):
    monkeypatch.setattr(container, "MAX_FILE_BYTES", len(SMALL) - 1)
    assert refusal(SMALL) == "bundle_too_big"


def test_long_values_are_shortened():
    with pytest.raises(BundleRefused) as refused:
        read_bundle(resigned({**MANIFEST, "format": "x" * 500}, BODY))
    assert len(str(refused.value.values["found"])) == 60
