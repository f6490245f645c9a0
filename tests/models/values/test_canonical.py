"""Canonical JSON text and keyed digests, against the plain functions."""

import hmac
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Action, Status
from app.models.instants import office_instant
from app.models.lifecycle import State, Transition, apply
from app.models.mapping import Json
from app.models.values.canonical import CanonicalText, canonical_encoder, keyed_digest
from app.sync.canonical import canonical_json
from app.sync.records import record_hash

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(list(Status)),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values) | st.tuples(values),
)
_NAMES = st.text() | st.sampled_from(("note", "ChuHoSo", "hash", "payload", "MaHoSo"))


@given(_VALUES)
def test_text_is_that_of_the_standard_encoder(value: Any) -> None:
    expected = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert canonical_encoder()(value) == expected
    assert canonical_json(value) == expected.encode()


def test_what_json_cannot_represent_is_an_error() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)

    with pytest.raises(RecursionError):
        canonical_encoder()(cycle)
    with pytest.raises(TypeError):
        canonical_encoder()({"a": {1}})
    for number in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError):
            canonical_json([number])


@given(st.binary(min_size=1, max_size=80), st.text())
def test_keyed_digest_is_hmac_sha256(key: bytes, text: str) -> None:
    for _ in range(2):
        assert keyed_digest(key, text) == hmac.digest(key, text.encode(), "sha256").hex()


@given(st.dictionaries(_NAMES, _VALUES, max_size=5), st.none() | st.text(max_size=5))
def test_hash_of_a_record_is_the_same_with_the_text_of_its_payload(payload: dict[str, Any], previous: str) -> None:
    record = {"id": "a", "actor": "An", "dossier": None, "payload": payload, "type": "dossier", "hash": "x"}
    record["previous_hash"] = previous
    text = canonical_encoder()(payload).encode()

    assert record_hash(record, text) == record_hash(record)


def test_canonical_text_is_stored_as_it_is_and_other_text_as_json() -> None:
    store = Json().process_bind_param

    assert store(CanonicalText('{"a":1}'), None) == '{"a":1}'
    assert store('{"a":1}', None) == '"{\\"a\\":1}"'


def test_a_change_of_an_unknown_field_is_an_error() -> None:
    at = office_instant("2026-02-12T09:30")

    with pytest.raises(TypeError, match="colour"):
        apply(
            State(Status.RECEIVED, at), Transition(Action.AMEND, at, Status.RECEIVED, None, None, change={"colour": 1})
        )
