"""What the office keeps for its reports: reasons, texts, targets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import FigureColumn, FigureGroup, Right
from app.models.errors import Refusal
from app.models.figures import check_period_order
from app.models.text import clean, fold_text
from app.services.acts.late_reason import reasons_on, record_late_reason
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.services.reporting.quarter import QUARTER
from app.services.reporting.report_citizens import SURVEY_TARGET
from app.services.reporting.report_late import LATE_DAYS
from app.storage import office_settings
from app.storage.reporting import records
from app.storage.reporting.figures import dossiers_of_column
from app.storage.reporting.period import FigurePeriod
from app.storage.uow import Reading, Writing
from app.wording.reports.quarter import BLOCKS

_MAX_REASON, _MAX_TEXT = 200, 20_000
_MOST_DOSSIERS = 1_000_000


@dataclass(frozen=True)
class ListLateReasons:
    """Query: the list of reasons of lateness."""


@dataclass(frozen=True)
class LateReasonLine:
    """A reason; a retired one cannot be chosen any more."""

    name: str
    active: bool


@dataclass(frozen=True)
class ChangeLateReason:
    """Command: add a reason to the list, or retire one."""

    name: str
    retire: bool = False


@dataclass(frozen=True)
class SetLateReason:
    """Command: the reason why a dossier is late."""

    code: str
    reason: str


@dataclass(frozen=True)
class SetHolderReason:
    """Command: the reason of the late dossiers of a holder without one."""

    holder: str
    reason: str


@dataclass(frozen=True)
class SaveReportTexts:
    """Command: text blocks of the narrative report of a period."""

    first: date
    last: date
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SetReportTargets:
    """Command: target of ratings in a period, days late for the head."""

    survey_target: int | None = None
    late_days: int | None = None


@requires(Right.ASK_OFFICE)
def list_late_reasons(query: ListLateReasons, context: Context, work: Reading) -> tuple[LateReasonLine, ...]:
    """Return the reasons in the order of the list."""
    return tuple(LateReasonLine(name, active) for name, active in reasons_on(work, context.today).items())


@requires(Right.EDIT_REPORTS)
def change_late_reason(command: ChangeLateReason, context: Context, work: Writing) -> tuple[LateReasonLine, ...]:
    """Add a reason, offer a retired one again, or retire one.

    Raises Refusal `missing`, `text_too_long`, `late_reason_unknown`, `late_reason_known`.
    """
    name = clean(command.name)
    if not name:
        raise Refusal("missing", "name")
    if len(name) > _MAX_REASON:
        raise Refusal("text_too_long", "name", limit=_MAX_REASON, length=len(name))
    rows = records.late_reasons(work)
    row = next((each for each in rows if fold_text(each.name) == fold_text(name)), None)
    if command.retire:
        if row is None:
            raise Refusal("late_reason_unknown", "name", text=name[:60], allowed="; ".join(each.name for each in rows))
        records.set_late_reason_active(work, row.id, False)
    elif row is None:
        records.add_late_reason(work, name)
    elif row.active:
        raise Refusal("late_reason_known", "name", name=row.name)
    else:
        records.set_late_reason_active(work, row.id, True)
    lines = tuple(LateReasonLine(each.name, each.active) for each in records.late_reasons(work))
    work.commit()
    return lines


@requires(Right.FINISH)
def set_late_reason(command: SetLateReason, context: Context, work: Writing) -> None:
    """Record why a dossier is late, from the due board.

    Raises Refusal `dossier_unknown`, `late_reason_unknown`.
    """
    record_late_reason(command.reason, find_row(work, command.code).id, context, work)
    work.commit()


@requires(Right.FINISH)
def set_holder_reason(command: SetHolderReason, context: Context, work: Writing) -> int:
    """Record why a holder's dossiers are late now; return their number.

    Reasons entered before stay.

    Raises Refusal `late_reason_unknown`.
    """
    late = dossiers_of_column(
        work,
        FigureColumn.NOW_LATE,
        FigurePeriod(date.min, date.max, context.today),
        group=FigureGroup.HOLDER,
        value=command.holder,
        limit=_MOST_DOSSIERS,
    )
    open_ones = [row.id for row in late if records.reason_of(work, row.id) is None]
    for dossier_id in open_ones:
        record_late_reason(command.reason, dossier_id, context, work)
    work.commit()
    return len(open_ones)


@requires(Right.EDIT_REPORTS)
def save_report_texts(command: SaveReportTexts, context: Context, work: Writing) -> int:
    """Save text blocks of a period; return their number.

    Raises Refusal `period_reversed`, `report_block`, `text_too_long`.
    """
    check_period_order(command.first, command.last)
    for block, text in command.texts.items():
        if block not in BLOCKS:
            raise Refusal("report_block", "text", text=block[:40], allowed=", ".join(BLOCKS))
        lines = "\n".join(filter(None, (clean(line) for line in text.splitlines())))
        if len(lines) > _MAX_TEXT:
            raise Refusal("text_too_long", "text", limit=_MAX_TEXT, length=len(lines))
        records.save_report_text(
            work,
            QUARTER,
            block,
            command.first,
            command.last,
            text=lines,
            at=context.now,
            actor=context.actor,
        )
    work.commit()
    return len(command.texts)


@requires(Right.EDIT_REPORTS)
def set_report_targets(command: SetReportTargets, context: Context, work: Writing) -> None:
    """Save the target of ratings and the days of the escalation list."""
    values = {SURVEY_TARGET: command.survey_target, LATE_DAYS: command.late_days}
    office_settings.save_settings(work, {name: value for name, value in values.items() if value is not None})
    work.commit()
