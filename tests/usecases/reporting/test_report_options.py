"""Group, instant, comparison and list of every report that has them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import FeedbackChannel, FigureGroup, SatisfactionFace
from app.models.errors import Refusal
from app.models.law.rule import read_rule
from app.models.lifecycle import COUNTER
from app.printing.documents.report import Report, ReportSection
from app.services.reporting.export import report_file, report_json
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS
from app.usecases.citizens.feedback import AddFeedback, AnswerFeedback, add_feedback, answer_feedback
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.records import ChangeLateReason, SetLateReason, change_late_reason, set_late_reason
from app.usecases.reporting.tables import make_report
from app.wording.reports.tables import NO_DOSSIER
from tests.faults.histories import LAST_ENTRY, PERIODS, generate
from tests.faults.instants.figure_lists import listed_figures
from tests.services.law.test_rules import write_rules
from tests.support.offices import MORNING, SAME_DAY, Desk, at, desk_session
from tests.usecases.reporting.report_files import pdf_faults, word_faults, workbook_faults

PERIOD = PERIODS[1]
GROUPED = [(name, group) for name, kind in REPORTS.items() for group in kind.groups]
MOMENT = at("2026-05-20T08:00")


@pytest.fixture(scope="module")
def lives(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield an office with three hundred dossiers of every kind."""
    folder = Path(shutil.copytree(office_templates[True], tmp_path_factory.mktemp("lives") / "office"))
    with desk_session(folder) as desk:
        for quantity, pages in ((3, 2), (1, 10), (2, None)):
            line = {} if pages is None else {"pages": pages}
            taken = desk.take_in(at("2026-05-11T08:00"), procedure=SAME_DAY, quantity=quantity, **line)
            desk.act(taken.code, "finish", at("2026-05-11T09:00"))
        settle_money_and_opinions(desk)
        generate(desk, 300, seed=9)
        late = desk.office.read(list_figure, ListFigure("late", *PERIOD), LAST_ENTRY)
        desk.office.write(change_late_reason, ChangeLateReason("Mất điện cả xã"), LAST_ENTRY)
        for place, line in enumerate(late[::2]):
            reason = ("Nguyên nhân khác", "Mất điện cả xã")[place % 2]
            desk.office.write(set_late_reason, SetLateReason(line.code, reason), LAST_ENTRY)
        yield desk


def settle_money_and_opinions(desk: Desk) -> None:
    """Write payments, reliefs, ratings, feedback and a rule of retention."""
    value = {"name": "Hồ sơ", "years": 0}
    line = {"kind": "retention", "key": "dossier", "value": value, "valid_from": "2026-01-01", "decision": "9/QĐ"}
    desk.office.write(write_rules, (read_rule(line),), MORNING)
    for place, method in enumerate(("cash", "transfer", "qr", "cash"), 1):
        code = desk.take_in(at(f"2026-05-1{place}T08:00"), fee=9000).code
        paid = at(f"2026-05-1{place}T09:00")
        desk.act(code, "pay", paid, amount=8000, method=method, receipt=f"1C26TAA/0000000{place}")
        desk.act(code, "finish", at(f"2026-05-1{place}T10:00"))
        face = (SatisfactionFace.VERY_SATISFIED, SatisfactionFace.DISSATISFIED)[place % 2]
        desk.office.write(rate_dossier, RateDossier(code, face, {1: 2, 3: place % 3, 7: 1}), paid)
        way = (FeedbackChannel.DIRECT, FeedbackChannel.PHONE)[place % 2]
        desk.office.write(add_feedback, AddFeedback("Chờ lâu", way, code=code if place > 1 else ""), paid)
    desk.office.write(answer_feedback, AnswerFeedback(2026, 2, "Đã nhắc quầy"), at("2026-05-20T08:00"))


def build(desk: Desk, name: str, **options: Any) -> Report:
    report: Report = desk.office.read(make_report, ReportQuery(name, *PERIOD, **options), LAST_ENTRY)
    return report


def sums(section: ReportSection) -> dict[str, int]:
    """Return the sums of the counted columns of a section's rows."""
    keys = [column.key for column in section.columns if column.kind in ("count", "money")]
    return {key: sum(int(row[key] or 0) for row in section.rows) for key in keys}


def grouped_section(report: Report) -> ReportSection:
    return next((section for section in report.sections if section.key == "groups"), report.table)


@pytest.mark.parametrize(("name", "group"), GROUPED)
def test_every_group_of_every_report_adds_up(lives: Desk, name: str, group: FigureGroup) -> None:
    report = build(lives, name, group=group)
    section = grouped_section(report)
    assert report_json(report).get("checks", []) == []
    assert all(group.value in row or row.get("field") for row in section.rows)
    if section.total is not None:
        totals = {key: section.total[key] for key in sums(section) if key in section.total}
        assert totals == {key: value for key, value in sums(section).items() if key in totals} and totals
        plain = build(lives, name)
        if grouped_section(plain).total is not None and section is report.table:
            assert section.total.items() >= {
                (key, value) for key, value in (plain.table.total or {}).items() if key in totals
            }


def shortened(report: Report, most: int = 45) -> Report:
    """Return the report with tables of two or three pages."""
    return replace(report, sections=tuple(replace(each, rows=each.rows[:most]) for each in report.sections))


