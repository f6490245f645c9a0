"""Sync files: content, excluded data, and the chain of files."""

import io
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
import pytest
import zstandard

from app.models.errors import Refusal
from app.office.exchange.sync_export import export_backlog, export_bundle
from app.services.reporting.figures_06a import to_json
from app.services.sending import files as sync_files
from app.services.sending.files import backlog_file_name
from app.sync.bundle import Bundle, read_bundle
from app.usecases.sync.export import BuildBundle, ExportedBundle, StoreBundle, build_bundle, store_bundle
from app.usecases.sync.status import SyncStatus, sync_status
from tests.support.offices import MORNING, PERSON, Desk, at, desk_session

MANIFEST = {
    *("format", "version", "office", "agency_code", "workstation", "epoch", "sequence", "previous", "record_from"),
    *("record_to", "count", "made_at", "records_sha256", "summary_sha256", "public_key", "training"),
}
RECORD = {
    *("id", "workstation", "sequence", "type", "schema", "occurred_at", "entered_at", "actor", "dossier", "payload"),
    *("hash", "previous_hash"),
}
DOSSIER = {
    *("MaHoSo", "MaTTHC", "TenTTHC", "TenLinhVuc", "KenhThucHien", "LoaiDoiTuong", "NgayTiepNhan", "NgayHenTra"),
    *("TrangThaiHoSo", "NgayKetThucXuLy", "NgayTra", "HinhThuc", "DonViXuLy", "DanhSachLePhi", "facts_digest"),
    *("row_digest", "state"),
}
PROGRESS = {
    *("MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "TrangThai", "NgayBatDau"),
    *("NgayKetThucTheoQuyDinh", "action", "facts_digest", "row_digest", "state"),
}
REFUSAL = {"NgayTuChoi", "DanhSachGiayToKetQua"}
SUPPLEMENT = {"DanhSachHoSoBoSung"}
STATE = {"status", "outcome", "received_at", "original_due_at", "due_at", "closed_at", "returned_at"}
SECRETS = {
    "name": "Huỳnh Bá Ngãi",
    "id_number": "079055511223",
    "phone": "0977 888 999",
    "address": "Hẻm Bí Mật số 17",
    "email": "bi.mat@thu.example",
}


def export(desk: Desk, again: int | None = None, hour: str = "2026-02-10T09:00") -> ExportedBundle:
    return export_bundle(desk.office, again, at(hour))


def read(exported: ExportedBundle, **keys: Any) -> Bundle:
    return read_bundle(exported.content, **keys)


def busy(desk: Desk) -> list[str]:
    """Dossiers of each outcome, with people, notes and private reasons."""
    secret: dict[str, Any] = {
        "applicant": {**PERSON, **SECRETS},
        "submitter": {**PERSON, "name": "Lục Thị Kín", "id_number": "079155511224"},
        "principal": {"name": "Âu Văn Giấu", "phone": "0911 000 777", "authority": "Giấy ủy quyền số Mật 99"},
        "note": "Ghi chú riêng tư",
        "alias": "KIN-2026-1",
    }
    codes = [desk.take_in(**{**secret, "alias": f"KIN-{n}"}).code for n in range(6)]
    desk.act(codes[0], "send", to="Tư pháp", note="Lời nhắn kín")
    desk.act(codes[0], "finish")
    desk.act(codes[0], "return", received_by="Mai Thị Nhận Hộ")
    desk.act(codes[1], "ask-supplement", note="Thiếu giấy của ông Kín")
    desk.act(codes[2], "refuse", note="Vì lẽ riêng của ông Kín")
    desk.act(codes[3], "void", note="Nhầm tên ông Kín")
    desk.act(codes[4], "amend", sets=(("name", "Tên Mới Của Kín"),), note="Sửa theo lời ông Kín")
    desk.act(codes[5], "pay", amount=2000, receipt="BL-777")
    desk.take_in(at_once=True, submitter={**PERSON, "name": "Người Đến Lấy"})
    return codes


HIDDEN = (
    *SECRETS.values(),
    *("0977888999", "Lục Thị Kín", "079155511224", "Âu Văn Giấu", "0911 000 777", "Mật 99", "riêng tư", "KIN-"),
    *("Lời nhắn", "Mai Thị Nhận", "ông Kín", "Tên Mới", "Người Đến Lấy", "BL-777"),
)


def everything(content: bytes) -> str:
    """Return all readable text of a file, with unpacked records."""
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        texts = [box.read(name) for name in box.namelist()]
        names = " ".join(box.namelist())
        records = zstandard.ZstdDecompressor().decompress(box.read("records.jsonl.zst"))
    return names + b"\n".join([content, *texts, records]).decode("utf-8", "replace")


def test_file_has_the_documented_members_and_keys(desk: Desk) -> None:
    codes = busy(desk)
    exported = export(desk)
    with zipfile.ZipFile(io.BytesIO(exported.content)) as box:
        assert box.namelist() == ["manifest.json", "manifest.sig", "records.jsonl.zst", "summary.json"]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in box.infolist())
        assert len(box.read("manifest.sig")) == 64
        raw = box.read("manifest.json")
    bundle = read(exported)
    assert set(bundle.manifest) == MANIFEST and bundle.manifest_sha256 == sha256(raw).hexdigest()
    manifest = bundle.manifest
    assert (manifest["format"], manifest["version"], manifest["training"]) == ("motcua-sync", 1, True)
    assert (manifest["sequence"], manifest["previous"], manifest["workstation"]) == (1, None, 1)
    assert (manifest["record_from"], manifest["record_to"], manifest["count"]) == (
        1,
        exported.records,
        exported.records,
    )
    assert manifest["made_at"] == "2026-02-10T09:00:00+07:00" and len(manifest["public_key"]) == 64
    assert all(set(record) == RECORD for record in bundle.records)
    for record in bundle.records:
        added = {"refuse": REFUSAL, "ask-supplement": SUPPLEMENT}.get(record["payload"].get("action"), set())
        assert set(record["payload"]) == (DOSSIER if record["type"] == "dossier" else PROGRESS | added), record["type"]
        assert set(record["payload"]["state"]) == STATE and record["schema"] == 2
        assert record["payload"]["MaHoSo"] == record["dossier"]
    assert {record["type"] for record in bundle.records} == {"dossier", "progress", "void"}
    assert {record["dossier"] for record in bundle.records} >= set(codes)


