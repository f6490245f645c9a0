"""Calendar changes (S7): promises stay, affected dossiers are listed."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.law.rule import Rule
from app.services.catalogue.calendar_changes import AddDecision
from app.usecases.catalogue.calendar import (
    ImportCalendar,
    ListCalendar,
    ListDecisions,
    RevokeDecision,
    add_decision,
    import_calendar,
    list_calendar,
    list_decisions,
    revoke_decision,
)
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.intake.preview import PreviewPromise, preview_promise
from app.wording.refusals import error_sentence
from tests.services.law.test_rules import write_rules
from tests.support.offices import SAME_DAY, Desk, at

CHRISTMAS_EVE, BOXING_DAY = at("2025-12-24T09:00"), at("2025-12-26T08:00")
SWAP = "date,kind,hours,decision\r\n2026-01-02,off,,12729/VPCP-KGVX\r\n2026-01-10,work,,12729/VPCP-KGVX\r\n"
SEVEN = {"term": {"limit": 7, "unit": "working_day"}}


def test_swapped_day_lists_affected_dossiers_and_changes_no_promise(desk: Desk) -> None:
    accepted = desk.take_in(CHRISTMAS_EVE, **SEVEN)
    assert accepted.due_at == at("2026-01-05T17:00")
    change = desk.office.write(import_calendar, ImportCalendar(SWAP), BOXING_DAY)
    assert change.applied == 2
    (affected,) = change.affected
    assert (affected.code, affected.old_due_at, affected.new_due_at) == (
        accepted.code,
        accepted.due_at,
        at("2026-01-06T17:00"),
    )
    assert affected.phone == "0905 123 456"
    assert desk.show(accepted.code, BOXING_DAY).due_at == at("2026-01-05T17:00")
    assert desk.take_in(BOXING_DAY, term={"limit": 5, "unit": "working_day"}).due_at == at("2026-01-06T17:00")


def test_five_working_days_end_on_the_worked_saturday(desk: Desk) -> None:
    assert desk.take_in(at("2026-01-05T09:00")).due_at == at("2026-01-10T17:00")


def test_same_day_procedure_after_three_is_due_the_next_working_day(desk: Desk) -> None:
    query = PreviewPromise(SAME_DAY, at("2026-02-12T15:01"))
    assert desk.office.read(preview_promise, query).due_at == at("2026-02-13T17:00")
    query = PreviewPromise(SAME_DAY, at("2026-02-12T15:00"))
    assert desk.office.read(preview_promise, query).due_at == at("2026-02-12T17:00")


def test_dossiers_that_end_before_the_changed_day_are_not_listed(desk: Desk) -> None:
    desk.take_in(at("2026-02-09T08:00"), term={"limit": 2, "unit": "working_day"})
    changed = desk.office.write(add_decision, AddDecision(date(2026, 2, 12), DayKind.OFF), at("2026-02-10T08:00"))
    assert changed.affected == ()


def test_finished_dossier_is_not_affected(desk: Desk) -> None:
    accepted = desk.take_in(at("2026-02-09T08:00"))
    desk.act(accepted.code, "finish", at("2026-02-09T09:00"))
    changed = desk.office.write(add_decision, AddDecision(date(2026, 2, 12), DayKind.OFF), at("2026-02-10T08:00"))
    assert changed.affected == ()


def test_decision_is_revoked(desk: Desk) -> None:
    now = at("2026-02-09T08:00")
    desk.office.write(add_decision, AddDecision(date(2026, 2, 10), DayKind.OFF, decision="Mất điện"), now)
    assert desk.take_in(now, term={"limit": 1, "unit": "working_day"}).due_at == at("2026-02-11T17:00")
    desk.office.write(revoke_decision, RevokeDecision(date(2026, 2, 10)), now)
    assert desk.take_in(now, term={"limit": 1, "unit": "working_day"}).due_at == at("2026-02-10T17:00")
    with pytest.raises(Refusal) as refused:
        desk.office.write(revoke_decision, RevokeDecision(date(2026, 2, 10)), now)
    assert refused.value.code == "calendar_nothing_decided"


def due_after_one_day(desk: Desk, received: str) -> str:
    due_at = desk.take_in(at(received), term={"limit": 1, "unit": "working_day"}).due_at
    return f"{due_at:%d/%m}" if due_at else ""


def test_decision_counts_from_its_day_on_and_the_earlier_one_stays(desk: Desk) -> None:
    now, day, known_from = at("2026-02-09T08:00"), date(2026, 2, 12), date(2026, 2, 11)
    coming = AddDecision(day, DayKind.OFF, decision="QĐ 2", known_from=known_from)
    desk.office.write(add_decision, AddDecision(day, DayKind.HALF, decision="QĐ 1"), now)
    desk.office.write(add_decision, coming, now)
    kinds = [(line.kind, line.known_from) for line in desk.office.read(list_decisions, ListDecisions(2026), now)]
    assert kinds == [(DayKind.HALF, now.date()), (DayKind.OFF, known_from)]
    assert due_after_one_day(desk, "2026-02-10T08:00") == "11/02"
    assert due_after_one_day(desk, "2026-02-11T08:00") == "13/02"
    with pytest.raises(Refusal) as refused:
        desk.office.write(add_decision, replace(coming, known_from=date(2026, 2, 8)), now)
    assert (refused.value.code, refused.value.field) == ("rule_past", "known_from")


def test_day_of_a_package_is_revoked_and_one_of_a_later_package_stays(desk: Desk) -> None:
    now, day = at("2026-02-09T08:00"), date(2026, 2, 10)
    off = Rule("calendar_day", day.isoformat(), {"kind": "off"}, date(2026, 2, 1), "5/TB")
    desk.office.write(write_rules, (off,), now)
    assert due_after_one_day(desk, "2026-02-09T08:00") == "11/02"
    desk.office.write(revoke_decision, RevokeDecision(day), now)
    assert due_after_one_day(desk, "2026-02-09T08:10") == "10/02"
    desk.office.write(write_rules, (replace(off, valid_from=day),), now)
    lines = desk.office.read(list_calendar, ListCalendar(2026), at("2026-02-10T08:00"))
    assert {line.date: line.kind for line in lines}[day] == DayKind.OFF
    with pytest.raises(Refusal):
        desk.office.write(revoke_decision, RevokeDecision(date(2026, 2, 11)), now)


def test_national_decision_may_be_revoked(desk: Desk) -> None:
    now = at("2026-01-05T08:00")
    for day in (date(2026, 1, 2), date(2026, 1, 10)):
        desk.office.write(revoke_decision, RevokeDecision(day), now)
    lines = {line.date: line.kind for line in desk.office.read(list_calendar, ListCalendar(2026), now)}
    assert lines[date(2026, 1, 2)] == DayKind.WORK
    assert lines[date(2026, 1, 10)] == DayKind.OFF


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("ngày,loại\n", "calendar_columns"),
        ("", "calendar_columns"),
        ("date,kind\n2026-13-01,off\n", "calendar_row"),
        ("date,kind\n2026-01-02,holiday\n", "calendar_row"),
        ("date,kind,hours\n2026-01-02,half,13:00-12:00\n", "calendar_row"),
        ("date,kind\n2026-01-03,off\n1999-01-01,off\n", "calendar_row"),
        ("date,kind\n2026-03-27,off\n27/03/2026,work\n", "calendar_day_twice"),
        ("date,kind,hours\n2026-03-27,half,\n2026-03-27,half,07:30-11:00\n", "calendar_day_twice"),
    ],
)
def test_table_with_a_wrong_row_enters_nothing(desk: Desk, table: str, code: str) -> None:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.office.write(import_calendar, ImportCalendar(table), BOXING_DAY)
    assert refused.value.code == code
    assert desk.contents() == before


def test_day_written_twice_names_both_rows(desk: Desk) -> None:
    table = "date,kind,decision\n2026-03-27,off,Số 1\n2026-03-28,work,\n2026-03-27,off,Số 2\n"
    with pytest.raises(Refusal) as refused:
        desk.office.write(import_calendar, ImportCalendar(table), BOXING_DAY)
    assert error_sentence(refused.value).startswith("Dòng 2 và dòng 4 của bảng lịch cùng ghi ngày 27/03/2026")


def test_repeated_row_is_entered_once(desk: Desk) -> None:
    table = "date,kind\n2026-03-27,off\n27/03/2026,off\n"
    assert desk.office.write(import_calendar, ImportCalendar(table), BOXING_DAY).applied == 1


@pytest.mark.parametrize("day", ["13/2/2026", "13.2.26", "13-02-2026", "13022026", "46066", "2026-02-13"])
def test_day_of_a_table_is_read_in_any_spelling(desk: Desk, day: str) -> None:
    desk.office.write(import_calendar, ImportCalendar(f"date,kind\n{day},off\n"), at("2026-02-09T08:00"))
    lines = {
        line.date: line.kind for line in desk.office.read(list_calendar, ListCalendar(2026), at("2026-02-09T08:00"))
    }
    assert lines[date(2026, 2, 13)] == DayKind.OFF


def test_hours_of_a_half_day_are_stored(desk: Desk) -> None:
    table = "\ufeffdate,kind,hours,decision\n2026-02-13,half,07:30-10:30,Họp dân\n"
    desk.office.write(import_calendar, ImportCalendar(table), at("2026-02-09T08:00"))
    assert desk.take_in(at("2026-02-12T08:00"), term={"limit": 1, "unit": "working_day"}).due_at == at(
        "2026-02-13T10:30"
    )


def test_only_dossiers_affected_by_the_day_are_listed(desk: Desk) -> None:
    """Each dossier is recalculated in the way it was promised.

    The dossiers have a pause, a running supplement, a term started elsewhere, and a cut-off.
    """
    table = (
        "code\tname\tfield\tlimit\tunit\tsupplement_clock\tboundary_free\tsame_day_cutoff\n"
        "9.000001\tTạm dừng\tThử\t5\tworking_day\tpause\t\t\n"
        "9.000002\tKhông đổi\tThử\t5\tworking_day\tnone\t\t\n"
        "9.000003\tTính lại\tThử\t5\tworking_day\trestart\t\t\n"
        "9.000004\tPhi địa giới\tThử\t5\tworking_day\t\ttrue\t\n"
        "9.000005\tTrong ngày\tThử\t\tsame_day\t\t\t14:00\n"
    )
    desk.office.write(import_catalogue, ImportCatalogue(table), at("2026-03-02T08:00"))
    received = at("2026-03-04T14:30")
    codes = [
        desk.take_in(received, procedure=f"9.00000{number}", term=None, **values).code
        for number, values in enumerate(({}, {}, {}, {"settled_by": "UBND xã Khác"}, {}), 1)
    ]
    for code in codes[:3]:
        desk.act(code, "ask-supplement", at("2026-03-05T10:00"), note="Thiếu đơn")
        desk.act(code, "supplement", at("2026-03-10T10:00"))
    desk.act(codes[3], "send", at("2026-03-05T10:00"), to="UBND xã Khác")
    desk.act(codes[3], "receive", at("2026-03-06T10:00"))
    now = at("2026-03-10T11:00")
    far = desk.office.write(add_decision, AddDecision(date(2026, 5, 5), DayKind.OFF), now)
    assert far.affected == ()
    near = desk.office.write(add_decision, AddDecision(date(2026, 3, 16), DayKind.OFF), now)
    assert [(each.code, each.old_due_at, each.new_due_at) for each in near.affected] == [
        (codes[0], at("2026-03-16T17:00"), at("2026-03-17T17:00")),
        (codes[2], at("2026-03-17T17:00"), at("2026-03-18T17:00")),
    ]
