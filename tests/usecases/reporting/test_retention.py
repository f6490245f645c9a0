"""Dossiers whose term of retention ends in a period."""

from datetime import date
from typing import Any

import pytest

from app.models.errors import Refusal
from app.models.law.rule import Rule, read_rule
from app.services.reporting.query import ReportQuery
from app.usecases.reporting.tables import make_report
from tests.services.law.test_rules import write_rules
from tests.support.offices import MORNING, Desk, at

YEAR = date(2031, 1, 1), date(2031, 12, 31)
LATER = at("2031-12-31T10:00")


def rule(key: str, first: str = "2026-01-01", **value: Any) -> Rule:
    line = {"name": "Hồ sơ", **value}
    return read_rule({"kind": "retention", "key": key, "value": line, "valid_from": first, "decision": "9/QĐ"})


def listed(desk: Desk, *rules: Rule, period: tuple[date, date] = YEAR) -> dict[str, tuple[Any, Any]]:
    desk.office.write(write_rules, rules, MORNING)
    report = desk.office.read(make_report, ReportQuery("retention", *period), LATER)
    return {row["code"]: (row["until"], row["decision"]) for row in report.table.rows}


def ended(desk: Desk, day: str, returned: str = "") -> str:
    code = desk.take_in(MORNING).code
    desk.act(code, "finish", at(f"{day}T09:00"))
    if returned:
        desk.act(code, "return", at(f"{returned}T09:00"), received_by="Đào Thị Ẫm")
    return code


def test_dossiers_are_listed_in_the_year_in_which_their_term_ends(desk: Desk) -> None:
    code, _open = ended(desk, "2026-02-10"), desk.take_in(MORNING).code
    assert listed(desk) == {}
    assert listed(desk, rule("dossier", years=5)) == {code: (date(2031, 2, 10), "9/QĐ")}
    assert listed(desk, period=(date(2032, 1, 1), date(2032, 12, 31))) == {}


def test_the_more_specific_rule_and_the_day_of_return_count(desk: Desk) -> None:
    code = ended(desk, "2026-02-10", "2026-03-02")
    assert listed(desk, rule("dossier", years=10), rule("sao", years=5, procedures=["2.000815"])) == {
        code: (date(2031, 2, 10), "9/QĐ")
    }
    assert listed(desk, rule("sao", "2026-01-02", years=5, procedures=["2.000815"], **{"from": "returned"})) == {
        code: (date(2031, 3, 2), "9/QĐ")
    }
    assert listed(desk, rule("sao", "2026-01-03", years=None, procedures=["2.000815"])) == {}


def test_the_term_of_a_waiting_result_begins_with_its_return(desk: Desk) -> None:
    ended(desk, "2026-02-10")
    stopped = desk.take_in(MORNING).code
    desk.act(stopped, "stop", at("2026-02-10T09:00"), note="Người nộp đề nghị dừng")
    assert list(listed(desk, rule("dossier", years=5, **{"from": "returned"}))) == [stopped]


def test_a_later_rule_does_not_change_what_ended_before(desk: Desk) -> None:
    code = ended(desk, "2026-02-10")
    assert list(listed(desk, rule("dossier", years=5), rule("dossier", "2026-02-11", years=1))) == [code]


def test_other_subjects_are_notes_and_a_void_dossier_is_not_listed(desk: Desk) -> None:
    code = desk.take_in(MORNING).code
    desk.act(code, "void", MORNING, note="Nhập nhầm")
    assert listed(desk, rule("dossier", years=5), rule("so-sach", years=20, name="Sổ theo dõi")) == {}
    report = desk.office.read(make_report, ReportQuery("retention", *YEAR), LATER)
    assert "Sổ theo dõi: lưu 20 năm." in report.notes


@pytest.mark.parametrize("value", [{"years": 5, "from": "birth"}, {"years": 5, "procedures": "2.000815"}])
def test_a_wrong_rule_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="rule_shape"):
        rule("dossier", **value)