def test_file_has_the_current_states(desk: Desk) -> None:
    codes = busy(desk)
    last: dict[str, str] = {}
    for record in read(export(desk)).records:
        payload = record["payload"]
        last[str(record["dossier"])] = payload.get("TrangThai", payload.get("TrangThaiHoSo"))
    assert [last[code] for code in codes] == ["10", "5", "9", "", "2", "2"]


def test_file_has_no_personal_data(desk: Desk) -> None:
    busy(desk)
    text = everything(export(desk).content)
    assert "H29.12-260209-0001" in text and "Chứng thực" in text and "tap-huan" in text
    assert [secret for secret in HIDDEN if secret in text or secret.casefold() in text.casefold()] == []


def test_files_form_a_chain(desk: Desk) -> None:
    busy(desk)
    first = export(desk)
    desk.take_in(at("2026-02-10T10:00"))
    second, third = export(desk, hour="2026-02-10T11:00"), export(desk, hour="2026-02-10T12:00")
    one, two, three = read(first), read(second), read(third)
    assert [b.manifest["sequence"] for b in (one, two, three)] == [1, 2, 3]
    assert two.manifest["previous"] == one.manifest_sha256 and three.manifest["previous"] == two.manifest_sha256
    assert len({b.manifest["epoch"] for b in (one, two, three)}) == 1
    assert len({b.manifest["public_key"] for b in (one, two, three)}) == 1
    assert (two.manifest["record_from"], two.manifest["count"]) == (one.manifest["record_to"] + 1, 1)
    assert two.records[0]["previous_hash"] == one.records[-1]["hash"]
    assert (three.manifest["record_from"], three.manifest["record_to"], three.manifest["count"]) == (None, None, 0)
    assert three.records == () and (second.records, third.records) == (1, 0)


