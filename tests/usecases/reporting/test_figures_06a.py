"""Biểu II.06a as of the end of a period, compared with counts by hand."""

import json
from datetime import date

import pytest

from app.models.errors import Refusal
from app.models.figures import COLUMNS
from app.services.reporting.export import report_file
from app.services.reporting.figures_06a import to_json
from app.services.reporting.query import ReportQuery
from app.usecases.reporting.tables import make_report
from tests.support.offices import LONG_AFTER, Desk, at, nonzero_columns

FIRST, LAST = date(2026, 3, 15), date(2026, 6, 14)
MONDAY = at("2026-03-16T08:00")
"""Monday 23/03 is five working days later."""
OPEN = {"received": 1, "pending": 1, "pending_in_time": 1, "received_direct_post": 1}
LATE = {"received": 1, "pending": 1, "pending_late": 1, "received_direct_post": 1}


def counted(desk: Desk, last: date = LAST, first: date = FIRST) -> dict[str, int]:
    """Return the nonzero totals; the identities hold and one field has rows."""
    table = desk.report(first, last)
    assert table.checks == ()
    assert len(table.rows) <= 1 and (not table.rows or nonzero_columns(table.rows[0]) == nonzero_columns(table.total))
    return nonzero_columns(table.total)


def resolved(kind: str, **columns: int) -> dict[str, int]:
    return {"received": 1, "received_direct_post": 1, "resolved": 1, f"resolved_{kind}": 1, **columns}


def test_empty_register_has_no_figures(desk: Desk) -> None:
    table = desk.report(FIRST, LAST)
    assert table.rows == () and table.checks == () and nonzero_columns(table.total) == {}


@pytest.mark.parametrize(
    ("channel", "column"),
    [("online", "received_online"), ("direct", "received_direct_post"), ("post", "received_direct_post")],
)
def test_received_by_channel(desk: Desk, channel: str, column: str) -> None:
    desk.take_in(MONDAY, channel=channel)
    assert counted(desk, date(2026, 3, 16)) == {"received": 1, column: 1, "pending": 1, "pending_in_time": 1}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        ("2026-03-14T23:59:59", {"received": 1, "carried_over": 1, "pending": 1, "pending_in_time": 1}),
        ("2026-03-15T00:00:00", OPEN),
        ("2026-06-14T23:59:59", OPEN),
        ("2026-06-15T00:00:00", {}),
    ],
)
def test_period_includes_both_days_in_office_time(desk: Desk, hour: str, expected: dict[str, int]) -> None:
    desk.take_in(at(hour), term={"unit": "unknown"})
    assert counted(desk) == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2026-03-14T16:00", {}),
        ("2026-03-15T00:00", {"received": 1, "carried_over": 1, "resolved": 1, "resolved_late": 1}),
        ("2026-06-14T23:59", {"received": 1, "carried_over": 1, "resolved": 1, "resolved_late": 1}),
        ("2026-06-15T00:00", {"received": 1, "carried_over": 1, "pending": 1, "pending_late": 1}),
    ],
)
def test_carried_over_counts_dossiers_open_on_the_first_day(desk: Desk, ended: str, expected: dict[str, int]) -> None:
    code = desk.take_in(at("2026-03-02T08:00")).code
    desk.act(code, "finish", at(ended))
    assert counted(desk) == expected


@pytest.mark.parametrize(
    ("ended", "kind"),
    [
        ("2026-03-22T23:59", "early"),
        ("2026-03-23T00:00", "on_time"),
        ("2026-03-23T17:00", "on_time"),
        ("2026-03-23T23:59:59", "on_time"),
        ("2026-03-24T00:00", "late"),
    ],
)
def test_resolved_on_time_compares_dates_not_hours(desk: Desk, ended: str, kind: str) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "finish", at(ended))
    assert counted(desk) == resolved(kind)
    desk.act(code, "return", at("2026-06-30T08:00"))  # resolved on the day of the result, whenever it is collected
    assert counted(desk) == resolved(kind)
    assert counted(desk, date(2026, 9, 14), date(2026, 6, 15)) == {}


