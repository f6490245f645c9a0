"""Dossiers whose term of retention ends in a period.

The rule is that of the day of the end. Nothing is deleted: the list is for the transfer to the archive.
Source: Luật Lưu trữ 33/2024/QH15; TT 01/2018/TT-VPCP Điều 10.3.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.models.enums import Status
from app.models.instants import local_day
from app.models.law.conditions import CONDITIONS, conditions_met, specificity
from app.models.law.counter_rules import DOSSIERS, RETENTION, RETURNED
from app.models.law.rule import Rule, rules_on
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, Row
from app.services.context import Context
from app.services.law.rules import all_rules
from app.services.reporting.grouped_lines import with_retention_by_group
from app.services.reporting.query import ReportQuery
from app.storage.reporting.known import ended_then
from app.storage.reporting.retention import ended_dossiers
from app.storage.reporting.rows import EndedRow
from app.storage.uow import Reading
from app.wording.reports import retention as words

_COLUMNS = (
    ReportColumn("code", words.CODE, ColumnKind.TEXT, width=22),
    ReportColumn("procedure", words.PROCEDURE, ColumnKind.TEXT, width=44),
    ReportColumn("field", words.FIELD, ColumnKind.TEXT, width=20),
    ReportColumn("ended", words.ENDED, ColumnKind.DAY, width=12),
    ReportColumn("years", words.YEARS, ColumnKind.COUNT, width=10),
    ReportColumn("until", words.UNTIL, ColumnKind.DAY, width=12),
    ReportColumn("decision", words.DECISION, ColumnKind.TEXT, width=24),
)


def report_retention(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the dossiers that are kept until a day of the period."""
    rules = all_rules(work, RETENTION, query.as_of)
    rows = retention_rows(query, work)
    others = [rule for rule in rules_on(rules, RETENTION, query.last) if not _of_dossiers(rule)]
    notes = (
        *(() if any(_of_dossiers(rule) for rule in rules) else (words.UNKNOWN,)),
        *(words.other_subject(rule.value["name"], rule.value.get("years")) for rule in others),
        words.NOTHING_DELETED,
    )
    section = ReportSection("rows", _COLUMNS, rows, tab=words.TAB, empty=words.EMPTY)
    facts = (ReportFact("dossiers", words.COUNT, len(rows), listed=True),)
    report = Report("retention", words.TITLE, query.first, query.last, (section,), facts=facts, notes=notes)
    return report if query.group is None else with_retention_by_group(report, query, work)


def retention_rows(query: ReportQuery, work: Reading) -> tuple[Row, ...]:
    """Return a row for each dossier that is kept until a day of the period."""
    rules = all_rules(work, RETENTION, query.as_of)
    return tuple(_rows(_ended(query, work), rules, query)) if any(_of_dossiers(rule) for rule in rules) else ()


def _ended(query: ReportQuery, work: Reading) -> Sequence[EndedRow]:
    if query.as_of is None:
        return ended_dossiers(work, query.last)
    return ended_then(work, query.last, query.as_of)


def _rows(ended: Sequence[EndedRow], rules: Sequence[Rule], query: ReportQuery) -> Iterator[Row]:
    in_force: dict[date, tuple[Rule, ...]] = {}
    for each in ended:
        if each.closed_day not in in_force:
            in_force[each.closed_day] = rules_on(rules, RETENTION, each.closed_day)
        rule = _rule_of(each, in_force[each.closed_day])
        if rule is None:
            continue
        begin = _counted_from(each, rule.value)
        until = _kept_until(begin, rule.value.get("years"))
        if until is not None and query.first <= until <= query.last:
            yield {
                "code": each.code,
                "procedure": each.procedure_name,
                "field": each.field,
                "ended": begin,
                "years": rule.value["years"],
                "until": until,
                "decision": rule.decision,
            }


def _of_dossiers(rule: Rule) -> bool:
    return rule.key == DOSSIERS or any(name in rule.value for name in CONDITIONS)


def _rule_of(row: EndedRow, rules: Sequence[Rule]) -> Rule | None:
    """Return the most specific rule for a dossier."""
    facts = {"procedures": row.procedure_code, "fields": row.field}
    fitting = [rule for rule in rules if _of_dossiers(rule) and conditions_met(rule.value, facts)]
    return max(fitting, key=lambda rule: specificity(rule.value), default=None)


def _counted_from(row: EndedRow, value: Mapping[str, Any]) -> date | None:
    """Return the day from which the years count.

    It is None for a result that waits for its return. What ended without a result is not returned and counts from
    its end.
    """
    if value.get("from") != RETURNED:
        return row.closed_day
    if row.returned_at is not None:
        return local_day(row.returned_at)
    return None if row.outcome is Status.FINISHED else row.closed_day


def _kept_until(day: date | None, years: int | None) -> date | None:
    """Return the last day, None for ever; 29 February becomes the 28th."""
    if day is None or years is None:
        return None
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
