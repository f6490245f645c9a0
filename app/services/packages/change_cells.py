"""Changes of a package as the cells of a table."""

from app.models.received.changes import (
    Change,
    DayChange,
    DossierChange,
    ProcedureChange,
    RefusedChange,
    RuleChange,
    StateChange,
)
from app.services.law_packages.change_cells import law_cells
from app.services.law_packages.planning import LawChange
from app.wording.received import packages
from app.wording.received.packages import ChangeCells


def change_cells(change: Change) -> ChangeCells:
    """Return a change side by side: as it is and as it would be."""
    match change:
        case ProcedureChange(kind, code, name, valid_from, before, after):
            return packages.procedure_cells(kind == "new", code, name, valid_from, before, after)
        case DayChange(_, day, kind, hours, decision):
            return packages.day_cells(day, kind, hours, decision)
        case DossierChange(_, code, before, after, phone):
            return packages.dossier_cells(code, phone, before, after)
        case StateChange():
            own, portal = (change.national_status, change.at), (change.portal_status, change.portal_at)
            return packages.state_cells(change.code, own, portal, change.newer)
        case RuleChange(_, kind, key, old, new):
            return law_cells(LawChange(kind, key, old, new))
        case RefusedChange(_, row, reason):
            return packages.refused_cells(row, reason)
        case _:
            return packages.text_cells(change.change, change.text)