def test_dossier_without_due_date_is_on_time(desk: Desk) -> None:
    code = desk.take_in(MONDAY, term={"unit": "unknown"}).code
    assert counted(desk, date(2026, 6, 14)) == OPEN
    desk.act(code, "finish", at("2026-06-14T20:00"))
    assert counted(desk) == resolved("on_time")


@pytest.mark.parametrize(
    ("last", "expected"), [(date(2026, 3, 22), OPEN), (date(2026, 3, 23), OPEN), (date(2026, 3, 24), LATE)]
)
def test_pending_dossier_is_late_after_the_due_day(desk: Desk, last: date, expected: dict[str, int]) -> None:
    desk.act(desk.take_in(MONDAY).code, "send", MONDAY, to="Tư pháp")
    assert counted(desk, last) == expected


@pytest.mark.parametrize(("today", "expected"), [("2026-03-23T23:59", OPEN), ("2026-03-24T00:00", LATE)])
def test_pending_dossier_is_in_time_on_the_due_day(desk: Desk, today: str, expected: dict[str, int]) -> None:
    """The quarter ends in June; on the due day in March nothing is late yet."""
    desk.take_in(MONDAY)
    assert nonzero_columns(desk.report(FIRST, LAST, at(today)).total) == expected


def test_at_once_dossier_counts_by_its_date(desk: Desk) -> None:
    desk.take_in(MONDAY, at_once=True, term={"unit": "same_day"})
    assert counted(desk) == resolved("on_time")


@pytest.mark.parametrize(
    ("act", "column"),
    [("refuse", "returned_unresolved"), ("stop", "withdrawn"), ("withdraw", "withdrawn")],
)
def test_dossiers_that_end_without_result(desk: Desk, act: str, column: str) -> None:
    """Late papers never make the dossier late; until then it is open."""
    code = desk.take_in(MONDAY).code
    desk.act(code, act, at("2026-04-01T08:00"), note="Lý do")
    ended = {"received": 1, "received_direct_post": 1, column: 1}
    assert counted(desk) == ended
    desk.act(code, "return", at("2026-04-02T08:00"))
    assert counted(desk) == ended
    assert counted(desk, date(2026, 3, 31)) == LATE
    assert counted(desk, date(2026, 6, 14), date(2026, 4, 1)) == {"received": 1, "carried_over": 1, column: 1}
    assert counted(desk, date(2026, 6, 14), date(2026, 4, 2)) == {}


def test_void_dossier_is_not_counted_and_its_successor_once(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "void", MONDAY, note="Nhầm")
    assert counted(desk) == {}
    desk.take_in(MONDAY, replaces=code)
    assert counted(desk) == LATE


def test_dossier_waiting_for_papers_is_in_time(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "ask-supplement", at("2026-03-25T08:00"), note="Thiếu đơn")
    assert counted(desk, date(2026, 3, 24)) == LATE
    assert counted(desk, date(2026, 3, 25)) == counted(desk) == OPEN
    desk.act(code, "close", at("2026-04-20T08:00"))
    assert counted(desk) == {"received": 1, "received_direct_post": 1, "returned_unresolved": 1}
    assert counted(desk, date(2026, 4, 19)) == OPEN


def test_supplement_sets_a_new_date_for_later_periods_only(desk: Desk) -> None:
    """Due on 23/03; papers requested 24/03, received 01/04; due on 08/04."""
    code = desk.take_in(MONDAY).code
    desk.act(code, "ask-supplement", at("2026-03-24T08:00"), note="Thiếu đơn")
    desk.act(code, "supplement", at("2026-04-01T08:00"))
    for day, expected in (("03-23", OPEN), ("03-24", OPEN), ("03-31", OPEN), ("04-08", OPEN), ("04-09", LATE)):
        assert counted(desk, date.fromisoformat(f"2026-{day}")) == expected, day
    desk.act(code, "finish", at("2026-04-08T16:00"))
    assert counted(desk) == resolved("on_time")
    assert counted(desk, date(2026, 4, 7)) == OPEN


