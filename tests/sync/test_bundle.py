"""Sync files: content, round trip, and refused input."""

import hashlib
import io
import json
import zipfile

import pyrage
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.sync.bundle import read_bundle, read_manifest, write_bundle
from app.sync.errors import BundleRefused
from app.sync.records import chain_fault, record_hash, without_people
from app.sync.signing import new_signing_key, public_key, sign, verify
from tests.support.json_strategies import json_values, texts
from tests.support.sync_samples import DOSSIER, EPOCH, OFFICE_KEY, PERSON, SUMMARY, bundle_bytes, chain, header, record

MANIFEST_FIELDS = (
    "format version office agency_code workstation epoch sequence previous record_from record_to count made_at "
    "records_sha256 summary_sha256 public_key training"
)


@pytest.fixture(scope="module")
def identity():
    return pyrage.x25519.Identity.generate()


def code_of(act, *args, **kwargs):
    with pytest.raises(BundleRefused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_bundle_is_a_plain_zip():
    with zipfile.ZipFile(io.BytesIO(bundle_bytes())) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["manifest.json", "manifest.sig", "records.jsonl.zst", "summary.json"]
        assert {member.compress_type for member in opened.infolist()} == {zipfile.ZIP_STORED}
        assert {member.date_time for member in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_manifest_fields():
    with zipfile.ZipFile(io.BytesIO(bundle_bytes(3))) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(members["manifest.json"])
    assert sorted(manifest) == sorted(MANIFEST_FIELDS.split())
    assert (manifest["format"], manifest["version"], manifest["epoch"]) == ("motcua-sync", 1, EPOCH)
    assert (manifest["record_from"], manifest["record_to"], manifest["count"]) == (1, 3, 3)
    assert manifest["records_sha256"] == hashlib.sha256(members["records.jsonl.zst"]).hexdigest()
    assert manifest["summary_sha256"] == hashlib.sha256(members["summary.json"]).hexdigest()
    assert verify(bytes.fromhex(manifest["public_key"]), members["manifest.json"], members["manifest.sig"])
    lines = zstandard.ZstdDecompressor().decompress(members["records.jsonl.zst"]).splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == [1, 2, 3]
    assert json.loads(members["summary.json"]) == SUMMARY


def test_same_content_gives_same_bytes():
    assert bundle_bytes() == bundle_bytes()


def test_people_are_left_out_without_a_receiver():
    with zipfile.ZipFile(io.BytesIO(bundle_bytes())) as opened:
        text = zstandard.ZstdDecompressor().decompress(opened.read("records.jsonl.zst")).decode()
    for private in ("Nguyễn Thị Ẫm", "048190001234", "0905000111", "bà Bưởi", "ChuHoSo"):
        assert private not in text
    assert DOSSIER["MaHoSo"] in text


def test_records_and_chain_round_trip():
    records = chain(4, first=9)
    read = read_bundle(write_bundle(header(2, "cd" * 32), records, SUMMARY, OFFICE_KEY, None))
    assert read.records == tuple({**each, "payload": DOSSIER} for each in records)
    assert chain_fault(read.records) is None
    assert read.summary == SUMMARY
    assert (read.manifest["record_from"], read.manifest["record_to"]) == (9, 12)


@given(st.lists(st.dictionaries(texts, json_values, max_size=4), max_size=4), st.dictionaries(texts, json_values))
def test_any_payload_round_trips(payloads, summary):
    records, previous = [], None
    for sequence, payload in enumerate(payloads, 1):
        records.append(record(sequence, previous, payload))
        previous = records[-1]["hash"]
    summary = {**summary, "reports": []}
    read = read_bundle(write_bundle(header(), records, summary, OFFICE_KEY, None))
    assert [each["payload"] for each in read.records] == [without_people(payload) for payload in payloads]
    assert read.summary == summary


def test_unknown_record_type_is_accepted():
    unknown = record(1, None, {"Moi": 1})
    unknown["type"] = "chưa từng biết"
    unknown["hash"] = record_hash(unknown)
    assert read_bundle(write_bundle(header(), [unknown], SUMMARY, OFFICE_KEY, None)).records == (unknown,)


def test_bundle_without_records_has_the_summary():
    read = read_bundle(bundle_bytes(0))
    assert read.records == ()
    assert (read.manifest["record_from"], read.manifest["record_to"], read.manifest["count"]) == (None, None, 0)
    assert read.summary == SUMMARY


def test_next_bundle_refers_to_the_previous_manifest():
    first = bundle_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        digest = hashlib.sha256(opened.read("manifest.json")).hexdigest()
    signed = read_manifest(first)
    assert signed.sha256 == read_bundle(first).manifest_sha256 == digest
    assert signed.values == read_bundle(first).manifest
    second = read_bundle(write_bundle(header(2, digest), chain(1, first=4), SUMMARY, OFFICE_KEY, None))
    assert second.manifest["previous"] == digest


def test_people_are_encrypted_for_the_receiver(identity):
    sealed = bundle_bytes(receiver=str(identity.to_public()))
    with zipfile.ZipFile(io.BytesIO(sealed)) as opened:
        assert "records.jsonl.zst.age" in opened.namelist()
        assert "records.jsonl.zst" not in opened.namelist()
    read = read_bundle(sealed, identity=str(identity))
    assert read.records[0]["payload"] == {**DOSSIER, **PERSON}
    assert read_manifest(sealed).values["count"] == 3
    assert code_of(read_bundle, sealed) == "bundle_encrypted"
    assert code_of(read_bundle, sealed, identity=str(pyrage.x25519.Identity.generate())) == "bundle_identity"
    assert code_of(read_bundle, sealed, identity="AGE-SECRET-KEY-1") == "bundle_identity"


def test_invalid_receiver_key_is_refused():
    assert code_of(bundle_bytes, receiver="age1không") == "bundle_receiver_key"


def test_thousand_records_are_small():
    assert len(bundle_bytes(1000)) < 200_000


@pytest.mark.parametrize(
    ("head", "records", "code"),
    [
        (header(2, None), chain(1), "bundle_manifest"),
        (header(1, "ab" * 32), chain(1), "bundle_manifest"),
        (header(workstation=100), chain(1), "bundle_manifest"),
        (header(made_at="2026-02-12T17:00:00"), chain(1), "bundle_manifest"),
        (header(office="xã\nThử"), chain(1), "bundle_manifest"),
        (header(office="\ud800"), chain(1), "bundle_manifest"),
        (header(), [chain(3)[0], chain(3)[2]], "bundle_sequence"),
        (header(), [{**chain(1)[0], "actor": "x"}], "bundle_chain"),
        (header(), [{**chain(1)[0], "extra": 1}], "bundle_record"),
        (header(), [{**chain(1)[0], "sequence": True}], "bundle_record"),
        (header(), [{**chain(1)[0], "payload": {"x": float("nan")}}], "bundle_chain"),
    ],
)
def test_unreadable_bundle_is_not_written(head, records, code):
    assert code_of(write_bundle, head, records, SUMMARY, OFFICE_KEY, None) == code


@pytest.mark.parametrize("summary", [{}, {"reports": None}, {"reports": [float("inf")]}])
def test_unreadable_summary_is_not_written(summary):
    assert code_of(write_bundle, header(), [], summary, OFFICE_KEY, None) == "bundle_json"


def test_unrepresentable_record_is_reported_with_its_line(identity):
    records = chain(2)
    records[1]["payload"]["GhiChu"] = "\ud800"
    with pytest.raises(BundleRefused) as refused:
        write_bundle(header(), records, SUMMARY, OFFICE_KEY, str(identity.to_public()))
    assert (refused.value.code, refused.value.values["line"]) == ("bundle_json", 2)


def test_unknown_signing_key_is_refused():
    data = bundle_bytes()
    assert read_bundle(data, known_key=public_key(OFFICE_KEY)).manifest["count"] == 3
    assert code_of(read_bundle, data, known_key=public_key(new_signing_key())) == "bundle_unknown_key"


def test_signature_verifies_for_its_key_and_message_only():
    key, other = new_signing_key(), new_signing_key()
    signature = sign(key, b"m")
    assert (len(key), len(public_key(key)), len(signature)) == (32, 32, 64)
    assert verify(public_key(key), b"m", signature)
    assert not verify(public_key(key), b"n", signature)
    assert not verify(public_key(other), b"m", signature)
    assert not verify(b"", b"m", signature)
    assert not verify(public_key(key), b"m", b"")
