"""Start of day: backlog, dossiers due today, and dossiers due next.

Dossiers due on the next working day may need an apology letter today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.calendar import WorkCalendar
from app.models.enums import Right, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER
from app.services.acts.payment import overdue_payments
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.documents.print_queue import unprinted
from app.services.dossier_detail import find_row
from app.services.packages.notices import notices
from app.services.permissions import requires
from app.services.tray import last_count
from app.services.urgency import time_left
from app.storage import backlog, citizens, dossiers, office_settings
from app.storage.outgoing import records
from app.storage.rows import DossierRow, WorkRow
from app.storage.uow import Reading
from app.wording.citizens import feedback_status
from app.wording.day_start import apology_words, copies_words, tray_words, unsent_words
from app.wording.status import form_name
from app.wording.time_left import unpaid_since

_MOST_LATE = 500
_OPEN = frozenset((Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE, Status.FINISHED))


class TaskKind(StrEnum):
    """Kind of a line in the start of day; the first four are the backlog."""

    UNPRINTED = "unprinted"
    AT_COUNTER = "at_counter"
    TRAY = "tray"
    UNSENT = "unsent"
    FEEDBACK = "feedback"
    LATE = "late"
    UNPAID = "unpaid"
    TODAY = "today"
    NEXT_DAY = "next_day"
    NOTICE = "notice"


@dataclass(frozen=True)
class GetDayStart:
    """Query: the tasks at the start of the day."""


@dataclass(frozen=True)
class CountBacklog:
    """Query: the size of the backlog."""


@dataclass(frozen=True)
class DayStartLine:
    """One task; `code` is empty if it concerns no single dossier."""

    kind: TaskKind
    code: str
    name: str
    about: str
    holder: str
    words: str


@dataclass(frozen=True)
class DayStart:
    """The tasks by kind, the size of the backlog, and the next working day.

    `late_count` counts every overdue dossier; only the first 500 have lines.
    """

    lines: tuple[DayStartLine, ...]
    backlog_count: int
    next_day: date
    late_count: int = 0


@requires(Right.READ_LISTS)
def get_day_start(query: GetDayStart, context: Context, work: Reading) -> DayStart:
    """Return the backlog, feedback to answer, and dossiers overdue or due.

    Overdue are dossiers after their due day, and fees after the last day of their payment.

    The backlog holds documents prepared before today and not printed, dossiers received before today and not
    forwarded, differences of the last tray count that still exist, and records not yet uploaded.
    An apology letter must be sent at the latest on the day before the due day.
    """
    calendar = work_calendar(work, context.office, context.today)
    next_day = calendar.next_working(context.today)
    backlog_lines = tuple(_backlog_lines(context, work))
    late = tuple(_late_lines(context, calendar, work))
    today = [
        _line(TaskKind.TODAY, row, time_left(Status(row.status), row.due_at, context.now, calendar))
        for row in backlog.due_between(work, context.today, context.today)
    ]
    soon = [
        _line(TaskKind.NEXT_DAY, row, apology_words(row.apologised))
        for row in backlog.due_between(work, next_day, next_day)
    ]
    answers = [
        DayStartLine(
            TaskKind.FEEDBACK,
            row.code or "",
            row.sender or "",
            f"{row.number}/{row.year}: {row.content}",
            "",
            feedback_status(row.due_day, None, context.today),
        )
        for row in citizens.feedback_due(work, context.today)
    ]
    news = [DayStartLine(TaskKind.NOTICE, "", "", notice.title, "", notice.text) for notice in notices(context, work)]
    late_count, _today, _ready = dossiers.open_counts(work, context.today)
    lines = (*backlog_lines, *answers, *late, *today, *soon, *news)
    return DayStart(lines, len(backlog_lines), next_day, late_count)


def _late_lines(context: Context, calendar: WorkCalendar, work: Reading) -> Iterator[DayStartLine]:
    for row in backlog.overdue(work, context.today, _MOST_LATE):
        yield _line(TaskKind.LATE, row, time_left(Status(row.status), row.due_at, context.now, calendar))
    for code, last_day in overdue_payments(work, context.today).items():
        yield _line(TaskKind.UNPAID, find_row(work, code), unpaid_since(last_day))


@requires(Right.READ_LISTS)
def count_backlog(query: CountBacklog, context: Context, work: Reading) -> int:
    """Return the number of tasks in the backlog."""
    return sum(1 for _line in _backlog_lines(context, work))


def _backlog_lines(context: Context, work: Reading) -> Iterator[DayStartLine]:
    for paper in unprinted(context, work):
        if local_day(paper.prepared_at) < context.today:
            words = copies_words(paper.copies, paper.prepared_at)
            about = form_name(paper.form, paper.title)
            yield DayStartLine(TaskKind.UNPRINTED, paper.code, paper.name, about, "", words)
    for row in backlog.left_at_counter(work, context.today):
        yield _line(TaskKind.AT_COUNTER, row, "")
    yield from _tray_differences(context, work)
    epoch = office_settings.current_epoch(work)
    oldest = records.oldest_waiting(work, epoch)
    if oldest is not None and local_day(oldest) < context.today:
        unsent, since = unsent_words(records.count_waiting_dossiers(work, epoch), oldest)
        yield DayStartLine(TaskKind.UNSENT, "", "", unsent, "", since)


def _tray_differences(context: Context, work: Reading) -> Iterator[DayStartLine]:
    """Yield the differences of the last count before today that still exist."""
    count = last_count(work)
    if count is None or local_day(count.counted_at) >= context.today:
        return
    for missing, codes in ((True, count.missing), (False, count.extra)):
        for code in codes:
            row = _find_row_or_none(work, code)
            at_counter = row is not None and row.holder == COUNTER and row.status in _OPEN
            if row is not None and at_counter == missing:
                yield _line(TaskKind.TRAY, row, tray_words(missing))


def _find_row_or_none(work: Reading, code: str) -> DossierRow | None:
    try:
        return find_row(work, code)
    except Refusal:
        return None


def _line(kind: TaskKind, row: DossierRow | WorkRow, words: str) -> DayStartLine:
    return DayStartLine(kind, row.code, row.applicant_name, row.procedure_name, row.holder, words)
