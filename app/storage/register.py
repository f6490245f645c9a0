"""The register as it is printed: every dossier of a period with its applicant, by field and volume."""

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
    """The dossiers received in a period, void ones too: a register has no gaps. Only those of `fields`, if any."""
    asked = _REGISTER.where(_D.field.in_(fields)) if fields else _REGISTER
    return work.typed_rows(RegisterEntryRow._make, asked, {"first": first, "last": last})


def known_fields(work: Reading) -> Sequence[str]:
    """The fields (lĩnh vực) of the catalogue, in the order of their letters."""
    return [row.field for row in work.rows(_FIELDS, {})]
