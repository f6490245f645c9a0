"""Intake on a real database: numbers, promises, repeats, invalid lines."""

import unicodedata
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.models.codes import dossier_key
from app.models.enums import Status
from app.models.errors import Refusal
from app.models.instants import iso, local_day
from app.services.intake.command import AcceptDossier
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.dossiers.scans import ReadScan, read_scan_text
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import MORNING, PERSON, SAME_DAY, Desk, at, copy_as_desk, desk_session, intake_line

BIRTH = "1.001193"  # đăng ký khai sinh: ngay trong ngày, phí chưa biết
UNKNOWN_TERM = "1.012537"


def person(**values: Any) -> dict[str, Any]:
    return {**PERSON, **values}


def test_first_dossier_of_the_day(desk: Desk) -> None:
    accepted = desk.take_in(term=None)
    assert (accepted.code, accepted.key, accepted.status) == ("H29.12-260209-0001", "6301260209000010", "received")
    assert (accepted.received_at, accepted.due_at) == (MORNING, at("2026-02-09T17:00"))
    assert accepted.fee == 2000 and accepted.warnings == () and len(accepted.deadline) >= 3
    sheet = desk.show(accepted.code)
    assert sheet.applicant == {**PERSON} == sheet.submitter and sheet.principal is None
    assert [(p["handling"], p["originals"], p["copies"]) for p in sheet.papers] == [("show", 1, 0), ("submit", 0, 1)]
    assert sheet.steps[0].actor == "tap-huan" and sheet.steps[0].entered_at == MORNING


# --- numbers


def test_refused_intakes_leave_no_gap_in_the_numbers(desk: Desk) -> None:
    codes = []
    for wrong in ("procedure", "paper", "alias", "replaces"):
        codes.append(desk.take_in(alias="DVC-1" if not codes else None).code)
        values: dict[str, Any] = {
            "procedure": {"procedure": "9.999999"},
            "paper": {"papers": [{"name": "Giấy lạ", "handling": "submit", "originals": 1, "copies": 0}]},
            "alias": {"alias": "dvc 1"},
            "replaces": {"replaces": "H29.12-260209-0001"},
        }[wrong]
        before = desk.contents()
        with pytest.raises(Refusal):
            desk.take_in(**values)
        assert desk.contents() == before
    assert codes == [f"H29.12-260209-{n:04d}" for n in range(1, 5)]
    assert [n for (n,) in desk.rows("SELECT register_number FROM dossier ORDER BY id")] == [1, 2, 3, 4]


def test_failed_intake_writes_nothing_and_loses_no_number(desk: Desk) -> None:
    desk.take_in()
    desk.tamper_schema("CREATE TRIGGER broken BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'broken'); END")
    before = desk.contents()
    with pytest.raises(IntegrityError):
        desk.take_in(request_id="r", alias="DVC-9")
    assert desk.contents() == before
    desk.tamper_schema("DROP TRIGGER broken")
    assert desk.take_in(request_id="r", alias="DVC-9").code == "H29.12-260209-0002"


def test_desk_issues_at_most_9999_numbers_a_day(desk: Desk) -> None:
    desk.take_in()
    desk.tamper("UPDATE counter SET value = 9998 WHERE name = 'serial:01:260209'")
    assert desk.take_in().code == "H29.12-260209-9999"
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.take_in()
    assert refused.value.code == "serial_exhausted" and refused.value.values == {"workstation": 1, "limit": 9999}
    assert desk.contents() == before
    assert desk.take_in(at("2026-02-10T08:00")).code == "H29.12-260210-0001"


def test_four_desks_across_new_year_issue_unique_codes(training_folder: Path) -> None:
    """Each desk accepts 200 dossiers from 23:50 to 00:10, offline (S3)."""
    issued: dict[str, str] = {}
    for workstation in (1, 2, 37, 99):
        with desk_session(copy_as_desk(training_folder, workstation)) as desk:
            for n in range(200):
                now = at("2026-12-31T23:50") + timedelta(seconds=6 * n)
                accepted = desk.take_in(now)
                assert accepted.code.split("-")[1] == accepted.key[4:10] == f"{local_day(now):%y%m%d}"
                assert accepted.key[2:4] == f"{workstation:02d}"
                issued[accepted.code] = accepted.key
            assert desk.check(now).ok
    assert len(issued) == len(set(issued.values())) == 800
    assert {code.split("-")[1] for code in issued} == {"261231", "270101"}


