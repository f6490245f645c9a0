"""Due board: the open dossiers of each holder by urgency."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from app.models.calendar import WorkCalendar
from app.models.enums import Right, Status
from app.models.values.order import vietnamese_key
from app.models.workdays import working_days_between
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.permissions import requires
from app.services.urgency import group_of
from app.storage import backlog
from app.storage.uow import Reading
from app.wording.time_left import days_left


@dataclass(frozen=True)
class DueBoard:
    """Query: all holders of open dossiers."""


@dataclass(frozen=True)
class HolderLine:
    """One holder: numbers of dossiers by urgency.

    `soon` is within two working days, `waiting` is for the citizen, `to_return` has a result to return.
    `worst` describes the most urgent one; it is empty if none has a due day.
    """

    holder: str
    late: int
    today: int
    soon: int
    later: int
    waiting: int
    to_return: int
    worst: str

    @property
    def total(self) -> int:
        """Number of all open dossiers of this holder."""
        return self.late + self.today + self.soon + self.later + self.waiting + self.to_return


@requires(Right.READ_LISTS)
def due_board(query: DueBoard, context: Context, work: Reading) -> tuple[HolderLine, ...]:
    """Return the holders, most urgent first: by late, due today, due soon."""
    calendar = work_calendar(work, context.office, context.today)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    nearest: dict[str, date] = {}
    for row in backlog.open_by_holder(work):
        group = group_of(Status(row.status), row.due_day, context.today, calendar)
        counts[row.holder][group] += row.dossiers
        if row.due_day is not None and group not in ("supplement", "to_return"):
            nearest[row.holder] = min(row.due_day, nearest.get(row.holder, row.due_day))
    lines = [_line(holder, groups, nearest.get(holder), context.today, calendar) for holder, groups in counts.items()]
    lines.sort(key=lambda line: vietnamese_key(line.holder))
    return tuple(sorted(lines, key=lambda line: (-line.late, -line.today, -line.soon, -line.total)))


def _line(holder: str, groups: Counter[str], nearest: date | None, today: date, calendar: WorkCalendar) -> HolderLine:
    return HolderLine(
        holder=holder,
        late=groups["late"],
        today=groups["today"],
        soon=groups["soon"],
        later=groups["later"],
        waiting=groups["supplement"],
        to_return=groups["to_return"],
        worst=_worst_text(nearest, today, calendar),
    )


def _worst_text(nearest: date | None, today: date, calendar: WorkCalendar) -> str:
    if nearest is None or nearest == today:
        return "hôm nay" if nearest else ""
    return days_left(working_days_between(today, nearest, calendar), nearest < today)
