"""Ended dossiers, for their terms of retention."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from app.models.dossier import Dossier
from app.models.enums import Status
from app.models.mapping import Day
from app.models.office import ProcedureVersion
from app.storage.uow import Reading

_D = Dossier.c


class EndedRow(NamedTuple):
    """A dossier that has ended, with the days of its end and its return."""

    code: str
    procedure_code: str
    procedure_name: str
    field: str
    closed_day: date
    returned_at: datetime | None


_ENDED = (
    select(_D.code, _D.procedure_code, ProcedureVersion.c.name, _D.field, _D.closed_day, _D.returned_at)
    .select_from(Dossier.join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id))
    .where(_D.closed_day <= bindparam("last", type_=Day()), _D.outcome != Status.VOID)
    .order_by(_D.closed_day, _D.id)
)


def ended_dossiers(work: Reading, last: date) -> Sequence[EndedRow]:
    """Return the dossiers that ended up to a day, the earliest first."""
    return work.typed_rows(EndedRow._make, _ENDED, {"last": last})
