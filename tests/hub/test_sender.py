"""An office and a receiver: card, unknown key, wire, stick, one ack (S4)."""

from pathlib import Path

import pytest

from app.bootstrap import main
from app.office.exchange.receiver_join import join_receiver
from app.office.exchange.sync_export import export_bundle
from app.office.exchange.sync_send import push
from app.usecases.sync.status import GetIdentity, SyncStatus, get_identity, sync_status
from tests.hub.test_service import service_process
from tests.support.offices import desk_session
from tests.support.postgres_server import Hub

pytestmark = pytest.mark.posix


def test_file_goes_by_wire_and_by_stick_with_one_ack(hub: Hub, training_folder: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.toml"
    with service_process(hub) as (_process, address):
        hub.run("card", "--out", card, "--address", address)
        with desk_session(training_folder) as desk:
            join_receiver(desk.office, card, None)
        with desk_session(training_folder) as desk:
            codes = [desk.take_in().code for _ in range(3)]
            desk.act(codes[0], "ask-supplement", note="Thiếu giấy")
            unknown = push(desk.office)
            assert unknown.trouble is not None and unknown.trouble.code == "bundle_unknown_key"
            identity = desk.office.read(get_identity, GetIdentity())
            hub.run("enrol", identity.public_key, "--agency", identity.agency_code)
            result = push(desk.office)
            assert (result.files, result.trouble) == (1, None)
            state = desk.office.read(sync_status, SyncStatus())
            assert (state.waiting, state.sent, state.confirmed, state.rejected) == (0, 0, 3, ())
            (ack,) = desk.rows("SELECT answer FROM bundle")
            stick = tmp_path / "a.mcsync"
            stick.write_bytes(export_bundle(desk.office, 1).content)
            (line,) = hub.run("ingest", stick, "--acks", tmp_path)
            (file,) = tmp_path.glob("*.mcack")
            assert line["result"] == "again" and file.read_bytes() == bytes(ack[0])
    options = ("--data", str(training_folder), "--json", "--now", "2026-02-10T09:00")
    assert main([*options, "sync", "apply", str(file)]) == 0
    with desk_session(training_folder) as desk:
        assert desk.office.read(sync_status, SyncStatus()).confirmed == 3 and desk.check().ok
