"""Packages of the receiver: shown, applied once, in order of number."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.models.enums import Status
from app.models.errors import Refusal
from app.services.packages.received import Received
from app.sync.package import PackageHeader, write_package
from app.sync.signing import new_signing_key, public_key
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from app.usecases.sync.packages import (
    ApplyPackage,
    LastPackage,
    PackageResult,
    PreviewPackage,
    ShowReceived,
    StorePackage,
    apply_package,
    keep_package,
    last_package,
    preview_package,
    show_received,
)
from tests.support.offices import MORNING, PERSON, Desk, at
from tests.support.sync_samples import RECEIVER_KEY, bundle_bytes
from tests.usecases.law.samples import RELIEF, law_file

MONDAY, TUESDAY = MORNING, at("2026-02-10T09:00")
DAY_OFF = b"date,kind,hours,decision\n2026-02-12,off,,12/TB\n"
TABLE = "code\tname\tfield\tlimit\tunit\n9.000901\tViệc mới\tThử\t3\tworking_day\n".encode()


@pytest.fixture(autouse=True)
def joined(desk: Desk) -> Iterator[None]:
    """The office trusts the receiver."""
    facts = desk.office.facts
    desk.office.facts = replace(facts, office=replace(facts.office, receiver_signs=public_key(RECEIVER_KEY).hex()))
    yield
    desk.office.facts = facts


def package(number: int, kind: str, content: bytes, key: bytes = RECEIVER_KEY, **fields: Any) -> bytes:
    header = PackageHeader(number, kind, "*", f"Gói {number}", "2026-02-09T07:00:00+07:00")
    return write_package(replace(header, **fields), content, key)


def preview(desk: Desk, data: bytes) -> PackageResult:
    return desk.office.read(preview_package, PreviewPackage(data), TUESDAY)


def apply(desk: Desk, data: bytes) -> PackageResult:
    return desk.office.write(apply_package, ApplyPackage(data), TUESDAY)


def received(desk: Desk, hour: str = "2026-02-10T09:00") -> Received:
    return desk.office.read(show_received, ShowReceived(), at(hour))


def refusal(desk: Desk, data: bytes) -> str:
    """Return the code with which both calls refuse; nothing is written."""
    before = desk.contents()
    with pytest.raises(Refusal) as shown:
        preview(desk, data)
    with pytest.raises(Refusal) as applied:
        apply(desk, data)
    assert desk.contents() == before and shown.value.code == applied.value.code
    return shown.value.code


def test_calendar_lists_the_dossiers_with_telephones_and_moves_none(desk: Desk) -> None:
    accepted = desk.take_in(MONDAY)
    before, data = desk.contents(), package(1, "calendar", DAY_OFF)
    shown = preview(desk, data)
    day, dossier = shown.changes
    assert (shown.applied, day.change, dossier.change) == (False, "day", "dossier")
    assert (dossier.code, dossier.old_due_at, dossier.phone) == (accepted.code, accepted.due_at, PERSON["phone"])
    assert desk.contents() == before
    assert replace(apply(desk, data), applied=False) == shown
    assert desk.show(accepted.code, TUESDAY).due_at == accepted.due_at
    assert len(desk.rows("SELECT * FROM calendar_decision")) == 1


def test_nothing_is_applied_twice(desk: Desk) -> None:
    data = package(1, "calendar", DAY_OFF)
    apply(desk, data)
    before = desk.contents()
    again = apply(desk, data)
    assert (again.applied, again.changes) == (True, ()) and preview(desk, data) == again
    assert desk.contents() == before
    repeated = package(2, "calendar", DAY_OFF)
    assert preview(desk, repeated).changes == ()


def test_catalogue_shows_new_and_changed_procedures_side_by_side(desk: Desk) -> None:
    apply(desk, package(1, "catalogue", TABLE))
    changed = b"code\tlimit\n9.000901\t5\n9.000902\t1\n"
    change, refused = preview(desk, package(2, "catalogue", changed)).changes
    assert (change.change, change.code, change.before, change.after) == (
        "changed",
        "9.000901",
        {"limit": "3"},
        {"limit": "5"},
    )
    assert (refused.change, refused.row) == ("refused", 3)
    first = preview(desk, package(3, "catalogue", TABLE.replace(b"9.000901", b"9.000903"))).changes[0]
    assert (first.change, first.before, first.after["limit"]) == ("new", {}, "3")


def test_catalogue_of_a_later_day_waits_for_its_day(desk: Desk) -> None:
    apply(desk, package(1, "catalogue", TABLE))
    apply(desk, package(2, "catalogue", TABLE.replace(b"\t3\t", b"\t5\t"), valid_from="2026-03-01"))
    limits = [
        desk.office.read(find_procedures, FindProcedures("9.000901"), at(f"{day}T08:00"))[0].limit
        for day in ("2026-02-28", "2026-03-01")
    ]
    assert limits == [3, 5]


def test_kinds_are_numbered_apart_and_no_lower_number_follows(desk: Desk) -> None:
    apply(desk, package(5, "calendar", DAY_OFF))
    assert refusal(desk, package(4, "calendar", b"date,kind,hours,decision\n2026-02-13,off,,\n")) == "package_old"
    assert refusal(desk, package(5, "calendar", b"date,kind,hours,decision\n2026-02-13,off,,\n")) == "package_old"
    assert apply(desk, package(3, "catalogue", TABLE)).applied


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(1, "calendar", DAY_OFF, agency="H29.13"), "package_other_office"),
        (package(1, "calendar", DAY_OFF, expires_at="2026-02-09"), "package_expired"),
        (package(1, "calendar", DAY_OFF, expires_at="2026-02-10T08:59:59+07:00"), "package_expired"),
        (package(1, "calendar", DAY_OFF, key=new_signing_key()), "bundle_unknown_key"),
        (package(1, "calendar", b"ngay,loai\n"), "calendar_columns"),
        (package(1, "calendar", b"\xff\xfe"), "package_text"),
        (package(1, "catalogue", b"\xff\xfe"), "package_text"),
        (package(1, "calendar", DAY_OFF)[:-1], "bundle_incomplete"),
        (package(1, "calendar", DAY_OFF) + b"x", "bundle_layout"),
        (package(1, "calendar", DAY_OFF).replace(b"2026-02-12", b"2026-02-13"), "bundle_damaged"),
        (bundle_bytes(), "bundle_members"),
        (b"", "bundle_not_zip"),
    ],
)
def test_packages_that_do_not_fit_change_nothing(desk: Desk, data: bytes, code: str) -> None:
    desk.take_in(MONDAY)
    assert refusal(desk, data) == code


def test_package_is_valid_until_the_end_of_its_last_day(desk: Desk) -> None:
    data = package(1, "calendar", DAY_OFF, agency="H29.12", expires_at="2026-02-10")
    assert apply(desk, data).applied


def test_office_without_a_receiver_trusts_no_package(desk: Desk) -> None:
    facts = desk.office.facts
    desk.office.facts = replace(facts, office=replace(facts.office, receiver_signs=""))
    assert refusal(desk, package(1, "calendar", DAY_OFF)) == "bundle_unknown_key"


def test_older_word_of_the_portal_leaves_the_result_handed_over(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "finish", at("2026-02-09T15:00"))
    desk.act(code, "return", at("2026-02-09T16:00"), received_by="Đào Thị Ẫm")
    late = desk.take_in(MONDAY).code
    agreed = desk.take_in(MONDAY).code
    lines = [
        {"code": code, "national_status": 4, "at": "2026-02-09T10:00:00+07:00"},
        {"MaHoSo": late, "TrangThaiHoSo": "9", "ThoiDiemXuLy": "20260210080000"},
        {"code": agreed, "national_status": 2, "at": "2026-02-09T10:00:00+07:00"},
        {"code": "H29.12-260209-9999", "national_status": 4, "at": "2026-02-09T10:00:00+07:00"},
        {"code": code, "national_status": 11, "at": "2026-02-09T10:00:00+07:00"},
    ]
    data = package(1, "states", "\n".join(map(json.dumps, lines)).encode())
    events = desk.rows("SELECT * FROM event")
    changes = apply(desk, data).changes
    assert [change.change for change in changes] == ["state", "state", "unknown", "refused"]
    assert [(change.code, change.newer) for change in changes[:2]] == [(code, "ours"), (late, "portal")]
    assert desk.rows("SELECT * FROM event") == events and desk.show(code, TUESDAY).status == Status.RETURNED
    ours, newer = received(desk).differences
    assert (ours.code, ours.status, ours.at, ours.portal_status, ours.is_ours_newer) == (
        code,
        Status.RETURNED,
        at("2026-02-09T16:00"),
        4,
        True,
    )
    assert (newer.code, newer.is_ours_newer) == (late, False)
    desk.act(late, "finish", TUESDAY)
    assert [line.code for line in received(desk).differences] == [code]
    assert desk.check().ok


def test_states_of_csv_and_json_lists_are_read(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    csv_text = f"code,national_status,at\n{code},5,2026-02-09T10:00\n{code},x,\n"
    assert [change.change for change in preview(desk, package(1, "states", csv_text.encode())).changes] == [
        "state",
        "refused",
    ]
    listed = json.dumps([{"code": code, "national_status": 5, "at": "2026-02-09T10:00:00+07:00"}])
    assert len(preview(desk, package(1, "states", listed.encode())).changes) == 1
    assert [change.change for change in preview(desk, package(1, "states", b"[nonsense")).changes] == ["refused"]


def test_fetched_packages_wait_for_a_person(desk: Desk) -> None:
    first, second = package(1, "calendar", DAY_OFF), package(2, "catalogue", TABLE)
    assert [desk.office.write(keep_package, StorePackage(data), MONDAY) for data in (first, second, first)] == [
        True,
        True,
        False,
    ]
    assert desk.rows("SELECT * FROM calendar_decision") == []
    waiting = received(desk).packages
    assert [(line.number, line.kind, line.file) for line in waiting] == [
        (1, "calendar", first),
        (2, "catalogue", second),
    ]
    assert desk.office.read(last_package, LastPackage(), TUESDAY) == 2
    apply(desk, first)
    assert [line.number for line in received(desk).packages] == [2]
    with pytest.raises(Refusal, match="package_old"):
        desk.office.write(keep_package, StorePackage(package(2, "notice", b"khac")), MONDAY)


def test_notice_is_shown_until_it_ends(desk: Desk) -> None:
    data = package(1, "notice", "Cổng bảo trì tối nay.".encode(), expires_at="2026-02-11")
    desk.office.write(keep_package, StorePackage(data), MONDAY)
    desk.office.write(keep_package, StorePackage(package(2, "notice", "Không hạn".encode())), MONDAY)
    texts = [
        [notice.text for notice in received(desk, f"{day}T10:00").notices]
        for day in ("2026-02-11", "2026-02-12", "2026-03-01")
    ]
    assert texts == [["Cổng bảo trì tối nay.", "Không hạn"], ["Không hạn"], []]


def test_law_package_of_the_receiver_changes_rules_once(desk: Desk) -> None:
    law = law_file([RELIEF])
    data = package(1, "law", law)
    assert [(change.change, change.kind, change.key) for change in preview(desk, data).changes] == [
        ("rule", "fee_relief", "mien-thu")
    ]
    assert apply(desk, data).applied and desk.take_in(TUESDAY).fee == 1000
    assert desk.rows("SELECT package_id FROM law_package WHERE package_id LIKE 'thu%'") == [("thu-01",)]
    assert preview(desk, package(2, "law", law)).changes == ()
    before = desk.contents()
    for content, code in (
        (b"any", "law_not_zip"),
        (law[:-1], "law_incomplete"),
        (law_file([], id="thu-09"), "law_empty"),
    ):
        assert refusal(desk, package(3, "law", content)) == code
    assert desk.contents() == before
