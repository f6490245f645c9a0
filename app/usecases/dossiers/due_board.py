"""The due board: what each holder has, and how urgent it is."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from app.models.calendar import WorkCalendar
from app.models.enums import Right, Status
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
    """Every holder of open dossiers."""


@dataclass(frozen=True)
class HolderLine:
    """One holder: dossiers late, due today, within two working days, later; waiting for the citizen; with a result to
    give back. `worst` says how urgent the most urgent one is, empty where nothing has a day."""

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
        """All open dossiers of this holder."""
        return self.late + self.today + self.soon + self.later + self.waiting + self.to_return


@requires(Right.READ_LISTS)
def due_board(query: DueBoard, context: Context, work: Reading) -> tuple[HolderLine, ...]:
    """Who holds how much, the most urgent first: most late, then most due today, then soonest due."""
    calendar = work_calendar(work, context.office, context.today)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    nearest: dict[str, date] = {}
    for row in backlog.open_by_holder(work):
        group = group_of(Status(row.status), row.due_day, context.today, calendar)
        counts[row.holder][group] += row.dossiers
        if row.due_day is not None and group not in ("supplement", "to_return"):
            nearest[row.holder] = min(row.due_day, nearest.get(row.holder, row.due_day))
    lines = [_line(holder, told, nearest.get(holder), context.today, calendar) for holder, told in counts.items()]
    return tuple(sorted(lines, key=lambda line: (-line.late, -line.today, -line.soon, -line.total, line.holder)))


def _line(holder: str, told: Counter[str], nearest: date | None, today: date, calendar: WorkCalendar) -> HolderLine:
    return HolderLine(
        holder,
        told["late"],
        told["today"],
        told["soon"],
        told["later"],
        told["supplement"],
        told["to_return"],
        _worst_text(nearest, today, calendar),
    )


def _worst_text(nearest: date | None, today: date, calendar: WorkCalendar) -> str:
    if nearest is None or nearest == today:
        return "hôm nay" if nearest else ""
    return days_left(working_days_between(today, nearest, calendar), nearest < today)
