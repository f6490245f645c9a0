"""Actions that a user may do with a dossier now."""

from dataclasses import replace

from app.models.enums import Action, Handling
from app.models.rights import RIGHT_BY_ACTION
from app.services.acts.undo import undoable_action
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, dossier_detail
from app.services.permissions import held_rights
from app.services.records.supplement_papers import open_request
from app.services.versions import procedure_of
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


def permitted_detail(row: DossierRow, context: Context, work: Reading) -> DossierDetail:
    """Return all data of a dossier with the actions allowed now.

    State, rights and time decide.
    """
    events = journal.events_of(work, row.id)
    sheet = dossier_detail(work, row, context.today, events)
    held = held_rights(context, work)
    undoable = undoable_action(events, context)
    if undoable is not None and RIGHT_BY_ACTION[undoable] not in held:
        undoable = None
    allowed = [action for action in sheet.allowed if RIGHT_BY_ACTION[action] in held]
    allowed = [action for action in allowed if action != Action.UNDO or undoable is not None]
    return replace(
        sheet,
        allowed=tuple(allowed),
        undoable=undoable,
        unsubmitted=_unsubmitted(sheet, row, work) if Action.ASK_SUPPLEMENT in allowed else (),
        requested=open_request(events) if Action.SUPPLEMENT in allowed else (),
    )


def _unsubmitted(sheet: DossierDetail, row: DossierRow, work: Reading) -> tuple[str, ...]:
    """Return the papers of the procedure that the dossier does not have."""
    procedure, present = procedure_of(row, work), {paper["name"] for paper in sheet.papers}
    papers = () if procedure is None else procedure.papers
    return tuple(paper.name for paper in papers if paper.handling != Handling.LOOKUP and paper.name not in present)
