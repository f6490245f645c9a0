"""The fast reader of lines gives what the parser of `app.sync` gives."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.canonical import canonical_json
from app.sync.records import RECORD, record_hash, without_people
from hub.ingest import lines
from hub.ingest.lines import read_lines
from tests.support.json_strategies import json_values
from tests.support.sync_samples import PERSON
from tests.support.sync_senders import Sender


def sample() -> dict[str, Any]:
    sender = Sender()
    sender.take_in(1)
    return dict(sender.records[0])


def slow_lines(raw: list[bytes], monkeypatch: pytest.MonkeyPatch) -> list[lines.Line]:
    with monkeypatch.context() as patch:
        patch.setattr(lines, "_canonical_line", lambda *_: None)
        return read_lines(raw, 1, 1)


payloads = st.dictionaries(
    st.text(max_size=8) | st.sampled_from(["GhiChu", "state", "MaHoSo"]), json_values, max_size=5
)


@given(
    payload=payloads,
    actor=st.text(max_size=20),
    code=st.none() | st.text(max_size=110),
    hashed=st.booleans(),
    ascii_only=st.booleans(),
)
def test_both_readers_agree(payload: Any, actor: str, code: str | None, hashed: bool, ascii_only: bool) -> None:
    record = {**sample(), "payload": payload, "actor": actor, "dossier": code}
    if hashed:
        record["hash"] = record_hash(record)
    text = json.dumps(record, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":")).encode()
    with pytest.MonkeyPatch.context() as patch:
        assert read_lines([text], 1, 1) == slow_lines([text], patch)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_one_line(text: bytes) -> None:
    (line,) = read_lines([text], 4, 7)
    assert (line.number, line.sequence, line.content) == (4, 7, None) and line.fault


@given(
    name=st.sampled_from(sorted(RECORD)),
    value=json_values | st.integers() | st.text(max_size=250) | st.sampled_from(["2026-02-30T08:00:00+07:00", "a\x7f"]),
    remove=st.booleans(),
)
def test_both_readers_agree_on_every_member(name: str, value: Any, remove: bool) -> None:
    record = {**sample(), name: value}
    if remove:
        del record[name]
    if name != "hash" and not remove:
        record["hash"] = record_hash({"payload": {}, **record}) if isinstance(record["payload"], dict) else "0" * 64
    text = canonical_json(record)
    with pytest.MonkeyPatch.context() as patch:
        assert read_lines([text], 1, 1) == slow_lines([text], patch)


@given(at=st.integers(0, 10_000), other=st.binary(max_size=3), drop=st.integers(0, 3))
def test_both_readers_agree_on_changed_bytes(at: int, other: bytes, drop: int) -> None:
    whole = canonical_json(sample())
    at %= len(whole)
    text = whole[:at] + other + whole[at + drop :]
    with pytest.MonkeyPatch.context() as patch:
        assert read_lines([text], 1, 1) == slow_lines([text], patch)


def test_canonical_lines_take_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_any_line", None)
    sender = Sender()
    for serial in range(20):
        sender.take_in(serial)
    raw = [canonical_json(record) for record in sender.records]
    assert [line.fault for line in read_lines(raw, 1, 1)] == [None] * 20


def test_people_stay_in_the_file() -> None:
    record = sample()
    record["payload"] = {**record["payload"], **PERSON}
    record["hash"] = record_hash(record)
    (line,) = read_lines([canonical_json(record)], 1, 1)
    assert line.content is not None and json.loads(line.content.text) == without_people(record["payload"])
    assert PERSON["ChuHoSo"] not in line.content.text.decode()


@pytest.mark.parametrize("number", ["1e16", "1.0", "1E400", "123456789012345678901234567890", "-0", "0.1"])
def test_numbers_are_read_the_same(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = canonical_json({**sample(), "payload": {"n": "?"}}).replace(b'"?"', number.encode())
    assert read_lines([text], 1, 1) == slow_lines([text], monkeypatch)