def test_reopened_dossier_is_pending_and_earlier_period_keeps_the_result(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "send", MONDAY, to="Tư pháp")
    desk.act(code, "finish", at("2026-03-20T08:00"))
    desk.act(code, "take-back", at("2026-04-10T08:00"))
    assert counted(desk, date(2026, 4, 9)) == resolved("early")
    assert counted(desk, date(2026, 4, 10)) == LATE
    assert counted(desk, LAST, date(2026, 4, 1)) == {"received": 1, "carried_over": 1, "pending": 1, "pending_late": 1}
    desk.act(code, "finish", at("2026-04-11T08:00"))
    assert counted(desk) == resolved("late")
    assert counted(desk, date(2026, 3, 31)) == resolved("early")


def test_apology_does_not_make_a_late_dossier_on_time(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "apologise", at("2026-03-20T08:00"), until=date(2026, 4, 1))
    assert counted(desk, date(2026, 3, 24)) == LATE
    desk.act(code, "finish", at("2026-03-25T08:00"))
    assert counted(desk) == resolved("late")


def test_apology_before_a_running_supplement_stays_late(desk: Desk) -> None:
    from tests.usecases.dossiers.test_actions import add_version

    add_version(desk, supplement_clock="none")
    code = desk.take_in(MONDAY, term=None).code
    desk.act(code, "apologise", at("2026-03-20T08:00"), until=date(2026, 4, 1))
    desk.act(code, "ask-supplement", at("2026-03-20T09:00"), note="Thiếu đơn")
    desk.act(code, "supplement", at("2026-03-20T10:00"))
    desk.act(code, "finish", at("2026-03-25T08:00"))
    assert counted(desk) == resolved("late")


def test_later_amendment_and_payment_change_no_figure(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "finish", at("2026-03-20T08:00"))
    desk.act(code, "pay", at("2026-05-20T08:00"), amount=2000)
    desk.act(code, "amend", at("2026-05-21T08:00"), sets=(("name", "Đào Thị Ấm"),))
    for last in (date(2026, 3, 20), LAST):
        assert counted(desk, last) == resolved("early")


def test_rows_are_sorted_fields_and_total_is_their_sum(desk: Desk) -> None:
    for procedure, channel in (("1.001193", "online"), ("2.000815", "direct"), ("1.000656", "post")):
        desk.take_in(MONDAY, procedure=procedure, channel=channel)
    table = desk.report(FIRST, date(2026, 3, 16))
    assert [(row.field, row.received, row.received_online) for row in table.rows] == [
        ("Chứng thực", 1, 0),
        ("Hộ tịch", 2, 1),
    ]
    assert (table.total.field, table.total.received, table.total.received_online) == ("Tổng số", 3, 1)


def test_report_file_has_the_documented_keys(desk: Desk) -> None:
    desk.take_in(MONDAY)
    table = desk.report(FIRST, LAST)
    answer = to_json(table)
    assert list(answer) == ["period", "rows", "total", "checks"]
    assert answer["period"] == {"from": "2026-03-15", "to": "2026-06-14"}
    assert list(answer["rows"][0]) == list(answer["total"]) == ["field", *COLUMNS]
    form = desk.office.read(make_report, ReportQuery("06a", FIRST, LAST), LONG_AFTER)
    assert json.loads(report_file(form, ".json")) == answer
    for ending in (".xlsx", ".docx"):
        assert report_file(form, ending).startswith(b"PK")
    assert report_file(form, ".pdf").startswith(b"%PDF")
    with pytest.raises(Refusal) as refused:
        report_file(form, ".ods")
    assert refused.value.code == "report_format"


def test_reversed_period_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.report(LAST, FIRST)
    assert refused.value.code == "period_reversed"