def test_code_issued_by_the_portal_is_skipped(desk: Desk) -> None:
    """Online dossiers have a portal code of this agency, which is skipped."""
    online = desk.take_in(channel="online", alias="H29.12-260209-0002")
    assert online.code == "H29.12-260209-0001"
    assert desk.take_in().code == "H29.12-260209-0003"
    assert desk.show("H29.12-260209-0002").code == online.code
    assert desk.check().ok


def test_register_numbers_restart_by_field_and_year(desk: Desk) -> None:
    for hour, procedure in (
        (MORNING, SAME_DAY),
        (MORNING, BIRTH),
        (at("2027-01-04T08:00"), SAME_DAY),
        (MORNING, SAME_DAY),
    ):
        desk.take_in(hour, procedure=procedure)
    assert [n for (n,) in desk.rows("SELECT register_number FROM dossier ORDER BY id")] == [1, 1, 1, 2]


# --- repeats


def test_repeated_request_returns_the_first_dossier(desk: Desk) -> None:
    first = desk.take_in(request_id="  portal 7 ", term=None)
    desk.act(first.code, "finish")
    before = desk.contents()
    again = desk.take_in(
        at("2026-03-09T19:00"), request_id="portal 7", procedure=BIRTH, applicant=person(name="Ai Khác")
    )
    assert again == first
    assert desk.contents() == before
    assert desk.take_in(request_id="portal 8").code != first.code


def test_repeated_request_without_due_date_is_unchanged(desk: Desk) -> None:
    first = desk.take_in(request_id="r", procedure=UNKNOWN_TERM, term=None)
    assert (first.due_at, first.fee) == (None, None)
    assert desk.take_in(request_id="r") == first


# --- invalid lines

