"""Answers to sync files: a result per record, signed by the receiver."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.ack import Result, read_ack, result_line, write_ack_lines
from app.sync.bundle import read_bundle
from app.sync.canonical import canonical_json
from app.sync.compressed_lines import compress_lines
from app.sync.container import unpack
from app.sync.errors import BundleRefused
from app.sync.signing import new_signing_key, public_key
from tests.support.json_strategies import json_values
from tests.support.sync_samples import EPOCH, RECEIVER_KEY, bundle_bytes, resigned, write_ack

BUNDLE = read_bundle(bundle_bytes(3))
MADE_AT = "2026-02-12T17:05:00+07:00"
RESULTS = [
    {"id": BUNDLE.records[0]["id"], "sequence": 1, "result": "accepted"},
    {"id": BUNDLE.records[1]["id"], "sequence": 2, "result": "already"},
    {"id": BUNDLE.records[2]["id"], "sequence": 3, "result": "rejected", "reason": "Không có thủ tục 2.000815"},
]
ANSWER = write_ack(BUNDLE, RESULTS, MADE_AT, RECEIVER_KEY)
KNOWN = public_key(RECEIVER_KEY)


def refusal(act, *args, **kwargs):
    with pytest.raises(BundleRefused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_answer_has_a_result_per_record():
    read = read_ack(ANSWER, known_key=KNOWN)
    assert list(read.results) == RESULTS
    assert read.manifest == {
        "format": "motcua-ack",
        "version": 1,
        "office": "Ủy ban nhân dân xã Thử",
        "agency_code": "H29.12",
        "workstation": 1,
        "epoch": EPOCH,
        "sequence": 1,
        "manifest_sha256": BUNDLE.manifest_sha256,
        "made_at": MADE_AT,
        "public_key": KNOWN.hex(),
        "results_sha256": read.manifest["results_sha256"],
        "count": 3,
    }
    assert list(unpack(ANSWER)) == ["manifest.json", "manifest.sig", "results.jsonl.zst"]


def test_answer_without_results_is_valid():
    assert read_ack(write_ack(BUNDLE, [], MADE_AT, RECEIVER_KEY), known_key=KNOWN).results == ()


def test_answer_of_another_receiver_is_refused():
    other = write_ack(BUNDLE, RESULTS, MADE_AT, new_signing_key())
    assert refusal(read_ack, other, known_key=KNOWN) == "bundle_unknown_key"
    assert len(read_ack(other, known_key=None).results) == 3


def test_bundle_and_answer_are_not_interchangeable():
    assert refusal(read_ack, bundle_bytes(), known_key=None) == "bundle_members"
    assert refusal(read_bundle, ANSWER) == "bundle_members"


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_every_changed_byte_is_refused(flip):
    for at in range(len(ANSWER)):
        with pytest.raises(BundleRefused):
            read_ack(ANSWER[:at] + bytes([ANSWER[at] ^ flip]) + ANSWER[at + 1 :], known_key=None)


@pytest.mark.parametrize(
    "result",
    [
        {"id": "a", "sequence": 1, "result": "rejected"},
        {"id": "a", "sequence": 1, "result": "rejected", "reason": ""},
        {"id": "a", "sequence": 1, "result": "accepted", "reason": "x"},
        {"id": "a", "sequence": 1, "result": "lost"},
        {"id": "a", "sequence": 0, "result": "accepted"},
        {"id": 1, "sequence": 1, "result": "accepted"},
        {"id": "a", "sequence": 1, "result": ["rejected"]},
        {"sequence": 1, "result": "accepted"},
    ],
)
def test_invalid_result_is_refused(result):
    assert refusal(read_ack, answer_of([result]), known_key=KNOWN) == "bundle_record"


def test_fewer_results_than_the_count_are_refused():
    assert refusal(read_ack, answer_of(RESULTS[:2], count=3), known_key=KNOWN) == "bundle_count"


@given(st.lists(json_values, min_size=1, max_size=3))
def test_signed_lines_that_are_no_results_are_refused(values):
    assert refusal(read_ack, answer_of(values), known_key=KNOWN) == "bundle_record"


def answer_of(values, count=None):
    manifest = {**read_ack(ANSWER, known_key=KNOWN).manifest, "count": len(values) if count is None else count}
    assert canonical_json(manifest)
    return resigned(manifest, {"results.jsonl.zst": compress_lines(values, "results.jsonl.zst")}, RECEIVER_KEY)


def test_lines_of_a_receiver_give_the_same_answer() -> None:
    results: list[Result] = [
        {"id": record["id"], "sequence": record["sequence"], "result": result}
        for record, result in zip(BUNDLE.records, ("accepted", "already", "accepted"), strict=True)
    ]
    lines = [result_line(result["id"], result["sequence"], result["result"]) for result in results]
    assert write_ack_lines(BUNDLE, lines, MADE_AT, RECEIVER_KEY) == write_ack(BUNDLE, results, MADE_AT, RECEIVER_KEY)