@pytest.mark.parametrize("options", [{}, {"group": FigureGroup.PROCEDURE, "compare": True}], ids=["plain", "grouped"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_a_sound_file_of_every_format(lives: Desk, name: str, options: dict[str, Any]) -> None:
    report = shortened(build(lives, name, **options))
    assert list(workbook_faults(report, report_file(report, ".xlsx"))) == []
    assert list(word_faults(report_file(report, ".docx"))) == []
    assert list(pdf_faults(report, report_file(report, ".pdf"))) == []


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_compares_with_both_periods(lives: Desk, name: str) -> None:
    answer = report_json(build(lives, name, compare=True))
    for key, days in (("previous", ("2025-12-15", "2026-03-14")), ("last_year", ("2025-03-15", "2025-06-14"))):
        assert answer[key]["period"] == {"from": days[0], "to": days[1]}
        assert {"rows", "total"} <= answer[key].keys()
    others = {"previous", "last_year"}
    assert {key: value for key, value in answer.items() if key not in others} == report_json(build(lives, name))


MONEY = ("amount", "owed")
"""Figures that are sums; each of their dossiers adds something."""


def is_counted_once(query: ListFigure) -> bool:
    """Return whether each counted thing has a line of its own."""
    return query.column != "payments"


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("as_of", [None, MOMENT])
def test_every_figure_opens_as_many_dossiers(lives: Desk, name: str, as_of: Any) -> None:
    for group in (None,) if REPORTS[name].by_columns or as_of else (None, *FigureGroup):
        figures = list(listed_figures(build(lives, name, as_of=as_of, group=group)))
        assert figures or name == "receipts"
        for query, count in figures:
            lines = lives.office.read(list_figure, replace(query, as_of=as_of), LAST_ENTRY)
            assert len({(line.item, line.code) for line in lines}) == len(lines)
            if query.column in MONEY:
                assert bool(lines) == bool(count), query
            elif is_counted_once(query):
                assert len(lines) == count, query
            else:
                assert 0 < len(lines) <= count or not count, query


def test_feedback_is_listed_itself_with_and_without_a_dossier(lives: Desk) -> None:
    query = ListFigure("received", *PERIOD, report="feedback")
    lines = lives.office.read(list_figure, query, LAST_ENTRY)
    assert [line.item.partition(":")[0] for line in lines] == [
        f"PAKN {number}/2026, nhận {number + 10}/05/2026" for number in (4, 3, 2, 1)
    ]
    [without] = [line for line in lines if not line.code]
    assert (without.name, without.status, without.received_at) == (NO_DOSSIER, None, None)
    assert lives.office.read(list_figure, replace(query, limit=2), LAST_ENTRY) == lines[:2]


def test_a_column_of_another_report_is_refused_with_the_choice(lives: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        lives.office.read(list_figure, ListFigure("pending_in_time", *PERIOD, report="fees"), LAST_ENTRY)
    assert refused.value.code == "unknown_choice" and "payments" in str(refused.value.values["allowed"])


def test_certified_work_counts_quantities_and_pages(lives: Desk) -> None:
    answer = report_json(build(lives, "certified", group=FigureGroup.CHANNEL))
    copies = next(row for row in answer["rows"] if row["key"] == "copies")
    assert copies["quantity"] >= 6 and copies["pages"] == 3 * 2 + 1 * 10 and copies["without_pages"] >= 1
    assert answer["groups"]["total"]["pages"] == answer["total"]["pages"] == 16
    assert sum(row["quantity"] for row in answer["procedures"]) == answer["total"]["quantity"]


def test_corrected_pages_count(desk: Desk) -> None:
    taken = desk.take_in(at("2026-05-11T08:00"), procedure=SAME_DAY, quantity=2, pages=3)
    desk.act(taken.code, "finish", at("2026-05-11T09:00"))
    desk.act(taken.code, "amend", at("2026-05-12T09:00"), note="Đếm sai trang", sets=(("pages", "5"),))
    assert report_json(build(desk, "certified"))["total"]["pages"] == 10
    desk.act(taken.code, "undo", at("2026-05-12T09:02"), note="Sửa nhầm")
    assert report_json(build(desk, "certified"))["total"]["pages"] == 6


def test_what_waits_for_whom_opens_its_dossiers(lives: Desk) -> None:
    waiting = build(lives, "weekly").sections[1]
    columns = {query.column for query, _count in listed_figures(build(lives, "weekly"))}
    assert {"working", "now_late", "to_return", "waiting_papers"} <= columns
    assert any(row["to_return"] and row["holder"] == COUNTER for row in waiting.rows)


def test_what_waited_is_the_same_at_the_present_instant(lives: Desk) -> None:
    now, then = build(lives, "weekly"), build(lives, "weekly", as_of=LAST_ENTRY)
    assert now.sections[1] == then.sections[1]


@pytest.mark.parametrize("days", [0, 1, 5, 60, 3650])
@pytest.mark.parametrize("as_of", [None, MOMENT])
def test_escalated_dossiers_are_listed(lives: Desk, days: int, as_of: Any) -> None:
    report = build(lives, "overdue", days=days, as_of=as_of)
    section = next(each for each in report.sections if each.key == "escalated")
    query = ListFigure("escalated", *PERIOD, days=days, report="overdue", as_of=as_of)
    listed = {line.code for line in lives.office.read(list_figure, query, LAST_ENTRY)}
    assert listed == {row["code"] for row in section.rows}
    assert listed or days > 5


def test_a_report_of_a_past_instant_has_a_note_on_paper(lives: Desk) -> None:
    assert any("đến 08 giờ 00 ngày 20/05/2026" in note for note in build(lives, "06a", as_of=MOMENT).notes)
    assert not any("đã nhập" in note for note in build(lives, "06a").notes)
