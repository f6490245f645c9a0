"""Statements on reports that were handed over; a row never changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select

from app.models.journal import FrozenReport
from app.storage.rows import FrozenReportRow
from app.storage.uow import Reading, Writing

_F = FrozenReport.c
_ROWS = select(
    _F.id,
    _F.name,
    _F.first_day,
    _F.last_day,
    _F.options,
    _F.frozen_at,
    _F.actor,
    _F.figures,
    _F.file_name,
    _F.sha256,
).order_by(_F.id)
_ROW = _ROWS.where(_F.id == bindparam("of"))
_CONTENT = select(_F.content).where(_F.id == bindparam("of"))


def frozen_reports(work: Reading) -> Sequence[FrozenReportRow]:
    """Return all frozen reports in order, without their files."""
    return work.typed_rows(FrozenReportRow._make, _ROWS)


def frozen_report(work: Reading, report_id: int) -> FrozenReportRow | None:
    """Return a frozen report, or None."""
    return work.typed_row(FrozenReportRow._make, _ROW, {"of": report_id})


def frozen_content(work: Reading, report_id: int) -> bytes | None:
    """Return the file of a frozen report, or None."""
    content: bytes | None = work.value(_CONTENT, {"of": report_id})
    return content


def add_frozen_report(work: Writing, row: Mapping[str, Any]) -> int:
    """Store a report; return its id."""
    primary_key = work.write(insert(FrozenReport), row).inserted_primary_key
    return int(primary_key[0]) if primary_key else 0
