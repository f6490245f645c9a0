"""Every report: figures, identities, groups, comparison and files."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.models.enums import FigureGroup, ReportName
from app.models.errors import Refusal
from app.models.figures import COLUMNS
from app.printing.documents.report import Report
from app.services.reporting.export import report_file, report_json
from app.services.reporting.query import ReportQuery, check_query, last_year, previous_period
from app.services.reporting.registry import REPORTS
from app.usecases.reporting.tables import make_report
from tests.support.offices import SAME_DAY, Desk, at
from tests.support.pdf_reading import pages

FIRST, LAST = date(2026, 3, 15), date(2026, 6, 14)
AFTER = at("2026-06-20T08:00")
MARRIAGE = "1.000894"


def build(desk: Desk, name: str, **options: Any) -> Report:
    query = ReportQuery(name, options.pop("first", FIRST), options.pop("last", LAST), **options)
    report: Report = desk.office.read(make_report, query, AFTER)
    return report


def busy_quarter(desk: Desk) -> list[str]:
    """Take in eight dossiers with every outcome of a quarter."""
    before = desk.take_in(at("2026-03-02T08:00")).code
    codes = [desk.take_in(at("2026-04-06T08:00"), channel=way).code for way in ("direct", "online", "post", "direct")]
    other = [desk.take_in(at("2026-05-04T08:00"), procedure=MARRIAGE).code for _ in range(3)]
    desk.act(before, "finish", at("2026-03-20T08:00"))
    desk.act(codes[0], "send", at("2026-04-06T09:00"), to="Tư pháp")
    desk.act(codes[0], "finish", at("2026-04-07T09:00"))
    desk.act(codes[1], "finish", at("2026-04-24T09:00"))
    desk.act(codes[2], "withdraw", at("2026-04-07T09:00"), note="Xin rút")
    desk.act(other[0], "ask-supplement", at("2026-05-05T09:00"), note="Thiếu đơn")
    desk.act(other[1], "send", at("2026-05-05T09:00"), to="Tư pháp")
    return [before, *codes, *other]


def test_every_name_has_a_builder() -> None:
    assert list(REPORTS) == [name.value for name in ReportName]


@pytest.mark.parametrize("name", [name.value for name in ReportName])
def test_every_report_is_a_file_of_every_format(desk: Desk, name: str) -> None:
    busy_quarter(desk)
    report = build(desk, name)
    sections = tuple(replace(each, rows=each.rows[:30]) for each in report.sections)
    report = replace(report, sections=sections)  # the catalogue fills thirty pages
    answer = json.loads(report_file(report, ".json"))
    assert answer["period"] == {"from": "2026-03-15", "to": "2026-06-14"}
    assert answer == report_json(report) and answer.get("checks", []) == []
    for ending in (".xlsx", ".docx"):
        content = report_file(report, ending)
        assert content == report_file(report, ending)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert parts.testzip() is None
            assert not any(b"<f>" in parts.read(part) for part in parts.namelist() if "worksheets/" in part)
    text = " ".join(page.text for page in pages(report_file(report, ".pdf")))
    assert "Phạm Văn Mẫu" in text and "MẪU" in text and "Nơi nhận" in text


@pytest.mark.parametrize("name", [name.value for name in ReportName])
def test_every_report_of_an_empty_office(desk: Desk, name: str) -> None:
    report = build(desk, name)
    for ending in (".json", ".xlsx", ".docx", ".pdf"):
        assert report_file(report, ending)


@pytest.mark.parametrize("group", list(FigureGroup))
def test_every_group_adds_up_to_the_same_total(desk: Desk, group: FigureGroup) -> None:
    busy_quarter(desk)
    expected = report_json(build(desk, "06a"))
    answer = report_json(build(desk, "06a", group=group))
    assert answer["total"] == expected["total"] and answer["checks"] == []
    assert expected["total"]["received"] == 8 and expected["total"]["pending_late"] == 3
    for column in COLUMNS:
        assert sum(row[column] for row in answer["rows"]) == expected["total"][column]


def test_rows_of_groups_have_their_labels(desk: Desk) -> None:
    busy_quarter(desk)
    rows = report_json(build(desk, "06a-procedure"))["rows"]
    assert [(row["field"], row["procedure"]) for row in rows] == [("Hộ tịch", MARRIAGE), ("Chứng thực", SAME_DAY)]
    assert all(row["name"] for row in rows)
    months = [row["month"] for row in report_json(build(desk, "06a", group=FigureGroup.MONTH))["rows"]]
    assert months == ["202603", "202604", "202605"]
    holders = {row["holder"]: row for row in report_json(build(desk, "06a", group=FigureGroup.HOLDER))["rows"]}
    assert (holders["Tư pháp"]["resolved_early"], holders["Tư pháp"]["pending_late"]) == (1, 1)


def test_printed_form_folds_what_the_office_variant_has_apart(desk: Desk) -> None:
    busy_quarter(desk)
    form, office = build(desk, "06a"), build(desk, "06a", variant="office")
    assert report_json(form) == report_json(office)
    keys = [column.key for column in form.table.columns]
    assert len(keys) == 12 and "withdrawn" not in keys and "form_resolved" in keys
    assert form.table.total is not None and form.table.total["form_resolved"] == 4
    assert [column.key for column in office.table.columns][-2:] == ["withdrawn", "returned_unresolved"]
    assert any("1 hồ sơ công dân xin rút" in note for note in form.notes)


def test_comparison_has_the_period_before_and_last_year(desk: Desk) -> None:
    busy_quarter(desk)
    answer = report_json(build(desk, "06a", compare=True))
    assert answer["previous"]["period"] == {"from": "2025-12-15", "to": "2026-03-14"}
    assert answer["previous"]["total"]["received"] == 1
    assert answer["last_year"]["period"] == {"from": "2025-03-15", "to": "2025-06-14"}
    assert answer["last_year"]["rows"] == []


def test_previous_period_keeps_preset_or_length() -> None:
    assert previous_period(date(2026, 5, 15), date(2026, 6, 14), 15) == (date(2026, 4, 15), date(2026, 5, 14))
    assert previous_period(date(2026, 5, 1), date(2026, 5, 10), 15) == (date(2026, 4, 21), date(2026, 4, 30))
    assert last_year(date(2024, 2, 29), date(2024, 3, 14)) == (date(2023, 2, 28), date(2023, 3, 14))
    with pytest.raises(Refusal):
        previous_period(date(1, 1, 1), date(1, 1, 5), 15)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"name": "fees", "variant": "office"}, "report_variant"),
        ({"name": "không"}, "report_unknown"),
    ],
)
def test_unsuitable_options_are_refused(desk: Desk, options: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        build(desk, **options)
    assert refused.value.code == code


def test_late_dossiers_agree_with_the_form(desk: Desk) -> None:
    codes = busy_quarter(desk)
    desk.act(codes[4], "apologise", at("2026-04-08T08:00"), until=date(2026, 4, 20))
    answer = report_json(build(desk, "overdue", days=3))
    by_code = {row["code"]: row for row in answer["rows"]}
    assert answer["late"] == len(by_code) == 5 and answer["checks"] == []
    assert by_code[codes[2]]["days_late"] == 9 and by_code[codes[2]]["state"] == "Đã xong"
    assert by_code[codes[4]]["apologised"] is True
    assert {row["code"] for row in answer["escalated"]} <= {codes[4], codes[6], codes[7]}
    reasons = report_json(build(desk, "reasons"))
    assert reasons["total"]["late"] == 5 and reasons["rows"][0]["reason"] == "Chưa ghi nguyên nhân"
    by_field = report_json(build(desk, "07b"))
    assert sum(row["late"] for row in by_field["rows"]) == 5


def test_officers_have_their_own_figures(desk: Desk) -> None:
    codes = busy_quarter(desk)
    desk.act(codes[0], "return", at("2026-03-25T08:00"), received_by="Đào Thị Ẫm")
    rows = {row["holder"]: row for row in report_json(build(desk, "officers"))["rows"]}
    assert "Đào Thị Ẫm" not in rows
    assert rows["Tư pháp"]["resolved"] == 1 and rows["Tư pháp"]["on_time_share"] == 100.0


def test_week_counts_by_holder_and_backlog(desk: Desk) -> None:
    busy_quarter(desk)
    answer = report_json(build(desk, "weekly", first=date(2026, 5, 4), last=date(2026, 5, 10)))
    assert answer["new"] == 3
    assert answer["waiting"]["total"]["waiting_papers"] == 1
    assert len(pages(report_file(build(desk, "weekly"), ".pdf"))) == 1


def test_real_time_of_a_procedure_leads_to_a_proposal(desk: Desk) -> None:
    for day in range(6, 11):
        code = desk.take_in(at(f"2026-04-{day:02d}T08:00"), term={"limit": 10, "unit": "working_day"}).code
        desk.act(code, "finish", at(f"2026-04-{day + 3:02d}T16:00"))
    answer = report_json(build(desk, "trim"))
    (row,) = answer["rows"]
    assert (row["dossiers"], row["limit_days"], row["p90_days"]) == (5, 10, 3)
    assert (row["median_days"], row["used_share"]) == (2.0, 20.0)
    (proposal,) = answer["proposals"]
    assert (proposal["proposed_days"], proposal["saved_days"], proposal["saved_share"]) == (3, 7, 70.0)


@pytest.mark.parametrize(
    ("limit", "used", "median", "proposed"),
    [
        (10, (1, 1, 1, 1), 1, None),  # one dossier too few
        (10, (1, 1, 1, 1, 1), 1, 1),
        (3, (3, 3, 3, 3, 3), 3, None),
        (1, (0, 0, 0, 0, 0), 0, None),  # no limit is below one day
        (2, (0, 0, 0, 0, 0), 0, 1),
        (5, (0, 1, 1, 2, 3, 4), 1.5, 4),
        (5, (0, 0, 1, 1, 1, 1, 1, 1, 1, 3), 1, 1),
    ],
)
def test_proposal_needs_five_dossiers_and_nine_tenths_in_time(
    desk: Desk, limit: int, used: tuple[int, ...], median: float, proposed: int | None
) -> None:
    for days in used:
        code = desk.take_in(at("2026-04-06T08:00"), term={"limit": limit, "unit": "working_day"}).code
        desk.act(code, "finish", at(f"2026-04-{6 + days:02d}T16:00"))
    answer = report_json(build(desk, "trim"))
    (row,) = answer["rows"]
    assert (row["median_days"], row["used_share"]) == (median, round(median * 100 / limit, 2))
    assert [each["proposed_days"] for each in answer["proposals"]] == ([] if proposed is None else [proposed])


def test_shares_have_their_definitions(desk: Desk) -> None:
    busy_quarter(desk)
    desk.take_in(at("2026-05-06T08:00"), at_once=True, term={"unit": "same_day"}, return_by="post")
    answer = report_json(build(desk, "shares"))
    assert [row["month"] for row in answer["rows"]] == ["202604", "202605"]
    ratios = {ratio["key"]: ratio for ratio in answer["ratios"]}
    assert (ratios["received_online"]["part"], ratios["received_online"]["whole"]) == (1, 8)
    assert (ratios["same_day"]["part"], ratios["postal"]["part"]) == (1, 2)
    assert ratios["received_online"]["value"] == 12.5 and "÷" in ratios["received_online"]["definition"]
    assert ratios["paid_online"]["value"] is None


def test_procedures_without_dossiers_are_listed(desk: Desk) -> None:
    busy_quarter(desk)
    answer = report_json(build(desk, "procedures"))
    assert answer["with_dossiers"] == 2
    assert answer["in_force"] == answer["with_dossiers"] + answer["without_dossiers"] == answer["published"]
    assert SAME_DAY not in {row["procedure"] for row in answer["unused"]}


def test_certified_work_counts_quantities(desk: Desk) -> None:
    for procedure, quantity in ((SAME_DAY, 4), (SAME_DAY, 2), ("2.000884", 3), ("2.001019", 1), ("2.000908", 5)):
        code = desk.take_in(at("2026-04-06T08:00"), procedure=procedure, quantity=quantity).code
        desk.act(code, "finish", at("2026-04-06T10:00"))
    answer = report_json(build(desk, "certified"))
    assert {row["key"]: row["quantity"] for row in answer["rows"]} == {
        "copies": 6,
        "signatures": 3,
        "contracts": 1,
        "other": 5,
    }
    assert answer["total"]["dossiers"] == 5


def test_a_report_without_a_grouping_refuses_one() -> None:
    ungrouped = replace(REPORTS["06a"], groups=())
    with pytest.raises(Refusal) as refused:
        check_query(ReportQuery("06a", FIRST, LAST, group=FigureGroup.FIELD), ungrouped)
    assert refused.value.code == "report_group"
