"""Statements on the printed register, by field and volume."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from app.models.dossier import Dossier, Party
from app.models.office import ProcedureVersion
from app.storage.rows import RegisterEntryRow
from app.storage.uow import Reading

_D = Dossier.c
_REGISTER = (
    select(
        _D.field,
        _D.register_book,
        _D.register_number,
        _D.code,
        ProcedureVersion.c.name.label("procedure_name"),
        Party.c.details.label("applicant"),
        _D.received_at,
        _D.received_day,
        _D.due_at,
        _D.returned_at,
        _D.return_by,
        _D.received_by,
        _D.outcome,
    )
    .join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
    .join(Party, (Party.c.dossier_id == _D.id) & (Party.c.role == "applicant"))
    .where(_D.received_day.between(bindparam("first"), bindparam("last")))
    .order_by(_D.field, _D.received_day, _D.id)
)

_FIELDS = select(ProcedureVersion.c.field).distinct().order_by(ProcedureVersion.c.field)


def register_rows(work: Reading, first: date, last: date, fields: Sequence[str] = ()) -> Sequence[RegisterEntryRow]:
    """Return the dossiers received in a period, by field and day.

    With `fields` only those of these fields.
    Void dossiers are included because a register has no gaps.
    """
    statement = _REGISTER.where(_D.field.in_(fields)) if fields else _REGISTER
    return work.typed_rows(RegisterEntryRow._make, statement, {"first": first, "last": last})


def known_fields(work: Reading) -> Sequence[str]:
    """Return the fields (lĩnh vực) of the catalogue in alphabetical order."""
    return [row.field for row in work.rows(_FIELDS, {})]