WRONG: list[tuple[Any, str, str | None]] = [
    (None, "line_shape", None),
    ([], "line_shape", None),
    ("2.000815", "line_shape", None),
    (intake_line(procedure=None), "missing", "procedure"),
    (intake_line(procedure="  "), "missing", "procedure"),
    (intake_line(procedure=2.000815), "wrong_type", "procedure"),
    (intake_line(procedure="abc"), "procedure_code", "procedure"),
    (intake_line(procedure="9.999999"), "unknown_procedure", "procedure"),
    (intake_line(channel=None), "missing", "channel"),
    (intake_line(channel="fax"), "unknown_choice", "channel"),
    (intake_line(channel=["direct"]), "wrong_type", "channel"),
    (intake_line(thu_tuc="x"), "unknown_key", "thu_tuc"),
    (intake_line(applicant=None), "missing", "applicant"),
    (intake_line(applicant="Đào Thị Ẫm"), "person_shape", "applicant"),
    (intake_line(applicant=[]), "person_shape", "applicant"),
    (intake_line(applicant=person(name=None)), "name_missing", "applicant.name"),
    (intake_line(applicant=person(name="")), "name_missing", "applicant.name"),
    (intake_line(applicant=person(name="\u200b\u00ad \t")), "name_missing", "applicant.name"),
    (intake_line(applicant=person(name="?!. 123")), "name_without_letters", "applicant.name"),
    (intake_line(applicant=person(name="A" * 201)), "text_too_long", "applicant.name"),
    (intake_line(applicant=person(name=["Đào"])), "wrong_type", "applicant.name"),
    (intake_line(applicant=person(kind="robot")), "unknown_kind", "applicant.kind"),
    (intake_line(applicant=person(kind=None)), "kind_missing", "applicant.kind"),
    (intake_line(applicant=person(gender="nữ")), "unknown_gender", "applicant.gender"),
    (intake_line(applicant=person(birth_date="2026-02-10")), "birth_date_future", "applicant.birth_date"),
    (intake_line(applicant=person(birth_date="2027")), "birth_date_future", "applicant.birth_date"),
    (intake_line(applicant=person(birth_date="1990-02-30")), "birth_date_shape", "applicant.birth_date"),
    (intake_line(applicant=person(birth_date=1990)), "wrong_type", "applicant.birth_date"),
    (intake_line(applicant=person(birth_date="1700")), "birth_date_too_old", "applicant.birth_date"),
    (intake_line(applicant=person(passport="B1")), "unknown_key", "applicant.passport"),
    (intake_line(submitter={"kind": "citizen"}), "name_missing", "submitter.name"),
    (intake_line(principal={"name": "Lý Mão", "kind": "citizen"}), "unknown_key", "principal.kind"),
    (intake_line(papers="đơn"), "wrong_type", "papers"),
    (intake_line(papers=[{}] * 201), "too_many_papers", "papers"),
    (intake_line(papers=["đơn"]), "paper_shape", "papers.0"),
    (intake_line(papers=[{"name": "Đơn", "so_ban": 1}]), "paper_shape", "papers.0"),
    (intake_line(papers=[{"name": " ", "handling": "submit"}]), "missing", "papers.0.name"),
    (intake_line(papers=[{"name": "Đơn", "handling": "keep"}]), "unknown_choice", "papers.0.handling"),
    (
        intake_line(papers=[{"name": "Đơn", "handling": "submit", "originals": -1}]),
        "out_of_range",
        "papers.0.originals",
    ),
    (intake_line(papers=[{"name": "Đơn", "handling": "submit", "originals": ""}]), "wrong_type", "papers.0.originals"),
    (intake_line(papers=[{"name": "Đơn", "handling": "submit", "copies": 1.0}]), "wrong_type", "papers.0.copies"),
    (intake_line(papers=[{"name": "Đơn", "handling": "submit", "copies": False}]), "wrong_type", "papers.0.copies"),
    (intake_line(papers=[{"name": "Giấy lạ", "handling": "submit"}]), "paper_needs_reason", "papers.0.reason"),
    (intake_line(quantity=0), "out_of_range", "quantity"),
    (intake_line(quantity=1000), "out_of_range", "quantity"),
    (intake_line(quantity=10**30), "out_of_range", "quantity"),
    (intake_line(quantity=1.5), "wrong_type", "quantity"),
    (intake_line(quantity="2"), "wrong_type", "quantity"),
    (intake_line(quantity=True), "wrong_type", "quantity"),
    (intake_line(return_by="drone"), "unknown_choice", "return_by"),
    (intake_line(return_by=0), "wrong_type", "return_by"),
    (intake_line(return_by=[]), "wrong_type", "return_by"),
    (intake_line(fee=-1), "out_of_range", "fee"),
    (intake_line(fee=10**13), "out_of_range", "fee"),
    (intake_line(fee="8000"), "wrong_type", "fee"),
    (intake_line(term=5), "term_shape", "term"),
    (intake_line(term={"limit": 5, "unit": "working_day", "from": "x"}), "term_shape", "term"),
    (intake_line(term={"limit": 5}), "missing", "term.unit"),
    (intake_line(term={"limit": 5, "unit": "fortnight"}), "unknown_choice", "term.unit"),
    (intake_line(term={"unit": "day"}), "missing", "term.limit"),
    (intake_line(term={"limit": True, "unit": "day"}), "wrong_type", "term.limit"),
    (intake_line(term={"limit": [5], "unit": "day"}), "wrong_type", "term.limit"),
    (intake_line(term={"limit": -5, "unit": "day"}), "term_limit_invalid", "term.limit"),
    (intake_line(term={"limit": 0.1, "unit": "working_day"}), "term_limit_invalid", "term.limit"),
    (intake_line(term={"limit": 0.5, "unit": "day"}), "term_limit_invalid", "term.limit"),
    (intake_line(term={"limit": float("nan"), "unit": "day"}), "term_limit_invalid", "term.limit"),
    (intake_line(term={"limit": 1e99, "unit": "day"}), "term_limit_invalid", "term.limit"),
    (intake_line(alias="---"), "alias_shape", "alias"),
    (intake_line(alias="x" * 65), "text_too_long", "alias"),
    (intake_line(alias=5), "wrong_type", "alias"),
    (intake_line(at_once="yes"), "wrong_type", "at_once"),
    (intake_line(at_once=1), "wrong_type", "at_once"),
    (intake_line(at_once=0), "wrong_type", "at_once"),
    (intake_line(note="x" * 2001), "text_too_long", "note"),
    (intake_line(note=["x"]), "wrong_type", "note"),
    (intake_line(request_id=7), "wrong_type", "request_id"),
    (intake_line(request_id="x" * 201), "text_too_long", "request_id"),
    (intake_line(replaces="H29.12-260209-0099"), "replaces_unknown", "replaces"),
]


