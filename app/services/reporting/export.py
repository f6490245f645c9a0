"""A report as JSON and as a file: JSON, Excel, Word or PDF."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.models.errors import Refusal
from app.models.instants import iso
from app.printing.documents.report import (
    UNLISTED,
    ColumnKind,
    Report,
    ReportColumn,
    ReportPeriod,
    ReportSection,
)

__all__ = [
    "UNLISTED",
    "ColumnKind",
    "Report",
    "ReportColumn",
    "ReportPeriod",
    "ReportSection",
    "report_file",
    "report_json",
]
# The types are exported here because `ui` and `cli` do not import `printing` (contract `outer-layers`).

_FOLDED = "form_"
"""Prefix of figures of the printed form, which JSON has apart."""
COMPARISON = "comparison"
"""Key of the section that compares totals; JSON has the whole periods instead."""
_NOT_COMPARED = frozenset(("period", "checks", "texts", "blocks", "warnings", "definition"))
"""Keys of a report that its figures of another period do not have."""
FORMATS = (".json", ".xlsx", ".docx", ".pdf")


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON (docs/formats.md).

    The main table has the keys `rows` and `total`, further tables their own key. `ratios` and `definitions` are left
    out where a report has none.
    """
    answer = dict(report.answer) if report.answer is not None else _usual_json(report)
    for key, period in (("previous", report.previous), ("last_year", report.last_year)):
        if period is not None:
            answer[key] = _period_json(period)
    plain: dict[str, Any] = _plain(answer)
    return plain


def _usual_json(report: Report) -> dict[str, Any]:
    answer: dict[str, Any] = {"period": _days(report.first, report.last)}
    if report.sections and report.table.key == "rows":
        answer |= {"rows": report.table.rows, "total": report.table.total}
    answer["checks"] = [
        {"identity": each.identity, "row": each.row, "expected": each.expected, "found": each.actual}
        for each in report.checks
    ]
    answer |= {fact.key: fact.value for fact in report.facts}
    answer |= {
        section.key: _section_json(section) for section in report.sections if section.key not in ("rows", COMPARISON)
    }
    if report.ratios:
        answer["ratios"] = [
            {
                "key": each.key,
                "name": each.name,
                "value": each.percent,
                "part": each.part,
                "whole": each.whole,
                "definition": each.definition,
            }
            for each in report.ratios
        ]
    if report.texts:
        answer["texts"] = [{"text": each.text, "level": each.level, "blank": each.blank} for each in report.texts]
    if report.warnings:
        answer["warnings"] = list(report.warnings)
    if report.definitions:
        answer["definitions"] = dict(report.definitions)
    return answer


def _section_json(section: ReportSection) -> Any:
    return {"rows": section.rows, "total": section.total} if section.total is not None else section.rows


def _period_json(period: ReportPeriod) -> dict[str, Any]:
    total = period.total and {key: value for key, value in period.total.items() if not key.startswith(_FOLDED)}
    own = {key: value for key, value in period.answer.items() if key not in _NOT_COMPARED}
    facts = {fact.key: fact.value for fact in period.facts} if not own else {}
    days = _days(period.first, period.last)
    return {"rows": period.rows, "total": total, **facts, **own, "period": days}


def _days(first: date, last: date) -> dict[str, date]:
    return {"from": first, "to": last}


def _plain(value: Any) -> Any:
    """Return values of JSON: instants with their offset, days as ISO text."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def report_file(report: Report, ending: str) -> bytes:
    """Return a report as a file by its ending.

    The same report gives the same bytes.

    Raises Refusal `report_format`, Fault `paper_fonts_missing`.
    """
    if ending == ".json":
        return (json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n").encode()
    if ending == ".xlsx":
        from app.printing.reports.workbook import report_workbook

        return report_workbook(report)
    if ending == ".docx":
        from app.printing.reports.word import report_docx

        return report_docx(report)
    if ending == ".pdf":
        from app.printing.reports.pdf import report_pdf

        return report_pdf(report)
    raise Refusal("report_format", "out", text=ending, allowed=", ".join(FORMATS))
