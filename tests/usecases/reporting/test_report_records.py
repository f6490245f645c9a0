"""Reasons of lateness, targets, publication, and posted papers."""

from datetime import date
from typing import Any

import pytest

from app.models.errors import Refusal
from app.services.reporting.export import report_json
from app.services.reporting.query import ReportQuery
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from app.usecases.catalogue.publishing import Publication, PublishProcedures, publish_procedures
from app.usecases.documents.posted_papers import PreparedPosted, PreparePosted, prepare_posted
from app.usecases.reporting.records import (
    ChangeLateReason,
    ListLateReasons,
    SetLateReason,
    SetReportTargets,
    change_late_reason,
    list_late_reasons,
    set_late_reason,
    set_report_targets,
)
from app.usecases.reporting.tables import make_report
from tests.support.offices import MORNING, SAME_DAY, Desk, at
from tests.support.pdf_reading import pages, scan_codes

AFTER = at("2026-06-20T08:00")
QUARTER = (date(2026, 3, 15), date(2026, 6, 14))
MARRIAGE = "1.000894"


def answer(desk: Desk, name: str, **options: Any) -> dict[str, Any]:
    return report_json(desk.office.read(make_report, ReportQuery(name, *QUARTER, **options), AFTER))


def publish(desk: Desk, *codes: str, fields: tuple[str, ...] = (), only: bool = False) -> Publication:
    done: Publication = desk.office.write(publish_procedures, PublishProcedures(codes, fields, only), MORNING)
    return done


def posted(desk: Desk, form: str, *codes: str, fields: tuple[str, ...] = (), paper: str = "A4") -> PreparedPosted:
    drawn: PreparedPosted = desk.office.read(prepare_posted, PreparePosted(form, codes, fields, paper), MORNING)
    return drawn


def text_of(drawn: PreparedPosted) -> str:
    read = pages(drawn.pdf)
    assert len(read) == drawn.pages
    return " ".join(" ".join(page.text.split()) for page in read)


def test_reason_is_entered_with_the_result_and_on_the_board(desk: Desk) -> None:
    codes = [desk.take_in(at("2026-04-06T08:00")).code for _ in range(3)]
    desk.act(codes[0], "finish", at("2026-04-24T09:00"), reason="loi phan mem")
    desk.act(codes[1], "apologise", at("2026-04-08T09:00"), until=date(2026, 4, 20), reason="Nguyên nhân khác")
    desk.office.write(set_late_reason, SetLateReason(codes[2], "Hồ sơ phức tạp"), AFTER)
    desk.office.write(set_late_reason, SetLateReason(codes[2], "Quy định chưa rõ"), AFTER)
    reasons = {row["reason"]: row for row in answer(desk, "reasons")["rows"]}
    assert set(reasons) == {
        "Lỗi phần mềm, đường truyền, dữ liệu",
        "Nguyên nhân khác",
        "Quy định chưa rõ hoặc mâu thuẫn",
    }
    assert all(row["share"] == 33.33 for row in reasons.values())
    assert [row["field"] for row in answer(desk, "07b")["rows"]] == ["Chứng thực"] * 3


@pytest.mark.parametrize(("action", "reason", "code"), [("finish", "không có", "late_reason_unknown")])
def test_unknown_reason_changes_nothing(desk: Desk, action: str, reason: str, code: str) -> None:
    dossier = desk.take_in(at("2026-04-06T08:00")).code
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.act(dossier, action, at("2026-04-07T08:00"), reason=reason)
    assert refused.value.code == code and desk.contents() == before
    with pytest.raises(Refusal) as refused:
        desk.act(dossier, "send", at("2026-04-07T08:00"), to="Tư pháp", reason="Nguyên nhân khác")
    assert refused.value.code == "late_reason_act" and desk.contents() == before


