"""Reports that were handed over: freeze one, list them, compare with now."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from app.models.enums import Right
from app.models.errors import Refusal
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.export import report_file, report_json
from app.services.reporting.frozen import FrozenDifference, differences, options_of, query_of
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import build_report
from app.storage import frozen_reports
from app.storage.rows import FrozenReportRow
from app.storage.uow import Reading, Writing


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
    """Query: the file of a frozen report."""

    id: int


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
    if query.only is None:
        return tuple(_line(row, context, work) for row in frozen_reports.frozen_reports(work))
    return (_line(_row(query.only, work), context, work),)


@requires(Right.READ_FIGURES)
def frozen_file(query: ShowFrozen, context: Context, work: Reading) -> FrozenFile:
    """Return the file of a frozen report as it was handed over.

    Raises Refusal `frozen_unknown`.
    """
    row = _row(query.id, work)
    return FrozenFile(row.id, row.sha256, row.file_name, frozen_reports.frozen_content(work, row.id) or b"")


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
