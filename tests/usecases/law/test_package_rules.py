"""Several packages together, hostile contents, rules that do not fit."""

from datetime import date, datetime
from typing import Any

import pytest

from app.models.errors import Refusal
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.permissions import public
from app.services.versions import version_on
from app.storage.uow import Reading
from app.sync.container import pack, unpack
from app.sync.signing import sign
from app.usecases.catalogue.calendar import RevokeDecision, revoke_decision
from app.usecases.catalogue.editing import SaveVersion, save_version
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.law.packages import ApplyLaw, RevertLaw, ShowLaw, apply_law, revert_package, show_law
from app.wording.refusals import error_sentence
from tests.models.law.samples import SOUND
from tests.support.offices import MORNING, Desk, at
from tests.usecases.law.samples import ISSUER_KEY, RELIEF, law_file

MONDAY, TUESDAY = MORNING, at("2026-02-10T09:00")
CODE = "2.000815"
pytestmark = pytest.mark.usefixtures("trusting")


def apply(desk: Desk, data: bytes, when: datetime = MONDAY) -> Any:
    return desk.office.write(apply_law, ApplyLaw(data), when)


def show(desk: Desk, data: bytes, when: datetime = MONDAY) -> Any:
    return desk.office.read(show_law, ShowLaw(data), when)


def revert(desk: Desk, law_id: str, when: datetime = MONDAY) -> None:
    desk.office.write(revert_package, RevertLaw(law_id, "nhầm"), when)


def price(amount: int, law_id: str, column: str = "fee_vnd", **header: str) -> bytes:
    return law_file(catalogue=f"code\t{column}\n{CODE}\t{amount}\n", id=law_id, **header)


def percent(value: int, law_id: str, **header: str) -> bytes:
    changed = {**RELIEF, "value": {**RELIEF["value"], "percent": value}}
    return law_file([changed], id=law_id, **header)


@public("a test reads the fee of a day")
def fee_on(day: date, context: Context, work: Reading) -> int | None:
    return version_on(work, CODE, day).procedure.fee


@public("a test reads the calendar")
def is_working(day: date, context: Context, work: Reading) -> bool:
    return work_calendar(work, context.office, context.today).is_working(day)


def test_two_packages_of_one_day_and_key_keep_their_own(desk: Desk) -> None:
    apply(desk, percent(50, "thu-1"))
    apply(desk, percent(20, "thu-2"))
    apply(desk, percent(20, "thu-3"))  # the same rule once more
    assert revert_and_read(desk, "thu-1") == 1600
    assert revert_and_read(desk, "thu-2") == 1600
    assert revert_and_read(desk, "thu-3") == 2000


def revert_and_read(desk: Desk, law_id: str) -> int:
    """Take a package back and return the fee by the rules that are left."""
    revert(desk, law_id)
    stored = desk.rows("SELECT value FROM dated_rule WHERE kind = 'fee_relief' ORDER BY id")
    percents = [int(str(value).split('"percent":')[1].split(",")[0].strip("} ")) for (value,) in stored]
    return 2000 - 2000 * percents[-1] // 100 if percents else 2000


def test_package_that_supersedes_one_is_taken_back_first(desk: Desk) -> None:
    apply(desk, price(3000, "thu-1"))
    apply(desk, price(4000, "thu-2"))
    apply(desk, price(4000, "thu-3"))
    before = desk.contents()
    for law_id, other in (("thu-1", "thu-2"), ("thu-2", "thu-3")):
        with pytest.raises(Refusal) as refused:
            revert(desk, law_id)
        assert (refused.value.code, refused.value.values["other"]) == ("law_superseded", other)
    assert desk.contents() == before
    fees = []
    for law_id in ("thu-3", "thu-2", "thu-1"):
        revert(desk, law_id)
        fees.append(desk.office.read(fee_on, TUESDAY.date(), MONDAY))
    assert fees == [4000, 3000, 2000] and desk.check().ok


def test_packages_on_other_columns_are_taken_back_in_any_order(desk: Desk) -> None:
    apply(desk, price(3000, "thu-1"))
    apply(desk, price(9, "thu-2", column=["province_limit", "limit\tunit"][0]))
    revert(desk, "thu-1")
    assert desk.office.read(fee_on, TUESDAY.date(), MONDAY) == 2000
    revert(desk, "thu-2")
    assert desk.office.read(fee_on, TUESDAY.date(), MONDAY) == 2000 and desk.check().ok


LATER = date(2026, 4, 1)


