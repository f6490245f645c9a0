"""Canonical JSON, personal data and the chain of records."""

import copy
import hashlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.canonical import MAX_DEPTH, canonical_json, parse_json
from app.sync.records import PEOPLE_FIELDS, ChainFault, chain_fault, record_fault, record_hash, without_people
from tests.support.json_strategies import json_values, texts
from tests.support.sync_samples import DOSSIER, PERSON, chain, record


def shuffled(value, seed):
    if isinstance(value, dict):
        pairs = [(key, shuffled(item, seed)) for key, item in value.items()]
        random.Random(seed).shuffle(pairs)
        return dict(pairs)
    return [shuffled(item, seed) for item in value] if isinstance(value, list) else value


def keys_of(value):
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys_of(item)}
    return {key for item in value for key in keys_of(item)} if isinstance(value, list) else set()


def test_canonical_is_sorted_unspaced_utf8():
    assert canonical_json({"b": [1, True, None], "a": "Ẫm"}) == '{"a":"Ẫm","b":[1,true,null]}'.encode()


@given(json_values, st.integers())
def test_canonical_json_is_unique(value, seed):
    assert canonical_json(shuffled(value, seed)) == canonical_json(value)
    assert parse_json(canonical_json(value)) == value


@pytest.mark.parametrize("unfit", [float("nan"), float("inf"), {1, 2}, b"x", "\ud800"])
def test_unrepresentable_value_raises_value_error(unfit):
    with pytest.raises(ValueError):
        canonical_json({"a": unfit})


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"NaN", b"-Infinity", b"1e999", b'{"a":1,"a":2}', b'"\xff"', b'"\\ud800"', b"9" * 5000,
        b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2), b"[" * 200_000, b'{"a":' * 200_000,
    ],
)  # fmt: skip
def test_invalid_json_raises_value_error(text):
    with pytest.raises(ValueError):
        parse_json(text)


def test_maximum_depth_is_accepted():
    text = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert canonical_json(parse_json(text)) == text


def test_many_shallow_lists_are_not_deep():
    assert parse_json(b"[" + b",".join([b"[]"] * 100) + b"]") == [[]] * 100


def test_personal_data_is_removed_at_any_depth_and_case():
    payload = {
        **DOSSIER,
        **PERSON,
        "chuhoso": "x",
        "DanhSachHoSoBoSung": [{"NguoiYeuCauBoSung": "Cán bộ Thử", "NoiDungBoSung": "thiếu giấy của ông Mít"}],
        "TaiLieuNop": [{"MaThanhPhanHoSo": "1", "TenTepDinhKem": "don-ong-Mit.pdf"}],
    }
    assert without_people(payload) == {
        **DOSSIER,
        "DanhSachHoSoBoSung": [{"NguoiYeuCauBoSung": "Cán bộ Thử"}],
        "TaiLieuNop": [{"MaThanhPhanHoSo": "1"}],
    }


@given(st.dictionaries(st.sampled_from(sorted(PEOPLE_FIELDS)) | texts, json_values, max_size=5))
def test_no_personal_key_remains(payload):
    before = copy.deepcopy(payload)
    stripped = without_people(payload)
    assert not {key.lower() for key in keys_of(stripped)} & {name.lower() for name in PEOPLE_FIELDS}
    assert payload == before
    assert without_people(stripped) == stripped


def test_digest_excludes_personal_data():
    complete = record(1, None, {**DOSSIER, **PERSON})
    assert record_hash({**complete, "payload": DOSSIER}) == complete["hash"]


@pytest.mark.parametrize("field", sorted(set(record(1, None, {})) - {"hash"}))
def test_digest_covers_every_other_field(field):
    complete = record(1, None, DOSSIER)
    assert record_hash({**complete, field: {"x": 1} if field == "payload" else "x"}) != complete["hash"]
    assert record_hash({**complete, "hash": "x"}) == complete["hash"]


def test_digest_is_sha256_of_canonical_json():
    complete = json.loads(canonical_json(record(1, None, DOSSIER)))
    del complete["hash"]
    assert record(1, None, DOSSIER)["hash"] == hashlib.sha256(canonical_json(complete)).hexdigest()


def test_valid_chain_has_no_fault():
    assert chain_fault([]) is None
    assert chain_fault(chain(5)) is None
    assert chain_fault(chain(3, first=8)) is None


@given(st.integers(1, 6), st.integers(1, 6))
def test_changed_record_is_reported(count, at):
    records = chain(count)
    if at <= count:
        records[at - 1]["actor"] = "Người khác"
        assert chain_fault(records) == ChainFault(at, "hash")


def test_rewritten_record_breaks_the_next_link():
    records = chain(3)
    records[1] = record(2, records[0]["hash"], {"MaHoSo": "khác"})
    assert chain_fault(records) == ChainFault(3, "previous_hash")


def test_missing_record_breaks_the_link():
    records = chain(3)
    assert chain_fault([records[0], records[2]]) == ChainFault(3, "previous_hash")


def test_record_without_digest_is_a_fault():
    records = chain(2)
    records[1]["payload"] = {"x": float("nan")}
    assert chain_fault(records) == ChainFault(2, "hash")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, None),
        ({"type": "chưa từng biết"}, None),
        ({"id": "1"}, "id"),
        ({"occurred_at": "hôm qua"}, "occurred_at"),
        ({"occurred_at": "2026-02-30T09:30:00+07:00"}, "occurred_at"),
        ({"entered_at": "2026-02-12T09:30:00"}, "entered_at"),
        ({"payload": {"a": ["x\0"]}}, "payload"),
        ({"payload": {"a": "x\\u0000"}}, None),
        ({"payload": {"a": "x\\\0"}}, "payload"),
    ],
)
def test_record_fault_names_the_invalid_field(changed, field):
    assert record_fault({**record(1, None, DOSSIER), **changed}) == field
