"""Actions on a dossier (docs/states.md): one use case for all of them."""

from dataclasses import replace

from app.models.enums import Action, Right
from app.models.rights import RIGHT_BY_ACTION
from app.services.acts.allowed import permitted_detail
from app.services.acts.warnings import act_warnings
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier, apply_action
from app.services.dossier_detail import DossierDetail
from app.services.permissions import requires
from app.storage import dossiers, journal
from app.storage.uow import Writing


def _required_right(command: ActOnDossier) -> Right:
    return RIGHT_BY_ACTION[Action(command.action)]


@requires(_required_right)
def act_on_dossier(command: ActOnDossier, context: Context, work: Writing) -> DossierDetail:
    """Apply the action and return the dossier after it.

    Raises Refusal `dossier_unknown`, `act_not_allowed` or the action's own reason; nothing is then changed.
    """
    dossier_id = apply_action(command, context, work)
    row = dossiers.dossier_by_id(work, dossier_id)
    assert row is not None
    sheet = replace(permitted_detail(row, context, work), warnings=act_warnings(journal.events_of(work, dossier_id)))
    work.commit()
    return sheet