@public("a test reads fee and limit of a day")
def facts_on(day: date, context: Context, work: Reading) -> tuple[int | None, int]:
    procedure = version_on(work, CODE, day).procedure
    return procedure.fee, int(procedure.limit or 0)


def facts(desk: Desk) -> list[tuple[int | None, int]]:
    return [desk.office.read(facts_on, day, MONDAY) for day in (MONDAY.date(), TUESDAY.date(), LATER)]


def limit(days: int, law_id: str, **header: str) -> bytes:
    table = f"code\tlimit\tunit\n{CODE}\t{days}\tworking_day\n"
    return law_file(catalogue=table, id=law_id, **{"valid_from": LATER.isoformat(), **header})


@pytest.mark.parametrize("first", ["fee", "limit"])
def test_columns_of_two_packages_hold_together_in_any_order(desk: Desk, first: str) -> None:
    before = facts(desk)
    files = {"fee": price(3000, "fee"), "limit": limit(9, "limit")}
    order = [first, *(name for name in files if name != first)]
    for name in order:
        apply(desk, files[name])
    assert facts(desk) == [(2000, 0), (3000, 0), (3000, 9)]
    for name in order:
        revert(desk, name)
        left = [each for each in order[1:] if name == first]
        assert facts(desk)[2] == (3000 if "fee" in left else 2000, 9 if "limit" in left else 0)
    assert facts(desk) == before and desk.check().ok


def test_column_that_a_later_package_names_stays_its_own(desk: Desk) -> None:
    both = f"code\tfee_vnd\tlimit\tunit\n{CODE}\t2000\t9\tworking_day\n"
    apply(desk, law_file(catalogue=both, id="both", valid_from=LATER.isoformat()))
    apply(desk, price(3000, "fee"))
    assert facts(desk) == [(2000, 0), (3000, 0), (2000, 9)]
    revert(desk, "fee")
    assert facts(desk) == [(2000, 0), (2000, 0), (2000, 9)]


@pytest.mark.parametrize("first", ["waiver", "law"])
def test_fee_that_a_later_law_repeats_ends_a_waiver_in_any_order(desk: Desk, first: str) -> None:
    """A law states today's fee for its day; a waiver is applied first or last."""
    files = {"waiver": price(0, "waiver"), "law": price(2000, "law", valid_from=LATER.isoformat())}
    order = [first, *(name for name in files if name != first)]
    for name in order:
        apply(desk, files[name])
    assert [fee for fee, _limit in facts(desk)] == [2000, 0, 2000]
    assert not show(desk, files["law"]).changes
    for name in reversed(order):
        revert(desk, name)
    assert [fee for fee, _limit in facts(desk)] == [2000, 2000, 2000] and desk.check().ok


@pytest.mark.parametrize("days", [("2026-02-10", "2026-03-01"), ("2026-03-01", "2026-02-10")])
def test_package_that_waives_a_fee_and_states_it_again_keeps_both_days(desk: Desk, days: tuple[str, str]) -> None:
    fees = {"2026-02-10": 0, "2026-03-01": 2000}
    rows = "code\tfee_vnd\tvalid_from\n" + "".join(f"{CODE}\t{fees[day]}\t{day}\n" for day in days)
    apply(desk, law_file(catalogue=rows))
    assert [fee for fee, _limit in facts(desk)] == [2000, 0, 2000]
    revert(desk, "thu-01")
    assert [fee for fee, _limit in facts(desk)] == [2000, 2000, 2000] and desk.check().ok


def test_dossier_of_a_later_version_holds_the_package_that_it_repeats(desk: Desk) -> None:
    apply(desk, price(3000, "fee"))
    apply(desk, limit(9, "limit", valid_from=TUESDAY.date().isoformat()))
    code = desk.take_in(TUESDAY).code
    for law_id in ("fee", "limit"):
        with pytest.raises(Refusal) as refused:
            revert(desk, law_id)
        assert (refused.value.code, refused.value.values["code"]) == ("law_in_use", code)


def test_package_with_two_days_of_one_procedure_is_taken_back_whole(desk: Desk) -> None:
    rows = f"code\tfee_vnd\tvalid_from\n{CODE}\t3000\t2026-02-10\n{CODE}\t5000\t2026-03-01\n"
    apply(desk, law_file(catalogue=rows))
    days = (date(2026, 2, 9), date(2026, 2, 10), date(2026, 3, 2))
    assert [desk.office.read(fee_on, day, MONDAY) for day in days] == [2000, 3000, 5000]
    revert(desk, "thu-01")
    assert [desk.office.read(fee_on, day, MONDAY) for day in days] == [2000, 2000, 2000]
    assert desk.check().ok


