"""Closing of the counter's day: what is left, its record and its sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.instants import iso, local_day, office_instant
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection
from app.services.context import Context
from app.services.documents.print_queue import unprinted
from app.services.intake.drafts import unsaved_drafts
from app.services.permissions import requires
from app.services.reporting.export import report_file
from app.services.reporting.registry import issuer
from app.services.tray import last_count
from app.storage import office_settings
from app.storage.outgoing import records
from app.storage.uow import Reading, Writing
from app.wording.documents import day_closing as words

_SETTING = "day_closings"
_MOST_KEPT = 800
"""Closings kept; two years of working days."""


class ClosingTask(StrEnum):
    """What the end of the day checks, in order."""

    PRINTS = "prints"
    TRAY = "tray"
    DRAFTS = "drafts"
    BACKUP = "backup"
    SENDING = "sending"


@dataclass(frozen=True)
class GetClosing:
    """Query: the state of the day that ends, without its backup."""


@dataclass(frozen=True)
class CloseDay:
    """Command: put the closing of today on record.

    `backup_at` is the time of the last backup, None for none.
    """

    backup_at: datetime | None


@dataclass(frozen=True)
class PrintClosing:
    """Query: the sheet of the last closing of a day as PDF."""

    day: date


@dataclass(frozen=True)
class ClosingLine:
    """State of one task: settled or not, and its words."""

    task: ClosingTask
    settled: bool
    words: str


@dataclass(frozen=True)
class DayClosing:
    """The tasks of a day's end; `closed_at` and `actor` of its last closing."""

    day: date
    lines: tuple[ClosingLine, ...]
    closed_at: datetime | None = None
    actor: str = ""


@requires(Right.READ_LISTS)
def get_closing(query: GetClosing, context: Context, work: Reading) -> DayClosing:
    """Return what is left at the end of the day."""
    last = _last_closing(work, context.today)
    lines = _lines(context, work)
    if last is None:
        return DayClosing(context.today, lines)
    return DayClosing(context.today, lines, office_instant(last["closed_at"]), str(last["actor"]))


@requires(Right.MOVE)
def close_day(command: CloseDay, context: Context, work: Writing) -> DayClosing:
    """Record the closing with the state of each task.

    A day may be closed again. The last `_MOST_KEPT` closings stay on record.
    """
    prints, tray, drafts, sending = _lines(context, work)
    today = command.backup_at is not None and local_day(command.backup_at) == context.today
    backup = ClosingLine(ClosingTask.BACKUP, today, words.backup_words(command.backup_at))
    lines = (prints, tray, drafts, backup, sending)
    closing = {
        "day": context.today.isoformat(),
        "closed_at": iso(context.now),
        "actor": context.actor,
        "lines": [{"task": line.task.value, "settled": line.settled, "words": line.words} for line in lines],
    }
    stored = [*_closings(work), closing][-_MOST_KEPT:]
    office_settings.save_settings(work, {_SETTING: stored})
    work.commit()
    return DayClosing(context.today, lines, context.now, context.actor)


@requires(Right.READ_LISTS)
def closing_sheet(query: PrintClosing, context: Context, work: Reading) -> bytes:
    """Return the sheet of one page for the last closing of a day.

    Raises Refusal `closing_unknown`.
    """
    closing = _last_closing(work, query.day)
    if closing is None:
        raise Refusal("closing_unknown", "day", day=query.day.isoformat())
    columns = (
        ReportColumn("task", words.TASK_HEADING, ColumnKind.TEXT, width=28),
        ReportColumn("state", words.STATE_HEADING, ColumnKind.TEXT, width=14),
        ReportColumn("words", words.DETAIL_HEADING, ColumnKind.TEXT, width=48),
    )
    rows = tuple(
        {
            "task": words.task_name(line["task"]),
            "state": words.state_word(line["settled"]),
            "words": line["words"],
        }
        for line in closing["lines"]
    )
    report = Report(
        name="closing",
        title=words.TITLE,
        first=query.day,
        last=query.day,
        sections=(ReportSection("rows", columns, rows, tab=words.TITLE),),
        recipients=words.RECIPIENTS,
        issuer=replace(issuer(context), day=query.day),
        subtitle=words.subtitle(
            office_instant(closing["closed_at"]), str(closing["actor"]), context.office.workstation
        ),
    )
    return report_file(report, ".pdf")


def _lines(context: Context, work: Reading) -> tuple[ClosingLine, ...]:
    """Return the state of prints, tray, drafts and sending."""
    copies = sum(paper.copies for paper in unprinted(context, work))
    drafts = len(unsaved_drafts(work, context.office.workstation))
    waiting = records.count_waiting_dossiers(work, office_settings.current_epoch(work))
    return (
        ClosingLine(ClosingTask.PRINTS, not copies, words.prints_words(copies)),
        _tray_line(context, work),
        ClosingLine(ClosingTask.DRAFTS, not drafts, words.drafts_words(drafts)),
        ClosingLine(ClosingTask.SENDING, not waiting, words.sending_words(waiting)),
    )


def _tray_line(context: Context, work: Reading) -> ClosingLine:
    count = last_count(work)
    if count is None or local_day(count.counted_at) != context.today:
        return ClosingLine(ClosingTask.TRAY, False, words.NOT_COUNTED)
    differences = len(count.missing) + len(count.extra)
    return ClosingLine(ClosingTask.TRAY, not differences, words.tray_words(count.counted_at, differences))


def _closings(work: Reading) -> Sequence[Mapping[str, Any]]:
    return office_settings.setting(work, _SETTING) or []


def _last_closing(work: Reading, day: date) -> Mapping[str, Any] | None:
    return next((each for each in reversed(_closings(work)) if each["day"] == day.isoformat()), None)
