"""Files by the command line: accepted, again, refused, in any order."""

from datetime import date
from pathlib import Path

import pytest

from app.sync.ack import read_ack
from app.sync.container import pack, unpack
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender


def enrolled(hub: Hub, sender: Sender) -> Sender:
    hub.run("enrol", sender.public_key, "--agency", sender.agency, "--name", f"Xã {sender.number}")
    return sender


def saved(folder: Path, **files: bytes) -> list[Path]:
    paths = [folder / f"{name}.mcsync" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    return paths


def results(hub: Hub, file: Path) -> list[tuple[str, str | None]]:
    """Return result and reason of each record in the answer beside a file."""
    ack = read_ack(file.with_suffix(".mcack").read_bytes(), known_key=bytes.fromhex(hub.keys.receiver_signs))
    return [(result["result"], result.get("reason")) for result in ack.results]


def take(hub: Hub, folder: Path, data: bytes, *, status: int = 0) -> dict[str, object]:
    (path,) = saved(folder, file=data)
    (line,) = hub.run("ingest", path, status=status)
    return dict(line)


def test_files_in_any_order_are_taken_in_their_own(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    first = sender.file()
    sender.progress(code, "finished")
    paths = saved(tmp_path, b=sender.file(), a=first)
    lines = hub.run("ingest", *paths)
    assert [(Path(line["file"]).stem, line["result"], line["sequence"], line["accepted"]) for line in lines] == [
        ("a", "accepted", 1, 1),
        ("b", "accepted", 2, 1),
    ]
    assert hub.rows("SELECT code, status, outcome, interrupted FROM dossier") == [(code, "finished", "finished", False)]
    acks = [path.with_suffix(".mcack").read_bytes() for path in paths]
    again = hub.run("ingest", *paths, "--acks", tmp_path)
    assert [(line["result"], line["accepted"]) for line in again] == [("again", 1), ("again", 1)]
    assert [path.with_suffix(".mcack").read_bytes() for path in paths] == acks
    assert results(hub, paths[0]) == [("accepted", None)]


def test_received_file_is_no_refused_one_where_its_answer_has_no_place(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    (path,) = saved(tmp_path, a=sender.file())
    no_folder = tmp_path / "no-folder"
    no_folder.write_bytes(b"")
    (line,) = hub.run("ingest", path, "--acks", no_folder, status=1)
    assert (line["result"], line["code"], line["accepted"]) == ("accepted", "file_unwritable", 1)
    (line,) = hub.run("ingest", path)
    assert (line["result"], line["code"]) == ("again", None) and path.with_suffix(".mcack").is_file()


def test_file_before_its_predecessor_names_the_expected_one(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    first = sender.file()
    sender.take_in(2)
    line = take(hub, tmp_path, sender.file(), status=1)
    assert (line["result"], line["code"], line["epoch"], line["expected_sequence"]) == (
        "refused",
        "bundle_gap",
        sender.epoch,
        1,
    )
    assert take(hub, tmp_path, first)["result"] == "accepted"
    assert take(hub, tmp_path, sender.files[1])["result"] == "accepted"


@pytest.mark.parametrize("training", [True, False])
def test_training_and_real_files_are_kept_apart(make_hub, tmp_path: Path, training: bool) -> None:
    hub = make_hub(training=not training)
    sender = enrolled(hub, Sender(training=training))
    sender.take_in(1)
    assert take(hub, tmp_path, sender.file(), status=1)["code"] == "bundle_training"
    assert hub.rows("SELECT FROM file") == []


def test_unknown_key_is_listed_until_it_is_enrolled(hub: Hub, tmp_path: Path) -> None:
    sender = Sender()
    sender.take_in(1)
    data = sender.file()
    for _ in range(2):
        assert take(hub, tmp_path, data, status=1)["code"] == "bundle_unknown_key"
    (knock,) = hub.run("knocks")
    assert (knock["public_key"], knock["agency_code"], knock["times"]) == (sender.public_key, "H29.12", 2)
    enrolled(hub, sender)
    assert hub.run("knocks") == []
    assert take(hub, tmp_path, data)["result"] == "accepted"


def test_blocked_key_is_refused_until_it_is_enrolled_again(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    data = sender.file()
    hub.run("block", sender.public_key, "--note", "Máy bị mất")
    assert take(hub, tmp_path, data, status=1)["code"] == "bundle_blocked"
    enrolled(hub, sender)
    assert take(hub, tmp_path, data)["result"] == "accepted"


def test_order_of_checks(hub: Hub, tmp_path: Path) -> None:
    """Layout, then the sender, then digests, then order, then lines."""
    sender = Sender()
    sender.take_in(1)
    good = sender.file()
    members = unpack(good)
    damaged = pack({**members, "records.jsonl.zst": members["records.jsonl.zst"] + b"x"})
    assert take(hub, tmp_path, damaged + b"y", status=1)["code"] == "bundle_layout"
    assert take(hub, tmp_path, damaged, status=1)["code"] == "bundle_unknown_key"
    enrolled(hub, sender)
    assert take(hub, tmp_path, damaged, status=1)["code"] == "bundle_damaged"
    lines_damaged = Sender()
    lines_damaged.take_in(1)
    lines_damaged.file()
    unreadable = lines_damaged.raw_file([b"{}"], count=5)
    assert take(hub, tmp_path, unreadable, status=1)["code"] == "bundle_gap"
    assert take(hub, tmp_path, good)["result"] == "accepted"
    assert take(hub, tmp_path, unreadable, status=1)["code"] == "bundle_count"


def test_files_that_cannot_be_read_stop_no_other(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    good = sender.file()
    flipped = bytearray(good)
    flipped[good.index(b"records.jsonl.zst") + 40] ^= 1
    paths = saved(tmp_path, good=good, rubbish=b"rubbish", cut=good[:-30], flipped=bytes(flipped))
    lines = hub.run("ingest", *paths, tmp_path / "missing.mcsync", status=1)
    assert {Path(line["file"]).stem: line["code"] for line in lines} == {
        "good": None,
        "rubbish": "bundle_not_zip",
        "cut": "bundle_incomplete",
        "flipped": "bundle_damaged",
        "missing": "file_unreadable",
    }


def test_file_of_an_earlier_release_with_more_records_is_taken(hub: Hub, tmp_path: Path) -> None:
    """A writer stops at 5,000 records, a reader does not."""
    sender = enrolled(hub, Sender())
    for serial in range(1, 5_002):
        sender.take_in(serial)
    assert take(hub, tmp_path, sender.file())["accepted"] == 5_001


def test_succession_keeps_one_history(hub: Hub, tmp_path: Path) -> None:
    """An office under a new code sends every record again."""
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    take(hub, tmp_path, sender.file())
    sender.restore(len(sender.records))
    sender.agency = "H29.90"
    data = sender.file()
    assert take(hub, tmp_path, data, status=1)["code"] == "bundle_unknown_key"
    enrolled(hub, sender)
    line = take(hub, tmp_path, data)
    assert (line["agency_code"], line["accepted"], line["already"]) == ("H29.90", 0, 1)
    assert hub.rows("SELECT count(*) FROM sender") == [(1,)]
    assert hub.rows("SELECT code FROM dossier") == [(code,)]
    table = hub.run("report", "06a", "--from", "2026-02-01", "--to", "2026-02-28", "--agency", "H29.90")[0]
    assert table["total"]["received"] == 1 and table["checks"] == []


def test_restored_office_reports_what_it_lost(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    codes = [sender.take_in(serial) for serial in (1, 2, 3)]
    take(hub, tmp_path, sender.file())
    assert hub.run("report", "lost") == []
    sender.restore(2)
    assert take(hub, tmp_path, sender.file(1))["already"] == 1
    assert hub.run("report", "lost") == []
    new = sender.take_in(4, fresh=1)
    line = take(hub, tmp_path, sender.file())
    assert (line["accepted"], line["already"]) == (1, 1)
    assert [row["code"] for row in hub.run("report", "lost")] == [codes[2]]
    assert {row[0] for row in hub.rows("SELECT code FROM dossier")} == {*codes, new}


def test_state_goes_by_epoch_and_not_by_clock(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    sender.progress(code, "processing")
    take(hub, tmp_path, sender.file())
    sender.day = date(2037, 1, 1)
    sender.progress(code, "finished", date(2026, 2, 2))
    take(hub, tmp_path, sender.file())
    late = Sender()
    late.records, late.previous, late.sequence = sender.records[:3], sender.previous, 2
    late.day = date(2037, 1, 2)
    late.take_in(9)
    late.sent = 3
    late_file = late.file()
    sender.restore(2)
    sender.day = date(2015, 1, 1)
    take(hub, tmp_path, sender.file())
    assert hub.rows("SELECT status, closed_day FROM dossier") == [("processing", None)]
    assert take(hub, tmp_path, late_file)["accepted"] == 1
    assert hub.rows("SELECT code, status FROM dossier") == [(code, "processing")]
    assert hub.rows("SELECT late FROM file ORDER BY place") == [(False,), (False,), (False,), (True,)]


def test_forks_are_numbered_and_settled(hub: Hub, tmp_path: Path) -> None:
    """A disk was copied, and both desks go on."""
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    take(hub, tmp_path, sender.file())
    other = Sender(records=list(sender.records), sent=1, previous=sender.previous, sequence=1)
    mine, theirs = sender.take_in(2), other.take_in(3, fresh=1, actor="Máy khác")
    known, rival = sender.file(), other.file()
    take(hub, tmp_path, known)
    first, second = take(hub, tmp_path, rival, status=1), take(hub, tmp_path, rival, status=1)
    assert first["code"] == "bundle_fork" and first["fork"] == second["fork"]
    (fork,) = hub.run("report", "forks")
    assert (fork["fork"], fork["times"], fork["settled"]) == (first["fork"], 2, None)
    assert hub.refused("settle", 99, "--keep", "known", "--note", "x") == "fork_unknown"
    (settled,) = hub.run("settle", first["fork"], "--keep", "found", "--note", "Máy thứ hai đúng")
    assert settled["settled"] == "found" and settled["accepted"] == 1
    assert hub.refused("settle", first["fork"], "--keep", "known", "--note", "x") == "fork_settled"
    assert take(hub, tmp_path, rival)["result"] == "again"
    other.take_in(4, fresh=1)
    assert take(hub, tmp_path, other.file())["result"] == "accepted"
    assert [row["code"] for row in hub.run("report", "lost")] == [mine]
    assert {theirs} <= {row[0] for row in hub.rows("SELECT code FROM dossier")}


def test_fork_settled_for_the_known_file_stays_refused(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    take(hub, tmp_path, sender.file())
    sender.take_in(2)
    sender.previous = "ab" * 32
    data = sender.file()
    line = take(hub, tmp_path, data, status=1)
    hub.run("settle", line["fork"], "--keep", "known", "--note", "Không rõ nguồn")
    assert take(hub, tmp_path, data, status=1) == {**line, "settled": "known"}
    sender.restore(2)
    assert take(hub, tmp_path, sender.file())["result"] == "accepted"


@pytest.mark.parametrize(
    ("command", "variables", "status", "code"),
    [
        ("init", {}, 1, "hub_exists"),
        ("senders", {"HUB_DATABASE": ""}, 2, "hub_database"),
        ("senders", {"HUB_DATABASE": "postgresql://127.0.0.1:1/none"}, 3, "receiver_busy"),
    ],
)
def test_receiver_that_cannot_be_opened(
    hub: Hub, command: str, variables: dict[str, str], status: int, code: str
) -> None:
    assert hub.refused(command, status=status, **variables) == code


@pytest.mark.parametrize("step", [1, -1])
def test_tables_of_another_version_are_left_alone(hub: Hub, step: int) -> None:
    hub.rows("UPDATE receiver SET schema = schema + %s", step)
    assert hub.refused("senders", status=3) == "hub_newer"
    assert hub.refused("ingest", "x.mcsync", status=3) == "hub_newer"
    assert hub.rows("SELECT count(*) FROM sender") == [(0,)]


def test_empty_database_and_foreign_keys(hub: Hub, postgres, tmp_path: Path) -> None:
    address = postgres.create_database(f"{tmp_path.name}_empty".replace("-", "_"))
    assert hub.refused("senders", HUB_DATABASE=address) == "hub_empty"
    keys = tmp_path / "keys.json"
    (answer,) = hub.run("init", HUB_DATABASE=address, HUB_KEYS=str(keys))
    assert answer["training"] is False and keys.stat().st_mode & 0o777 == 0o600
    assert hub.refused("ingest", "x.mcsync", HUB_KEYS=str(keys)) == "hub_keys_foreign"
    keys.chmod(0o644)
    assert hub.refused("ingest", "x.mcsync", status=3, HUB_KEYS=str(keys)) == "hub_keys"


@pytest.mark.parametrize("made_at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_instant_outside_the_calendar_is_refused(hub: Hub, tmp_path: Path, made_at: str) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    line = take(hub, tmp_path, sender.file(made_at=made_at), status=1)
    assert line["code"] == "bundle_manifest" and hub.rows("SELECT count(*) FROM file") == [(0,)]