@pytest.mark.parametrize(("wrong", "code", "field"), WRONG)
def test_invalid_line_is_refused_with_its_field(open_desk: Desk, wrong: Any, code: str, field: str | None) -> None:
    before = open_desk.contents()
    with pytest.raises(Refusal) as refused:
        open_desk.office.write(accept_dossier, AcceptDossier.read(wrong, MORNING.date()), MORNING)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert open_desk.contents() == before


def test_minimal_line_is_accepted(desk: Desk) -> None:
    """Null equals an omitted key for each optional key."""
    nulls = ("submitter", "principal", "papers", "quantity", "return_by", "term", "fee", "alias", "at_once", "note")
    accepted = desk.take_in(**dict.fromkeys((*nulls, "request_id", "replaces")))
    assert (accepted.fee, accepted.status) == (2000, "received")
    bare = {"procedure": SAME_DAY, "channel": "post", "applicant": {"kind": "agency", "name": "UBND xã Bên"}}
    accepted = desk.office.write(accept_dossier, AcceptDossier.read(bare, MORNING.date()), MORNING)
    assert desk.show(accepted.code).applicant["id_number"] is None


# --- accepted with warnings


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"id_number": "04819000421"}, "11 chữ số"),
        ({"id_number": "048090004217"}, "giới tính nam"),
        ({"phone": "12"}, "Số điện thoại"),
        ({"email": "khong-phai-thu"}, "thư điện tử"),
    ],
)
def test_doubtful_data_warns_and_is_accepted(desk: Desk, values: dict[str, Any], warning: str) -> None:
    accepted = desk.take_in(applicant=person(**values))
    assert any(warning in warning for warning in accepted.warnings), accepted.warnings
    assert desk.show(accepted.code).applicant[next(iter(values))] == next(iter(values.values()))


def test_doubtful_principal_causes_a_warning(desk: Desk) -> None:
    accepted = desk.take_in(principal={"name": "Lý Mão", "phone": "12"})
    assert any("Số điện thoại" in warning for warning in accepted.warnings)


def test_birth_year_alone_is_accepted(desk: Desk) -> None:
    accepted = desk.take_in(applicant=person(birth_date="1990"))
    assert accepted.warnings == () and desk.show(accepted.code).applicant["birth_date"] == "1990"


def test_texts_are_stored_composed_trimmed_and_visible(desk: Desk) -> None:
    name = unicodedata.normalize("NFD", "  Nguyễn \u200bThị\n Ẵm\ud800 ")
    accepted = desk.take_in(applicant=person(name=name), note=unicodedata.normalize("NFD", " hẹn\tchiều "))
    sheet = desk.show(accepted.code)
    assert sheet.applicant["name"] == "Nguyễn Thị Ẵm" == unicodedata.normalize("NFC", sheet.applicant["name"])
    assert sheet.note == "hẹn chiều"
    assert desk.rows("SELECT applicant_name FROM dossier") == [("Nguyễn Thị Ẵm",)]


