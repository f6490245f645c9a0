"""Moving a dossier on: every act of INTERFACES §4, by one door."""

from dataclasses import replace

from app.models.enums import Action, Right
from app.models.rights import RIGHT_OF
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier, carried_out
from app.services.dossier_detail import Sheet, sheet_of
from app.services.permissions import acts_held, needs
from app.storage import dossiers
from app.storage.uow import Writing


def _right(command: ActOnDossier) -> Right:
    return RIGHT_OF[Action(command.action)]


@needs(_right)
def act_on_dossier(command: ActOnDossier, context: Context, work: Writing) -> Sheet:
    """Carry out the act and answer with the dossier as it is then.

    Raises Refusal `dossier_unknown`, `act_not_allowed` or the act's own reason; nothing has changed then.
    """
    dossier_id = carried_out(command, context, work)
    sheet = sheet_of(work, dossiers.dossier_by_id(work, dossier_id), context.today)
    work.commit()
    return replace(sheet, allowed=acts_held(sheet.allowed, context, work))
