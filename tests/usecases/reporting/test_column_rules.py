"""Columns of every report in order, and their counts in a small office.

The columns are those of INTERFACES section 6 and of reference/rules-and-forms section 4.3; the dossiers have every end
and edge, and their figures were counted by hand.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from app.models.figures import COLUMNS
from app.printing.documents.report import Report
from app.services.reporting.export import report_json
from app.services.reporting.query import ReportQuery
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.tables import make_report
from tests.support.offices import Desk, at

QUARTER = date(2026, 3, 15), date(2026, 6, 14)
AFTER = at("2026-06-25T08:00")
MONDAY = at("2026-03-16T08:00")
"""Monday 23/03 is five working days later."""
FORM = (
    *("received", "received_online", "received_direct_post", "carried_over"),
    *("form_resolved", "resolved_early", "form_on_time", "resolved_late"),
    *("pending", "pending_in_time", "pending_late"),
)
LATE = ("late", "resolved_late", "pending_late", "apologised")
OVERDUE = ("code", "applicant", "name", "holder", "received_day", "due_day")
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "06a": {"rows": ("field", *FORM)},
    "06a-procedure": {"rows": ("procedure", "name", *FORM)},
    "07b": {"rows": ("field", *LATE, "reason")},
    "quarter": {"rows": ("name", "value")},
    "overdue": {
        "rows": (*OVERDUE, "closed_day", "days_late", "apology", "reason"),
        "nearly_late": (*OVERDUE, "days_left"),
        "escalated": (*OVERDUE, "closed_day", "days_late", "apology", "reason"),
    },
    "reasons": {"rows": ("reason", *LATE, "share")},
    "officers": {
        "rows": (
            *("holder", "received", "resolved", "resolved_early", "resolved_on_time", "resolved_late"),
            *("pending", "pending_late", "on_time_share", "rated", "score"),
        )
    },
    "weekly": {
        "rows": ("holder", "new", "resolved", "late", "due_this_week"),
        "waiting": ("holder", "working", "now_late", "due_today", "waiting_papers", "waiting_payment", "to_return"),
    },
    "register": {
        "rows": (
            *("field", "volume", "number", "code", "procedure", "applicant", "contact", "unit"),
            *("received", "due", "returned", "way", "received_by"),
        )
    },
    "fees": {
        "payments": (
            *("book", "number", "at", "code", "payer", "procedure", "procedure_name", "cashier"),
            *("method_name", "amount", "remark"),
        ),
        "books": ("book_name", "first", "last", "payments", "amount"),
        "procedures": ("procedure", "name", "payments", "amount"),
        "people": ("name", "payments", "amount"),
        "reliefs": ("relief", "decision", "dossiers", "amount"),
        "methods": ("name", "payments", "amount"),
        "unpaid": ("code", "applicant", "procedure_name", "fee", "paid", "owed"),
    },
    "trim": {
        "rows": ("procedure", "name", "dossiers", "limit_days", "median_days", "p90_days", "used_share"),
        "proposals": ("procedure", "name", "dossiers", "limit_days", "proposed_days", "saved_days", "saved_share"),
    },
    "shares": {"rows": ("group", "new", "received_online", "same_day", "digitised", "postal", "paid", "paid_online")},
    "procedures": {
        "rows": (
            *("field", "in_force", "published", "changed", "superseded"),
            *("with_dossiers", "without_dossiers", "dossiers"),
        ),
        "unused": ("procedure", "name", "field"),
    },
    "certified": {
        "rows": ("kind", "dossiers", "quantity", "pages", "without_pages", "fee"),
        "procedures": ("procedure", "name", "dossiers", "quantity", "pages", "without_pages", "fee"),
    },
    "satisfaction": {
        "faces": ("face", "dossiers"),
        "indices": ("index", "average", "count"),
        "officers": ("officer", "score", "rated"),
    },
    "retention": {"rows": ("code", "procedure", "field", "ended", "years", "until", "decision")},
}
FORM_06A = (
    "Lĩnh vực, công việc giải quyết theo cấp",
    *("Tổng số", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước"),
    *("Tổng số", "Trước hạn", "Đúng hạn (Bao gồm cả hồ sơ chờ Bổ sung và Trả lại/Xin rút)", "Quá hạn"),
    *("Tổng số", "Trong hạn (Bao gồm cả hồ sơ chờ bổ sung và hồ sơ khác)", "Quá hạn"),
)


def build(desk: Desk, name: str, **options: Any) -> Report:
    report: Report = desk.office.read(make_report, ReportQuery(name, *QUARTER, **options), AFTER)
    return report


@pytest.mark.parametrize("name", TABLES)
def test_a_report_has_its_columns_in_order(desk: Desk, name: str) -> None:
    sections = {section.key: section for section in build(desk, name).sections}
    assert {key: tuple(c.key for c in section.columns) for key, section in sections.items()} == TABLES[name]
    assert all(column.heading for section in sections.values() for column in section.columns)


def test_the_form_has_the_headings_and_notes_of_the_decree(desk: Desk) -> None:
    report = build(desk, "06a")
    assert tuple(column.heading for column in report.table.columns) == FORM_06A
    assert report.table.indexed and report.table.numbered and report.unit == "Số hồ sơ TTHC"
    assert any("Cột (7) và (9) gồm cả" in note for note in report.notes)


def hand_made(desk: Desk) -> dict[str, str]:
    """Take in dossiers with every end and edge; return their codes by name."""
    names = ("early", "same_day", "next_day", "withdrawn", "stopped", "refused", "undone", "paused", "reopened", "open")
    codes = {name: desk.take_in(MONDAY + timedelta(minutes=place)).code for place, name in enumerate(names)}
    desk.act(codes["early"], "finish", at("2026-03-20T16:00"))
    desk.act(codes["same_day"], "finish", at("2026-03-23T18:30"))
    desk.act(codes["next_day"], "finish", at("2026-03-24T07:31"))
    desk.act(codes["withdrawn"], "withdraw", at("2026-03-17T08:00"), note="Xin rút")
    desk.act(codes["stopped"], "send", at("2026-03-17T08:00"), to="Tư pháp")
    desk.act(codes["stopped"], "stop", at("2026-03-18T08:00"), note="Công dân đề nghị")
    desk.act(codes["refused"], "refuse", at("2026-03-18T08:00"), note="Không đủ điều kiện")
    desk.act(codes["undone"], "finish", at("2026-03-18T09:00"))
    desk.act(codes["undone"], "undo", at("2026-03-18T09:05"), note="Bấm nhầm")
    desk.act(codes["paused"], "ask-payment", at("2026-03-17T09:00"), amount=5000, note="Nộp lệ phí")
    desk.act(codes["reopened"], "finish", at("2026-03-19T09:00"))
    desk.act(codes["reopened"], "take-back", at("2026-06-16T09:00"), note="Kết quả sai")
    codes["carried"] = desk.take_in(at("2026-03-02T08:00")).code
    desk.act(codes["carried"], "finish", at("2026-03-16T08:00"))
    codes["before"] = desk.take_in(at("2026-03-02T09:00"), channel="online").code
    desk.act(codes["before"], "finish", at("2026-03-06T08:00"))
    codes["supplement"] = desk.take_in(at("2026-06-10T08:00"), channel="online").code
    desk.act(codes["supplement"], "ask-supplement", at("2026-06-11T08:00"), note="Thiếu đơn")
    desk.act(codes["supplement"], "supplement", at("2026-06-18T08:00"))
    codes["undated"] = desk.take_in(at("2026-04-01T08:00"), channel="post", term={"unit": "unknown"}).code
    desk.act(codes["undated"], "finish", at("2026-05-29T08:00"))
    codes["void"] = desk.take_in(at("2026-04-02T08:00")).code
    desk.act(codes["void"], "void", at("2026-04-02T08:30"), note="Nhập nhầm")
    codes["reissued"] = desk.take_in(at("2026-04-02T08:40"), replaces=codes["void"]).code
    codes["after"] = desk.take_in(at("2026-06-15T07:30")).code
    return codes


COLUMN_OF = {
    "early": "resolved_early",
    "same_day": "resolved_on_time",
    "next_day": "resolved_late",
    "withdrawn": "withdrawn",
    "stopped": "withdrawn",
    "refused": "returned_unresolved",
    "undone": "pending_late",
    "paused": "pending_in_time",
    "reopened": "resolved_early",
    "open": "pending_late",
    "carried": "resolved_late",
    "supplement": "pending_in_time",
    "undated": "resolved_on_time",
    "reissued": "pending_late",
}
"""Column of each dossier of the quarter; `before`, `void` and `after` are in none."""


def test_each_dossier_is_in_one_column(desk: Desk) -> None:
    codes = hand_made(desk)
    lines = desk.office.read(list_figure, ListFigure("received", *QUARTER), AFTER)
    names = {code: name for name, code in codes.items()}
    assert {names[line.code]: line.column for line in lines} == COLUMN_OF


def test_each_column_has_the_counts_made_by_hand(desk: Desk) -> None:
    hand_made(desk)
    report = build(desk, "06a")
    expected = {column: list(COLUMN_OF.values()).count(column) for column in COLUMNS}
    expected |= {"received": 14, "received_online": 1, "received_direct_post": 12, "carried_over": 1}
    expected |= {"resolved": 6, "pending": 5}
    answer = report_json(report)
    assert {column: answer["total"][column] for column in COLUMNS} == expected and answer["checks"] == []
    assert list(answer["total"]) == ["field", *COLUMNS]
    total = report.table.total or {}
    assert (total["form_resolved"], total["form_on_time"]) == (6 + 3, 2 + 3)
    assert [(ratio.part, ratio.whole) for ratio in report.ratios] == [(4, 6), (9, 14), (4, 14)]


def test_further_reports_agree_with_the_form(desk: Desk) -> None:
    codes = hand_made(desk)
    late = {codes[name] for name, column in COLUMN_OF.items() if column.endswith("_late")}
    overdue = report_json(build(desk, "overdue"))
    assert {row["code"] for row in overdue["rows"]} == late and overdue["late"] == len(late) == 5
    for name in ("07b", "reasons"):
        total = report_json(build(desk, name))["total"]
        assert (total["late"], total["resolved_late"], total["pending_late"]) == (5, 2, 3)
    shares = report_json(build(desk, "shares"))["total"]
    assert (shares["new"], shares["received_online"], shares["same_day"]) == (13, 1, 0)
    officers = report_json(build(desk, "officers"))
    assert sum(row["received"] for row in officers["rows"]) == 14
    assert sum(row["resolved"] for row in officers["rows"]) == 6


def test_a_refund_lowers_the_sum_of_its_period(desk: Desk) -> None:
    code = desk.take_in(at("2026-05-04T08:00"), fee=9000).code
    desk.act(code, "pay", at("2026-05-04T09:00"), amount=9000, method="cash", receipt="1C26TAA/00000001")
    assert report_json(build(desk, "fees"))["total"]["amount"] == 9000
    desk.act(code, "refund", at("2026-05-05T09:00"), amount=4000, note="Thu thừa")
    answer = report_json(build(desk, "fees"))
    assert answer["total"]["amount"] == 5000 == sum(row["amount"] for row in answer["payments"])
    assert all(isinstance(row["amount"], int) for row in answer["payments"])


def test_json_has_no_noise_of_floats(desk: Desk) -> None:
    hand_made(desk)

    def check(value: Any, name: str) -> None:
        if isinstance(value, dict):
            for each in value.values():
                check(each, name)
        elif isinstance(value, list):
            for each in value:
                check(each, name)
        elif isinstance(value, float):
            assert value == round(value, 2), (name, value)

    for name in TABLES:
        answer = report_json(build(desk, name, compare=True))
        check(answer, name)
        assert next(iter(answer)) == "period" and list(answer["period"]) == ["from", "to"]