def test_unusual_names_are_accepted_unchanged(desk: Desk) -> None:
    for name in ("Ẵ", "Robert'); DROP TABLE dossier;--", "O'Hara {name} %s \\u0041", "Y Blim Niê Kđăm", "李明"):
        accepted = desk.take_in(applicant=person(name=name))
        assert desk.show(accepted.code).applicant["name"] == name
        lines = desk.office.read(search_dossiers, SearchDossiers(name), MORNING)
        assert accepted.code in [each.code for each in lines]
    assert desk.check().ok


@pytest.mark.parametrize(
    ("values", "fee"),
    [
        ({"quantity": 3}, 6000),
        ({"quantity": 999, "fee": 10**12}, 999 * 10**12),
        ({"fee": 0}, 0),
        ({"fee": 0, "quantity": 7}, 0),
        ({"procedure": BIRTH}, None),
        ({"procedure": BIRTH, "quantity": 3}, None),
        ({"procedure": BIRTH, "fee": 8000}, 8000),
    ],
)
def test_fee_is_base_times_quantity_and_unknown_stays_none(desk: Desk, values: dict[str, Any], fee: int | None) -> None:
    accepted = desk.take_in(**values)
    assert accepted.fee == fee and desk.show(accepted.code).fee.amount == fee


@pytest.mark.parametrize(
    ("hour", "term", "due"),
    [
        ("2026-02-09T15:00:59", {"unit": "same_day"}, "2026-02-09T17:00"),
        ("2026-02-09T15:01", {"unit": "same_day"}, "2026-02-10T17:00"),
        ("2026-02-09T12:00", {"limit": 0.5, "unit": "working_day"}, "2026-02-10T11:30"),
        ("2026-02-09T08:00", {"limit": "7,5", "unit": "working_day"}, "2026-02-26T11:30"),
        ("2026-02-09T08:00", {"limit": 5, "unit": "day"}, "2026-02-23T17:00"),
        ("2026-02-09T16:00", {"limit": 8, "unit": "hour"}, "2026-02-10T16:30"),
        ("2026-02-09T08:00", {"unit": "unknown"}, None),
        ("2026-02-09T08:00", {"limit": 3, "unit": "unknown"}, None),
    ],
)
def test_typed_term_sets_the_promise(desk: Desk, hour: str, term: dict[str, Any], due: str | None) -> None:
    accepted = desk.take_in(at(hour), term=term)
    assert iso(accepted.due_at) == (None if due is None else f"{due}:00+07:00")
    assert ("chưa" in " ".join(accepted.warnings).lower()) == (due is None)
    (facts,) = desk.rows("SELECT facts FROM event")[0]
    assert f'"unit":"{term["unit"]}"' in facts


@pytest.mark.parametrize(
    ("hour", "since"),
    [
        ("2026-02-09T17:00", "07:30 ngày 10/02/2026"),
        ("2026-02-09T22:15", "07:30 ngày 10/02/2026"),
        ("2026-02-14T09:00", "07:30 ngày 23/02/2026"),
    ],
)
def test_intake_out_of_hours_counts_from_the_next_opening(desk: Desk, hour: str, since: str) -> None:
    accepted = desk.take_in(at(hour))
    assert any(since in warning for warning in accepted.warnings), accepted.warnings
    assert accepted.received_at == at(hour)
    assert not desk.take_in(at("2026-02-10T12:15")).warnings  # the lunch break is not out of hours


def test_typed_same_day_term_keeps_the_catalogue_cutoff(desk: Desk) -> None:
    table = f"code\tlimit\tunit\tsame_day_cutoff\tvalid_from\n{SAME_DAY}\t0\tsame_day\t10:00\t2026-02-01\n"
    desk.office.write(import_catalogue, ImportCatalogue(table), MORNING)
    for term in (None, {"unit": "same_day"}):
        assert desk.take_in(at("2026-02-09T10:01"), term=term).due_at == at("2026-02-10T17:00")