def test_older_package_after_a_newer_one_is_shown_as_what_it_does(desk: Desk) -> None:
    apply(desk, percent(20, "thu-2", made_at="2026-02-05T08:00:00+07:00"))
    older = percent(50, "thu-1", made_at="2026-01-05T08:00:00+07:00")
    (change,) = show(desk, older).changes
    assert (change.old["percent"], change.new["percent"]) == (20, 50)


def test_package_on_a_holiday_begins_on_the_calendar_day(desk: Desk) -> None:
    """17/02/2026 is Tết; a term of that day begins on Monday 23."""
    before, on = at("2026-02-16T10:00"), at("2026-02-17T10:00")
    apply(desk, percent(50, "thu-1", valid_from="2026-02-17"))
    assert [desk.take_in(when).fee for when in (before, on)] == [2000, 1000]


def test_rule_of_a_past_day_leaves_the_dossiers_under_it(desk: Desk) -> None:
    old = desk.take_in(MONDAY)
    apply(desk, percent(50, "thu-1", valid_from="2026-01-05"))
    assert desk.show(old.code).fee.amount == 2000
    revert(desk, "thu-1")
    apply(desk, percent(50, "thu-1", valid_from="2026-01-05"))
    new = desk.take_in(MONDAY)
    assert new.fee == 1000
    with pytest.raises(Refusal, match="law_in_use"):
        revert(desk, "thu-1")


DAY_RULE = {"kind": "calendar_day", "key": "2026-02-12", "value": {"kind": "off"}}


def test_rule_of_a_day_touches_the_promises_that_it_moves(desk: Desk) -> None:
    moved, early = desk.take_in(MONDAY).code, desk.take_in(MONDAY, term={"limit": 1, "unit": "working_day"}).code
    assert show(desk, law_file([DAY_RULE])).touched == (moved,)
    assert early not in show(desk, law_file([DAY_RULE])).touched
    apply(desk, law_file([DAY_RULE]))
    assert not desk.office.read(is_working, date(2026, 2, 12), TUESDAY)


def test_rule_of_a_day_holds_after_the_office_revoked_the_day(desk: Desk) -> None:
    calendar = "date,kind,hours,decision\n2026-02-12,off,,1/TB\n"
    apply(desk, law_file(calendar=calendar, id="thu-1"))
    desk.office.write(revoke_decision, RevokeDecision(date(2026, 2, 12)), MONDAY)
    assert desk.office.read(is_working, date(2026, 2, 12), MONDAY)
    apply(desk, law_file([DAY_RULE], id="thu-2"), TUESDAY)
    assert not desk.office.read(is_working, date(2026, 2, 12), TUESDAY)


def test_package_of_a_day_that_a_later_one_changes(desk: Desk) -> None:
    head = "date,kind,hours,decision\n"
    apply(desk, law_file(calendar=f"{head}2026-02-12,off,,1/TB\n", id="thu-1"))
    apply(desk, law_file(calendar=f"{head}2026-02-12,half,07:30-11:30,2/TB\n", id="thu-2"))
    with pytest.raises(Refusal, match="law_superseded"):
        revert(desk, "thu-1")
    revert(desk, "thu-2")
    assert not desk.office.read(is_working, date(2026, 2, 12), MONDAY)
    revert(desk, "thu-1")
    assert desk.office.read(is_working, date(2026, 2, 12), MONDAY)


PLACE = {"kind": "receiving_place", "key": "diem-1", "value": {"name": "Điểm 1"}}


def test_rule_of_a_place_touches_the_dossiers_of_that_place(desk: Desk) -> None:
    apply(desk, law_file([PLACE], id="thu-1", valid_from="2026-02-01"))
    here, there = desk.take_in(MONDAY, place="diem-1").code, desk.take_in(MONDAY).code
    term = {"kind": "term", "key": "k", "value": {"places": ["diem-1"], "limit": 3, "unit": "working_day"}}
    touched = show(desk, law_file([term], id="thu-2")).touched
    assert here in touched and there not in touched


HALF_DAY = {"kind": "term", "key": "nua-ngay", "value": {"procedures": ["9.000902"], "office_limit": 1.5}}
CALENDAR_DAYS = "code\tname\tfield\tlimit\tunit\n9.000902\tViệc mới\tThử\t3\tday\n"


