"""The command `sync`: push, apply, status, resend, join, identity."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.models.instants import office_instant
from app.office.exchange.sync_export import make_bundle
from app.sync.ack import Result
from app.sync.bundle import read_bundle
from app.sync.signing import new_signing_key
from tests.support.offices import desk_session
from tests.support.receiver import Receiver, Reply, join, problem, serve
from tests.support.sync_samples import write_ack

NOW = "2026-02-10T09:00"
Run = Callable[..., Any]


@pytest.fixture
def run(call: Any, training_folder: Path) -> Run:
    """Call with --json on a training office of its own."""
    return lambda *words: call("--data", training_folder, "--json", "--now", NOW, *words)


@pytest.fixture
def codes(training_folder: Path) -> list[str]:
    with desk_session(training_folder) as desk:
        return [desk.take_in().code for _ in range(3)]


def answer(file: Path, receiver: Receiver, rejected: str = "") -> bytes:
    """Return the answer of a receiver to a file."""
    bundle = read_bundle(file.read_bytes())
    results: list[Result] = []
    for record in bundle.records:
        result = Result(id=record["id"], sequence=record["sequence"], result="accepted")
        if record["dossier"] == rejected:
            result = Result(id=record["id"], sequence=record["sequence"], result="rejected", reason="Thiếu mã")
        results.append(result)
    return write_ack(bundle, results, "2026-02-10T10:00:00+07:00", receiver.signing_key)


def test_stick_and_answer(run: Run, codes: list[str], training_folder: Path, tmp_path: Path) -> None:
    receiver = Receiver()
    join(training_folder, receiver, "https://hub.example")
    out, ack = tmp_path / "a.mcsync", tmp_path / "a.mcack"
    run("sync", "export", "--out", out)
    ack.write_bytes(answer(out, receiver, rejected=codes[2]))
    for _ in range(2):
        assert run("sync", "apply", ack).one == {"sequence": 1, "accepted": 2, "already": 0, "rejected": 1}
    status = run("sync", "status").one
    assert status == {
        "waiting": 0,
        "sent": 0,
        "confirmed": 2,
        "rejected": [{"code": codes[2], "reason": "Thiếu mã"}],
        "last_confirmed_at": "2026-02-10T09:00:00+07:00",
    }
    resent = run("sync", "resend", codes[2]).one
    assert resent == {"code": codes[2], "record": 4}
    lines = run("sync", "status", "--dossiers").lines
    assert lines[1:] == [
        {"code": codes[0], "state": "confirmed", "reason": None, "sequence": 1},
        {"code": codes[1], "state": "confirmed", "reason": None, "sequence": 1},
        {"code": codes[2], "state": "rejected", "reason": "Thiếu mã", "sequence": 1},
    ]
    (_state, file) = run("sync", "status", "--files").lines
    assert {**file, "epoch": ""} == {
        "epoch": "",
        "sequence": 1,
        "records": 3,
        "state": "confirmed",
        "tries": 0,
        "last_trouble": None,
    }


def test_file_stored_by_a_killed_export_is_named_and_written_again(
    run: Run, codes: list[str], training_folder: Path, tmp_path: Path
) -> None:
    with desk_session(training_folder) as desk:
        killed = make_bundle(desk.office, at=office_instant(NOW))
    (_state, file) = run("sync", "status", "--files").lines
    assert file["state"] == "waiting"
    run("act", codes[0], "finish")
    second = run("sync", "export", "--out", tmp_path / "2.mcsync")
    assert second.one["sequence"] == 2 and "Tệp số 1 đã dựng mà chưa ghi ra lần nào" in " ".join(second.err.split())
    assert run("sync", "export", "--out", tmp_path / "1.mcsync", "--again", 1).err == ""
    assert (tmp_path / "1.mcsync").read_bytes() == killed.content
    assert [line["state"] for line in run("sync", "status", "--files").lines[1:]] == ["sent", "sent"]
    run("act", codes[1], "finish")
    assert run("sync", "export", "--out", tmp_path / "3.mcsync").err == ""


def test_backlog_on_a_stick_has_left_this_machine(run: Run, codes: list[str], tmp_path: Path) -> None:
    assert codes and run("sync", "export", "--all", tmp_path).status == 0
    (_state, file) = run("sync", "status", "--files").lines
    assert file["state"] == "sent"


def test_push_over_the_wire(run: Run, codes: list[str], training_folder: Path) -> None:
    receiver = Receiver()
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        receiver.replies = [lambda _content: problem(503, "receiver_busy")]
        busy = run("sync", "push")
        assert busy.status == 0 and "bận" in busy.err
        assert {**busy.one, "next_try_at": ""} == {
            "sent": 0,
            "confirmed": 0,
            "rejected": 0,
            "waiting": 3,
            "next_try_at": "",
        }
        assert busy.one["next_try_at"].startswith("2026-02-10T09:0")
        receiver.replies = [lambda _content: problem(409, "bundle_fork", fork=4)]
        fork = run("sync", "push")
        assert fork.status == 1 and fork.one["refused"]["code"] == "bundle_fork" and "số 4" in fork.err
        assert run("sync", "push").one == {
            "sent": 0,
            "confirmed": 3,
            "rejected": 0,
            "waiting": 0,
            "next_try_at": None,
        }
    away = run("sync", "push")
    assert away.status == 0 and away.one["waiting"] == 0


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        (problem(403, "bundle_unknown_key"), 1, "bundle_unknown_key"),
        (problem(403, "bundle_blocked"), 1, "bundle_blocked"),
        (problem(403, "bundle_training"), 1, "bundle_training"),
        (problem(422, "bundle_newer", found="2", known=1), 1, "bundle_newer"),
        (problem(413, "bundle_too_big", name="zip", limit=1), 1, "bundle_too_big"),
        (Reply(200, b"<html>Dang nhap</html>", "text/html"), 1, "ack_not_ours"),
        (problem(408, "request_timeout"), 0, None),
        (problem(429, "receiver_busy"), 0, None),
        (problem(503, "receiver_busy"), 0, None),
    ],
)
def test_push_ends_by_the_answer(
    run: Run, codes: list[str], training_folder: Path, reply: Reply, status: int, code: str | None
) -> None:
    """A receiver that is busy is no failure; nothing is settled in any case."""
    receiver = Receiver()
    receiver.replies = [lambda _content: reply]
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        pushed = run("sync", "push")
    assert (pushed.status, pushed.one.get("refused", {}).get("code")) == (status, code)
    assert pushed.err.strip() and len(receiver.requests) == 1
    assert run("sync", "status").one["waiting"] == 3
    assert run("check").one["ok"]


def test_push_without_network_is_no_failure(run: Run, codes: list[str], training_folder: Path) -> None:
    join(training_folder, Receiver(), "http://127.0.0.1:9")
    away = run("sync", "push")
    assert (away.status, away.one["waiting"], away.one["confirmed"]) == (0, 3, 0)
    assert "mạng" in away.err and away.one["next_try_at"]


def test_unusable_answers_change_nothing(run: Run, codes: list[str], training_folder: Path, tmp_path: Path) -> None:
    receiver = Receiver()
    out, ack = tmp_path / "a.mcsync", tmp_path / "a.mcack"
    run("sync", "export", "--out", out)
    good = answer(out, receiver)
    ack.write_bytes(good)
    refused = run("sync", "apply", ack)
    assert (refused.status, refused.one["refused"]["code"]) == (1, "receiver_signs_missing")
    join(training_folder, receiver, "https://hub.example")
    other = Receiver()
    other.signing_key = new_signing_key()
    before = run("sync", "status").one
    for content, code in (
        (b"", "bundle_not_zip"),
        (b"<html>", "bundle_not_zip"),
        (good[:-9], "bundle_incomplete"),
        (good[:90] + bytes([good[90] ^ 1]) + good[91:], "bundle_damaged"),
        (answer(out, other), "bundle_unknown_key"),
        (out.read_bytes(), "bundle_format"),
    ):
        ack.write_bytes(content)
        refused = run("sync", "apply", ack)
        assert (refused.status, refused.one["refused"]["code"], refused.one["refused"]["field"]) == (1, code, "file")
    assert run("sync", "apply", tmp_path / "none").one["refused"]["code"] == "file_missing"
    assert run("sync", "apply", tmp_path).one["refused"]["code"] == "file_missing"
    assert run("sync", "status").one == before


def test_answer_to_a_file_of_another_desk(run: Run, codes: list[str], training_folder: Path, tmp_path: Path) -> None:
    receiver = Receiver()
    join(training_folder, receiver, "https://hub.example")
    out, ack = tmp_path / "a.mcsync", tmp_path / "a.mcack"
    run("sync", "export", "--out", out)
    ack.write_bytes(answer(out, receiver))
    with desk_session(training_folder) as desk:
        desk.tamper("UPDATE bundle SET manifest_sha256 = 'x'")
    assert run("sync", "apply", ack).one["refused"]["code"] == "ack_not_ours"


def test_join_and_identity(run: Run, training_folder: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.toml"
    card.write_text(Receiver().card("https://hub.example"), encoding="utf-8")
    joined = run("sync", "join", card)
    assert set(joined.one) == {"name", "fingerprint", "sync_address"} and joined.one["fingerprint"] in joined.err
    identity = run("sync", "identity").one
    assert set(identity) == {"public_key", "fingerprint", "agency_code", "workstation"}
    assert len(identity["public_key"]) == 64


def test_output_for_people(call: Any, codes: list[str], training_folder: Path) -> None:
    join(training_folder, Receiver(), "http://127.0.0.1:9")
    for words in (["push"], ["status", "--dossiers", "--files"], ["identity"], ["resend", codes[0]]):
        shown = call("--data", training_folder, "--now", NOW, "sync", *words)
        assert shown.status == 0 and shown.out
        assert all(len(line) <= 100 for line in shown.out.splitlines())
