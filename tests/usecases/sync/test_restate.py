"""Records of schema 2: state, digest of the row, upgrade."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import Action
from app.models.instants import iso
from app.office.exchange.sync_export import export_bundle
from app.services import events
from app.services.records.row_digest import stored_row_digests
from app.storage import dossiers
from app.storage.uow import reading
from app.sync.bundle import Bundle, read_bundle
from app.usecases.sync.restate import RestateOlderDossiers, restate_older_dossiers
from tests.support.offices import MORNING, PERSON, Desk, at, desk_session

LATER = at("2026-02-12T10:00")


def lives(desk: Desk) -> list[str]:
    """Dossiers in each kind of state."""
    codes = [desk.take_in(alias=f"CŨ-{number}").code for number in range(6)]
    desk.act(codes[0], "send", to="Tư pháp")
    desk.act(codes[0], "apologise", until=at("2026-02-27T08:00").date(), at=at("2026-02-10T08:00"))
    desk.act(codes[1], "ask-supplement", note="Thiếu giấy khai sinh của bà Ẫm")
    desk.act(codes[1], "supplement", note="Đã nộp", at=LATER)
    desk.act(codes[2], "refuse", note="Không đủ điều kiện")
    desk.act(codes[3], "void", note="Nhầm")
    desk.act(codes[4], "amend", sets=(("name", "Đào Thị Ẩm"),), note="Sai dấu")
    desk.act(codes[5], "finish")
    desk.take_in(at_once=True)
    return codes


def exported(desk: Desk) -> Bundle:
    return read_bundle(export_bundle(desk.office, at=LATER).content)


def newest_payloads(desk: Desk) -> dict[str, Any]:
    """Return the newest payload of each dossier, by code."""
    rows = desk.rows(
        "SELECT code, payload FROM outbox JOIN event ON event.id = event_id"
        " JOIN dossier ON dossier.id = dossier_id ORDER BY event.id"
    )
    return {code: json.loads(payload) for code, payload in rows}


def digests(desk: Desk) -> dict[str, str]:
    """Return the digest of each row as it is stored now, by code."""
    with reading(desk.office._database) as work:
        key = bytes.fromhex(json.loads(desk.rows("SELECT value FROM setting WHERE name = 'digest_key'")[0][0]))
        rows = dossiers.dossiers_without_record(work, 99, 0, 1000)
        return {row.code: stored_row_digests(work, row, key).whole for row in rows}


def test_newest_record_has_the_state_and_the_digest_of_the_stored_row(desk: Desk) -> None:
    codes = lives(desk)
    payloads = newest_payloads(desk)
    assert {code: payload["row_digest"] for code, payload in payloads.items()} == digests(desk)
    for code in codes:
        detail = desk.show(code)
        state = payloads[code]["state"]
        assert (state["status"], state["received_at"]) == (detail.status.value, "2026-02-09T08:00:00+07:00")
    apologised = payloads[codes[0]]["state"]
    assert apologised["due_at"] > apologised["original_due_at"] == iso(desk.show(codes[0]).original_due_at)
    assert payloads[codes[2]]["state"]["outcome"] == "refused" and payloads[codes[2]]["state"]["closed_at"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dossier_paper SET copies = copies + 1 WHERE id = 1",
        "DELETE FROM dossier_paper WHERE id = 1",
        "UPDATE dossier SET channel = 'online' WHERE id = 1",
        "UPDATE dossier SET procedure_version_id = procedure_version_id + 1 WHERE id = 1",
        "UPDATE dossier SET quantity = 9 WHERE id = 1",
        "UPDATE dossier SET note = 'thêm' WHERE id = 1",
        "UPDATE dossier SET return_by = 'post' WHERE id = 1",
        "UPDATE dossier SET register_number = register_number + 1000 WHERE id = 1",
        "UPDATE dossier SET proof = '[]' WHERE id = 1",
        'UPDATE dossier SET term = \'{"limit":"9","unit":"day"}\' WHERE id = 1',
        "DELETE FROM alias WHERE dossier_id = 1",
    ],
)
def test_change_of_the_row_changes_its_digest_only(desk: Desk, change: str) -> None:
    codes = lives(desk)
    before = digests(desk)
    desk.tamper(change)
    after = digests(desk)
    assert [code for code in before if before[code] != after[code]] == [codes[0]]


def test_alias_taken_from_a_void_dossier_keeps_its_digest(desk: Desk) -> None:
    codes = lives(desk)
    desk.take_in(alias="CŨ-3", replaces=codes[3])
    assert {code: payload["row_digest"] for code, payload in newest_payloads(desk).items()} == digests(desk)


def test_refusal_and_supplement_have_their_national_fields(desk: Desk) -> None:
    codes = lives(desk)
    by_action = {(r["dossier"], r["payload"].get("action")): r["payload"] for r in exported(desk).records}
    refused, request = by_action[codes[2], "refuse"], by_action[codes[1], "ask-supplement"]
    assert refused["NgayTuChoi"] == "20260209080000"
    assert refused["DanhSachGiayToKetQua"] == [{"TenGiayTo": "Phiếu từ chối tiếp nhận giải quyết hồ sơ"}]
    (round_,) = request["DanhSachHoSoBoSung"]
    assert round_["NgayBoSung"] == "20260209080000" and "NoiDungBoSung" not in round_
    (answer,) = by_action[codes[1], "supplement"]["DanhSachHoSoBoSung"]
    assert answer["NgayTiepNhanBoSung"] == "20260212100000" and answer["NgayHenTraMoi"] > answer["NgayHenTraTruoc"]
    assert "khai sinh" not in json.dumps(by_action[codes[1], "supplement"], ensure_ascii=False)


def test_result_returned_online_has_no_hinh_thuc(desk: Desk) -> None:
    desk.take_in(return_by="online")
    desk.take_in(return_by="post")
    online, post = (record["payload"] for record in exported(desk).records)
    assert "HinhThuc" not in online and post["HinhThuc"] == "1"


def older_office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[Any]]:
    """Fill an office with records of schema 1, as an earlier release did."""
    with monkeypatch.context() as patch, desk_session(folder) as desk:
        patch.setattr(events, "SCHEMA", 1)
        patch.setattr(events, "state_to_json", lambda state: None)
        codes = lives(desk)
        desk.tamper("DELETE FROM setting WHERE name = 'record_schema'")
        return codes, [desk.show(code) for code in codes]


def test_upgrade_restates_each_dossier_once(training_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes, before = older_office(training_folder, monkeypatch)
    with desk_session(training_folder) as desk:
        assert [desk.show(code) for code in codes] == before and desk.check(LATER).ok
        restated = [record for record in exported(desk).records if record["schema"] == 2]
        assert Counter(record["dossier"] for record in restated) == Counter(desk_codes(desk))
        assert {record["actor"] for record in restated} == {"nâng cấp"}
        by_code = {record["dossier"]: record for record in restated}
        assert by_code[codes[1]]["payload"]["DanhSachHoSoBoSung"][0]["NgayBoSung"]
        assert by_code[codes[2]]["payload"]["NgayTuChoi"] and by_code[codes[2]]["payload"]["state"]["outcome"]
        assert {code: by_code[code]["type"] for code in codes} == {**dict.fromkeys(codes, "dossier"), codes[3]: "void"}
        assert all(record["payload"]["row_digest"] == digests(desk)[record["dossier"]] for record in restated)
        events_before = desk.rows("SELECT count(*) FROM event")
    with desk_session(training_folder) as desk:
        assert desk.rows("SELECT count(*) FROM event") == events_before and desk.check(LATER).ok


def desk_codes(desk: Desk) -> list[str]:
    return [code for (code,) in desk.rows("SELECT code FROM dossier")]


def test_upgrade_is_continued_after_a_cut(training_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_office(training_folder, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("app.office.session.OfficeSession.finish_upgrade", lambda session: None)
        with desk_session(training_folder) as desk:
            assert desk.office.write(restate_older_dossiers, RestateOlderDossiers(0, 2), LATER) == 2
    with desk_session(training_folder) as desk:
        rows = desk.rows("SELECT dossier_id, count(*) FROM event WHERE schema = 2 GROUP BY dossier_id")
        assert [count for _, count in rows] == [1] * 7 and desk.check(LATER).ok


def test_restatement_is_no_action_of_a_user(desk: Desk) -> None:
    code = desk.take_in(MORNING, applicant=PERSON).code
    with pytest.raises(Exception, match="act_not_allowed"):
        desk.act(code, Action.RESTATE.value)