def test_earlier_file_is_repeated_byte_for_byte(desk: Desk) -> None:
    busy(desk)
    first = export(desk)
    desk.take_in()
    export(desk)
    before = desk.contents()
    assert export(desk, again=1, hour="2027-01-01T00:00") == first
    assert desk.contents() == before
    for never in (0, -1, 3, 10**12):
        with pytest.raises(Refusal) as refused:
            export(desk, again=never)
        assert (refused.value.code, refused.value.field) == ("bundle_unknown", "again")


def test_summary_has_this_and_the_last_quarter(desk: Desk) -> None:
    desk.take_in(at("2025-12-01T08:00"))
    desk.take_in(at("2026-02-09T08:00"))
    reports = read(export(desk)).summary["reports"]
    assert [report["period"] for report in reports] == [
        {"from": "2025-12-15", "to": "2026-03-14"},
        {"from": "2025-09-15", "to": "2025-12-14"},
    ]
    assert [report["total"]["received"] for report in reports] == [2, 1]
    assert reports[0] == to_json(desk.report(date(2025, 12, 15), date(2026, 3, 14), at("2026-02-10T09:00")))


def test_sync_state_counts_dossiers(desk: Desk) -> None:
    def counts() -> tuple[int, int, int]:
        state = desk.office.read(sync_status, SyncStatus(), MORNING)
        assert state.rejected == () and state.last_confirmed_at is None
        return state.waiting, state.sent, state.confirmed

    assert counts() == (0, 0, 0)
    code = desk.take_in().code
    desk.act(code, "send", to="Tư pháp")
    desk.take_in()
    assert counts() == (2, 0, 0)
    export(desk)
    assert counts() == (0, 2, 0)
    desk.act(code, "finish")
    assert counts() == (1, 1, 0)


def test_people_are_readable_by_the_receiver_only(training_folder: Path) -> None:
    receiver, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    toml = training_folder / "office.toml"
    sent = f'send_people = true\nreceiver_key = "{receiver.to_public()}"\n'
    toml.write_text(sent + toml.read_text(encoding="utf-8"), encoding="utf-8")
    with desk_session(training_folder) as desk:
        busy(desk)
        exported = export(desk)
    assert [secret for secret in HIDDEN if secret.encode() in exported.content] == []
    with zipfile.ZipFile(io.BytesIO(exported.content)) as box:
        assert "records.jsonl.zst.age" in box.namelist() and "records.jsonl.zst" not in box.namelist()
    people = [
        record["payload"] for record in read(exported, identity=str(receiver)).records if record["type"] == "dossier"
    ]
    assert people[0]["ChuHoSo"] == SECRETS["name"] and people[0]["SoGiayToChuHoSo"] == SECRETS["id_number"]
    assert people[0]["DinhDanhCHS"] == {"LoaiDinhDanh": "1", "SoDinhDanh": SECRETS["id_number"]}
    assert {each["ChuHoSo"] for each in people} >= {SECRETS["name"], "Tên Mới Của Kín"}
    with pytest.raises(Exception, match="bundle_identity"):
        read(exported, identity=str(other))


def test_invalid_receiver_key_is_refused_before_anything_is_marked_sent(training_folder: Path) -> None:
    toml = training_folder / "office.toml"
    toml.write_text(
        'send_people = true\nreceiver_key = "age1sai"\n' + toml.read_text(encoding="utf-8"), encoding="utf-8"
    )
    with desk_session(training_folder) as desk:
        desk.take_in()
        before = desk.contents()
        with pytest.raises(Refusal) as refused:
            export(desk)
        assert refused.value.code == "bundle_receiver_key" and desk.contents() == before


def test_broken_chain_is_not_exported(desk: Desk) -> None:
    desk.take_in()
    desk.tamper("UPDATE event SET actor = 'Người khác' WHERE sequence = 1")
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        export(desk)
    assert refused.value.code == "bundle_chain" and desk.contents() == before


def test_file_name_has_no_personal_data(desk: Desk) -> None:
    busy(desk)
    assert export(desk).file_name == "H29.12-01-000001.mcsync"


