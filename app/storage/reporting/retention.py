"""Ended dossiers, for their terms of retention."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select, type_coerce

from app.models.dossier import Dossier
from app.models.enums import Status
from app.models.mapping import Day
from app.models.office import ProcedureVersion
from app.storage.reporting.rows import EndedRow
from app.storage.uow import Reading

_D = Dossier.c
# The condition below leaves out dossiers without an end, so that both are known.
_CLOSED = type_coerce(_D.closed_day, Day()).label("closed_day")
_OUTCOME = type_coerce(_D.outcome, _D.outcome.type).label("outcome")
_NAME = ProcedureVersion.c.name.label("procedure_name")
_ENDED = (
    select(_D.id, _D.code, _D.procedure_code, _NAME, _D.field, _CLOSED, _OUTCOME, _D.returned_at)
    .select_from(Dossier.join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id))
    .where(_D.closed_day <= bindparam("last", type_=Day()), _D.outcome != Status.VOID)
    .order_by(_D.closed_day, _D.id)
)


def ended_dossiers(work: Reading, last: date) -> Sequence[EndedRow]:
    """Return the dossiers that ended up to a day, the earliest first."""
    return work.typed_rows(EndedRow._make, _ENDED, {"last": last})
