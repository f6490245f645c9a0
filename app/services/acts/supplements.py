"""Supplement requests under the rules of the dossier's day of receipt."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.law.terms import STOP, WAIT, SupplementRule, TermFacts
from app.models.lifecycle import State
from app.models.procedures import Procedure, SupplementClock
from app.models.transitions import TransitionRequest
from app.models.workdays import promise
from app.services.acts.paused_term import extended_by_pause
from app.services.acts.renewed_proof import restarted_proof
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.effective_events import effective_events
from app.services.intake.repromise import Pause, working_days_after
from app.services.law.terms import late_date, supplement_rule_on
from app.services.versions import procedure_of, term_of_row
from app.storage import journal
from app.storage.rows import DossierRow, EventRow
from app.storage.uow import Reading


def supplement_rule_of(
    row: DossierRow, procedure: Procedure | None, events: Iterable[EventRow], work: Reading
) -> SupplementRule:
    """Return the supplement rule of a dossier, by its day of receipt."""
    place = next((event.facts.get("place") for event in events if event.action == Action.INTAKE), None)
    facts = TermFacts(row.procedure_code, row.field, row.channel, place)
    return supplement_rule_on(procedure, facts, row.received_day, work)


def check_round(row: DossierRow, work: Reading) -> None:
    """Check that papers may be asked for once more.

    Raises Refusal `supplement_too_often`.
    """
    events = effective_events(journal.events_of(work, row.id))
    rule = supplement_rule_of(row, procedure_of(row, work), events, work)
    requests = sum(event.action == Action.ASK_SUPPLEMENT for event in events)
    if rule.rounds is not None and requests >= rule.rounds:
        raise Refusal("supplement_too_often", "action", rounds=rule.rounds)


def closing_day(row: DossierRow, state: State, context: Context, work: Reading) -> date:
    """Return the last day for the papers, after which closing is allowed.

    Raises Refusal `close_by_stop`, `close_never`, `supplement_days_unknown`.
    """
    rule = _rule(row, procedure_of(row, work), work)
    if rule.after in _CLOSING_REFUSED:
        raise Refusal(_CLOSING_REFUSED[rule.after], "action")
    last_day = _last_day(rule, state, context, work_calendar(work, context.office, context.today))
    if last_day is None:
        raise Refusal("supplement_days_unknown", "action")
    return last_day


_CLOSING_REFUSED = {STOP: "close_by_stop", WAIT: "close_never"}


def with_supplemented_term(
    request: TransitionRequest, row: DossierRow, state: State, context: Context, work: Reading
) -> TransitionRequest:
    """Return the request with the due dates after the supplement.

    Raises Refusal `supplement_too_late` if the rules take no papers after their last day.
    """
    calendar = work_calendar(work, context.office, context.today)
    rule = _rule(row, procedure_of(row, work), work)
    last_day = None if rule.late_answer else _last_day(rule, state, context, calendar)
    if last_day is not None and context.today > last_day:
        raise Refusal("supplement_too_late", "action", day=last_day.isoformat())
    due_at, original_due_at, proof = _after_supplement(rule.clock, row, state, context, work)
    return replace(
        request,
        due_at=due_at,
        original_due_at=original_due_at,
        new_promise=rule.clock == SupplementClock.RESTART and state.due_at is not None,
        changes={"supplement_clock": rule.clock.value, **proof},
    )


def _rule(row: DossierRow, procedure: Procedure | None, work: Reading) -> SupplementRule:
    return supplement_rule_of(row, procedure, effective_events(journal.events_of(work, row.id)), work)


def _last_day(rule: SupplementRule, state: State, context: Context, calendar: WorkCalendar) -> date | None:
    if rule.days is None:
        return None
    asked_on = local_day(state.paused_at or context.now)
    if rule.working:
        return working_days_after(asked_on, rule.days, calendar)
    last_day = asked_on + timedelta(days=rule.days)
    return last_day if calendar.is_working(last_day) else calendar.next_working(last_day)


def _after_supplement(
    clock: SupplementClock, row: DossierRow, state: State, context: Context, work: Reading
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    """Return due date, original date and facts of their proof.

    The term restarts (NĐ 61/2018 Điều 19.4, kept by NĐ 118/2025), is extended by the pause, or is unchanged. An earlier
    apology keeps its effect, because lateness is judged by the original date.
    """
    calendar, procedure = work_calendar(work, context.office, context.today), procedure_of(row, work)
    if clock == SupplementClock.RESTART and state.due_at is not None:
        term = term_of_row(procedure, row)
        promised, late_at = promise(term, context.now, calendar), late_date(term, context.now, calendar)
        return promised.due_at, late_at or promised.due_at, restarted_proof(row, term, promised, late_at, context.now)
    if clock != SupplementClock.PAUSE:
        return state.due_at, state.original_due_at, {}
    pause = Pause(state.paused_at or context.now, context.now)
    return extended_by_pause(row, procedure, state, pause, calendar, work)