def test_renumbered_desk_exports_its_earlier_events(training_folder: Path) -> None:
    """One file carries one chain: first the old desk number's events."""
    with desk_session(training_folder) as desk:
        old = [desk.take_in().code, desk.take_in().code]
    toml = training_folder / "office.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("workstation = 1", "workstation = 7"), encoding="utf-8")
    with desk_session(training_folder) as desk:
        new = desk.take_in().code
        first, second, third = export(desk), export(desk), export(desk)
        assert desk.check().ok
        assert (first.more, second.more, third.more) == (True, False, False)
        assert first.file_name == export(desk, again=1).file_name == "H29.12-01-000001.mcsync"
    contents = [
        (bundle.manifest["workstation"], [r["dossier"] for r in bundle.records])
        for bundle in map(read, (first, second, third))
    ]
    assert contents == [(1, old), (7, [new]), (7, [])]
    assert read(second).manifest["previous"] == read(first).manifest_sha256


def test_backlog_fills_several_chained_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_files, "MAX_RECORDS", 3)
    for _ in range(4):
        desk.act(desk.take_in().code, "finish")
    files = [export(desk) for _ in range(3)]
    assert [(file.sequence, file.records, file.more) for file in files] == [(1, 3, True), (2, 3, True), (3, 2, False)]
    bundles = [read(file) for file in files]
    assert [(each.manifest["record_from"], each.manifest["record_to"]) for each in bundles] == [(1, 3), (4, 6), (7, 8)]
    assert [each.manifest["previous"] for each in bundles[1:]] == [each.manifest_sha256 for each in bundles[:2]]


def test_intake_does_not_wait_for_a_file_being_built(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.take_in()
    during: list[str] = []
    build = sync_files.write_bundle

    def build_during_intake(*values: Any) -> bytes:
        if not during:
            during.append(desk.take_in().code)
        return build(*values)

    monkeypatch.setattr(sync_files, "write_bundle", build_during_intake)
    first, second = export(desk), export(desk)
    assert len(during) == 1 and (first.records, first.more, second.records) == (1, True, 1)
    assert read(second).records[0]["dossier"] == during[0]


def test_file_stored_by_another_program_is_not_stored_twice(desk: Desk) -> None:
    desk.take_in()
    stale = desk.office.read(build_bundle, BuildBundle(), at("2026-02-10T09:00"))
    assert export(desk).sequence == 1
    before = desk.contents()
    assert desk.office.write(store_bundle, StoreBundle(stale), at("2026-02-10T09:01")) is None
    assert desk.contents() == before


def test_each_dossier_has_one_sync_state(desk: Desk) -> None:
    """Rejected precedes waiting, waiting sent, and sent confirmed."""
    codes = [desk.take_in().code for _ in range(5)]
    export(desk)
    desk.act(codes[1], "finish")
    events = "SELECT e.id FROM event e JOIN dossier d ON d.id = e.dossier_id WHERE d.code = '{}'"
    answer = f"UPDATE outbox SET answer = '{{}}' WHERE event_id IN ({events})"
    desk.tamper(answer.format("accepted", codes[2]), answer.format("rejected", codes[3]))
    desk.act(codes[3], "finish")
    desk.tamper(answer.format("rejected", codes[3]))
    state = desk.office.read(sync_status, SyncStatus(), at("2026-02-10T10:00"))
    assert (state.waiting, state.sent, state.confirmed) == (1, 2, 1)
    assert [each.code for each in state.rejected] == [codes[3]]


def test_backlog_is_every_unanswered_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_files, "MAX_RECORDS", 2)
    assert list(export_backlog(desk.office)) == []
    for _ in range(5):
        desk.take_in()
    export(desk)
    desk.tamper("UPDATE bundle SET answered_at = 1 WHERE sequence = 1")
    files = list(export_backlog(desk.office))
    assert [(file.sequence, file.records) for file in files] == [(2, 2), (3, 1)]
    names = [backlog_file_name(file.content) for file in files]
    epoch = read(files[0]).manifest["epoch"][:8]
    assert names == [f"H29.12-01-{epoch}-00000{n}.mcsync" for n in (2, 3)]
    assert [file.content for file in export_backlog(desk.office)] == [file.content for file in files]
