"""The start of the day: what yesterday left over, what is due today, what is due next and may need an apology."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.enums import Right, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.documents.print_queue import unprinted
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.services.tray import last_count
from app.services.urgency import time_left
from app.storage import backlog, citizens, journal
from app.storage.rows import DossierRow, WorkRow
from app.storage.uow import Reading
from app.wording.citizens import feedback_status
from app.wording.day_start import apology_words, copies_words, tray_words, unsent_words
from app.wording.status import form_name

_OPEN = frozenset((Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE, Status.FINISHED))


class TaskKind(StrEnum):
    """What a line of the morning is about; the first four are left over from before today."""

    UNPRINTED = "unprinted"
    AT_COUNTER = "at_counter"
    TRAY = "tray"
    UNSENT = "unsent"
    FEEDBACK = "feedback"
    TODAY = "today"
    NEXT_DAY = "next_day"


@dataclass(frozen=True)
class GetDayStart:
    """What there is to do this morning."""


@dataclass(frozen=True)
class CountBacklog:
    """How much yesterday left over."""


@dataclass(frozen=True)
class DayStartLine:
    """One thing to look at; `code` is empty where it is about no single dossier."""

    kind: TaskKind
    code: str
    name: str
    about: str
    holder: str
    words: str


@dataclass(frozen=True)
class DayStart:
    """The lines in the order of their matters, how many are left over, and the next working day."""

    lines: tuple[DayStartLine, ...]
    backlog_count: int
    next_day: date


@requires(Right.READ_LISTS)
def get_day_start(query: GetDayStart, context: Context, work: Reading) -> DayStart:
    """Papers prepared before today that never came out; dossiers taken in before today and not handed on; what the
    last count of the tray found and is still so; records not sent up; dossiers due today, and those due on the next
    working day, whose apology must leave today (at the latest the day before, DOMAIN §4); feedback whose answer is
    due."""
    calendar = work_calendar(work, context.office, context.today)
    next_day = calendar.next_working(context.today)
    left = tuple(_backlog_lines(context, work))
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
    return DayStart((*left, *answers, *today, *soon), len(left), next_day)


@requires(Right.READ_LISTS)
def count_backlog(query: CountBacklog, context: Context, work: Reading) -> int:
    """How many things yesterday left over."""
    return sum(1 for _line in _backlog_lines(context, work))


def _backlog_lines(context: Context, work: Reading) -> Iterator[DayStartLine]:
    for paper in unprinted(context, work):
        if local_day(paper.prepared_at) < context.today:
            words = copies_words(paper.copies, paper.prepared_at)
            yield DayStartLine(TaskKind.UNPRINTED, paper.code, "", form_name(paper.form), "", words)
    for row in backlog.left_at_counter(work, context.today):
        yield _line(TaskKind.AT_COUNTER, row, "")
    yield from _tray_differences(context, work)
    oldest = backlog.oldest_unsent(work)
    if oldest is not None and local_day(oldest) < context.today:
        dossiers, since = unsent_words(journal.count_unsent_dossiers(work), oldest)
        yield DayStartLine(TaskKind.UNSENT, "", "", dossiers, "", since)


def _tray_differences(context: Context, work: Reading) -> Iterator[DayStartLine]:
    """What the last count before today found and the program has not been told otherwise since."""
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