def test_half_calendar_days_are_refused_where_they_are_set(desk: Desk) -> None:
    parts = CALENDAR_DAYS.replace("\t3\t", "\t2.5\t") + "9.000903\tViệc khác\tThử\t4\tday\n"
    result = desk.office.write(import_catalogue, ImportCatalogue(parts), MONDAY)
    assert result.new == 1 and "ngày lịch phải là số nguyên" in result.refused[0].reason
    desk.office.write(import_catalogue, ImportCatalogue(CALENDAR_DAYS), MONDAY)
    with pytest.raises(Refusal) as refused:
        show(desk, law_file([HALF_DAY]))
    assert refused.value.code == "law_rule" and "9.000902" in error_sentence(refused.value)
    for changes, code in (
        ({"limit": "2.5"}, "term_limit_invalid"),
        ({"province_limit": "1.5"}, "term_limit_invalid"),
        ({"channel_limits": "online:1.5"}, "term_limit_invalid"),
    ):
        cells = {"code": "9.000902", "name": "Việc mới", "field": "Thử", "limit": "3", "unit": "day", **changes}
        with pytest.raises(Refusal, match=code):
            desk.office.write(save_version, SaveVersion(cells, 1), MONDAY)


def test_version_in_days_is_refused_under_a_rule_of_half_days(desk: Desk) -> None:
    hours = CALENDAR_DAYS.replace("\t3\tday", "\t3\tworking_day")
    desk.office.write(import_catalogue, ImportCatalogue(hours), MONDAY)
    apply(desk, law_file([HALF_DAY]))
    later = "code\tunit\tvalid_from\n9.000902\tday\t2026-03-01\n"
    (refused,) = desk.office.write(import_catalogue, ImportCatalogue(CALENDAR_DAYS), MONDAY).refused
    assert refused.row == 2 and "nua-ngay" in refused.reason
    assert len(desk.office.write(import_catalogue, ImportCatalogue(later), MONDAY).refused) == 1
    with pytest.raises(Refusal, match="law_row"):
        show(desk, law_file(catalogue="code\tunit\n9.000902\tday\n", id="thu-2"))


def test_other_columns_of_a_version_with_parts_of_days_are_changed(desk: Desk) -> None:
    """Earlier releases let such versions in; packages change their fees."""
    desk.office.write(import_catalogue, ImportCatalogue(CALENDAR_DAYS), MONDAY)
    desk.tamper(
        'UPDATE procedure_version SET facts = replace(facts, \'"limit":"3"\', \'"limit":"2.5"\')'
        " WHERE code = '9.000902'"
    )
    assert desk.rows("SELECT facts FROM procedure_version WHERE code = '9.000902' AND facts LIKE '%2.5%'")
    fees = "code\tfee_vnd\n9.000902\t7000\n"
    assert len(show(desk, law_file(catalogue=fees)).changes) == 1
    assert desk.office.write(import_catalogue, ImportCatalogue(fees), MONDAY).changed == 1


HEADERS = [
    ({"id": "thử"}, "law_manifest"),
    ({"id": "x" * 81}, "law_manifest"),
    ({"title": ""}, "law_manifest"),
    ({"title": "x" * 301}, "law_manifest"),
    ({"decision": "a\nb"}, "law_manifest"),
    ({"valid_from": "2026-02-30"}, "law_manifest"),
    ({"valid_from": "1999-12-31"}, "law_manifest"),
    ({"made_at": "2026-02-01"}, "law_manifest"),
]


@pytest.mark.parametrize("changes", [changes for changes, _code in HEADERS], ids=lambda each: str(each)[:30])
def test_manifest_that_does_not_fit_is_not_built(changes: dict[str, str]) -> None:
    with pytest.raises(Exception, match="bundle_manifest"):
        law_file([RELIEF], **changes)


