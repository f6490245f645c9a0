"""Reports that were handed over: freeze one, list them, compare with now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.export import report_file, report_json
from app.services.reporting.frozen import FrozenDifference, differences, options_of, query_of
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS, build_report, issuer
from app.storage import frozen_reports
from app.storage.rows import FrozenReportRow
from app.storage.uow import Reading, Writing
from app.wording.figures import column_name
from app.wording.reports import frozen as words
from app.wording.reports.papers import recipient_lines
from app.wording.reports.values import cell_text


@dataclass(frozen=True)
class FreezeReport:
    """Command: make a report and keep it as it is handed over.

    `ending` is the kind of its file, `file_name` the name without a folder; empty for the usual name.
    """

    query: ReportQuery
    ending: str = ".pdf"
    file_name: str = ""


@dataclass(frozen=True)
class FrozenFile:
    """A frozen report: its number, the digest and the bytes of its file."""

    id: int
    sha256: str
    file_name: str
    content: bytes


@dataclass(frozen=True)
class ListFrozen:
    """Query: the frozen reports; `only` is the number of one."""

    only: int | None = None


@dataclass(frozen=True)
class FrozenPeriod:
    """Days of a report, both included."""

    from_: date
    to: date


@dataclass(frozen=True)
class FrozenLine:
    """A frozen report, and what a later correction has changed in its figures."""

    id: int
    name: str
    period: FrozenPeriod
    frozen_at: datetime
    actor: str
    sha256: str
    file: str
    differences: tuple[FrozenDifference, ...]


@dataclass(frozen=True)
class ShowFrozen:
    """Query: the file of a frozen report; `ending` is that of the copy."""

    id: int
    ending: str = ""


@dataclass(frozen=True)
class FrozenChangesFile:
    """Query: the differences of frozen reports, or of `only` one."""

    ending: str
    only: int | None = None


@requires(Right.SEND_UP)
def freeze_report(command: FreezeReport, context: Context, work: Writing) -> FrozenFile:
    """Make a report, store its figures and its file, and return the file.

    Raises Refusal like `build_report` and `report_file`.
    """
    query = command.query
    report = build_report(query, context, work)
    content = report_file(report, command.ending)
    digest = hashlib.sha256(content).hexdigest()
    name = command.file_name or f"{query.name}-{query.first:%Y%m%d}-{query.last:%Y%m%d}{command.ending}"
    report_id = frozen_reports.add_frozen_report(
        work,
        {
            "name": query.name,
            "first_day": query.first,
            "last_day": query.last,
            "options": options_of(query),
            "frozen_at": context.now,
            "actor": context.actor,
            "figures": report_json(report),
            "file_name": name[:200],
            "sha256": digest,
            "content": content,
        },
    )
    work.commit()
    return FrozenFile(report_id, digest, name, content)


@requires(Right.READ_FIGURES)
def list_frozen_reports(query: ListFrozen, context: Context, work: Reading) -> tuple[FrozenLine, ...]:
    """Return the frozen reports with the differences to their figures now.

    Raises Refusal `frozen_unknown`.
    """
    return _lines(query.only, context, work)


def _lines(only: int | None, context: Context, work: Reading) -> tuple[FrozenLine, ...]:
    rows = frozen_reports.frozen_reports(work) if only is None else (_row(only, work),)
    return tuple(_line(row, context, work) for row in rows)


@requires(Right.READ_FIGURES)
def frozen_file(query: ShowFrozen, context: Context, work: Reading) -> FrozenFile:
    """Return the file of a frozen report as it was handed over.

    Raises Refusal `frozen_unknown`, `frozen_ending` for a file of another kind.
    """
    row = _row(query.id, work)
    ending = PurePath(row.file_name).suffix.lower()
    if query.ending and query.ending != ending:
        raise Refusal("frozen_ending", "out", id=row.id, allowed=ending, text=query.ending)
    return FrozenFile(row.id, row.sha256, row.file_name, frozen_reports.frozen_content(work, row.id) or b"")


@requires(Right.READ_FIGURES)
def frozen_changes_file(query: FrozenChangesFile, context: Context, work: Reading) -> bytes:
    """Return the differences as .json, .xlsx, .docx or .pdf.

    Raises Refusal `frozen_unknown`, `report_format`.
    """
    report = differences_report(_lines(query.only, context, work), context.now)
    return report_file(replace(report, issuer=issuer(context)), query.ending)


def differences_report(lines: Sequence[FrozenLine], now: datetime) -> Report:
    """Return the differences of frozen reports, one row each."""
    rows: list[Row] = []
    for line in lines:
        period = f"{line.period.from_:%d/%m/%Y} – {line.period.to:%d/%m/%Y}"
        name = words.report_line(line.id, REPORTS[line.name].caption, period, line.frozen_at)
        shown: Sequence[Row] = [_cells(each) for each in line.differences] or [{"row": words.SAME}]
        rows += [{"id": line.id, "report": name, **cells} for cells in shown]
    day = local_day(now)
    section = ReportSection("rows", _COLUMNS, tuple(rows), tab=words.DIFFERENCES)
    return Report(
        "frozen", words.TITLE, day, day, (section,), subtitle=words.compared(now), recipients=recipient_lines("")
    )


_COLUMNS = (
    ReportColumn("report", words.REPORT, ColumnKind.TEXT, width=40),
    ReportColumn("row", words.ROW, ColumnKind.TEXT, width=30),
    ReportColumn("column", words.COLUMN, ColumnKind.TEXT, width=24),
    ReportColumn("frozen", words.FROZEN, ColumnKind.TEXT, width=18),
    ReportColumn("now", words.NOW, ColumnKind.TEXT, width=18),
)


def _cells(each: FrozenDifference) -> Row:
    old, new = (
        value if isinstance(value, int | float | str | None) else str(value) for value in (each.frozen, each.now)
    )
    return {
        "row": each.row,
        "column": column_name(each.column),
        "frozen": cell_text(old, "decimal" if old is None else ""),
        "now": cell_text(new, "decimal" if new is None else ""),
    }


def _row(report_id: int, work: Reading) -> FrozenReportRow:
    row = frozen_reports.frozen_report(work, report_id)
    if row is None:
        raise Refusal("frozen_unknown", "id", id=report_id)
    return row


def _line(row: FrozenReportRow, context: Context, work: Reading) -> FrozenLine:
    now = report_json(build_report(query_of(row), context, work))
    return FrozenLine(
        id=row.id,
        name=row.name,
        period=FrozenPeriod(row.first_day, row.last_day),
        frozen_at=row.frozen_at,
        actor=row.actor,
        sha256=row.sha256,
        file=row.file_name,
        differences=tuple(differences(row.figures, now)),
    )
