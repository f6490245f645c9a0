"""Files, answers and a foreign writer compared with docs/formats.md."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.office.exchange.sync_export import export_backlog, export_bundle
from tests.faults.hub.desks import command, join
from tests.faults.hub.offices import post_to
from tests.hub import formats_checker as checker
from tests.hub.formats_checker import FormatError, check_ack, check_bundle
from tests.support.hub_service import serving
from tests.support.offices import desk_session
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender

pytestmark = pytest.mark.posix
_KEY = (77).to_bytes(32, "big")


def plain_zip(members: Mapping[str, bytes]) -> bytes:
    """Return what a general zip library writes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def foreign_file(container: Any = checker.write_container) -> bytes:
    """Return a file of two records that nothing of ours has written."""
    day, code = "2026-02-12", "H29.31-260212-0001"
    state = {
        "status": "received",
        "outcome": None,
        "received_at": f"{day}T09:00:00+07:00",
        "original_due_at": "2026-02-19T17:00:00+07:00",
        "due_at": "2026-02-19T17:00:00+07:00",
        "closed_at": None,
        "returned_at": None,
    }
    common = {
        "workstation": 1,
        "schema": 2,
        "occurred_at": f"{day}T09:00:00+07:00",
        "entered_at": f"{day}T09:00:00+07:00",
        "actor": 'Đỗ Thị Thử \\ "Hai"\t',
        "dossier": code,
    }
    records = [
        {
            **common,
            "id": "0b6e8a52-7a2f-4b7c-9d0a-5f7f4b1e0001",
            "sequence": 1,
            "type": "dossier",
            "payload": {"MaHoSo": code, "TenLinhVuc": "Hộ tịch", "KenhThucHien": "2", "state": state},
        },
        {
            **common,
            "id": "0b6e8a52-7a2f-4b7c-9d0a-5f7f4b1e0002",
            "sequence": 2,
            "type": "progress",
            "payload": {"MaHoSo": code, "TrangThai": "4", "state": {**state, "status": "processing"}},
        },
    ]
    manifest = {
        "format": "motcua-sync",
        "version": 1,
        "office": "UBND xã Người Lạ",
        "agency_code": "H29.31",
        "workstation": 1,
        "epoch": "0b6e8a52-7a2f-4b7c-9d0a-5f7f4b1e9999",
        "sequence": 1,
        "previous": None,
        "record_from": 1,
        "record_to": 2,
        "count": 2,
        "made_at": f"{day}T17:00:00+07:00",
        "training": True,
    }
    return checker.write_bundle(manifest, records, _KEY, container)


def test_every_file_and_answer_of_an_office_follows_the_page(hub: Hub, training_folder: Path) -> None:
    with serving(hub) as address:
        join(hub, training_folder, address)
        for _ in range(3):
            with desk_session(training_folder) as desk:
                codes = [desk.take_in().code for _ in range(4)]
                desk.act(codes[0], "ask-supplement", note="Thiếu giấy")
                desk.act(codes[1], "finish")
            command(training_folder, "sync", "push")
        command(training_folder, "restore", command(training_folder, "backup")["file"])
        command(training_folder, "sync", "push")
    signs, previous, epoch = hub.keys.receiver_signs, None, None
    files = hub.rows("SELECT content, ack, accepted, already, rejected FROM file ORDER BY place")
    assert len(files) == 4
    for content, ack, *counts in files:
        begun = json.loads(checker.read_container(content)["manifest.json"])["epoch"]
        previous = previous if begun == epoch else None
        manifest, records = check_bundle(content, previous)
        counted = check_ack(ack, content, signs, [record["id"] for record in records])
        assert [counted[name] for name in ("accepted", "already", "rejected")] == counts
        previous, epoch = content, manifest["epoch"]


def test_files_for_a_stick_and_their_rejections_follow_the_page(hub: Hub, tmp_path: Path) -> None:
    sender = Sender()
    hub.run("enrol", sender.public_key, "--agency", sender.agency)
    for serial in range(1, 4):
        sender.take_in(serial)
    sender.progress(sender.code(99), "finished")
    data = sender.file()
    place = tmp_path / "a.mcsync"
    place.write_bytes(data)
    (line,) = hub.run("ingest", place)
    _manifest, records = check_bundle(data, None)
    counts = check_ack(
        place.with_suffix(".mcack").read_bytes(), data, hub.keys.receiver_signs, [record["id"] for record in records]
    )
    assert counts == {"accepted": 3, "already": 0, "rejected": 1} == {name: line[name] for name in counts}


def test_backlog_follows_the_page(training_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.sending.files.MAX_RECORDS", 5)
    with desk_session(training_folder) as desk:
        for _ in range(12):
            desk.take_in()
        files = [exported.content for exported in export_backlog(desk.office)]
    sequences = []
    for before, content in zip([None, *files], files, strict=False):
        sequences += [record["sequence"] for record in check_bundle(content, before)[1]]
    assert len(files) == 3 and sequences == list(range(1, 13))


def test_checker_notices_every_changed_byte(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        desk.take_in()
        data = export_bundle(desk.office).content
    check_bundle(data, None)
    for at in range(0, len(data), 7):
        with pytest.raises(FormatError):
            check_bundle(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :], None)


def test_file_of_a_foreign_writer_is_received(hub: Hub, tmp_path: Path) -> None:
    data = foreign_file()
    manifest, records = check_bundle(data, None)
    hub.run("enrol", manifest["public_key"], "--agency", "H29.31")
    place = tmp_path / "la.mcsync"
    place.write_bytes(data)
    (line,) = hub.run("ingest", place)
    assert (line["result"], line["accepted"]) == ("accepted", 2)
    check_ack(
        place.with_suffix(".mcack").read_bytes(), data, hub.keys.receiver_signs, [record["id"] for record in records]
    )
    assert hub.rows("SELECT code, status FROM dossier") == [("H29.31-260212-0001", "processing")]


def test_file_of_a_plain_zip_library_is_refused_with_its_reason(hub: Hub, tmp_path: Path) -> None:
    data = foreign_file(plain_zip)
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("manifest.json"))
    hub.run("enrol", manifest["public_key"], "--agency", "H29.31")
    place = tmp_path / "la.mcsync"
    place.write_bytes(data)
    (line,) = hub.run("ingest", place, status=1)
    assert (line["result"], line["code"]) == ("refused", "bundle_layout")
    assert hub.rows("SELECT count(*) FROM file") == [(0,)]
    with pytest.raises(FormatError, match="compares the whole file"):
        check_bundle(data, None)


def test_plain_zip_is_answered_by_wire_with_a_sentence(hub: Hub) -> None:
    with serving(hub) as address:
        answer = post_to(address)(foreign_file(plain_zip))
    problem = json.loads(answer.body)
    assert (answer.status, problem["code"], problem["type"]) == (422, "bundle_layout", "urn:motcua:bundle_layout")
    assert "zip" in problem["title"].lower() or "đóng gói" in problem["title"].lower(), problem["title"]
