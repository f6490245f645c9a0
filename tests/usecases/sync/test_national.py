"""The national form: true states or a refusal, in tens, no empty field."""

import json
from datetime import date
from typing import Any

import pytest

from app.models.enums import Role
from app.models.errors import Refusal
from app.office.national_form import export_national_form
from app.usecases.accounts.access_log import ListAccess, list_access
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.sync.national import BuiltNationalForm
from tests.support.offices import ADMIN, MORNING, PASSWORD, PERSON, Desk, at, desk_session

FIRST, LAST = date(2026, 2, 9), date(2026, 2, 13)
DONE = at("2026-02-11T10:00")
ENDS: dict[str, list[dict[str, Any]]] = {
    "2": [],
    "4": [{"action": "send", "to": "Tư pháp"}],
    "5": [{"action": "ask-supplement", "note": "Thiếu tờ khai"}],
    "6": [{"action": "ask-payment", "amount": 8000, "note": "Lệ phí cấp bản sao"}],
    "7": [{"action": "withdraw"}],
    "8": [{"action": "stop", "note": "Thôi"}],
    "9": [{"action": "finish"}],
    "10": [{"action": "finish"}, {"action": "return", "received_by": "Đào Thị Ẫm"}],
}


def form(desk: Desk, first: date = FIRST, last: date = LAST) -> tuple[dict[str, Any], BuiltNationalForm]:
    built = export_national_form(desk.office, first, last, DONE)
    return json.loads(built.content), built


def reported(calls: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {fields["MaHoSo"]: fields for call in calls["DongBoHoSoMC"] for fields in call["data"]}


def empty_values(value: Any) -> bool:
    if isinstance(value, dict):
        return any(empty_values(each) for each in value.values()) or not value
    if isinstance(value, list):
        return any(map(empty_values, value)) or not value
    return value in ("", None)


def test_each_state_is_the_true_one(desk: Desk) -> None:
    expected = {}
    for state, actions in ENDS.items():
        code = desk.take_in().code
        for action in actions:
            desk.act(code, at=DONE, **action)
        expected[code] = state
    calls, built = form(desk)
    assert {code: fields["TrangThaiHoSo"] for code, fields in reported(calls).items()} == expected
    assert built.refused == () and built.dossiers == len(ENDS)
    steps = [step for call in calls["CapNhatTienDoHoSoMC"] for step in call["data"]]
    reached = [step["TrangThai"] for step in steps if step["MaHoSo"] in expected]
    assert reached == ["4", "5", "6", "7", "8", "9", "9", "10"]
    assert built.progress == len(steps) == 8


def test_undone_finish_is_no_finish(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "send", at=DONE, to="Tư pháp")
    desk.act(code, "finish", at=DONE)
    desk.act(code, "undo", at=DONE, note="Bấm nhầm")
    calls, _ = form(desk)
    assert reported(calls)[code]["TrangThaiHoSo"] == "4" and "NgayKetThucXuLy" not in reported(calls)[code]


def test_a_dossier_has_the_fields_and_codes_of_the_reference(desk: Desk) -> None:
    code = desk.take_in(channel="post", return_by="post", fee=8000).code
    fields = reported(form(desk)[0])[code]
    assert fields["NgayTiepNhan"] == "20260209080000"
    assert (fields["KenhThucHien"], fields["LoaiDoiTuong"], fields["HinhThuc"]) == ("3", "1", "1")
    assert (fields["ChuHoSo"], fields["SoGiayToChuHoSo"]) == (PERSON["name"], PERSON["id_number"])
    assert fields["DinhDanhCHS"] == {"LoaiDinhDanh": "1", "SoDinhDanh": PERSON["id_number"]}
    assert {"state", "facts_digest", "DiaChi", "NgayTra"}.isdisjoint(fields)


def test_result_returned_online_has_no_place_of_return(desk: Desk) -> None:
    code = desk.take_in(return_by="online").code
    assert "HinhThuc" not in reported(form(desk)[0])[code]


@pytest.mark.parametrize("number", [None, "B1234567"])
def test_no_number_is_invented(desk: Desk, number: str | None) -> None:
    code = desk.take_in(applicant={**PERSON, "id_number": number}).code
    calls, built = form(desk)
    if number is None:
        assert [line.code for line in built.refused] == [code] and "số giấy tờ" in built.refused[0].reason
        assert calls == {"DongBoHoSoMC": [], "CapNhatTienDoHoSoMC": []}
    else:
        assert reported(calls)[code]["SoGiayToChuHoSo"] == number and "DinhDanhCHS" not in reported(calls)[code]


def test_void_dossier_is_listed_and_nothing_of_it_is_reported(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "send", to="Tư pháp")
    other = desk.take_in().code
    desk.act(other, "void", note="Nhận nhầm")
    calls, built = form(desk)
    assert [line.code for line in built.refused] == [other]
    assert list(reported(calls)) == [code] and other not in built.content.decode()


def test_calls_carry_at_most_ten_and_updates_are_apart(desk: Desk) -> None:
    old = [desk.take_in(MORNING).code for _ in range(12)]
    for code in old:
        desk.act(code, "send", at=DONE, to="Tư pháp")
    new = desk.take_in(DONE).code
    calls, built = form(desk, date(2026, 2, 10), date(2026, 2, 11))
    sizes = [(call["isUpdating"], len(call["data"])) for call in calls["DongBoHoSoMC"]]
    assert sizes == [("False", 1), ("True", 10), ("True", 2)] and new in reported(calls)
    assert [len(call["data"]) for call in calls["CapNhatTienDoHoSoMC"]] == [10, 2]
    assert not empty_values(calls) and (built.dossiers, built.progress) == (13, 12)
    assert form(desk, date(2026, 2, 12), date(2026, 2, 13))[1].dossiers == 0


def test_period_in_reverse_order_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="period_reversed"):
        form(desk, LAST, FIRST)


def test_right_is_asked_for_and_the_export_is_logged(real_folder: Any) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser("Lê Kiểm", Role.CASHIER, (), PASSWORD), "Lê Kiểm", PASSWORD)
        form(desk)
        line = desk.office.read(list_access, ListAccess())[0]
        assert (line.what, line.actor) == ("people-exported", ADMIN) and "0 hồ sơ" in str(line.about)
    with desk_session(real_folder, "Lê Kiểm") as desk, pytest.raises(Refusal, match="not_your_right"):
        form(desk)
