"""Sending to a receiver over loopback: order, answers, troubles, repeats."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.errors import Refusal
from app.office.exchange.sync_export import export_bundle
from app.office.exchange.sync_send import LOCK_FILE, push
from app.services.sending.progress import Urgency
from app.storage.locks import hold_lock
from app.storage.outgoing import files as stored_files
from app.sync.bundle import read_bundle
from app.sync.signing import new_signing_key
from app.usecases.sync import send as sending
from app.usecases.sync.answer import ResendDossier, resend_dossier
from app.usecases.sync.export import ListKeptFiles, NameNextFile, list_kept_files, name_next_file
from app.usecases.sync.plan import GetSendingPlan, get_sending_plan
from app.usecases.sync.send import RecordTrouble, record_trouble
from app.usecases.sync.status import (
    ListDossierStates,
    ListSentFiles,
    SyncState,
    SyncStatus,
    list_dossier_states,
    list_sent_files,
    sync_status,
)
from app.wording.refusals import error_sentence
from tests.support.offices import MORNING, PERSON, Desk, desk_session
from tests.support.receiver import Receiver, Reply, join, problem, serve
from tests.support.sync_samples import write_ack

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def sender(training_folder: Path, receiver: Receiver) -> Iterator[Desk]:
    """A desk that has joined a receiver on loopback."""
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        with desk_session(training_folder) as desk:
            yield desk


def status(desk: Desk, at: object = None) -> SyncState:
    return desk.office.read(sync_status, SyncStatus())


def counts(desk: Desk) -> tuple[int, int, int, int]:
    state = status(desk)
    return state.waiting, state.sent, state.confirmed, len(state.rejected)


def states(desk: Desk) -> dict[str, str]:
    return {line.code: line.state for line in desk.office.read(list_dossier_states, ListDossierStates())}


def test_everything_waiting_is_sent_and_confirmed(sender: Desk, receiver: Receiver) -> None:
    codes = [sender.take_in().code for _ in range(3)]
    sender.act(codes[0], "send", to="Tư pháp")
    assert counts(sender) == (3, 0, 0, 0)
    result = push(sender.office)
    assert (result.files, result.trouble, counts(sender)) == (1, None, (0, 0, 3, 0))
    assert len(receiver.records) == 4 and status(sender).last_confirmed_at is not None
    assert push(sender.office).files == 0 and len(receiver.requests) == 1


def test_backlog_goes_in_order_in_small_files(
    sender: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RECORDS_BY_WIRE", 2)
    for _ in range(5):
        sender.take_in()
    assert push(sender.office).files == 3
    sequences = [read_bundle(content).manifest["sequence"] for content in receiver.requests]
    assert sequences == [1, 2, 3] and counts(sender) == (0, 0, 5, 0)


def test_exported_file_goes_by_wire_as_it_is(sender: Desk, receiver: Receiver) -> None:
    sender.take_in()
    carried = export_bundle(sender.office)
    assert counts(sender) == (0, 1, 0, 0)
    sender.take_in()
    assert push(sender.office).files == 2 and receiver.requests[0] == carried.content


def test_without_network_nothing_is_lost(training_folder: Path, receiver: Receiver) -> None:
    join(training_folder, receiver, NOWHERE)
    with desk_session(training_folder) as desk:
        desk.take_in()
        result = push(desk.office, chance=lambda: 1.0)
        assert result.trouble is not None and result.trouble.code == "no_network" and result.trouble.only_waits
        assert result.next_try_at is not None and counts(desk) == (1, 0, 0, 0)
        pauses = []
        for _ in range(9):
            again = push(desk.office, chance=lambda: 1.0)
            assert again.next_try_at is not None
            pauses.append((again.next_try_at - status(desk).last_try_at).total_seconds())
        assert pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        (file,) = desk.office.read(list_sent_files, ListSentFiles())
        assert (file.state, file.tries, file.last_trouble) == ("waiting", 10, "no_network")


def test_file_is_sent_unchanged_after_a_restart(training_folder: Path, receiver: Receiver) -> None:
    receiver.replies = [lambda _content: problem(503, "receiver_busy")]
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        with desk_session(training_folder) as desk:
            desk.take_in()
            assert push(desk.office).trouble.code == "receiver_busy"
        with desk_session(training_folder) as desk:
            desk.take_in()
            assert push(desk.office).files == 2
    assert receiver.requests[0] == receiver.requests[1]


def test_retry_after_of_the_receiver_is_respected(sender: Desk, receiver: Receiver) -> None:
    reply = problem(429, "receiver_busy")
    reply.headers["retry-after"] = "600"
    receiver.replies = [lambda _content: reply]
    sender.take_in()
    result = push(sender.office, chance=lambda: 0.0)
    assert (result.next_try_at - status(sender).last_try_at).total_seconds() == 600


@pytest.mark.parametrize(
    ("reply", "code", "waits"),
    [
        (problem(408, "timeout"), "receiver_busy", True),
        (problem(429, "receiver_busy"), "receiver_busy", True),
        (problem(503, "receiver_busy"), "receiver_busy", True),
        (problem(403, "bundle_unknown_key", public_key="00"), "bundle_unknown_key", False),
        (problem(403, "bundle_blocked"), "bundle_blocked", False),
        (problem(403, "bundle_training"), "bundle_training", False),
        (problem(422, "bundle_newer", found=2, known=1), "bundle_newer", False),
        (problem(413, "bundle_too_big", name="zip", limit=5), "bundle_too_big", False),
        (problem(413, "bundle_too_big"), "receiver_refused", False),
        (problem(409, "bundle_gap", expected_sequence="hai"), "receiver_refused", False),
        (problem(409, "bundle_gap", expected_sequence=None), "receiver_refused", False),
        (problem(409, "bundle_gap", expected_sequence=1.0), "receiver_refused", False),
        (problem(409, "bundle_gap", expected_sequence=True), "receiver_refused", False),
        (problem(409, "bundle_gap", expected_sequence=10**30), "ack_not_ours", False),
        (problem(409, "bundle_gap", expected_sequence=-1), "ack_not_ours", False),
        (problem(409, "bundle_fork", fork=[7]), "receiver_refused", False),
        (problem(422, "table_empty", name="x"), "receiver_refused", False),
        (problem(409, "bundle_fork", fork=7), "bundle_fork", False),
        (problem(400, "something_else"), "receiver_refused", False),
        (Reply(302, b"", "text/html", {"location": "http://login.example/"}), "ack_not_ours", False),
        (Reply(200, b"<html>Dang nhap wifi</html>", "text/html"), "ack_not_ours", False),
        (Reply(200, b"", "application/vnd.motcua.ack"), "ack_not_ours", False),
        (Reply(404, b"not here", "text/plain"), "ack_not_ours", False),
        (Reply(200, b"PK\x03\x04" + b"\0" * 60, "application/vnd.motcua.ack"), "ack_not_ours", False),
    ],
)
def test_trouble_is_named_and_nothing_is_settled(
    sender: Desk, receiver: Receiver, reply: Reply, code: str, waits: bool
) -> None:
    receiver.replies = [lambda _content: reply]
    sender.take_in()
    result = push(sender.office)
    assert result.trouble is not None and (result.trouble.code, result.trouble.only_waits) == (code, waits)
    assert counts(sender) == (1, 0, 0, 0) and status(sender).trouble == code
    assert "…" not in error_sentence(Refusal(code, None, **dict(result.trouble.values)))
    assert push(sender.office).trouble is None and counts(sender) == (0, 0, 1, 0)
    assert status(sender).trouble == ""


def test_answer_of_another_receiver_or_file_settles_nothing(sender: Desk, receiver: Receiver) -> None:
    def other(content: bytes) -> Reply:
        bundle = read_bundle(content)
        results = [{"id": r["id"], "sequence": r["sequence"], "result": "accepted"} for r in bundle.records]
        return Reply(200, write_ack(bundle, results, "2026-02-10T12:00:00+07:00", new_signing_key()), "x/y")

    def incomplete(content: bytes) -> Reply:
        return Reply(200, write_ack(read_bundle(content), [], "2026-02-10T12:00:00+07:00", receiver.signing_key), "x/y")

    receiver.replies = [other, incomplete]
    sender.take_in()
    assert push(sender.office).trouble.code == "bundle_unknown_key"
    assert push(sender.office).trouble.code == "ack_not_ours"
    assert counts(sender) == (1, 0, 0, 0)
    sender.take_in()
    push(sender.office)
    receiver.replies = [lambda _content: Reply(200, next(iter(receiver.files.values()))[1], "x/y")]
    sender.take_in()
    assert push(sender.office).trouble.code == "ack_not_ours"


def test_earlier_files_are_sent_again_when_the_receiver_lost_them(
    sender: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RECORDS_BY_WIRE", 1)
    for _ in range(3):
        sender.take_in()
    push(sender.office)
    for key in [key for key in receiver.files if key[2] > 1]:
        del receiver.files[key]
    sender.take_in()
    result = push(sender.office)
    sequences = [read_bundle(content).manifest["sequence"] for content in receiver.requests]
    assert sequences == [1, 2, 3, 4, 2, 3, 4] and result.trouble is None and counts(sender) == (0, 0, 4, 0)


def test_lost_file_without_content_stops_for_a_person(
    sender: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RECORDS_BY_WIRE", 1)
    sender.take_in()
    push(sender.office)
    sender.tamper("UPDATE bundle SET content = NULL")
    receiver.files.clear()
    sender.take_in()
    result = push(sender.office)
    assert result.trouble is not None and result.trouble.code == "bundle_dropped" and status(sender).stopped


def test_receiver_that_expects_a_later_file_stops_the_sender(sender: Desk, receiver: Receiver) -> None:
    receiver.replies = [lambda _content: problem(409, "bundle_gap", epoch="x", expected_sequence=9)]
    sender.take_in()
    result = push(sender.office)
    assert result.trouble is not None and result.trouble.code == "receiver_ahead" and result.next_try_at is None
    assert status(sender).stopped and len(receiver.requests) == 1
    assert sender.office.read(get_sending_plan, GetSendingPlan(MORNING)).due_at is None


def test_receiver_that_asks_in_circles_is_left(sender: Desk, receiver: Receiver) -> None:
    for _ in range(2):
        sender.take_in()
        export_bundle(sender.office)
    sender.tamper("UPDATE bundle SET answered_at = 1 WHERE sequence = 1")
    asks = [lambda _content, n=n: problem(409, "bundle_gap", expected_sequence=n) for n in (1, 1)]
    receiver.replies = [*asks]
    assert push(sender.office).trouble.code == "ack_not_ours"


def test_file_and_answer_write_no_row_of_an_accepted_record(sender: Desk, receiver: Receiver) -> None:
    """An intake waits for one row, however many records a file carries."""
    codes = [sender.take_in().code for _ in range(4)]
    receiver.rejections = {codes[2]: "Sai mã"}
    exported = export_bundle(sender.office)
    outbox = "SELECT event_id, bundle, answer FROM outbox WHERE bundle IS NOT NULL OR answer IS NOT NULL"
    assert sender.rows(outbox) == []
    assert push(sender.office).trouble is None and exported.records == 4
    assert sender.rows(outbox) == [(3, None, "rejected")] and counts(sender) == (0, 0, 3, 1)


def test_rejection_is_kept_until_a_later_record_is_accepted(sender: Desk, receiver: Receiver) -> None:
    codes = [sender.take_in().code for _ in range(3)]
    receiver.rejections[codes[1]] = "Mã thủ tục không có ở tỉnh"
    assert push(sender.office).trouble is None
    (rejected,) = status(sender).rejected
    assert (rejected.code, rejected.reason) == (codes[1], "Mã thủ tục không có ở tỉnh")
    assert counts(sender) == (0, 0, 2, 1) and states(sender)[codes[1]] == "rejected"
    resent = sender.office.write(resend_dossier, ResendDossier(codes[1]))
    assert counts(sender) == (0, 0, 2, 1) and resent.record == 4
    push(sender.office)
    assert counts(sender) == (0, 0, 2, 1)  # rejected again, listed once
    receiver.rejections.clear()
    sender.office.write(resend_dossier, ResendDossier(codes[1]))
    push(sender.office)
    assert counts(sender) == (0, 0, 3, 0) and sender.check().ok
    newest = list(receiver.records.values())[-1]
    assert (newest["type"], newest["payload"]["MaHoSo"]) == ("dossier", codes[1])


def test_four_counts_add_up_while_dossiers_move(sender: Desk, receiver: Receiver) -> None:
    codes = [sender.take_in().code for _ in range(4)]
    receiver.rejections[codes[0]] = "Sai"
    push(sender.office)
    export_bundle(sender.office)
    sender.act(codes[1], "send", to="Tư pháp")
    export_bundle(sender.office)
    sender.act(codes[2], "send", to="Tư pháp")
    sender.act(codes[0], "send", to="Tư pháp")
    assert counts(sender) == (1, 1, 1, 1)
    assert states(sender) == dict(zip(codes, ("rejected", "sent", "waiting", "confirmed"), strict=True))


def test_old_files_lose_their_content_and_say_so(
    sender: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RECORDS_BY_WIRE", 1)
    limit = stored_files.KEPT_FILES
    for _ in range(limit + 3):
        sender.take_in()
    assert push(sender.office).files == limit + 3
    assert [n for (n,) in sender.rows("SELECT sequence FROM bundle WHERE content IS NULL")] == [1, 2, 3]
    with pytest.raises(Refusal, match="bundle_dropped"):
        export_bundle(sender.office, 3)
    assert export_bundle(sender.office, 4).records == 1
    assert sender.office.read(list_kept_files, ListKeptFiles())[-1] == (4, 1, "confirmed")


def test_stored_files_are_offered_for_saving_again(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        names = []
        for _ in range(2):
            desk.take_in()
            names.append(desk.office.read(name_next_file, NameNextFile()))
            exported = export_bundle(desk.office)
            assert exported.file_name == names[-1]
        rows = desk.office.read(list_kept_files, ListKeptFiles())
        assert [(row.sequence, row.records, row.state) for row in rows] == [(2, 1, "sent"), (1, 1, "sent")]
        assert export_bundle(desk.office, rows[0].sequence).content == exported.content


def test_one_sender_a_folder(sender: Desk, receiver: Receiver) -> None:
    sender.take_in()
    with hold_lock(sender.folder / LOCK_FILE):
        assert push(sender.office).busy and not receiver.requests
    assert push(sender.office).files == 1


def test_stopped_round_keeps_the_file(sender: Desk, receiver: Receiver) -> None:
    sender.take_in()
    assert push(sender.office, stopped=lambda: True).stopped and not receiver.requests
    assert push(sender.office).files == 1


def test_silence_of_days_is_amber_then_red(training_folder: Path, receiver: Receiver) -> None:
    join(training_folder, receiver, NOWHERE)
    with desk_session(training_folder) as desk:
        desk.take_in()
        seen = []
        for days in (0, 2, 3, 6, 7):
            later = MORNING + timedelta(days=days)
            desk.office.write(record_trouble, RecordTrouble("no_network"), later)
            seen.append(desk.office.read(sync_status, SyncStatus(), later).urgency)
        assert seen == [Urgency.NONE, Urgency.NONE, Urgency.AMBER, Urgency.AMBER, Urgency.RED]


def test_first_try_of_a_day_is_spread_by_the_key(sender: Desk) -> None:
    assert sender.office.read(get_sending_plan, GetSendingPlan(MORNING), MORNING).due_at is None
    sender.take_in()
    due = sender.office.read(get_sending_plan, GetSendingPlan(MORNING), MORNING).due_at
    assert due is not None and timedelta(0) <= due - MORNING < timedelta(minutes=10)
    push(sender.office)
    sender.take_in()
    now = sender.office.now()
    assert sender.office.read(get_sending_plan, GetSendingPlan(now)).due_at == now


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("", "sync_address_missing"),
        ('sync_address = "http://hub.example"\n', "sync_address_insecure"),
        ('sync_address = "ftp://127.0.0.1"\n', "sync_address_insecure"),
        ('sync_address = "https://a:b@hub.example"\n', "sync_address_insecure"),
        ('sync_address = "https://hub.example"\n', "receiver_signs_missing"),
    ],
)
def test_nothing_is_sent_without_a_safe_receiver(training_folder: Path, lines: str, code: str) -> None:
    file = training_folder / "office.toml"
    file.write_text(lines + file.read_text(encoding="utf-8"), encoding="utf-8")
    with desk_session(training_folder) as desk:
        desk.take_in()
        with pytest.raises(Refusal, match=code):
            push(desk.office)


def test_people_are_sealed_for_the_receiver_only_when_configured(training_folder: Path, receiver: Receiver) -> None:
    with serve(receiver) as address:
        join(training_folder, receiver, address)
        file = training_folder / "office.toml"
        file.write_text("send_people = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
        with desk_session(training_folder) as desk:
            desk.take_in()
            assert push(desk.office).files == 1
    assert b"records.jsonl.zst.age" in receiver.requests[0]
    (record,) = receiver.records.values()
    assert record["payload"]["ChuHoSo"] == "Đào Thị Ẫm"
    assert "Thôn Đoài" in record["payload"]["ThongTinKhac"] and "DiaChi" not in json.dumps(record)


def test_log_has_numbers_and_codes_and_nobodys_name(
    sender: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    """A receiver that repeats a name in its answer puts it into no line."""
    caplog.set_level("DEBUG")
    code = sender.take_in().code
    name = PERSON["name"]
    receiver.replies = [lambda _content: problem(403, "bundle_unknown_key", detail=name, public_key=name)]
    assert push(sender.office).trouble is not None
    assert push(sender.office).trouble is None
    lines = [record.getMessage() for record in caplog.records]
    assert "sending ended: bundle_unknown_key, file 1" in lines
    text = "\n".join(lines)
    assert not [part for part in (name, PERSON["id_number"], PERSON["phone"], code) if part in text]
