"""Statements on the printed register, by field and volume."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from app.models.dossier import Dossier, Party
from app.models.office import ProcedureVersion
from app.models.values.order import vietnamese_key
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
    .order_by(_D.received_day, _D.id)
)

_FIELDS = select(ProcedureVersion.c.field).distinct()


def register_rows(work: Reading, first: date, last: date, fields: Sequence[str]) -> Sequence[RegisterEntryRow]:
    """Return the dossiers received in a period, by field and day.

    With `fields` only those of these fields.
    Void dossiers are included because a register has no gaps.
    """
    statement = _REGISTER.where(_D.field.in_(fields)) if fields else _REGISTER
    rows = work.typed_rows(RegisterEntryRow._make, statement, {"first": first, "last": last})
    return sorted(rows, key=lambda row: vietnamese_key(row.field))


def known_fields(work: Reading) -> Sequence[str]:
    """Return the fields (lĩnh vực) of the catalogue in alphabetical order."""
    return sorted((row.field for row in work.rows(_FIELDS, {})), key=vietnamese_key)