def manifest(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a package with another manifest, signed again."""
    members = unpack(data)
    text = members["manifest.json"].replace(old, new)
    assert text != members["manifest.json"]
    return pack({**members, "manifest.json": text, "manifest.sig": sign(ISSUER_KEY, text)})


SIGNED = law_file([RELIEF])
TERM = b'{"rules":[{"kind":"term","key":"k","value":{"limit":%s,"unit":"working_day"}}]}'
CONTENTS = [
    (manifest(SIGNED, b'"version":1', b'"version":0'), "law_manifest"),
    (manifest(SIGNED, b'"version":1', b'"version":"1"'), "law_manifest"),
    (manifest(SIGNED, b'"version":1', b'"version":1.5'), "law_manifest"),
    (manifest(SIGNED, b'"version":1', b'"version":' + b"9" * 400), "law_newer"),
    (pack({name: each for name, each in unpack(SIGNED).items() if name != "manifest.sig"}), "law_members"),
    (pack({**unpack(SIGNED), "manifest.sig": bytes(64)}), "law_signature"),
    (pack({**unpack(SIGNED), "manifest.sig": b""}), "law_signature"),
    (law_file(content=TERM % b"NaN"), "law_content"),
    (law_file(content=TERM % b"1e999"), "law_content"),
    (law_file(content=TERM % (b"9" * 5_000)), "law_content"),
    (law_file(content=TERM % (b"9" * 400)), "law_rule"),
    (law_file(content=TERM % b"-1"), "law_rule"),
    (law_file(content=TERM % b"0"), "law_rule"),
    (law_file(content=b'{"rules":[],"rules":[]}'), "law_content"),
    (law_file(content=b'{"rules":[{"kind":"fee_receipt","kind":"term","key":"k","value":{}}]}'), "law_content"),
    (law_file(content=b"[" * 5_000), "law_content"),
    (law_file(content=b'{"rules": {"kind": "term"}}'), "law_content"),
    (law_file(content=b'{"catalogue": "\\ufeff"}'), "catalogue_columns"),
    (law_file(content=b'{"calendar": "\\ufeff"}'), "calendar_columns"),
    (law_file([{**RELIEF, "valid_from": "2026-13-01"}]), "law_rule"),
    (law_file([{**RELIEF, "key": 5}]), "law_rule"),
    (law_file([{**RELIEF, "value": {**RELIEF["value"], "percent": 10**400}}]), "law_rule"),
    (law_file([{**RELIEF, "value": {**RELIEF["value"], "valid_to": "2026-02-09"}}]), "law_rule"),
    (law_file([RELIEF, {**RELIEF, "valid_from": "2026-02-10"}]), "law_rule_twice"),
    (law_file(["x"]), "law_rule"),
    (law_file(catalogue=f"code\tlimit\tunit\n{CODE}\t1.5\tday\n"), "law_row"),
    (law_file(catalogue=f"code\tlimit\tunit\n{CODE}\tnan\tday\n"), "law_row"),
    (law_file(catalogue=f"code\tlimit\tprovince_limit\tunit\n{CODE}\t2\t3\tday\n"), "law_row"),
    (law_file(catalogue=f"code\tfee_vnd\n{CODE}\t1\n{CODE}\t2\n"), "law_row"),
]


@pytest.mark.parametrize(("data", "code"), CONTENTS, ids=[f"{n}-{code}" for n, (_data, code) in enumerate(CONTENTS)])
def test_hostile_package_is_refused_in_a_sentence(desk: Desk, data: bytes, code: str) -> None:
    before, versions = desk.contents(), desk.rows("SELECT count(*) FROM procedure_version")
    for call in (show, apply):
        with pytest.raises(Refusal) as refused:
            call(desk, data)
        assert refused.value.code == code and error_sentence(refused.value).endswith(".")
    assert desk.contents() == before and desk.rows("SELECT count(*) FROM procedure_version") == versions


def test_only_row_of_a_procedure_that_the_office_lacks_is_skipped(desk: Desk) -> None:
    preview = show(desk, law_file([RELIEF], catalogue="code\tfee_vnd\n9.999999\t1\n"))
    assert [(change.key, "skipped" in change.new) for change in preview.changes] == [
        ("mien-thu", False),
        ("9.999999", True),
    ]


def test_every_kind_is_applied_twice_and_taken_back(desk: Desk) -> None:
    """The keys of the sound samples are distinct for each kind."""
    rules = [{"kind": kind, "key": key, "value": value} for kind, key, value in SOUND]
    data = law_file(rules, valid_from="2026-03-01")
    before = desk.rows("SELECT count(*) FROM dated_rule")
    shown = show(desk, data)
    assert {change.kind for change in shown.changes} == {kind for kind, _key, _value in SOUND}
    assert apply(desk, data).changes == shown.changes
    assert apply(desk, data).changes == ()
    assert desk.rows("SELECT count(*) FROM dated_rule") != before
    revert(desk, "thu-01")
    assert desk.rows("SELECT count(*) FROM dated_rule") == before and desk.check().ok
    assert apply(desk, data).changes == shown.changes