def test_unlisted_papers_need_a_reason_and_missing_ones_warn(desk: Desk) -> None:
    listed = {"name": "BẢN SAO cần chứng thực", "handling": "submit", "copies": 2}
    other = {"name": "Giấy ủy quyền", "handling": "submit", "originals": 1, "reason": "Nộp thay"}
    accepted = desk.take_in(papers=[listed, other])
    assert [paper["name"] for paper in desk.show(accepted.code).papers] == ["BẢN SAO cần chứng thực", "Giấy ủy quyền"]
    assert [warning for warning in accepted.warnings if "Bản chính giấy tờ" in warning]
    assert desk.show(desk.take_in(papers=[]).code).papers == ()


def test_at_once_dossier_is_finished_and_returned(desk: Desk) -> None:
    accepted = desk.take_in(at_once=True, submitter=person(name="Lê Thị Dần"))
    sheet = desk.show(accepted.code)
    assert (accepted.status, sheet.national_status) == ("returned", 10)
    assert [step.action.value for step in sheet.steps] == ["intake", "finish", "return"]
    assert sheet.closed_at == sheet.returned_at == MORNING and desk.check().ok
    assert desk.rows("SELECT received_by, outcome FROM dossier") == [("Lê Thị Dần", "finished")]


# --- void and reissued


def test_void_dossier_is_reissued_with_all_facts(desk: Desk) -> None:
    wrong = desk.take_in(alias="DVC-77")
    with pytest.raises(Refusal) as refused:
        desk.take_in(replaces=wrong.code)
    assert refused.value.code == "replaces_not_void"
    desk.act(wrong.code, "void", note="Nhầm thủ tục")
    right = desk.take_in(alias="DVC-77", replaces=wrong.key)
    assert right.code != wrong.code
    assert desk.show("DVC-77").code == right.code and desk.show(wrong.code).status == Status.VOID
    scanned = desk.office.read(read_scan_text, ReadScan(wrong.key), MORNING)
    assert scanned.line is not None and scanned.line.code == right.code and wrong.code in (scanned.warning or "")
    with pytest.raises(Refusal) as refused:
        desk.take_in(replaces=wrong.code)
    assert refused.value.code == "replaces_not_void"
    assert desk.check().ok


def test_alias_belongs_to_one_dossier(desk: Desk) -> None:
    first = desk.take_in(alias="H29.12-DVC-1")
    for taken in ("h29.12 dvc 1", first.code, first.code.lower()):
        with pytest.raises(Refusal) as refused:
            desk.take_in(alias=taken)
        assert (refused.value.code, refused.value.field) == ("alias_taken", "alias")


def test_typed_term_and_fee_over_the_catalogue_are_noted(desk: Desk) -> None:
    listed = desk.take_in(term=None)
    same = desk.take_in(term={"limit": 0, "unit": "same_day"}, fee=listed.fee)
    typed = desk.take_in(term={"limit": 2.5, "unit": "working_day"}, fee=7_000)
    notes = [desk.show(each.code).steps[0].note for each in (listed, same, typed)]
    assert notes[:2] == [None, None]
    assert notes[2] == (
        "Thời hạn ghi tay: 2,5 ngày làm việc (danh mục: ngay trong ngày); Phí ghi tay: 7.000 đ (danh mục: 2.000 đ)"
    )


def test_answer_has_the_documented_keys(desk: Desk) -> None:
    keys = ["code", "key", "status", "received_at", "due_at", "deadline", "fee", "warnings"]
    assert list(asdict(desk.take_in())) == keys


def test_alias_of_sixteen_digits_is_scannable(desk: Desk) -> None:
    """An alias may look like a key; an alias equal to a key is refused."""
    first = desk.take_in()
    looks = dossier_key("H29.12", 1, MORNING.date(), 3)
    second = desk.take_in(alias=looks)
    assert desk.take_in().key != looks, "the portal's number is skipped"
    result = desk.office.read(read_scan_text, ReadScan(looks), MORNING)
    assert result.line is not None and result.line.code == second.code
    with pytest.raises(Refusal) as refused:
        desk.take_in(alias=f"{first.key[:8]} {first.key[8:]}")
    assert refused.value.code == "alias_taken"