def test_list_of_reasons_is_the_offices_own(desk: Desk) -> None:
    usual = desk.office.read(list_late_reasons, ListLateReasons(), MORNING)
    lines = desk.office.write(change_late_reason, ChangeLateReason("Mưa bão"), MORNING)
    assert [line.name for line in lines] == [*(line.name for line in usual), "Mưa bão"]
    with pytest.raises(Refusal) as refused:
        desk.office.write(change_late_reason, ChangeLateReason("mua bao"), MORNING)
    assert refused.value.code == "late_reason_known"
    lines = desk.office.write(change_late_reason, ChangeLateReason("Mưa bão", retire=True), MORNING)
    assert not lines[-1].active
    code = desk.take_in(at("2026-04-06T08:00")).code
    with pytest.raises(Refusal):
        desk.office.write(set_late_reason, SetLateReason(code, "Mưa bão"), MORNING)


def test_targets_appear_in_the_reports(desk: Desk) -> None:
    desk.office.write(set_report_targets, SetReportTargets(survey_target=200, late_days=7), MORNING)
    assert answer(desk, "satisfaction")["target"] == 200
    assert answer(desk, "overdue")["escalation_days"] == 7


def test_office_publishes_some_procedures(desk: Desk) -> None:
    everything = len(desk.office.read(find_procedures, FindProcedures("", 1000), MORNING))
    assert publish(desk, SAME_DAY) == Publication(1, 0)
    assert publish(desk, SAME_DAY, MARRIAGE, only=True) == Publication(2, everything - 2)
    lines = desk.office.read(find_procedures, FindProcedures("", 1000), MORNING)
    assert len(lines) == everything and sum(line.published for line in lines) == 2
    assert len(desk.office.read(find_procedures, FindProcedures("", 1000, published_only=True), MORNING)) == 2
    with pytest.raises(Refusal) as refused:
        desk.take_in(procedure="2.000884")
    assert refused.value.code == "procedure_unpublished"
    assert publish(desk, fields=("chứng thực",)).withdrawn == 0
    assert desk.take_in(procedure="2.000884").code
    assert answer(desk, "procedures")["in_force"] == everything


@pytest.mark.parametrize(
    ("codes", "fields", "code"),
    [
        ((), (), "publish_empty"),
        (("9.999999",), (), "unknown_procedure"),
        (("abc",), (), "procedure_code"),
        ((), ("Không có",), "field_unknown"),
    ],
)
def test_wrong_publication_is_refused(desk: Desk, codes: Any, fields: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        publish(desk, *codes, fields=fields)
    assert refused.value.code == code


def test_posted_lists_show_what_is_published(desk: Desk) -> None:
    publish(desk, SAME_DAY, MARRIAGE, only=True)
    text = text_of(posted(desk, "catalogue"))
    assert SAME_DAY in text and MARRIAGE in text and "Tổng số: 2 thủ tục" in text
    assert MARRIAGE not in text_of(posted(desk, "catalogue", fields=("chung thuc",), paper="A3"))
    assert "2.000 đ" in text_of(posted(desk, "fees-list"))


def test_sheet_has_papers_and_a_code_to_scan(desk: Desk) -> None:
    drawn = posted(desk, "sheet", SAME_DAY)
    text = text_of(drawn)
    assert "Xuất trình" in text and "ngay trong ngày" in text and "0200 000 002" in text
    assert SAME_DAY in [text for page in scan_codes(drawn.pdf) for _, text in page]


def test_booklet_begins_with_its_contents(desk: Desk) -> None:
    drawn = posted(desk, "booklet", fields=("Chứng thực",))
    first = " ".join(pages(drawn.pdf)[0].text.split())
    assert "MỤC LỤC" in first and "Trang 1/" in first
    number = int(first.split(SAME_DAY)[1].split("chứng nhận")[1].split()[0])
    assert SAME_DAY in pages(drawn.pdf)[number - 1].text


@pytest.mark.parametrize(
    ("form", "codes", "fields", "paper", "code"),
    [
        ("sheet", (), (), "A4", "print_code_missing"),
        ("sheet", ("9.999999",), (), "A4", "unknown_procedure"),
        ("sheet", (SAME_DAY,), (), "A3", "paper_not_posted"),
        ("catalogue", (SAME_DAY,), (), "A4", "posted_no_code"),
        ("catalogue", (), ("Không có",), "A4", "field_unknown"),
    ],
)
def test_wrong_posted_paper_is_refused(desk: Desk, form: str, codes: Any, fields: Any, paper: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        posted(desk, form, *codes, fields=fields, paper=paper)
    assert refused.value.code == code
