"""Actions that a user may do with a dossier now."""

from dataclasses import replace

from app.models.enums import Action
from app.models.rights import RIGHT_BY_ACTION
from app.services.acts.undo import undoable_action
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, dossier_detail
from app.services.permissions import held_rights
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


def permitted_detail(row: DossierRow, context: Context, work: Reading) -> DossierDetail:
    """Return all data of a dossier with the actions allowed now.

    State, rights and time decide.
    """
    sheet = dossier_detail(work, row, context.today)
    held = held_rights(context, work)
    undoable = undoable_action(journal.events_of(work, row.id), context)
    if undoable is not None and RIGHT_BY_ACTION[undoable] not in held:
        undoable = None
    allowed = [action for action in sheet.allowed if RIGHT_BY_ACTION[action] in held]
    allowed = [action for action in allowed if action != Action.UNDO or undoable is not None]
    return replace(sheet, allowed=tuple(allowed), undoable=undoable)
