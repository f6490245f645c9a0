"""Law packages: shown, applied whole or not at all, taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import Role
from app.models.errors import Refusal
from app.services.credentials import Credentials
from app.sync.container import pack, unpack
from app.sync.law_package import read_law_package
from app.sync.signing import public_key
from app.sync.wire import fingerprint
from app.usecases.accounts.access_log import ListAccess, list_access
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.law.packages import (
    AppliedLaw,
    ApplyLaw,
    LawPreview,
    ListLaws,
    RevertLaw,
    ShowLaw,
    apply_law,
    list_laws,
    revert_package,
    show_law,
)
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, at, desk_session, machine_now
from tests.usecases.law.samples import CALENDAR, CATALOGUE, ISSUER_KEY, RELIEF, law_file

MONDAY, TUESDAY = MORNING, at("2026-02-10T09:00")
MARCH = at("2026-03-02T09:00")
HAI, HAI_PIN = "Lê Văn Hai", "482917"
FINGERPRINT = fingerprint(public_key(ISSUER_KEY))
WHOLE = law_file([RELIEF], catalogue=CATALOGUE, calendar=CALENDAR)
pytestmark = pytest.mark.usefixtures("trusting")


def show(desk: Desk, data: bytes, typed: str = "") -> LawPreview:
    return desk.office.read(show_law, ShowLaw(data, typed), MONDAY)


def apply(desk: Desk, data: bytes, typed: str = "", second: Credentials | None = None) -> AppliedLaw:
    return desk.office.write(apply_law, ApplyLaw(data, second, typed), MONDAY)


def revert(desk: Desk, law_id: str = "thu-01", note: str = "nhầm tỉnh") -> None:
    desk.office.write(revert_package, RevertLaw(law_id, note), TUESDAY)


def states(desk: Desk, now: Any = MONDAY) -> dict[str, str]:
    return {line.id: line.state for line in desk.office.read(list_laws, ListLaws(), now) if line.id.startswith("thu")}


def refusal(desk: Desk, data: bytes, typed: str = "") -> Refusal:
    """Return the refusal of both calls; nothing is written."""
    before, versions = desk.contents(), desk.rows("SELECT count(*) FROM procedure_version")
    with pytest.raises(Refusal) as shown:
        show(desk, data, typed)
    with pytest.raises(Refusal) as applied:
        apply(desk, data, typed)
    assert desk.contents() == before and desk.rows("SELECT count(*) FROM procedure_version") == versions
    assert shown.value.code == applied.value.code
    return shown.value


def test_show_lists_old_and_new_and_open_dossiers(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(desk.take_in(MONDAY).code, "stop", note="rút")
    before = desk.contents()
    preview = show(desk, WHOLE)
    assert (preview.id, preview.issuer, preview.valid_from) == ("thu-01", "UBND tỉnh Thử", date(2026, 2, 10))
    assert [(change.kind, change.key, change.old, change.new) for change in preview.changes] == [
        ("fee_relief", "mien-thu", None, RELIEF["value"]),
        ("procedure", "2.000815", {"fee_vnd": "2000"}, {"fee_vnd": "3000", "valid_from": "2026-02-10"}),
        ("calendar_day", "2026-02-12", None, {"kind": "off", "decision": "12/TB"}),
    ]
    assert preview.touched == (code,) and desk.contents() == before


def test_law_begins_on_its_day_and_older_dossiers_keep_theirs(desk: Desk) -> None:
    old = desk.take_in(MONDAY)
    applied = apply(desk, WHOLE)
    assert applied.applied_at == MONDAY and states(desk) == {"thu-01": "coming"}
    assert states(desk, TUESDAY) == {"thu-01": "in_force"}
    new = desk.take_in(TUESDAY)
    assert (old.fee, new.fee) == (2000, 1500)
    assert desk.take_in(MONDAY).fee == 2000  # entered later, received before
    assert desk.show(old.code, TUESDAY).fee.amount == 2000
    assert desk.check(TUESDAY).ok


def test_nothing_applies_twice(desk: Desk) -> None:
    first = apply(desk, WHOLE)
    before = desk.contents()
    again = desk.office.write(apply_law, ApplyLaw(WHOLE), TUESDAY)
    assert (again.applied_at, again.changes, again.touched) == (first.applied_at, (), ())
    assert show(desk, WHOLE).changes == () and desk.contents() == before
    assert refusal(desk, law_file([RELIEF])).code == "law_id_taken"
    assert show(desk, law_file([RELIEF], id="thu-02")).changes == ()


def test_trail_names_the_package(desk: Desk) -> None:
    apply(desk, WHOLE)
    revert(desk)
    lines = desk.office.read(list_access, ListAccess(), TUESDAY)
    assert [(line.what, line.about) for line in lines[:2]] == [
        ("law-reverted", "thu-01, nhầm tỉnh"),
        ("law-applied", "thu-01"),
    ]


def test_reverted_package_leaves_the_law_as_it_was(desk: Desk) -> None:
    before = desk.take_in(TUESDAY)
    desk.act(before.code, "void", TUESDAY, note="thử")
    brought = "code\tname\tfield\tlimit\tunit\n9.000901\tViệc mới\tThử\t3\tworking_day\n"
    for data in (WHOLE, law_file(catalogue=brought, id="thu-02")):
        apply(desk, data)
    revert(desk)
    revert(desk, "thu-02")
    assert states(desk, TUESDAY) == {"thu-01": "reverted", "thu-02": "reverted"}
    again = desk.take_in(TUESDAY)
    assert (again.fee, again.due_at) == (before.fee, before.due_at)
    with pytest.raises(Refusal, match="procedure_withdrawn"):
        desk.take_in(TUESDAY, procedure="9.000901")
    assert desk.check(TUESDAY).ok
    apply(desk, WHOLE)
    assert desk.take_in(TUESDAY).fee == 1500


@pytest.mark.parametrize(
    "data",
    [
        law_file([RELIEF]),
        law_file(catalogue=CATALOGUE),
        law_file(calendar=CALENDAR),
        law_file([{"kind": "code_pattern", "key": "office", "value": {"template": "{agency}-{YYYYMMDD}-{serial:7}"}}]),
    ],
)
def test_package_with_work_under_it_stays(desk: Desk, data: bytes) -> None:
    apply(desk, data)
    code = desk.take_in(TUESDAY).code
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        revert(desk)
    assert (refused.value.code, refused.value.values["code"]) == ("law_in_use", code)
    assert desk.contents() == before


def test_dossiers_received_before_the_day_do_not_hold_a_package(desk: Desk) -> None:
    apply(desk, law_file([RELIEF], catalogue=CATALOGUE))
    desk.take_in(MONDAY)
    revert(desk)
    assert states(desk) == {"thu-01": "reverted"}


def test_payment_holds_a_package_on_receipts(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    rule = {"kind": "fee_receipt", "key": "paper", "value": {"form": "electronic"}}
    assert apply(desk, law_file([rule])).touched == (code,)
    desk.act(code, "pay", TUESDAY, amount=2000, receipt="1C26TTA/7")
    with pytest.raises(Refusal, match="law_in_use"):
        revert(desk)


def test_revert_needs_a_reason_and_a_package_in_force(desk: Desk) -> None:
    apply(desk, WHOLE)
    for law_id, note, code in (("thu-01", " ", "law_note_missing"), ("thu-09", "x", "law_unknown")):
        with pytest.raises(Refusal, match=code):
            revert(desk, law_id, note)
    revert(desk)
    with pytest.raises(Refusal, match="law_not_in_force"):
        revert(desk)


def repacked(data: bytes) -> bytes:
    members = unpack(data)
    return pack({name: members[name] for name in reversed(members)})


def changed(data: bytes, old: bytes, new: bytes, name: str) -> bytes:
    members = unpack(data)
    return pack({**members, name: members[name].replace(old, new)})


NEWER_KIND = {"kind": "form_of_2040", "key": "x", "value": {}}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "law_not_zip"),
        (WHOLE[:-1], "law_incomplete"),
        (WHOLE[: len(WHOLE) // 2], "law_incomplete"),
        (WHOLE + b"x", "law_layout"),
        (repacked(WHOLE), "law_layout"),
        (WHOLE.replace(b"mien-thu", b"mien-khu"), "law_damaged"),
        (changed(WHOLE, b"mien-thu", b"mien-khu", "content.json"), "law_damaged"),
        (changed(WHOLE, b'"thu-01"', b'"thu-02"', "manifest.json"), "law_signature"),
        (changed(WHOLE, b'"version":1', b'"version":2', "manifest.json"), "law_newer"),
        (changed(WHOLE, b"motcua-law", b"motcua-lax", "manifest.json"), "law_format"),
        (pack({**unpack(WHOLE), "more": b""}), "law_members"),
        (law_file([RELIEF], key=bytes(32)), "law_issuer_unknown"),
        (law_file([NEWER_KIND]), "law_kind_newer"),
        (law_file(content=b'{"rules": [], "courts": []}'), "law_content_newer"),
        (law_file(catalogue="code\tcourt\n2.000815\tx\n"), "law_content_newer"),
        (law_file(content=b"{"), "law_content"),
        (law_file(content=b"[]"), "law_content"),
        (law_file(content=b"{}"), "law_empty"),
        (law_file(content=b'{"rules": [], "catalogue": 3}'), "law_content"),
        (law_file([RELIEF, RELIEF]), "law_rule_twice"),
        (law_file([RELIEF, {**RELIEF, "key": "b", "value": {"name": "x", "percent": 200}}]), "law_rule"),
        (law_file([RELIEF, {**RELIEF, "key": "b", "court": 1}]), "law_rule"),
        (law_file([RELIEF], catalogue="code\tfee_vnd\n2.000815\tmany\n"), "law_row"),
        (law_file([RELIEF], catalogue="fee_vnd\n1\n"), "catalogue_columns"),
        (law_file([RELIEF], calendar="date,kind\n2026-02-30,off\n"), "calendar_row"),
    ],
)
def test_packages_that_do_not_fit_change_nothing(desk: Desk, data: bytes, code: str) -> None:
    desk.take_in(MONDAY)
    assert refusal(desk, data).code == code


def test_row_of_a_procedure_that_the_office_lacks_is_skipped(desk: Desk) -> None:
    preview = apply(desk, law_file(catalogue=CATALOGUE + "9.999999\t1\n"))
    assert [(change.key, "skipped" in change.new) for change in preview.changes] == [
        ("2.000815", False),
        ("9.999999", True),
    ]


def test_law_of_a_past_day_begins_today_for_procedures_in_use(desk: Desk) -> None:
    old = desk.take_in(MONDAY)
    preview = apply(desk, law_file(catalogue=CATALOGUE, valid_from="2026-01-15"))
    assert preview.changes[0].new["valid_from"] == "2026-02-09"
    assert desk.show(old.code).procedure.version == 1 and desk.take_in(MARCH).fee == 3000


def test_issuer_is_trusted_after_a_person_compared_the_fingerprint(desk: Desk) -> None:
    data = law_file([RELIEF], key=bytes(32))
    own = fingerprint(read_law_package(data).public_key)
    assert refusal(desk, data).values["fingerprint"] == own
    assert refusal(desk, data, FINGERPRINT).code == "law_fingerprint"
    assert len(show(desk, data, own.replace(" ", "")).changes) == 1
    assert desk.rows("SELECT * FROM law_issuer") == []
    apply(desk, data, own)
    assert [name for (name,) in desk.rows("SELECT name FROM law_issuer")] == ["UBND tỉnh Thử"]
    apply(desk, law_file(calendar=CALENDAR, key=bytes(32), id="thu-02"))
    lines = desk.office.read(list_access, ListAccess(), TUESDAY)
    assert [line.what for line in lines[:3]] == ["law-applied", "law-applied", "law-issuer-confirmed"]
    assert desk.check().ok


def test_real_office_needs_two_people_with_the_right(real_folder: Path) -> None:
    data, now = law_file([RELIEF], key=bytes(32)), machine_now()
    own = fingerprint(read_law_package(data).public_key)
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write(add_user, AddUser(HAI, Role.CLERK, secret=HAI_PIN))
        before = desk.contents()
        for second, code in (
            (None, "second_missing"),
            (Credentials(ADMIN, PASSWORD), "second_person_same"),
            (Credentials("Người Lạ", HAI_PIN), "user_unknown"),
        ):
            with pytest.raises(Refusal, match=code):
                desk.office.write(apply_law, ApplyLaw(data, second, own), now)
        assert desk.contents() == before
        desk.office.write(apply_law, ApplyLaw(data, Credentials(HAI, HAI_PIN), own), now)
        assert desk.rows("SELECT applied_by, approved_by FROM law_package WHERE package_id = 'thu-01'") == [
            (ADMIN, HAI)
        ]
        assert desk.rows("SELECT confirmed_by, approved_by FROM law_issuer") == [(ADMIN, HAI)]
        desk.office.sign_in(Credentials(HAI, HAI_PIN))
        with pytest.raises(Refusal, match="not_your_right"):
            desk.office.write(revert_package, RevertLaw("thu-01", "x"), now)
        assert desk.check(now).ok


def test_failed_write_leaves_nothing(desk: Desk) -> None:
    """A trigger of the test refuses the last row of the transaction."""
    desk.tamper_schema(
        "CREATE TRIGGER no_trail BEFORE INSERT ON access WHEN new.what = 'law-applied'"
        " BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    before, versions = desk.contents(), desk.rows("SELECT count(*) FROM procedure_version")
    with pytest.raises(Exception, match="disk"):
        apply(desk, WHOLE)
    assert desk.contents() == before and desk.rows("SELECT count(*) FROM procedure_version") == versions
    desk.tamper_schema("DROP TRIGGER no_trail")
    assert len(apply(desk, WHOLE).changes) == 3


def test_touched_dossiers_meet_the_conditions_on_people(desk: Desk) -> None:
    """A person of an unknown age may be of the age that a relief names."""
    group = {"kind": "fee_group", "key": "nhom-thu", "value": {"name": "Nhóm thử", "percent": 100}}
    apply(desk, law_file([group], id="thu-nhom", valid_from="2026-02-09"))
    person = {"kind": "citizen", "name": "Lò Văn Bình"}
    old = desk.take_in(TUESDAY, applicant={**person, "birth_date": "1950"}).code
    child = desk.take_in(TUESDAY, applicant={**person, "birth_date": "2020-05-06"}, level=2).code
    unknown = desk.take_in(TUESDAY, applicant=person, exempt="nhom-thu").code
    conditions: list[tuple[dict[str, Any], list[str]]] = [
        ({"min_age": 75}, [old, unknown]),
        ({"min_age": 76}, [old, unknown]),
        ({"min_age": 77}, [unknown]),
        ({"max_age": 15}, [child, unknown]),
        ({"level": 2}, [child]),
        ({"groups": ["nhom-thu"]}, [unknown]),
        ({"groups": ["khac"]}, []),
    ]
    for value, touched in conditions:
        rule = {"kind": "fee_relief", "key": "k", "value": {"name": "Giảm thử", "percent": 5, **value}}
        assert list(show(desk, law_file([rule])).touched) == touched, value
    changed = {**group, "value": {"name": "Nhóm thử", "percent": 50}}
    assert show(desk, law_file([changed])).touched == (unknown,)


def test_touched_dossiers_meet_every_condition_of_a_rule(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    field = desk.show(code).procedure.field
    conditions: list[tuple[dict[str, Any], list[str]]] = [
        ({"procedures": ["2.000815"], "fields": [field], "channels": ["direct"]}, [code]),
        ({"procedures": ["2.000815"], "channels": ["online"]}, []),
        ({"procedures": ["2.000815"], "fields": ["Đất đai"]}, []),
        ({"fields": [field]}, [code]),
        ({"channels": ["direct"]}, [code]),
    ]
    for value, touched in conditions:
        rule = {"kind": "fee_relief", "key": "k", "value": {"name": "Miễn thử", "percent": 5, **value}}
        assert list(show(desk, law_file([rule])).touched) == touched
