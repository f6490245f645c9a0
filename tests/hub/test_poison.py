"""S5: bad records are rejected one by one, and the rest is accepted."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.sync.canonical import canonical_json
from app.sync.records import record_hash
from tests.hub.test_ingest import enrolled, results, take
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender


def line_of(record: Any, **changed: Any) -> bytes:
    """Return a line with changed members and a fitting digest."""
    value = {**record, **changed}
    value["hash"] = record_hash(value)
    return canonical_json(value)


def surrogate(record: Any) -> bytes:
    text = json.dumps({**record, "actor": "\ud800"}, sort_keys=True, separators=(",", ":"))
    return text.encode()


POISONS: dict[str, Any] = {
    "id": lambda record: line_of(record, id="17"),
    "instant": lambda record: line_of(record, occurred_at="2026-02-30T09:00:00+07:00"),
    "nul": lambda record: line_of(record, payload={**record["payload"], "TenTTHC": "a\0b"}),
    "nul in the actor": lambda record: line_of(record, actor="a\0b"),
    "surrogate": surrogate,
    "agency": lambda record: line_of(record, dossier="H30.01-260202-0002"),
    "longer agency": lambda record: line_of(record, dossier="H29.12.3-260202-0002"),
    "unknown dossier": lambda record: line_of(record, type="progress", dossier="H29.12-260202-0999"),
    "state": lambda record: line_of(record, payload={**record["payload"], "state": {"status": "?"}}),
    "no state": lambda record: line_of(record, payload={"MaHoSo": record["dossier"]}),
    "far instant": lambda record: line_of(record, entered_at="0001-01-01T00:00:00+23:00"),
    "no JSON": lambda record: b"{",
    "no object": lambda record: b"[]",
    "missing member": lambda record: canonical_json({k: v for k, v in record.items() if k != "actor"}),
    "number": lambda record: canonical_json({**record, "sequence": "2"}),
    "digest": lambda record: canonical_json({**record, "actor": "Người khác"}),
}


@pytest.mark.parametrize("poison", POISONS)
def test_one_poison_record_stops_no_other(hub: Hub, tmp_path: Path, poison: str) -> None:
    sender = enrolled(hub, Sender())
    for serial in range(1, 6):
        sender.take_in(serial)
    lines = [canonical_json(record) for record in sender.records]
    lines[1] = POISONS[poison](sender.records[1])
    data = sender.raw_file(lines)
    line = take(hub, tmp_path, data)
    assert (line["accepted"], line["rejected"]) == (4, 1)
    (row,) = hub.run("report", "rejected")
    answers = results(hub, tmp_path / "file.mcsync")
    assert [result for result, _ in answers] == ["accepted", "rejected", "accepted", "accepted", "accepted"]
    assert answers[1][1] == row["reason"]
    assert take(hub, tmp_path, data)["result"] == "again"


def test_poisons_by_the_thousand(hub: Hub, tmp_path: Path) -> None:
    for number, (total, bad) in enumerate([(1000, 1), (1000, 500)], 1):
        sender = enrolled(hub, Sender(number=number, agency=f"H29.{number}"))
        for serial in range(1, total + 1):
            sender.take_in(serial)
        lines = [canonical_json(record) for record in sender.records]
        poisons = [poison for name, poison in POISONS.items() if name != "agency"]
        places = range(0, total, total // bad)
        for turn, place in enumerate(places):
            lines[place] = poisons[turn % len(poisons)](sender.records[place])
        line = take(hub, tmp_path, sender.raw_file(lines))
        assert (line["accepted"], line["rejected"]) == (total - bad, bad)
    assert len(hub.run("report", "rejected", "--agency", "H29.2")) == 500
    assert hub.run("report", "lag")[1]["rejected"] == 500


def test_record_that_only_the_database_refuses(hub: Hub, tmp_path: Path) -> None:
    hub.rows("CREATE DOMAIN clean AS text CHECK (VALUE NOT LIKE 'độc%%')")
    hub.rows("ALTER TABLE record ALTER COLUMN actor TYPE clean")
    try:
        sender = enrolled(hub, Sender())
        for serial in range(1, 200):
            sender.take_in(serial, actor="độc hại" if serial in (3, 120, 121) else "Cán bộ")
        line = take(hub, tmp_path, sender.file())
        assert (line["accepted"], line["rejected"]) == (196, 3)
        assert {row["reason_code"] for row in hub.run("report", "rejected")} == {"database"}
        assert hub.rows("SELECT count(*) FROM dossier") == [(196,)]
    finally:
        hub.rows("ALTER TABLE record ALTER COLUMN actor TYPE text")
        hub.rows("DROP DOMAIN clean")


def test_rejected_dossier_is_sent_again(hub: Hub, tmp_path: Path) -> None:
    """«Sửa và gửi lại»: a new record of the whole state closes the rejection."""
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    lines = [POISONS["nul"](sender.records[0])]
    take(hub, tmp_path, sender.raw_file(lines))
    sender.sent = 1
    sender.progress(code, "processing")
    assert take(hub, tmp_path, sender.file())["rejected"] == 1
    assert len(hub.run("report", "rejected")) == 2
    sender.take_in(1, fresh=1)
    assert take(hub, tmp_path, sender.file())["accepted"] == 1
    assert hub.run("report", "rejected") == []
    assert hub.rows("SELECT code FROM dossier") == [(code,)]


@pytest.mark.parametrize(("bad", "still_open"), [(1, 0), (2, 1)])
def test_order_inside_a_file_decides_what_a_record_corrects(
    hub: Hub, tmp_path: Path, bad: int, still_open: int
) -> None:
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    sender.progress(code, "processing")
    sender.progress(code, "finished")
    lines = [canonical_json(record) for record in sender.records]
    lines[bad] = POISONS["state"](sender.records[bad])
    assert take(hub, tmp_path, sender.raw_file(lines))["rejected"] == 1
    assert len(hub.run("report", "rejected")) == still_open
    sender.restore(3)
    take(hub, tmp_path, sender.raw_file(lines))
    assert len(hub.run("report", "rejected")) == 2 * still_open


def test_known_record_corrects_nothing_of_an_earlier_epoch(hub: Hub, tmp_path: Path) -> None:
    """A record that is sent again is not later than the rejection."""
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    take(hub, tmp_path, sender.file())
    sender.progress(code, "processing")
    take(hub, tmp_path, sender.raw_file([POISONS["state"](sender.records[1])], record_from=2, record_to=2))
    sender.restore(1)
    assert take(hub, tmp_path, sender.file())["already"] == 1
    assert len(hub.run("report", "rejected")) == 1


def test_lines_in_another_spelling_are_read_as_well(hub: Hub, tmp_path: Path) -> None:
    """Blanks and escapes are not canonical; the digest covers values."""
    sender = enrolled(hub, Sender())
    code = sender.take_in(1)
    take(hub, tmp_path, sender.file())
    sender.progress(code, "processing")
    spelled = json.dumps(sender.records[1]).replace('"dossier"', '"d\\u006fssier"').encode()
    line = take(hub, tmp_path, sender.raw_file([spelled], record_from=2, record_to=2))
    assert (line["accepted"], line["rejected"]) == (1, 0)
    sender.restore(2)
    lines = [json.dumps(record).replace('"id"', '"\\u0069d"').encode() for record in sender.records]
    assert take(hub, tmp_path, sender.raw_file(lines))["already"] == 2
    assert hub.rows("SELECT status FROM dossier") == [("processing",)]
