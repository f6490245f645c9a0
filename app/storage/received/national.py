"""Statements on dossiers and progress of a period, for the national form."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from app.models.dossier import Dossier
from app.models.enums import Action, Origin
from app.models.journal import Event, Outbox
from app.models.mapping import Day
from app.storage.dossiers import SELECT_DOSSIER
from app.storage.received.rows import ProgressRow
from app.storage.rows import DossierRow
from app.storage.uow import Reading

_E = Event.c
_NOT_STEPS = tuple(action.value for action in (Action.INTAKE, Action.AMEND, Action.VOID, Action.RESTATE))
"""Actions that the national form reports with the dossier, or not at all."""
_IN_PERIOD = _E.occurred_day.between(bindparam("first", type_=Day()), bindparam("last", type_=Day()))
_CHANGED = SELECT_DOSSIER.where(
    Dossier.c.id.in_(select(_E.dossier_id).where(_IN_PERIOD)),
    Dossier.c.origin.is_distinct_from(Origin.IMPORTED.value),
).order_by(Dossier.c.id)
_PROGRESS = (
    select(
        Dossier.c.code,
        Dossier.c.received_at,
        Dossier.c.due_at,
        _E.action,
        _E.occurred_at,
        _E.actor,
        _E.holder_to,
        _E.status,
        _E.state_outcome,
        _E.note,
        Outbox.c.payload,
    )
    .join(Event, _E.dossier_id == Dossier.c.id)
    .join(Outbox, Outbox.c.event_id == _E.id)
    .where(_IN_PERIOD, _E.action.not_in(_NOT_STEPS))
    .order_by(_E.occurred_at, _E.id)
)


def changed_dossiers(work: Reading, first: date, last: date) -> Sequence[DossierRow]:
    """Return the dossiers with an event in a period, in order of intake.

    A dossier of an older register that stays here is left out.
    """
    return work.typed_rows(DossierRow._make, _CHANGED, {"first": first, "last": last})


def progress_between(work: Reading, first: date, last: date) -> Sequence[ProgressRow]:
    """Return the progress of dossiers in a period, in order of time."""
    return work.typed_rows(ProgressRow._make, _PROGRESS, {"first": first, "last": last})
